"""Open enums: real members for what is documented, stand-ins for what is not."""

from __future__ import annotations

import copy
import gc
import pickle
from enum import IntEnum, StrEnum
from typing import Any

import pytest

from dialspec_runtime import OpenIntEnum, OpenStrEnum, Record


class State(OpenIntEnum):
    """State of a task."""

    CALLING = 1, "Call in progress"
    PAUSED = 15, {"en": "Paused", "zh": "任务暂停"}
    BARE = 16


class Kind(OpenStrEnum):
    """Kind of a call."""

    PREDICTED = "2", "Predicted"
    OTHER = "00604", {"en": "No answer"}
    BARE = "x"


class Task(Record):
    """One task."""

    state: State | None = None
    kind: Kind | None = None
    states: list[State] | None = None


def decode(text: str) -> Task:
    """Decode as an answer is decoded."""
    return Task.model_validate_json(text)


def test_members_are_numbers_and_texts() -> None:
    assert issubclass(OpenIntEnum, IntEnum)
    assert issubclass(OpenStrEnum, StrEnum)
    assert State.CALLING == 1
    assert State.CALLING + 1 == 2
    assert f"{State.CALLING}" == "1"
    assert Kind.PREDICTED == "2"
    assert f"{Kind.PREDICTED}" == "2"
    assert State(15) is State.PAUSED
    assert [member.value for member in State] == [1, 15, 16]


def test_members_have_labels_in_the_documented_languages() -> None:
    assert State.CALLING.label == "Call in progress"
    assert State.PAUSED.label == "Paused"
    assert State.PAUSED.labels == {"en": "Paused", "zh": "任务暂停"}
    assert State.BARE.label == ""
    assert Kind.OTHER.label == "No answer"
    assert Kind.OTHER.labels == {"en": "No answer"}
    assert Kind.BARE.labels == {}


@pytest.mark.parametrize("text", ['{"state": 5e0, "kind": 7}', '{"state": "5", "kind": "7"}'])
def test_values_that_are_not_documented_are_let_through(text: str) -> None:
    task = decode(text)
    assert task.state == 5
    assert task.state is not None
    assert task.state.is_unknown
    assert task.state.label == ""
    assert repr(task.state) == "State(5)"
    assert task.kind == "7"
    assert task.kind is not None
    assert task.kind.is_unknown
    assert task.kind.labels == {}
    assert repr(task.kind) == "Kind('7')"


@pytest.mark.parametrize(
    "text",
    ['{"state": 15, "kind": "2"}', '{"state": "15", "kind": 2}', '{"state": 15.0, "kind": 2}'],
)
def test_numbers_as_text_and_text_as_numbers_find_their_members(text: str) -> None:
    task = decode(text)
    assert task.state is State.PAUSED
    assert task.kind is Kind.PREDICTED
    assert not State.PAUSED.is_unknown
    assert repr(State.PAUSED) == "<State.PAUSED: 15>"
    assert repr(Kind.PREDICTED) == "<Kind.PREDICTED: '2'>"


@pytest.mark.parametrize(
    "text",
    ['{"state": "soon"}', '{"state": 1.5}', '{"state": {}}', '{"kind": []}', '{"kind": true}'],
)
def test_what_is_no_value_at_all_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="1 validation error"):
        decode(text)


def test_members_are_found_by_what_vendors_send_instead_of_their_values() -> None:
    by_value: Any = State
    assert by_value("15") is State.PAUSED
    assert by_value(15.0) is State.PAUSED
    by_value = Kind
    assert by_value(2) is Kind.PREDICTED
    with pytest.raises(ValueError, match="is not a valid Kind"):
        by_value(True)


def test_stand_ins_behave_like_their_values() -> None:
    one, other = State(99), State(99)
    assert one == other == 99
    assert hash(one) == hash(99)
    assert {one: "x"}[other] == "x"
    assert Kind("zz") == "zz"
    assert hash(Kind("zz")) == hash("zz")
    assert one.name == "UNKNOWN"


@pytest.mark.parametrize("member", [State.PAUSED, State(99), Kind.OTHER, Kind("zz")])
def test_members_and_stand_ins_pickle_and_copy(member: State | Kind) -> None:
    pickled = pickle.loads(pickle.dumps(member))  # noqa: S301  # our own
    for twin in (pickled, copy.copy(member), copy.deepcopy(member)):
        assert twin == member
        assert type(twin) is type(member)
        assert twin.is_unknown == member.is_unknown


def test_endless_new_values_leave_nothing_behind() -> None:
    members = len(State.__members__)
    decode('{"states": [' + ",".join(str(number) for number in range(1000, 6000)) + "]}")
    gc.collect()
    assert len(State.__members__) == members
    assert len(State._value2member_map_) == members


def test_they_serialise_as_their_values() -> None:
    document = {"state": 99, "kind": "zz", "states": [1, 77]}
    task = Task.model_validate(document)
    assert task.wire() == document
