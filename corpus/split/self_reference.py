"""What kind of unit a text speaks of as its own: 我校, 我区, 全旗. One report speaks as one unit."""

from __future__ import annotations

import re
from collections import Counter

_KINDS = "街道|社区|公司|中心|单位|集团|学校|医院|开发区|园区|支部|大队|支队|[市区县镇乡村校院局处办所站行委旗州厂队园馆会组科]"
_OWN = re.compile(rf"(?:我们?|本)({_KINDS})(?!的同志|长|记|里人)")
_WHOLE = re.compile(rf"全({_KINDS})(?!面|体|部|新|程)")
_CANONICAL = {"学校": "校", "医院": "院", "园区": "区", "开发区": "区", "支部": "组", "集团": "公司"}
# 我单位 and 我们 say nothing of the kind; 全会, 全面 and 全体 are no units.
_IGNORED = frozenset(("单位", "会", "委", "组"))
_SAID_BY_ITS_OWN = {"school": re.compile(r"学校|师生|教师|少先队|班会"), "banner": re.compile(r"旗委|旗政府|旗长")}


def self_references(text: str) -> Counter[str]:
    """How often `text` speaks of each kind of unit as its own; 我校 counts two, 全校 one. Pure."""
    counts: Counter[str] = Counter()
    for pattern, weight in ((_OWN, 2), (_WHOLE, 1)):
        for found in pattern.finditer(text):
            kind = _CANONICAL.get(found[1], found[1])
            if kind not in _IGNORED:
                counts[kind] += weight
    if _SAID_BY_ITS_OWN["banner"].search(text):
        counts["旗"] += 1
    return counts


def dominant(counts: Counter[str], *, least: int, share: float) -> str | None:
    """The kind with at least `least` weight and `share` of all; None where none has. Pure."""
    if not counts:
        return None
    kind, weight = counts.most_common(1)[0]
    return kind if weight >= least and weight >= share * counts.total() else None
