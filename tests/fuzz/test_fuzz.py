"""The short fuzz of the test suite, and the texts that broke a promise in the long one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.promises import PIECES, hold_for_check, hold_for_numbers, text_of

_TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.characters(codec="utf-8")), max_size=60).map("".join)


@settings(max_examples=250, deadline=None)
@given(_TEXTS)
def test_any_text_is_read_within_the_promises(text: str) -> None:
    hold_for_numbers(text)


@settings(max_examples=60, deadline=None)
@given(_TEXTS, _TEXTS, _TEXTS)
def test_any_draft_is_checked_within_the_promises(notes: str, draft: str, exemplar: str) -> None:
    hold_for_check(notes, notes[: len(notes) // 2] + draft, exemplar)


@pytest.mark.timeout(20)
def test_a_name_of_many_digits_is_looked_up_without_trying_every_division() -> None:
    hold_for_check("9" * 53, "9" * 61 + ".%4日开展", "")


@pytest.mark.parametrize("text", ["人0人600000000千0人", f"3、{'9' * 44}个", f"3、1{'0' * 44}个"])
def test_a_figure_of_many_digits_is_no_neighbour_and_is_covered(text: str) -> None:
    hold_for_numbers(text)
    hold_for_check(text, text)


@pytest.mark.parametrize(
    ("notes", "draft"),
    [
        ("1,20", "0万1,"),
        ("清理31件，比上年增加31件。巡查5件", "巡查增长到原来的3倍。"),
    ],
)
def test_nothing_is_divided_by_a_figure_that_is_zero(notes: str, draft: str) -> None:
    hold_for_check(notes, draft)


def test_bytes_of_both_shapes_make_a_text() -> None:
    assert text_of(b"") == ""
    assert text_of(b"\x01" + "清理12处".encode()) == "清理12处"
    assert text_of(b"\x00\x00\x01") == PIECES[0] + PIECES[1]
