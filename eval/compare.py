"""Two run records side by side: what got better, what got worse, and whether the difference is real."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.statistics import PairedDifference, paired_difference
from service.domain.errors import UnusableInput


def compare(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a measure: the paired difference over the cases both runs hold unchanged and could score.

    Raises UnusableInput where they share no case with the same content.
    """
    before = {row["case"]: row for row in first["cases"]}
    after = {row["case"]: row for row in second["cases"]}
    shared = sorted(name for name in before.keys() & after.keys() if before[name]["digest"] == after[name]["digest"])
    if not shared:
        raise UnusableInput("两次评测没有相同的案例，无法比较。")
    rows = []
    for name, described in first["measures"].items():
        pairs = [
            (before[case]["scores"].get(name), after[case]["scores"].get(name), case)
            for case in shared
            if before[case]["scores"].get(name) is not None and after[case]["scores"].get(name) is not None
        ]
        if pairs:
            rows.append(_row(name, described, pairs))
    return rows


def _row(name: str, described: Mapping[str, Any], pairs: list[tuple[float, float, str]]) -> dict[str, Any]:
    difference = paired_difference([one[0] for one in pairs], [one[1] for one in pairs])
    verdict = _verdict(difference, described["higher_is_better"])
    moved = sorted(pairs, key=lambda one: -abs(one[1] - one[0]))
    return {
        "measure": name,
        "chinese": described["chinese"],
        "verdict": verdict,
        "mean_difference": round(difference.mean, 4),
        "interval": [round(difference.low, 4), round(difference.high, 4)],
        "sign_p": round(difference.sign_p, 4),
        "cases": len(pairs),
        "moved_most": [case for before, after, case in moved[:10] if before != after],
    }


def _verdict(difference: PairedDifference, higher_is_better: bool | None) -> str:
    if not difference.seen:
        return "no difference seen"
    if higher_is_better is None:
        return "changed"
    return "better" if (difference.mean > 0) == higher_is_better else "worse"
