"""What a check promises to everyone who reads its answer."""

from __future__ import annotations

from dataclasses import replace

from service.checking.check import check_draft
from service.checking.claims import read_text
from service.checking.settings import CheckSettings
from service.domain.finding import Band, Verdict
from service.domain.period import parse_period
from service.domain.quantity import Role
from service.domain.report import ExemplarOriginal
from tests.checking.judged import finding_of

NOTES = """3月5日 学雷锋，志愿者56人，清理绿化带垃圾1.2吨
3月12日 植树，栽树180棵，参加单位9家
物业老秦：飞线剪了52条
更正：飞线是54条
下一步：计划新建车棚3处"""


def test_every_claim_is_found_or_passed_once_and_every_other_numeral_is_skipped_with_a_reason() -> None:
    draft = "一是3月5日，组织志愿者56人清理垃圾1.2吨；二是落实“门前三包”；三是栽树190棵、xx棵。"
    result = check_draft(NOTES, draft)
    judged = [(one.start, one.end) for one in (*result.findings, *result.passed)]
    assert len(judged) == len(set(judged))
    for mention in read_text(draft).mentions:
        spans = judged if mention.role in (Role.CLAIM, Role.DEFECT) else [(s.start, s.end) for s in result.skipped]
        assert (mention.start, mention.end) in spans
    assert all(one.reason for one in result.skipped)


def test_offsets_of_findings_are_into_the_draft_and_of_evidence_into_the_notes() -> None:
    draft = "第一行\r\n3月12日，栽树180棵，9家单位参加，清理垃圾1.2吨。"
    result = check_draft(NOTES, draft)
    assert result.passed
    for one in (*result.findings, *result.passed):
        assert draft[one.start : one.end] == one.text
        for evidence in one.evidence:
            assert NOTES[evidence.start : evidence.end] == evidence.text
            assert evidence.line == NOTES.count("\n", 0, evidence.start) + 1


def test_both_ends_of_a_change_have_their_evidence_in_the_right_line() -> None:
    notes = "开了会\n挂账问题由44项减少到33项"
    one = finding_of(notes, "挂账问题由44项减少到33项。", "由44项减少到33项")
    assert one.band is Band.PASS
    assert {evidence.line for evidence in one.evidence} == {2}


def test_a_finding_names_the_note_line_and_offers_the_edit() -> None:
    one = finding_of(NOTES, "共栽树190棵。", "190棵")
    assert one.verdict is Verdict.CONTRADICTED
    assert "第2行" in one.message and "180棵" in one.message
    assert one.replacement == "180棵"
    assert one.suggestion is not None


def test_a_derivation_shows_its_formula_and_its_lines() -> None:
    notes = "东片清理小广告35处\n\n西片清理小广告42处"
    one = finding_of(notes, "两个片区共清理小广告77处。", "77处")
    assert one.verdict is Verdict.DERIVED
    assert one.formula == "35处 + 42处 = 77处（行1、行3）"


def test_a_figure_that_the_notes_correct_supports_nothing() -> None:
    old, new = finding_of(NOTES, "整治飞线52条。", "52条"), finding_of(NOTES, "整治飞线54条。", "54条")
    assert old.verdict is Verdict.CONTRADICTED and old.replacement == "54条"
    assert new.band is Band.PASS


def test_a_plan_under_its_own_heading_is_no_deed() -> None:
    notes = "二、下一步打算\n新建车棚3处"
    assert finding_of(notes, "新建车棚3处。", "3处").verdict is Verdict.PLAN_AS_DONE
    assert finding_of(notes, "下一步，新建车棚3处。", "3处").band is Band.PASS


def test_words_of_the_form_need_no_source() -> None:
    draft = "清河社区2024年文明创建总结"
    assert any(one.kind == "name" for one in check_draft("开了会", draft).findings)
    known = check_draft("开了会", draft, known=("清河社区", "2024年"))
    assert not known.findings


def test_the_reporting_period_dates_what_the_notes_leave_undated() -> None:
    draft = "2024年3月5日，组织志愿者56人。"
    assert check_draft(NOTES, draft, period=parse_period("2024年上半年")).findings == ()
    wrong = check_draft(NOTES, draft.replace("2024", "2023"), period=parse_period("2024年上半年"))
    assert any(one.text.startswith("2023年") for one in wrong.findings)


def test_a_relative_year_without_a_period_is_asked_for() -> None:
    result = check_draft("今年3月召开动员会", "今年3月召开动员会。")
    assert [one.verdict for one in result.findings] == [Verdict.RELATIVE_TIME]
    assert check_draft("今年3月召开动员会", "今年3月召开动员会。", period=parse_period("2024年")).findings == ()


def test_a_number_of_a_past_report_is_leaked_and_the_report_is_named() -> None:
    past = ExemplarOriginal("r7", "柳湾镇工作总结", "二、环境整治", "我镇清理河道垃圾76吨，拆除鸡棚19处。")
    result = check_draft("清理了河道垃圾", "清理河道垃圾76吨。", [past])
    leak = next(one for one in result.findings if one.text == "76吨")
    assert leak.verdict is Verdict.LEAKED
    assert "柳湾镇工作总结" in leak.message and "二、环境整治" in leak.message
    assert leak.evidence[0].source == "柳湾镇工作总结" and leak.evidence[0].line is None
    assert past.text[leak.evidence[0].start : leak.evidence[0].end] == "76吨"


def test_an_overlap_is_certified_below_the_limit_and_blocks_above_it() -> None:
    stretch = "把楼道里堆了十多年的旧家具一件件搬下来再用清水冲洗台阶"
    past = ExemplarOriginal("r1", "往期总结", "", stretch + "，居民夸赞。")
    below = check_draft("清扫楼道", f"我们{stretch}。", [past], settings=CheckSettings(overlap_chars=100))
    assert below.overlap.chars == len(stretch) and below.overlap.source == "往期总结"
    above = check_draft("清扫楼道", f"我们{stretch}。", [past], settings=CheckSettings(overlap_chars=20))
    assert any(one.kind == "overlap" and one.band is Band.BLOCK for one in above.findings)
    own = replace(past, same_unit=True)
    again = check_draft("清扫楼道", f"我们{stretch}。", [own], settings=CheckSettings(overlap_chars=20))
    assert again.overlap.chars == len(stretch) and not any(one.kind == "overlap" for one in again.findings)


def test_a_line_that_nothing_rests_on_is_named_with_a_reason() -> None:
    result = check_draft(NOTES, "3月12日，植树活动栽树180棵，参加单位9家。")
    unused = {one.line: one.reason for one in result.unused_notes}
    assert 2 not in unused
    assert "数字" in unused[1]


def test_names_can_be_switched_off() -> None:
    draft = "柳湾社区开展义诊。"
    assert check_draft("开展义诊", draft).blocks
    assert not check_draft("开展义诊", draft, settings=CheckSettings(names=False)).findings


def test_an_empty_draft_and_empty_notes_are_no_error() -> None:
    assert check_draft("", "").to_json()["summary"]["claims"] == 0
    assert check_draft("", "清理死角12处").blocks
    assert check_draft("清理死角12处", "").unused_notes[0].line == 1
