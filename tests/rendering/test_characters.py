"""Which characters are shown as they are, on whatever Python the generator runs."""

from __future__ import annotations

import pytest

from dialspec.rendering.text.characters import all_visible, display_width, displayed, is_visible


@pytest.mark.parametrize(
    "text", ["abc ~", "é ß ñ", "启用（查询）、。", "מרחב", "👍", "₹", "鿠", "𪛖"]
)
def test_what_people_write_is_shown(text: str) -> None:
    assert all_visible(text)
    assert displayed(text) == text


@pytest.mark.parametrize(
    "code",
    [
        *(0x00, 0x07, 0x1B, 0x7F, 0x80, 0x85, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x180E, 0x200B),
        *(0x200D, 0x2028, 0x202E, 0x2060, 0x2066, 0x2069, 0x2800, 0x3164, 0xD800, 0xE000),
        *(0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFE, 0x1D173, 0xE0001, 0xE0041, 0xE0100, 0x10FFFF),
    ],
)
def test_what_nobody_sees_is_not(code: int) -> None:
    assert not is_visible(chr(code))


@pytest.mark.parametrize(
    "separator",
    [
        *("\r", "\n", "\r\n", "\t", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", "\x85"),
        *("\xa0", "\u2028", "\u2029", "\u3000", " \n\t "),
    ],
)
def test_white_space_of_all_kinds_becomes_one_space(separator: str) -> None:
    assert displayed(f"{separator}a{separator}b{separator}") == "a b"


def test_hidden_characters_are_named() -> None:
    assert displayed("a\u202eb\0\U000e0041") == "a[U+202E]b[U+0000][U+E0041]"


def test_chinese_characters_are_two_columns_wide() -> None:
    assert display_width("ab启用") == 6
