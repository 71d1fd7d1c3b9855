"""What people say is read whole, their agreement is Krippendorff's, and a measure that predicts nothing is told."""

from __future__ import annotations

from typing import Any

import pytest

from eval.people import (
    Preference,
    blind_pairs,
    first_stands_left,
    krippendorff_alpha,
    pairs_csv,
    predictions,
    read_preferences,
    spearman,
)
from service.domain.errors import UnusableInput


def _record(texts: dict[str, str], coverage: dict[str, float]) -> dict[str, Any]:
    described = {"highest": 1.0, "chinese": "事实覆盖率", "higher_is_better": True}
    rows = [
        {"case": case, "digest": case, "text": text, "scores": {"fact_coverage": coverage[case]}}
        for case, text in texts.items()
    ]
    return {"composer": "rules", "measures": {"fact_coverage": described}, "cases": rows}


CASES = [f"case-{number}" for number in range(8)]
FIRST = _record({case: f"{case}旧稿" for case in CASES}, dict.fromkeys(CASES, 0.5))
SECOND = _record({case: f"{case}新稿" for case in CASES}, {case: at / 8 for at, case in enumerate(CASES)})


def test_a_pair_shows_both_drafts_and_not_whose_they_are() -> None:
    pairs = blind_pairs(FIRST, SECOND, 1)
    assert len(pairs) == 8
    sides = {first_stands_left(one.pair) for one in pairs}
    assert sides == {True, False}
    for one in pairs:
        assert ("旧稿" in one.left) == first_stands_left(one.pair)
    assert "rules" not in pairs_csv(pairs)


def test_drafts_that_are_the_same_make_no_pair() -> None:
    with pytest.raises(UnusableInput, match="没有内容不同"):
        blind_pairs(FIRST, FIRST, 1)


def test_a_filled_sheet_is_read_and_a_wrong_word_is_refused_by_its_row() -> None:
    sheet = pairs_csv(blind_pairs(FIRST, SECOND, 1)).split("\r\n")
    filled = "\r\n".join([sheet[0], sheet[1][:-2] + "甲,left,更清楚", sheet[2]])
    assert [(one.evaluator, one.value) for one in read_preferences(filled)] == [("甲", -1.0)]
    with pytest.raises(UnusableInput, match="第2行"):
        read_preferences("\r\n".join([sheet[0], sheet[1][:-2] + "甲,better,"]))
    with pytest.raises(UnusableInput, match="缺少列"):
        read_preferences("pair,preference\r\n")


def test_a_cell_of_the_sheet_begins_no_formula() -> None:
    first = _record({"case-0": "=1+1"}, {"case-0": 0.5})
    second = _record({"case-0": "@甲"}, {"case-0": 0.5})
    sheet = pairs_csv(blind_pairs(first, second, 1))
    assert "'=1+1" in sheet
    assert "'@甲" in sheet


def test_alpha_is_one_for_agreement_and_below_zero_for_contradiction() -> None:
    agreed = [Preference(f"p{pair}", who, value) for pair, value in ((1, -1.0), (2, 1.0)) for who in "甲乙"]
    assert krippendorff_alpha(agreed) == pytest.approx(1.0)
    opposed = [Preference(f"p{pair}", who, value) for pair in (1, 2) for who, value in (("甲", -1.0), ("乙", 1.0))]
    alpha = krippendorff_alpha(opposed)
    assert alpha is not None
    assert alpha < 0
    assert krippendorff_alpha(agreed[:1]) is None


def test_alpha_is_that_of_the_worked_example_of_its_author() -> None:
    """Interval data of Krippendorff (2011), four observers, twelve units, blanks left out: alpha 0.849."""
    blank = None
    observers = (
        (1, 2, 3, 3, 2, 1, 4, 1, 2, blank, blank, blank),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, blank, 3),
        (blank, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, blank),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, blank),
    )
    said = [
        Preference(str(unit), str(who), float(value))
        for who, row in enumerate(observers)
        for unit, value in enumerate(row)
        if value is not None
    ]
    assert krippendorff_alpha(said) == pytest.approx(0.849, abs=0.001)


def test_a_measure_that_people_follow_is_kept_and_one_they_contradict_is_thrown_out() -> None:
    pairs = blind_pairs(FIRST, SECOND, 1)
    scores = {row["case"]: row["scores"]["fact_coverage"] for row in SECOND["cases"]}

    def said(sign: float) -> list[Preference]:
        found = []
        for one in pairs:
            liked = sign * (1.0 if scores[one.case_id] > 0.5 else -1.0)
            found.append(Preference(one.pair, "甲", liked if first_stands_left(one.pair) else -liked))
        return found

    (followed,) = predictions(FIRST, SECOND, pairs, said(1.0))
    (contradicted,) = predictions(FIRST, SECOND, pairs, said(-1.0))
    assert (followed.keep, contradicted.keep) == (True, False)
    assert (followed.contrary, contradicted.contrary) == (False, True)
    assert followed.pairs == 8


def test_a_measure_that_gives_both_runs_the_same_is_not_thrown_out_for_it() -> None:
    again = _record({case: f"{case}新稿" for case in CASES}, dict.fromkeys(CASES, 0.5))
    pairs = blind_pairs(FIRST, again, 1)
    (same,) = predictions(FIRST, again, pairs, [Preference(one.pair, "甲", 1.0) for one in pairs])
    assert (same.correlation, same.keep, same.contrary) == (None, None, False)


def test_rank_correlation_counts_ties_at_their_mean_rank() -> None:
    assert spearman([1, 2, 2, 3], [10, 20, 20, 30]) == pytest.approx(1.0)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    assert spearman([1, 1, 1], [1, 2, 3]) is None
