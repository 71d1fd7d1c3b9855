"""A genre of one's own: a file in a folder that a setting names, and no code."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prompts.load import GenrePlanUnusable, add_genres, load_genre_plan
from service.checking.wording import wording_findings
from service.domain.account import AccountRole
from service.domain.errors import UnusableInput
from service.domain.genre import Genre, forget_genre, genres, parse_genre, traits_of
from tests.commands.running import zhibi
from tests.web.serving import call, services_at, serving
from tests.web.test_pages import Browser

_FILE = Path(__file__).with_name("briefing.toml")
_NOTES = "3月5日清运垃圾12吨\n罗湾社区楼道堆物没人清，问题突出\n下一步打算每周巡查2次"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "genres"
    made.mkdir()
    shutil.copy(_FILE, made / "briefing.toml")
    yield made
    # What one test taught this process is nothing that the tests after it may meet.
    for learned in genres()[len(Genre) :]:
        forget_genre(learned)


def test_the_command_drafts_in_it_by_key_and_by_name(folder: Path, tmp_path: Path) -> None:
    asked = ("draft", "--notes", "-", "--unit", "云溪街道", "--period", "2031年一季度", "--json")
    for name in ("briefing", "情况通报"):
        ran = zhibi(*asked, "--genre", name, home=tmp_path, stdin=_NOTES.encode(), ZHIBI_GENRES_FOLDER=str(folder))
        assert ran.code in (0, 1), ran.err
        assert ran.json["genre"] == "briefing"
        assert ran.json["title"] == "云溪街道2031年第一季度文明创建工作情况通报"
        assert "点名问题" in ran.json["text"] and "特此通报。" in ran.json["text"]


def test_without_the_setting_it_is_unknown_and_the_eight_are_told(tmp_path: Path) -> None:
    ran = zhibi(
        "draft", "--notes", "-", "--genre", "briefing", "--unit", "云溪街道", "--period", "2031年",
        home=tmp_path, stdin=_NOTES.encode(),
    )  # fmt: skip
    assert ran.code == 2 and "progress（进展情况汇报）" in ran.err


def test_the_page_offers_it_and_the_api_drafts_in_it(folder: Path, tmp_path: Path) -> None:
    add_genres(folder)
    (tmp_path / "home").mkdir()
    with serving(services_at(tmp_path / "home")) as server:
        server.services.accounts.add("周岚", AccountRole.STAFF, "云溪街道")
        token = server.token("周岚")
        asked = {"notes": _NOTES, "genre": "briefing", "unit": "云溪街道", "period": "2031年"}
        made = call(server, "POST", "/api/v1/drafts", asked, token)
        assert made.status == 202, made.content
        draft: dict[str, Any] = {"state": "drafting"}
        for _ in range(200):
            if draft["state"] != "drafting":
                break
            time.sleep(0.05)
            draft = call(server, "GET", f"/api/v1/drafts/{made.json['id']}", token=token).json
        assert draft["genre"] == "briefing" and "点名问题" in json.dumps(draft, ensure_ascii=False)
        browser = Browser(server)
        browser.ask("POST", f"/sign-in/{server.services.accounts.new_link('周岚')}", {})
        page = browser.ask("GET", "/")[2]
        assert "情况通报" in page and "向各单位通报一个时期的情况" in page and "工作情况 · 点名问题 · 下步要求" in page
        assert "情况通报" in browser.ask("GET", "/drafts")[2]


def test_a_file_that_is_none_or_doubles_a_genre_is_refused_by_name(folder: Path) -> None:
    text = _FILE.read_text(encoding="utf-8")
    notice = text.replace("briefing", "notice").replace("情况通报", "通知")
    for name, content, told in (
        ("plan.toml", text.replace('"briefing"', '"plan"'), "重复"),
        ("notice.toml", text.replace('"briefing"', '"notice"').replace('name = "情况通报"', ""), "name"),
        (
            "notice.toml",
            notice.replace('"basis"', '"base"'),
            "base",
        ),
        ("notice.toml", "[[", "读不了"),
    ):
        (folder / name).write_text(content, encoding="utf-8")
        with pytest.raises(UnusableInput, match=told):
            add_genres(folder)
        assert [str(one) for one in genres()[len(Genre) :]] == ["briefing"], "a refused file leaves nothing behind"
        (folder / name).unlink()
    with pytest.raises(GenrePlanUnusable, match="不存在"):
        add_genres(folder / "absent")


def test_its_file_says_how_its_drafts_are_judged(folder: Path) -> None:
    text = "一、目标\n恳请区里批准。\n二、存在的问题\n路灯不亮。\n"
    (genre,) = add_genres(folder)
    assert {"R30", "R34"} <= {one.rule for one in wording_findings(text, genre=genre)}
    path = folder / "briefing.toml"
    path.write_text(f"ahead = true\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    add_genres(folder)
    assert not {"R30", "R34"} & {one.rule for one in wording_findings(text, genre=genre)}


@pytest.mark.parametrize("genre", list(Genre), ids=str)
def test_what_is_known_of_the_eight_is_what_their_files_say(genre: Genre) -> None:
    plan = load_genre_plan(genre)
    by_items = any(one.per == "item" for section in plan.sections for one in section.requires)
    assert (traits_of(genre).ahead, traits_of(genre).by_items) == (plan.ahead, by_items)


def test_a_file_changed_since_is_read_anew(folder: Path) -> None:
    (genre,) = add_genres(folder)
    assert load_genre_plan(genre).sections[1].heading == "点名问题"
    path = folder / "briefing.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("点名问题", "突出问题"), encoding="utf-8")
    add_genres(folder)
    assert load_genre_plan(parse_genre("情况通报")).sections[1].heading == "突出问题"
    assert Genre("briefing") is genre and genres()[:8] == tuple(Genre)
