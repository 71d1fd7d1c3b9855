"""Figures told in turn, scores, spans of time and ends of ranges, as news tells them."""

from __future__ import annotations

import pytest

from service.checking.check import check_draft
from service.domain.finding import Band, Finding, Verdict

_GAME = "主队以95比87战胜客队，上半场结束时主队以41比46落后。"
_COURTS = "全省法院受理52.6万件，审结49.8万件，同比分别上升4.1%和6.3%。"


def _one(notes: str, draft: str, figure: str) -> Finding:
    at = draft.index(figure)
    result = check_draft(notes, draft)
    return next(one for one in (*result.findings, *result.passed) if one.start <= at < one.end)


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        (_GAME, "上半场落后5分的主队最终获胜。", "5分"),
        (_GAME, "下半场主队合计拿下54分。", "54分"),
        ("冠军用时1小时03分20秒，亚军用时1小时05分05秒。", "冠军领先亚军1分45秒。", "1分45秒"),
        ("热线办结率96.4%，满意率92.8%，分别比去年同期提高1.5个和2.1个百分点。", "去年同期满意率为90.7%。", "90.7%"),
        ("今年参赛队伍84支，比去年多出五分之一。", "去年参赛队伍70支。", "70支"),
        ("2021年3月至2022年9月，该团伙作案多起。", "该团伙作案持续约一年半。", "约一年半"),
        ("新车售价12.88万元至18.88万元。", "新车起售价12.88万元。", "12.88万元"),
        ("三年期存款利率由2.35%降至2.15%。", "三年期存款利率下调20个基点。", "20个基点"),
        ("本报某市6月4日讯 市图书馆2日开放新馆。", "6月2日，市图书馆开放新馆。", "6月2日"),
        ("最后一批是十六号晚上九点到的。", "最后一批于16日抵达。", "16日"),
        (_COURTS, "全省法院审结案件上升6.3%。", "6.3%"),
    ],
)
def test_what_news_lets_a_reader_reckon_is_no_fault(notes: str, draft: str, figure: str) -> None:
    found = _one(notes, draft, figure)
    assert found.band is Band.PASS, found.message


def test_a_share_told_in_turn_belongs_to_its_own_thing() -> None:
    found = _one(_COURTS, "全省法院审结案件上升4.1%。", "4.1%")
    assert found.verdict is Verdict.ENTITY_SWAP, found.message


def test_a_wrong_lead_is_no_score_of_the_notes() -> None:
    assert _one(_GAME, "上半场落后9分的主队最终获胜。", "9分").band is not Band.PASS
