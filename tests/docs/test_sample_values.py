"""Values of samples: from the documented example, else from the field, else made up, and always within the range."""

from __future__ import annotations

import datetime
import json
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from dialspec.api import Endpoint, Provider, Scalar, ScalarKind
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read
from dialspec.rendering.docs.sample_times import WireValue, parse_time, wire_time
from dialspec.rendering.docs.sample_values import sample_arguments
from dialspec.rendering.docs.samples import SampleWriter
from dialspec.rendering.docs.wire import wire_request
from dialspec.spec.language.kinds import TimeFormat

PROVIDER = (Path(__file__).parent / "specs/workshop/provider.yaml").read_text(encoding="utf-8")
Given = Callable[..., tuple[Provider, Endpoint]]


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """Resolve one endpoint that is written in the test."""

    def resolve(
        endpoint: str, types: str = "", example: str | None = None
    ) -> tuple[Provider, Endpoint]:
        folder = tmp_path / "specs/workshop"
        (folder / "examples").mkdir(parents=True)
        (folder / "provider.yaml").write_text(PROVIDER, encoding="utf-8")
        text = "resource: shapes\ntitle: Shapes\nsummary: Shapes.\n"
        text += textwrap.dedent(types)
        text += "endpoints:\n  call:\n    summary: Call.\n    effect: read\n    response: {type: json}\n"
        text += textwrap.indent(textwrap.dedent(endpoint), "    ")
        if example is not None:
            (folder / "examples/call.json").write_text(example, encoding="utf-8")
            text += "    examples: [{request: call.json}]\n"
        (folder / "shapes.yaml").write_text(text, encoding="utf-8")
        provider = read(folder.parent, Diagnostics())[1].provider("workshop")
        return provider, next(provider.endpoints())

    return resolve


def values(provider: Provider, endpoint: Endpoint) -> dict[str, WireValue]:
    return {str(one.name): value for one, value in sample_arguments(provider, endpoint)}


def test_the_documented_example_comes_first(given: Given) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        request:
          shapeId: {type: integer, required: true, example: 5}
        """,
        example='{"shapeId": 77}',
    )
    assert values(provider, endpoint) == {"shape_id": 77}


def test_an_example_inside_a_wrapper_is_found_there(given: Given) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        wrapper: params
        request:
          shapeId: {type: integer, required: true}
        """,
        example='{"params": {"shapeId": 78}}',
    )
    assert values(provider, endpoint) == {"shape_id": 78}


def test_a_documented_value_out_of_its_documented_range_is_not_taken(given: Given) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        request:
          count: {type: integer, required: true, maximum: 10, example: 4}
          when: {type: datetime, required: true}
          tags: {type: "list[string]", required: true}
        """,
        example='{"count": 11, "when": "tomorrow", "tags": []}',
    )
    assert values(provider, endpoint) == {
        "count": 4,
        "when": "2024-06-01 00:00:00",
        "tags": ["sample"],
    }


def test_a_printed_telephone_number_is_never_shown_in_a_sample(given: Given) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        request:
          callee: {type: string, required: true, sensitive: phone, example: "34612345678"}
          others: {type: "list[string]", required: true, sensitive: phone}
          batch: {type: "list[Row]", required: true}
          byKey: {type: "map[Row]", required: true}
          asText: {type: "json_text[Row]", required: true}
          single: {type: Row, required: true, example: {called: "34612345678", note: own}}
          holder: {type: Holder, required: true}
        """,
        """\
        types:
          Row:
            fields:
              called: {type: string, required: true, sensitive: phone}
              note: {type: string}
          Holder:
            fields:
              row: {type: Row, required: true, example: {called: "34612345678"}}
              number: {type: string, required: true, sensitive: phone, example: "34612345678"}
        """,
        example=json.dumps(
            {
                "callee": "34612345678",
                "others": ["34612345678", "34612345679"],
                "batch": [{"called": "34612345678", "note": "kept"}],
                "byKey": {"a": {"called": "34612345678"}},
                "asText": {"called": "34612345678", "note": "kept"},
            }
        ),
    )
    shown = values(provider, endpoint)
    assert shown["batch"] == [{"called": "447700900123", "note": "kept"}]
    assert shown["by_key"] == {"a": {"called": "447700900123"}}
    assert shown["as_text"] == {"called": "447700900123", "note": "kept"}
    assert shown["single"] == {"called": "447700900123", "note": "own"}
    assert shown["callee"] == "447700900123"
    assert shown["others"] == ["447700900123"]
    assert "346123" not in json.dumps(shown)


@pytest.mark.parametrize("example", ["[1, 2]", "{not json"])
def test_an_example_that_is_no_object_is_passed_over(given: Given, example: str) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        request:
          count: {type: integer, required: true}
        """,
        example=example,
    )
    assert values(provider, endpoint) == {"count": 1}


def test_optional_parameters_are_left_out(given: Given) -> None:
    provider, endpoint = given("""\
        http: POST /call
        request:
          count: {type: integer}
        """)
    assert values(provider, endpoint) == {}


def test_of_alternatives_the_documented_one_is_given(given: Given) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        request:
          number: {type: string}
          numberId: {type: integer}
        rules:
          at_least_one: [[number, numberId]]
        """,
        example='{"numberId": 3}',
    )
    assert values(provider, endpoint) == {"number_id": 3}


def test_a_period_is_kept_within_its_documented_span(given: Given) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        request:
          begin: {type: datetime, required: true}
          end: {type: datetime, required: true}
        rules:
          spans: [{begin: begin, end: end, days: 31}]
        """,
        example='{"begin": "2024-01-01 00:00:00", "end": "2024-06-03 15:13:01"}',
    )
    assert values(provider, endpoint)["end"] == "2024-01-02 00:00:00"


def test_a_span_of_times_that_are_not_given_asks_for_nothing(given: Given) -> None:
    provider, endpoint = given("""\
        http: POST /call
        request:
          begin: {type: datetime}
          end: {type: datetime}
        rules:
          spans: [{begin: begin, end: end, days: 31}]
        """)
    assert values(provider, endpoint) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("{type: integer, required: true, minimum: 7}", 7),
        ("{type: integer, required: true, maximum: -2}", -2),
        ("{type: string, required: true, min_length: 12, max_length: 12}", "447700900123"),
        ("{type: string, required: true, min_length: 40, max_length: 50}", "x" * 40),
        ("{type: string, required: true, sensitive: phone}", "447700900123"),
        ("{type: string, required: true, sensitive: phone, max_length: 3}", "1"),
        ("{type: string, required: true, pattern: '[A-Z][a-z]+[0-9]+'}", "Sample123"),
        ("{type: date, required: true}", "2024-06-01"),
        ("{type: date, required: true, example: '2025-02-03'}", "2025-02-03"),
        ("{type: time, required: true}", "09:00"),
        ("{type: boolean, required: true, example: false}", False),
        ("{type: json, required: true}", {}),
        ("{type: number, required: true, example: 2.5}", 2.5),
        ("{type: time, required: true, earliest: '10:00', example: '08:00'}", "10:00"),
        ("{type: time, required: true, earliest: '10:00', example: '11:30'}", "11:30"),
        ("{type: 'map[integer]', required: true, example: {a: 5}}", {"a": 5}),
        ("{type: 'list[integer]', required: true, example: [1, 2, 3, 4]}", [1, 2]),
        ("{type: 'list[integer]', required: true, min_items: 3, example: [1, 2, 3, 4]}", [1, 2, 3]),
        ("{type: binary, required: true, example: anything}", "c2FtcGxl"),
        ("{type: file, required: true, example: message.wav}", "message.wav"),
        ("{type: file, required: true, example: ../secret}", "numbers.xlsx"),
    ],
)
def test_a_value_is_made_up_from_type_and_range(given: Given, field: str, value: WireValue) -> None:
    provider, endpoint = given(f"http: POST /call\nrequest:\n  field: {field}\n")
    assert values(provider, endpoint) == {"field": value}


def test_an_object_without_required_fields_gets_its_first_one(given: Given) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        request:
          person: {type: Person, required: true}
        """,
        types="""\
        types:
          Person:
            fields:
              firstName: {type: string, example: Ann}
              lastName: {type: string}
        """,
    )
    assert values(provider, endpoint) == {"person": {"firstName": "Ann"}}


PERSON = """\
types:
  Person:
    fields:
      firstName: {type: string, required: true}
      age: {type: integer, maximum: 120}
"""


@pytest.mark.parametrize(
    ("example", "value"),
    [
        ('{"person": {"firstName": "Ann", "age": 30}}', {"firstName": "Ann", "age": 30}),
        ('{"person": {"firstName": "Ann", "age": 130}}', {"firstName": "sample"}),
        ('{"person": {"age": 30}}', {"firstName": "sample"}),
        ('{"person": {"firstName": "Ann", "unknown": 1}}', {"firstName": "sample"}),
        ('{"person": "Ann"}', {"firstName": "sample"}),
    ],
)
def test_a_documented_object_is_taken_if_it_is_whole_and_within_its_ranges(
    given: Given, example: str, value: WireValue
) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        request:
          person: {type: Person, required: true}
        """,
        types=PERSON,
        example=example,
    )
    assert values(provider, endpoint) == {"person": value}


def test_an_object_that_holds_itself_comes_to_an_end(given: Given) -> None:
    provider, endpoint = given(
        """\
        http: POST /call
        request:
          box: {type: Box, required: true}
        """,
        types="""\
        types:
          Box:
            fields:
              inside: {type: Box, required: true}
        """,
    )
    assert values(provider, endpoint) == {"box": {"inside": {}}}


@pytest.mark.parametrize(
    ("form", "wire"),
    [
        (TimeFormat.LOCAL, "2024-06-01 12:30:15"),
        (TimeFormat.ISO8601, "2024-06-01T12:30:15+00:00"),
        (TimeFormat.EPOCH_S, 1717245015),
        (TimeFormat.EPOCH_MS, 1717245015000),
    ],
)
def test_each_wire_form_of_a_time_is_read_and_written(form: TimeFormat, wire: WireValue) -> None:
    kind = Scalar(ScalarKind.DATETIME, form)
    moment = parse_time(kind, wire)
    assert moment is not None
    assert moment.replace(tzinfo=datetime.UTC) == datetime.datetime(
        2024, 6, 1, 12, 30, 15, tzinfo=datetime.UTC
    )
    assert wire_time(kind, moment.replace(tzinfo=datetime.UTC)) == wire


@pytest.mark.parametrize("wire", ["soon", "2024-06-01T12:30:15", 10**30, None, 1.5])
def test_what_is_no_time_of_the_form_is_none(wire: WireValue) -> None:
    for form in TimeFormat:
        if not (form is TimeFormat.LOCAL and wire == "2024-06-01 12:30:15"):
            assert parse_time(Scalar(ScalarKind.DATETIME, form), wire) is None


def test_an_offset_of_half_an_hour_is_written_in_minutes(given: Given) -> None:
    provider, endpoint = given("""\
        http: POST /call
        request:
          east: {type: datetime, required: true, format: iso8601, example: "2024-06-01T00:00:00+05:30"}
          utc: {type: datetime, required: true, zone: utc}
          west: {type: datetime, required: true, zone: "-03:00"}
        """)
    sample = SampleWriter(provider, "clients").sync_sample(
        endpoint, sample_arguments(provider, endpoint)
    )
    assert "tzinfo=timezone(timedelta(minutes=330))" in sample
    assert "utc=datetime(2024, 6, 1, 0, 0, tzinfo=UTC)" in sample
    assert "tzinfo=timezone(timedelta(hours=-3))" in sample


def test_values_of_json_are_written_as_python(given: Given) -> None:
    provider, endpoint = given("""\
        http: POST /call
        request:
          extra: {type: json, required: true, example: {a: [1, null, true]}}
        """)
    sample = SampleWriter(provider, "clients").sync_sample(
        endpoint, sample_arguments(provider, endpoint)
    )
    assert 'call(extra={"a": [1, None, True]})' in sample


def test_a_path_value_is_quoted_and_a_setting_fills_its_placeholder(given: Given) -> None:
    provider, endpoint = given("""\
        http: GET /benches/{benchId}/shapes/{name}
        request:
          name: {type: string, location: path, required: true, example: "a/b c"}
        """)
    request = wire_request(provider, endpoint, sample_arguments(provider, endpoint))
    assert request.url.endswith("/benches/5/shapes/a%2Fb%20c")
    assert request.body is None
