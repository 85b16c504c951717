"""What is written once for several endpoints and brands, and what a brand's own page changes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from dialspec.api import Api, Endpoint
from dialspec.diagnostics.diagnostic import Diagnostics, SpecErrors
from dialspec.pipeline import read
from dialspec_runtime import DecodeError, InvalidArgument
from generated_package import generated_package

HEADER = "# yaml-language-server: $schema=../schema.json\n"
PLATFORM = """\
platform: dialworks
title: Dialworks
summary: A platform made up for tests.
auth:
  scheme: md5_sign
  key: api_key
  secret: api_secret
  key_header: Api-Key
  timestamp_header: Timestamp
  signature_header: Sign
envelopes:
  code_msg:
    code: [code]
    message: [msg]
    success: ["0"]
    data: data
    fields:
      code: {type: string, summary: Result code.}
      msg: {type: string, summary: What went wrong.}
"""
TASKS = """\
resource: tasks

types:
  Task:
    summary: One task.
    include: [about]
    fields:
      taskId: {type: integer, summary: Id of the task.}

field_groups:
  about:
    remark: {type: string, summary: Remark.}
    rate: {type: integer, summary: Multiplier.}

endpoints:
  create:
    summary: Make a task.
    http: POST /tasks/create
    effect: unsafe
    include: [about]
    request:
      begin: {type: time, earliest: "09:00", latest: "20:00", summary: Time of day from which it calls.}
      rate: {type: integer, required: true, summary: "Multiplier, required here."}
    response: {type: integer, nullable: true}
    deviations:
      - {at: request.begin, documented: Text., observed: A number., handled: Text.}
      - {at: request.remark, documented: Text., observed: Null., handled: Text.}
      - {at: response.data, documented: Text., observed: A number., handled: A number.}
    examples:
      - {request: tasks.create.request.json, response: '{"code": "0", "msg": "", "data": 7}'}

  get:
    summary: Read a task.
    http: GET /tasks/get
    effect: read
    request:
      taskId: {type: integer, required: true, summary: Task to read.}
    response: {type: Task}
    examples:
      - target: /tasks/get?taskId=7
        response: '{"code": "0", "msg": "", "data": {"taskId":'
        cut: It ends within taskId.
"""
BRAND = """\
provider: {name}
platform: dialworks
title: {title}
summary: A brand made up for tests.
client: {title}
server: {{base_url: "https://{name}.example.com", environment: {upper}_BASE_URL}}
credentials:
  api_key: {{environment: {upper}_API_KEY, summary: Key.}}
  api_secret: {{environment: {upper}_API_SECRET, summary: Secret.}}
"""
NORTH_TASKS = """\
resource: tasks

endpoints:
  create: {platform: true, source: {page: "https://north.example.com/create"}}
  get: {platform: true, source: {page: "https://north.example.com/get"}}
"""
SOUTH_TASKS = """\
resource: tasks

endpoints:
  create:
    platform: {drop_request: [begin]}
    source: {page: "https://south.example.com/create"}
    deviations:
      - {at: response.data, documented: Text., observed: Null., handled: None.}
    examples:
      - {request: tasks.create.request.json, response: '{"code": "0", "msg": "", "data": null}'}
"""
MOOD = """\
enums:
  Mood: {base: integer, summary: How it went., members: {1: {name: good, label: {en: Good}}}}
"""


def write_specs(folder: Path, tasks: str = TASKS) -> Path:
    files = {
        "dialworks/platform.yaml": PLATFORM,
        "dialworks/tasks.yaml": tasks,
        "north/provider.yaml": BRAND.format(name="north", title="North", upper="NORTH"),
        "north/tasks.yaml": NORTH_TASKS,
        "south/provider.yaml": BRAND.format(name="south", title="South", upper="SOUTH"),
        "south/tasks.yaml": SOUTH_TASKS,
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(HEADER + text, encoding="utf-8")
    examples = folder / "dialworks" / "examples"
    examples.mkdir(exist_ok=True)
    (examples / "tasks.create.request.json").write_text('{"rate": 2}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, ModuleType]]:
    specs = write_specs(tmp_path_factory.mktemp("specs"))
    with generated_package(specs, tmp_path_factory.mktemp("out"), "dialworks_clients") as made:
        yield made


def endpoint(api: Api, brand: str, name: str) -> Endpoint:
    return next(item for item in api.provider(brand).endpoints() if item.name == name)


def client(answer: str, brand: str = "north") -> Any:
    """A client of `brand` whose vendor always gives the same answer."""

    def vendor(request: httpx.Request) -> httpx.Response:
        del request
        return httpx.Response(200, content=answer.encode())

    package = import_module(f"dialworks_clients.{brand}")
    http_client = httpx.Client(transport=httpx.MockTransport(vendor))
    return getattr(package, brand.capitalize())(
        api_key="sample", api_secret="sample", http_client=http_client
    )


def test_the_fields_of_a_group_come_first_and_one_of_the_endpoint_takes_its_place(
    generated: tuple[Api, ModuleType],
) -> None:
    parameters = endpoint(generated[0], "north", "create").parameters
    assert [(item.name, item.field.required) for item in parameters] == [
        ("remark", False),
        ("rate", True),
        ("begin", False),
    ]


def test_each_field_keeps_the_place_where_it_is_written(generated: tuple[Api, ModuleType]) -> None:
    places = {
        item.name: item.field.origin.path
        for item in endpoint(generated[0], "north", "create").parameters
    }
    assert places == {
        "remark": ("field_groups", "about", "remark"),
        "rate": ("endpoints", "create", "request", "rate"),
        "begin": ("endpoints", "create", "request", "begin"),
    }


def test_a_type_takes_over_a_group_too(generated: tuple[Api, ModuleType]) -> None:
    (task,) = (item for item in generated[0].provider("north").types if item.name == "Task")
    assert [field.name for field in task.fields] == ["remark", "rate", "task_id"]


def test_a_group_that_does_not_exist_is_refused_at_its_place(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    with pytest.raises(SpecErrors):
        read(
            write_specs(tmp_path, TASKS.replace("include: [about]", "include: [abuot]")),
            diagnostics,
        )
    assert {(item.code, str(item.position.file)) for item in diagnostics.errors} == {
        ("DS348", f"{tmp_path.name}/dialworks/tasks.yaml")
    }


def test_a_brand_drops_only_what_its_platform_has(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    specs = write_specs(tmp_path)
    south = SOUTH_TASKS.replace("[begin]", "[begin, ende]")
    types = "types:\n  Task: {drop: [remark, nope]}\n  Own: {drop: [nope]}\n"
    (specs / "south" / "tasks.yaml").write_text(HEADER + south + types, encoding="utf-8")
    with pytest.raises(SpecErrors):
        read(specs, diagnostics)
    assert [(one.code, one.position.line, one.message) for one in diagnostics.errors] == [
        ("DS355", 6, "`ende` is no request field of the platform's endpoint"),
        ("DS355", 13, "`nope` is no field of the platform's Task"),
        ("DS355", 14, "`nope` is dropped from a type that no platform has"),
    ]


def test_a_brand_does_not_replace_an_enum_of_its_platform_by_the_way(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    specs = write_specs(tmp_path, TASKS.replace("resource: tasks", f"resource: tasks\n\n{MOOD}"))
    with (specs / "south" / "tasks.yaml").open("a") as file:
        file.write(MOOD)
    with pytest.raises(SpecErrors):
        read(specs, diagnostics)
    (problem,) = diagnostics.errors
    assert problem.code == "DS302"
    assert problem.position.file.as_posix().endswith("south/tasks.yaml")
    assert problem.related[0][0].file.as_posix().endswith("dialworks/tasks.yaml")


def test_a_deviation_of_a_brand_replaces_that_of_the_platform_about_the_same_place(
    generated: tuple[Api, ModuleType],
) -> None:
    deviations = endpoint(generated[0], "south", "create").deviations
    observed = {item.at.reveal(): item.observed.reveal() for item in deviations}
    assert observed["response.data"] == "Null."
    assert observed["request.remark"] == "Null."


def test_a_deviation_about_a_request_field_that_the_brand_lacks_is_dropped(
    generated: tuple[Api, ModuleType],
) -> None:
    deviations = endpoint(generated[0], "south", "create").deviations
    assert "request.begin" not in {item.at.reveal() for item in deviations}


def test_a_brand_may_use_the_example_files_of_its_platform(
    generated: tuple[Api, ModuleType],
) -> None:
    (example,) = endpoint(generated[0], "south", "create").examples
    assert example.request is not None
    assert example.request.reveal() == '{"rate": 2}'


def test_a_documented_null_is_none(generated: tuple[Api, ModuleType]) -> None:
    del generated
    assert client('{"code": "0", "msg": "", "data": null}').tasks.create(rate=1) is None
    assert client('{"code": "0", "msg": "", "data": 7}').tasks.create(rate=1) == 7


def test_a_null_that_is_not_documented_is_a_fault(generated: tuple[Api, ModuleType]) -> None:
    del generated
    with pytest.raises(DecodeError, match="nothing at data"):
        client('{"code": "0", "msg": "", "data": null}').tasks.get(task_id=1)


@pytest.mark.parametrize("begin", [time(9), time(14, 30), time(20)])
def test_a_time_of_day_within_the_documented_hours_is_sent(
    generated: tuple[Api, ModuleType], begin: time
) -> None:
    del generated
    assert client('{"code": "0", "msg": "", "data": 7}').tasks.create(rate=1, begin=begin) == 7


@pytest.mark.parametrize("begin", [time(8, 59), time(20, 1), time(0)])
def test_a_time_of_day_outside_the_documented_hours_is_refused(
    generated: tuple[Api, ModuleType], begin: time
) -> None:
    del generated
    with pytest.raises(InvalidArgument, match="from 09:00 until 20:00"):
        client('{"code": "0", "msg": "", "data": 7}').tasks.create(rate=1, begin=begin)
