"""The views of a draft keep every offset and blank only what others said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.checking.wording.draft_text import BLANK, DraftText, chinese_number

_SIGNS = st.text(alphabet="一二三、（）《》“”【待补：】1.2年\n甲是。 #", max_size=120)


@given(_SIGNS)
def test_views_are_as_long_as_the_draft_and_change_nothing_but_blanks(raw: str) -> None:
    draft = DraftText(raw)
    for view in (draft.untitled, draft.own):
        assert len(view) == len(raw)
        assert all(there in (sign, BLANK) for sign, there in zip(raw, view, strict=True))


@given(_SIGNS)
def test_lines_lie_in_order_within_the_draft(raw: str) -> None:
    draft = DraftText(raw)
    assert all(one.end <= other.start for one, other in zip(draft.lines, draft.lines[1:], strict=False))
    for line in draft.lines:
        assert "\n" not in raw[line.start : line.end]
        assert line.start <= line.mark_start <= line.body_start <= line.end
        assert draft.line_at(line.start) == line


def test_quotations_titles_and_placeholders_are_blanked_and_the_rest_stays() -> None:
    draft = DraftText("按《办法》办，“3下乡”和【待补：人数】照旧")
    assert draft.untitled == f"按《{BLANK * 2}》办，“3下乡”和【{BLANK * 5}】照旧"
    assert draft.own == f"按《{BLANK * 2}》办，“{BLANK * 3}”和【{BLANK * 5}】照旧"


def test_an_open_quotation_blanks_nothing() -> None:
    assert DraftText("开展“暖冬行动。\n截止6月底”").own == "开展“暖冬行动。\n截止6月底”"


def test_marks_of_four_levels_are_read_with_their_numbers() -> None:
    draft = DraftText("## 一、甲\n（十二）乙\n3.丙\n（4）丁\n戊\n3.5万元\n一、二年级\n20、 己")
    assert [(line.level, line.number) for line in draft.lines] == [
        (1, 1),
        (2, 12),
        (3, 3),
        (4, 4),
        (0, 0),
        (0, 0),
        (0, 0),
        (3, 20),
    ]


def test_chinese_numbers_to_ninety_nine() -> None:
    assert [chinese_number(text) for text in ("一", "十", "十一", "二十", "九十九")] == [1, 10, 11, 20, 99]
    assert [chinese_number(text) for text in ("", "十十", "二三", "甲")] == [None, None, None, None]


def test_a_sentence_ends_at_its_own_stop() -> None:
    raw = "甲乙。丙丁；戊己\n庚"
    draft = DraftText(raw)
    assert [raw[slice(*draft.sentence(at))] for at in (1, 3, 7, 9)] == ["甲乙。", "丙丁；", "戊己\n", "庚"]
