"""A past report turned into the notes of another unit: every number, date, name, place and unit is another one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from corpus.mask.masking import names_of
from eval.measures.standing import claims_of
from service.domain.report import Report
from service.language.names import find_names

# Characters of trees, which together name no place: what a swapped name is made of.
_TREES = "椴榉楸桤栾柘桦樟檫枫榧槭楝榛椋"
_ENDING = re.compile(
    r"(?:居民委员会|村民委员会|委员会|办事处|管理处|服务中心|[街社小学医公分][道区校院司队]|[省市县区镇乡村路街桥局站馆园队店厂所])$"
)
_SHORTEST_ROW = 6  # characters; what is shorter states nothing
_HAN_DIGIT = "一二三四五六七八九"


@dataclass(frozen=True)
class Swapped:
    """The notes of the other unit, its name, and what every name became."""

    notes: str
    unit: str
    names: Mapping[str, str]


def swapped(report: Report, seed: int) -> Swapped:
    """The facts of `report` as another unit's notes, a line a sentence that holds a number or a name. Pure."""
    chance = Random(f"{seed}{report.report_id}")
    names = _other_names(report, chance)
    old = frozenset(re.findall(r"\d+", report.text))
    rows = []
    for section in report.sections:
        for sentence in re.split(r"[。；\n]", section.text):
            if any(True for _ in claims_of(sentence)) or any(name in sentence for name in names):
                row = _with_names(_with_numbers(sentence.strip(), chance, old), names)
                rows += [row] if len(row) > _SHORTEST_ROW else []
    unit = _with_names(report.unit, names) if report.unit else "楸榉街道"
    return Swapped("\n".join(rows), unit, names)


def _other_names(report: Report, chance: Random) -> dict[str, str]:
    text = f"{report.title}\n{report.text}"
    names = {name for name in names_of(report) if len(name) >= 2}
    names |= {one.text for one in find_names(text) if one.sure and not re.search(r"[“”《》\d]", one.text)}
    taken: dict[str, str] = {}
    for name in sorted(names, key=lambda one: (-len(one), one)):
        ending = _ENDING.search(name)
        kept = ending.group() if ending and len(ending.group()) < len(name) else ""
        taken[name] = "".join(chance.sample(_TREES, min(3, max(2, len(name) - len(kept))))) + kept
    return taken


def _with_names(sentence: str, names: Mapping[str, str]) -> str:
    """The sentence with every name swapped, the longest first, none of them twice. Pure."""
    if not names:
        return sentence
    pattern = "|".join(re.escape(name) for name in sorted(names, key=lambda one: (-len(one), one)))
    return re.sub(pattern, lambda found: names[found.group()], sentence)


def _with_numbers(sentence: str, chance: Random, old: frozenset[str]) -> str:
    """The sentence with every claimed number one that the report nowhere has; dates stay days that exist. Pure."""
    made, at = "", 0
    for one in claims_of(sentence):
        made += sentence[at : one.start] + _other(one.text, chance, old)
        at = one.end
    return made + sentence[at:]


def _other(text: str, chance: Random, taken: frozenset[str]) -> str:
    def digits(found: re.Match[str]) -> str:
        old = found.group()
        after = text[found.end() : found.end() + 1]
        if after == "月" or after in ("日", "号"):
            low, high = (1, 12) if after == "月" else (1, 28)
            return str(chance.choice([one for one in range(low, high + 1) if str(one) != old]))
        if len(old) == 4 and old[:2] in ("19", "20") and after == "年":
            return str(int(old) - 1)
        longer = ""
        while True:
            new = str(chance.randint(1, 9)) + "".join(str(chance.randint(0, 9)) for _ in old[1:] + longer)
            if new not in taken:
                return new
            longer += "x" if chance.random() < 0.1 else ""  # a report may have used up all numbers of one digit

    plain = re.sub(r"\d+", digits, text)
    return plain if plain != text else re.sub(f"[两{_HAN_DIGIT}]", _next_digit, text)


def _next_digit(found: re.Match[str]) -> str:
    place = _HAN_DIGIT.index(found.group().replace("两", "二"))
    return _HAN_DIGIT[(place + 3) % len(_HAN_DIGIT)]
