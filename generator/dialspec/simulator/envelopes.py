"""How one endpoint spells its answers: root keys, code as text or number, and which code says what.

The endpoint's own example decides; without one, the documented root fields do.
"""

from __future__ import annotations

import re
from typing import Final

from dialspec.api import Code, Endpoint, Field, Provider, Scalar, ScalarKind
from dialspec.simulator.samples import Samples
from dialspec.simulator.wire import Json, dumps
from dialspec.spec.language.kinds import ErrorKind

_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,17})")


class EnvelopeSpelling:
    """Writes the envelope of one endpoint, and chooses among its documented codes."""

    def __init__(self, provider: Provider, endpoint: Endpoint, samples: Samples) -> None:
        envelope = endpoint.response.envelope
        fields = provider.object_type(endpoint.response.document).fields
        family = provider.families.get(endpoint.family, ()) if endpoint.family is not None else ()
        self._codes = (endpoint.codes, family)
        self._optional = envelope.optional
        self._result_root = endpoint.response.result[:1]
        self._success = [code.reveal() for code in envelope.success]
        self.code_keys = _used([key.reveal() for key in envelope.code], fields, samples)
        self.message_keys = _used([key.reveal() for key in envelope.message], fields, samples)
        self._unused = {key.reveal() for key in (*envelope.code, *envelope.message)}.difference(
            self.code_keys, self.message_keys
        )
        self._numeric = any(_prints_number(key, fields, samples) for key in self.code_keys)
        shown = [samples.first((key,)) for key in self.message_keys]
        self._success_text = next((text for text in shown if isinstance(text, str)), "success")

    def is_envelope(self, key: str) -> bool:
        """Tell whether a root key belongs to the envelope, used here or not."""
        if (key,) == self._result_root:
            return False  # the payload of a success, where a refusal has its text
        return key in self._unused or key in self.code_keys or key in self.message_keys

    def success(self) -> dict[str, Json]:
        """Give the root keys of an answer that succeeded."""
        if self._optional:
            return {}
        code = self._success[0] if self._success else "0"
        return self._written(code, self._success_text)

    @property
    def success_code(self) -> str | None:
        """The code of success as text; None if the endpoint documents no envelope."""
        is_written = bool(self._success and self.code_keys) and not self._optional
        return self._success[0] if is_written else None

    def refusal(self, code: str, message: str) -> bytes:
        """Give the whole body of an answer that failed."""
        return dumps(self._written(code, message))

    def code_of(self, *kinds: ErrorKind) -> Code | None:
        """Find the code for the first of these kinds that the page documents, or else its family."""
        for codes in self._codes:
            for kind in kinds:
                for code in codes:
                    if code.kind is kind:
                        return code
        return None

    def transient_code(self) -> Code | None:
        """Find a documented code after which another try may succeed."""
        return next((code for codes in self._codes for code in codes if code.transient), None)

    def _written(self, code: str, message: str) -> dict[str, Json]:
        as_number = self._numeric and _NUMBER.fullmatch(code) is not None
        written: dict[str, Json] = {}
        for index in range(max(len(self.code_keys), len(self.message_keys))):
            if index < len(self.code_keys):
                written[self.code_keys[index]] = int(code) if as_number else code
            if index < len(self.message_keys):
                written[self.message_keys[index]] = message
        return written


def message_of(code: Code) -> str:
    """Give the vendor's text for a code, in English where there is one."""
    text = code.labels.get("en") or next(iter(code.labels.values()), None)
    return text.reveal() if text is not None else code.name.replace("_", " ")


def _used(keys: list[str], fields: tuple[Field, ...], samples: Samples) -> list[str]:
    shown = [key for key in keys if key in samples.roots]
    if shown:
        return shown
    documented = {field.wire.reveal() for field in fields if field.documented}
    return [key for key in keys if key in documented] or keys[:1]


def _prints_number(key: str, fields: tuple[Field, ...], samples: Samples) -> bool:
    sample = samples.first((key,))
    if sample is not None:
        return isinstance(sample, int)
    return any(
        isinstance(field.type, Scalar) and field.type.kind is ScalarKind.INTEGER
        for field in fields
        if field.wire.reveal() == key
    )
