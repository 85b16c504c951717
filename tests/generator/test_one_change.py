"""After a change, taking over the parts that are as they were gives the same bytes as making everything anew."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from dialspec.api import Api
from dialspec.cache.parts import EarlierParts
from dialspec.cache.runs import Generated, Inputs
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import Built, Project, build, read, rebuild
from dialspec.publish import digest, publish

ROOT: Final = Path(__file__).parents[2]
FILES: Final = sorted(
    path.relative_to(ROOT / "specs").as_posix() for path in (ROOT / "specs").rglob("*.yaml")
)
MORE: Final = """\
# yaml-language-server: $schema=../schema.json
resource: more
summary: More calls.

types:
  Choice:
    summary: What to do.
    fields:
      number: {type: integer, summary: How many.}
      state: {type: MoreState, summary: Which.}

enums:
  MoreState:
    base: integer
    members:
      1: {name: one, label: {en: One}}

endpoints:
  look:
    summary: Look at something.
    http: POST /look
    effect: read
    request:
      choice: {type: Choice, summary: What to look at.}
    response: {type: boolean}
"""
OTHER: Final = """\
# yaml-language-server: $schema=../schema.json
resource: other
summary: Other calls.

endpoints:
  act:
    summary: Do something.
    http: POST /act
    effect: unsafe
    request:
      count: {type: integer, summary: How many.}
    response: {type: boolean}
"""


class Counting(EarlierParts):
    """Earlier parts that count how many were taken over."""

    taken = 0

    def files_of(self, key: str) -> dict[str, str] | None:
        """The files of a part, if they are as they were."""
        files = super().files_of(key)
        self.taken += files is not None
        return files


class Workshop:
    """Specs, and an output folder that an earlier run filled."""

    def __init__(self, folder: Path, specs: Path) -> None:
        self.specs = Path(shutil.copytree(specs, folder / "specs"))
        self.out = folder / "out"
        self.run: Generated | None = None
        self.taken = 0
        self.parts = 0

    def generate(self, tool: str = "tool") -> dict[str, str]:
        """Generate as the command does; give what stands in the output folder then."""
        earlier = Counting(tool, self.out, self.run)
        built = rebuild(Project(self.specs), self.api(), earlier)
        publish(built.files, self.out)
        self.run = _remembered(built)
        self.taken, self.parts = earlier.taken, len(built.parts)
        return {path: (self.out / path).read_text() for path in built.files}

    def anew(self) -> dict[str, str]:
        """Generate without any earlier run."""
        return build(Project(self.specs), self.api())

    def api(self) -> Api:
        """Read the specs."""
        return read(self.specs, Diagnostics())[1]

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text in a spec."""
        path = self.specs / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))


def _remembered(built: Built) -> Generated:
    hashes = {path: digest(text.encode()) for path, text in built.files.items()}
    return Generated(Inputs("tool", "specs"), hashes, "", built.parts)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """The project's specs, generated once."""
    workshop = Workshop(tmp_path, ROOT / "specs")
    workshop.generate()
    return workshop


@pytest.fixture
def small(tmp_path: Path) -> Workshop:
    """Specs of two resources with little in them, generated once."""
    workshop = Workshop(tmp_path, ROOT / "tests" / "spec" / "base")
    (workshop.specs / "demo" / "more.yaml").write_text(MORE)
    (workshop.specs / "demo" / "other.yaml").write_text(OTHER)
    workshop.generate()
    return workshop


def test_with_nothing_changed_every_part_is_taken_over(workshop: Workshop) -> None:
    assert workshop.generate() == workshop.anew()
    assert workshop.taken == workshop.parts > 5


@pytest.mark.parametrize("file", FILES)
def test_any_file_may_change(workshop: Workshop, file: str) -> None:
    text = (workshop.specs / file).read_text()
    for found in ("summary: ", "documented: ", "observed: ", "advice: ", "en: ", "title: "):
        text = re.sub(rf"({found}[\"']?)(?=[A-Z])", r"\1So ", text, count=3)
    text = re.sub(r"(retrieved: \d{4}-\d\d-)\d\d", r"\g<1>09", text)
    (workshop.specs / file).write_text(text)
    assert workshop.generate() == workshop.anew()
    is_shared = file.endswith(("provider.yaml", "platform.yaml"))
    assert is_shared or workshop.parts - 4 <= workshop.taken < workshop.parts


def _give_type_to_other(small: Workshop) -> None:
    small.edit("demo/other.yaml", "count: {type: integer", "count: {type: Choice")


def _answer_with_type(small: Workshop) -> None:
    small.edit("demo/more.yaml", "choice: {type: Choice", "choice: {type: integer")
    small.edit("demo/other.yaml", "response: {type: boolean}", "response: {type: Choice}")


def _stop_using_type(small: Workshop) -> None:
    small.edit("demo/more.yaml", "choice: {type: Choice", "choice: {type: integer")


def _use_type_elsewhere_only(small: Workshop) -> None:
    _stop_using_type(small)
    _give_type_to_other(small)


def _use_enum_elsewhere(small: Workshop) -> None:
    small.edit("demo/other.yaml", "count: {type: integer", "count: {type: MoreState")


def _move_enum(small: Workshop) -> None:
    text = (small.specs / "demo" / "more.yaml").read_text()
    start, end = text.index("enums:"), text.index("endpoints:")
    (small.specs / "demo" / "more.yaml").write_text(text[:start] + text[end:])
    small.edit("demo/other.yaml", "endpoints:", f"{text[start:end]}endpoints:")


def _remove_resource(small: Workshop) -> None:
    (small.specs / "demo" / "other.yaml").unlink()


def _rename_resource(small: Workshop) -> None:
    (small.specs / "demo" / "other.yaml").rename(small.specs / "demo" / "others.yaml")
    small.edit("demo/others.yaml", "resource: other", "resource: others")


def _share_type(small: Workshop) -> None:
    text = (small.specs / "demo" / "more.yaml").read_text()
    start, end = text.index("types:"), text.index("enums:")
    (small.specs / "demo" / "more.yaml").write_text(text[:start] + text[end:])
    with (small.specs / "demo" / "provider.yaml").open("a") as file:
        file.write(f"\n{text[start:end]}")


def _change_paging(small: Workshop) -> None:
    small.edit("demo/provider.yaml", "maximum_size: 100", "maximum_size: 200")


def _add_endpoint(small: Workshop) -> None:
    start = OTHER.index("  act:")
    with (small.specs / "demo" / "other.yaml").open("a") as file:
        file.write(OTHER[start:].replace("act", "react"))


CHANGES: Final[dict[Callable[[Workshop], None], int]] = {
    _give_type_to_other: 2,
    _answer_with_type: 1,
    _stop_using_type: 2,
    _use_type_elsewhere_only: 1,
    _use_enum_elsewhere: 2,
    _move_enum: 1,
    _remove_resource: 2,
    _rename_resource: 2,
    _share_type: 2,
    _change_paging: 0,
    _add_endpoint: 2,
}
"""What changes, and how many of the parts (tasks, more, other) stay as they were."""


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_what_one_file_does_to_another_is_seen(
    small: Workshop, change: Callable[[Workshop], None]
) -> None:
    change(small)
    assert small.generate() == small.anew()
    assert small.taken <= CHANGES[change]
    assert small.generate() == small.anew()
    assert small.taken == small.parts


def test_another_tool_makes_everything_anew(workshop: Workshop) -> None:
    assert workshop.generate("another") == workshop.anew()
    assert workshop.taken == 0


def test_a_part_whose_files_do_not_stand_is_made_anew(workshop: Workshop) -> None:
    page = next((workshop.out / "docs" / "nio").rglob("*.md"))
    page.unlink()
    assert workshop.generate() == workshop.anew()
    assert workshop.taken >= workshop.parts - 1
    models = workshop.out / "dialspec_clients/nio/models/preview_tasks.py"
    models.unlink()
    models.symlink_to(workshop.out / "dialspec_clients/nio/models/group_calls.py")
    earlier = Counting("tool", workshop.out, workshop.run)
    assert rebuild(Project(workshop.specs), workshop.api(), earlier).files == workshop.anew()
    assert earlier.taken == workshop.parts - 1


def test_a_planted_list_of_parts_changes_nothing(workshop: Workshop) -> None:
    run = workshop.run
    assert run is not None
    keys = list(run.parts)
    planted = dict(
        zip(keys, [*list(run.parts.values())[1:], ["../specs/schema.json"]], strict=True)
    )
    workshop.run = Generated(run.inputs, run.files, run.schema, planted)
    earlier = Counting("tool", workshop.out, workshop.run)
    assert earlier.files_of(keys[-1]) is None
