"""The page about retries, made by asking the very functions that decide on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, LiteralString

from dialspec.api import Api
from dialspec.rendering.docs.blocks import Table, join, link_to, listing, table
from dialspec.rendering.docs.paths import RETRIES_PAGE, endpoint_page, provider_page
from dialspec.rendering.docs.pieces import ALL_FILES, header
from dialspec.rendering.docs.reference import ReferencePage, Section, filled
from dialspec.rendering.docs.types import english
from dialspec.rendering.text import Rendered, literal, markdown_code, markdown_text, number
from dialspec_runtime import backoff, budget, options
from dialspec_runtime.answers import Refused, Unreadable
from dialspec_runtime.codes import DocumentedCode, ErrorKind
from dialspec_runtime.faults import FaultKind, TransportFault
from dialspec_runtime.operation import Effect
from dialspec_runtime.retry import (
    retries_code,
    retries_fault,
    retries_status,
    retries_unreadable,
)

Decision = Callable[[Effect], bool]
_NOBODY: Final = frozenset[int]()
_NAMED: Final = 403


def retries_view(api: Api) -> ReferencePage:
    """Say what is sent again, when, and how often."""
    return ReferencePage(
        header=header(ALL_FILES, "docs/reference.md.jinja"),
        title=literal("Retries"),
        introduction=(
            literal(
                "What a call does at the vendor decides what may be sent again. Each endpoint's page names its "
                "effect. These tables are made by asking the code that decides."
            ),
        ),
        sections=filled(
            Section(
                title=literal("What is sent again"),
                paragraphs=(
                    literal(
                        "A refused timestamp is another matter: once the answer's `Date` header has told the "
                        "vendor's clock, the call is signed anew and sent again once, whatever its effect, because "
                        "the refusal proves that nothing happened."
                    ),
                ),
                table=_decisions(),
            ),
            Section(title=literal("How often, and how soon"), table=_numbers()),
            Section(title=literal("Transient codes"), table=_transient(api)),
            Section(title=literal("HTTP statuses that a provider's spec names"), table=_named(api)),
            Section(title=literal("Endpoints that are not plain reads"), table=_effects(api)),
        ),
    )


def _decisions() -> Table:
    return table(
        ("After", "read", "idempotent", "unsafe"),
        (
            (situation, *(literal("yes") if decide(effect) else literal("no") for effect in Effect))
            for situation, decide in _situations()
        ),
    )


def _situations() -> Iterator[tuple[Rendered, Decision]]:
    for kind in FaultKind:
        yield markdown_text(kind.value), _after_fault(kind)
    for status in (408, 429, 500, 502, 503, 504):
        yield join(literal("HTTP "), number(status)), _after_status(status, _NOBODY)
    yield literal("HTTP 4xx of another kind"), _after_status(_NAMED, _NOBODY)
    yield (
        literal("an HTTP status that the provider's spec names"),
        _after_status(_NAMED, frozenset({_NAMED})),
    )
    yield (
        literal("an answer that is cut off, empty, or a gateway's page"),
        _after_unreadable(may_pass=True),
    )
    yield literal("another answer that cannot be read"), _after_unreadable(may_pass=False)
    yield literal("a transient code"), _after_code(transient=True, refused=False)
    yield (
        literal("a transient code that proves that nothing happened"),
        _after_code(transient=True, refused=True),
    )
    yield literal("any other documented code"), _after_code(transient=False, refused=True)


def _after_fault(kind: FaultKind) -> Decision:
    return lambda effect: retries_fault(effect, TransportFault(kind))


def _after_status(status: int, named: frozenset[int]) -> Decision:
    return lambda effect: retries_status(effect, status, named)


def _after_unreadable(*, may_pass: bool) -> Decision:
    return lambda effect: retries_unreadable(effect, Unreadable("", may_pass=may_pass))


def _after_code(*, transient: bool, refused: bool) -> Decision:
    code = DocumentedCode("", "", ErrorKind.SERVER, {}, transient=transient, refused=refused)
    return lambda effect: retries_code(effect, Refused("", "", code), 200, _NOBODY)


def _numbers() -> Table:
    rows: list[tuple[LiteralString, float]] = [
        ("Retries per call, unless `max_retries=` says otherwise", options.DEFAULT_MAX_RETRIES),
        ("Seconds per try, unless `timeout=` says otherwise", options.DEFAULT_TIMEOUT),
        (
            "Longest pause before the first retry, in seconds; it doubles with each",
            backoff.FIRST_BOUND,
        ),
        ("Longest pause at all, in seconds", backoff.LARGEST_BOUND),
        ("Longest `Retry-After` that is obeyed, in seconds", backoff.LONGEST_RETRY_AFTER),
        ("Retries that a client has in store, over all its calls", budget.CAPACITY),
        ("Retries that a success gives back", budget.REFUND_PER_SUCCESS),
        ("Retries that a second gives back", budget.REFILL_PER_SECOND),
    ]
    return table(("What", "Value"), ((literal(text), _plain(value)) for text, value in rows))


def _plain(value: float) -> Rendered:
    return number(int(value) if value == int(value) else value)


def _transient(api: Api) -> Table:
    return table(
        ("Provider", "Family", "Code", "Name", "Meaning", "Proves that nothing happened"),
        (
            (
                link_to(markdown_text(provider.title), provider_page(provider), on=RETRIES_PAGE),
                markdown_code(family),
                markdown_code(code.text),
                markdown_code(code.name),
                english(code.labels),
                literal("yes") if code.refused else literal("no"),
            )
            for provider in api.providers
            for family, codes in provider.families.items()
            for code in codes
            if code.transient
        ),
    )


def _named(api: Api) -> Table:
    return table(
        ("Provider", "Statuses"),
        (
            (
                link_to(markdown_text(provider.title), provider_page(provider), on=RETRIES_PAGE),
                listing(map(number, provider.waf_statuses)),
            )
            for provider in api.providers
            if provider.waf_statuses
        ),
    )


def _effects(api: Api) -> Table:
    return table(
        ("Endpoint", "Effect", "Why"),
        (
            (
                link_to(
                    markdown_code(f"{provider.name}.{one.full_name}"),
                    endpoint_page(provider, one),
                    on=RETRIES_PAGE,
                ),
                markdown_text(one.effect.value),
                markdown_text(one.effect_reason) if one.effect_reason else literal(""),
            )
            for provider in api.providers
            for one in provider.endpoints()
            if one.effect.value != Effect.READ.value
        ),
    )
