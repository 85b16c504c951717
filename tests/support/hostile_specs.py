"""Specs with hostile text in them, and what is wrong with what becomes of them.

`Bench` holds a set of specs. `Bench.run` puts texts into slots and generates, in
memory; it gives the diagnostics if that is refused, else the output. `Bench.examine` lists everything about an outcome
that breaks a promise; an empty list is what tests want.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from dialspec.diagnostics import Diagnostics, SpecErrors
from dialspec.lint import lint
from dialspec.pipeline import read
from dialspec.places import our_templates
from dialspec.publish import PublishError
from dialspec.publish.paths import check_paths
from dialspec.rendering.check import UnexpectedShape, check_markdown, check_module
from dialspec.rendering.client.files import render_clients
from dialspec.rendering.docs import render_docs
from dialspec.rendering.environment import environment
from dialspec.rendering.text import python_string
from dialspec.rendering.text.characters import displayed
from dialspec.spec.language.documents import PlatformSpec, ProviderSpec, ResourceSpec
from dialspec.spec.language.notation import SpecModel
from slots import Document, Occurrence, declared_slots, occurring_slots, replaced

PACKAGE: Final = "everything_clients"
MARKER: Final = "Zebra crossing"
DECLARED: Final = declared_slots(ProviderSpec, PlatformSpec, ResourceSpec)
"""The slots of the language."""
_ACTIVE_WORDS: Final = {">>>": "> > >", "..": ". ."}


@dataclass(frozen=True, slots=True)
class Place:
    """A slot at one place of one spec file."""

    file: str
    occurrence: Occurrence

    def __str__(self) -> str:
        return f"{self.occurrence.slot} in {self.file}"


@dataclass(slots=True)
class Outcome:
    """What became of specs: diagnostics, or modules and pages."""

    diagnostics: Diagnostics
    modules: Mapping[str, str] = field(default_factory=dict[str, str])
    pages: Mapping[str, str] = field(default_factory=dict[str, str])
    crash: str = ""

    @property
    def was_refused(self) -> bool:
        """Whether nothing was generated."""
        return not self.modules and not self.crash


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a text is seen in the output: files whose strings are it, whose docstrings hold it, whose page reads so."""

    strings: frozenset[str]
    docstrings: frozenset[str]
    pages: frozenset[str]


class Bench:
    """A set of specs in a folder where they can be spoilt and mended."""

    def __init__(self, source: Path, folder: Path) -> None:
        self._folder = folder
        self._templates = environment(our_templates())
        self._documents: dict[str, Document] = {}
        yaml = YAML(typ="safe", pure=True)
        for path in sorted(source.rglob("*.yaml")):
            name = path.relative_to(source).as_posix()
            text = path.read_text(encoding="utf-8")
            # ruamel is untyped
            document: Document = yaml.load(text)  # pyright: ignore[reportUnknownMemberType]
            self._documents[name] = document
            self._write(name, text)
        self._original = {
            name: (folder / name).read_text(encoding="utf-8") for name in self._documents
        }
        self.baseline = self.run({})
        self._tags = {path: page_of(text).tags for path, text in self.baseline.pages.items()}
        self._all_tags = frozenset[str]().union(*self._tags.values()) | {"code"}
        self._shown: dict[Place, Shown] = {}

    @property
    def places(self) -> list[Place]:
        """One place for each slot that occurs in the specs."""
        found: dict[str, Place] = {}
        for name, document in self._documents.items():
            for occurrence in occurring_slots(document, _model_of(name)):
                found.setdefault(occurrence.slot, Place(name, occurrence))
        return list(found.values())

    def run(self, texts: Mapping[Place, str]) -> Outcome:
        """Generate with these texts in these places."""
        spoilt: dict[str, Document] = {}
        # Deeper places first: a key that is replaced takes its value's place with it.
        for place, text in sorted(texts.items(), key=lambda item: -_depth(item[0])):
            document = spoilt.get(place.file, self._documents[place.file])
            spoilt[place.file] = replaced(document, place.occurrence, text)
        for name, document in spoilt.items():
            # JSON is YAML, but for pairs of surrogates; those are written out.
            self._write(name, _as_yaml(document))
        try:
            return self._generate()
        finally:
            for name in spoilt:
                self._write(name, self._original[name])

    def _generate(self) -> Outcome:
        diagnostics = Diagnostics()
        try:
            loaded, api = read(self._folder, diagnostics)
            modules = render_clients(api, self._templates, PACKAGE)
            pages = render_docs(api, self._templates, PACKAGE)
            lint(api, loaded, diagnostics)
        except SpecErrors:
            return Outcome(diagnostics)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test looks for
            return Outcome(diagnostics, crash=f"{type(error).__name__}: {error}"[:400])
        return Outcome(diagnostics, modules, pages)

    def _write(self, name: str, text: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def examine(self, texts: Mapping[Place, str], outcome: Outcome) -> list[str]:
        """Every promise that the outcome breaks."""
        if outcome.crash:
            return [f"a traceback: {outcome.crash}"]
        if outcome.was_refused:
            return list(self._placeless(outcome.diagnostics))
        broken: list[str] = []
        try:
            check_paths({**outcome.modules, **outcome.pages})
        except PublishError as error:
            broken.append(f"a path: {error}")
        for path, text in outcome.modules.items():
            if path.endswith(".py"):
                broken += _complaints(check_module, path, text)
        for path, text in outcome.pages.items():
            if text != self.baseline.pages.get(path):
                broken += _complaints(check_markdown, path, text)
                foreign = page_of(text).tags - self._tags.get(path, self._all_tags) - {"code"}
                broken += [f"{path}: foreign tag <{tag}>" for tag in foreign]
        for place, text in texts.items():
            broken += [f"{place}: {one}" for one in self._unsaid(place, text, outcome)]
        return broken

    def _placeless(self, diagnostics: Diagnostics) -> Iterable[str]:
        if not diagnostics.errors:
            yield "refused without an error"
        for error in diagnostics.errors:
            position = error.position
            path = self._folder.parent / position.file
            if not path.is_file() or position.line < 1 or position.column < 1:
                yield f"an error without a place: {position} {error.message}"

    def _unsaid(self, place: Place, text: str, outcome: Outcome) -> Iterable[str]:
        """Where the text should be seen, because the marker is seen there, but is not."""
        if place not in self._shown:
            self._shown[place] = shown(MARKER, self.run({place: MARKER}))
        said = self._shown[place]
        seen = shown(text, outcome)
        if " ".join(text.split()):
            yield from (f"{path}: not in a docstring" for path in said.docstrings - seen.docstrings)
            yield from (f"{path}: not on the page" for path in said.pages - seen.pages)
        # A wire name that is its own Python name needs no string, an empty text says that there is nothing.
        if text and not text.isidentifier():
            yield from (f"{path}: no such string" for path in said.strings - seen.strings)


def shown(text: str, outcome: Outcome) -> Shown:
    """Where a text is seen in an output."""
    # A value is shown as a literal.
    words = (promised(text), promised(python_string(text)))
    line = " ".join(displayed(text).split())
    code = " ".join(
        displayed(text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")).split()
    )
    said = {
        path: said_by(source) for path, source in outcome.modules.items() if path.endswith(".py")
    }
    pages = {path: page_of(page).text for path, page in outcome.pages.items()}
    return Shown(
        frozenset(path for path, (strings, _) in said.items() if text in strings),
        frozenset(path for path, (_, docs) in said.items() if _holds_any(words, docs)),
        frozenset(path for path, page in pages.items() if line in page or code in page),
    )


def _holds_any(words: Iterable[str], docstrings: Iterable[str]) -> bool:
    return any(word in docstring for word in words for docstring in docstrings)


def promised(text: str) -> str:
    """What `__doc__` shows of a text."""
    words = displayed(text).split(" ")
    return " ".join(_ACTIVE_WORDS.get(word, word) for word in words).strip()


@lru_cache(maxsize=400)
def said_by(source: str) -> tuple[frozenset[str], Sequence[str]]:
    """The strings of a module, and its docstrings with all lines unfolded."""
    strings: set[str] = set()
    docstrings: list[str] = []
    bodies: set[ast.AST] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring is not None and isinstance(node.body[0], ast.Expr):
                docstrings.append(" ".join(docstring.split()))
                bodies.add(node.body[0].value)
        # A docstring is met after what it belongs to.
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in bodies:
            strings.add(node.value)
    return frozenset(strings), docstrings


class Page(HTMLParser):
    """The tags of a page, and its text in one line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self._pieces: list[str] = []
        self._is_in_block = False
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """What a reader sees outside of blocks of code, where each language has its own quotes."""
        return " ".join("".join(self._pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, and a link that leads to a script."""
        self.tags.add(tag)
        self._is_in_block = self._is_in_block or tag == "pre"
        for name, value in attrs:
            if name not in {"href", "class", "style"} or (value or "").startswith("javascript"):
                self.tags.add(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a block of code."""
        self._is_in_block = self._is_in_block and tag != "pre"

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self._is_in_block:
            self._pieces.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment is no text of ours."""
        self.tags.add(f"!-- {data}")


@lru_cache(maxsize=400)
def page_of(markdown: str) -> Page:
    """A page as a browser gets it."""
    return Page(MarkdownIt("commonmark").enable("table").render(markdown))


def samples(pages: Iterable[str]) -> list[str]:
    """The shell samples of pages."""
    found: list[str] = []
    for page in pages:
        for token in MarkdownIt("commonmark").parse(page):
            is_shell = token.type == "fence" and token.info in {"bash", "sh", "shell", "console"}
            found += [token.content] if is_shell else []
    return found


def _complaints(check: Callable[[str, str], object], path: str, text: str) -> list[str]:
    try:
        check(path, text)
    except UnexpectedShape as error:
        return [f"let through by a renderer: {error}"]
    return []


def _depth(place: Place) -> int:
    return len(place.occurrence.path) + place.occurrence.is_key


def _model_of(name: str) -> type[SpecModel]:
    if name.endswith("provider.yaml"):
        return ProviderSpec
    return PlatformSpec if name.endswith("platform.yaml") else ResourceSpec


def _as_yaml(node: Document, margin: str = "") -> str:
    """A document in YAML, every text in double quotes."""
    if isinstance(node, dict) and node:
        return "".join(
            f"\n{margin}? {_scalar(key)}\n{margin}: {_as_yaml(value, margin + '  ')}"
            for key, value in node.items()
        )
    if isinstance(node, list) and node:
        return "".join(f"\n{margin}- {_as_yaml(item, margin + '  ')}" for item in node)
    return _scalar(node)


def _scalar(node: Document) -> str:
    if isinstance(node, str):
        escaped = (
            c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}"
            for c in node
        )
        return f'"{"".join(escaped)}"'
    return json.dumps(node, default=str)
