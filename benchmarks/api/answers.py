"""What the vendor answers: pages of numbers, byte for byte as its own example prints them, without white space.

As in that example, three of a customer's twenty columns are filled, and much else is null. Rows are numbered from 1.
"""

from __future__ import annotations

from typing import Final

from benchmarks.api.mix import COLUMNS_OF_CUSTOMERS

STATES: Final = (5, 9, 1, 7)
ROWS_PER_PAGE: Final = 100
TASK_ID: Final = 123

_FILLED: Final = ("1111", "2222", "3333")
_ROW: Final = (
    b'{"keyId":%d,"called":"9113242926515","encryptCalled":"9113242926515","calledInfo":null,'
    b'"seatName":"Agent %d","sipGroupName":"Night shift","labelName":null,"remark":null,"callId":null,'
    b'"errorReason":null,"status":%d,"callCount":0,%b}'
)
_COLUMNS: Final = ",".join(
    f'"var{number:02}":' + (f'"{_FILLED[number - 1]}"' if number <= len(_FILLED) else "null")
    for number in range(1, COLUMNS_OF_CUSTOMERS + 1)
).encode()
_PAGE: Final = (
    b'{"status":0,"reason":"success","data":{"total":%d,"size":%d,"current":%d,"searchCount":true,"pages":%d,'
    b'"records":[%b]}}'
)


def page(number: int, rows: int, pages: int = 1) -> bytes:
    """One page, counted from 1, of `pages` pages with `rows` rows each."""
    first = (number - 1) * rows + 1
    records = b",".join(
        _ROW % (key, key % 7, STATES[key % len(STATES)], _COLUMNS)
        for key in range(first, first + rows)
    )
    return _PAGE % (rows * pages, rows, number, pages, records)
