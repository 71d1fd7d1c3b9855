"""Prompt templates: declared inputs, strict rendering, one snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompts.render import PromptUnusable, Template, load_template, read_template, render

_VALUES = {
    "genre": "工作总结",
    "register": "平实。",
    "heading": "主要做法",
    "purpose": "写做法",
    "never": "套话",
    "groups": "不分小标题：L1",
    "lines": "L1 清理死角12处",
    "exemplars": "（无）",
    "outline": "主要做法、下一步打算",
    "beside": "下一步打算：增设车位30个",
    "wish": "",
    "facts": "F1 清理死角12处\nF2 发放宣传单300份",
    "boundary": "ab12",
    "objection": "",
    "first": "3月8日，清理死角12处。",
    "second": "3月8日搞了清理，12处。",
}
TEMPLATES = Path(__file__).parents[2] / "prompts" / "templates"
_SMALL = 'name = "ask"\nversion = "1"\ninputs = ["who"]\nsystem = "问{{who}}"\nuser = "答"\n'


def _of(template: Template) -> dict[str, str]:
    return {one: _VALUES[one] for one in template.inputs}


def test_a_template_is_filled_and_says_its_hash() -> None:
    template = load_template("write_section", 3)
    rendered = render(template, _of(template))
    assert "L1 清理死角12处" in rendered.user and rendered.user.count("<<ab12 笔记行>>") == 1
    assert "{{" not in rendered.system + rendered.user
    assert rendered.version == template.version and rendered.version.startswith("v3 sha256:")


@pytest.mark.parametrize("file", sorted(path.name for path in TEMPLATES.iterdir()))
def test_every_rendered_prompt_is_the_one_reviewed(file: str) -> None:
    # A change of a template is a new version of it, with a snapshot of its own: see prompts/CHANGES.md.
    name, number = file.removesuffix(".toml").rsplit(".v", 1)
    template = load_template(name, int(number))
    rendered = render(template, _of(template))
    reviewed = (Path(__file__).parent / "snapshots" / f"{name}.v{number}.txt").read_text(encoding="utf-8")
    assert f"{rendered.system}\n---\n{rendered.user}\n" == reviewed


def test_a_note_that_looks_like_an_input_is_not_filled_again() -> None:
    rendered = render(
        load_template("write_section", 3), {**_of(load_template("write_section", 3)), "lines": "L1 {{boundary}}"}
    )
    assert "L1 {{boundary}}" in rendered.user


@pytest.mark.parametrize(
    ("values", "named"), [({}, "who"), ({"who": "张", "when": "今"}, "when")], ids=["missing", "unknown"]
)
def test_a_missing_or_unknown_input_is_refused_by_name(values: dict[str, str], named: str) -> None:
    with pytest.raises(PromptUnusable, match=named):
        render(read_template(_SMALL, "ask.v1.toml"), values)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [('inputs = ["who"]', 'inputs = ["who", "why"]', "why"), ('user = "答"\n', "", "user"), ("问{{who}}", "问", "who")],
)
def test_a_template_that_breaks_its_form_is_refused(old: str, new: str, named: str) -> None:
    with pytest.raises(PromptUnusable, match=named):
        read_template(_SMALL.replace(old, new), "ask.v1.toml")


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(PromptUnusable, match="write_poem"):
        load_template("write_poem", 1)
