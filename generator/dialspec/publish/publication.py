"""The steps of a publication: compare, refuse, stage, replace, remember.

Everything that can fail for lack of space or rights happens while the new files are staged beside the old ones; then
nothing is left but renames. A run that is killed among these leaves its journal, from which the next run knows which
files are new, so that it completes what was begun instead of taking them for edited ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dialspec.publish.drift import difference
from dialspec.publish.errors import PublishError
from dialspec.publish.lock import PATIENCE, locked
from dialspec.publish.manifest import (
    digest,
    journal_text,
    manifest_text,
    read_journal,
    read_manifest,
)
from dialspec.publish.paths import JOURNAL, MANIFEST, check_paths
from dialspec.publish.tree import (
    check_folders,
    flush_folder,
    read_bytes,
    remove,
    remove_empty_folders,
    replace,
    stage,
    temporary_of,
    unstage,
    unusable,
)

_SHOWN_LINES: Final = 60


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publication did; paths are sorted."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to happen: contents to write (the manifest last), paths that stay, paths to remove.

    `begun` is the journal of interrupted runs.
    """

    write: Mapping[str, bytes]
    unchanged: tuple[str, ...]
    remove: tuple[str, ...]
    begun: Mapping[str, frozenset[str]]


def publish(
    files: Mapping[str, str],
    out: Path,
    *,
    force: frozenset[str] = frozenset(),
    patience: float = PATIENCE,
) -> Publication:
    """Make `out` hold `files`.

    Args:
        files: path below `out` -> text.
        out: the output folder; made if it does not exist.
        force: paths of files that may be overwritten or removed though they were edited by hand, below `out` or as
            error messages print them.
        patience: seconds to wait for another run to end.

    Raises:
        PublishError: see the package; nothing was changed, unless the message says so.
    """
    check_paths(files)
    contents = {path: _encoded(path, text) for path, text in files.items()}
    check_folders(out, "")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unusable(out, "make", error) from error
    with locked(out, patience):
        plan = _plan(contents, out, _below(out, force))
        _carry_out(plan, out)
    written = tuple(path for path in sorted(plan.write) if path != MANIFEST)
    return Publication(written, plan.unchanged, plan.remove)


def _encoded(path: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise PublishError(f"{path}: the text holds half a character pair, no file can") from None


def _below(out: Path, force: frozenset[str]) -> frozenset[str]:
    prefix = f"{out.as_posix().rstrip('/')}/"
    return frozenset(path.replace("\\", "/").removeprefix(prefix) for path in force)


def _plan(contents: Mapping[str, bytes], out: Path, force: frozenset[str]) -> _Plan:
    """Compare with what is there. What would lose somebody's work is refused here, before any change."""
    manifest, begun = read_manifest(out), read_journal(out)
    known = manifest.keys() | {path for path, hashes in begun.items() if hashes}
    stale = sorted(known - contents.keys())
    refused = [
        f"{out / name}: nothing of this name is generated, so it cannot be forced"
        for name in sorted(force - contents.keys() - set(stale))
    ]
    write: dict[str, bytes] = {}
    unchanged: list[str] = []
    remove: list[str] = []
    for path in [*sorted(contents), *stale]:
        check_folders(out, path)
        found, wanted = read_bytes(out / path), contents.get(path)
        if found == wanted:
            unchanged += [path] if wanted is not None else []
            continue
        ours = {manifest.get(path), *begun.get(path, ())}
        is_ours = found is None or digest(found) in ours
        if not is_ours and path not in force:
            refused.append(
                _refusal(path, out, found, wanted, is_known=len(ours) > 1 or None not in ours)
            )
        elif wanted is not None:
            write[path] = wanted
        else:
            remove.append(path)
    if refused:
        raise PublishError("\n".join([*refused, "nothing was changed"]))
    listed = manifest_text(contents)
    if listed != read_bytes(out / MANIFEST):
        write[MANIFEST] = listed
    return _Plan(write, tuple(unchanged), tuple(remove), begun)


def _refusal(
    path: str, out: Path, found: bytes | None, wanted: bytes | None, *, is_known: bool
) -> str:
    if is_known:
        problem = "was edited by hand" if wanted is not None else "is stale, but was edited by hand"
    else:
        problem = "is in the way: it is not one of the generated files"
    lines = list(difference(path, found, wanted))
    shown = "".join(lines[:_SHOWN_LINES])
    if len(lines) > _SHOWN_LINES:
        shown += f"… and {len(lines) - _SHOWN_LINES} lines more\n"
    remedy = f"move the edit to a spec or template, or give it up with --force {path}"
    return f"{out / path}: {problem}; {remedy}\n{shown}".rstrip("\n")


def _carry_out(plan: _Plan, out: Path) -> None:
    was_interrupted = bool(plan.begun) or temporary_of(out / JOURNAL).exists()
    if not (plan.write or plan.remove or was_interrupted):
        return
    _stage(plan, out)
    try:
        for path in plan.remove:
            remove(out / path)
        for path in plan.write:
            replace(out / path)
        _tidy(plan, out)
    except PublishError as error:
        raise PublishError(
            f"{error}\nthe output is between two states now; run again to complete it"
        ) from error


def _stage(plan: _Plan, out: Path) -> None:
    """Announce what is new in the journal, and write it beside the old; undo that if the disk refuses."""
    becoming = dict.fromkeys(plan.remove, frozenset[str]()) | dict(plan.begun)
    for path, content in plan.write.items():
        if path != MANIFEST:
            becoming[path] = becoming.get(path, frozenset()) | {digest(content)}
    staged = [out / JOURNAL]
    try:
        stage(out / JOURNAL, journal_text(becoming))
        replace(out / JOURNAL)
        for path, content in plan.write.items():
            staged.append(out / path)
            stage(out / path, content)
    except BaseException as error:
        for file in staged:
            unstage(file)
            remove_empty_folders(file.parent, out)
        if not plan.begun:
            remove(out / JOURNAL)
        if isinstance(error, PublishError):
            raise PublishError(f"{error}\nnothing was changed") from error
        raise


def _tidy(plan: _Plan, out: Path) -> None:
    """Make the renames last, clear away what interrupted runs left, and close the journal."""
    touched = {(out / path).parent for path in (*plan.write, *plan.remove)}
    for folder in sorted(touched):
        flush_folder(folder)
    for path in (*plan.begun, MANIFEST):
        unstage(out / path)
    for path in (*plan.remove, *plan.begun):
        remove_empty_folders((out / path).parent, out)
    remove(out / JOURNAL)
