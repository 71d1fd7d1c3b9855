"""A model's reply read sentence by sentence, however the model writes its markers."""

from __future__ import annotations

import pytest

from service.drafting.read_reply import read_reply, shown_text

_FIRST, _SECOND = "3月8日，清理死角12处。", "发放宣传单300份。"


@pytest.mark.parametrize(
    "reply",
    [
        f"{_FIRST}[L3]{_SECOND}[L5]",
        f"{_FIRST}【L3】\n{_SECOND}【L5】",
        f"{_FIRST[:-1]}[L3]。{_SECOND[:-1]}[L5]。",
        f"{_FIRST}[3]{_SECOND}[5]",
        f"{_FIRST}（L3）{_SECOND}（L5）",
        f"{_FIRST}[笔记行L3]{_SECOND}[第5行]",
        f"[L3] {_FIRST}\n[L5] {_SECOND}",
        f"[L3]{_FIRST}[L5]{_SECOND}",
        f"L3 {_FIRST}\nL5：{_SECOND}",
    ],
    ids=["as asked", "other brackets", "before the stop", "no L", "round", "words", "in front", "all in front", "bare"],
)
def test_a_marker_is_read_in_the_forms_small_models_give_it(reply: str) -> None:
    read = read_reply(reply, {3, 5}, "")
    assert [(one.text, one.lines) for one in read.sentences] == [(_FIRST, (3,)), (_SECOND, (5,))]
    assert read.objections == ()
    assert "L" not in shown_text(reply) and "[" not in shown_text(reply) and _FIRST in shown_text(reply)


@pytest.mark.parametrize(
    ("marker", "lines"),
    [
        ("[L3,L5]", (3, 5)),
        ("[L3、L5]", (3, 5)),
        ("[L3][L5]", (3, 5)),
        ("[L3 L5]", (3, 5)),
        ("[L3-L5]", (3, 4, 5)),
        ("[L3~5]", (3, 4, 5)),
    ],
)
def test_several_lines_stand_in_one_marker(marker: str, lines: tuple[int, ...]) -> None:
    # Line 6 is given too, and line 4 lies between.
    (sentence,) = read_reply(f"{_FIRST}{marker}", {3, 4, 5, 6}, "").sentences
    assert sentence.lines == lines


def test_a_range_names_no_line_that_was_not_given() -> None:
    (sentence,) = read_reply(f"{_FIRST}[L3-L9]", {3, 9}, "").sentences
    assert sentence.lines == (3, 9)


def test_a_number_in_round_brackets_is_no_marker() -> None:
    (sentence,) = read_reply("清理死角（3）处（3月8日）。[L5]", {3, 5}, "").sentences
    assert (sentence.text, sentence.lines) == ("清理死角（3）处（3月8日）。", (5,))


def test_a_sub_heading_needs_no_marker_and_a_transition_may_hold_no_figure() -> None:
    read = read_reply(f"开展宣传教育\n{_SECOND}[L5]\n各项工作有序推进。[过渡]\n投入9万元。[过渡]", {5}, "")
    assert [one.text for one in read.sentences] == ["开展宣传教育", _SECOND, "各项工作有序推进。"]
    assert len(read.objections) == 1 and "9万元" in read.objections[0] and "过渡" in read.objections[0]


@pytest.mark.parametrize("end", range(1, 40))
def test_a_growing_reply_never_shows_a_marker(end: int) -> None:
    reply = f"[L3] {_FIRST}\n{_SECOND}（L5）"
    shown = shown_text(reply[:end])
    assert not {"L", "[", "（"} & set(shown)
