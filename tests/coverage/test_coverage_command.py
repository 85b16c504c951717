"""`dialspec coverage`, as users run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialspec.cli.root import root as dialspec

SPECS = Path(__file__).parent / "specs"
URL = "method: POST\nURL: https://api.acme.example.com/v1/task/"
HEAD = (
    "\n\n## request\n\n| name | parent | type | required | constraints |\n|---|---|---|---|---|\n"
)
WHOLE = "| name | root | String | Yes | |\n| noticeType | root | Int | No | |\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(dialspec, ["coverage", "--specs", str(SPECS), *map(str, arguments)])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of which everything is in the specs or recorded."""
    path = tmp_path / "page.md"
    path.write_text(URL + "create" + HEAD + WHOLE, encoding="utf-8")
    return path


@pytest.fixture
def lacking(tmp_path: Path) -> Path:
    """A folder with a page of which something is not in the specs, and others."""
    folder = tmp_path / "pages"
    folder.mkdir()
    rows = "| name | root | Long | No | |\n| colour\x1b[2J | root | String | Yes | |\n"
    (folder / "a.md").write_text(URL + "create" + HEAD + rows, encoding="utf-8")
    (folder / "b.md").write_text(URL + "qery" + HEAD + WHOLE, encoding="utf-8")
    (folder / "c.md").write_text("# About\n", encoding="utf-8")
    (folder / "d.md").write_text(URL + "pause" + HEAD + WHOLE, encoding="utf-8")
    return folder


def test_the_report_says_what_differs_and_how_much_is_there(lacking: Path) -> None:
    done = run(lacking)
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0] == "acme.tasks.create  POST /v1/task/create  50% of 2  (pages/a.md)"
    assert (
        r"  missing    field     request.colour\x1b[2J  documented: String, required  line 9"
    ) in lines
    assert "  different  type      request.name  documented: Long; specs: string  line 8" in lines
    assert (
        "  different  required  request.name  documented: optional; specs: required  line 8"
        in lines
    )
    assert "  extra      field     request.source  specs: integer" in lines
    assert (
        "no endpoint  POST https://api.acme.example.com/v1/task/qery  "
        "(pages/b.md, line 2; nearest is acme.tasks.query)"
    ) in lines
    assert (
        "no endpoint  POST https://api.acme.example.com/v1/task/pause  "
        "(pages/d.md, line 2)  (recorded: left_out: acme.tasks.pause)"
    ) in lines
    assert (
        "not compared  pages/c.md: it prints no address of an API, and no table of fields" in lines
    )
    assert lines[-1] == (
        "total  50%  1 endpoints and pushes, 1 of 2 documented facts in the specs, 0 recorded as missing, 1 missing, "
        "1 endpoints missing"
    )


def test_what_is_recorded_does_not_fail(page: Path) -> None:
    done = run(page)
    assert done.exit_code == 0
    assert (
        "request.noticeType  documented: Int, optional  line 9  (recorded: missing)" in done.output
    )
    assert "100% of 2" in done.output


def test_brief_leaves_out_what_is_recorded(page: Path) -> None:
    assert "noticeType" not in run(page, "--brief").output


def test_json_holds_the_same(lacking: Path) -> None:
    done = run(lacking, "--format", "json")
    assert done.exit_code == 1
    given = json.loads(done.output)
    assert given["complete"] is False
    assert given["total"] == {"documented": 2, "found": 1, "recorded": 0, "percent": 50.0}
    (endpoint,) = given["endpoints"]
    assert (endpoint["name"], endpoint["kind"], endpoint["status"], endpoint["page"]) == (
        "acme.tasks.create", "endpoint", "partial", "pages/a.md"
    )  # fmt: skip
    assert endpoint["differences"][0] == {
        "kind": "missing",
        "aspect": "field",
        "at": "request.colour\x1b[2J",
        "documented": "String, required",
        "specified": "",
        "recorded": None,
        "line": 9,
    }
    assert [item["recorded"] for item in given["without_endpoint"]] == [
        None,
        "left_out: acme.tasks.pause",
    ]
    assert [item["page"] for item in given["not_compared"]] == ["pages/c.md"]


def test_a_push_is_called_one(tmp_path: Path) -> None:
    path = tmp_path / "push.txt"
    path.write_text("| name | type |\n|---|---|\n| taskId | Long |\n", encoding="utf-8")
    assert run(path, "--endpoint", "acme.tasks.report").output.startswith(
        "acme.tasks.report  push  100%"
    )


def test_wrong_use_is_status_2_with_a_remedy(page: Path) -> None:
    done = run(page, "--endpoint", "acme.task.create")
    assert done.exit_code == 2
    assert "did you mean acme.tasks.create?" in done.output
    assert run("nowhere.md").exit_code == 2
    assert run().exit_code == 2


def test_broken_specs_are_reported_first(page: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "acme"
    broken.mkdir(parents=True)
    (broken / "provider.yaml").write_text("provider: 1\n", encoding="utf-8")
    done = CliRunner().invoke(dialspec, ["coverage", "--specs", str(broken.parent), str(page)])
    assert done.exit_code == 1
    assert "DS1" in done.output
    assert "total" not in done.output
