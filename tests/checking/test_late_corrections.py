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
