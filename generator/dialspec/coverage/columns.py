"""What the columns of a table hold: heads and cells in, a table of fields or of codes out.

Vendors' heads lie: one page heads both the required column and the column of types `Required`, another the column of
types alone. So the cells decide where they can, and the head where they cannot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from dialspec.coverage.families import documented_families

if TYPE_CHECKING:
    from dialspec.coverage.blocks import Table

Role = Literal["number", "name", "parent", "type", "required", "values", "text", "code"]

_WORDS: Final[dict[Role, str]] = {
    "number": "no. | no | # | s/n | 序号",
    "name": (
        "name | parameter | parameters | parameter name | param | field | fields | field name | key"
        " | 参数 | 参数名 | 参数名称 | 字段 | 字段名 | 名称"
    ),
    "parent": "parent | location/parent | location | in | position | 位置 | 父级",
    "type": "type | type as documented | value type | data type | parameter type | 类型 | 参数类型",
    "required": "required | required? | mandatory | mandatory? | must | m/o | 必填 | 是否必填 | 必选",
    "values": "enum values | values | enum | allowed values | 枚举 | 取值 | 取值范围",
    "text": (
        "description | meaning | constraints | remark | remarks | note | notes | explanation"
        " | 说明 | 描述 | 备注 | 参数说明 | 含义"
    ),
    "code": (
        "code | status | status code | error code | result code | resultcode | return code | response code"
        " | 错误码 | 状态码 | 返回码 | 响应码"
    ),
}
_HEADS: Final[dict[str, Role]] = {
    head: role for role, heads in _WORDS.items() for head in heads.split(" | ")
}
_YES_NO: Final = re.compile(
    r"(?:yes|no|true|false|y|n|m|o|是|否|required|optional|mandatory)\b.*", re.IGNORECASE
)
_CODE: Final = re.compile(r"-?\d[\d-]*|[A-Z]{1,6}[.-]?\d{3,}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each role, where the table has one."""

    kind: Literal["fields", "codes"]
    at: dict[Role, int]

    def cell(self, row: tuple[str, ...], role: Role) -> str:
        """The cell of a row that plays a role; empty if no column does."""
        index = self.at.get(role)
        return "" if index is None else row[index]


def columns(table: Table) -> Columns | None:
    """Tell what a table holds; None if it is neither fields nor codes."""
    roles: list[Role | None] = [_role(head) for head in table.head]
    for index, role in enumerate(roles):
        cells = [row[index] for row in table.rows if row[index]]
        if role == "required" and _mostly(cells, _is_type):
            roles[index] = "type"
        elif role in {None, "type"} and _mostly(cells, _YES_NO.fullmatch):
            roles[index] = "required"
        elif role is None and _mostly(cells, _is_type):
            roles[index] = "type"
    at: dict[Role, int] = {}
    for index, role in enumerate(roles):
        if role is not None:
            at.setdefault(role, index)
    if "code" in at and "type" not in at:
        codes = [row[at["code"]] for row in table.rows if row[at["code"]]]
        return Columns("codes", at) if _mostly(codes, codes_in) else None
    if "name" in at and ("type" in at or "required" in at):
        return Columns("fields", at)
    return None


def _role(head: str) -> Role | None:
    return _HEADS.get(" ".join(head.lower().split()))


def _is_type(cell: str) -> bool:
    return len(cell.split()) < 4 and bool(documented_families(cell)[0])


def _mostly(cells: list[str], matches: object) -> bool:
    return (
        bool(cells) and callable(matches) and sum(map(bool, map(matches, cells))) > len(cells) / 2
    )


def codes_in(cell: str) -> list[str]:
    """Give the codes of a cell as vendors print them, such as `-22` or `-38, -39 / -40`; empty if it holds words."""
    texts = re.split(r"\s*[,/]\s*", cell.strip())
    return texts if all(map(_CODE.fullmatch, texts)) else []
