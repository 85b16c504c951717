"""Compare an output folder with what would be generated, without writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dialspec.publish.manifest import manifest_text, read_manifest
from dialspec.publish.paths import MANIFEST, check_paths
from dialspec.publish.tree import read_bytes


@dataclass(frozen=True, slots=True)
class Drift:
    """Where an output folder differs from what would be generated. False when it does not."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    """Files that were generated once, are no longer, and are still there."""
    diff: str = ""
    """A unified diff from the folder to what would be generated; of the manifest only if nothing else differs."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.surplus)


def check(files: Mapping[str, str], out: Path) -> Drift:
    """Compare `out` with `files` and with the manifest that would list them.

    Raises:
        PublishError: a path that cannot be published, or a file that cannot be read.
    """
    check_paths(files)
    recorded = read_manifest(out)
    wanted: dict[str, bytes | None] = dict.fromkeys(sorted(recorded.keys() - files.keys()))
    contents = {path: text.encode() for path, text in sorted(files.items())}
    wanted |= contents
    wanted[MANIFEST] = manifest_text(contents)
    missing: list[str] = []
    changed: list[str] = []
    surplus: list[str] = []
    diff: list[str] = []
    for path, content in wanted.items():
        found = read_bytes(out / path)
        if found == content:
            continue
        if found is None:
            missing.append(path)
        else:
            (surplus if content is None else changed).append(path)
        if path != MANIFEST or not diff:
            diff += difference(path, found, content)
    return Drift(tuple(missing), tuple(changed), tuple(surplus), "".join(diff))


def difference(path: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    """A unified diff of one file; None stands for no file."""
    import difflib

    return _with_line_ends(
        difflib.unified_diff(
            _lines(old),
            _lines(new),
            "/dev/null" if old is None else path,
            "/dev/null" if new is None else f"{path} (generated)",
        )
    )


def _lines(content: bytes | None) -> list[str]:
    """Lines as diff sees them: only a newline ends one."""
    text = (content or b"").decode("utf-8", "backslashreplace")
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _with_line_ends(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
