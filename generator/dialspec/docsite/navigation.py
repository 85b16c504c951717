"""The order of the pages, and what each is called in the menu.

In: the pages of a site. Out: a nested list in the form that the site generator reads. Every page is in it exactly
once. Tutorials and concepts come first, then a part for each provider, then the reference, the benchmarks and the
decisions.

The site generator prints what a menu says as HTML, and as it is. A title may hold anything, being a spec's; so it is
escaped here, and no longer than a menu can show.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from dialspec.diagnostics.quoting import cut
from dialspec.docsite.pages import HOME

Menu: TypeAlias = "list[str | dict[str, str | Menu]]"

_FOLDERS: Final = {
    "tutorials": "Tutorials",
    "concepts": "Concepts",
    "reference": "Reference",
    "decisions": "Decisions",
}
_ABOUT_THE_PROJECT: Final = ("benchmarks.md",)
"""Pages at the root that are not about providers."""
_LONGEST_LABEL: Final = 80
_FIRST_IN_FOLDER: Final = ("index.md", "api.md", "enums.md")
_LINK: Final = re.compile(r"\]\((?P<target>[^)#]+)")
_HEADING: Final = re.compile(r"^# (?P<title>.+)$", re.MULTILINE)
_MARKS: Final = re.compile(r"\\(?P<character>[\\`*_{}\[\]#])|`")


def navigation(pages: Mapping[str, str]) -> Menu:
    """Order the pages of a site."""
    menu: Menu = [{"Home": HOME}] if HOME in pages else []
    menu += _named_folders(pages, ("tutorials", "concepts"))
    elsewhere = (HOME, *_ABOUT_THE_PROJECT)
    providers: Menu = [
        _entry(pages, path) for path in pages if "/" not in path and path not in elsewhere
    ]
    for folder in _folders(pages):
        if folder not in _FOLDERS:
            title = _title(pages, f"{folder}/index.md", folder)
            providers.append({title: _provider(pages, folder)})
    if providers:
        menu.append({"Providers": providers})
    menu += _named_folders(pages, ("reference",))
    menu += [_entry(pages, path) for path in _ABOUT_THE_PROJECT if path in pages]
    return menu + _named_folders(pages, ("decisions",))


def _named_folders(pages: Mapping[str, str], names: Iterable[str]) -> Menu:
    """Make a part for each of these folders: first what the home page links to, in its order, then the rest."""
    linked = [match["target"] for match in _LINK.finditer(pages.get(HOME, ""))]
    menu: Menu = []
    for name in names:
        inside = [path for path in pages if path.startswith(f"{name}/")]
        inside.sort(key=lambda path: linked.index(path) if path in linked else len(linked))
        if inside:
            menu.append({_FOLDERS[name]: [_entry(pages, path) for path in inside]})
    return menu


def _folders(pages: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(path.split("/")[0] for path in pages if "/" in path))


def _provider(pages: Mapping[str, str], folder: str) -> Menu:
    """The overview, the index, the enums, and then a part for each resource."""
    inside = [path for path in pages if path.startswith(f"{folder}/")]
    first = [f"{folder}/{name}" for name in _FIRST_IN_FOLDER if f"{folder}/{name}" in inside]
    menu: Menu = [{_FIRST_TITLES[path.rsplit("/", 1)[1]]: path} for path in first]
    resources: dict[str, Menu] = {}
    for path in inside:
        if path not in first:
            resource, _, name = path.removeprefix(f"{folder}/").rpartition("/")
            label = _label(name.removesuffix(".md"))
            resources.setdefault(_label(resource or folder), []).append({label: path})
    return menu + [{resource: entries} for resource, entries in resources.items()]


_FIRST_TITLES: Final = {"index.md": "Overview", "api.md": "Index of the API", "enums.md": "Enums"}


def _entry(pages: Mapping[str, str], path: str) -> dict[str, str | Menu]:
    return {_title(pages, path, path): path}


def _title(pages: Mapping[str, str], path: str, otherwise: str) -> str:
    """Take the first heading of a page, without its Markdown."""
    found = _HEADING.search(pages.get(path, ""))
    words = "" if found is None else _MARKS.sub(_unmarked, found["title"])
    return _label(html.unescape(words).strip() or otherwise)


def _unmarked(mark: re.Match[str]) -> str:
    return mark["character"] or ""


def _label(text: str) -> str:
    return html.escape(cut(text, _LONGEST_LABEL))
