"""The writer against a real HTTP server that behaves well, and badly on purpose."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from service.domain.errors import ModelFailed
from service.model.connection import ModelSettings
from service.model.openai_compatible import OpenAICompatibleWriter
from service.model.role import Prompt, Usage
from service.model.scripted_server import Reply, ScriptedServer
from service.model.thoughts import ThoughtFilter

PROMPT = Prompt(system="写一段。", user="L1 开展志愿服务3次。", boundary="b", version="v1")
ANSWER = "3月8日，组织志愿者开展清洁行动，清理卫生死角12处。[L1]"


def _writer(server: ScriptedServer, **changes: object) -> OpenAICompatibleWriter:
    settings = ModelSettings(name="scripted", base_url=server.base_url, api_key="k")
    return OpenAICompatibleWriter(replace(settings, **changes))  # type: ignore[arg-type]


def _ask(reply: Reply, **changes: object) -> str:
    with ScriptedServer(lambda _: reply) as server:
        return "".join(_writer(server, **changes).write(PROMPT))


def _cause(reply: Reply, **changes: object) -> str:
    with pytest.raises(ModelFailed) as failed:
        _ask(reply, **changes)
    return str(failed.value.detail["cause"])


def test_a_reply_arrives_in_pieces_and_whole_with_its_usage() -> None:
    with ScriptedServer(lambda _: Reply(ANSWER)) as server:
        reply = _writer(server).write(PROMPT)
        pieces = list(reply)
        assert "".join(pieces) == ANSWER
        assert len(pieces) > 3
        assert reply.usage == Usage(len(PROMPT.system + PROMPT.user), len(ANSWER))
        (sent,) = server.requests
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert sent["max_tokens"] == 2_000
    assert "tools" not in sent


def test_a_character_split_between_two_packets_stays_whole() -> None:
    assert _ask(Reply(ANSWER, packet_bytes=7)) == ANSWER


def test_thoughts_before_the_answer_are_taken_out() -> None:
    assert _ask(Reply(f"<think>笔记里有3次……</think>\n{ANSWER}", piece=3)) == f"\n{ANSWER}"


def test_a_stream_without_a_finish_reason_is_a_cut_reply() -> None:
    assert _cause(Reply(ANSWER, finish=None)) == "cut"


def test_a_dropped_connection_is_a_cut_reply() -> None:
    assert _cause(Reply(ANSWER * 20, cut_after=900)) == "cut"


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        (Reply(ANSWER, finish="length"), "length"),
        (Reply("", finish="stop"), "blank"),
        (Reply("<think>只想不答", finish="stop"), "blank"),
        (Reply(ANSWER, finish="content_filter"), "refused"),
        (Reply(status=401, error="bad key"), "key"),
        (Reply(status=404, error="no model"), "model"),
        (Reply(status=429, error="slow down"), "busy"),
        (Reply(status=400, error="bad request"), "request"),
        (Reply(status=500, error="oops"), "server"),
    ],
)
def test_a_reply_that_cannot_be_used_says_why(reply: Reply, cause: str) -> None:
    assert _cause(reply) == cause


def test_a_server_that_never_begins_is_given_up_on() -> None:
    assert _cause(Reply(ANSWER, wait_first=3.0), first_piece_seconds=0.3) == "slow"


def test_a_server_that_trickles_is_given_up_on_by_the_whole_limit() -> None:
    trickle = Reply(ANSWER * 5, piece=1, wait_between=0.1)
    assert _cause(trickle, whole_seconds=1.0, between_pieces_seconds=10.0) == "slow"


def test_a_closed_port_is_no_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = ModelSettings(name="m", base_url=f"http://127.0.0.1:{port}/v1", api_key="")
    with pytest.raises(ModelFailed) as failed:
        list(OpenAICompatibleWriter(settings).write(PROMPT))
    assert failed.value.detail["cause"] == "connection"


def test_usage_that_the_server_does_not_give_is_zero() -> None:
    with ScriptedServer(lambda _: Reply(ANSWER, with_usage=False)) as server:
        reply = _writer(server).write(PROMPT)
        assert "".join(reply) == ANSWER
        assert reply.usage == Usage()


@pytest.mark.parametrize("size", range(1, 12))
def test_thoughts_are_found_however_the_pieces_fall(size: int) -> None:
    text = "甲<think>乙</think>丙<thin丁<think>戊"
    thoughts = ThoughtFilter()
    shown = "".join(thoughts.feed(text[start : start + size]) for start in range(0, len(text), size)) + thoughts.end()
    assert shown == "甲丙<thin丁"
