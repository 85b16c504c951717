"""From the bytes of a page of 100 rows to objects, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

from benchmarks.measuring.contestants import Contestant, started
from benchmarks.measuring.groups import measured_group
from benchmarks.measuring.plan import Plan
from benchmarks.places import DIALSPEC, OPENAI, PEERS
from benchmarks.results import Group, Kind

NAME: Final = "decode"
TITLE: Final = "Decoding"
GROUP: Final = "page_100"
HAND_WRITTEN: Final = "hand-written pydantic"
OURS: Final = "dialspec"
OPENAPI_PYTHON_CLIENT: Final = "openapi-python-client"
OPENAI_CONSTRUCT: Final = "openai construct"

DECODERS: Final = (
    Contestant("msgspec", Kind.FLOOR, DIALSPEC, "decode:msgspec_struct", "a decoder for structs"),
    Contestant("json.loads", Kind.FLOOR, DIALSPEC, "decode:json_loads", "dictionaries"),
    Contestant(
        HAND_WRITTEN,
        Kind.FLOOR,
        DIALSPEC,
        "decode:hand_written_pydantic",
        "model_validate_json; aliases, an enum, extra=allow",
    ),
    Contestant(
        OPENAI_CONSTRUCT,
        Kind.PEER,
        OPENAI,
        "decode:openai_construct",
        "construct(**json.loads(…)), which checks nothing",
    ),
    Contestant(
        "openapi-generator", Kind.PEER, PEERS, "decode:openapi_generator", "from_json of the model"
    ),
    Contestant(
        OPENAPI_PYTHON_CLIENT,
        Kind.PEER,
        PEERS,
        "decode:openapi_python_client",
        "from_dict(json.loads(…)) of the model",
    ),
    Contestant(
        "datamodel-code-generator",
        Kind.PEER,
        PEERS,
        "decode:datamodel_code_generator",
        "model_validate_json of the model",
    ),
    Contestant(
        OURS,
        Kind.OURS,
        DIALSPEC,
        "decode:ours",
        "what reads every answer: status, envelope, rows",
    ),
    Contestant(
        "dialspec, parse()",
        Kind.OURS,
        DIALSPEC,
        "decode:ours_parsing",
        "the same and more: parse() of a raw response, to a page",
    ),
)


def measure(plan: Plan) -> Iterator[Group]:
    """Measure rows a second."""
    with ExitStack() as stack:
        entries, left_out = started(stack, DECODERS, {}, seconds=plan.seconds)
        yield measured_group(
            GROUP,
            "A page of 100 rows with 32 columns, to objects",
            unit="rows/s",
            higher_is_better=True,
            reference=HAND_WRITTEN,
            entries=entries,
            rounds=plan.quick_rounds,
            report=plan.report,
            left_out=left_out,
        )
