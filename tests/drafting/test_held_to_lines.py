"""A model's figures and days are those of the facts it names: a moved one is refused before any checker sees it."""

from __future__ import annotations

import pytest

from service.domain.period import parse_period
from service.drafting.held_to_lines import strange_figure
from service.drafting.read_notes import read_notes

_PERIOD = parse_period("2024年三季度")
_NOTES = "8.2号到9月20号，清理占道经营216处\n8月17日发放宣传单300份\n8月30日开了专题会，三十多人参加\n排队最多40分钟"


def _strange(line: int, sentence: str) -> str | None:
    read = read_notes(_NOTES, _PERIOD)
    return strange_figure(sentence, [fact for fact in read.facts if line in fact.lines], _PERIOD)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (1, "8月2日至9月20日，清理占道经营216处。"),
        (1, "清理占道经营二百一十六处。"),
        (2, "2024年8月17日，发放宣传单300份。"),
        (2, "8月，发放宣传单300份。"),
        (2, "2024年三季度，发放宣传单300份。"),
        (3, "8月30日，召开专题会1次，30余人参加。"),
        (4, "排队不超过40分钟。"),
    ],
)
def test_what_the_line_gives_may_be_said_in_another_form(line: int, sentence: str) -> None:
    assert _strange(line, sentence) is None


@pytest.mark.parametrize(
    ("line", "sentence", "strange"),
    [
        (1, "8月3日至9月20日，清理占道经营216处。", "8月3日至9月20日"),
        (1, "清理占道经营217处。", "217处"),
        (2, "9月30日，发放宣传单300份。", "9月30日"),
        (2, "8月30日，发放宣传单300份。", "8月30日"),
        (2, "发放宣传单216份。", "216份"),
        (3, "9月，召开专题会。", "9月"),
        (4, "排队最多127分钟。", "最多127分钟"),
        (4, "排队25分钟。", "25分钟"),
    ],
)
def test_what_stands_in_another_line_or_nowhere_is_strange(line: int, sentence: str, strange: str) -> None:
    assert _strange(line, sentence) == strange
