"""Each spec against the vendor's page it was written from, row by row.

The pages are kept outside the project, in `../shared/seeds` beside the checkout; without them these tests skip. What a
page documents is parsed from its tables here, independently of the specs; what the spec says is taken from the
resolved API. A difference is a problem unless the spec records it as a deviation at that very field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from dialspec.api import EnumRef, ListOf, MapOf, ObjectRef, Scalar, ScalarKind
from dialspec.diagnostics import Diagnostics
from dialspec.resolve import resolve
from dialspec.spec.language.kinds import TimeFormat
from dialspec.spec.loader import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dialspec.api import Api, Endpoint, Field, Provider, Type
    from dialspec.text import SpecText

CHECKOUT: Final = Path(__file__).resolve().parents[2]
SEEDS: Final = CHECKOUT.parent / "shared" / "seeds"

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"the vendors' pages are not here: no folder {SEEDS}"
)

ENDPOINTS: Final = {
    "000": ("nio", "preview_tasks.list_numbers"),
    "001": ("nio", "recall_flows.get"),
    "002": ("laaffic", "preview_tasks.list"),
    "003": ("nio", "group_calls.list"),
    "004": ("huawei_isales", "appointments.list"),
}
CHINESE: Final = re.compile("[\u4e00-\u9fff]")
CONTAINERS: Final = {"data", "records", "nodeList"}
"""Response rows after one of these stand one level deeper in the answer."""


# What a page documents.


@dataclass(frozen=True)
class Row:
    name: str
    text: str
    type: str
    required: bool = False

    @property
    def values(self) -> dict[int, str]:
        """The values of `1-Call in progress, 5 not called, 4, Task cancelled`, unless it is a range like `1-N`."""
        found = re.findall(r"(?<!\d)(\d{1,2})(?!\d)\s*[-,]?\s*([^\d,]+)", self.text)
        values = {int(value): text.strip(" .-") for value, text in found}
        return values if len(values) > 1 else {}

    @property
    def label(self) -> str:
        return self.text.split(",")[0]


@dataclass(frozen=True)
class Page:
    url: str
    request: tuple[Row, ...]
    levels: tuple[tuple[Row, ...], ...]
    """Response rows: of the root, then of each object nested in it."""
    codes: Mapping[str, str]
    examples: tuple[str, str]


def nested(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    levels: list[list[Row]] = [[]]
    for row in rows:
        levels[-1].append(row)
        if row.name in CONTAINERS:
            levels.append([])
    return tuple(tuple(level) for level in levels)


def pipe_tables(text: str) -> list[list[list[str]]]:
    tables: list[list[list[str]]] = [[]]
    for line in text.replace("}|", "}\n|").splitlines():
        if "|" not in line:
            tables.append([])
        elif not set(line) <= set("|- "):
            tables[-1].append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return [table[1:] for table in tables if table]


def json_after(text: str, heading: str) -> str:
    """The first balanced object after `heading`; backslashes are taken as they stand, for one page prints them bare."""
    start = text.index("{", text.index(heading))
    depth, quoted = 0, False
    for index in range(start, len(text)):
        character = text[index]
        if character == '"':
            quoted = not quoted
        elif not quoted:
            depth += (character == "{") - (character == "}")
            if depth == 0:
                return text[start : index + 1]
    raise AssertionError(f"no complete object after {heading!r}")


def parse_piped(text: str) -> Page:
    request, response, codes = pipe_tables(text)
    sent = json_after(text, "Request Body:")
    return Page(
        url=next(line for line in text.splitlines() if line.startswith("https://")),
        request=tuple(Row(n, d, t, r in {"Yes", "是"}) for n, d, r, t in request),
        levels=nested([Row(n, d, t) for n, d, t in response]),
        codes=dict(codes),
        examples=(sent, json_after(text[text.index(sent) + len(sent) :], "{")),
    )


def parse_worded(text: str) -> Page:
    def section(start: str, end: str) -> list[str]:
        return text[text.index(start) : text.index(end)].splitlines()[2:]

    row = re.compile(r"(\S+) (.*?)(?: (Yes|No))? (Int|String|Object|JSONArray)")

    def rows(lines: Sequence[str]) -> list[Row]:
        found = [row.fullmatch(line.strip()) for line in lines if line.strip()]
        assert all(found)
        return [Row(m[1], m[2], m[4], m[3] == "Yes") for m in found if m is not None]

    codes = text[text.index("Response Status Codes") :]
    return Page(
        url=next(line for line in text.splitlines() if line.startswith("https://")),
        request=tuple(rows(section("Request Parameters", "Request Example"))),
        levels=nested(rows(section("Response Parameters", "Response Example"))),
        codes=dict(re.findall(r"(?m)^(-?\d+) (.+)$", codes)),
        examples=(json_after(text, "Request Body:"), json_after(text, "Response Example")),
    )


def parse_stacked(text: str) -> Page:
    """One cell a line, rows set apart by a lone pipe; the tables start anew at row 1."""
    tables: list[list[Row]] = []
    for chunk in re.split(r"(?m)^\|\n", text):
        cells = [line[:-2] for line in chunk.splitlines() if line.endswith(" |")]
        if not cells or not cells[0].isdigit():
            continue
        if cells[0] == "1":
            tables.append([])
        required = len(cells) > 3 and cells[3] in {"Yes", "No"}
        note = cells[4 if required else 3 :]
        tables[-1].append(Row(cells[1], " ".join(note), cells[2], required and cells[3] == "Yes"))
    path, headers, body, root, rows = tables
    assert {row.name for row in headers} == {"Content-Type", "Authorization"}
    return Page(
        url=next(line for line in text.splitlines() if line.startswith("https://")),
        request=(*path, *body),
        levels=(tuple(root), tuple(rows)),
        codes={},
        examples=(json_after(text, "the request body"), json_after(text, "the response body")),
    )


@cache
def page(number: str) -> Page:
    (file,) = SEEDS.glob(f"{number}_*.txt")
    parse = {"001": parse_worded, "004": parse_stacked}.get(number, parse_piped)
    return parse(file.read_text("utf-8"))


# What a spec says, in the same shape.


@dataclass(frozen=True)
class Fact:
    types: frozenset[str]
    """The words that a vendor's table may use for the type."""
    required: bool = False
    documented: bool = True
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    members: Mapping[int, Mapping[str, str]] = field(default_factory=dict[int, "Mapping[str, str]"])


@dataclass(frozen=True)
class Described:
    path: str
    base_url: str | None
    request: Mapping[str, Fact]
    levels: tuple[Mapping[str, Fact], ...]
    codes: Mapping[str, Mapping[str, str]]
    success: frozenset[str]
    spellings: frozenset[str]
    """Root keys that carry result and message in either spelling."""
    deviations: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, str], ...]


INTEGER: Final = frozenset({"Integer", "Int", "Long"})
LIST: Final = frozenset({"JSONArray", "List", "Array"})
OBJECT: Final = frozenset({"JSONObject", "Object"})
SCALARS: Final = {
    ScalarKind.INTEGER: INTEGER,
    ScalarKind.NUMBER: frozenset({"Double"}),
    ScalarKind.STRING: frozenset({"String"}),
    ScalarKind.BOOLEAN: frozenset({"Boolean"}),
}


def words_for(provider: Provider, type_: Type) -> frozenset[str]:
    if isinstance(type_, EnumRef):
        base = provider.enum(type_.name).base
        return INTEGER if base == "integer" else frozenset({"String"})
    if isinstance(type_, ListOf):
        items = words_for(provider, type_.item)
        return LIST | {f"List<{item}>" for item in items}
    if isinstance(type_, ObjectRef | MapOf):
        return OBJECT
    if isinstance(type_, Scalar) and type_.kind is ScalarKind.DATETIME:
        local = frozenset({"LocalDateTime", "DateTime"})
        return frozenset({"TimeStamp"}) if type_.format is TimeFormat.EPOCH_MS else local
    return SCALARS.get(type_.kind, frozenset()) if isinstance(type_, Scalar) else frozenset()


def revealed(labels: Mapping[str, SpecText]) -> dict[str, str]:
    return {language: text.reveal() for language, text in labels.items()}


def fact(provider: Provider, item: Field) -> Fact:
    inner = item.type.item if isinstance(item.type, ListOf) else item.type
    members: dict[int, Mapping[str, str]] = {}
    if isinstance(inner, EnumRef):
        for member in provider.enum(inner.name).members:
            if isinstance(member.value, int):
                members[member.value] = revealed(member.labels)
    types = words_for(provider, item.type)
    return Fact(types, item.required, item.documented, revealed(item.labels), members)


def facts(provider: Provider, name: Type) -> dict[str, Fact]:
    assert isinstance(name, ObjectRef)
    fields = provider.object_type(name.name).fields
    return {item.wire.reveal(): fact(provider, item) for item in fields}


def levels(provider: Provider, endpoint: Endpoint) -> Iterator[dict[str, Fact]]:
    """The fields of the document, then of each object that a container in it holds."""
    reached: Type | None = ObjectRef(endpoint.response.document)
    while isinstance(reached, ObjectRef):
        yield facts(provider, reached)
        fields = provider.object_type(reached.name).fields
        inside = next((item.type for item in fields if item.wire.reveal() in CONTAINERS), None)
        reached = inside.item if isinstance(inside, ListOf) else inside


def describe(provider: Provider, endpoint: Endpoint) -> Described:
    request = {item.wire.reveal(): fact(provider, item.field) for item in endpoint.parameters}
    request |= {item.field.wire.reveal(): fact(provider, item.field) for item in provider.settings}
    if endpoint.paging is not None:
        labels = {wire: revealed(given) for wire, given in endpoint.paging.labels.items()}
        for wire in (endpoint.paging.start, endpoint.paging.size):
            request[wire.reveal()] = Fact(INTEGER, required=True, labels=labels.get(wire, {}))
        if endpoint.wrapper is not None:
            wrapper = Fact(OBJECT, required=True, labels=labels.get(endpoint.wrapper, {}))
            request[endpoint.wrapper.reveal()] = wrapper
    envelope = endpoint.response.envelope
    return Described(
        path=endpoint.path.reveal(),
        base_url=provider.base_url,
        request=request,
        levels=tuple(levels(provider, endpoint)),
        codes={code.text.reveal(): revealed(code.labels) for code in endpoint.codes},
        success=frozenset(code.reveal() for code in envelope.success),
        spellings=frozenset(key.reveal() for key in (*envelope.code, *envelope.message)),
        deviations=tuple(
            (item.at.reveal(), f"{item.documented.reveal()} {item.observed.reveal()}")
            for item in endpoint.deviations
        ),
        examples=tuple(
            (item.request.reveal(), item.response.reveal())
            for item in endpoint.examples
            if item.request is not None and item.response is not None
        ),
    )


@cache
def api() -> Api:
    diagnostics = Diagnostics()
    return resolve(load(CHECKOUT / "specs", diagnostics), diagnostics)


def described(number: str) -> Described:
    provider = api().provider(ENDPOINTS[number][0])
    name = ENDPOINTS[number][1]
    return describe(provider, next(e for e in provider.endpoints() if e.full_name == name))


# The comparison.


def problems(page: Page, spec: Described) -> Iterator[str]:
    """Everything in which the page and the spec differ without a recorded deviation."""
    host, _, path = page.url.removeprefix("https://").partition("/")
    if f"/{path}" != spec.path or (spec.base_url or f"https://{host}") != f"https://{host}":
        yield f"address: {page.url}"
    yield from compare(page.request, spec.request, "request", spec)
    for depth, rows in enumerate(page.levels):
        known: Mapping[str, Fact] = spec.levels[depth] if depth < len(spec.levels) else {}
        yield from compare(rows, known, "response", spec)
        printed = {row.name for row in rows} | (spec.spellings if depth == 0 else frozenset[str]())
        # Fields of another edition of the page are recorded by name.
        printed |= set(re.findall(r'"(\w+)"', " ".join(text for _, text in spec.deviations)))
        for name in sorted(name for name, given in known.items() if given.documented):
            if name not in printed:
                yield f"response {name}: said to be documented, and not on the page"
    for name in sorted(spec.request.keys() - {row.name for row in page.request}):
        yield f"request {name}: not on the page"
    yield from compare_codes(page.codes, spec)
    if page.examples not in [(sent.strip(), got.strip()) for sent, got in spec.examples]:
        yield "examples: not as printed"


def compare(
    rows: Sequence[Row], known: Mapping[str, Fact], part: str, spec: Described
) -> Iterator[str]:
    for row in rows:
        where = f"{part} {row.name}"
        recorded = " ".join(
            text
            for at, text in spec.deviations
            if at.startswith(part) and at.rpartition(".")[2] == row.name
        )
        given = known.get(row.name)
        if given is None:
            yield f"{where}: missing"
            continue
        if row.type not in given.types and not recorded:
            yield f"{where}: documented as {row.type}"
        if part == "request" and row.required != given.required:
            yield f"{where}: documented as {'required' if row.required else 'optional'}"
        if CHINESE.search(row.text) and given.labels.get("zh") != row.label:
            yield f"{where}: labelled {row.label}"
        yield from compare_members(where, row, given, recorded)


def compare_members(where: str, row: Row, given: Fact, recorded: str) -> Iterator[str]:
    if row.values and row.values.keys() != given.members.keys():
        yield f"{where}: documented values {sorted(row.values)}"
    for value, text in row.values.items():
        labels = [label.casefold() for label in given.members.get(value, {}).values()]
        if text.casefold() not in labels and text not in recorded:
            yield f"{where}: value {value} is documented as {text}"


def compare_codes(codes: Mapping[str, str], spec: Described) -> Iterator[str]:
    for code, text in codes.items():
        # Two pages write "expires" where the third writes "expired".
        text = text.replace("expires", "expired")
        if code in spec.success:
            continue
        if code not in spec.codes:
            yield f"code {code}: missing"
        elif text.casefold() not in [label.casefold() for label in spec.codes[code].values()]:
            yield f"code {code}: documented as {text}"
    # A page whose table is lost says nothing about codes; the spec must then record the loss.
    if codes:
        for code in sorted(spec.codes.keys() - codes.keys()):
            yield f"code {code}: not on the page"
    elif not any(at == "errors" for at, _ in spec.deviations):
        yield "errors: the page has no table, and the spec does not say so"


# The tests.

each_page = pytest.mark.parametrize("number", ENDPOINTS)


@each_page
def test_spec_agrees_with_its_page_row_by_row(number: str) -> None:
    assert list(problems(page(number), described(number))) == []


def test_pages_were_parsed_whole() -> None:
    """Guards against a parser that reads half a table and then finds nothing to complain about."""
    sizes = {
        number: (
            len(page(number).request),
            [len(level) for level in page(number).levels],
            len(page(number).codes),
            sum(len(row.values) for row in page(number).request),
        )
        for number in ENDPOINTS
    }
    assert sizes == {
        "000": (10, [3, 5, 30], 8, 4),
        "001": (1, [3, 6, 4], 6, 0),
        "002": (10, [3, 5, 25], 8, 12),
        "003": (8, [3, 5, 9], 6, 7),
        "004": (8, [6, 18], 0, 0),
    }


@each_page
def test_every_documented_request_field_is_needed(number: str) -> None:
    spec = described(number)
    for row in page(number).request:
        without = {name: given for name, given in spec.request.items() if name != row.name}
        found = list(problems(page(number), replace(spec, request=without)))
        assert found == [f"request {row.name}: missing"]


@each_page
def test_every_documented_response_field_is_needed(number: str) -> None:
    spec = described(number)
    for depth, rows in enumerate(page(number).levels):
        for row in rows:
            without = {
                name: given for name, given in spec.levels[depth].items() if name != row.name
            }
            levels = (*spec.levels[:depth], without, *spec.levels[depth + 1 :])
            found = list(problems(page(number), replace(spec, levels=levels)))
            assert found == [f"response {row.name}: missing"]


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_every_documented_enum_value_is_needed(number: str) -> None:
    spec = described(number)
    parts = [
        (page(number).request, spec.request),
        *zip(page(number).levels, spec.levels, strict=True),
    ]
    tried = 0
    for rows, known in parts:
        for row in rows:
            for value in row.values:
                members = known[row.name].members
                fewer = {other: labels for other, labels in members.items() if other != value}
                found = list(
                    compare((row,), {row.name: replace(known[row.name], members=fewer)}, "", spec)
                )
                assert f" {row.name}: documented values {sorted(row.values)}" in found
                tried += 1
    assert tried == {"000": 4, "001": 12, "002": 24, "003": 14}[number]


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_every_documented_code_is_needed(number: str) -> None:
    spec = described(number)
    codes = page(number).codes.keys() - spec.success
    assert codes
    for code in codes:
        without = {known: labels for known, labels in spec.codes.items() if known != code}
        found = list(problems(page(number), replace(spec, codes=without)))
        assert found == [f"code {code}: missing"]


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_a_deviation_that_is_not_recorded_is_found(number: str) -> None:
    assert list(problems(page(number), replace(described(number), deviations=()))) != []
