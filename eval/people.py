"""People as judges: blind pairs out and in, their agreement, and whether a measure predicts what they prefer."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import permutations
from math import atanh, sqrt, tanh
from typing import Any

from eval.report.tables import safe_cell
from service.domain.errors import UnusableInput

PREFERENCES = {"left": -1.0, "same": 0.0, "right": 1.0}
_HEAD = ["pair", "case", "left", "right", "evaluator", "preference", "reason"]
_PAGE_HEAD = {"案例", "评测人", "甲得分", "乙得分"}
_TOLD_APART = 0.2  # below so little correlation a measure predicts nothing that anybody would notice
_SURELY = 0.999999  # a correlation of 1 has no transformation
FEWEST_PAIRS = 5  # pairs that both sides of a correlation need to be told at all


@dataclass(frozen=True, slots=True)
class BlindPair:
    """Two drafts of one case; which run stands left is hidden from whoever scores it, and told by `key_of`."""

    pair: str
    case_id: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Preference:
    """One person's word on one pair: -1 for left, 0 for neither, 1 for right."""

    pair: str
    evaluator: str
    value: float


def blind_pairs(first: Mapping[str, Any], second: Mapping[str, Any], seed: int) -> list[BlindPair]:
    """The cases of both runs whose drafts differ, in an order and on sides made of the seed. Pure.

    Raises UnusableInput where no draft differs.
    """
    old = {row["case"]: row for row in first["cases"]}
    pairs = []
    for row in second["cases"]:
        other = old.get(row["case"])
        if other is None or other["digest"] != row["digest"] or other["text"] == row["text"]:
            continue
        name = hashlib.sha256(f"{seed}/{row['case']}/{other['text']}/{row['text']}".encode()).hexdigest()[:12]
        texts = (other["text"], row["text"]) if first_stands_left(name) else (row["text"], other["text"])
        pairs.append(BlindPair(name, row["case"], *texts))
    if not pairs:
        raise UnusableInput("两次评测没有内容不同的同一案例，没有可比较的稿件对。")
    return sorted(pairs, key=lambda one: one.pair)


def first_stands_left(pair: str) -> bool:
    """Whether the first run's draft stands left in this pair: what a scorer is not told. Pure."""
    return hashlib.sha256(f"side/{pair}".encode()).digest()[0] % 2 == 0


def pairs_csv(pairs: Sequence[BlindPair]) -> str:
    """The pairs as a sheet to fill in `preference` (left, same, right) and `reason`. Pure."""
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(_HEAD)
    for one in pairs:
        rows.writerow([one.pair, one.case_id, safe_cell(one.left), safe_cell(one.right), "", "", ""])
    return "\ufeff" + written.getvalue()


def pairs_json(
    name: str, runs: tuple[str, str], pairs: Sequence[BlindPair], notes: Mapping[str, str]
) -> dict[str, Any]:
    """The pairs as `POST /api/v1/pairs` takes them; the evaluators' page mixes the sides and hides the runs itself, so
    texts stand by run. `runs` names the two, `notes` holds the notes by case; a case without is left out. Pure."""
    rows = []
    for one in pairs:
        if one.case_id not in notes:
            continue
        texts = (one.left, one.right) if first_stands_left(one.pair) else (one.right, one.left)
        rows.append(
            {
                "case_id": one.case_id,
                "first_run": runs[0],
                "second_run": runs[1],
                "notes": notes[one.case_id],
                "first_text": texts[0],
                "second_text": texts[1],
            }
        )
    return {"name": name, "seed": 0, "pairs": rows}


def read_page_scores(text: str, pairs: Sequence[BlindPair]) -> list[Preference]:
    """The preferences in a scores.csv of the evaluators' page, of the cases of `pairs`. Raises UnusableInput as
    `read_preferences` does."""
    by_case = {one.case_id: one.pair for one in pairs}
    found = []
    for number, row in enumerate(csv.DictReader(StringIO(text)), 2):
        pair = by_case.get((row["案例"] or "").lstrip("'"))
        if pair is None:
            continue
        try:
            gap = int(row["甲得分"]) - int(row["乙得分"])
        except (TypeError, ValueError) as wrong:
            raise UnusableInput(f"第{number}行的得分不是数字。", row=number) from wrong
        liked = (gap > 0) - (gap < 0)  # 1 where the first run's draft got more
        found.append(Preference(pair, row["评测人"], float(-liked if first_stands_left(pair) else liked)))
    return found


def read_preferences(text: str, pairs: Sequence[BlindPair] = ()) -> list[Preference]:
    """The filled-in rows of a sheet, or of the scores.csv of the evaluators' page over the same `pairs`; rows without a
    preference are left out.

    Raises UnusableInput, naming the row, for an unknown preference, a row without an evaluator, or a missing column.
    """
    rows = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    if rows.fieldnames is not None and set(rows.fieldnames) >= _PAGE_HEAD:
        return read_page_scores(text.removeprefix("\ufeff"), pairs)
    if rows.fieldnames is None or not {"pair", "evaluator", "preference"} <= set(rows.fieldnames):
        raise UnusableInput("表格缺少列。须有 pair、evaluator 和 preference。")
    found = []
    for number, row in enumerate(rows, 2):
        said = (row["preference"] or "").strip()
        if not said:
            continue
        if said not in PREFERENCES:
            raise UnusableInput(f"第{number}行的 preference“{said}”不认识。可写：left、same、right。", row=number)
        if not (row["evaluator"] or "").strip():
            raise UnusableInput(f"第{number}行没有写 evaluator（评测人）。", row=number)
        found.append(Preference(row["pair"], row["evaluator"].strip(), PREFERENCES[said]))
    return found


def krippendorff_alpha(said: Sequence[Preference]) -> float | None:
    """Krippendorff's alpha with interval distances: 1 full agreement, 0 as by chance, below it worse. Pure.

    None where no pair has two scorers, or everybody said the same of everything: nothing was told apart.
    """
    units: dict[str, list[float]] = defaultdict(list)
    for one in {(one.pair, one.evaluator): one for one in said}.values():
        units[one.pair].append(one.value)
    kept = [values for values in units.values() if len(values) > 1]
    every = [value for values in kept for value in values]
    if not every:
        return None
    observed = sum(sum((a - b) ** 2 for a, b in permutations(values, 2)) / (len(values) - 1) for values in kept)
    expected = sum((a - b) ** 2 for a, b in permutations(every, 2)) / (len(every) - 1)
    return 1 - observed / expected if expected else None


@dataclass(frozen=True, slots=True)
class Predicts:
    """How a measure's difference between two drafts goes with people's preference: rank correlation over `pairs`, with
    the ends of its 95 % interval; None where too few pairs tell or one side never varies."""

    measure: str
    correlation: float | None
    pairs: int
    interval: tuple[float, float] | None = None

    @property
    def keep(self) -> bool | None:
        """True where the interval holds only agreement, False where it holds no agreement worth the name, so that the
        measure is thrown out; None where these pairs cannot tell."""
        if self.interval is None:
            return None
        low, high = self.interval
        return True if low > 0 else False if high < _TOLD_APART else None

    @property
    def contrary(self) -> bool:
        """True where people prefer the draft that the measure thinks worse."""
        return self.interval is not None and self.interval[1] < 0


def predictions(
    first: Mapping[str, Any], second: Mapping[str, Any], pairs: Sequence[BlindPair], said: Sequence[Preference]
) -> list[Predicts]:
    """For each measure how well it predicts which draft people prefer; its direction counted in. Pure."""
    toward_second: dict[str, list[float]] = defaultdict(list)
    cases = {one.pair: one.case_id for one in pairs}
    for one in said:
        if one.pair in cases:
            toward_second[cases[one.pair]].append(one.value if first_stands_left(one.pair) else -one.value)
    old, new = ({row["case"]: row["scores"] for row in run["cases"]} for run in (first, second))
    found = []
    for name, described in second["measures"].items():
        points = [
            (new[case][name] - old[case][name], sum(values) / len(values))
            for case, values in toward_second.items()
            if new[case][name] is not None and old[case].get(name) is not None
        ]
        sign = -1 if described["higher_is_better"] is False else 1
        found.append(_predicts(name, [(sign * gap, liked) for gap, liked in points]))
    return found


def _predicts(name: str, points: Sequence[tuple[float, float]]) -> Predicts:
    value = spearman([one[0] for one in points], [one[1] for one in points]) if len(points) >= FEWEST_PAIRS else None
    return Predicts(name, value, len(points), None if value is None else _interval(value, len(points)))


def _interval(value: float, pairs: int) -> tuple[float, float]:
    """The 95 % interval of a rank correlation, by Fisher's transformation with the variance of Bonett and Wright."""
    middle = atanh(max(-_SURELY, min(_SURELY, value)))
    reach = 1.96 * sqrt((1 + value**2 / 2) / (pairs - 3))
    return tanh(middle - reach), tanh(middle + reach)


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Rank correlation with ties at their mean rank; None where one side never varies. Pure."""
    a, b = _ranks(first), _ranks(second)
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    above = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    below = sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return above / below if below else None


def _ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = defaultdict(list)
    for place, value in enumerate(sorted(values), 1):
        places[value].append(place)
    return [sum(places[value]) / len(places[value]) for value in values]
