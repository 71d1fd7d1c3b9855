"""The weights belong to the measures, and a swap is told by its evidence."""

from __future__ import annotations

import pytest

from service.checking import meant
from service.checking.binding import bond
from service.checking.claims import read_text
from service.checking.desk import Candidate
from service.checking.traits import traits
from service.domain.finding import Band, Verdict
from tests.checking.judged import finding_of


def test_each_measure_has_its_weight_in_the_order_in_which_they_are_learnt() -> None:
    draft, note = read_text("发放手册12册。").claims[0], read_text("发手册12册").claims[0]
    tie = bond(draft, note)
    one = Candidate(note, tie, Verdict.EXACT)
    assert list(meant.FIT) == list(traits(draft, note, tie, 0.0))
    assert list(meant.SWAP) == ["fits_better", *meant.measures_of(draft, one, one, (None, None)), "always"]


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        ("对照标准32条，达到29条，没达到3条", "对照标准32条，达到29条，未达到3条。", "29条"),
        ("4月摆摊劝离210处\n5月 188处，", "5月劝离摆摊188处。", "188处"),
        ("全镇60以上老人8.91万人，80以上1.27万人", "60岁以上老人8.91万人，其中80岁以上1.27万人。", "1.27万人"),
        ("发现问题13项，完成10项", "内审发现问题13项，整改完成10项。", "13项"),
    ],
)
def test_a_figure_of_terse_notes_is_not_taken_for_its_neighbour(notes: str, draft: str, figure: str) -> None:
    found = finding_of(notes, draft, figure)
    assert found.band is Band.PASS, found.message


@pytest.mark.parametrize(
    ("notes", "draft", "figure", "verdict"),
    [
        ("四局比分分别为25比22、19比25、25比18、27比25", "第四局打成27比25。", "第四局", Verdict.DERIVED),
        ("本周走访412户\n上周走访388户", "本周走访412户，较上周减少24户。", "24户", Verdict.CONTRADICTED),
        ("驾驶员代表120人", "驾驶员代表120余人参加。", "120余人", Verdict.APPROX_WRONG_SIDE),
        ("计划每班评文明之星2名，全校24个班", "已评出文明之星48名。", "48名", Verdict.PLAN_AS_DONE),
        ("家长护学岗：一天8位家长", "家长护学岗每天8位家长。", "每天8位", Verdict.EQUIVALENT),
        ("得票219张当选", "以219票当选。", "219票", Verdict.EQUIVALENT),
        ("餐补3块", "每餐补3元。", "3元", Verdict.EQUIVALENT),
        ("到会19人，其中老党员6人", "党员群众代表共19人。", "19人", Verdict.EXACT),
    ],
)
def test_what_the_notes_tell_in_their_way_draws_its_verdict(
    notes: str, draft: str, figure: str, verdict: Verdict
) -> None:
    found = finding_of(notes, draft, figure)
    assert found.verdict is verdict, found.message


def test_parts_are_held_against_the_whole_and_not_against_its_change() -> None:
    found = finding_of("诉求29条：停车8、噪音6", "诉求29条，较上周减少5条，其中停车类8条。", "8条")
    assert found.verdict is not Verdict.PART_EXCEEDS_WHOLE, found.message


def test_a_swap_names_the_words_that_tell_it() -> None:
    found = finding_of("冻结涉案资金18.6亿元，返还群众资金2.4亿元", "返还群众资金18.6亿元。", "18.6亿元")
    assert found.verdict is Verdict.ENTITY_SWAP
    assert "返还群众" in found.message
    assert "2.4亿元" in (found.suggestion or "")
