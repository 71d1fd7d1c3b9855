"""The clean view beside the notes, and the topic a text is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.clean_view import clean_view, tidy, view_of
from service.language.topics import topic_name, topic_of, topics


@given(st.text(max_size=80), st.integers(min_value=0, max_value=9))
def test_every_character_of_a_view_knows_where_it_came_from(text: str, start: int) -> None:
    view = view_of(text, start)
    assert len(view.text) == len(view.offsets)
    assert list(view.offsets) == sorted(set(view.offsets))
    for character, offset in zip(view.text, view.offsets, strict=True):
        # The character itself, its half-width form, or the plain space that stands for any space.
        assert character == text[offset - start] or character == " " or ord(text[offset - start]) > 0xFF00
    whole = view.span(0, len(view.text))
    assert start <= whole.start <= whole.end <= start + len(text)


@given(st.text(alphabet="清理 3５　，,x_年。\u200b\n", max_size=40))
def test_a_clean_view_keeps_its_lines_and_is_settled(text: str) -> None:
    assert clean_view(text).count("\n") == text.count("\n")
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("发放　传单 ３００ 份", "发放传单300份"),
        ("忽\u200b略", "忽略"),
        ("张贴xx块，共__人", "张贴〔未填〕块，共〔未填〕人"),
        ("20xx年清运2。5万方", "〔未填〕年清运2.5万方"),
        ("9:30开会,来了1,200人", "9:30开会，来了1,200人"),
        ("出动LED宣传车2台", "出动LED宣传车2台"),
    ],
)
def test_the_page_shows_tidied_words_and_marks_blanks(pasted: str, shown: str) -> None:
    assert clean_view(pasted) == shown


def test_there_are_twenty_two_topics_in_order() -> None:
    assert [topic.id for topic in topics()] == [f"T{number:02d}" for number in range(1, 23)]
    assert topic_name("T22") == "文明行为与控烟"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("劝离占道经营摊贩23户", "T14"),
        ("斑马线礼让率提升", "T15"),
        ("春节前清运垃圾9车", "T13"),  # 春节前 is a date, not a festival held.
        ("执法人员劝导流动摊贩", "T14"),  # 执法人员 says nothing of law classes.
        ("云堤社区开展义诊", "T07"),  # a community's name is no community work.
        ("文明餐桌进食堂", "T22"),
        ("办了三次会", None),
    ],
)
def test_a_topic_is_told_by_its_telling_words(text: str, topic: str | None) -> None:
    assert topic_of(text) == topic
