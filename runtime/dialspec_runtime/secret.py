"""A credential that can't be printed by accident.

In: the text of an API key or a secret. Out: the same text, only through `reveal()`. Neither `repr`, `str`,
`format` nor a traceback that shows local variables prints it, and it refuses to be pickled.
"""

from typing import Final, NoReturn

MASK: Final = "***"


class Secret:
    """Text that is shown as `***` wherever it is printed."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the text itself; call it where it is used, and keep no variable of it."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, format_spec: str) -> str:
        return format(MASK, format_spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a Secret is not pickled: credentials stay in the process that was given them"
        )
