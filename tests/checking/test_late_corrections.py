"""A correction that comes lines later, in words of its own, still replaces the figure it is about."""

from __future__ import annotations

from service.checking.check import check_draft
from service.domain.finding import Verdict

NOTES = """何静 09:20
苇塘社区清理楼道杂物56处，大概清了12车垃圾
何静 09:21
还有悬挂横幅20条
周启 09:31
收到，辛苦了
何静 10:02
苇塘刚补报，楼道杂物应该是65处
"""


def test_the_corrected_figure_passes_with_the_correcting_line() -> None:
    result = check_draft(NOTES, "苇塘社区清理楼道杂物65处。")
    assert result.findings == ()
    assert [one.line for one in result.passed[0].evidence] == [8]


def test_the_figure_that_was_corrected_is_refused_and_the_right_one_offered() -> None:
    (finding,) = check_draft(NOTES, "苇塘社区清理楼道杂物56处。").findings
    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.replacement == "65处"


def test_a_correction_leaves_other_things_of_the_same_unit_alone() -> None:
    notes = "整治占道经营56处\n清理小广告90处\n小广告应该是80处\n"
    assert check_draft(notes, "整治占道经营56处。").findings == ()


def test_what_is_said_to_be_a_slip_is_the_word_before_it() -> None:
    notes = "2031/3/27 11:10 总务 小方：清运废旧桌椅412把 换灯36盏\n2031/3/27 11:12 小方：哦 桌椅是421 打反了\n"
    assert check_draft(notes, "清运废旧桌椅421把，换灯36盏。").findings == ()
    (finding,) = check_draft(notes, "清运废旧桌椅412把。").findings
    assert "已更正为“421”" in finding.message and "草稿写成了" not in finding.message


def test_days_of_last_week_are_reckoned_from_the_day_the_note_was_written() -> None:
    notes = "站务会记录 6.9（周一）\n上周末两天清楼道 共14栋\n上周四讲座到场73人\n"
    for honest in ("6月7日至8日，清理14栋楼道。", "6月5日举办讲座，73人到场。"):
        assert check_draft(notes, honest).findings == ()
    assert check_draft(notes, "6月6日举办讲座，73人到场。").findings != ()


def test_what_stands_before_a_day_to_come_is_a_plan() -> None:
    (finding,) = check_draft("12月底前：加装扶手4处（已装2处）", "加装扶手4处。").findings
    assert finding.verdict is Verdict.PLAN_AS_DONE
