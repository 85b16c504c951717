"""The Jinja environment: templates that can print nothing but rendered text.

In: a folder of our templates, and optionally a folder of a user's. Out: an environment in which

- a template is found in the user's folder first, then in ours; `{% extends "base/…" %}` always means ours, so that a
  user's template of the same name can override one block of it;
- a name that does not exist is an error, also when it is only tested;
- whatever is printed must be `Rendered`, in a notation that belongs into a file of that kind. The kind is the suffix
  before `.jinja`: `resource.py.jinja` prints Python;
- Jinja's own filters that make or re-flow text (`indent`, `wordwrap`, `safe`, …) do not exist.

The result of a macro, of `{% set %}…{% endset %}` or of `super()` is again rendered text, in the notation of the
template that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateRuntimeError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from dialspec.rendering.text.rendered import Notation, Rendered, literal, rendered_join

TEMPLATE_SUFFIX: Final = ".jinja"
BASE: Final = "base/"
"""Before the name of a template: ours, whatever a user's folder holds."""

_ADMITTED: Final = {
    ".py": {Notation.PLAIN, Notation.PYTHON, Notation.DOCSTRING},
    ".md": {Notation.PLAIN, Notation.MARKDOWN},
    ".html": {Notation.PLAIN, Notation.HTML},
    ".json": {Notation.PLAIN, Notation.JSON},
    ".yaml": {Notation.PLAIN, Notation.YAML},
    ".yml": {Notation.PLAIN, Notation.YAML},
    ".toml": {Notation.PLAIN, Notation.TOML},
    ".sh": {Notation.PLAIN, Notation.SHELL},
}
_FILTERS: Final = ("first", "groupby", "last", "length", "list", "rejectattr", "selectattr", "sort")
_PUNCTUATION: Final = frozenset(" ,;.:|/()[]{}=-+*\n")
_ADVICE: Final = {
    ".py": "python_string, docstring, comment, identifier, …",
    ".md": "markdown_text, markdown_code, fence, …",
}


class RefusedOutputError(TemplateRuntimeError):
    """A template tried to print something that no renderer made for this kind of file."""


class OverrideError(Exception):
    """A mistake in a user's own template; the message begins with its place."""


def environment(folder: Path, overrides: Path | None = None) -> Environment:
    """Make the environment for the templates of `folder`, some of them perhaps overridden in `overrides`."""
    ours = FileSystemLoader(folder)
    places = [PrefixLoader({BASE.rstrip("/"): ours}), ours]
    if overrides is not None:
        places.insert(1, FileSystemLoader(overrides))
    result = _StrictEnvironment(
        loader=ChoiceLoader(places),
        undefined=StrictUndefined,
        autoescape=_is_html,
        finalize=_only_rendered,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters: dict[str, Any] = result.filters
    for name in set(filters).difference(_FILTERS):
        del filters[name]
    filters["join"] = _join
    result.globals = {}
    return result


class _Composed(str):
    """What a macro or a block gave: pieces that were each printed by a template, hence checked."""

    __slots__ = ()


class _StrictEnvironment(Environment):
    """Marks composed text as such, and keeps templates of one kind among themselves."""

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """Called by Jinja to put together what a template, macro or block printed."""
        return _Composed("".join(pieces))

    def join_path(self, template: str, parent: str) -> str:
        """Called by Jinja before it includes, imports or extends."""
        if _kind(template) != _kind(parent):
            raise RefusedOutputError(
                f"{parent} cannot use {template}: it is a template of another kind"
            )
        return super().join_path(template, parent)


@lru_cache(maxsize=256)
def _kind(template: str | None) -> str:
    """`.py` for `client/resource.py.jinja`."""
    if template is None or not template.endswith(TEMPLATE_SUFFIX):
        raise RefusedOutputError(f"{template}: the name of a template ends with {TEMPLATE_SUFFIX}")
    kind = PurePosixPath(template.removesuffix(TEMPLATE_SUFFIX)).suffix
    if kind not in _ADMITTED:
        known = ", ".join(f"{name}{TEMPLATE_SUFFIX}" for name in _ADMITTED)
        raise RefusedOutputError(f"{template}: the name must tell what it prints: {known}")
    return kind


def _is_html(template: str | None) -> bool:
    return template is not None and template.endswith(f".html{TEMPLATE_SUFFIX}")


@pass_context
def _only_rendered(context: Context, value: Any) -> str:
    """Let a printed value pass if a renderer made it for this kind of file."""
    kind = _kind(context.name)
    if isinstance(value, _Composed):
        return value
    if isinstance(value, Rendered) and value.notation in _ADMITTED[kind]:
        escaped = kind == ".html" and value.notation is Notation.HTML
        return Markup(value) if escaped else value  # noqa: S704 - the renderer has escaped it
    if isinstance(value, Markup) and kind == ".html":
        return value
    if isinstance(value, StrictUndefined):
        return str(value)  # raises, and names what is undefined
    found = (
        f"text rendered as {value.notation}"
        if isinstance(value, Rendered)
        else f"a {type(value).__name__}"
    )
    advice = _ADVICE.get(kind, "the renderer of this notation")
    raise RefusedOutputError(f"{context.name} prints {found}; render it first: {advice}")


def _join(parts: Sequence[Rendered], separator: str = "") -> Rendered:
    """`{{ names | join(", ") }}`: the separator is punctuation, so that it cannot smuggle text in."""
    if not set(separator) <= _PUNCTUATION:
        raise RefusedOutputError(f"join takes punctuation as its separator, not {separator!r}")
    joined = separator.join(parts)
    return Rendered(joined, rendered_join(literal(""), parts).notation)
