"""Lint rules beyond the examples of their codes: where they speak, and where they keep silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Linted = Callable[..., list[str]]

QUERY = """\
resource: tasks
types:
  Row:
    fields:
      id: {type: integer, summary: Id.}
      name: {type: string, documented: false, summary: Name.}
endpoints:
  query:
    summary: List tasks.
    http: POST /tasks/query
    effect: read
    source: {page: "https://example.com"}
    paging: page_number
    request:
      state: {type: integer, summary: State.}
    response: {record: Row}
"""
PLAIN = """\
resource: tasks
endpoints:
  {name}:
    summary: Something.
    http: POST /tasks
    effect: {effect}
    source: {{page: "https://example.com"}}
"""

DONE = """\
types:
  Row:
    fields: {id: {type: integer, summary: Id.}}
pushes:
  done:
    summary: Done.
    payload: Row
"""


def plain(name: str = "query", effect: str = "read", more: str = "") -> str:
    """A resource with one endpoint that is not paged, and more lines of it."""
    return PLAIN.format(name=name, effect=effect) + more


# The same request


def test_two_forms_of_one_endpoint_may_stand_in_one_resource(linted: Linted) -> None:
    more = PLAIN.format(name="list_all", effect="read").partition("endpoints:\n")[2]
    assert linted("DS403", tasks=plain("list") + more) == []


# Deviations


def deviation(at: str, documented: str = "x", observed: str = "y") -> str:
    """The lines of one deviation."""
    return (
        "    deviations:\n"
        f'      - {{at: "{at}", documented: "{documented}", observed: "{observed}", handled: z}}\n'
    )


@pytest.mark.parametrize(
    "at",
    [
        "request table",
        "page heading",
        "request.state",
        "request.params",
        "request.params.state",
        "request.current",
        "request.size",
        "response.code",
        "response.msg",
        "response.data",
        "response.data.records[].id",
        "response.data.records[0].id",
        "response.data.total",
        "errors",
        "errors.-1",
    ],
)
def test_a_deviation_at_a_place_that_exists_holds(linted: Linted, at: str) -> None:
    text = QUERY + '    errors: {codes: ["-1"]}\n' + deviation(at)
    assert linted("DS430", tasks=text) == []


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("request.status", "the spec has no such field"),
        ("response.data.rows", "the spec has no such field"),
        ("response.data.records[].status", "the spec has no such field"),
        ("errors.-1", "the endpoint lists no such code"),
    ],
)
def test_a_deviation_at_a_place_that_is_gone_does_not_hold(
    linted: Linted, at: str, reason: str
) -> None:
    (found,) = linted("DS430", tasks=QUERY + deviation(at))
    assert found.endswith(reason)


def test_a_field_not_in_the_table_is_marked_so(linted: Linted) -> None:
    documented = "Not in the table."
    (found,) = linted("DS430", tasks=QUERY + deviation("response.data.records[].id", documented))
    assert found.endswith("the field `id` is not marked with `documented: false`")
    assert (
        linted("DS430", tasks=QUERY + deviation("response.data.records[].name", documented)) == []
    )


@pytest.mark.parametrize(
    ("observed", "value", "holds"),
    [
        ("The example shows the number 0.", "0", True),
        ("The example shows the number 0.", '"0"', False),
        ("The example shows the number to call.", '"0"', True),
        ("The example shows a number as text.", '"0"', True),
        ("The example shows a number as text.", "0", False),
        ("The example says an object.", "{}", True),
        ("The example shows an object.", "[]", False),
        ("The example shows an array of rows.", "[]", True),
        ("The example shows true.", "true", True),
        ("The example shows true.", "false", False),
        ("The example shows null.", "null", True),
        ("The example shows null.", "1", False),
        ("The example shows a number.", "1.5", True),
        ("The example shows a number.", "null", False),
        ("Other pages show null.", "1", True),
    ],
)
def test_what_a_deviation_says_of_the_example_is_looked_up_there(
    linted: Linted, observed: str, value: str, holds: bool
) -> None:
    text = plain(
        more="    response: {fields: {x: {type: json, summary: Anything.}}}\n"
        f"    examples:\n      - response: '{{\"x\": {value}}}'\n"
        + deviation("response.x", "x", observed)
    )
    assert (linted("DS430", tasks=text) == []) is holds


def test_a_deviation_of_a_row_is_looked_up_in_all_rows(linted: Linted) -> None:
    example = (
        '    examples:\n      - response: \'{"data": {"records": [{"id": null}, {"id": "7"}]}}\'\n'
    )
    at = "response.data.records[].id"
    shown = deviation(at, "Integer", "The example shows a number as text.")
    assert linted("DS430", tasks=QUERY + example + shown) == []
    shown = deviation(at, "Integer", "The example shows true.")
    assert len(linted("DS430", tasks=QUERY + example + shown)) == 1


def test_an_example_without_the_field_proves_nothing(linted: Linted) -> None:
    text = plain(
        more="    response: {fields: {x: {type: json, summary: Anything.}}}\n"
        "    examples:\n      - response: '{}'\n"
        + deviation("response.x", "x", "The example shows the number 0.")
    )
    assert linted("DS430", tasks=text) == []


# Effects


@pytest.mark.parametrize(
    ("name", "effect", "code"),
    [
        ("query", "unsafe", "DS440"),
        ("get_task", "unsafe", "DS440"),
        ("export", "unsafe", "DS440"),
        ("query", "idempotent", None),
        ("query", "read", None),
        ("create", "read", "DS441"),
        ("delete_task", "read", "DS441"),
        ("delete_task", "idempotent", None),
        ("balance", "unsafe", None),
        ("balance", "read", None),
    ],
)
def test_effects_are_compared_with_names(
    linted: Linted, name: str, effect: str, code: str | None
) -> None:
    assert [one.split()[0] for one in linted("DS44", tasks=plain(name, effect))] == (
        [] if code is None else [code]
    )


def test_a_reason_settles_an_odd_effect(linted: Linted) -> None:
    text = plain("query", "unsafe", "    effect_reason: It marks the rows as read.\n")
    assert linted("DS44", tasks=text) == []


# Codes


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("kind: unknown", "DS442"),
        ("kind: unknown, advice: Ask the vendor.", None),
        ("kind: server, transient: true", None),
        ("kind: balance, transient: true", "DS443"),
        ("kind: limit", None),
    ],
)
def test_codes_say_what_to_do_and_do_not_contradict_themselves(
    linted: Linted, code: str, problem: str | None
) -> None:
    text = plain(
        more=f"    errors:\n      own:\n        '5': {{name: five, label: {{en: Five}}, {code}}}\n"
    )
    assert [one.split()[0] for one in linted("DS44", tasks=text)] == (
        [] if problem is None else [problem]
    )


def test_groups_of_codes_are_looked_at_and_used_where_they_are_included(
    linted: Linted, specs: Path
) -> None:
    provider = specs / "demo" / "provider.yaml"
    code = '{own: {"7": {name: seven, kind: unknown, label: {en: Seven}}}}'
    provider.write_text(provider.read_text() + f"code_groups:\n  used: {code}\n  idle: {code}\n")
    found = linted(tasks=plain(more="    errors: {include: [used]}\n"))
    assert [one.split(maxsplit=2)[2] for one in found if "DS442" in one] == [
        "the kind of the code `7` is unknown, and nothing says what a client should do"
    ] * 2
    assert [one for one in found if "group" in one] == [
        "DS402 51 the group of codes `idle` is not used"
    ]


def test_a_listed_code_of_the_family_may_not_mean_success(linted: Linted, specs: Path) -> None:
    provider = specs / "demo" / "provider.yaml"
    provider.write_text(provider.read_text().replace('success: ["0"]', 'success: ["0", "-9"]'))
    (found,) = linted("DS444")
    assert found.startswith("DS444 30 `-9` is an error of tasks.query")


# Paging


def test_each_place_of_a_paging_style_is_looked_up(linted: Linted, specs: Path) -> None:
    provider = specs / "demo" / "provider.yaml"
    provider.write_text(
        provider.read_text().replace(
            "    total: data.total\n", "    total: data.t\n    pages: data.p\n    current: data.c\n"
        )
    )
    found = linted("DS410")
    assert [one.split(",")[0] for one in found] == [
        "DS410 41 paging reads `total` at `data.t`",
        "DS410 42 paging reads `pages` at `data.p`",
        "DS410 43 paging reads `current` at `data.c`",
    ]


def test_a_style_of_the_platform_is_reported_at_the_platform(linted: Linted, specs: Path) -> None:
    provider = specs / "demo" / "provider.yaml"
    before, _, rest = provider.read_text().partition("paging:")
    style, _, after = rest.partition("errors:")
    provider.write_text(
        before.replace("title:", "platform: voice\ntitle:", 1) + "errors:" + after, encoding="utf-8"
    )
    (specs / "voice").mkdir()
    (specs / "voice" / "platform.yaml").write_text(
        "# yaml-language-server: $schema=../schema.json\n"
        "platform: voice\ntitle: Voice\nsummary: Shared.\npaging:"
        + style.replace("data.total", "data.sum")
    )
    (found,) = linted("DS410")
    assert found.startswith("DS410 13 paging reads `total` at `data.sum`")


def test_what_an_endpoint_pages_differently_is_reported_there(linted: Linted) -> None:
    text = QUERY.replace("paging: page_number", "paging: {use: page_number, total: data.sum}")
    (found,) = linted("DS410", tasks=text)
    assert found.startswith("DS410 14 paging reads `total` at `data.sum`")


@pytest.mark.parametrize(
    ("filters", "known"), [("id", True), ("name", True), ("state", False), ("id.deeper", False)]
)
def test_filters_name_fields_of_a_row(linted: Linted, filters: str, known: bool) -> None:
    text = QUERY.replace("state: {type: integer,", f"state: {{type: integer, filters: {filters},")
    assert (linted("DS411", tasks=text) == []) is known


# Values


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("type: integer, default: 5", None),
        ("type: integer, default: '5'", "`default` of `x` is the text `5`, not a whole number"),
        ("type: integer, example: 5", None),
        ("type: 'list[integer]', example: [1, 2]", None),
        ("type: 'list[integer]', example: [1, b]", "`example` of `x` is the text `b`"),
        ("type: State, default: 1", None),
        ("type: State, default: 3", "`default` of `x` is `3`, not a value of State"),
        ("type: integer, required_when: [{field: y, equals: [1]}]", None),
        ("type: integer, required_when: [{field: y}]", None),
        ("type: integer, required_when: [{field: y, equals: [3]}]", "the condition on `y` cannot"),
    ],
)
def test_single_values_fit_their_types(linted: Linted, field: str, problem: str | None) -> None:
    text = (
        "resource: tasks\n"
        "enums: {State: {base: integer, members: {1: {name: open}}}}\n"
        + plain("create", "unsafe").partition("\n")[2]
        + f"    request:\n      x: {{{field}, summary: Tested.}}\n"
        + "      y: {type: State, summary: State.}\n"
    )
    found = linted("DS414", tasks=text)
    assert bool(found) is (problem is not None)
    assert problem is None or problem in found[0]


def test_fields_of_types_have_fitting_values_too(linted: Linted) -> None:
    text = QUERY.replace("id: {type: integer,", "id: {type: integer, example: seven,")
    (found,) = linted("DS414", tasks=text)
    assert found == "DS414 6 `example` of `id` is the text `seven`, not a whole number"


@pytest.mark.parametrize(
    ("bounds", "problem"),
    [
        ("minimum: 1, maximum: 2", None),
        ("minimum: 2", "the value 1 lies outside of the documented range 2 to …"),
        ("maximum: 1", "the value 2 lies outside of the documented range … to 1"),
    ],
)
def test_enum_values_lie_in_the_documented_range(
    linted: Linted, bounds: str, problem: str | None
) -> None:
    text = (
        "resource: tasks\nenums:\n"
        f"  State: {{base: integer, {bounds}, members: {{1: {{name: one}}, 2: {{name: two}}}}}}\n"
        '  Letter: {base: string, minimum: 5, members: {"1": {name: one}}}\n'
    )
    assert [one.split(maxsplit=2)[2] for one in linted("DS413", tasks=text)] == (
        [] if problem is None else [problem]
    )


# Labels and descriptions


def labelled(*labels: str) -> str:
    """A request with one field for each label, given as YAML."""
    return (
        plain("create", "unsafe")
        + "    request:\n"
        + "".join(
            f"      {chr(97 + index)}: {{type: string{label}}}\n"
            for index, label in enumerate(labels)
        )
    )


BOTH, ENGLISH, NONE = ", label: {en: A, zh: 甲}", ", label: {en: A}", ", summary: A."


@pytest.mark.parametrize(
    ("labels", "missing"),
    [
        ((BOTH, BOTH, ENGLISH), ["`c`"]),
        ((BOTH, BOTH, NONE), ["`c`", "`c`"]),
        ((BOTH, ENGLISH, ENGLISH), []),
        ((BOTH, ENGLISH), []),
        ((NONE, NONE), []),
        ((BOTH, BOTH, ENGLISH + ", documented: false"), []),
    ],
)
def test_a_language_that_most_siblings_have_is_missed(
    linted: Linted, labels: tuple[str, ...], missing: list[str]
) -> None:
    assert [one.split()[2] for one in linted("DS450", tasks=labelled(*labels))] == missing


def test_a_field_whose_row_is_a_deviation_may_lack_its_label(linted: Linted) -> None:
    text = labelled(BOTH, BOTH, ENGLISH) + deviation("request.c")
    assert linted("DS450", tasks=text) == []


@pytest.mark.parametrize(("partial", "missing"), [("", 1), ("\n    partial: Some are lost.", 0)])
def test_members_have_the_labels_of_their_siblings(
    linted: Linted, partial: str, missing: int
) -> None:
    text = (
        "resource: tasks\nenums:\n  State:\n    base: integer"
        + partial
        + "\n    members:\n"
        + "".join(f"      {number}: {{name: n{number}{BOTH}}}\n" for number in (1, 2))
        + f"      3: {{name: n3{ENGLISH}}}\n"
        + plain("create", "unsafe").partition("\n")[2]
        + "    request:\n      x: {type: State, summary: State.}\n"
    )
    assert len(linted("DS450", tasks=text)) == missing


@pytest.mark.parametrize(
    ("field", "silent"),
    [
        ("string", True),
        ("{type: string}", True),
        ("{type: string, summary: Name.}", False),
        ("{type: string, label: {en: Name}}", False),
        ("{type: string, documented: false}", False),
    ],
)
def test_a_documented_field_says_what_it_means(linted: Linted, field: str, silent: bool) -> None:
    text = plain("create", "unsafe") + f"    request:\n      x: {field}\n"
    assert bool(linted("DS451", tasks=text)) is silent


# Sensitivity


@pytest.mark.parametrize(
    ("wire", "type_", "suspect"),
    [
        ("phoneNumber", "string", True),
        ("callerNo", "string", True),
        ("mobiles", "list[string]", True),
        ("mobileList", "list[string]", True),
        ("password", "string", True),
        ("accessToken", "string", True),
        ("phoneCount", "string", False),
        ("phoneType", "string", False),
        ("phone", "integer", False),
        ("telephone", "boolean", False),
        ("hotel", "string", False),
    ],
)
def test_texts_that_sound_sensitive_are_to_be_marked(
    linted: Linted, wire: str, type_: str, suspect: bool
) -> None:
    text = (
        plain("create", "unsafe")
        + f"    request:\n      {wire}: {{type: '{type_}', summary: Tested.}}\n"
    )
    assert bool(linted("DS452", tasks=text)) is suspect


def test_a_marked_or_renamed_field_is_left_alone(linted: Linted) -> None:
    text = (
        plain("create", "unsafe")
        + "    request:\n"
        + "      phone: {type: string, sensitive: phone, summary: Number.}\n"
        + "      tel: {type: string, name: template, summary: Short for template.}\n"
    )
    assert linted("DS452", tasks=text) == []


# Provenance


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("    status: partial\n", 9),
        ("    status: inferred\n", 9),
        ("    missing: [A table.]\n", 9),
        ("    status: partial\n    missing: [A table.]\n", None),
        ("", None),
    ],
)
def test_what_is_missing_is_listed_and_only_then(
    linted: Linted, more: str, line: int | None
) -> None:
    found = linted("DS461", tasks=plain(more=more))
    assert [int(one.split()[1]) for one in found] == ([] if line is None else [line])


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ("    notes: [The end, and more.]\n", [9]),
        ("    notes: [a lonely entry.]\n", []),
        ("    notes:\n      - The end.\n      - callData is cut.\n", []),
        ("    notes:\n      - The end.\n      - data.total is cut.\n", []),
        ("    limits:\n      notes: [At most ten, or so.]\n", [10]),
        (DONE + "    notes: [One, two, Three.]\n", [16]),
    ],
)
def test_a_sentence_that_a_comma_cut_is_noticed(
    linted: Linted, more: str, lines: list[int]
) -> None:
    found = linted("DS462", tasks=plain(more=more))
    assert [int(one.split()[1]) for one in found] == lines


def test_notes_of_a_provider_are_whole_sentences_too(linted: Linted, specs: Path) -> None:
    provider = specs / "demo" / "provider.yaml"
    provider.write_text(provider.read_text() + "notes: [Codes are text, not numbers.]\n")
    (found,) = linted("DS462")
    assert found.endswith("like the rest of the entry before it")


# Platforms


def test_a_platform_and_its_brand_are_linted_together(linted: Linted, specs: Path) -> None:
    header = "# yaml-language-server: $schema=../schema.json\n"
    (specs / "voice").mkdir()
    (specs / "voice" / "platform.yaml").write_text(
        header + "platform: voice\ntitle: Voice\nsummary: Shared.\n"
        "paging:\n  unused_style: {style: offset, offset: offset, size: limit, items: data}\n"
    )
    (specs / "voice" / "tasks.yaml").write_text(
        header + "resource: tasks\n"
        "types: {Unused: {fields: {x: {type: string, summary: X.}}}}\n"
        "endpoints:\n  find:\n    summary: Find.\n    http: POST /find\n    effect: unsafe\n"
    )
    (specs / "voice" / "calls.yaml").write_text(header + "resource: calls\n")
    provider = specs / "demo" / "provider.yaml"
    provider.write_text(provider.read_text().replace("title:", "platform: voice\ntitle:", 1))
    brand = (
        "resource: tasks\nendpoints:\n  search:\n    platform: {endpoint: find}\n"
        '    source: {page: "https://example.com"}\n'
    )
    found = linted("DS4", tasks=brand)
    assert sorted(one for one in found if "DS440" in one) == [
        "DS440 8 tasks.search is unsafe, but `search` sounds like a query"
    ]
    assert sorted(one.split(maxsplit=2)[2] for one in found if "DS402" in one) == [
        "the paging style `page_number` is not used",
        "the paging style `unused_style` is not used",
        "the type `Unused` is not used",
    ]


def test_a_platform_without_a_brand_is_unused(linted: Linted, specs: Path) -> None:
    (specs / "voice").mkdir()
    (specs / "voice" / "platform.yaml").write_text(
        "# yaml-language-server: $schema=../schema.json\n"
        "platform: voice\ntitle: Voice\nsummary: Shared.\n"
    )
    assert linted() == ["DS402 2 no provider sells the platform `voice`"]


def test_groups_are_used_where_they_are_included(linted: Linted) -> None:
    text = (
        "resource: tasks\nfield_groups:\n"
        "  used: {x: {type: string, summary: X.}}\n"
        "  idle: {y: {type: string, summary: Y.}}\n"
        + plain("create", "unsafe", "    include: [used]\n").partition("\n")[2]
    )
    assert [one for one in linted("DS402", tasks=text) if "group" in one] == [
        "DS402 5 the group of fields `idle` is not used"
    ]


def test_the_first_line_names_the_schema_whatever_the_line_ends(
    linted: Linted, specs: Path
) -> None:
    path = specs / "demo" / "tasks.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert linted() == []
    path.write_bytes(b"\n" + path.read_bytes())
    assert linted() == ["DS401 1 the first line does not name the schema of the language"]
