"""Codes of reading: what is wrong with a file before anybody asks what it means."""

from __future__ import annotations

from typing import Final

from dialspec.diagnostics.code_info import CodeInfo

_RIGHT: Final = """\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: Call tasks.
"""

CODES: Final = (
    CodeInfo(
        code="DS001",
        title="A file cannot be read",
        explanation=(
            "Specs describe one provider at least. "
            "Each of their folders describes one provider or one platform and needs a `provider.yaml` or a "
            "`platform.yaml`, never both. All files must be regular files that the user may read; a symbolic link "
            "is refused, because a spec must not lead to files outside its folder."
        ),
        wrong="",
        right="""\
# yaml-language-server: $schema=../schema.json
provider: demo
title: Demo
summary: A vendor made up for examples.
client: Demo
server: {environment: DEMO_BASE_URL}
credentials: {}
""",
        at="demo/provider.yaml:1:1",
    ),
    CodeInfo(
        code="DS002",
        title="A file has no place here",
        explanation=(
            "The specs folder holds one folder per provider or platform; each of them holds YAML files whose names "
            "end in `.yaml`, and a folder `examples`. Anything else would be silently ignored, so it is refused; "
            "`README.md`, `schema.json` beside the folders, and names that begin with a dot are left alone."
        ),
        wrong=_RIGHT,
        right=_RIGHT,
        at="demo/tasks.yml:1:1",
        right_file="demo/tasks.yaml",
    ),
    CodeInfo(
        code="DS003",
        title="A file is not UTF-8",
        explanation=(
            "Specs and examples are UTF-8 text. Other encodings are refused rather than guessed, because a wrong "
            "guess would change labels without notice. A byte order mark at the start of UTF-8 is accepted."
        ),
        # A lone surrogate stands for a raw byte: here 0xE9, which is é in Latin-1.
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: Fran\udce7ais.
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: Français.
""",
        at="demo/tasks.yaml:3:14",
    ),
    CodeInfo(
        code="DS004",
        title="A character is not allowed",
        explanation=(
            "Control characters, line separators other than LF and CR LF, and marks that change the direction of "
            "writing make a text read differently from what it is. Inside double quotes they can be written as "
            "escapes, such as `\\u202e`. NUL and lone surrogates are refused even as escapes."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: Call\u202e tasks.
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: "Call\\u202e tasks."
""",
        at="demo/tasks.yaml:3:14",
    ),
    CodeInfo(
        code="DS005",
        title="The file is not valid YAML",
        explanation=(
            "The file breaks the grammar of YAML 1.2. A parser cannot go on after such a place, so only the first "
            "one of a file is reported; mend it and run again. Most often a text that holds `: ` or begins with "
            "a sign such as `*`, `&`, `[`, `{` or `@` needs quotes."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: Tasks: those of today.
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: "Tasks: those of today."
""",
        at="demo/tasks.yaml:3:15",
    ),
    CodeInfo(
        code="DS006",
        title="A tab is used for indentation",
        explanation="YAML indents with spaces only; how wide a tab is would be anybody's guess.",
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
\tState: {base: integer, members: {1: {name: open}}}
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  State: {base: integer, members: {1: {name: open}}}
""",
        at="demo/tasks.yaml:4:1",
    ),
    CodeInfo(
        code="DS007",
        title="A key is given twice",
        explanation=(
            "A key may occur once in a mapping: many YAML readers would keep the last value and drop the other "
            "without a word."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: Call tasks.
summary: Tasks.
""",
        right=_RIGHT,
        at="demo/tasks.yaml:4:1",
    ),
    CodeInfo(
        code="DS008",
        title="A file goes beyond a limit",
        explanation=(
            "The size of a file, its depth, and the number of values and characters that it has once its aliases "
            "are written out are limited, and so are the problems reported of one file, so that no file can use up the memory or the time of the machine. "
            "The limits lie far above what a vendor's pages need."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
""",
        right=_RIGHT,
        at="demo/tasks.yaml:3:41",
    ),
    CodeInfo(
        code="DS009",
        title="An alias leads nowhere",
        explanation=(
            "An alias (`*name`) repeats what an anchor (`&name`) marked above it in the same file. It cannot stand "
            "before its anchor, nor inside of what the anchor marks."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: *text
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
title: &text Call tasks.
summary: *text
""",
        at="demo/tasks.yaml:3:10",
    ),
    CodeInfo(
        code="DS010",
        title="A tag is used",
        explanation=(
            "Tags (`!name`, `!!python/object`) ask a YAML reader to make special objects, which is how reading a "
            "file becomes running code. Specs need none: the key says which type a value has."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
summary: !!str Call tasks.
""",
        right=_RIGHT,
        at="demo/tasks.yaml:3:10",
    ),
    CodeInfo(
        code="DS011",
        title="A file holds more than one document",
        explanation=(
            "A spec is one YAML document; what follows a second `---` would be ignored. Directives (`%YAML`, `%TAG`) "
            "are refused too, because specs are YAML 1.2 always."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
---
resource: more_tasks
""",
        right="""\
# yaml-language-server: $schema=../schema.json
---
resource: tasks
""",
        at="demo/tasks.yaml:3:1",
    ),
    CodeInfo(
        code="DS012",
        title="A file is empty or not a mapping",
        explanation="A spec is a mapping of keys to values at its root: `resource: tasks`, and so on.",
        wrong="""\
# yaml-language-server: $schema=../schema.json
- resource: tasks
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
""",
        at="demo/tasks.yaml:2:1",
    ),
    CodeInfo(
        code="DS013",
        title="A key is neither a text nor a whole number",
        explanation=(
            "A key is a text or a whole number. An unquoted `true`, `false`, `null`, `~` or `1.5` is something else "
            "in YAML, and a list or mapping as a key cannot be named anywhere; quote the first kind."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  Answer:
    base: string
    members:
      true: {name: agreed}
      false: {name: refused}
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  Answer:
    base: string
    members:
      "true": {name: agreed}
      "false": {name: refused}
""",
        at="demo/tasks.yaml:7:7",
    ),
    CodeInfo(
        code="DS014",
        title="A number is written in a way that loses something",
        explanation=(
            "A number with leading zeros would lose them, and one that is too long or too large cannot be kept "
            "exactly. Vendors' codes such as `0200000` are texts: quote them."
        ),
        wrong="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  Result:
    base: string
    members:
      0200000: {name: success}
""",
        right="""\
# yaml-language-server: $schema=../schema.json
resource: tasks
enums:
  Result:
    base: string
    members:
      "0200000": {name: success}
""",
        at="demo/tasks.yaml:7:7",
    ),
)
