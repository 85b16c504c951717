"""How an endpoint is walked: a paging style of the provider, with what the endpoint does differently."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialspec.api import Origin, Paging
from dialspec.diagnostics.quoting import quoted
from dialspec.spec.language.endpoints import PagingUse
from dialspec.spec.language.protocol import PagingSpec

if TYPE_CHECKING:
    from dialspec.resolve.context import Context
    from dialspec.resolve.definitions import Defined
    from dialspec.resolve.inherit import Inherited
    from dialspec.text import PythonName, SpecText


def resolve_style(
    context: Context, name: PythonName, defined: Defined[PagingSpec]
) -> Paging | None:
    """Resolve a paging style; None, and a report, if it lacks the field its kind needs."""
    spec = defined.spec
    wanted = "number" if spec.style == "page_number" else "offset"
    start = spec.number if spec.style == "page_number" else spec.offset
    if start is None:
        context.report(
            "DS330",
            context.position(defined.origin),
            f"the paging style {name} is {spec.style}, and has no `{wanted}`",
            f"give the request field with `{wanted}:`",
        )
        return None
    if start == spec.size:
        _report_same_name(context, defined, "size", "pages are counted in it")
    if spec.location == "body" and spec.wrapper in {start, spec.size}:
        _report_same_name(context, defined, "wrapper", "another field of the style")
    paging = Paging(
        name=name,
        style=spec.style,
        location=spec.location,
        start=start,
        size=spec.size,
        first=spec.first if spec.style == "page_number" else 0,
        minimum_size=spec.minimum_size,
        maximum_size=spec.maximum_size,
        default_size=spec.default_size,
        maximum_number=spec.maximum_number,
        wrapper=spec.wrapper,
        items=tuple(spec.items.split(".")),
        total=_path(spec.total),
        pages=_path(spec.pages),
        current=_path(spec.current),
        labels=spec.labels,
        summary=spec.summary,
    )
    _check_sizes(context, paging, defined.origin)
    return paging


def resolve_paging(
    context: Context, inherited: Inherited
) -> tuple[Paging, Defined[PagingSpec]] | None:
    """The paging of an endpoint with the style it comes from; None if it is not paged or the style is unknown."""
    use = inherited.spec.paging
    if use is None:
        return None
    name = use.use if isinstance(use, PagingUse) else use
    defined = context.lookup("paging", name)
    if defined is None:
        origin = inherited.part("paging")
        known = ", ".join(context.names("paging")) or "none is defined"
        context.report(
            "DS331",
            context.value_position(origin, *(("use",) if isinstance(use, PagingUse) else ())),
            f"there is no paging style {quoted(name)}",
            f"styles: {known}",
        )
        return None
    paging = resolve_style(context, name, defined)
    if paging is None:
        return None
    if isinstance(use, PagingUse):
        paging = replace(
            paging,
            items=tuple(use.items.split(".")) if use.items else paging.items,
            total=_path(use.total) or paging.total,
            maximum_size=use.maximum_size or paging.maximum_size,
            default_size=use.default_size or paging.default_size,
            minimum_size=use.minimum_size or paging.minimum_size,
            maximum_number=use.maximum_number or paging.maximum_number,
        )
        _check_sizes(context, paging, inherited.part("paging"))
    return paging, defined


def _report_same_name(
    context: Context, defined: Defined[PagingSpec], key: str, because: str
) -> None:
    wire: SpecText = getattr(defined.spec, key)
    context.report(
        "DS322",
        context.value_position(defined.origin, key),
        f"the request has {quoted(wire)} already: {because}",
        "each name of the request stands for one thing; compare with the vendor's page",
    )


def _path(path: str | None) -> tuple[str, ...] | None:
    return tuple(path.split(".")) if path else None


def _check_sizes(context: Context, paging: Paging, origin: Origin) -> None:
    highest = paging.maximum_size
    if paging.default_size < paging.minimum_size or (highest and paging.default_size > highest):
        context.report(
            "DS332",
            context.position(origin),
            f"default_size {paging.default_size} lies outside {paging.minimum_size} to {highest or 'any'}",
            "choose a default within the documented sizes",
        )
