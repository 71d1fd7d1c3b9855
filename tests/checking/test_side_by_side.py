"""Of two figures side by side the draft's own words tell which one is meant."""

from __future__ import annotations

import re

import pytest

from service.checking.check import check_draft
from service.domain.finding import Band, Verdict
from tests.checking.judged import finding_of

SWAPPED = [
    ("城镇安置就业310人，农村转移就业140人。", "农村转移就业310人。", "310人"),
    ("学徒每人补贴2000元，技师每人补贴5000元。", "学徒每人补贴5000元。", "5000元"),
    ("小学教室42间，教师260人；初中教室19间，教师170人。", "初中教师260人。", "260人"),
    ("桃树占果园的62%，梨树占21%，其余为杏。", "梨树占果园的62%。", "62%"),
    ("肉价上涨3.2%，菜价下降6.1%，果价上涨1.4%。", "肉价下降6.1%。", "6.1%"),
    ("2008年学校建成，2014年扩建食堂，2021年评为示范学校。", "2014年学校建成。", "2014年"),
    ("书展5月3日开幕，6月20日闭幕。", "书展6月20日开幕。", "6月20日"),
    ("班车8时10分发车，11时45分到站。", "班车11时45分发车。", "11时45分"),
    ("来了33位老人，理发29人", "为33位老人理发。", "33位"),
]


@pytest.mark.parametrize(("notes", "draft", "text"), SWAPPED)
def test_the_figure_of_the_neighbour_is_a_swap(notes: str, draft: str, text: str) -> None:
    assert finding_of(notes, draft, text).verdict is Verdict.ENTITY_SWAP


@pytest.mark.parametrize("notes", [row[0] for row in SWAPPED])
def test_each_clause_of_such_notes_told_alone_is_not_accused(notes: str) -> None:
    for clause in re.split("[，；。]", notes):
        blocked = [one for one in check_draft(notes, clause + "。").findings if one.band is Band.BLOCK]
        assert not blocked, clause
