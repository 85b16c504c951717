"""From the bytes of a page of 100 rows to objects: floors, peers and ours.

Every contender gets the same bytes and gives all rows as objects of its own, which are let go before the next page.
As in real life no body is decoded twice: each page of a batch is a copy of its own, made beforehand.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from benchmarks.api.answers import ROWS_PER_PAGE, TASK_ID, page
from benchmarks.contenders.endpoint import Settings, rows_of
from benchmarks.contenders.runs import Batched, Contender, Rows

_BATCH: Final = 50


def json_loads(_settings: Settings) -> Contender:
    """`json.loads`: dictionaries."""
    return _decoding(lambda raw: rows_of(json.loads(raw)))


def hand_written_pydantic(_settings: Settings) -> Contender:
    """`model_validate_json` of hand-written models: the reference."""
    from benchmarks.contenders.pydantic_models import Answer

    def decode(raw: bytes) -> Rows:
        data = Answer.model_validate_json(raw).data
        return data.records or [] if data else []

    return _decoding(decode)


def msgspec_struct(_settings: Settings) -> Contender:
    """A msgspec decoder for structs with the same fields."""
    from benchmarks.contenders.msgspec_structs import decoder

    decode_page = decoder().decode

    def decode(raw: bytes) -> Rows:
        rows: Rows = decode_page(raw).data.records
        return rows

    return _decoding(decode)


def openai_construct(_settings: Settings) -> Contender:
    """`construct` of openai-python's models, from `json.loads`."""
    answer: Any = importlib.import_module("benchmarks.contenders.openai_models").answer_class()

    def decode(raw: bytes) -> Rows:
        rows: Rows = answer.construct(**json.loads(raw)).data.records
        return rows

    return _decoding(decode)


def openapi_generator(_settings: Settings) -> Contender:
    """`from_json` of the generated models."""
    answer_class: Any = importlib.import_module("bench_og").PreviewQueryTaskDetailResponse

    def decode(raw: bytes) -> Rows:
        rows: Rows = answer_class.from_json(raw).data.records
        return rows

    return _decoding(decode)


def openapi_python_client(_settings: Settings) -> Contender:
    """`from_dict` of the generated models, from `json.loads`."""
    answer_class: Any = importlib.import_module("bench_opc.models").PreviewQueryTaskDetailResponse

    def decode(raw: bytes) -> Rows:
        rows: Rows = answer_class.from_dict(json.loads(raw)).data.records
        return rows

    return _decoding(decode)


def datamodel_code_generator(_settings: Settings) -> Contender:
    """`model_validate_json` of the generated models."""
    answer_class: Any = importlib.import_module("bench_dcg.models").PreviewQueryTaskDetailResponse

    def decode(raw: bytes) -> Rows:
        rows: Rows = answer_class.model_validate_json(raw).data.records
        return rows

    return _decoding(decode)


def ours(_settings: Settings) -> Contender:
    """What reads every answer of the generated client: the model, its envelope, and whether it is a success."""
    from dialspec_runtime.answers import Accepted
    from dialspec_runtime.decode import read_answer
    from dialspec_runtime.reply import Reply

    redactor: Any = _client().__inside__()[0].redactor
    operation: Any = vars(importlib.import_module("bench_clients.bench.resources.preview"))[
        "_QUERY_TASK_DETAIL"
    ]

    def decode(raw: bytes) -> Rows:
        answer = read_answer(operation, Reply(200, (), raw), redactor=redactor)
        assert isinstance(answer, Accepted)
        document: Any = answer.document
        rows: Rows = document.data.records
        return rows

    return _decoding(decode)


def ours_parsing(_settings: Settings) -> Contender:
    """`parse()` of raw responses: everything that happens to an answer between the wire and the user."""
    import httpx

    raw = page(1, ROWS_PER_PAGE)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=_copy(raw)))
    client = _client(http_client=httpx.Client(transport=transport))
    endpoint = client.with_raw_response.preview.query_task_detail

    def answers() -> list[Any]:
        return [endpoint(task_id=TASK_ID, size=ROWS_PER_PAGE) for _ in range(_BATCH)]

    def parse(answer: Any) -> Rows:
        items: Rows = answer.parse().items
        return items

    return _InRows(Batched(answers, parse, ROWS_PER_PAGE))


def _client(**options: object) -> Any:
    package: Any = importlib.import_module("bench_clients.bench")
    return package.Bench(api_key="key", api_secret="secret", **options)


class _InRows(Contender):
    """Counts rows instead of pages."""

    def __init__(self, pages: Contender) -> None:
        self._pages = pages

    def run(self, question: Mapping[str, Any]) -> Mapping[str, float]:
        """Give rows a second."""
        figures = dict(self._pages.run(question))
        figures["value"] *= ROWS_PER_PAGE
        return figures


def _decoding(decode: Callable[[bytes], Rows]) -> Contender:
    raw = page(1, ROWS_PER_PAGE)

    def bodies() -> list[bytes]:
        return [_copy(raw) for _ in range(_BATCH)]

    return _InRows(Batched(bodies, decode, ROWS_PER_PAGE))


def _copy(raw: bytes) -> bytes:
    return bytes(bytearray(raw))
