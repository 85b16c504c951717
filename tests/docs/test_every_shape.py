"""The pages of a vendor whose calls have every shape that the language can say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dialspec.api import Api
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import Project, build, read
from dialspec.simulator import Simulator, serve
from running_simulator import Vendor

SPECS = Path(__file__).parent / "specs"
BLOCK = re.compile(r"^```python\n(?P<source>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def workshop() -> Api:
    return read(SPECS, Diagnostics())[1]


@pytest.fixture(scope="module")
def output(workshop: Api) -> dict[str, str]:
    """Everything generated: clients, which the samples need, and docs."""
    return build(Project(SPECS, "workshop_clients"), workshop)


def page(output: dict[str, str], name: str) -> str:
    return output[f"docs/workshop/{name}.md"]


def cells(text: str, first: str) -> list[str]:
    """The cells of the first table row that begins with `first`."""
    row = next(line for line in text.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_every_sample_runs(output: dict[str, str], workshop: Api, tmp_path: Path) -> None:
    for path, text in output.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "numbers.xlsx").write_bytes(b"sample")
    programs = {
        f"{path}, block {number}": block["source"]
        for path, text in output.items()
        if path.startswith("docs/workshop/")
        for number, block in enumerate(BLOCK.finditer(text), 1)
    }
    provider = workshop.provider("workshop")
    pushes = [push for resource in provider.resources for push in resource.pushes]
    assert len(programs) == 2 * len([*provider.endpoints(), *pushes])
    runner = tmp_path / "run_samples.py"
    runner.write_text(
        f"for name, source in {programs!r}.items():\n"
        "    print(name)\n"
        "    exec(compile(source, name, 'exec'), {'__name__': '__main__'})\n"
    )
    simulator = Simulator(workshop, records=30)
    with serve(simulator) as root:
        done = subprocess.run(
            [sys.executable, "-W", "error", str(runner)],
            cwd=tmp_path,
            env=Vendor(simulator, root).environment("workshop"),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-3000:]


def test_a_condition_of_a_parameter_is_said_in_its_row(output: dict[str, str]) -> None:
    text = page(output, "shapes/make")
    assert cells(text, "`orders`")[4] == "when `finish` is `POLISHED` (`1`)"
    assert cells(text, "`polish`")[4] == "when `orders` is given"


def test_ranges_are_said_in_words(output: dict[str, str]) -> None:
    text = page(output, "shapes/make")
    assert cells(text, "`count`")[5] == "3–8"
    assert cells(text, "`weight`")[5] == "at least 2"
    assert cells(text, "`parts`")[5] == "2–4 items"
    assert cells(text, "`polish`")[5] == "exactly 4 characters"
    text = page(output, "shapes/describe")
    assert cells(text, "`since`")[5] == "from `08:00`, until `18:00`"
    assert cells(text, "`most`")[5:] == ["at most 5", "Vendor's default: `2`."]
    assert cells(text, "`deep`")[6] == "Vendor's default: `true`."
    assert cells(text, "`width`")[5] == "exactly 1"
    assert cells(text, "`tags`")[5] == "at least 1 items"
    assert cells(page(output, "shapes/rename"), "`shape_id`")[5] == "matches `[a-z][0-9]`"


def test_rules_between_parameters_are_listed(output: dict[str, str]) -> None:
    assert "- All or none of: `oil`, `wax`." in page(output, "shapes/make")
    assert "- At least one of: `wax`, `oil`." in page(output, "shapes/make")
    assert "- At most one of: `short`, `long`." in page(output, "shapes/rename")
    assert "lie at most 7 days apart" in page(output, "shapes/list")


def test_the_wire_form_and_zone_of_a_time_are_said(output: dict[str, str]) -> None:
    text = page(output, "shapes/list")
    assert cells(text, "`made_at`")[2] == "`datetime`: epoch milliseconds"
    assert cells(text, "`sold_at`")[2] == "`datetime`: `yyyy-MM-dd HH:mm:ss`, UTC"
    assert cells(text, "`seen_at`")[2] == "`datetime`: `yyyy-MM-dd HH:mm:ss`, `+08:00`"
    times = page(output, "index").split("## Times")[1]
    assert "| epoch seconds | part of the form | `shapes.make(end)` |" in times


def test_a_partial_page_says_what_is_missing(output: dict[str, str]) -> None:
    text = page(output, "shapes/make")
    assert "> Partly documented" in text
    assert "> - What a bench answers when it is broken." in text
    assert "| partial, deprecated |" in page(output, "index")
    completeness = output["docs/reference/completeness.md"]
    assert "5 of 6 endpoints are complete." in completeness
    assert "What a bench answers when it is broken." in completeness


def test_an_endpoint_that_is_left_out_is_listed_with_the_reason(output: dict[str, str]) -> None:
    left_out = output["docs/reference/completeness.md"].split(": left out")[1]
    assert "`shapes.melt`" in left_out
    assert "The page is cut off before its parameters." in left_out
    assert "It takes a temperature." in left_out


def test_a_call_that_may_give_nothing_says_so(output: dict[str, str]) -> None:
    assert r"<code>dict\[str, Part\] &#124; None</code>" in page(output, "shapes/describe")
    assert "&#124; None</code>" in page(output, "api")


def test_a_deprecated_call_says_so_first(output: dict[str, str]) -> None:
    text = page(output, "shapes/make")
    assert text.index("> Deprecated: Use the new bench.") < text.index("## Example")


def test_the_effect_and_its_reason_are_named(output: dict[str, str]) -> None:
    assert "**unsafe**" in page(output, "shapes/make")
    assert "It uses up material." in page(output, "shapes/make")
    assert "It uses up material." in output["docs/reference/retries.md"]


def test_documented_limits_are_on_the_page_and_in_the_overview(output: dict[str, str]) -> None:
    text = page(output, "shapes/list")
    assert "At most 2 calls at once" in text
    assert "At least 0.01 s between two calls" in text
    assert "At most a thousand rows a day." in page(output, "index").split("## Limits")[1]


def test_an_example_is_shown_as_printed_with_what_is_wrong_about_it(
    output: dict[str, str],
) -> None:
    text = page(output, "shapes/rename")
    assert '```json\n{"short": "a",}\n```' in text
    assert "not valid JSON: A comma too many." in text


def test_an_upload_is_shown_as_a_form(output: dict[str, str]) -> None:
    text = page(output, "shapes/upload")
    assert 'picture=Path("numbers.xlsx")' in text
    assert "curl" not in text, "the signature would cover a body whose boundary nobody knows"


def test_statuses_that_the_spec_names_are_in_the_table_of_retries(output: dict[str, str]) -> None:
    retries = output["docs/reference/retries.md"]
    assert "403, 418" in retries.split("## HTTP statuses")[1]


def test_a_push_says_what_to_answer_and_that_nobody_signs_it(output: dict[str, str]) -> None:
    text = page(output, "shapes/push_made")
    assert "`list[Shape]` under `body.shapes`" in text
    assert "Anything with status 200." in text
    assert "No push is documented as signed" in text
    assert '{"short": "sample name"}' in text
    assert "push_made.md" in page(output, "index")
    assert "push_made.md" in page(output, "api")


def test_the_title_of_a_vendor_is_text_and_never_markup(output: dict[str, str]) -> None:
    assert "# Workshop &#124; of \\*shapes\\*" in page(output, "index")


def test_a_server_without_public_address_is_said_to_need_one(output: dict[str, str]) -> None:
    assert "WORKSHOP_BASE_URL" in page(output, "index")
    assert "vendor.example.com" in page(output, "shapes/list")


def test_what_only_the_enum_page_shows_is_complete(output: dict[str, str], workshop: Api) -> None:
    text = page(output, "enums")
    for enum in workshop.provider("workshop").enums:
        for member in enum.members:
            assert f"`{member.name}`" in text
    assert "**Deprecated.** " in text
