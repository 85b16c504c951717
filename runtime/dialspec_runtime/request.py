"""From the arguments of a method to a signed request.

`encode_call` takes the arguments as the user gave them and checks every type, range and rule: what it returns
can be sent, and everything it refuses is an `InvalidArgument` raised before any connection. `with_page` adds
the values that ask for one page. `signed_request` makes the bytes of one try, with a signature of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, cast
from urllib.parse import quote

from .codecs import MOST_BITS, Integer, Number, UnfitError
from .core import raw_headers
from .errors import Circumstances, InvalidArgument
from .multipart import MultipartBody
from .nested_codecs import FilePart
from .options import is_header_value
from .redaction import mask_numbers, mask_value
from .rules import BrokenRuleError
from .signing import SigningParts
from .unset import UNSET

if TYPE_CHECKING:
    from datetime import tzinfo

    from .core import ClientCore
    from .operation import Operation, Parameter
    from .options import Options
    from .provider import ProviderInfo

_PLACEHOLDER: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_AT_ROOT: Final = frozenset({"", "body"})
_LONGEST_SHOWN: Final = 80
_NO_PARTS: Final = SigningParts("", "")

_to_json: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


class EncodedCall(NamedTuple):
    """One call, checked and ready to be signed; holds personal data, so it has no telling repr."""

    operation: Operation
    path: str
    """Percent-encoded, below the base URL."""
    plain_path: str
    """The same, not percent-encoded."""
    query: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    fields: Mapping[str, object]
    """The root of the body."""
    files: tuple[tuple[str, FilePart], ...]

    def with_page(self, values: Mapping[str, object]) -> EncodedCall:
        """Return the call for one page of its list."""
        operation, path, plain_path, query, headers, fields, files = self
        paging = operation.paging
        if paging is not None and paging.at == "query":
            query += tuple((name, _as_text(value)) for name, value in values.items())
        else:
            fields = {**values, **fields}
        return EncodedCall(operation, path, plain_path, query, headers, fields, files)

    def body(self) -> bytes | MultipartBody | None:
        """Write the body; `None` for a request without one."""
        kind = self.operation.body
        if kind == "none":
            return None
        if kind == "multipart":
            texts = [(name, _as_text(value)) for name, value in self.fields.items()]
            return MultipartBody(texts, self.files)
        return _to_json(self.fields).encode()

    def __repr__(self) -> str:
        return f"<EncodedCall of {self.operation.full_name}>"


class WireRequest:
    """The bytes of one try; its repr shows neither headers nor body."""

    __slots__ = ("body", "headers", "method", "path", "query")

    def __init__(
        self,
        method: str,
        path: str,
        query: str,
        headers: list[tuple[bytes, bytes]],
        body: bytes | MultipartBody | None,
    ) -> None:
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body

    @property
    def target(self) -> str:
        """Path and query as they stand in the request line."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def __repr__(self) -> str:
        return f"<WireRequest {self.method}>"


def encode_call(
    operation: Operation,
    arguments: Mapping[str, object],
    *,
    settings: Mapping[str, str],
    timezone: tzinfo | None,
) -> EncodedCall:
    """Check the arguments of a call and put each where it belongs.

    Raises:
        InvalidArgument: a value of the wrong type or out of its range, or a rule that is broken.
    """
    in_path: dict[str, str] = {}
    query: list[tuple[str, str]] = []
    headers: list[tuple[str, str]] = []
    files: list[tuple[str, FilePart]] = []
    fields: dict[str, object] = {}
    if operation.wrapper is not None:
        fields[operation.wrapper] = {}
    given: dict[str, object] = {}
    argument = arguments.get
    for parameter in operation.parameters:
        value = argument(parameter.name, UNSET)
        if value is UNSET:
            if parameter.required:
                raise _refusal(operation, parameter.name, "is missing: it is required")
            continue
        if value is not None:
            given[parameter.name] = value
            try:
                encoded = parameter.codec.encode(value, timezone)
            except UnfitError as unfit:
                problem = _problem(value, unfit, parameter)
                raise _refusal(operation, parameter.name, problem) from None
        elif parameter.nullable:
            encoded = None
        else:
            raise _refusal(
                operation,
                parameter.name,
                f"=None is refused: expected {parameter.codec.describe()}; leave it out to send nothing",
            )
        at = parameter.at
        if at in _AT_ROOT:
            if isinstance(encoded, FilePart):
                files.append((parameter.wire, encoded))
            else:
                fields[parameter.wire] = encoded
        elif at == "path":
            in_path[parameter.wire] = _path_segment(operation, parameter, encoded)
        elif at == "query":
            query += _query_pairs(parameter.wire, encoded)
        elif at == "header":
            headers.append((parameter.wire, _header_value(operation, parameter, encoded)))
        else:
            _inner(fields, at)[parameter.wire] = encoded
    if operation.rules:
        _check_rules(operation, given)
    quoted, plain = operation.path, operation.path
    if "{" in plain:
        quoted, plain = _filled(operation, {**settings, **in_path})
    return EncodedCall(operation, quoted, plain, tuple(query), tuple(headers), fields, tuple(files))


def setting_as_text(provider: ProviderInfo, parameter: Parameter, value: object) -> str:
    """Check a setting of a client, such as Huawei's `vdn_id`, and return it as it stands in a path."""
    try:
        text = _as_text(parameter.codec.encode(value, None))
    except UnfitError as unfit:
        problem = _problem(value, unfit, parameter)
        raise _setting_refusal(provider, parameter, problem) from None
    if not _is_segment(text):
        raise _setting_refusal(provider, parameter, " is refused: it can't be a part of a path")
    return text


def _setting_refusal(provider: ProviderInfo, parameter: Parameter, problem: str) -> InvalidArgument:
    return InvalidArgument(
        f"{provider.title}: {parameter.name}{problem}",
        Circumstances(provider=provider.name),
        parameter=parameter.name,
    )


def signed_request(
    core: ClientCore, call: EncodedCall, options: Options, body: bytes | MultipartBody | None
) -> WireRequest:
    """Make one try of a call, signed for this moment."""
    signer = core.provider.signer
    method = call.operation.method
    path = core.base.prefix + call.path
    if (
        isinstance(body, MultipartBody)
        or call.headers
        or options.extra_headers
        or signer.needs_body
    ):
        headers = _all_headers(core, call, options, body)
        parts = _NO_PARTS
        if signer.needs_body:
            parts = SigningParts(
                method,
                core.base.prefix + call.plain_path,
                call.query,
                {name.lower(): value for name, value in headers},
                body.read() if isinstance(body, MultipartBody) else body or b"",
            )
        raw = raw_headers(headers)
    else:
        parts = _NO_PARTS
        raw = list(core.standing_raw_headers)
        if body is not None:
            raw.append((b"Content-Length", b"%d" % len(body)))
    raw += raw_headers(signer.sign(parts, core.credentials, core.signing_time()))
    return WireRequest(method, path, _quoted(call.query), raw, body)


def _quoted(pairs: Sequence[tuple[str, str]]) -> str:
    """Write a query as it stands in a URL."""
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


def _all_headers(
    core: ClientCore, call: EncodedCall, options: Options, body: bytes | MultipartBody | None
) -> list[tuple[str, str]]:
    """Put the headers together; what a call says overrides what the client says, name by name."""
    headers = {name.lower(): (name, value) for name, value in core.standing_headers}
    if isinstance(body, MultipartBody):
        headers["content-type"] = ("Content-Type", body.content_type)
        headers["content-length"] = ("Content-Length", str(body.length))
    elif body is not None:
        headers["content-length"] = ("Content-Length", str(len(body)))
    for name, value in (*call.headers, *options.extra_headers.items()):
        headers[name.lower()] = (name, value)
    return list(headers.values())


def _inner(fields: dict[str, object], name: str) -> dict[str, object]:
    return cast("dict[str, object]", fields.setdefault(name, {}))


def _check_rules(operation: Operation, given: Mapping[str, object]) -> None:
    for rule in operation.rules:
        try:
            rule.check(given)
        except BrokenRuleError as broken:
            raise _refusal(operation, broken.parameter, f" {broken.problem}") from None


def _problem(value: object, unfit: UnfitError, parameter: Parameter) -> str:
    place = f" (at {mask_numbers(unfit.place)})" if unfit.place else ""
    return f"={_shown(value, parameter)} is refused{place}: expected {unfit.expected}"


def _shown(value: object, parameter: Parameter) -> str:
    sensitive = parameter.sensitive
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return f"an integer of {value.bit_length()} bits"
    # Where text is expected, a number may be somebody's.
    is_number = isinstance(parameter.codec, Integer | Number)
    if sensitive is None and is_number and isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        # A list of a hundred thousand numbers is not written out for the sake of its first few.
        value = cast("Sequence[object]", value)[:_LONGEST_SHOWN]
    shown = mask_value(value, sensitive)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}…"


def _refusal(operation: Operation, parameter: str, problem: str) -> InvalidArgument:
    separator = "" if problem.startswith(("=", " ")) else " "
    return InvalidArgument(
        f"{operation.full_name}: {parameter}{separator}{problem}",
        Circumstances(
            provider=operation.provider,
            endpoint=operation.name,
            docs_url=operation.docs_url,
        ),
        parameter=parameter,
    )


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return "" if value is None else _to_json(value)


def _query_pairs(wire: str, encoded: object) -> list[tuple[str, str]]:
    if isinstance(encoded, list):
        return [(wire, _as_text(each)) for each in cast("list[object]", encoded)]
    return [(wire, _as_text(encoded))]


def _is_segment(text: str) -> bool:
    return text not in {"", ".", ".."}


def _path_segment(operation: Operation, parameter: Parameter, encoded: object) -> str:
    text = _as_text(encoded)
    if not _is_segment(text):
        raise _refusal(
            operation,
            parameter.name,
            f"={text!r} is refused: it can't be a part of a path",
        )
    return text


def _header_value(operation: Operation, parameter: Parameter, encoded: object) -> str:
    text = _as_text(encoded)
    if not is_header_value(text):
        raise _refusal(
            operation, parameter.name, " is refused: a header takes printable ASCII only"
        )
    return text


def _filled(operation: Operation, values: Mapping[str, str]) -> tuple[str, str]:
    """Fill the placeholders of a path; return it percent-encoded and plain."""
    quoted = _PLACEHOLDER.sub(lambda match: quote(values[match[1]], safe=""), operation.path)
    plain = _PLACEHOLDER.sub(lambda match: values[match[1]], operation.path)
    return quoted, plain
