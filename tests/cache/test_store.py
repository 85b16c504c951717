"""The store: entries count only under a seal that nobody but this user's runs can make."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dialspec.cache.seal import Seal
from dialspec.cache.store import Store

SEAL = Seal(b"k" * 32)


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "cache", SEAL, 10)


def test_what_was_put_is_got_back(tmp_path: Path, store: Store) -> None:
    assert store.get("a") is None
    store.put("a", b"one\ntwo")
    store.put("b", b"")
    assert (store.get("a"), store.get("b")) == (b"one\ntwo", b"")
    assert Store(tmp_path / "cache", SEAL, 10).get("a") == b"one\ntwo"


def test_an_entry_can_be_replaced(store: Store) -> None:
    store.put("a", b"1")
    store.put("a", b"2")
    assert store.get("a") == b"2"


@pytest.mark.parametrize(
    "planted",
    [b"", b"\n", b"one", b"\none", b"0" * 64 + b"\none", b"\xff" * 64 + b"\none"],
    ids=["empty", "newline", "bare", "no seal", "false seal", "no text"],
)
def test_an_entry_without_a_seal_that_fits_is_none(
    tmp_path: Path, store: Store, planted: bytes
) -> None:
    store.put("a", b"one")
    (tmp_path / "cache" / "a").write_bytes(planted)
    assert store.get("a") is None


def test_one_changed_byte_breaks_the_seal(tmp_path: Path, store: Store) -> None:
    store.put("a", b"one")
    entry = tmp_path / "cache" / "a"
    entry.write_bytes(entry.read_bytes().replace(b"one", b"two"))
    assert store.get("a") is None


def test_a_seal_of_another_key_is_worth_nothing(tmp_path: Path, store: Store) -> None:
    Store(tmp_path / "cache", Seal(b"x" * 32), 10).put("a", b"planted")
    assert store.get("a") is None


def test_an_entry_is_worth_nothing_under_another_name_or_in_another_store(
    tmp_path: Path, store: Store
) -> None:
    store.put("a", b"one")
    other = Store(tmp_path / "other", SEAL, 10)
    other.put("x", b"y")
    (tmp_path / "cache" / "b").write_bytes((tmp_path / "cache" / "a").read_bytes())
    (tmp_path / "other" / "a").write_bytes((tmp_path / "cache" / "a").read_bytes())
    assert store.get("b") is None
    assert other.get("a") is None


def test_without_a_seal_nothing_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache", None, 10)
    store.put("a", b"one")
    assert store.get("a") is None
    assert not (tmp_path / "cache").exists()


def test_a_folder_is_made_for_this_user_alone(tmp_path: Path, store: Store) -> None:
    store.put("a", b"one")
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0
    assert (tmp_path / "cache" / "a").stat().st_mode & 0o077 == 0


def test_a_folder_that_others_can_write_to_is_left_alone(tmp_path: Path, store: Store) -> None:
    store.put("a", b"one")
    (tmp_path / "cache").chmod(0o777)
    fresh = Store(tmp_path / "cache", SEAL, 10)
    fresh.put("b", b"two")
    assert fresh.get("a") is None
    assert names(tmp_path / "cache") == ["a"]


def test_a_folder_that_is_a_link_is_left_alone(tmp_path: Path, store: Store) -> None:
    store.put("a", b"one")
    (tmp_path / "link").symlink_to(tmp_path / "cache")
    linked = Store(tmp_path / "link", SEAL, 10)
    linked.put("b", b"two")
    assert linked.get("a") is None
    assert names(tmp_path / "cache") == ["a"]


def test_what_belongs_to_somebody_else_is_left_alone(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("a", b"one")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    foreign = Store(tmp_path / "cache", SEAL, 10)
    foreign.put("b", b"two")
    assert foreign.get("a") is None
    assert names(tmp_path / "cache") == ["a"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_an_entry_that_belongs_to_somebody_else_is_none(tmp_path: Path, store: Store) -> None:
    store.put("a", b"one")
    os.chown(tmp_path / "cache" / "a", 12345, 12345)
    assert store.get("a") is None


def test_what_is_no_file_is_no_entry_and_nobody_waits_for_it(tmp_path: Path, store: Store) -> None:
    store.put("a", b"one")
    folder = tmp_path / "cache"
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to(folder / "a")
    (folder / "folder").mkdir()
    for name in ("pipe", "link", "folder"):
        assert store.get(name) is None


def test_an_entry_that_is_too_large_is_none(tmp_path: Path, store: Store) -> None:
    store.put("a", b"one")
    with (tmp_path / "cache" / "a").open("r+b") as entry:
        entry.truncate(10**9)
    assert store.get("a") is None
    store.put("b", b"x" * 10_000_000)
    assert store.get("b") is None


def test_the_oldest_entries_go_when_there_are_too_many(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "cache"
    for number in range(35):
        store.put(str(number), b"y")
        for entry in folder.iterdir():
            os.utime(entry, (entry.stat().st_mtime - 10, entry.stat().st_mtime - 10))
    assert len(list(folder.iterdir())) <= 10
    assert store.get("34") == b"y"
    assert store.get("0") is None


def test_a_folder_that_can_not_be_used_does_no_harm(tmp_path: Path, store: Store) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    store.put("a", b"one")
    assert store.get("a") is None


def test_an_entry_that_can_not_be_put_in_place_leaves_nothing(tmp_path: Path, store: Store) -> None:
    (tmp_path / "cache" / "a").mkdir(parents=True, mode=0o700)
    (tmp_path / "cache").chmod(0o700)
    store.put("a", b"one")
    assert names(tmp_path / "cache") == ["a"]
    assert store.get("a") is None
