"""Structured answers: the probe climbs down a ladder once and remembers, whatever servers do on the way."""

from __future__ import annotations

import json

import pytest

from service.domain.errors import ModelFailed
from service.model.personalities import grouped, perfect
from service.model.record import RecordInMemory
from service.model.role import Form, Prompt
from service.model.scripted_server import Asked, Reply, Script, ScriptedServer
from service.model.structured import asked_groups, read_groups
from tests.model.asking import asker

PROMPT = Prompt("归组。", "<<abcdef12 事实>>\nF1 清理死角\nF2 慰问老人\n<<abcdef12 事实完>>", "abcdef12", "v1")
GROUPS = (("推进环境整治", ("F1",)), ("组织志愿服务", ("F2",)))


def _only(*forms: str) -> Script:
    """A server that takes these forms: 400 for json_schema it does not know, prose where it knows no other."""

    def script(asked: Asked) -> Reply:
        lines = asked.form == "text"
        if (asked.form in forms) or (lines and "lines" in forms):
            return perfect(asked)
        if asked.form == "json_schema":
            return Reply(status=400, error="response_format json_schema is not supported")
        return Reply("好的，我来分组：先写清理，再写慰问。")

    return script


@pytest.mark.parametrize(
    ("script", "form", "requests"),
    [
        (_only("json_schema"), Form.JSON_SCHEMA, 2),
        (_only("json_mode"), Form.JSON_MODE, 3),
        (_only("tool"), Form.TOOL, 4),
        (_only("lines"), Form.LINES, 5),
    ],
    ids=["json_schema", "json_mode", "tool", "lines"],
)
def test_the_first_form_that_works_is_found_and_remembered(script: Script, form: Form, requests: int) -> None:
    record = RecordInMemory()
    with ScriptedServer(script) as server:
        one = asker(server, record=record)
        assert asked_groups(one, PROMPT, {}, one.deadline()) == GROUPS
        assert len(server.requests) == requests
        assert asked_groups(one, PROMPT, {}, one.deadline()) == GROUPS
        assert len(server.requests) == requests + 1
        assert record.form_of(server.base_url, "m1") is form


def test_a_server_without_any_form_gives_none_and_is_asked_four_times() -> None:
    with ScriptedServer(_only()) as server:
        one = asker(server)
        assert asked_groups(one, PROMPT, {}, one.deadline()) is None
        assert len(server.requests) == 4


def test_a_server_that_does_not_answer_is_no_server_without_the_form() -> None:
    with ScriptedServer(lambda _: Reply(status=401, error="bad key")) as server:
        one = asker(server)
        with pytest.raises(ModelFailed):
            asked_groups(one, PROMPT, {}, one.deadline())
        assert len(server.requests) == 1


def test_an_answer_that_is_no_longer_readable_forgets_the_form() -> None:
    record = RecordInMemory()

    def script(asked: Asked) -> Reply:
        return perfect(asked) if asked.number == 1 else Reply("{}")

    with ScriptedServer(script) as server:
        one = asker(server, record=record)
        assert asked_groups(one, PROMPT, {}, one.deadline()) is None
    assert record.forms == {}


@pytest.mark.parametrize("form", [Form.JSON_SCHEMA, Form.JSON_MODE, Form.TOOL])
def test_a_fence_and_words_around_json_are_no_harm(form: Form) -> None:
    body = json.dumps({"groups": [{"label": "开展宣传", "facts": ["F1"]}]}, ensure_ascii=False)
    assert read_groups(f"好的：\n```json\n{body}\n```\n以上。", form) == (("开展宣传", ("F1",)),)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"groups": 3}', '{"groups": [3]}', '{"groups": [{"label": 1, "facts": []}]}', "{" * 5_000]
)
def test_what_is_no_grouping_is_none(text: str) -> None:
    assert read_groups(text, Form.JSON_MODE) is None


def test_the_kit_speaks_every_form() -> None:
    asked = Asked({"messages": [{"role": "user", "content": PROMPT.user}], "tools": [{}]}, 1)
    assert grouped(asked, [("甲", ["F1"])]).as_tool
