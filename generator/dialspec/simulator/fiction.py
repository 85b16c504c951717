"""Values that look real and can belong to nobody.

Telephone numbers come from the ranges that regulators keep for films and books (+44 7700 900xxx and 555-01xx), hosts
from example.com, addresses from 192.0.2.0/24. Everything is a function of a number, so that runs repeat.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

_PEOPLE: Final = (
    "Ada Example",
    "Bruno Sample",
    "Chen Muster",
    "Dalia Placeholder",
    "Emeka Specimen",
    "Fatou Instance",
    "Greta Dummy",
    "Hiro Template",
)
_AREAS: Final = (202, 303, 415, 512, 617, 808)
_PHONE_WORDS: Final = frozenset({"called", "callee", "caller", "calling", "phone", "mobile", "tel"})
_DIGIT_WORDS: Final = frozenset(
    {"id", "ids", "key", "num", "cnt", "count", "counts", "total", "rate", "code", "duration"}
)


def noise(*parts: object) -> int:
    """Give 64 repeatable bits for these parts: the only source of chance in the simulator."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def phone_number(chance: int) -> str:
    """Give a number of a range reserved for fiction, in international form without the plus."""
    if chance % 2:
        return f"447700900{chance // 2 % 1000:03}"
    return f"1{_AREAS[chance // 2 % len(_AREAS)]}55501{chance // 16 % 100:02}"


def person(chance: int) -> str:
    """Give the name of nobody."""
    return _PEOPLE[chance % len(_PEOPLE)]


def secret(chance: int) -> str:
    """Give a password or token that says what it is."""
    return f"simulated-{chance % 2**32:08x}"


def text_for(name: tuple[str, ...], chance: int) -> str:
    """Give a text for a field whose wire name consists of these lower-case words."""
    last = name[-1] if name else ""
    number = chance % 1000
    if last in _DIGIT_WORDS:
        return str(100_000 + chance % 900_000 if last in {"id", "ids", "key"} else number)
    if _PHONE_WORDS.intersection(name) and last not in {"info", "name", "time", "type"}:
        return phone_number(chance)
    if "url" in name or last == "path":
        return f"https://files.example.com/{'-'.join(name)}/{number}.dat"
    if "email" in name or "mail" in name:
        return f"person{number}@example.com"
    if "ip" in name:
        return f"192.0.2.{chance % 254 + 1}"
    if last in {"time", "date"}:
        return f"2025-{chance % 12 + 1:02}-{chance % 28 + 1:02} {chance % 24:02}:00:00"
    return f"{' '.join(name).capitalize()} {number}"
