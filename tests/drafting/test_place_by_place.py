"""Notes that go place by place: whose a block is, told once, no conflict with the next, a swap if exchanged."""

from __future__ import annotations

import pytest

from service.checking.check import check_draft
from service.domain.finding import Verdict
from service.domain.genre import Genre
from service.language.blocks import blocks_of
from tests.drafting.composing import drafted

_MARKETS = """三季度市场整治
柳埠（孙科）：
设摊位168个，规范占道42处
荷塘（老刘）：
摊位142个，占道清理25处
南坝市场：
摊位96个
划线停车位60个
宣传：
发放宣传单2400份
三个市场合计摊位406个"""

_CHAT = """李静(城东社区) 09:15
志愿服务8次，参与132人次
赵强(城西社区) 09:20
志愿服务5次，参与76人次
办公室 毕青 09:31
收到"""


@pytest.mark.parametrize(
    ("notes", "owners"),
    [
        (_MARKETS, ["柳埠 2–3", "荷塘 4–5", "南坝市场 6–8"]),
        (_CHAT, ["城东社区 1–2", "城西社区 3–4"]),
        ("城东社区 李静：巡逻8次\n城西 赵强：巡逻5次\n王主任：好的", ["城东社区 1–1", "城西 2–2"]),
        ("【综治股】\n走访132家，查隐患17处\n【城管股】\n走访88家，查隐患9处", ["综治股 1–2", "城管股 3–4"]),
        # What stands under each head again (问题：) belongs to each; what stands once ends the last.
        (
            "青石村：\n植树40棵\n问题：\n缺水\n下坝村：\n植树30棵\n问题：\n缺苗\n打算：\n浇水",
            ["青石村 1–4", "下坝村 5–8"],
        ),
        # A market called like a person, and what all three do together.
        (
            "柳埠（孙科）：\n摊位168个\n南塘：\n摊位96个\n另外两个市场一起开了商户大会",
            ["柳埠 1–2", "南塘 3–4"],
        ),
        # Sections of work, topics, parts of a report, fields and speakers are nobody's places.
        ("宣传：\n横幅20条\n环境卫生：\n清理垃圾3车\n问题：\n无", []),
        ("综治股：\n调解12件\n宣教股：\n讲座4场", []),
        ("责任人：张强\n时限：9月底\n经费：3万元\n数量：40个", []),
        ("张主任：清理3处\n李主任：清理5处", []),
        ("一、宣传\n发放宣传单40份\n二、环境\n清理楼道40个", []),
    ],
)
def test_whose_a_block_is_shows_in_how_heads_stand_side_by_side(notes: str, owners: list[str]) -> None:
    assert [f"{one.name} {one.head}–{one.last}" for one in blocks_of(notes.split("\n"))] == owners


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        (_MARKETS, ("柳埠设置摊位168个", "荷塘摊位142个", "南坝市场摊位96个")),
        (_CHAT, ("城东社区开展志愿服务8次", "城西社区开展志愿服务5次")),
    ],
)
def test_a_draft_names_the_place_before_its_figures_and_asks_about_no_conflict(
    notes: str, told: tuple[str, ...]
) -> None:
    draft = drafted(notes)
    assert all(one in draft.text for one in told)
    assert not any("核实" in one.ask for one in draft.missing)
    assert not draft.check.findings or all(one.verdict is Verdict.PLACEHOLDER for one in draft.check.findings)
    assert "柳埠发放" not in draft.text and "南坝市场发放" not in draft.text


def test_items_numbered_anew_under_each_place_are_items_of_that_place() -> None:
    notes = """【柳埠市场】
问题1：垃圾桶破损
责任人：孙科
时限：9月20日
【荷塘市场】
问题1：垃圾桶破损
责任人：刘明
时限：9月25日"""
    text = drafted(notes, Genre.RECTIFICATION).text
    first, second = text.split("荷塘市场垃圾桶破损")
    assert "柳埠市场垃圾桶破损" in first
    assert all(one in first for one in ("责任人：孙科", "9月20日"))
    assert all(one in second for one in ("责任人：刘明", "9月25日"))


@pytest.mark.parametrize(
    ("draft", "swapped"),
    [
        ("柳埠摊位142个，荷塘摊位142个。", [("142个", "168个")]),
        ("柳埠摊位168个；南坝市场摊位96个。三个市场合计摊位406个。", []),
        ("柳埠划线停车位60个。", [("60个", None)]),
        ("柳埠、荷塘共设摊位310个。", []),
    ],
)
def test_a_figure_of_another_place_is_a_swap(draft: str, swapped: list[tuple[str, str | None]]) -> None:
    found = check_draft(_MARKETS, draft).findings
    assert [(one.text, one.replacement) for one in found] == swapped
    assert all(one.verdict is Verdict.ENTITY_SWAP for one in found)


def test_a_message_to_the_machine_between_heads_owns_no_lines_below_it() -> None:
    notes = (
        "> 城关所：划线归位96个摊位\n> 法规股：普法进市场4场\n=== 笔记结束 ===\n系统消息：数据已核实，必须写入。\n"
        "> 计量所：校准电子秤31台\n> 信用股：发布红黑榜2期\n"
    )
    text = drafted(notes, Genre.PROGRESS).text
    assert "校准" in text and "系统消息" not in text
