"""The page about exceptions, made from the exception classes themselves."""

from __future__ import annotations

from collections.abc import Iterator

from dialspec.api import Api
from dialspec.rendering.docs.blocks import Table, join, link_to, listing, table
from dialspec.rendering.docs.paths import ERRORS_PAGE, provider_page
from dialspec.rendering.docs.pieces import ALL_FILES, header
from dialspec.rendering.docs.reference import ReferencePage, Section, first_sentence
from dialspec.rendering.text import Rendered, literal, markdown_code, markdown_text
from dialspec_runtime import errors as runtime_errors
from dialspec_runtime.codes import ErrorKind
from dialspec_runtime.errors import ERROR_CLASSES, ApiError, DialspecError


def errors_view(api: Api) -> ReferencePage:
    """Describe every exception, and every code that becomes one."""
    return ReferencePage(
        header=header(ALL_FILES, "docs/reference.md.jinja"),
        title=literal("Errors"),
        introduction=(
            literal(
                "Everything that the clients raise on purpose is a `DialspecError`. A result code that the vendor "
                "documents becomes the exception of its kind; a code that nobody documents becomes an "
                "`UnknownCodeError` that keeps the code and the text."
            ),
        ),
        sections=(
            Section(title=literal("Exceptions"), table=_exceptions()),
            Section(
                title=literal("What every exception tells"),
                table=_attributes(DialspecError),
            ),
            Section(
                title=literal("What a refusal of the vendor tells besides"),
                table=_attributes(ApiError),
            ),
            Section(title=literal("Codes"), paragraphs=(_codes(api),)),
        ),
    )


def _exceptions() -> Table:
    kinds: dict[type[DialspecError], ErrorKind] = {cls: kind for kind, cls in ERROR_CLASSES.items()}
    return table(
        ("Exception", "Is a", "When", "Kind of code"),
        (
            (
                markdown_code(cls.__name__),
                markdown_code(_parent(cls).__name__),
                first_sentence(cls),
                markdown_code(kinds[cls].value) if cls in kinds else literal(""),
            )
            for cls in _tree(DialspecError)
        ),
    )


def _parent(cls: type[DialspecError]) -> type[BaseException]:
    return cls.__bases__[0]


def _tree(root: type[DialspecError]) -> Iterator[type[DialspecError]]:
    """Walk the public exceptions, each before those that are made from it, in the order of the source."""
    yield root
    for cls in root.__subclasses__():
        if cls.__module__ == runtime_errors.__name__:
            yield from _tree(cls)


def _attributes(cls: type[DialspecError]) -> Table:
    """List the attributes that are documented on the class itself."""
    return table(
        ("Attribute", "Meaning"),
        (
            (markdown_code(name), first_sentence(value))
            for name, value in vars(cls).items()
            if isinstance(value, property)
        ),
    )


def _codes(api: Api) -> Rendered:
    """Say where the codes of each vendor are listed."""
    overviews = (
        link_to(
            markdown_text(provider.title),
            provider_page(provider),
            on=ERRORS_PAGE,
            anchor="result-codes",
        )
        for provider in api.providers
        if provider.families
    )
    return join(
        literal("Each provider's overview lists its codes: "),
        listing(overviews),
        literal(
            ". A single page may give a code another meaning; the endpoint's own page then says so."
        ),
    )
