"""Labels that only sort the words behind them (便民：轮椅4辆, 市容这边：…) and are no part of the statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from service.domain.fact import FactKind
from service.domain.period import Period
from service.drafting.facts.labels import LabelSort, field_named, read_label
from service.drafting.facts.lexicon import words
from service.drafting.facts.read_lines import ReadLine
from service.drafting.facts.spoken_parts import LATER, is_later, is_next_year
from service.drafting.facts.standing import Standing

_LABEL = re.compile(r"([\u4e00-\u9fff]{1,10})(?:[（(][^（()）]{1,12}[）)])?[：:] ?")
_THIS_SIDE = re.compile(r"[\u4e00-\u9fff]{2,5}(?:这边|这块|这头|那边|那块|这一块|方面)$")
_SUPPLEMENT = re.compile(r"(?P<of>[\u4e00-\u9fff]{2,4})?(?:补充|补报|另报|更正)$")
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|份|底|初|中旬|上旬|下旬)?(?:起|以来|前)?|\d{1,2}[.]\d{1,2}")
_FIGURE = re.compile(r"[约近共]{0,2}\d[\d.,]*[余多来]?[万千百亿]?[%\u4e00-\u9fff]?")
_NAMED = re.compile(r"[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class LabelCut:
    """A label that ends at `end` of the view and is cut; `body` is the body it names, or ""."""

    end: int
    body: str


def label_cut(text: str, start: int, end: int) -> LabelCut | None:
    """The label at the head of `text[start:end]` that only sorts what follows, or None. 墙绘：76处 keeps its label:
    without it nobody knows of what there are 76. Pure."""
    found = _LABEL.match(text, start, end)
    if not found or found.end() >= end or field_named(found[1]) is not None:
        return None
    name, stated = found[1], text[found.end() : end]
    supplement = _SUPPLEMENT.fullmatch(name)
    if supplement and (supplement["of"] is None or field_named(supplement["of"]) is not None):
        return LabelCut(found.end(), "")
    if not _names_its_thing(stated):
        return None
    if name in words("bare_bodies"):
        return LabelCut(found.end(), name)
    sorts = name in words("bare_labels") or _THIS_SIDE.fullmatch(name) or _is_post(name)
    return LabelCut(found.end(), "") if sorts else None


def _is_post(name: str) -> bool:
    """秘书长 and 孙主任 speak; 施工 and 汇总 end as posts do and are none."""
    return name in words("posts") or read_label(name).sort is LabelSort.SPEAKER


def _names_its_thing(stated: str) -> bool:
    bare = words("work_verbs").removed(_FIGURE.sub(" ", _DATE.sub(" ", stated)))
    return bool(_NAMED.search(bare))


_OF_LAST_YEAR = re.compile(
    r"(?:去年|上年度?|前年|上一年)(?:全年|同期)?的?(?:数字?|数据|情况|底数|基数|成绩|完成|实绩)?[：:]"
)


def dated_by_label(standing: Standing, line: ReadLine, period: Period | None) -> Standing:
    """What the label of a line says of the time of all that stands behind it: 去年数：拆违建2.1万平方米；新建公厕9座 is
    of last year, 【下半年】①… are plans. Pure."""
    if _OF_LAST_YEAR.match(line.words):
        return replace(standing, before=True)
    when = line.labelled.strip()
    if LATER.fullmatch(when) and is_later(when, period):
        number, ahead = line.line.number, is_next_year(when)
        return replace(standing, kind=FactKind.NEXT, kind_line=number, day=None, day_line=0, ahead=ahead)
    return standing


_PART_NAME, _BARE_ENTRY = (
    re.compile(r"[\u4e00-\u9fff]{1,4}(?:情况|方面|部分)"),
    re.compile(r"[（(]?\d{1,2}[）)]?[.、]?"),
)


def names_only(said: str, counts: bool) -> bool:
    """True for the bare name of a part or a field (整改情况, 服务方面), and for the number of a question that nobody
    answered: it heads what follows and states nothing. Pure."""
    named = field_named(said) is not None or _PART_NAME.fullmatch(said) is not None
    return (named and not counts) or _BARE_ENTRY.fullmatch(said) is not None
