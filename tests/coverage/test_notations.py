"""One page in three notations gives the same comparison."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialspec.coverage import Survey
from dialspec.coverage.blocks import Code, Heading, Line, Table
from dialspec.coverage.html_pages import html_blocks
from dialspec.coverage.text_pages import text_blocks

MARKDOWN = """\
# List tasks

- method: POST
- URL: https://api.acme.example.com/v1/task/query

## request

| name | parent | type as documented | required | constraints |
|---|---|---|---|---|
| current | root | Integer | Yes | page |
| size | root | Integer | Yes | 1-100 |
| params | root | JSONObject | Yes | filters |
| name | params | String | Yes | name |
| statusList | params | List<Integer> | No | 1 calling; 2 finished |
| agentId | params | Integer | No | agent |

## response

| name | parent | type as documented | meaning | enum values |
|---|---|---|---|---|
| status | root | String | 0 is success | |
| reason | root | String | text | |
| data | root | Object | page | |
| total | data | Integer | rows | |
| records | data | JSONArray | rows | |
| taskId | records[] | Long | id | |
| status | records[] | Integer | state | 1 calling; 2 finished |
| seatName | records[] | String | agent | |
| groups | records[] | List<Integer> | groups | |
| cost | records[] | Double | cost | |
| createTime | records[] | Long | made | |
| ended | records[] | Boolean | over | 0 no; 1 yes |

## error codes

| code | meaning |
|---|---|
| 0 | success |
| -1 | authentication |
| -22 | parameter |

## examples

```json
{"current": 1, "size": 10, "params": {"name": "x"}}
```
"""

TEXT = """\
List tasks
| Parameters | Description | Required | Required |
|---|---|---|---|
| current | Page | Yes | Integer |
| size | Rows per page,1-100 | Yes | Integer |
| params | Paging parameters | Yes | JSONObject |
| name | Name | Yes | String |
| statusList | Status: 1-calling, 2 finished | No | List<Integer> |
| agentId | Agent | No | Integer |
Request URL:
https://api.acme.example.com/v1/task/query
Request Method:
POST
Request Body:
{
"current": 1, "size": 10,
"params": {"name": "x"}
}| Parameters | Description | Required |
|---|---|---|
| status | status code,0 is successful | String |
| reason | Reason | String |
| data | Data collection | JSONObject |
| total | Total | Integer |
| records | Rows | JSONArray |
| taskId | Id | Long |
| status | State 1- calling, 2- finished | Integer |
| seatName | Agent | String |
| groups | Groups | List<Integer> |
| cost | Cost | Double |
| createTime | Made | Long |
| ended | Over: 0 no, 1 yes | Boolean |
| status | Description |
|---|---|
| 0 | Success |
| -1 | Authentication error |
| -22 | Parameter exception |
"""

STACKED = """\
List tasks
Method
This interface supports only the POST method.
URL
https://api.acme.example.com/v1/task/query
|
No. |
Parameter |
Value Type |
Mandatory |
Description |
|---|---|---|---|---|
|
1 |
current |
Integer |
Yes |
Page. |
|
2 |
size |
Integer |
Yes |
Rows. |
|
3 |
params |
Object |
Yes |
|
4 |
name |
String |
Yes |
Name. |
|
5 |
statusList |
List |
No |
1: calling; 2: finished |
|
6 |
agentId |
Integer |
No |
Agent. |
Response Description
|
No. |
Parameter |
Value Type |
Description |
|---|---|---|---|
|
1 |
status |
String |
Result. |
|
2 |
reason |
String |
Text. |
|
3 |
data |
Object |
|
No. |
Parameter |
Value Type |
Description |
|---|---|---|---|
|
1 |
total |
Integer |
Rows. |
|
2 |
records |
List |
Rows. |
|
3 |
taskId |
Integer |
Id. |
|
4 |
status |
Integer |
1: calling; 2: finished |
|
5 |
seatName |
String |
Agent. |
|
6 |
groups |
List |
Groups. |
|
7 |
cost |
Double |
Cost. |
|
8 |
createTime |
TimeStamp |
Made. |
|
9 |
ended |
Boolean |
0: no; 1: yes |
- An example of the body: { "current": 1, "size": 10, "params": {"name": "x"} }
code Description
0 Success
-1 Authentication error
-22 Parameter exception
"""

SPACED = """\
List tasks

POST

https://api.acme.example.com/v1/task/query

Request Parameters
Parameter Description Required Type
current Page Yes Int
size Rows per page Yes Int
params Filters Yes Object
name Name Yes String
statusList State: 1 - calling, 2 - finished No List<Integer>
agentId Agent No Int

Response Parameters
Parameter Description Type
status Result String
reason Text String
data Details Object
total Rows Int
records Rows JSONArray
taskId Id Int
status State: 1 - calling, 2 - finished Int
seatName Agent String
groups Groups List<Integer>
cost Cost Double
createTime Made Long
ended Over: 0 - no, 1 - yes Boolean

Request Example
{
    "current": 1, "size": 10, "params": {"name": "x"}
}
code Description
0 Success
-1 Authentication error
-22 Parameter exception
"""

HTML = """\
<!DOCTYPE html><html><head><title>x</title><style>td {}</style><script>var a = "<table>";</script></head><body>
<h1>List <b>tasks</b></h1>
<p>Request URL:<br>https://api.acme.example.com/v1/task/query</p><p>Request Method: POST</p>
<h2>Request</h2>
<table><thead><tr><th>Parameter<th>Type<th>Required<th>Description</thead>
<tr><td>current<td rowspan=2>Integer<td rowspan="2">Yes<td>Page
<tr><td>size<td>Rows
<tr><td>params</td><td>JSONObject</td><td>Yes</td><td>Filters</td></tr>
<tr><td>name</td><td>String</td><td>Yes</td><td>Name</td></tr>
<tr><td>statusList</td><td>List&lt;Integer&gt;</td><td>No</td><td>1 calling;<br>2 finished</td></tr>
<tr><td>agentId</td><td>Integer</td><td>No</td><td>Agent</td></tr></table>
<pre><code>{"current": 1, "size": 10, "params": {"name": "x"}}</code></pre>
<h2>Response</h2>
<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr>
<tr><td>status</td><td>String</td><td>Result</td></tr>
<tr><td>reason</td><td>String</td><td>Text</td></tr>
<tr><td>data</td><td>Object</td><td>Page</td></tr>
<tr><td>total</td><td>Integer</td><td>Rows</td></tr>
<tr><td>records</td><td>JSONArray</td><td>Rows</td></tr>
<tr><td>taskId</td><td>Long</td><td>Id</td></tr>
<tr><td>status</td><td>Integer</td><td>1 calling; 2 finished</td></tr>
<tr><td>seatName</td><td>String</td><td>Agent</td></tr>
<tr><td>groups</td><td>List&lt;Integer&gt;</td><td>Groups</td></tr>
<tr><td>cost</td><td>Double</td><td>Cost</td></tr>
<tr><td>createTime</td><td>Long</td><td>Made</td></tr>
<tr><td>ended</td><td>Boolean</td><td>0 no; 1 yes</td></tr></table>
<h2>Codes</h2>
<table><tr><th>Code</th><th>Description</th></tr><tr><td>0</td><td>ok</td></tr>
<tr><td>-1</td><td>Authentication</td></tr><tr><td>-22</td><td>Parameter</td></tr></table>
</body></html>
"""

PAGES = {
    "markdown": (MARKDOWN, "page.md"),
    "text with pipes": (TEXT, "page.txt"),
    "text, one cell a line": (STACKED, "page.txt"),
    "text, columns between spaces": (SPACED, "page.txt"),
    "html": (HTML, "page.html"),
    "html without its file name": (HTML, "page.txt"),
}


@pytest.mark.parametrize("notation", PAGES)
def test_a_page_that_the_specs_follow_has_no_differences(
    notation: str, compare: Callable[..., Survey]
) -> None:
    (comparison,) = compare(*PAGES[notation]).comparisons
    assert comparison.spec.name == "acme.tasks.query"
    assert comparison.differences == []


@pytest.mark.parametrize("notation", PAGES)
def test_every_row_of_every_notation_is_counted(
    notation: str, compare: Callable[..., Survey]
) -> None:
    (comparison,) = compare(*PAGES[notation]).comparisons
    counted: dict[str, int] = {}
    for item in comparison.items:
        counted[item.aspect] = counted.get(item.aspect, 0) + 1
    assert counted == {"field": 18, "value": 6, "code": 3, "example": 1}


@pytest.mark.parametrize("notation", PAGES)
def test_a_field_that_the_specs_lack_is_found_in_every_notation(
    notation: str, compare: Callable[..., Survey]
) -> None:
    text, name = PAGES[notation]
    result = compare(text.replace("agentId", "agentKey"), name)
    (comparison,) = result.comparisons
    assert [(d.kind, d.at) for d in comparison.differences if d.kind == "missing"] == [
        ("missing", "request.params.agentKey" if notation == "markdown" else "request.agentKey")
    ]
    assert not result.is_complete


def test_html_tables_inside_cells_are_tables_of_their_own() -> None:
    blocks = html_blocks(
        "<table><tr><th>a</th><th colspan=2>b</th></tr>"
        "<tr><td>1<table><tr><td>x</td></tr></table></td><td>2</td><td>3</td></tr></table>"
    )
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [(table.head, table.rows) for table in tables] == [
        (("x",), ()),
        (("a", "b", "b"), (("1", "2", "3"),)),
    ]


def test_html_that_never_ends_its_tags_is_read_to_the_end() -> None:
    blocks = html_blocks("<h2>Codes<table><tr><td>1<td>2</script></td></tr><tr></tr><tr><td>3")
    assert blocks == [
        Heading(2, "Codes", 1),
        Table(("1", "2"), (("3", ""),), 1, (1,)),
    ]


def test_html_without_cells_gives_no_table() -> None:
    assert html_blocks("<table></table><table><tr></tr></table><h2> </h2></td></h1>") == []


def test_html_headings_and_code_in_cells_are_text_of_the_cell() -> None:
    (table,) = html_blocks("<table><tr><td><h3>a</h3><pre>b</pre></td></tr></table>")
    assert isinstance(table, Table)
    assert table.head == ("a b",)


def test_senseless_spans_count_as_one() -> None:
    (table,) = html_blocks('<table><tr><td colspan="0">a<td rowspan="x">b</table>')
    assert isinstance(table, Table)
    assert table.head == ("a", "b")


def test_text_between_the_rows_of_a_table_is_no_cell() -> None:
    blocks = html_blocks("<table>loose<tr>loose<td>a</td></tr></table>after")
    assert blocks == [Table(("a",), (), 1, ()), Line("after", 1)]


def test_a_fence_hides_tables_and_headings() -> None:
    assert text_blocks("```\n# a\n| b |\n|---|\n```\nc") == [
        Code("# a\n| b |\n|---|", 1),
        Line("c", 6),
    ]


def test_a_fence_that_is_never_closed_goes_to_the_end() -> None:
    assert text_blocks("~~~json\n{}") == [Code("{}", 1)]


def test_pipes_in_prose_make_no_table() -> None:
    assert text_blocks("a | b\nc | d") == [Line("a | b", 1), Line("c | d", 2)]


def test_json_that_is_never_closed_is_text() -> None:
    assert text_blocks('{\n"a": 1') == [Line("{", 1), Line('"a": 1', 2)]


def test_escaped_pipes_stay_in_their_cell() -> None:
    assert text_blocks("| a | b \\|\n|---|---|\n| `x\\|y` | z |") == [
        Table(("a", "b |"), (("x|y", "z"),), 1, (3,))
    ]


def test_lines_that_only_look_like_a_head_are_text() -> None:
    assert text_blocks("Description Type\nstatus") == [
        Line("Description Type", 1),
        Line("status", 2),
    ]
