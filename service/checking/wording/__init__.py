"""Mechanical rules of wording and layout in official writing, each switchable by its code, apart from number verdicts.

| decided here, from the draft alone | decided elsewhere |
|---|---|
| R02 far years, R03–R24, R27, R28, R30–R37, R38 numbers, R40, R41 | R01: number checker, N38 (unfilled blanks) |
| | R02 broken years and decimals: number checker, N39 and N40 |
| | R25, R29: number checker, N34, N33 |
| | R26: number checker, which binds figures to what they count |
| | R38 names: the reading of notes and the masking of past reports |
| | R39: number checker, N53, which has the past reports |

A rule reads the draft's own words: quotations, titles 《…》 and placeholders 【待补：…】 are left alone unless the
rule is about them.
"""

from service.checking.wording.catalogue import RULE_CODES, RULES, WordingRule, wording_page, wording_rule
from service.checking.wording.find import wording_findings
from service.checking.wording.finding import Severity, WordingFinding

__all__ = [
    "RULES",
    "RULE_CODES",
    "Severity",
    "WordingFinding",
    "WordingRule",
    "wording_findings",
    "wording_page",
    "wording_rule",
]
