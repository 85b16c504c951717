"""The renderers: the only way in which text from a spec gets into a generated file.

In goes a `SpecText` (or a plain string of our own), out comes a `Rendered`: the same text in the notation of the
place where it lands, with nothing in it that the place would act on. Each renderer's docstring promises what a reader
of the output gets to see. What cannot be written at a place at all (a path as a file name) is refused with a
`ValueError`.

`rendered` defines the type, `characters` says what may be shown as it is, and each remaining module holds the
renderers of one notation: `python`, `docstrings`, `markdown`, `html` and `quoting` (data formats, shell, addresses).
"""

from dialspec.rendering.text.docstrings import Entries, docstring, docstring_text
from dialspec.rendering.text.html import html_attribute, html_text
from dialspec.rendering.text.markdown import (
    fence,
    markdown_cell,
    markdown_code,
    markdown_link,
    markdown_text,
    url,
)
from dialspec.rendering.text.python import (
    comment,
    identifier,
    keyword_argument,
    module_path,
    number,
    python_bytes,
    python_string,
    python_value,
)
from dialspec.rendering.text.quoting import (
    file_name,
    json_string,
    shell_word,
    toml_string,
    url_segment,
    web_address,
    yaml_string,
)
from dialspec.rendering.text.rendered import Notation, Rendered, literal, rendered_join

__all__ = [
    "Entries",
    "Notation",
    "Rendered",
    "comment",
    "docstring",
    "docstring_text",
    "fence",
    "file_name",
    "html_attribute",
    "html_text",
    "identifier",
    "json_string",
    "keyword_argument",
    "literal",
    "markdown_cell",
    "markdown_code",
    "markdown_link",
    "markdown_text",
    "module_path",
    "number",
    "python_bytes",
    "python_string",
    "python_value",
    "rendered_join",
    "shell_word",
    "toml_string",
    "url",
    "url_segment",
    "web_address",
    "yaml_string",
]
