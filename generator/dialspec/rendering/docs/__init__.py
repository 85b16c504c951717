"""The generated docs: Markdown pages from the resolved API.

`files.render_docs` gives all pages. Each page has a view, a frozen dataclass of rendered pieces that a template of
`templates/docs/` puts in order; `endpoint`, `provider`, `push` and `reference` make the views.
"""

from dialspec.rendering.docs.files import render_docs

__all__ = ["render_docs"]
