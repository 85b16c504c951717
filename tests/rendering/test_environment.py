"""Templates: what they may print, and how a user's template overrides a block of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from jinja2 import TemplateAssertionError, UndefinedError

from dialspec.rendering.environment import RefusedOutputError, environment
from dialspec.rendering.text import (
    docstring_text,
    html_attribute,
    html_text,
    json_string,
    literal,
    markdown_text,
    number,
    python_string,
    shell_word,
    toml_string,
    yaml_string,
)
from dialspec.text import SpecText

Print = Callable[[str, str], str]

VALUES: Mapping[str, object] = {
    "plain": literal("plain"),
    "three": number(3),
    "python": python_string("a'b"),
    "inside": docstring_text("doc"),
    "markdown": markdown_text("a*b"),
    "html": html_text("a<b"),
    "attribute": html_attribute('a"b'),
    "yaml": yaml_string("y"),
    "toml": toml_string("t"),
    "json": json_string("j"),
    "shell": shell_word("a b"),
    "spec": SpecText("{{ 1 }}"),
    "raw": "raw",
    "integer": 3,
    "nothing": None,
    "names": [literal("a"), literal("b")],
}


@pytest.fixture
def printed(tmp_path: Path) -> Print:
    """Print a template of a given name."""

    def printed(name: str, template: str) -> str:
        (tmp_path / name).write_text(template, encoding="utf-8")
        return environment(tmp_path).get_template(name).render(VALUES)

    return printed


@pytest.mark.parametrize(
    ("name", "template", "output"),
    [
        ("a.py.jinja", "{{ plain }} {{ three }} {{ python }} {{ inside }}", 'plain 3 "a\'b" doc'),
        ("a.md.jinja", "{{ plain }} {{ markdown }}", "plain a\\*b"),
        ("a.html.jinja", "{{ plain }} {{ html }} {{ attribute }}", 'plain a&lt;b "a&quot;b"'),
        ("a.yaml.jinja", "{{ plain }} {{ yaml }}", 'plain "y"'),
        ("a.yml.jinja", "{{ yaml }}", '"y"'),
        ("a.toml.jinja", "{{ toml }}", '"t"'),
        ("a.json.jinja", "{{ json }}", '"j"'),
        ("a.sh.jinja", "{{ shell }}", "'a b'"),
    ],
)
def test_each_kind_of_file_prints_its_own_notation(
    printed: Print, name: str, template: str, output: str
) -> None:
    assert printed(name, template) == output


@pytest.mark.parametrize("value", ["spec", "raw", "integer", "nothing", "names", "'text'", "3"])
@pytest.mark.parametrize("kind", ["py", "md", "html", "json"])
def test_what_no_renderer_made_is_refused(printed: Print, value: str, kind: str) -> None:
    with pytest.raises(RefusedOutputError, match=rf"a\.{kind}\.jinja prints a .*render it first"):
        printed(f"a.{kind}.jinja", f"{{{{ {value} }}}}")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(("py", "markdown"), ("py", "html"), ("md", "python"), ("md", "html"), ("html", "python")),
        *(("json", "python"), ("yaml", "json"), ("sh", "python"), ("toml", "yaml")),
    ],
)
def test_text_of_another_notation_is_refused(printed: Print, kind: str, value: str) -> None:
    with pytest.raises(RefusedOutputError, match=f"text rendered as {value}"):
        printed(f"a.{kind}.jinja", f"{{{{ {value} }}}}")


def test_joined_by_hand_is_not_rendered(printed: Print) -> None:
    for expression in ("plain ~ plain", "plain + plain", "plain * 2", "'%s' % plain"):
        with pytest.raises(RefusedOutputError):
            printed("a.py.jinja", f"{{{{ {expression} }}}}")


def test_an_unknown_name_is_an_error_even_in_a_test(printed: Print) -> None:
    for template in ("{{ nope }}", "{% if nope %}{% endif %}", "{% for x in nope %}{% endfor %}"):
        with pytest.raises(UndefinedError, match="'nope' is undefined"):
            printed("a.py.jinja", template)
    with pytest.raises(UndefinedError, match="no attribute 'nope'"):
        printed("a.py.jinja", "{{ plain.nope }}")


@pytest.mark.parametrize("name", ["indent", "wordwrap", "safe", "escape", "e", "format", "replace"])
def test_filters_that_make_text_do_not_exist(printed: Print, name: str) -> None:
    with pytest.raises(TemplateAssertionError, match=f"No filter named '{name}'"):
        printed("a.py.jinja", f"{{{{ plain | {name} }}}}")


def test_rendered_names_are_joined_by_punctuation_only(printed: Print) -> None:
    assert printed("a.py.jinja", '{{ names | join(", ") }}') == "a, b"
    with pytest.raises(RefusedOutputError, match="punctuation"):
        printed("a.py.jinja", '{{ names | join(" import ") }}')


def test_macros_and_blocks_give_rendered_text(printed: Print) -> None:
    template = "{% macro f(x) %}<{{ x }}>{% endmacro %}{% set y %}[{{ plain }}]{% endset %}{{ f(plain) }}{{ y }}"
    assert printed("a.py.jinja", template) == "<plain>[plain]"
    assert printed("a.html.jinja", template) == "<plain>[plain]"
    with pytest.raises(RefusedOutputError):
        printed("a.py.jinja", "{% macro f(x) %}{{ x }}{% endmacro %}{{ f(raw) }}")


def test_a_template_says_what_it_prints(printed: Print) -> None:
    with pytest.raises(RefusedOutputError, match="the name must tell what it prints"):
        printed("a.txt.jinja", "{{ plain }}")
    with pytest.raises(RefusedOutputError, match=r"ends with \.jinja"):
        printed("a.py", "{{ plain }}")


def test_templates_of_two_kinds_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "m.md.jinja").write_text("{% macro f() %}<b>{% endmacro %}", encoding="utf-8")
    (tmp_path / "a.py.jinja").write_text('{% import "m.md.jinja" as m %}', encoding="utf-8")
    with pytest.raises(RefusedOutputError, match="another kind"):
        environment(tmp_path).get_template("a.py.jinja").render()


@pytest.fixture
def overriding(tmp_path: Path) -> Path:
    """Our templates in `ours`, a user's in `own`."""
    for folder in ("ours/client", "own/client"):
        (tmp_path / folder).mkdir(parents=True)
    ours = tmp_path / "ours" / "client"
    (ours / "macros.py.jinja").write_text("{% macro f() %}ours{% endmacro %}", encoding="utf-8")
    (ours / "a.py.jinja").write_text(
        '{% import "client/macros.py.jinja" as m %}'
        "{% block head %}# {{ plain }}\n{% endblock %}{{ m.f() }}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_a_users_template_overrides_one_block_of_ours(overriding: Path) -> None:
    (overriding / "own/client/a.py.jinja").write_text(
        '{% extends "base/client/a.py.jinja" %}'
        "{% block head %}# mine\n{{ super() }}{% endblock %}",
        encoding="utf-8",
    )
    templates = environment(overriding / "ours", overriding / "own")
    rendered = templates.get_template("client/a.py.jinja").render(VALUES)
    assert rendered == "# mine\n# plain\nours\n"


def test_what_a_user_does_not_override_is_ours(overriding: Path) -> None:
    templates = environment(overriding / "ours", overriding / "own")
    rendered = templates.get_template("client/a.py.jinja").render(VALUES)
    assert rendered == "# plain\nours\n"


def test_a_users_template_is_held_to_the_same_rules(overriding: Path) -> None:
    (overriding / "own/client/a.py.jinja").write_text(
        '{% extends "base/client/a.py.jinja" %}{% block head %}{{ spec }}{% endblock %}',
        encoding="utf-8",
    )
    templates = environment(overriding / "ours", overriding / "own")
    with pytest.raises(RefusedOutputError, match="prints a SpecText"):
        templates.get_template("client/a.py.jinja").render(VALUES)
