"""Templates of a user's own: that each has an effect, and where a mistake in one is.

A template is read here before it is used, because Jinja says nothing of a block or a file whose name nobody asks for.
Refused with `OverrideError`, with file and line: a template that ours do not use, that extends or imports what is not
there, or itself; in one that extends another, a block that the other lacks, and text outside of blocks; and whatever
is no template.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from dialspec.diagnostics.quoting import cut, escaped
from dialspec.rendering.environment import BASE, TEMPLATE_SUFFIX, OverrideError
from dialspec.spec.nearest import nearest

if TYPE_CHECKING:
    from types import FrameType

    from jinja2 import Environment

_REFERRING: Final = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
_LONGEST_REASON: Final = 500


def check_overrides(templates: Environment, ours: Path, overrides: Path) -> None:
    """Raise OverrideError at the first template of `overrides` that is wrong or has no effect."""
    _Check(templates, ours, overrides).check()


def mistake_in(overrides: Path, error: Exception) -> OverrideError | None:
    """Give an error that was raised while templates were rendered its place, if that is in one of `overrides`.

    The innermost template counts: an error in one of ours may be our mistake, even if one of a user's came to it.
    """
    if isinstance(error, TemplateSyntaxError):
        file, line = Path(error.filename or ""), error.lineno
    else:
        frames = [
            (frame, line) for frame, line in walk_tb(error.__traceback__) if _is_of_template(frame)
        ]
        if not frames:
            return None
        file, line = Path(frames[-1][0].f_code.co_filename), frames[-1][1]
    if not file.is_relative_to(overrides):
        return None
    told = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    return _mistake(file, line, told)


def _is_of_template(frame: FrameType) -> bool:
    """Whether a frame of a traceback stands for a line of a template, of anybody's."""
    return frame.f_code.co_filename.endswith(TEMPLATE_SUFFIX)


def _mistake(file: Path, line: int, told: str) -> OverrideError:
    place = escaped(file.as_posix())
    return OverrideError(f"{place}:{line}: {escaped(cut(told, _LONGEST_REASON))}")


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A template: where it lies, and its tree."""

    file: Path
    tree: nodes.Template

    @property
    def parent(self) -> nodes.Extends | None:
        """The tag that says what it extends, unless that depends on a condition."""
        return next((node for node in self.tree.body if isinstance(node, nodes.Extends)), None)


class _Check:
    def __init__(self, templates: Environment, ours: Path, overrides: Path) -> None:
        self._templates = templates
        self._folders = (overrides, ours)
        self._names = tuple(map(_names, self._folders))
        self._parsed: dict[str, _Parsed] = {}

    def check(self) -> None:
        own, ours = self._names
        waiting = sorted(own & ours)
        used: set[str] = set()
        are_all_known = True
        while waiting:
            name = waiting.pop()
            if name in used or name not in own or name.startswith(BASE):
                continue
            used.add(name)
            parsed = self._parse(name)
            self._check_parents(name, parsed)
            for node in parsed.tree.find_all(_REFERRING):
                named = list(_named(node))
                are_all_known = are_all_known and bool(named)
                for other in named:
                    self._check_there(parsed, node, other)
                waiting += named
        for name in sorted(own - used) if are_all_known else ():
            raise self._unused(name)

    def _parse(self, name: str) -> _Parsed:
        """Read a template by the name that others call it by."""
        known = self._parsed.get(name)
        if known is None:
            file = self._file(name)
            try:
                source = file.read_text(encoding="utf-8")
                tree = self._templates.parse(source, name, file.as_posix())
                # Filters and tests are looked up only now.
                self._templates.compile(source, name, file.as_posix())
            except UnicodeDecodeError as error:
                line = error.object[: error.start].count(b"\n") + 1
                raise _mistake(
                    file, line, "the template is not in UTF-8: save it as that"
                ) from None
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise _mistake(file, 1, f"the template cannot be read: {reason}") from None
            except TemplateSyntaxError as error:
                raise _mistake(file, error.lineno, error.message or "no template") from None
            known = self._parsed[name] = _Parsed(file, tree)
        return known

    def _file(self, name: str) -> Path:
        own, ours = self._folders
        if name.startswith(BASE):
            return ours / name.removeprefix(BASE)
        return own / name if name in self._names[0] else ours / name

    def _is_there(self, name: str) -> bool:
        own, ours = self._names
        return name.removeprefix(BASE) in ours if name.startswith(BASE) else name in own | ours

    def _check_there(self, parsed: _Parsed, node: nodes.Node, name: str) -> None:
        is_optional = isinstance(node, nodes.Include) and node.ignore_missing
        if self._is_there(name) or is_optional:
            return
        known = {*self._names[0], *(f"{BASE}{ours}" for ours in self._names[1])}
        raise _mistake(
            parsed.file, node.lineno, f"there is no template `{name}`{_nearest_to(name, known)}"
        )

    def _check_parents(self, name: str, parsed: _Parsed) -> None:
        """Go up from a template to what it extends, and see that its blocks are known there."""
        blocks: set[str] = set()
        seen = [name]
        one = parsed
        while (extends := one.parent) is not None:
            parent = next(iter(_named(extends)), None)
            if parent is None:
                return
            self._check_there(one, extends, parent)
            if parent in seen:
                raise _mistake(
                    one.file,
                    extends.lineno,
                    f"the template extends itself; ours is `{BASE}{parent.removeprefix(BASE)}`",
                )
            seen.append(parent)
            one = self._parse(parent)
            blocks |= {block.name for block in one.tree.find_all(nodes.Block)}
        if parsed.parent is not None:
            self._check_body(parsed, parsed.parent, blocks, seen[1])

    def _check_body(
        self, parsed: _Parsed, extends: nodes.Extends, known: set[str], parent: str
    ) -> None:
        body = parsed.tree.body
        for node in body:
            if isinstance(node, nodes.Block) and node.name not in known:
                told = f"`{parent}` has no block `{node.name}`{_one_of(node.name, known)}"
                raise _mistake(parsed.file, node.lineno, told)
        # What stands before the tag is printed before all else.
        for node in body[body.index(extends) :]:
            for said in _said(node):
                told = "text outside of blocks has no effect in a template that extends another"
                remedy = f"put it into one of its blocks: {', '.join(sorted(known))}"
                raise _mistake(parsed.file, said.lineno, f"{told}; {remedy}")

    def _unused(self, name: str) -> OverrideError:
        told = f"none of our templates has this name, and no template uses it{_nearest_to(name, self._names[1])}"
        return _mistake(self._folders[0] / name, 1, told)


def _names(folder: Path) -> frozenset[str]:
    """The templates of a folder, and what looks as if it were to be one."""
    found = (path.relative_to(folder) for path in folder.rglob(f"*{TEMPLATE_SUFFIX}*"))
    return frozenset(
        path.as_posix()
        for path in found
        if (folder / path).is_file() and not any(part.startswith(".") for part in path.parts)
    )


def _named(node: nodes.Node) -> Iterator[str]:
    """The templates that a tag names; none if it computes their names."""
    named = getattr(node, "template", None)
    for one in named.items if isinstance(named, nodes.List | nodes.Tuple) else [named]:
        if isinstance(one, nodes.Const) and isinstance(one.value, str):
            yield one.value


def _said(node: nodes.Node) -> Iterator[nodes.Node]:
    """What a node at the top of a template would print."""
    if isinstance(node, nodes.Output):
        for piece in node.nodes:
            if not isinstance(piece, nodes.TemplateData) or piece.data.strip():
                yield piece


def _nearest_to(word: str, known: frozenset[str] | set[str]) -> str:
    close = nearest(word, known)
    return "" if close is None else f"; did you mean `{close}`?"


def _one_of(word: str, known: set[str]) -> str:
    return _nearest_to(word, known) or f"; its blocks are {', '.join(sorted(known))}"
