"""Small structured answers: facts grouped under labels. A probe finds once what a server can do, and it is remembered.

The ladder is json_schema → json_mode → tool call → plain lines. Servers answer 400 to the first, prose to the third;
a rung counts only when its probe comes back as the very groups it was asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from service.domain.errors import ModelFailed
from service.model.asking import Asker
from service.model.failures import cause_of
from service.model.role import Form, Prompt

Groups = tuple[tuple[str, tuple[str, ...]], ...]

_LADDER = (Form.JSON_SCHEMA, Form.JSON_MODE, Form.TOOL, Form.LINES)
_FENCED = re.compile(r"```[a-zA-Z]{0,10}\s*(.*?)```", re.DOTALL)
_LINE = re.compile(
    r"^\s*[【\[]?\s*(F\d{1,5}(?:\s*[,，、\s]\s*F\d{1,5}){0,400})\s*[】\]]?\s*[|｜:：]\s*(\S[^\n]{0,60})$"
)
_SAID = {
    Form.JSON_SCHEMA: "按给定的JSON格式输出。",
    Form.JSON_MODE: '只输出一个JSON对象：{"groups": [{"label": "小标题", "facts": ["F1", "F2"]}]}',
    Form.TOOL: "调用 groups 给出结果。",
    Form.LINES: "每组一行，不输出其他内容：编号用逗号隔开，竖线后写小标题，例如 F1,F2 | 小标题",
}
# These say that a server does not take the form; any other failure says nothing of it.
_NOT_TAKEN = frozenset({"request", "blank", "server", "cut", "length", "repeats"})


def asked_groups(asker: Asker, prompt: Prompt, usage: dict[str, int], deadline: float) -> Groups | None:
    """The groups a model gives for `prompt`, which says what is to be grouped; None where it gives nothing readable.
    Raises ModelFailed where the server does not answer at all."""
    writer = asker.writers[0]
    form = asker.record.form_of(writer.server, writer.name) or _probed(asker, usage, deadline)
    if form is None:
        return None
    answer = asker.ask(_in_form(prompt, form), usage, form=form, deadline=deadline)
    groups = read_groups(answer.text, form)
    if groups is None:
        # Servers are updated; the next question probes anew.
        asker.record.remember_form(writer.server, writer.name, None)
    return groups


def _probed(asker: Asker, usage: dict[str, int], deadline: float) -> Form | None:
    """The first form in which the server gives back what it is told to, remembered; None where none does."""
    writer = asker.writers[0]
    # The probe concerns this server alone: neither tries again nor asks the second model.
    alone = replace(asker, writers=(writer,), patience=replace(asker.patience, retries=0))
    for form in _LADDER:
        question = _in_form(
            Prompt("你按要求给出结构化结果。", "把 F1、F2 归为一组，小标题写“测试”。", "", "probe", "探测"), form
        )
        try:
            groups = read_groups(alone.ask(question, usage, form=form, deadline=deadline).text, form)
        except ModelFailed as wrong:
            if cause_of(wrong) not in _NOT_TAKEN:
                raise
            continue
        if groups is not None and [one for _, facts in groups for one in facts] == ["F1", "F2"]:
            asker.record.remember_form(writer.server, writer.name, form)
            return form
    return None


def _in_form(prompt: Prompt, form: Form) -> Prompt:
    return replace(prompt, user=f"{prompt.user}\n\n{_SAID[form]}")


def read_groups(text: str, form: Form) -> Groups | None:
    """The groups in a reply of `form`, None where it holds none. Pure; never raises on content."""
    return _from_lines(text) if form is Form.LINES else _from_json(text)


def _from_lines(text: str) -> Groups | None:
    found = [one for line in text.split("\n") if (one := _LINE.match(line))]
    return tuple((one[2].strip(), tuple(re.findall(r"F\d+", one[1]))) for one in found) or None


def _from_json(text: str) -> Groups | None:
    fenced = _FENCED.search(text)
    body = fenced[1] if fenced else text
    start, end = body.find("{"), body.rfind("}")
    try:
        table = json.loads(body[start : end + 1]) if 0 <= start < end else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(table, Mapping) or not isinstance(table.get("groups"), list):
        return None
    groups = []
    for one in table["groups"]:
        if not isinstance(one, Mapping) or not isinstance(one.get("facts"), list):
            return None
        label = one.get("label")
        if not isinstance(label, str) or not all(isinstance(fact, str) for fact in one["facts"]):
            return None
        groups.append((label.strip(), tuple(one["facts"])))
    return tuple(groups) or None
