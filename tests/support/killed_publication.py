"""Publish in forked children and kill each at another operation on a file; run as a script.

    python killed_publication.py FOLDER steps      one kill at each operation of one publication
    python killed_publication.py FOLDER twice      a second run, killed as well, before the third completes

After each kill the tree must hold every file whole, old or new; the next run must bring about its own tree with
nothing left over. An audit hook counts what Python asks of the file system and sends SIGKILL at the chosen count, so
that no moment is missed. Prints how many kills there were.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from dialspec.publish import publish

Tree = Mapping[str, str]

OLD: Tree = {"a/one.py": "1\n" * 900, "a/two.py": "2\n", "b/three.md": "3\n", "kept.txt": "kept\n"}
NEW: Tree = {"a/one.py": "11\n" * 900, "c/d/four.md": "4\n", "kept.txt": "kept\n", "five": "5\n"}
THIRD: Tree = {"a/one.py": "111\n", "a/two.py": "22\n", "c/d/six.md": "6\n", "kept.txt": "kept\n"}
WATCHED = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"})


def killed_at(step: int, tree: Tree, out: Path) -> bool:
    """Publish in a child that dies at this operation; False if it completed before."""
    child = os.fork()
    if child == 0:
        operations = itertools.count()
        place = str(out)

        def die(event: str, arguments: tuple[object, ...]) -> None:
            if event in WATCHED and place in str(arguments) and next(operations) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        publish(tree, out)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.waitstatus_to_exitcode(status) != 0:
        raise AssertionError(f"publishing failed at step {step}")
    return False


def found(out: Path) -> dict[str, str]:
    """Every file there is."""
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in out.rglob("*")
        if path.is_file()
    }


def check_whole(out: Path, *trees: Tree) -> None:
    """Every file is as one of the trees has it, and no file is missing that all of them have."""
    files = found(out)
    for path, text in files.items():
        name = path.rpartition("/")[2]
        if name == "manifest.json" or name.endswith(".dialspec-new") or "journal" in name:
            continue
        if text not in [tree.get(path) for tree in trees]:
            raise AssertionError(f"{path} holds something else: {text[:60]!r}")
    for path in trees[0]:
        if path not in files and all(path in tree for tree in trees):
            raise AssertionError(f"{path} is missing")


def check_complete(out: Path, tree: Tree) -> None:
    """The next run brings about its tree, and nothing else is there."""
    publish(tree, out)
    files = found(out)
    del files["manifest.json"]
    if files != dict(tree):
        raise AssertionError(f"left over or wrong: {files.keys() ^ tree.keys()}")
    folders = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_dir()}
    if folders - {parent.as_posix() for path in tree for parent in Path(path).parents}:
        raise AssertionError(f"folders left over: {folders}")


def each_step(base: Path) -> int:
    """Kill at each operation, then complete with the same tree, the old one and another."""
    kills = 0
    for step in itertools.count():
        for number, goal in enumerate((NEW, OLD, THIRD)):
            out = base / f"{step}-{number}"
            publish(OLD, out)
            if not killed_at(step, NEW, out):
                return kills
            kills += 1
            check_whole(out, OLD, NEW)
            check_complete(out, goal)
    raise AssertionError("unreachable")


def twice(base: Path) -> int:
    """Kill a first run, then a second one towards another tree, then complete."""
    chance = random.Random(4)  # noqa: S311 - which moments are tried need not be secret
    kills = 0
    for number in range(60):
        out = base / str(number)
        publish(OLD, out)
        kills += killed_at(chance.randrange(45), NEW, out)
        kills += killed_at(chance.randrange(45), THIRD, out)
        check_whole(out, OLD, NEW, THIRD)
        check_complete(out, chance.choice([OLD, NEW, THIRD]))
    return kills


if __name__ == "__main__":
    print({"steps": each_step, "twice": twice}[sys.argv[2]](Path(sys.argv[1])))
