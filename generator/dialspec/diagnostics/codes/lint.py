"""Codes of lint: specs that are well formed and resolve, but contradict themselves or look wrong."""

from __future__ import annotations

from typing import Final

from dialspec.diagnostics.code_info import CodeInfo, Severity
from dialspec.diagnostics.codes.parts import CREATE, FAMILY, HEAD, ITEMS, PROVIDER, QUERY, TASK

CODES: Final[tuple[CodeInfo, ...]] = (
    CodeInfo(
        code="DS401",
        title="The first line does not name the schema",
        explanation=(
            "Editors that know the YAML language server complete and check a spec as people type, if its first line "
            "names the schema, which lies beside the folders of the specs."
        ),
        severity=Severity.WARNING,
        wrong="resource: tasks\n",
        right=HEAD,
        at="demo/tasks.yaml:1:1",
    ),
    CodeInfo(
        code="DS402",
        title="A definition is not used",
        explanation=(
            "Nothing refers to this enum, type, envelope, paging style or family of codes, or no provider sells this "
            "platform. It is not generated; most often it was left behind, or misspelt where it is meant."
        ),
        severity=Severity.WARNING,
        wrong=HEAD + "types:\n  Tusk:\n    fields: {}\nendpoints:\n  query:\n" + QUERY,
        right=HEAD
        + TASK
        + "endpoints:\n  query:\n"
        + QUERY
        + "    paging: page_number\n    response: {record: Task}\n",
        at="demo/tasks.yaml:4:3",
    ),
    CodeInfo(
        code="DS403",
        title="Two resources send the same request",
        explanation=(
            "Method and path of an endpoint are those of an endpoint of another resource of the provider. Most often "
            "somebody described it before; the simulator answers with one of them. Two forms of one endpoint "
            "stand in one resource."
        ),
        severity=Severity.WARNING,
        wrong=HEAD.replace("tasks", "tours") + "endpoints:\n  query:\n" + QUERY,
        right=HEAD.replace("tasks", "tours")
        + "endpoints:\n  query:\n"
        + QUERY.replace("/tasks/query", "/tours/query"),
        at="demo/tours.yaml:6:11",
    ),
    CodeInfo(
        code="DS410",
        title="Paging reads a place that answers lack",
        explanation=(
            "`items`, `total`, `pages` and `current` of a paging style are paths from the root of an answer. Each "
            "must lead to a field that the envelope, the style or the response of the endpoint describes."
        ),
        wrong=PROVIDER + ITEMS.replace("data.total", "data.totl") + FAMILY,
        right=PROVIDER + ITEMS + FAMILY,
        at="demo/provider.yaml:33:12",
    ),
    CodeInfo(
        code="DS411",
        title="A parameter filters by a field that rows lack",
        explanation=(
            "`filters` names the field of a row, by its wire name, that a parameter is compared with. The simulator "
            "server filters by it, so that it has to exist."
        ),
        wrong=HEAD
        + TASK
        + "endpoints:\n  query:\n"
        + QUERY
        + "    paging: page_number\n    response: {record: Task}\n    request:\n"
        + "      id: {type: integer, filters: taskid, summary: Only this task.}\n",
        right=HEAD
        + TASK
        + "endpoints:\n  query:\n"
        + QUERY
        + "    paging: page_number\n    response: {record: Task}\n    request:\n"
        + "      id: {type: integer, filters: taskId, summary: Only this task.}\n",
        at="demo/tasks.yaml:16:36",
    ),
    CodeInfo(
        code="DS412",
        title="A paged endpoint is not a read",
        explanation="Walking through pages calls an endpoint many times, which only a read survives.",
        severity=Severity.WARNING,
        wrong=HEAD
        + TASK
        + "endpoints:\n  query:\n"
        + QUERY.replace("read", "idempotent")
        + "    paging: page_number\n    response: {record: Task}\n",
        right=HEAD
        + TASK
        + "endpoints:\n  query:\n"
        + QUERY
        + "    paging: page_number\n    response: {record: Task}\n",
        at="demo/tasks.yaml:11:13",
    ),
    CodeInfo(
        code="DS413",
        title="An enum value leaves the documented range",
        explanation=(
            "`minimum` and `maximum` of an enum repeat the range that the vendor's page states. A member outside of it "
            "is a misprint on one side."
        ),
        wrong=HEAD
        + "enums:\n  State:\n    base: integer\n    minimum: 1\n    maximum: 3\n    members:\n"
        + "      1: {name: open}\n      33: {name: closed}\n",
        right=HEAD
        + "enums:\n  State:\n    base: integer\n    minimum: 1\n    maximum: 3\n    members:\n"
        + "      1: {name: open}\n      3: {name: closed}\n",
        at="demo/tasks.yaml:10:7",
    ),
    CodeInfo(
        code="DS414",
        title="A value is not possible for its field",
        explanation=(
            "A `default`, an `example` or the value of a condition has to fit the type of the field that it belongs "
            "to, and to lie within its limits."
        ),
        wrong=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n      tries: {type: integer, maximum: 3, default: 5, summary: Number of tries.}\n",
        right=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n      tries: {type: integer, maximum: 3, default: 2, summary: Number of tries.}\n",
        at="demo/tasks.yaml:10:51",
    ),
    CodeInfo(
        code="DS415",
        title="A parameter is sent by paging",
        explanation=(
            "A paged endpoint sends the page or offset, the size, and the object that holds the filters by itself, as its "
            "paging style says; `request:` lists the other fields of the page. A pager could not walk on if its caller "
            "set them too."
        ),
        wrong=HEAD
        + TASK
        + "endpoints:\n  query:\n"
        + QUERY
        + "    paging: page_number\n    response: {record: Task}\n"
        + "    request:\n      current: {type: integer, summary: Page.}\n",
        right=HEAD
        + TASK
        + "endpoints:\n  query:\n"
        + QUERY
        + "    paging: page_number\n    response: {record: Task}\n",
        at="demo/tasks.yaml:16:7",
    ),
    CodeInfo(
        code="DS420",
        title="An example is not JSON",
        explanation=(
            "Documented examples are kept as the vendor prints them. If what is printed is not JSON, `invalid:` says "
            "why; if it is JSON, `invalid:` must not claim the opposite."
        ),
        wrong=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + '    examples:\n      - response: \'{"code": "0",}\'\n',
        right=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + '    examples:\n      - response: \'{"code": "0",}\'\n        invalid: A comma too much.\n',
        at="demo/tasks.yaml:10:19",
    ),
    CodeInfo(
        code="DS421",
        title="An example holds a value that does not fit",
        explanation=(
            "The value is of another type than the spec says, no value of the enum, or outside of the limits. "
            "Either the spec is wrong, or the vendor's page contradicts itself, which is then recorded as a deviation."
        ),
        wrong=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + "    examples:\n      - response: '{\"code\": 0}'\n",
        right=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + "    examples:\n      - response: '{\"code\": 0}'\n    deviations:\n      - at: response.code\n"
        + "        documented: String\n        observed: The example shows the number 0.\n"
        + "        handled: Both are read.\n",
        at="demo/tasks.yaml:10:19",
    ),
    CodeInfo(
        code="DS422",
        title="A required field is missing in an example",
        explanation="A field with `required: true` does not occur in a documented example.",
        severity=Severity.WARNING,
        wrong=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n      title: {type: string, required: true, summary: Title.}\n"
        + "    examples:\n      - request: '{}'\n",
        right=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n      title: {type: string, required: true, summary: Title.}\n"
        + '    examples:\n      - request: \'{"title": "May"}\'\n',
        at="demo/tasks.yaml:12:18",
    ),
    CodeInfo(
        code="DS423",
        title="An example holds a field that the spec lacks",
        explanation=(
            "Vendors' examples often show more than their tables. Such a field belongs into the spec with "
            "`documented: false`, so that clients can read it."
        ),
        severity=Severity.WARNING,
        wrong=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + '    examples:\n      - response: \'{"code": "0", "trace": 5}\'\n',
        right=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + "    response:\n      fields:\n"
        + "        trace: {type: integer, documented: false, summary: Id of the call.}\n"
        + '    examples:\n      - response: \'{"code": "0", "trace": 5}\'\n',
        at="demo/tasks.yaml:10:19",
    ),
    CodeInfo(
        code="DS430",
        title="A deviation does not hold",
        explanation=(
            "A deviation names a field or code that the spec does not have, calls a field undocumented that is not "
            "marked so, or says that the example shows what it does not show. It was recorded wrongly, or the page "
            "or the spec has changed since."
        ),
        wrong=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + "    deviations:\n      - at: response.cod\n        documented: String\n"
        + "        observed: Other pages say Integer.\n        handled: Both are read.\n",
        right=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + "    deviations:\n      - at: response.code\n        documented: String\n"
        + "        observed: Other pages say Integer.\n        handled: Both are read.\n",
        at="demo/tasks.yaml:10:13",
    ),
    CodeInfo(
        code="DS440",
        title="An unsafe endpoint is named like a query",
        explanation=(
            "What is unsafe is never sent a second time, so that a query marked like that gives up at the first fault. "
            "`effect_reason` says why the name misleads, if it does."
        ),
        severity=Severity.WARNING,
        wrong=HEAD + "endpoints:\n  query:\n" + QUERY.replace("read", "unsafe"),
        right=HEAD + "endpoints:\n  query:\n" + QUERY,
        at="demo/tasks.yaml:7:13",
    ),
    CodeInfo(
        code="DS441",
        title="A read is named like a change",
        explanation=(
            "A read is sent again after a fault. If the endpoint changes anything at the vendor, it may then do so "
            "twice; `effect_reason` says why the name misleads, if it does."
        ),
        severity=Severity.WARNING,
        wrong=HEAD + "endpoints:\n  create:\n" + CREATE.replace("unsafe", "read"),
        right=HEAD + "endpoints:\n  create:\n" + CREATE,
        at="demo/tasks.yaml:7:13",
    ),
    CodeInfo(
        code="DS442",
        title="A code says neither its kind nor what to do",
        explanation=(
            "The kind of a code decides which exception a caller gets. `unknown` is for codes that the vendor does not "
            "explain, and then `advice` should say what a client can do."
        ),
        severity=Severity.WARNING,
        wrong=PROVIDER + ITEMS + FAMILY.replace("kind: authentication", "kind: unknown"),
        right=PROVIDER + ITEMS + FAMILY,
        at="demo/provider.yaml:38:47",
    ),
    CodeInfo(
        code="DS443",
        title="A lasting refusal is marked as transient",
        explanation=(
            "`transient` makes reads try again. A wrong key, a missing permission or an empty account are the same "
            "a second later."
        ),
        severity=Severity.WARNING,
        wrong=PROVIDER + ITEMS + FAMILY.replace("label", "transient: true, label"),
        right=PROVIDER + ITEMS + FAMILY,
        at="demo/provider.yaml:38:74",
    ),
    CodeInfo(
        code="DS444",
        title="An error code means success",
        explanation="The endpoint lists a code as an error that its envelope counts as success.",
        wrong=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + "    errors:\n      own:\n"
        + '        "0": {name: nothing_found, kind: not_found, label: {en: Nothing found}}\n',
        right=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + "    errors:\n      own:\n"
        + '        "7": {name: nothing_found, kind: not_found, label: {en: Nothing found}}\n',
        at="demo/tasks.yaml:11:9",
    ),
    CodeInfo(
        code="DS450",
        title="A label lacks a language that its siblings have",
        explanation=(
            "Most of the labelled fields of a type or request, or members of an enum, have a label in this language, "
            "and this one has none. Fields whose row is recorded as a deviation, undocumented fields, and enums with "
            "`partial` are left alone."
        ),
        severity=Severity.WARNING,
        wrong=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n"
        + "      title: {type: string, label: {en: Title, zh: 标题}}\n"
        + "      remark: {type: string, label: {en: Remark, zh: 备注}}\n"
        + "      note: {type: string, label: {en: Note}}\n",
        right=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n"
        + "      title: {type: string, label: {en: Title, zh: 标题}}\n"
        + "      remark: {type: string, label: {en: Remark, zh: 备注}}\n"
        + "      note: {type: string, label: {en: Note, zh: 说明}}\n",
        at="demo/tasks.yaml:12:28",
    ),
    CodeInfo(
        code="DS451",
        title="A field is not described",
        explanation=(
            "The docs of the client would show a bare name. `summary` says in plain English what the field means, "
            "`label` what the vendor calls it."
        ),
        severity=Severity.WARNING,
        wrong=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n      title: {type: string}\n",
        right=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n      title: {type: string, summary: Title of the task.}\n",
        at="demo/tasks.yaml:10:7",
    ),
    CodeInfo(
        code="DS452",
        title="A field sounds sensitive but is not marked",
        explanation=(
            "Fields marked with `sensitive` are masked in logs, errors and what objects print. A text whose name "
            "speaks of a telephone number, an address or a secret should be one of them."
        ),
        severity=Severity.WARNING,
        wrong=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n      phoneNumber: {type: string, summary: Number to call.}\n",
        right=HEAD
        + "endpoints:\n  create:\n"
        + CREATE
        + "    request:\n      phoneNumber: {type: string, sensitive: phone, summary: Number to call.}\n",
        at="demo/tasks.yaml:10:7",
    ),
    CodeInfo(
        code="DS460",
        title="An endpoint has no source",
        explanation=(
            "`source` names the page that an endpoint was taken from, and when, so that anybody can compare and "
            "notice when the vendor changes it."
        ),
        severity=Severity.WARNING,
        wrong=HEAD
        + "endpoints:\n  query:\n"
        + QUERY.replace('    source: {page: "https://example.com/tasks"}\n', ""),
        right=HEAD + "endpoints:\n  query:\n" + QUERY,
        at="demo/tasks.yaml:4:3",
    ),
    CodeInfo(
        code="DS461",
        title="Status and missing parts contradict each other",
        explanation=(
            "An endpoint whose status is `partial` or `inferred` lists under `missing` what is not known; one that is "
            "`complete` lists nothing."
        ),
        wrong=HEAD + "endpoints:\n  query:\n" + QUERY + "    status: partial\n",
        right=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + "    status: partial\n    missing: [The table of the answer.]\n",
        at="demo/tasks.yaml:9:13",
    ),
    CodeInfo(
        code="DS462",
        title="A comma cuts a sentence in two",
        explanation=(
            "Between brackets a comma ends an entry of a list, so that a sentence with a comma becomes two entries, "
            "of which the second begins in lower case. Entries of `missing` and `notes` are whole sentences: quote "
            "those that hold a comma. One that begins with a name as it is on the wire is left alone."
        ),
        severity=Severity.WARNING,
        wrong=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + "    status: partial\n    missing: [The end of the table, and an example.]\n",
        right=HEAD
        + "endpoints:\n  query:\n"
        + QUERY
        + '    status: partial\n    missing: ["The end of the table, and an example."]\n',
        at="demo/tasks.yaml:10:37",
    ),
)
