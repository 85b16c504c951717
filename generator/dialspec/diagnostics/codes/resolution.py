"""Codes of resolution: names, types, inheritance and collisions, found when an Api is made from the specs."""

from __future__ import annotations

from typing import Final

from dialspec.diagnostics.code_info import CodeInfo
from dialspec.diagnostics.codes.parts import CREATE, FAMILY, HEAD, ITEMS, PROVIDER, QUERY, TASK

_ENDPOINT: Final = HEAD + "endpoints:\n  query:\n" + QUERY
_PAGED: Final = _ENDPOINT + "    paging: page_number\n    response: {record: Task}\n"
_REQUEST: Final = HEAD + "endpoints:\n  create:\n" + CREATE + "    request:\n"

CODES: Final[tuple[CodeInfo, ...]] = (
    CodeInfo(
        code="DS301",
        title="A platform does not exist",
        explanation=(
            "`platform` of a provider.yaml names the folder of the platform that the brand sells; there has to be a "
            "platform.yaml in it."
        ),
        wrong=(PROVIDER + ITEMS + FAMILY).replace("title:", "platform: demos\ntitle:"),
        right=PROVIDER + ITEMS + FAMILY,
        at="demo/provider.yaml:3:11",
    ),
    CodeInfo(
        code="DS302",
        title="A name is defined twice",
        explanation=(
            "Enums and types of one provider share their names, those that the generator makes for answers included: "
            "the answer of `query` of `tasks` is `TasksQueryResponse`. A brand may refine a type of its platform under "
            "the same name, but not replace an enum or a group of fields."
        ),
        wrong=_ENDPOINT + "types:\n  TasksQueryResponse:\n    fields: {}\n",
        right=_ENDPOINT + "types:\n  QueryAnswer:\n    fields: {}\n",
        at="demo/tasks.yaml:10:3",
    ),
    CodeInfo(
        code="DS303",
        title="A platform lacks what a brand takes over",
        explanation=(
            "`platform: true` takes over the platform's endpoint or push of the same name in the resource of the same "
            "name; `platform: {endpoint: …}` one of another name."
        ),
        wrong=HEAD + "endpoints:\n  query:\n    platform: true\n",
        right=_ENDPOINT,
        at="demo/tasks.yaml:4:3",
    ),
    CodeInfo(
        code="DS304",
        title="A type does not exist",
        explanation=(
            "A type is one of the language (`integer`, `string`, `datetime` …), a list or map of another, or the name "
            "of an enum or type that this provider or its platform defines."
        ),
        wrong=_REQUEST + "      count: {type: int, summary: Number of calls.}\n",
        right=_REQUEST + "      count: {type: integer, summary: Number of calls.}\n",
        at="demo/tasks.yaml:10:21",
    ),
    CodeInfo(
        code="DS305",
        title="A format or zone is given to something that is no time",
        explanation="`format` and `zone` say how a datetime is written; no other type has them.",
        wrong=_REQUEST + "      day: {type: date, format: epoch_ms, summary: Day of the calls.}\n",
        right=_REQUEST
        + "      day: {type: datetime, format: epoch_ms, summary: Day of the calls.}\n",
        at="demo/tasks.yaml:10:19",
    ),
    CodeInfo(
        code="DS306",
        title="A limit makes no sense for its field",
        explanation=(
            "`minimum` and `maximum` are for numbers, lengths and patterns for texts, numbers of items for lists; the "
            "lower limit is at most the upper one, and a pattern is a regular expression."
        ),
        wrong=_REQUEST + "      count: {type: integer, minimum: 9, maximum: 1, summary: Number.}\n",
        right=_REQUEST + "      count: {type: integer, minimum: 1, maximum: 9, summary: Number.}\n",
        at="demo/tasks.yaml:10:39",
    ),
    CodeInfo(
        code="DS310",
        title="A name is taken",
        explanation=(
            "Names become Python: keywords, the types that annotations use, and what every generated client, method or "
            "model has already cannot be used. `name:` gives a field another Python name and leaves the wire name."
        ),
        wrong=_REQUEST + "      class: {type: string, summary: Class of the task.}\n",
        right=_REQUEST
        + "      class: {type: string, name: task_class, summary: Class of the task.}\n",
        at="demo/tasks.yaml:10:7",
    ),
    CodeInfo(
        code="DS311",
        title="Two things have one Python name",
        explanation=(
            "Different wire names, such as `taskId` and `task_id`, can give the same Python name. Nothing is numbered "
            "silently: one of them needs another `name:`."
        ),
        wrong=_REQUEST
        + "      taskId: {type: integer, summary: Task.}\n"
        + "      task_id: {type: integer, summary: Task.}\n",
        right=_REQUEST
        + "      taskId: {type: integer, summary: Task.}\n"
        + "      task_id: {type: integer, name: other_task_id, summary: Task.}\n",
        at="demo/tasks.yaml:11:7",
    ),
    CodeInfo(
        code="DS312",
        title="A wire name gives no Python name",
        explanation=(
            "A Python name is made of the ASCII letters and digits of the wire name, and begins with a letter. Where "
            "that leaves nothing usable, `name:` gives one."
        ),
        wrong=_REQUEST + "      标题: {type: string, summary: Title.}\n",
        right=_REQUEST + "      标题: {type: string, name: title, summary: Title.}\n",
        at="demo/tasks.yaml:10:7",
    ),
    CodeInfo(
        code="DS320",
        title="A rule names a field that the request lacks",
        explanation=(
            "`rules` and `required_when` name request fields of the same endpoint by their wire names."
        ),
        wrong=_REQUEST
        + "      title: {type: string, required_when: [{field: kid}], summary: Title.}\n"
        + "      kind: {type: integer, summary: Kind.}\n",
        right=_REQUEST
        + "      title: {type: string, required_when: [{field: kind}], summary: Title.}\n"
        + "      kind: {type: integer, summary: Kind.}\n",
        at="demo/tasks.yaml:10:44",
    ),
    CodeInfo(
        code="DS321",
        title="A request field belongs to the paging",
        explanation=(
            "The paging style writes page number, offset and size itself, so that they are no request fields of the "
            "endpoint."
        ),
        wrong=_PAGED
        + "    request:\n      size: {type: integer, at: body, summary: Rows.}\n"
        + TASK,
        right=_PAGED + TASK,
        at="demo/tasks.yaml:12:7",
    ),
    CodeInfo(
        code="DS330",
        title="A paging style lacks its request field",
        explanation="A style by page number needs `number`, one by offset `offset`: the request field it counts in.",
        wrong=(PROVIDER + ITEMS + FAMILY).replace("    number: current\n", ""),
        right=PROVIDER + ITEMS + FAMILY,
        at="demo/provider.yaml:27:3",
    ),
    CodeInfo(
        code="DS331",
        title="A paging style does not exist",
        explanation="`paging` of an endpoint names a style that the provider or its platform defines.",
        wrong=_PAGED.replace("page_number", "page_numbers") + TASK,
        right=_PAGED + TASK,
        at="demo/tasks.yaml:9:13",
    ),
    CodeInfo(
        code="DS332",
        title="The default page size is not allowed",
        explanation="`default_size` lies between `minimum_size` and `maximum_size`.",
        wrong=(PROVIDER + ITEMS + FAMILY).replace(
            "    size: size\n", "    size: size\n    maximum_size: 50\n"
        ),
        right=(PROVIDER + ITEMS + FAMILY).replace(
            "    size: size\n", "    size: size\n    maximum_size: 50\n    default_size: 50\n"
        ),
        at="demo/provider.yaml:27:3",
    ),
    CodeInfo(
        code="DS333",
        title="A paged endpoint does not describe its rows",
        explanation="`record` of the response names the type of one row.",
        wrong=_ENDPOINT + "    paging: page_number\n    response: {summary: The tasks.}\n",
        right=_PAGED + TASK,
        at="demo/tasks.yaml:10:5",
    ),
    CodeInfo(
        code="DS334",
        title="Rows without paging",
        explanation="`record` is the row of a paged answer; the payload of a plain answer is its `type`.",
        wrong=_ENDPOINT + "    response: {record: Task}\n" + TASK,
        right=_ENDPOINT + "    response: {type: Task}\n" + TASK,
        at="demo/tasks.yaml:9:24",
    ),
    CodeInfo(
        code="DS335",
        title="An envelope does not exist",
        explanation=(
            "`envelope` of a response names one that the provider or its platform defines; without it the first "
            "one is taken, so that there has to be one."
        ),
        wrong=_ENDPOINT + "    response: {envelope: code_message}\n",
        right=_ENDPOINT + "    response: {envelope: code_msg}\n",
        at="demo/tasks.yaml:9:26",
    ),
    CodeInfo(
        code="DS336",
        title="A family of codes does not exist",
        explanation="`family` names a family of codes that the provider or its platform defines under `errors`.",
        wrong=_ENDPOINT + "    errors: {family: voice}\n",
        right=_ENDPOINT + "    errors: {family: default}\n",
        at="demo/tasks.yaml:9:22",
    ),
    CodeInfo(
        code="DS337",
        title="A code is not in its family",
        explanation=(
            "`codes` lists codes of the family, so that their meaning is written once; a meaning that only this page "
            "gives belongs under `own`."
        ),
        wrong=_ENDPOINT + '    errors: {codes: ["-1", "-99"]}\n',
        right=_ENDPOINT + '    errors: {codes: ["-1", "-9"]}\n',
        at="demo/tasks.yaml:9:28",
    ),
    CodeInfo(
        code="DS338",
        title="The file of an example does not exist",
        explanation=(
            "An example is JSON text, or the name of a file in the folder `examples` beside the spec."
        ),
        wrong=_ENDPOINT + "    examples:\n      - request: tasks.query.json\n",
        right=_ENDPOINT + "    examples:\n      - request: '{}'\n",
        at="demo/tasks.yaml:10:18",
    ),
    CodeInfo(
        code="DS339",
        title="An endpoint or push lacks something essential",
        explanation=(
            "An endpoint needs `summary`, `http` and `effect`, a push `summary` and `payload`: in its own file, or at "
            "the platform that it is taken from."
        ),
        wrong=HEAD + "endpoints:\n  query:\n" + QUERY.replace("    effect: read\n", ""),
        right=_ENDPOINT,
        at="demo/tasks.yaml:4:3",
    ),
    CodeInfo(
        code="DS340",
        title="Nothing fills a placeholder of the path",
        explanation=(
            "`{name}` in `http` is filled by a request field or setting of this wire name, or by a prefix of the "
            "provider."
        ),
        wrong=_ENDPOINT.replace("/tasks/query", "/tasks/{taskId}"),
        right=_ENDPOINT.replace("/tasks/query", "/tasks/{taskId}")
        + "    request:\n      taskId: {type: integer, required: true, summary: The task.}\n",
        at="demo/tasks.yaml:6:11",
    ),
    CodeInfo(
        code="DS341",
        title="A path field has no place in the path",
        explanation="A request field with `location: path` stands as `{name}` in `http`.",
        wrong=_ENDPOINT
        + "    request:\n      taskId: {type: integer, location: path, summary: The task.}\n",
        right=_ENDPOINT
        + "    request:\n      taskId: {type: integer, location: body, summary: The task.}\n",
        at="demo/tasks.yaml:10:7",
    ),
    CodeInfo(
        code="DS342",
        title="An enum value does not fit the enum's base",
        explanation="Values of an enum with base `string` are quoted, those with base `integer` are plain numbers.",
        wrong=HEAD + "enums:\n  State:\n    base: string\n    members:\n      1: {name: open}\n",
        right=HEAD + 'enums:\n  State:\n    base: string\n    members:\n      "1": {name: open}\n',
        at="demo/tasks.yaml:7:7",
    ),
    CodeInfo(
        code="DS343",
        title="A key names a field that the type lacks",
        explanation="`key` lists the fields, by wire name, that tell one record from another.",
        wrong=HEAD + TASK + "    key: [taskID]\n",
        right=HEAD + TASK + "    key: [taskId]\n",
        at="demo/tasks.yaml:7:11",
    ),
    CodeInfo(
        code="DS344",
        title="A type is used in requests and in answers",
        explanation=(
            "What callers build is checked before it is sent, and knows only documented fields; what a vendor answers "
            "is read leniently. One type cannot be both."
        ),
        wrong=_ENDPOINT
        + "    request:\n      task: {type: Task, summary: The task.}\n    response: {type: Task}\n"
        + TASK,
        right=_ENDPOINT
        + "    request:\n      task: {type: NewTask, summary: The task.}\n    response: {type: Task}\n"
        + TASK
        + "  NewTask:\n    fields:\n      title: {type: string, summary: Title.}\n",
        at="demo/tasks.yaml:13:3",
    ),
    CodeInfo(
        code="DS345",
        title="Nothing says how requests are signed",
        explanation="`auth` of the provider, or of its platform, names the signing scheme and its headers.",
        wrong=PROVIDER[: PROVIDER.index("auth:")]
        + PROVIDER[PROVIDER.index("envelopes:") :]
        + ITEMS
        + FAMILY,
        right=PROVIDER + ITEMS + FAMILY,
        at="demo/provider.yaml:2:1",
    ),
    CodeInfo(
        code="DS346",
        title="Signing needs a credential that does not exist",
        explanation="`key` and `secret` of `auth` name credentials of the provider.",
        wrong=(PROVIDER + ITEMS + FAMILY).replace("secret: api_secret", "secret: app_secret"),
        right=PROVIDER + ITEMS + FAMILY,
        at="demo/provider.yaml:7:1",
    ),
    CodeInfo(
        code="DS347",
        title="An alias is the name of something else",
        explanation=(
            "An alias keeps an older `resource.method` working, so that it cannot be the name or alias of another "
            "endpoint."
        ),
        wrong=_ENDPOINT + "  find:\n" + QUERY + "    aliases: [tasks.query]\n",
        right=_ENDPOINT + "  find:\n" + QUERY + "    aliases: [tasks.search]\n",
        at="demo/tasks.yaml:14:14",
    ),
    CodeInfo(
        code="DS348",
        title="A group of fields does not exist",
        explanation=(
            "`include` takes over a group of fields that is defined under `field_groups:` of a resource file, of the "
            "provider or of its platform."
        ),
        wrong=_ENDPOINT + "    include: [filter]\nfield_groups:\n  filters:\n    name: string\n",
        right=_ENDPOINT + "    include: [filters]\nfield_groups:\n  filters:\n    name: string\n",
        at="demo/tasks.yaml:9:15",
    ),
    CodeInfo(
        code="DS349",
        title="A group of codes does not exist",
        explanation=(
            "`include` of `errors` takes over a group of codes that is defined under `code_groups:` of the provider or "
            "of its platform."
        ),
        wrong=_ENDPOINT + "    errors: {include: [parameter]}\n",
        right=_ENDPOINT + '    errors: {codes: ["-1"]}\n',
        at="demo/tasks.yaml:9:24",
    ),
    CodeInfo(
        code="DS350",
        title="A push holds something else than objects",
        explanation=(
            "`payload` of a push names the type of one event, or a list of it: generated code reads events as models."
        ),
        wrong=_ENDPOINT
        + "types:\n  Report: {fields: {taskId: integer}}\n"
        + "pushes:\n  finished:\n    summary: A task is over.\n    payload: list[integer]\n",
        right=_ENDPOINT
        + "types:\n  Report: {fields: {taskId: integer}}\n"
        + "pushes:\n  finished:\n    summary: A task is over.\n    payload: list[Report]\n",
        at="demo/tasks.yaml:14:14",
    ),
)
