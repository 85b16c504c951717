"""Which endpoint or push a page is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dialspec.api import Api
from dialspec.coverage import PageError, Survey, survey

Compare = Callable[..., Survey]
FIELDS = "\n| name | type | required |\n|---|---|---|\n| called | String | Yes |\n"
CODES = "\n| code | meaning |\n|---|---|\n| -1 | key |\n"


def names(result: Survey) -> list[str]:
    return [comparison.spec.name for comparison in result.comparisons]


def absent(result: Survey) -> list[tuple[str, str | None]]:
    return [(given.absent.address, given.absent.recorded) for given in result.unmatched]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("URL: https://api.acme.example.com/v1/task/create", "acme.tasks.create"),
        ("Request URL:\n\nhttps://api.acme.example.com/v1/task/create?x={x}.", "acme.tasks.create"),
        ("See https://api.acme.example.com/v1/task/create", "acme.tasks.create"),
        ("| URL | https://api.acme.example.com/v1/task/create |\n|---|---|", "acme.tasks.create"),
        ("```\ncurl https://api.acme.example.com/v1/task/create\n```", "acme.tasks.create"),
        ("请求地址:https://api.acme.example.com/v1/task/create", "acme.tasks.create"),
        ("URL: /v1/task/create", "acme.tasks.create"),
        ("URL: https://api.acme.example.com/v1/task/{id}", "acme.tasks.get"),
        ("URL: https://api.acme.example.com/v1/task/12345", "acme.tasks.get"),
        ("URL: https://{ip}:{port}/rest/v1/{vdn}/calls/{id}\nmethod: PUT", "borealis.calls.update"),
        ("URL: https://ip:port/rest/v1/{vdnId}/calls/{id} (PUT)", "borealis.calls.update"),
        ("PUT https://ip:port/rest/v1/{vdnId}/calls/{id}", "borealis.calls.update"),
        ("URL: PUT https://ip:port/rest/v1/{vdnId}/calls/{id}", "borealis.calls.update"),
        ("PUT\n\nhttps://ip:port/rest/v1/{vdnId}/calls/{id}", "borealis.calls.update"),
        (
            "The method is PUT.\n\nhttps://ip:port/rest/v1/{vdnId}/calls/{id}",
            "borealis.calls.update",
        ),
    ],
)
def test_an_address_leads_to_its_endpoint(head: str, name: str, compare: Compare) -> None:
    assert names(compare(head + "\n" + FIELDS)) == [name]


def test_a_label_wins_over_addresses_in_samples(compare: Compare) -> None:
    page = "https://api.acme.example.com/v1/task/query\n\nURL: https://api.acme.example.com/v1/task/create\n"
    assert names(compare(page + FIELDS)) == ["acme.tasks.create"]


def test_a_label_without_an_address_is_not_taken_for_one(compare: Compare) -> None:
    page = "URL: set by the customer\n\nhttps://api.acme.example.com/v1/task/create\n"
    assert names(compare(page + FIELDS + "\nURL")) == ["acme.tasks.create"]


def test_a_path_that_is_not_there_names_the_nearest(compare: Compare) -> None:
    result = compare("URL: https://api.acme.example.com/v1/tasks/query\n" + FIELDS)
    (given,) = result.unmatched
    assert (given.absent.address, given.absent.nearest, given.absent.line) == (
        "https://api.acme.example.com/v1/tasks/query", "acme.tasks.query", 1
    )  # fmt: skip
    assert not result.is_complete


def test_a_host_that_is_not_there_is_no_other_vendors(compare: Compare) -> None:
    result = compare("method: POST\nURL: https://api.other.example.com/v1/task/query\n" + FIELDS)
    assert absent(result) == [("POST https://api.other.example.com/v1/task/query", None)]


@pytest.mark.parametrize("segment", ["remove", "v2"])
def test_a_word_in_the_path_does_not_fill_a_placeholder(segment: str, compare: Compare) -> None:
    result = compare(f"URL: https://api.acme.example.com/v1/task/{segment}\n" + FIELDS)
    assert names(result) == []


def test_an_endpoint_that_is_left_out_is_recorded(compare: Compare) -> None:
    result = compare("method: POST\nURL: https://api.acme.example.com/v1/task/pause\n" + FIELDS)
    assert absent(result) == [
        ("POST https://api.acme.example.com/v1/task/pause", "left_out: acme.tasks.pause")
    ]
    assert result.is_complete


def test_another_address_that_a_deviation_names_is_recorded(compare: Compare) -> None:
    page = "URL: https://api.acme.example.com/v1/task/query or https://api.acme.example.com/v2/task/query\n"
    result = compare(page + FIELDS)
    assert absent(result) == [("https://api.acme.example.com/v2/task/query", "deviation")]


def test_another_method_of_the_address_is_another_endpoint(compare: Compare) -> None:
    page = "method: GET read; DELETE delete; PATCH change\nURL: https://api.acme.example.com/v1/task/{id}\n"
    result = compare(page + FIELDS)
    assert names(result) == ["acme.tasks.get"]
    assert absent(result) == [
        ("DELETE https://api.acme.example.com/v1/task/{id}", "left_out: acme.tasks.remove"),
        ("PATCH https://api.acme.example.com/v1/task/{id}", None),
    ]


def test_one_table_may_describe_several_endpoints(compare: Compare) -> None:
    page = (
        "method: POST add; PUT change\nURL: https://{ip}:{port}/rest/v1/{vdnId}/calls/{campaignId}\n\n"
        "## request\n\n| name | parent | type | required |\n|---|---|---|---|\n| vdnId | path | int | True |\n"
        "| locale | header | String | False |\n| called | body | String | True |\n"
        "| priority | body (PUT) | int | False |\n| colour | body | String | False |\n"
    )
    result = compare(page)
    assert names(result) == ["borealis.calls.add", "borealis.calls.update"]
    missing = [d.at for c in result.comparisons for d in c.differences if d.kind == "missing"]
    assert missing == ["request.colour"]


def test_a_table_may_hold_fields_of_an_endpoint_that_is_left_out(compare: Compare) -> None:
    page = (
        "URL: https://api.acme.example.com/v1/task/create ; …/pause ; …/stop\n\n## request\n\n"
        "| name | parent | type | required |\n|---|---|---|---|\n| name | root | String | Yes |\n"
        '| pauseId | root | int | |\n| stopId | root | int | |\n\n```\n{"pauseId": 1}\n```\n'
    )
    result = compare(page)
    (comparison,) = result.comparisons
    missing = [(d.at, d.recorded) for d in comparison.differences if d.kind == "missing"]
    assert missing == [
        ("request.pauseId", "left_out: acme.tasks.pause"),
        ("request.stopId", None),
        ('{"pauseId": 1}', "missing"),
    ]
    assert [recorded for _, recorded in absent(result)] == ["left_out: acme.tasks.pause", None]


def test_an_ellipsis_without_an_address_before_it_is_nothing(compare: Compare) -> None:
    page = "URL: …/create\n\nURL: https://api.acme.example.com/ and /v1/task/query\n"
    assert names(compare(page + FIELDS)) == ["acme.tasks.query"]


def test_a_page_may_hold_one_section_for_each_endpoint(compare: Compare) -> None:
    one = "## Make\n\nURL: https://api.acme.example.com/v1/task/create\n\n### Request\n" + FIELDS
    other = "## List\n\nURL: https://api.acme.example.com/v1/task/query\n\n### Request\n" + FIELDS
    result = compare("# Tasks\n\nIntroduction.\n\n" + one + CODES + other)
    assert names(result) == ["acme.tasks.create", "acme.tasks.query"]
    codes = [[i.at for i in c.items if i.aspect == "code"] for c in result.comparisons]
    assert codes == [["errors.-1"], []]


def test_a_push_is_found_by_the_page_that_it_was_read_on(compare: Compare) -> None:
    page = (
        "# Push\n\n| name | parent | type |\n|---|---|---|\n| array | root | Array |\n| taskId | array | Long |\n| status | array | Int |\n\n"
        '## response\n\n| name | parent | type |\n|---|---|---|\n| ret | root | String |\n\n```json\n{"ret":"0"}\n```\n'
        "\nSource: acme.example.com/docs/pushReport\n"
    )
    (comparison,) = compare(page).comparisons
    assert comparison.spec.name == "acme.tasks.report"
    assert [d for d in comparison.differences if d.kind != "extra"] == []


def test_an_array_that_is_a_field_of_its_own_is_one(compare: Compare) -> None:
    page = "| name | parent | type |\n|---|---|---|\n| array | root | List |\n| taskId | array | Long |\n"
    (comparison,) = compare(page, endpoint="acme.tasks.report_batch").comparisons
    assert [i.at for i in comparison.items] == ["request.array", "request.array.taskId"]
    assert [d for d in comparison.differences if d.kind != "extra"] == []


def test_pushes_of_one_page_are_told_apart(compare: Compare) -> None:
    one = "## Ended\n\n| name | type |\n|---|---|\n| taskId | Long |\n\nSource: https://acme.example.com/docs/pushReport\n\n"
    other = "## Ringing\n\n| name | type |\n|---|---|\n| ringId | Long |\n\nSource: https://acme.example.com/docs/ring\n"
    result = compare("# Pushes\n\n" + one + other)
    assert names(result) == ["acme.tasks.report"]
    assert absent(result) == [("push: Ringing", None)]
    assert not result.is_complete


def test_a_table_with_nothing_around_it_is_a_push_that_is_not_there(compare: Compare) -> None:
    assert absent(compare("| name | type |\n|---|---|\n| a | int |\n")) == [("push", None)]


def test_an_endpoint_can_be_named_whatever_the_page_prints(compare: Compare) -> None:
    result = compare("nothing" + FIELDS, endpoint="acme.tasks.create")
    assert names(result) == ["acme.tasks.create"]


def test_a_push_can_be_named_too(compare: Compare) -> None:
    result = compare(
        "x\n\n| name | type |\n|---|---|\n| taskId | Long |\n", endpoint="acme.tasks.report"
    )
    (comparison,) = result.comparisons
    assert [d.kind for d in comparison.differences if d.kind == "missing"] == []


@pytest.mark.parametrize(
    ("page", "endpoint", "message"),
    [
        (
            FIELDS,
            "acme.tasks.creat",
            "no endpoint acme.tasks.creat; did you mean acme.tasks.create?",
        ),
        (FIELDS, "x", "the specs have no endpoint x"),
        ("nothing", "acme.tasks.create", "no table of fields or codes was found"),
        ("nothing", None, "no address of an API, and no table of fields"),
        (CODES, None, "no address of an API, and no table of fields"),
        (
            "URL: https://api.acme.example.com/v1/task/create",
            None,
            "prints an address, but no table of fields or codes was found",
        ),
    ],
)
def test_what_can_not_be_compared_is_said(
    page: str, endpoint: str | None, message: str, compare: Compare
) -> None:
    with pytest.raises(PageError) as raised:
        compare(page, endpoint=endpoint)
    assert message in str(raised.value)


def test_tables_of_other_things_are_not_compared(compare: Compare) -> None:
    other = (
        "\n| brand | host |\n|---|---|\n| a | b |\n\n| code | name |\n|---|---|\n| India | x |\n"
    )
    with pytest.raises(PageError, match="no table of fields"):
        compare("URL: https://api.acme.example.com/v1/task/create\n" + other)


def test_pages_of_a_folder_that_are_about_nothing_are_set_aside(compare: Compare) -> None:
    result = compare("nothing", folder=("pages", "deeper"))
    assert result.aside == {
        "pages/deeper/page.md": "it prints no address of an API, and no table of fields"
    }
    assert result.is_complete


def test_lists_of_codes_are_compared_with_the_provider_of_their_folder(compare: Compare) -> None:
    page = "# Codes\n" + CODES + "| -22 | parameter |\n| -60 | of another product |\n| -6 | odd |\n"
    result = compare(page, folder=("facts", "acme"))
    (comparison,) = result.comparisons
    assert comparison.spec.name == "acme: all codes"
    assert [(d.at, d.recorded) for d in comparison.differences] == [
        ("errors.-60", "notes"),
        ("errors.-6", None),
    ]


def test_tables_headed_by_a_field_are_compared_with_its_enum(compare: Compare) -> None:
    page = "| class | failCode | meaning |\n|---|---|---|\n| a | 00000 | ok |\n| b | 00531 | x |\n| c | 00999 | y |\n"
    result = compare(page, folder=("facts", "borealis"))
    (comparison,) = result.comparisons
    assert [i.at for i in comparison.items] == [
        "failCode.00000",
        "failCode.00531",
        "failCode.00999",
    ]
    assert [d.at for d in comparison.differences] == ["failCode.00999"]


def test_a_provider_folder_without_codes_is_set_aside(compare: Compare) -> None:
    assert list(compare("nothing", folder=("facts", "acme")).aside) == ["facts/acme/page.md"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file or folder"),
        (b"\xff\xfe\x00", "not UTF-8; save the page again in that encoding"),
        (b" " * 5_000_001, "larger than 5 MB"),
    ],
)
def test_files_that_are_no_pages_are_refused(
    content: bytes | None, message: str, vendors: Api, tmp_path: Path
) -> None:
    path = tmp_path / "page.md"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PageError) as raised:
        survey(vendors, [path])
    assert message in str(raised.value)


def test_a_folder_without_pages_is_refused(vendors: Api, tmp_path: Path) -> None:
    with pytest.raises(PageError, match="holds no page"):
        survey(vendors, [tmp_path])


def test_a_file_that_can_not_be_opened_is_said(
    vendors: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.md"
    path.write_text("x", encoding="utf-8")

    def refuse(self: Path, **_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(PageError, match="cannot be read: Permission denied"):
        survey(vendors, [path])
