"""What must not be printed, masked.

In: text that the runtime is about to print (a log line, an excerpt, a vendor's message, a repr). Out: the
same text with secrets replaced by `***` and telephone numbers by `***` and their last two digits. Anything
that could be a telephone number counts as one: seven or more digits, also with separators between them;
only a date is let through.

The values themselves stay available to the program; masking is about what lands in logs by accident.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal, cast

from .secret import MASK

Sensitivity = Literal["phone", "secret", "personal"]
"""Why a field is masked when printed."""

ALWAYS_SECRET: Final = frozenset(
    {
        "accesskey",
        "api-key",
        "apikey",
        "apisecret",
        "authorization",
        "password",
        "passwd",
        "pwd",
        "secret",
        "secretkey",
        "sign",
        "signature",
        "token",
        "accesstoken",
    }
)
"""Names that are masked wherever they occur, documented or not, in any case."""

_NUMBER: Final = re.compile(
    r"(?P<date>(?<![\d.])(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)?(?!\d))"
    r"|(?<!\d)\+?\d(?:[ \-.()/]{0,2}\d){6,}"
)
_VALUE: Final = r"""("(?:[^"\\]|\\.)*"?|\[[^\]]*\]?|\{[^}]*\}?|[^\s,}\]]+)"""


def _masked_number(match: re.Match[str]) -> str:
    return match[0] if match["date"] else MASK + match[0][-2:]


def mask_numbers(text: str) -> str:
    """Mask whatever could be a telephone number."""
    return _NUMBER.sub(_masked_number, text)


def mask_value(value: object, sensitivity: Sensitivity | None) -> str:
    """Return the printable form of one value, masked as its field demands."""
    if sensitivity is None:
        return _mask_inside(value)
    if value is None:
        return "None"
    if sensitivity == "phone" and isinstance(value, str | int):
        return repr(MASK + str(value)[-2:]) if len(str(value)) > 4 else repr(MASK)
    return repr(MASK)


def sensitivity_of_name(name: object) -> Sensitivity | None:
    """What a name alone says of its value."""
    return "secret" if isinstance(name, str) and name.lower() in ALWAYS_SECRET else None


def _mask_inside(value: object) -> str:
    """Print a value of which nothing is known, masked by the names and numbers in it."""
    if isinstance(value, dict):
        pairs = (
            f"{mask_numbers(repr(name))}: {mask_value(each, sensitivity_of_name(name))}"
            for name, each in cast("dict[object, object]", value).items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_mask_inside, cast("list[object]", value))) + "]"
    return mask_numbers(repr(value))


class Redactor:
    """Masks text for one client: knows its secrets, and names that the specs call sensitive."""

    __slots__ = ("_secrets",)

    def __init__(self, secrets: Iterable[str]) -> None:
        # Longest first, so that a key that is a part of another leaves nothing of the other behind.
        self._secrets = tuple(sorted({text for text in secrets if text}, key=len, reverse=True))

    def __repr__(self) -> str:
        return f"<Redactor of {len(self._secrets)} secrets>"

    def text(self, text: str) -> str:
        """Mask secrets and telephone numbers in text without structure."""
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return mask_numbers(text)

    def json(self, text: str, sensitive: Mapping[str, Sensitivity]) -> str:
        """Mask JSON text, broken or not: the values of sensitive names, then all that `text` masks."""
        pattern = _named_values(frozenset(sensitive) | ALWAYS_SECRET)
        return self.text(pattern.sub(rf'\1"{MASK}"', text))


@lru_cache(maxsize=256)
def _named_values(names: frozenset[str]) -> re.Pattern[str]:
    alternatives = "|".join(sorted(re.escape(name) for name in names))
    return re.compile(rf'("(?:{alternatives})"\s*:\s*){_VALUE}', re.IGNORECASE | re.DOTALL)
