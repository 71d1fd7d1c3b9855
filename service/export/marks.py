"""What stands beside a draft in its Word file: remarks on passages and the fact sheet, made of a check. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_BANDS = {"pass": "有据", "warn": "需确认", "block": "必须处理", "undecided": "无法判断"}
_PASSED = {
    "exact": "与笔记一致",
    "equivalent": "换一种写法，数值相同",
    "rounded": "由笔记取整",
    "derived": "由笔记算出",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on the characters start to end of the draft's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One number or name of the draft: where it stands in the notes, what the check says, and who settled it."""

    text: str
    around: str
    notes: str
    status: str
    settled: str


def remarks_of(check: Mapping[str, Any]) -> list[Remark]:
    """One remark for each finding of a check (its public JSON shape), in the order of the draft. Pure."""
    found = []
    for one in sorted(check["findings"], key=lambda finding: (finding["start"], finding["end"])):
        parts = [f"【{_BANDS[one['band']]}】{one['message']}"]
        if where := _where(one):
            parts.append(f"依据：{where}")
        if one.get("suggestion"):
            parts.append(f"建议：{one['suggestion']}")
        found.append(Remark(one["start"], one["end"], "\n".join(parts)))
    return found


def fact_rows(
    check: Mapping[str, Any], text: str, settled: Mapping[tuple[int, int], str] | None = None
) -> list[FactRow]:
    """One row for each claim of a check (its public JSON shape), in the order of the draft's `text`. Pure.

    `settled` says of a claim's place in the text who decided on it, and how.
    """
    decided = settled or {}
    rows = []
    for one in sorted([*check["passed"], *check["findings"]], key=lambda claim: (claim["start"], claim["end"])):
        status = _BANDS[one["band"]]
        why = _PASSED.get(one["verdict"]) or one["message"]
        who = decided.get((one["start"], one["end"])) or ("自动核对" if one["band"] == "pass" else "未处理")
        around = _around(text, one["start"], one["end"])
        rows.append(FactRow(one["text"], around, _where(one) or _without_line(one), f"{status}：{why}", who))
    return rows


def _where(one: Mapping[str, Any]) -> str:
    places = []
    for proof in one.get("evidence") or []:
        stands = f"第{proof['line']}行" if proof.get("line") is not None else f"旧稿{proof.get('source') or ''}"
        places.append(f"{stands}“{proof['text']}”")
    formula = one.get("formula")
    return "、".join(dict.fromkeys(places)) + (f"（{formula}）" if formula else "")


def _without_line(one: Mapping[str, Any]) -> str:
    """What stands where no note line does: the form may have given the number."""
    return str(one["message"]) if one["band"] == "pass" else "（笔记中没有）"


def _around(text: str, start: int, end: int) -> str:
    """The clause that a claim stands in."""
    first = max((text.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    ends = [place for stop in _STOPS if (place := text.find(stop, end)) >= 0]
    return text[first : min(ends, default=len(text))].strip()


_STOPS: Sequence[str] = ("。", "；", "，", "：", "\n")
