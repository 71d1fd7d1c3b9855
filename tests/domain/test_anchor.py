"""A remark finds its place again after edits, and says so when it cannot."""

from __future__ import annotations

from typing import Any

import pytest

from service.domain.anchor import anchor_at, find_again
from service.jobs.versions import PlainSection, join_sections


def body(*sections: tuple[str, str], title: str = "题目") -> dict[str, Any]:
    """A draft of these sections, as far as anchors look."""
    plain = [PlainSection(heading, text) for heading, text in sections]
    text, starts = join_sections(title, plain)
    rows = [
        {"heading": one.heading, "text": one.text, "start": start} for one, start in zip(plain, starts, strict=True)
    ]
    return {"title": title, "text": text, "sections": rows}


FIRST = body(("一、做法", "3月5日清运垃圾120吨，🧹𠮷巷出动12人次，惠及居民120户。"), ("二、打算", "下一步继续巡查。"))
AT = FIRST["text"].index("120户")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("据统计，3月5日清运垃圾120吨，🧹𠮷巷出动12人次，惠及居民120户。", True),
        ("3月5日清运垃圾120吨，🧹𠮷巷出动12人次，惠及居民120户，反响良好。", True),
        ("3月5日清运垃圾120吨，🧹𠮷巷出动12人次，惠及居民1200户。", False),
        ("3月5日清运垃圾120吨，🧹𠮷巷出动12人次，惠及居民。", False),
        ("另有120户参加。", False),
    ],
)
def test_a_quote_is_followed_by_its_surroundings_and_never_to_another_number(text: str, found: bool) -> None:
    anchor = anchor_at(FIRST, AT, AT + 3)
    assert anchor is not None
    assert (anchor.quote, anchor.section) == ("120", "一、做法")
    after = body(("一、做法", text), ("二、打算", "下一步继续巡查。"))
    place = find_again(anchor, after)
    assert (place is not None) is found
    if place is not None:
        assert after["text"][place.start : place.end + 1] == "120户"


def test_a_section_that_moved_takes_its_remarks_along() -> None:
    anchor = anchor_at(FIRST, AT, AT + 3)
    assert anchor is not None
    moved = body(("一、打算", "下一步继续巡查。"), ("二、做法", FIRST["sections"][0]["text"]))
    place = find_again(anchor, moved)
    assert place is not None
    assert moved["text"][place.start : place.end + 1] == "120户"


def test_no_anchor_spans_two_sections_or_nothing() -> None:
    assert anchor_at(FIRST, AT, AT) is None
    assert anchor_at(FIRST, AT, len(FIRST["text"])) is None
    assert anchor_at(FIRST, -1, 1) is None


def moved(before: str, quote: str, after: str) -> str | None:
    """What the anchor of `quote` in `before` finds in `after`, with its place in the section; None where lost."""
    old, new = body(("一、做法", before)), body(("一、做法", after))
    start = old["text"].index(quote)
    anchor = anchor_at(old, start, start + len(quote))
    assert anchor is not None
    place = find_again(anchor, new)
    if place is None:
        return None
    return f"{new['text'][place.start : place.end]}@{place.start - new['sections'][0]['start']}"


def test_an_edit_right_beside_the_only_such_words_does_not_lose_them() -> None:
    assert moved("停车位不够，缺口约150个。", "150个", "停车位不足，缺口约150个。") == "150个@9"


def test_other_words_around_the_same_number_are_another_thing() -> None:
    assert moved("停车位不够，缺口约150个。", "150个", "新装路灯150个，已经全部亮灯。") is None
