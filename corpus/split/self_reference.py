"""What kind of unit a text speaks of as its own: 我校, 我区, 全旗. One report speaks as one unit."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_KINDS = (
    "街道|社区|公司|中心|单位|集团|学校|医院|开发区|园区|支部|大队|支队"
    "|[市区县镇乡村校院局处办所站行委旗州厂队园馆会组科]"
)
_OWN = re.compile(rf"(?:我们?|本)({_KINDS})(?!的同志|长|记|里人)")
_WHOLE = re.compile(rf"全({_KINDS})(?!面|体|部|新|程)")
_CANONICAL = {"学校": "校", "医院": "院", "园区": "区", "开发区": "区", "支部": "组", "集团": "公司"}
# 我单位 and 我们 say nothing of the kind; 全会, 全面 and 全体 are no units.
_IGNORED = frozenset(("单位", "会", "委", "组"))
# 青原旗成立了…: a name of three or more characters that heads a sentence and does something.
_NAMED = re.compile(
    r"(?:^|[。；\n]|年|月|日|，)[\u4e00-\u9fff]{2,5}([市区县旗镇乡校局]|街道|社区|小学|中学)"
    r"(?=成立|召开|高度|坚持|将|以|把|先后|累计|大力|深入|全面|认真|积极|紧紧|始终|委|政府|党委|组织|开展|制定|印发|在|按照)"
)


@dataclass(frozen=True)
class Speech:
    """How a text speaks of units: `own` counts 我校, `whole` counts 全校, `named` counts names that head a sentence."""

    own: Counter[str]
    whole: Counter[str]
    named: Counter[str]

    @property
    def weighted(self) -> Counter[str]:
        """All kinds of speech together, 我校 counting two, the others one."""
        return self.own + self.own + self.whole + self.named

    def __add__(self, other: Speech) -> Speech:
        return Speech(self.own + other.own, self.whole + other.whole, self.named + other.named)


def speech_of(text: str) -> Speech:
    """How `text` speaks of units. Pure."""
    own, whole = (_counted(pattern, text) for pattern in (_OWN, _WHOLE))
    return Speech(own, whole, _counted(_NAMED, text))


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    kinds = (_CANONICAL.get(found[1], found[1]) for found in pattern.finditer(text))
    return Counter(kind for kind in kinds if kind not in _IGNORED)


def self_references(text: str) -> Counter[str]:
    """How often `text` speaks of each kind of unit as its own; 我校 counts two, 全校 one. Pure."""
    speech = speech_of(text)
    return speech.own + speech.own + speech.whole


def dominant(counts: Counter[str], *, least: int, share: float) -> str | None:
    """The kind with at least `least` weight and `share` of all; None where none has. Pure."""
    if not counts:
        return None
    kind, weight = counts.most_common(1)[0]
    return kind if weight >= least and weight >= share * counts.total() else None
