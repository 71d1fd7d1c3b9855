"""`zhibi draft` with a language model, through a real server: a good one, a liar, a dead one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from service.model.personalities import PERSONALITIES
from service.model.scripted_server import Asked, Reply, ScriptedServer
from tests.commands.running import Ran, installed_zhibi, zhibi

NOTES = "3月8日清理卫生死角12处\n3月9日发放宣传单300份\n存在问题：停车位不足\n下一步打算增设车位30个\n"


def _lines(asked: Asked) -> list[tuple[str, str]]:
    return re.findall(r"^L(\d+)[^\S\n]*[:：|]?[^\S\n]*(.+)$", asked.user, re.MULTILINE)


def _honest(asked: Asked) -> Reply:
    return Reply("\n".join(f"{text.rstrip('。')}。[L{number}]" for number, text in _lines(asked)))


def _lying(asked: Asked) -> Reply:
    return Reply("\n".join(f"共清理卫生死角987处，发放宣传单6543份。[L{number}]" for number, _ in _lines(asked)))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "notes.txt").write_text(NOTES, encoding="utf-8")
    return tmp_path / "home"


def _draft(home: Path, base_url: str, run: Callable[..., Ran] = zhibi, **more: str) -> Ran:
    asked = ("--notes", "notes.txt", "--genre", "progress", "--unit", "云汐街道", "--period", "2024年一季度", "--json")
    settings = {"ZHIBI_MODEL": "scripted", "OPENAI_BASE_URL": base_url, "OPENAI_API_KEY": "k", **more}
    return run("draft", *asked, home=home, stdin=b"", **settings)


def test_a_good_model_writes_the_sections_and_is_named(home: Path) -> None:
    with ScriptedServer(_honest) as server:
        draft = _draft(home, server.base_url).json
        assert len(server.requests) >= 3
        assert all(request["stream"] for request in server.requests)
        assert not any("tools" in request for request in server.requests)
    assert draft["provenance"]["composer"] == "scripted"
    assert draft["provenance"]["degraded"] is None
    assert draft["provenance"]["usage"]
    assert re.search(r"sha256:[0-9a-f]{12}", draft["provenance"]["prompts"]["write_section"])
    assert "12处" in draft["text"]
    assert draft["check"]["summary"]["block"] == 0


def test_figures_a_model_invents_never_stand_in_the_draft_unflagged(home: Path) -> None:
    with ScriptedServer(_lying) as server:
        draft = _draft(home, server.base_url).json
    flagged = [(one["start"], one["end"]) for one in draft["check"]["findings"]]
    for invented in re.finditer("987|6543", draft["text"]):
        assert any(start <= invented.start() < end for start, end in flagged)
    for stated in ("12处", "300份", "停车位不足", "30个"):
        assert stated in draft["text"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=401, error="bad key"),
        Reply(status=500, error="oops"),
        Reply("3月8日清理", finish=None),
        Reply("As an AI model I cannot help with that."),
        Reply("<think>想了很久"),
    ],
)
def test_a_model_that_cannot_write_leaves_the_rules_and_the_draft_says_so(home: Path, reply: Reply) -> None:
    with ScriptedServer(lambda _: reply) as server:
        draft = _draft(home, server.base_url).json
    assert draft["provenance"]["degraded"]
    assert "12处" in draft["text"]
    assert "300份" in draft["text"]
    assert draft["check"]["summary"]["block"] == 0


def test_a_server_that_is_not_there_leaves_the_rules(home: Path) -> None:
    draft = _draft(home, "http://127.0.0.1:9/v1").json
    assert draft["provenance"]["degraded"]
    assert "12处" in draft["text"]


def test_two_processes_write_the_same_bytes_of_the_same_notes_with_the_same_script(home: Path) -> None:
    notes = [
        f"{day}日{work}" for day, work in enumerate(("清运垃圾12吨", "发放宣传单300份", "巡查楼道5次", "种树120棵"), 3)
    ]
    notes += ["更换公益广告18块", "开展讲座2场，120人参加", "存在问题：停车位不足", "下一步打算增设车位30个"]
    (home.parent / "notes.txt").write_text("\n".join(notes), encoding="utf-8")
    with ScriptedServer(PERSONALITIES["average"]) as server:
        # What a set or a hash orders differs between these two.
        first, second = (_draft(home, server.base_url, installed_zhibi, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.json["provenance"]["composer"] == "scripted"
    # The first run also asks once how the server gives structured answers, so only what was paid differs.
    texts = [re.sub(r'"usage": \{[^}]*\}', "", one.out) for one in (first, second)]
    assert texts[0] == texts[1]
