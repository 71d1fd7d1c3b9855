"""The asker before real servers that fail: tries again, waits as asked, turns to the second model, keeps its ledger."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate

import pytest

from service.domain.errors import ModelFailed
from service.model.asking import Prices
from service.model.record import RecordInMemory
from service.model.role import Usage
from service.model.scripted_server import Asked, Reply, ScriptedServer
from tests.model.asking import PROMPT, QUICK, asker

ANSWER = "开展志愿服务3次。[L1]"


def _first_then(first: Reply, then: Reply) -> Callable[[Asked], Reply]:
    return lambda asked: first if asked.number == 1 else then


@pytest.mark.parametrize(
    "trouble",
    [
        Reply(status=429, error="slow down"),
        Reply(status=429, error="slow down", headers={"Retry-After": "0.01"}),
        Reply(status=500, error="oops"),
        Reply(status=503, error="starting", headers={"Retry-After": "0"}),
        Reply(ANSWER, finish=None),
        Reply(ANSWER * 9, cut_after=400),
        Reply(""),
    ],
    ids=["429", "429 with Retry-After", "500", "503", "no finish reason", "cut", "blank"],
)
def test_a_failure_that_passes_is_tried_again(trouble: Reply) -> None:
    usage: dict[str, int] = {}
    with ScriptedServer(_first_then(trouble, Reply(ANSWER))) as server:
        assert asker(server).ask(PROMPT, usage).text == ANSWER
        assert len(server.requests) == 2
    assert usage["requests"] == 2


@pytest.mark.parametrize(
    ("trouble", "cause"),
    [
        (Reply(status=401, error="bad key"), "key"),
        (Reply(status=404, error="no model"), "model"),
        (Reply(status=400, error="what"), "request"),
        (Reply(status=400, error="data_inspection_failed"), "refused"),
        (Reply(ANSWER, finish="content_filter"), "refused"),
        (Reply(ANSWER, finish="length"), "length"),
        (Reply("扎实推进各项工作，" * 900), "repeats"),
    ],
)
def test_a_failure_that_stays_is_not_tried_again(trouble: Reply, cause: str) -> None:
    with ScriptedServer(lambda _: trouble) as server:
        with pytest.raises(ModelFailed) as failed:
            asker(server).ask(PROMPT, {})
        assert len(server.requests) == 1
    assert failed.value.detail["cause"] == cause


def test_tries_are_bounded() -> None:
    with ScriptedServer(lambda _: Reply(status=500, error="oops")) as server:
        with pytest.raises(ModelFailed):
            asker(server).ask(PROMPT, {})
        assert len(server.requests) == 1 + QUICK.retries


@pytest.mark.parametrize("asked", ["3600", formatdate(time.time() + 3600, usegmt=True)], ids=["seconds", "date"])
def test_a_wait_longer_than_the_patience_is_not_begun(asked: str) -> None:
    busy = Reply(status=429, error="later", headers={"Retry-After": asked})
    with ScriptedServer(lambda _: busy) as server:
        with pytest.raises(ModelFailed):
            asker(server).ask(PROMPT, {})
        assert len(server.requests) == 1


def test_a_server_that_sends_us_elsewhere_is_not_followed() -> None:
    with ScriptedServer(lambda _: Reply(ANSWER)) as elsewhere:
        moved = Reply(status=307, headers={"Location": f"{elsewhere.base_url}/chat/completions"})
        with ScriptedServer(lambda _: moved) as server, pytest.raises(ModelFailed):
            asker(server).ask(PROMPT, {})
        assert elsewhere.requests == []


def test_the_second_model_is_asked_where_the_first_does_not_answer() -> None:
    with (
        ScriptedServer(lambda _: Reply(status=401, error="bad key")) as first,
        ScriptedServer(lambda _: Reply(ANSWER)) as second,
    ):
        answer = asker(first, second).ask(PROMPT, {})
    assert (answer.text, answer.model) == (ANSWER, "m2")


@pytest.mark.parametrize(
    "refusal", [Reply(ANSWER, finish="content_filter"), Reply(status=400, error="content_policy_violation")]
)
def test_what_one_provider_refuses_for_its_content_is_not_carried_to_another(refusal: Reply) -> None:
    with ScriptedServer(lambda _: refusal) as first, ScriptedServer(lambda _: Reply(ANSWER)) as second:
        with pytest.raises(ModelFailed):
            asker(first, second).ask(PROMPT, {})
        assert second.requests == []


def test_a_try_that_failed_midway_begins_its_text_again() -> None:
    heard: list[str] = []
    with ScriptedServer(
        _first_then(Reply("甲乙丙丁戊己庚辛壬", finish=None, piece=3), Reply("子丑", piece=1))
    ) as server:
        asker(server).ask(PROMPT, {}, heard.append)
    shown = [one for one in heard if one]
    assert shown == ["甲乙丙", "甲乙丙丁戊己", "甲乙丙丁戊己庚辛壬", "子", "子丑"]


def test_a_person_who_stops_waits_for_no_model() -> None:
    class Stopped(Exception):
        pass

    def stop(_: str) -> None:
        raise Stopped

    record = RecordInMemory()
    with ScriptedServer(lambda _: Reply(ANSWER, wait_first=5.0)) as server, pytest.raises(Stopped):
        asker(server, record=record).ask(PROMPT, {}, stop)
    assert [outcome for _, _, outcome in record.entries] == ["stopped"]


def test_the_ledger_holds_every_try_with_its_outcome_and_cost() -> None:
    record, usage = RecordInMemory(), dict[str, int]()
    prices = Prices(prompt=2.0, completion=8.0)
    with ScriptedServer(_first_then(Reply(status=500, error="oops"), Reply(ANSWER))) as server:
        asker(server, record=record, prices=prices, run="r1").ask(PROMPT, usage)
    assert [(sent.run, sent.purpose, outcome) for sent, _, outcome in record.entries] == [
        ("r1", "工作开展情况", "server"),
        ("r1", "工作开展情况", "done"),
    ]
    asked = len(PROMPT.system + PROMPT.user)
    assert record.entries[1][1] == Usage(asked, len(ANSWER))
    assert usage["cost_millionths"] == 2 * asked + 8 * len(ANSWER)


def test_usage_that_is_missing_is_counted_here_and_said_to_be() -> None:
    usage: dict[str, int] = {}
    with ScriptedServer(lambda _: Reply(ANSWER, with_usage=False)) as server:
        asker(server, count_tokens=lambda text: 7).ask(PROMPT, usage)
    assert (usage["prompt_tokens"], usage["completion_tokens"], usage["estimated_replies"]) == (7, 7, 1)


def test_private_data_is_replaced_on_its_way_out_and_restored_on_its_way_in() -> None:
    def find(line: str) -> list[tuple[int, int, str]]:
        at = line.find("13800001234")
        return [(at, at + 11, "手机号")] if at >= 0 else []

    def back(asked: Asked) -> Reply:
        return Reply("联系电话⟦隐1⟧。[L1]" if "⟦隐1⟧" in asked.user else "没有标记", piece=1)

    record, heard = RecordInMemory(), list[str]()
    prompt = replace(PROMPT, user="L1 电话13800001234\nL2 又是13800001234\nL3 ⟦隐1⟧")
    with ScriptedServer(back) as server:
        answer = asker(server, record=record, find_private=find).ask(prompt, {}, heard.append)
        (sent,) = server.requests
    assert "13800001234" not in str(sent) and str(sent).count("⟦隐1⟧") == 2
    assert answer.text == heard[-1] == "联系电话13800001234。[L1]"
    assert not any("⟦" in one for one in heard)
    entry = record.entries[0][0]
    assert "13800001234" not in entry.text and entry.replaced == {"手机号": 2}
