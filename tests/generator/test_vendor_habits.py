"""What vendors do to their answers and pages: no code, no array, quotes of the wrong kind, the same codes everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from dialspec.api import Api, Endpoint
from dialspec.diagnostics.diagnostic import Diagnostics, SpecErrors
from dialspec.pipeline import read
from dialspec_runtime import ConflictError, DecodeError, InvalidArgument, NotFoundError
from generated_package import generated_package

HEADER = "# yaml-language-server: $schema=../schema.json\n"
PROVIDER = """\
provider: dialworks
title: Dialworks
summary: A vendor made up for tests.
client: Dialworks
server: {base_url: "https://dialworks.example.com", environment: DIALWORKS_BASE_URL}
credentials:
  api_key: {environment: DIALWORKS_API_KEY, summary: Key.}
  api_secret: {environment: DIALWORKS_API_SECRET, summary: Secret.}
auth:
  scheme: md5_sign
  key: api_key
  secret: api_secret
  key_header: Api-Key
  timestamp_header: Timestamp
  signature_header: Sign
envelopes:
  bare:
    code: [code]
    message: [msg]
    success: ["0"]
    optional: true
    data: data
errors:
  default:
    "-1": {name: name_taken, kind: conflict, label: {en: Name taken}}
    "-2": {name: too_long, kind: invalid_parameter, label: {en: Too long}}
code_groups:
  names: {codes: ["-1", "-2"]}
  task:
    own:
      "-7": {name: task_not_found, kind: not_found, label: {en: Task not found}}
"""
TASKS = """\
resource: tasks

types:
  Task:
    summary: One task.
    fields:
      numbers: {type: "list_or_one[string]", summary: Numbers.}
      rules: {type: "json_text[list_or_one[CallRule]]", summary: Rules.}
  CallRule:
    summary: One rule.
    fields:
      after: {type: integer, summary: Seconds.}

endpoints:
  get:
    summary: Read a task.
    http: GET /tasks/get
    effect: read
    response: {type: Task, summary: The task.}
    errors:
      include: [names, task]
      own:
        "-2": {name: name_too_long, kind: invalid_parameter, label: {en: Name too long}}
    examples:
      - {response: '{"data": {"numbers": "1"}}', shortened: The rules.}
  find:
    summary: Find tasks.
    http: GET /tasks/find
    effect: read
    request:
      batch: {type: string, summary: Only of this batch.}
      list: {type: string, name: in_list, required_when: [{field: batch}], summary: Only of this list.}
    response: {type: "list_or_one[Task]"}

left_out:
  delete:
    http: /tasks/delete
    summary: Delete a task.
    reason: Its method was not seen.
"""


def write_specs(folder: Path, tasks: str = TASKS) -> Path:
    (folder / "dialworks").mkdir()
    (folder / "dialworks" / "provider.yaml").write_text(HEADER + PROVIDER, encoding="utf-8")
    (folder / "dialworks" / "tasks.yaml").write_text(HEADER + tasks, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, ModuleType]]:
    specs = write_specs(tmp_path_factory.mktemp("specs"))
    with generated_package(specs, tmp_path_factory.mktemp("out"), "habit_clients") as made:
        yield made


@pytest.fixture
def get(generated: tuple[Api, ModuleType]) -> Endpoint:
    return next(
        item for item in generated[0].provider("dialworks").endpoints() if item.name == "get"
    )


def tasks(answer: str) -> Any:
    """The tasks of a client whose vendor always gives the same answer."""

    def vendor(request: httpx.Request) -> httpx.Response:
        del request
        return httpx.Response(200, content=answer.encode())

    http_client = httpx.Client(transport=httpx.MockTransport(vendor))
    package = import_module("habit_clients.dialworks")
    client = package.Dialworks(
        api_key="sample", api_secret="sample", http_client=http_client, max_retries=0
    )
    return client.tasks


@pytest.mark.usefixtures("generated")
class TestAnswers:
    def test_an_answer_without_a_code_is_a_success_where_codes_are_optional(self) -> None:
        assert tasks('{"data": {"numbers": ["1"]}}').get().numbers == ["1"]

    def test_a_code_of_an_error_counts_where_codes_are_optional(self) -> None:
        with pytest.raises(ConflictError):
            tasks('{"code": "-1", "msg": "taken"}').get()

    def test_an_answer_with_neither_code_nor_payload_is_a_fault(self) -> None:
        with pytest.raises(DecodeError, match="nothing at data"):
            tasks("{}").get()

    def test_an_item_without_an_array_around_it_is_a_list_of_one(self) -> None:
        assert tasks('{"data": {"numbers": "1"}}').get().numbers == ["1"]

    def test_a_result_without_an_array_around_it_is_a_list_of_one(self) -> None:
        (task,) = tasks('{"data": {"numbers": ["1", "2"]}}').find()
        assert task.numbers == ["1", "2"]

    def test_json_text_with_single_quotes_is_read(self) -> None:
        (rule,) = tasks("""{"data": {"rules": "[{'after':600}]"}}""").get().rules
        assert rule.after == 600

    def test_json_text_may_hold_one_item_without_an_array(self) -> None:
        (rule,) = tasks(r'{"data": {"rules": "{\"after\":600}"}}').get().rules
        assert rule.after == 600

    def test_an_empty_text_where_json_text_is_documented_is_none(self) -> None:
        assert tasks('{"data": {"rules": ""}}').get().rules is None

    def test_json_text_that_is_none_is_a_fault(self) -> None:
        with pytest.raises(DecodeError, match="not JSON text"):
            tasks(r'{"data": {"rules": "{after"}}').get()

    def test_a_code_of_a_group_raises_its_exception(self) -> None:
        with pytest.raises(NotFoundError):
            tasks('{"code": "-7", "msg": "gone"}').get()


@pytest.mark.usefixtures("generated")
def test_a_field_that_another_needs_whatever_its_value_is_asked_for_before_sending() -> None:
    found = tasks('{"data": []}')
    with pytest.raises(InvalidArgument, match="in_list is required together with batch"):
        found.find(batch="7")
    assert found.find(batch="7", in_list="1") == []


def test_codes_of_groups_come_before_those_of_the_page_which_replace_them(get: Endpoint) -> None:
    assert [(code.text.reveal(), code.name, code.own) for code in get.codes] == [
        ("-1", "name_taken", False),
        ("-2", "name_too_long", True),
        ("-7", "task_not_found", True),
    ]


def test_an_example_says_what_its_copy_leaves_out(get: Endpoint) -> None:
    (example,) = get.examples
    assert example.shortened is not None
    assert example.shortened.reveal() == "The rules."


def test_an_endpoint_that_is_left_out_is_told_but_not_generated(
    generated: tuple[Api, ModuleType],
) -> None:
    (resource,) = generated[0].provider("dialworks").resources
    (left_out,) = resource.left_out
    assert (left_out.name, left_out.reason.reveal()) == ("delete", "Its method was not seen.")
    assert not hasattr(tasks("{}"), "delete")


def test_a_group_of_codes_that_does_not_exist_is_refused_at_its_place(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    with pytest.raises(SpecErrors):
        read(write_specs(tmp_path, TASKS.replace("[names, task]", "[names, tsak]")), diagnostics)
    assert {item.code for item in diagnostics.errors} == {"DS349"}
