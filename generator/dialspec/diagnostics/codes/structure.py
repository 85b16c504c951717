"""Codes of structure: a file that does not fit the models of the spec language."""

from __future__ import annotations

from typing import Final

from dialspec.diagnostics.code_info import CodeInfo

CODES: Final = (
    CodeInfo(
        code="DS101",
        title="A key is unknown",
        explanation=(
            "The spec language has a fixed set of keys at each place; what it does not know it refuses, so that "
            "a misspelt key is never silently without effect. The message names the nearest key, or all of them."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
types:
  Task:
    fields:
      taskId: {type: integer, requierd: true}
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
types:
  Task:
    fields:
      taskId: {type: integer, required: true}
""",
        at="demo/tasks.yaml:6:31",
    ),
    CodeInfo(
        code="DS102",
        title="A key is missing",
        explanation="A key that is needed at this place is not there. The place is the key above it.",
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  State:
    members:
      1: {name: open}
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  State:
    base: integer
    members:
      1: {name: open}
""",
        at="demo/tasks.yaml:4:3",
    ),
    CodeInfo(
        code="DS103",
        title="A value has the wrong type",
        explanation=(
            "The value is a text where a number is expected, a list where a mapping is expected, or the like. "
            "Nothing is converted silently. In YAML 1.2 only `true` and `false` are truth values; `yes`, `no`, "
            "`on` and `off` are texts."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
types:
  Task:
    fields:
      taskId: {type: integer, required: yes}
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
types:
  Task:
    fields:
      taskId: {type: integer, required: true}
""",
        at="demo/tasks.yaml:6:41",
    ),
    CodeInfo(
        code="DS104",
        title="A value is not one of those possible",
        explanation="Only certain words are possible at this place; the message lists them.",
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  State:
    base: int
    members:
      1: {name: open}
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  State:
    base: integer
    members:
      1: {name: open}
""",
        at="demo/tasks.yaml:5:11",
    ),
    CodeInfo(
        code="DS105",
        title="A text has the wrong form",
        explanation=(
            "Names that become code, types, paths and dates have a form, which the message describes: names of "
            "endpoints and fields are snake_case, those of enums and types CapWords, and so on."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  task_state:
    base: integer
    members:
      1: {name: open}
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  TaskState:
    base: integer
    members:
      1: {name: open}
""",
        at="demo/tasks.yaml:4:3",
    ),
    CodeInfo(
        code="DS106",
        title="A value is out of bounds",
        explanation="A number is too small or too large for this place, or a text too long.",
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
types:
  Task:
    fields:
      title: {type: string, max_length: -1}
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
types:
  Task:
    fields:
      title: {type: string, max_length: 64}
""",
        at="demo/tasks.yaml:6:41",
    ),
    CodeInfo(
        code="DS107",
        title="A name differs from that of its folder or file",
        explanation=(
            "`provider` and `platform` repeat the name of the folder, `resource` that of the file without `.yaml`, "
            "so that whoever looks for a name finds its file."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: call_tasks
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
""",
        at="demo/tasks.yaml:2:11",
    ),
)
