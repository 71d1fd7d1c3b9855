"""The table of what servers and models do wrong: whatever it is, the draft is finished, whole, and says what happened.

Every row is played by a real server over HTTP. `told` is what the draft says of it, None where it was mended and there
is nothing to say.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from service.domain.draft import Draft, DraftRequest
from service.domain.fact import Fact
from service.domain.finding import Band, Verdict
from service.domain.genre import Genre, UnitType
from service.domain.report import Exemplar, ExemplarOriginal, Retrieved
from service.drafting.compose_by_model import ModelSectionWriter
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftingTools
from service.model.asking import Asker
from service.model.connection import ModelSettings
from service.model.openai_compatible import OpenAICompatibleWriter
from service.model.personalities import perfect
from service.model.prompt_reading import asks_for_groups
from service.model.scripted_server import Asked, Reply, Script, ScriptedServer
from tests.drafting.composing import request
from tests.model.asking import QUICK, asker

FACTS = ("3月8日清理卫生死角12处", "发放宣传单300份")
MANY = (*FACTS, "清运垃圾30吨", "组织志愿者45人巡查楼道", "更换公益广告18块", "开展讲座2场，120人参加")
_EXEMPLAR = "全区共整治背街小巷86条，拆除违建4700平方米，受到群众一致好评。"
_TRADITIONAL = "會議動員對開關開辦區鄉鎮責處發單個們這實個號從進過還說應門問題。[L1]"


def _good(asked: Asked, **changes: object) -> Reply:
    return replace(perfect(asked), **changes)  # type: ignore[arg-type]


def _always(**changes: object) -> Script:
    return lambda asked: _good(asked, **changes)


def _first(trouble: Reply) -> Script:
    return lambda asked: trouble if asked.number == 1 else perfect(asked)


def _says(text: str) -> Script:
    return lambda asked: perfect(asked) if asks_for_groups(asked) else Reply(text)


def _no_structure(asked: Asked) -> Reply:
    if asked.form != "text":
        return Reply(status=400, error="response_format is not supported")
    return perfect(asked)


def _prose_for_tool(asked: Asked) -> Reply:
    if asked.form in ("json_schema", "json_mode"):
        return Reply(status=400, error="not supported")
    return Reply("好的，我来调用工具。") if asked.form == "tool" else perfect(asked)


@dataclass(frozen=True)
class Row:
    """A failure: how it is played, what the draft says of it, and the notes it is tried on."""

    script: Script
    told: str | None = None
    facts: tuple[str, ...] = FACTS
    limits: tuple[tuple[str, float], ...] = ()


ROWS = {
    "400 on structured output": Row(_no_structure, facts=MANY),
    "prose instead of a tool call": Row(_prose_for_tool, facts=MANY),
    "a thought before the text": Row(lambda a: _good(a, text=f"<think>先想。</think>\n{perfect(a).text}")),
    "a thought that never ends": Row(lambda a: _good(a, text=f"<think>{perfect(a).text}"), "是空的"),
    "code fences and a preamble": Row(lambda a: _good(a, text=f"好的，以下是正文：\n```\n{perfect(a).text}\n```")),
    "blank content once": Row(_first(Reply(""))),
    "blank content always": Row(lambda _: Reply(""), "是空的"),
    "the stream is cut once": Row(_first(Reply("3月8日清理", finish=None))),
    "the stream is always cut": Row(_always(finish=None), "中途断开"),
    "the connection drops": Row(_always(cut_after=300), "中途断开"),
    "the reply is too long": Row(_always(finish="length"), "仍未结束"),
    "repeated text without end": Row(_says("各项工作扎实推进，" * 3_000), "不停重复"),
    "invented line ids": Row(_says("清理卫生死角12处。[L77]"), "由规则起草"),
    "wrong line ids": Row(_says("发放宣传单300份。[L1]\n3月8日，清理卫生死角12处。[L2]"), "由规则起草"),
    "English": Row(_says("We cleaned 12 corners and gave out 300 leaflets. [L1]"), "由规则起草"),
    "Traditional": Row(_says(_TRADITIONAL), "由规则起草"),
    "invented numbers": Row(_says("清理卫生死角987处，发放宣传单6543份。[L1,L2]"), "由规则起草"),
    "a copied exemplar": Row(_says(f"{_EXEMPLAR}[L1]"), "由规则起草"),
    "a refusal in words": Row(_says("抱歉，作为人工智能助手我无法完成。"), "拒绝作答"),
    "a refusal by the filter": Row(_always(finish="content_filter"), "拒绝作答"),
    "401": Row(lambda _: Reply(status=401, error="bad key"), "OPENAI_API_KEY"),
    "404 model": Row(lambda _: Reply(status=404, error="no model"), "ZHIBI_MODEL"),
    "429 with Retry-After": Row(_first(Reply(status=429, error="slow", headers={"Retry-After": "0.01"}))),
    "429 without": Row(_first(Reply(status=429, error="slow"))),
    "429 for ever": Row(lambda _: Reply(status=429, error="slow"), "请求太多"),
    "500 once": Row(_first(Reply(status=500, error="oops"))),
    "500 for ever": Row(lambda _: Reply(status=500, error="oops"), "模型服务出错"),
    "one byte at a time": Row(_always(packet_bytes=1, wait_between=0.05), "没有写完", limits=(("whole_seconds", 2.0),)),
    "characters split between packets": Row(_always(packet_bytes=7)),
    "usage missing": Row(_always(with_usage=False)),
}


def _exemplars(request: DraftRequest, facts: Sequence[Fact]) -> list[Retrieved]:
    del request, facts
    masked = "全区共整治背街小巷〔数量〕条，拆除违建〔数量〕平方米，受到群众一致好评。"
    exemplar = Exemplar("past", Genre.PROGRESS, UnitType.STREET, "主要做法", masked, 0.5)
    return [Retrieved(exemplar, ExemplarOriginal("past", "旧稿", "主要做法", _EXEMPLAR))]


def _drafted(one: Asker, facts: Sequence[str]) -> Draft:
    tools = DraftingTools(writer=ModelSectionWriter(one, 4, rounds=1), choose_exemplars=_exemplars)
    return draft_report(request("\n".join(facts)), tools)


def _require_whole(draft: Draft, facts: Sequence[str]) -> None:
    for fact in facts:
        assert all(part.removeprefix("3月8日") in draft.text for part in fact.split("，")), (fact, draft.text)
    strange = ("987", "6543", "86条", "4700", "好评", "〔", "<think>", "[L", "corners", "會")
    assert [words for words in strange if words in draft.text] == []
    blocking = [one for one in draft.check.findings if one.band is Band.BLOCK]
    assert all(one.verdict is Verdict.PLACEHOLDER for one in blocking)


@pytest.mark.parametrize("name", ROWS)
def test_the_draft_is_whole_whatever_the_server_does(name: str) -> None:
    row = ROWS[name]
    with ScriptedServer(row.script) as server:
        writer = OpenAICompatibleWriter(ModelSettings("scripted", server.base_url, "k", **dict(row.limits)))  # type: ignore[arg-type]
        seconds = dict(row.limits).get("whole_seconds", QUICK.whole_seconds)
        draft = _drafted(Asker([writer], patience=replace(QUICK, whole_seconds=seconds)), row.facts)
        assert server.requests
    _require_whole(draft, row.facts)
    degraded = draft.provenance.degraded
    assert (degraded is None) if row.told is None else row.told in (degraded or "")
    if name == "usage missing":
        assert draft.provenance.usage["estimated_replies"] and draft.provenance.usage["prompt_tokens"]


def test_a_server_that_is_not_there_leaves_the_rules() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    draft = _drafted(Asker([OpenAICompatibleWriter(ModelSettings("m", address, ""))], patience=QUICK), FACTS)
    _require_whole(draft, FACTS)
    assert "连不上模型服务" in (draft.provenance.degraded or "")


def test_facts_whose_grouping_one_provider_refuses_reach_no_other() -> None:
    def filtering(asked: Asked) -> Reply:
        if asked.form != "text" or asks_for_groups(asked):
            # The probe holds no facts, so it passes; the facts themselves are refused.
            return perfect(asked) if "<<" not in asked.user else Reply(status=400, error="data_inspection_failed")
        return Reply(status=500, error="oops")

    with ScriptedServer(filtering) as first, ScriptedServer(perfect) as second:
        draft = _drafted(asker(first, second), MANY)
        assert not any("清理卫生死角" in str(one) for one in second.requests)
    _require_whole(draft, MANY)
    assert "以内容为由拒绝" in (draft.provenance.degraded or "")
