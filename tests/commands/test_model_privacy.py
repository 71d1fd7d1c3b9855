"""What leaves for a model through `zhibi draft`: nothing private, all in the ledger, nothing where it is forbidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.model.personalities import PERSONALITIES
from service.model.scripted_server import ScriptedServer
from service.settings import Settings
from service.wiring.models import is_own
from tests.commands.running import Ran, zhibi

# Invented: the identity number has a right check digit, the card a right Luhn digit.
PRIVATE = ("11010519491231002X", "13800001234", "6222020000000000009", "zhou.lan@example.cn", "周翠花", "林小满")
NOTES = (
    "3月8日清理卫生死角12处\n"
    "3月9日慰问低保户周翠花，发放慰问品2份\n"
    "学生林小满参加志愿服务3次\n"
    "联系人电话13800001234，身份证11010519491231002X，发放宣传单300份\n"
    "卡号6222020000000000009，邮箱zhou.lan@example.cn，巡查楼道5次\n"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "notes.txt").write_text(NOTES, encoding="utf-8")
    return tmp_path / "home"


def _draft(home: Path, base_url: str, **more: str) -> Ran:
    asked = ("--notes", "notes.txt", "--genre", "progress", "--unit", "云汐街道", "--period", "2024年一季度", "--json")
    settings = {"ZHIBI_MODEL": "perfect", "OPENAI_BASE_URL": base_url, "OPENAI_API_KEY": "k", **more}
    return zhibi("draft", *asked, home=home, stdin=b"", **settings)


def test_nothing_private_leaves_and_the_ledger_holds_all_that_did(home: Path) -> None:
    with ScriptedServer(PERSONALITIES["perfect"]) as server:
        drafted = _draft(home, server.base_url)
        assert drafted.json["provenance"]["composer"] == "perfect"
        sent = str(server.requests)
        assert len(server.requests) >= 1 and "清理卫生死角12处" in sent
        assert [one for one in PRIVATE if one in sent] == []
        ledger = zhibi("ledger", "--json", home=home).json
        assert len(ledger) == len(server.requests)
        for entry, request in zip(ledger, sorted(server.requests, key=str), strict=True):
            assert entry["outcome"] == "done" and entry["server"] == server.base_url and request["messages"]
        assert {entry["text"] for entry in ledger} == {
            f"{one['messages'][0]['content']}\n\n{one['messages'][1]['content']}" for one in server.requests
        }


def test_an_outside_model_is_refused_before_anything_is_sent(home: Path) -> None:
    refused = _draft(home, "http://192.0.2.1:9/v1", ZHIBI_NO_OUTSIDE_MODEL="true")
    assert refused.code == 2 and "ZHIBI_NO_OUTSIDE_MODEL" in refused.err and "没有任何内容发出" in refused.err
    embedding = {"ZHIBI_EMBEDDING_MODEL": "e", "OPENAI_BASE_URL": "http://192.0.2.1:9/v1"}
    searched = zhibi("search", "志愿者", home=home, stdin=b"", ZHIBI_NO_OUTSIDE_MODEL="true", **embedding)
    assert searched.code == 2 and "192.0.2.1" in searched.err


def test_nothing_private_leaves_for_an_embedding_server_and_the_ledger_holds_all_that_did(home: Path) -> None:
    past = home.parent / "旧稿.txt"
    past.write_text(
        "云汐街道2023年文明创建工作总结\n一、主要做法\n3月8日，组织志愿者清理卫生死角12处，联系人电话13800001234。\n"
        "二、存在的问题\n停车位不足，邮箱zhou.lan@example.cn。\n三、下一步打算\n增设车位30个。\n",
        encoding="utf-8",
    )
    with ScriptedServer(PERSONALITIES["perfect"]) as server:
        settings = {"ZHIBI_EMBEDDING_MODEL": "e", "OPENAI_BASE_URL": server.base_url, "ZHIBI_NO_OUTSIDE_MODEL": "true"}
        assert zhibi("ingest", past, home=home, stdin=b"", **settings).code == 0
        found = zhibi("search", "低保户周翠花13800001234清理卫生死角", "--json", home=home, stdin=b"", **settings)
        assert "卫生死角" in found.json[0]["text"]
        sent = [str(text) for request in server.requests for text in request["input"]]
    assert sent and [one for one in PRIVATE if one in "\n".join(sent)] == []
    ledger = zhibi("ledger", "embeddings", "--json", home=home).json
    # The server is also asked once, with a word of ours, how long its vectors are.
    assert {line for entry in ledger for line in entry["text"].split("\n")} >= {
        line for text in sent for line in text.split("\n") if line and line != "文明"
    }
    assert {entry["purpose"] for entry in ledger} == {"向量·旧稿段落", "向量·检索语句"}
    assert any(entry["replaced"] for entry in ledger)
    assert zhibi("ledger", "--json", home=home).json == []


def test_a_model_on_this_machine_is_allowed(home: Path) -> None:
    with ScriptedServer(PERSONALITIES["perfect"]) as server:
        drafted = _draft(home, server.base_url, ZHIBI_NO_OUTSIDE_MODEL="true")
    assert drafted.json["provenance"]["composer"] == "perfect"


@pytest.mark.parametrize(
    ("address", "hosts", "own"),
    [
        ("http://127.0.0.1:8000/v1", "", True),
        ("http://localhost/v1", "", True),
        ("http://[::1]:8000/v1", "", True),
        ("http://10.0.0.5/v1", "", False),
        ("http://10.0.0.5/v1", "10.0.0.5", True),
        ("https://gpu.office.lan/v1", "GPU.office.lan, other", True),
        ("https://api.example.com/v1", "gpu.office.lan", False),
        ("https://127.0.0.1.example.com/v1", "", False),
        ("http://127.0.0.1@evil.example/v1", "", False),
        ("", "", False),
    ],
)
def test_only_this_machine_and_named_hosts_are_ones_own(address: str, hosts: str, own: bool) -> None:
    assert is_own(address, hosts) is own
    assert Settings(no_outside_model=True, own_model_hosts=hosts).own_model_hosts == hosts
