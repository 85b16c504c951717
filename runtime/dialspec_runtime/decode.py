"""From the bytes of an answer to what it says.

In: one complete answer, and the endpoint it belongs to. Out: one of four: `Accepted` with the typed document,
`Refused` with the vendor's code, `Unreadable` with the place and a masked excerpt, `BadStatus`. Nothing is
raised, whatever arrives: empty, cut off, HTML, another charset, nested without end, numbers as text.

A good answer is parsed once, straight from bytes. Only when that fails is it looked at again: for a charset
other than UTF-8, for lone backslashes, for an error code above data of the wrong type, for empty text where a
number or a moment is documented (read as null).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from pydantic import ValidationError

from .answers import Accepted, Answer, BadStatus, Refused, Unreadable
from .building import decode_as
from .document_repair import as_utf8, parsed, put_null
from .envelope import code_and_message, code_of, message_of, spelled
from .excerpt import excerpt_of
from .json_mending import mend_backslashes
from .surprises import surprises
from .times import TIMEZONE_CONTEXT

if TYPE_CHECKING:
    from datetime import tzinfo

    from .operation import Operation
    from .records import Record
    from .redaction import Redactor
    from .reply import Reply

MOST_PROBLEMS: Final = 200
"""More complaints than this are counted but not looked at: they may be millions."""

_POSITION: Final = re.compile(r"line (\d+) column (\d+)")
_BLANK_PROBLEMS: Final = frozenset(
    {
        "bool_parsing",
        "date_from_datetime_parsing",
        "date_parsing",
        "datetime_from_date_parsing",
        "datetime_parsing",
        "decimal_parsing",
        "enum",
        "epoch_time",
        "float_parsing",
        "int_parsing",
        "json_text",
        "time_parsing",
    }
)


def read_answer(
    operation: Operation,
    reply: Reply,
    *,
    redactor: Redactor,
    timezone: tzinfo | None = None,
    strict: bool = False,
) -> Answer:
    """Find out what an answer says."""
    reading = _Reading(operation, reply, redactor, timezone, strict)
    return reading.of_success() if reply.is_success else reading.of_failure()


class _Reading:
    """One answer on its way to being read."""

    __slots__ = ("_context", "_operation", "_redactor", "_reply", "_strict")

    def __init__(
        self,
        operation: Operation,
        reply: Reply,
        redactor: Redactor,
        timezone: tzinfo | None,
        strict: bool,
    ) -> None:
        self._operation = operation
        self._reply = reply
        self._redactor = redactor
        self._context: dict[str, object] | None = (
            None if timezone is None else {TIMEZONE_CONTEXT: timezone}
        )
        self._strict = strict

    def of_failure(self) -> Answer:
        """Look for the vendor's envelope in an answer whose HTTP status says failure."""
        root = parsed(self._reply.content)
        if root is None:
            repaired = (parsed(content) for content, _ in self._repairs())
            root = next((found for found in repaired if found is not None), None)
        refused = self._refusal_in(root)
        # Web frameworks put the HTTP status into "status" or "code": that is no code of the vendor's.
        if refused is not None and (
            refused.documented or refused.code != str(self._reply.status_code)
        ):
            return refused
        return BadStatus(self._excerpt())

    def of_success(self) -> Answer:
        """Decode an answer with HTTP status 2xx."""
        attempt = self._decoded(self._reply.content)
        if not isinstance(attempt, ValidationError):
            return self._judged(attempt, mended=False)
        content, mended = self._reply.content, False
        if _is_syntax(attempt):
            for content, mended in self._repairs():
                attempt = self._decoded(content)
                if not isinstance(attempt, ValidationError):
                    return self._judged(attempt, mended=mended)
                if not _is_syntax(attempt):
                    break
            else:
                return self._no_json(attempt)
        return self._misshapen(content, attempt, mended=mended)

    def _decoded(self, content: bytes) -> Record | ValidationError:
        try:
            return decode_as(self._operation.model, content, self._context)
        except ValidationError as error:
            return error

    def _judged(self, document: Record, *, mended: bool) -> Answer:
        """Look at the code of a document that has the documented shape."""
        fields = self._operation.envelope_fields
        if fields.code:
            code = code_of(document, fields)
            if code is None and not fields.optional:
                return self._unreadable(f"no result code ({spelled(fields.code)}) at the root")
            if code is not None and code not in fields.success:
                return Refused(code, message_of(document, fields), self._operation.codes.get(code))
        if self._strict:
            names = frozenset(wire for _, wire in (*fields.code, *fields.message))
            surprise = next(
                surprises(document, names), ("", "a lone backslash") if mended else None
            )
            if surprise is not None:
                where, what = surprise
                return self._unreadable(f"{what} that is not documented (strict=True)", where)
        return Accepted(document, mended)

    def _refusal_in(self, root: object) -> Refused | None:
        """Find an error code in parsed JSON."""
        if not isinstance(root, dict):
            return None
        fields = self._operation.envelope_fields
        code, message = code_and_message(cast("Mapping[str, object]", root), fields)
        if code is None or code in fields.success:
            return None
        return Refused(code, message, self._operation.codes.get(code))

    def _repairs(self) -> Iterator[tuple[bytes, bool]]:
        """Yield what the body may have been meant to be, and whether it was mended to that."""
        content = self._reply.content
        decoded = as_utf8(content, self._reply.headers.get("content-type", ""))
        if decoded is not None:
            content = decoded
            yield content, False
        mended = mend_backslashes(content)
        if mended is not None:
            yield mended, True

    def _misshapen(self, content: bytes, error: ValidationError, *, mended: bool) -> Answer:
        """Deal with JSON of another shape than documented."""
        root = parsed(content)
        refused = self._refusal_in(root)
        if refused is not None:
            return refused
        if error.error_count() > MOST_PROBLEMS:
            return self._unreadable(f"more than {MOST_PROBLEMS} values are not what is documented")
        problems = error.errors(include_url=False, include_context=False)
        if not self._strict and all(
            each["type"] in _BLANK_PROBLEMS and put_null(root, each["loc"]) for each in problems
        ):
            attempt = self._decoded(json.dumps(root).encode())
            if not isinstance(attempt, ValidationError):
                return self._judged(attempt, mended=mended)
        first = problems[0]
        where = _place(first["loc"])
        return self._unreadable(first["msg"], where, value=first["input"])

    def _no_json(self, error: ValidationError) -> Unreadable:
        content = self._reply.content
        if not content.strip():
            return Unreadable("the body is empty", may_pass=True)
        position = 0
        if content.lstrip()[:1] == b"<":
            problem = "an HTML or XML page where JSON is documented"
        else:
            details = error.errors(include_url=False, include_context=False, include_input=False)
            problem = self._redactor.text(details[0]["msg"])
            position = _byte_position(content, problem)
        return Unreadable(problem, excerpt=self._excerpt(position), may_pass=True)

    def _unreadable(self, problem: str, where: str = "", value: object = ...) -> Unreadable:
        excerpt = self._excerpt()
        if value is not ... and where:
            name = where.rpartition(".")[2].partition("[")[0]
            shown = json.dumps({name: _brief(value)}, ensure_ascii=False)
            excerpt = excerpt_of(shown.encode("utf-8", "replace"), self._operation, self._redactor)
        return Unreadable(self._redactor.text(problem), self._redactor.text(where), excerpt)

    def _excerpt(self, position: int = 0) -> str:
        return excerpt_of(self._reply.content, self._operation, self._redactor, position)


def _is_syntax(error: ValidationError) -> bool:
    return (
        error.error_count() == 1
        and error.errors(include_url=False, include_context=False, include_input=False)[0]["type"]
        == "json_invalid"
    )


def _brief(value: object) -> object:
    """Return what of a value fits into an excerpt."""
    if isinstance(value, dict):
        return "(an object)"
    if isinstance(value, list):
        return f"(an array of {len(cast('list[object]', value))})"
    return value if value is None or isinstance(value, bool | int | float) else str(value)[:200]


def _place(location: Sequence[int | str]) -> str:
    """Write a location as `data.records[3].keyId`."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part[:60]}"
    return text.lstrip(".")


def _byte_position(content: bytes, message: str) -> int:
    """Return where in the document a syntax error is, from the parser's own words."""
    match = _POSITION.search(message)
    if match is None:
        return 0
    line_start = 0
    for _ in range(int(match[1]) - 1):
        line_start = content.find(b"\n", line_start) + 1
    return line_start + int(match[2])
