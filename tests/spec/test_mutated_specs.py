"""Damaged specs never end in a traceback: each is loaded, or refused with a place, within the limits.

Damage is done to bytes and to the values of documents, from numbered seeds. `DIALSPEC_MUTATIONS=20000` tries more of
them; a failure names its seed, and `DIALSPEC_MUTATIONS=1 DIALSPEC_FIRST_SEED=<seed>` repeats it.
"""

from __future__ import annotations

import copy
import io
import json
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, Final

import pytest
from ruamel.yaml import YAML

from dialspec.diagnostics import Diagnostics, SpecErrors
from dialspec.diagnostics.formats import FORMATS, render_diagnostics
from dialspec.lint import lint
from dialspec.resolve import resolve
from dialspec.spec.loader import load
from dialspec.spec.source import Limits
from dialspec.spec.yaml import read_document

BASE: Final = Path(__file__).parent / "base"
FIRST_SEED: Final = int(os.environ.get("DIALSPEC_FIRST_SEED", "0"))
MUTATIONS: Final = int(os.environ.get("DIALSPEC_MUTATIONS", "100"))
MOST_SECONDS: Final = 5.0
MOST_MEBIBYTES: Final = 500

_TOKENS: Final = (
    *(b"\t", b"\0", b"\r", b"\r\n", b"\n", b" ", b"  ", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf"),
    *(b"&a ", b"*a", b"&a *a", b"<<: *a", b"- ", b": ", b"? ", b"{", b"}", b"[", b"]", b",", b"#", b" #"),
    *(b'"', b"'", b"|", b">", b"|2-", b"!", b"!!str ", b"!x!y ", b"%", b"%YAML 1.1\n", b"---", b"...", b"@", b"`"),
    *(b"\\", b"\\U", b"\\UFFFFFFFF", b"\\ud800", b"\\0", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xc2\x85"),
    *(b"null", b"true", b"~", b"0", b"-1", b"007", b"1e999", b".nan", b"9" * 50, b"0x", b"1_000", b"{{", b"{%"),
    *(b"platform: true\n", b"paging: {use: page_number, items: a.b}\n", b"request:\n", b"[" * 50, b"{a: " * 40),
)  # fmt: skip
_VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 10**30, 1.5, -0.0, "", " ", "x", "true", "-1", "0", "2026-02-30"),
    *("class", "None", "__init__", "self", "\u202e", "\x1b[0m", "\x00x", "{{ x }}", "../../etc", "ſelf"),
    *("list[list[integer]]", "list[", "map[json]", "TaskState", "Task", "GET /{a}", "POST {voice}/x", "a.b"),
    *([], {}, [[]], [{}], {"": ""}, {"a": {"b": []}}, ["x", 1, None], {1: 2}, {"type": "integer"}),
)  # fmt: skip


_KEYS: Final = ("", "x", "class", "A", "a b", "ключ", "type", "<<", "platform", "at", "name", "2")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Give `content` damaged in one to five places, on its bytes or on the values of its document."""
    if chance.random() < 0.5:
        document = read_document(content.decode(), PurePosixPath("x"), Limits(), Diagnostics())
        assert document is not None, "the file to be damaged is not sound"
        data: Any = json.loads(json.dumps(document.data))
        for _ in range(chance.randint(1, 5)):
            _damage_value(data, chance)
        stream = io.BytesIO()
        yaml: Any = YAML(typ="safe", pure=True)
        yaml.default_flow_style = chance.random() < 0.2
        yaml.dump(data, stream)
        return stream.getvalue()
    for _ in range(chance.randint(1, 5)):
        content = chance.choice(_DAMAGES)(content, chance)
    return content


def _damage_value(data: Any, chance: random.Random) -> None:
    """Replace, remove, rename, copy or add one value somewhere below `data`."""
    places: list[tuple[Any, Any]] = []
    waiting = [data]
    while waiting:
        holder = waiting.pop()
        keys: list[Any] = list(holder) if _is_mapping(holder) else list(range(len(holder)))
        for key in keys:
            places.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    if not places:
        return
    holder, key = chance.choice(places)
    other_holder, other_key = chance.choice(places)
    other = copy.deepcopy(other_holder[other_key])
    new = copy.deepcopy(chance.choice(_VALUES))
    action = chance.choice(["replace", "remove", "rename", "copy", "add"])
    if action == "replace":
        holder[key] = new
    elif action == "remove":
        del holder[key]
    elif not _is_mapping(holder):
        holder.append(other if action == "copy" else new)
    elif action == "copy":
        holder[other_key] = other
    else:
        new_key = chance.choice([str(other_key), *_KEYS])
        holder[new_key] = holder.pop(key) if action == "rename" else new


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(_TOKENS) + content[at:]


def _replace(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(_TOKENS) + content[at + chance.randint(0, 4) :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + content[at + chance.randint(1, 30) :]


def _truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _flip(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return content
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _repeat_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    at = chance.randrange(len(lines))
    taken = lines[at : at + chance.randint(1, 6)]
    to = chance.randint(0, len(lines))
    return b"".join([*lines[:to], *taken, *lines[to:]])


def _indent_line(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    at = chance.randrange(len(lines))
    lines[at] = chance.choice([b" ", b"  ", b"    ", b"\t"]) + lines[at]
    return b"".join(lines)


_DAMAGES: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    *(_insert, _insert, _replace, _replace, _cut, _truncate, _flip, _repeat_lines, _indent_line),
)


def _peak() -> float:
    """The most memory that this process has had since its peak was reset, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(
        int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:")
    )


@pytest.mark.timeout(7200)  # twenty thousand of them take a quarter of an hour
def test_damaged_specs_are_loaded_or_refused_with_a_place(tmp_path: Path) -> None:
    files = {path: path.read_bytes() for path in sorted((BASE / "demo").glob("*.yaml"))}
    slowest = 0.0
    refused = 0
    # The process has run other tests before; what they needed is not what is measured.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _peak()
    for seed in range(FIRST_SEED, FIRST_SEED + MUTATIONS):
        chance = random.Random(seed)  # noqa: S311 - damage that can be repeated, not a secret
        damaged = chance.choice(list(files))
        content = mutated(files[damaged], chance)
        specs = Path(shutil.copytree(BASE, tmp_path / str(seed)))
        (specs / "demo" / damaged.name).write_bytes(content)
        began = time.perf_counter()
        try:
            diagnostics = _diagnosed(specs)
            _check(diagnostics, specs)
        except Exception as error:
            error.add_note(f"seed {seed}, {damaged.name}:\n{content!r}")
            raise
        slowest = max(slowest, time.perf_counter() - began)
        refused += diagnostics.has_errors
        shutil.rmtree(specs)
    grown = _peak() - before
    assert slowest < MOST_SECONDS
    assert grown < MOST_MEBIBYTES
    # Most damage must do harm, or nothing was tested.
    assert refused * 2 > MUTATIONS or MUTATIONS < 20


def _diagnosed(specs: Path) -> Diagnostics:
    diagnostics = Diagnostics()
    try:
        loaded = load(specs, diagnostics)
        is_complete = bool(loaded.providers) and all(one.complete for one in loaded.providers)
        assert is_complete or diagnostics.has_errors, "something was left out without a word"
        lint(resolve(loaded, diagnostics), loaded, diagnostics)
    except SpecErrors:
        assert diagnostics.has_errors
    return diagnostics


def _check(diagnostics: Diagnostics, specs: Path) -> None:
    for found in diagnostics:
        file = specs.parent / found.position.file
        text = diagnostics.sources.get(found.position.file, "")
        lines = text.split("\n")
        assert file.is_relative_to(specs)
        assert 1 <= found.position.line <= len(lines)
        assert 1 <= found.position.column <= len(lines[found.position.line - 1]) + 1
        assert found.message
    for output_format in FORMATS:
        rendered = render_diagnostics(diagnostics, output_format)
        assert all(character == "\n" or character.isprintable() for character in rendered)
