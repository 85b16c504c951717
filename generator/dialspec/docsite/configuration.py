"""How the site looks, as a configuration file of the site generator.

Everything that a page loads comes with the site: no fonts, scripts, icons or statistics from elsewhere. The file is
written as JSON, which is YAML as well, and uses only what both Zensical and Material for MkDocs understand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dialspec.docsite.navigation import Menu

FILE_NAME: Final = "mkdocs.yml"
STYLE_SHEET: Final = "assets/dialspec.css"

STYLE: Final = """\
/* Reference tables are wide: give them room, keep names on one line, and let what is wider still scroll. */
.md-grid { max-width: 78rem; }
.md-typeset table:not([class]) th { min-width: 0; white-space: nowrap; }
.md-typeset table:not([class]) td { vertical-align: top; min-width: 0; }
.md-typeset table:not([class]) td:last-child { min-width: 14rem; }
.md-typeset table:not([class]) code { white-space: nowrap; word-break: normal; overflow-wrap: normal; }
"""


def configuration(title: str, menu: Menu) -> str:
    """Write the configuration of a site."""
    return json.dumps(
        {
            "site_name": title,
            "docs_dir": "docs",
            "site_dir": "site",
            "use_directory_urls": True,
            "theme": {
                "name": "material",
                "font": False,
                "language": "en",
                "palette": _PALETTE,
                "features": [
                    "content.code.copy",
                    "navigation.indexes",
                    "navigation.sections",
                    "navigation.top",
                    "navigation.tracking",
                    "search.highlight",
                    "toc.follow",
                ],
            },
            "plugins": ["search"],
            "extra": {"generator": False},
            "extra_css": [STYLE_SHEET],
            "markdown_extensions": [
                "tables",
                {"toc": {"permalink": True}},
                {"pymdownx.highlight": {"use_pygments": True}},
                "pymdownx.superfences",
                {"pymdownx.quotes": {"callouts": True}},
            ],
            "nav": menu,
        },
        ensure_ascii=False,
        indent=2,
    )


_PALETTE: Final = [
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "primary": "indigo",
        "toggle": {"icon": "material/weather-night", "name": "Switch to dark mode"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "indigo",
        "toggle": {"icon": "material/weather-sunny", "name": "Switch to light mode"},
    },
]
