"""The seal: made with a key that lies apart from the cache, for this user's eyes only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dialspec.cache.seal import Seal


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key of this user will be."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "state" / "dialspec" / "cache-key"


def test_the_first_run_makes_a_key_and_later_ones_use_it(key: Path) -> None:
    first = Seal.of_user()
    assert first is not None
    assert (key.stat().st_mode & 0o777, key.stat().st_size) == (0o600, 32)
    second = Seal.of_user()
    assert second is not None
    assert second.fits(first.of("a", b"one"), "a", b"one")
    key.unlink()
    third = Seal.of_user()
    assert third is not None
    assert not third.fits(first.of("a", b"one"), "a", b"one")


def test_a_seal_is_for_one_name_and_one_body(key: Path) -> None:
    del key
    seal = Seal(b"k" * 32)
    made = seal.of("a", b"one")
    assert seal.fits(made, "a", b"one")
    assert not seal.fits(made, "b", b"one")
    assert not seal.fits(made, "a", b"two")
    assert not seal.fits(b"", "a", b"one")


def test_a_key_that_others_could_read_is_no_key(key: Path) -> None:
    assert Seal.of_user() is not None
    key.chmod(0o644)
    assert Seal.of_user() is None


def test_a_key_that_others_could_have_put_there_is_no_key(key: Path) -> None:
    assert Seal.of_user() is not None
    key.parent.chmod(0o777)
    assert Seal.of_user() is None


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_no_key(key: Path, content: bytes) -> None:
    assert Seal.of_user() is not None
    key.write_bytes(content)
    assert Seal.of_user() is None


def test_a_key_behind_a_link_is_no_key(key: Path, tmp_path: Path) -> None:
    assert Seal.of_user() is not None
    key.rename(tmp_path / "elsewhere")
    key.symlink_to(tmp_path / "elsewhere")
    assert Seal.of_user() is None


def test_without_a_place_for_the_key_there_is_no_seal(key: Path) -> None:
    key.parent.parent.write_text("a file")
    assert Seal.of_user() is None


def test_a_key_of_somebody_else_is_no_key(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Seal.of_user() is not None
    assert key.exists()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert Seal.of_user() is None
