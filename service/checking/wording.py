"""Wording and layout rules of official writing, each with a code that can be switched off.

They are apart from the verdicts on numbers: nothing here says that a fact is wrong. Codes follow the house list of
mechanical rules, R01 to R40.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from service.checking.claims import read_text
from service.checking.wording_structure import structure_notes
from service.domain.period import Period


class Severity(StrEnum):
    """How much a wording note weighs: an error must be mended, a warning decided, a suggestion may be ignored."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class WordingNote:
    """A wording or layout slip of a draft, with offsets into it; `replacement` is set where the mend is an edit."""

    start: int
    end: int
    text: str
    rule: str
    severity: Severity
    message: str
    replacement: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values for programs."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "rule": self.rule,
            "severity": str(self.severity),
            "message": self.message,
            "replacement": self.replacement,
        }


@dataclass(frozen=True)
class _Rule:
    code: str
    severity: Severity
    pattern: re.Pattern[str]
    message: str
    mend: str | None


_COUNTER = "[个名处家条次户人天场件块份间栋辆位项台张吨米]"
_NUMBER = r"\d{1,9}(?:\.\d{1,4})?[万亿]?"
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
_MENDS: dict[str, Callable[[re.Match[str]], str]] = {
    "@four_digit_year": lambda found: f"{'20' if int(found[1]) < 70 else '19'}{found[1]}年",
    "@adjacent": lambda found: (found[1] + found[2]).translate(_CHINESE_DIGITS),
    "@half_width_digits": lambda found: found[0].translate(_WIDE_DIGITS),
    "@chinese_digits": lambda found: found[0].replace("10", "十").translate(_CHINESE_DIGITS),
    "@full_width": lambda found: found[0].translate(_FULL_WIDTH),
    "@once": lambda found: found[1] or found[2],
}


@cache
def _rules() -> tuple[_Rule, ...]:
    table = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
    return tuple(
        _Rule(
            row["code"],
            Severity(row["severity"]),
            re.compile(row["pattern"].replace("{N}", _NUMBER).replace("{C}", _COUNTER), re.MULTILINE),
            row["message"],
            row.get("mend"),
        )
        for row in table["rule"]
    )


def _mended(rule: _Rule, found: re.Match[str]) -> str | None:
    if rule.mend is None:
        return None
    return _MENDS[rule.mend](found) if rule.mend.startswith("@") else found.expand(rule.mend)


_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# R26 is the checker itself; R25, R28, R29 and R39 are its N34, N32, N33 and N53.
RULE_CODES = frozenset(f"R{number:02d}" for number in range(1, 41) if number not in (25, 26, 28, 29, 39))


def wording_findings(
    draft: str, period: Period | None = None, enabled: frozenset[str] = RULE_CODES
) -> list[WordingNote]:
    """The wording notes of `draft` in order of place, by the rules in `enabled`. Pure.

    `period` is needed for relative time (R37) and dated formulations (R40): without it R40 is silent.
    """
    found = [*_by_pattern(draft, enabled), *_identity_cards(draft)]
    for code, severity, start, end, message, mend in structure_notes(draft, read_text(draft), period):
        found.append(WordingNote(start, end, draft[start:end], code, Severity(severity), message, mend))
    kept = [one for one in found if one.rule in enabled]
    return sorted(kept, key=lambda one: (one.start, one.end, one.rule))


def _by_pattern(draft: str, enabled: frozenset[str]) -> Iterator[WordingNote]:
    for rule in _rules():
        if rule.code not in enabled:
            continue
        for found in rule.pattern.finditer(draft):
            start, end, text = found.start(), found.end(), found.group()
            message = f"“{text.strip()}”：{rule.message}" if text.strip() else rule.message
            yield WordingNote(start, end, text, rule.code, rule.severity, message, _mended(rule, found))


def _identity_cards(draft: str) -> Iterator[WordingNote]:
    """Identity-card numbers by their check digit: 18 digits alone may be an account or a serial number."""
    for found in _IDENTITY.finditer(draft):
        digits = found.group().upper()
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
        if "10X98765432"[total % 11] == digits[17]:
            yield WordingNote(
                found.start(), found.end(), found.group(), "R38", Severity.ERROR, "身份证号不写入报告，请删去。"
            )
