"""Statements that stand twice, and statements that contradict each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.domain.fact import Conflict, Fact, FactKind, SetAside, SetAsideReason
from service.domain.quantity import Amount, Mention
from service.domain.text import Notes
from service.drafting.facts.kinds import counted
from service.drafting.facts.likeness import bare_words, bigrams, counted_thing, same_unit, same_words, without_times
from service.drafting.facts.rivals import DISPUTED, nearest
from service.drafting.facts.talk import DISPUTES
from service.language.clean_view import tidy

_PART = re.compile(r"其中|每|平均|人均|户均|日均|分别|累计|新增|再|又|还|另")
_WHOLE = re.compile(r"一共|总共|共计|合计|那天|那次|当天|实际|统计")
_PLACE_WORD = re.compile(r"[街路巷村区镇乡里弄园校院楼号段门店班组科局队]")
_FIGURES = re.compile(r"\d[\d.,]*")
_NUMERALS = re.compile(r"[一二三四五六七八九十\d]")
_ROW = re.compile(r"\t|^[^,，:：\d]{2,24}[,，]\d[\d.]{0,9}[,，]")
# 我去数了是47个, 验收单上是8100平方: a figure of another hand for what was just told.
_RECOUNTED = re.compile(
    r"(?:可|但|不过)?(?:我|咱|我们|我这|我这边|这边|那边)?(?:去|又|刚|再|昨天|今天)*(?:现场)?(?:数|点|量|查|核|对|算|看)(?:了|过)?(?:一下|一遍|下)?(?:的)?(?:只|才)?(?:是|有)[约近]?[\d一二三四五六七八九十百千两]|"
    r"(?:[\u4e00-\u9fff]{0,4}(?:验收单|台账|登记表|登记簿|系统|报表|合同|图纸|清单|底册|单子|册子))(?:上|里)?(?:面)?(?:写的?|登的?|记的?)?(?:是|有|为)[约近]?[\d一二三四五六七八九十百千两]|"
    r"(?:我|我们|我这|我这边|这边|那边)(?:统计|记|登记|算|手里|手上|这里)?(?:的)?是[约近]?[\d一二三四五六七八九十百千两]"
)
_NEAR_FACTS, _NEAR_LINES = 8, 4
_LOOK_BACK = 60  # Statements of one unit compared with those before them: bounded, so long notes stay linear.
_MOST_FIGURES = 40  # A statement of more figures is a pasted column of numbers, nothing that can be contradicted.
_SHORTEST_REPEAT = 8
_FEWEST_CHARACTERS = 6  # Fewer are shared by chance.
_ALIKE = 0.85  # Share of common character pairs from which two statements with the same figures are one.


@dataclass(frozen=True)
class Compared:
    """Facts without repeats, the repeats set aside, and the contradictions found."""

    facts: tuple[Fact, ...]
    set_aside: tuple[SetAside, ...]
    conflicts: tuple[Conflict, ...]


def compare_statements(
    notes: Notes,
    facts: Sequence[Fact],
    speakers: Mapping[int, str] | None = None,
    rulings: Sequence[tuple[int, str]] = (),
) -> Compared:
    """Sets repeated statements aside and marks contradicting ones as unsure, naming the other line. Pure.

    `rulings` are later lines that say whose figure holds, with a name of `speakers`: the other's is set aside.
    """
    kept, aside = _without_repeats(notes, facts)
    judge = _Judge(speakers or {}, rulings)
    marked, conflicts = _with_conflicts(kept, judge)
    _add_disputed(notes, marked, conflicts)
    _add_recounted(marked, conflicts, speakers or {})
    for place, (winner, mention) in sorted(judge.overruled.items(), reverse=True):
        number = notes.line_at(mention.start).number
        detail = f"以第{winner}行的为准"
        rest = _without_piece(marked[place], mention)
        if rest is None:
            fact = marked.pop(place)
            aside.append(SetAside(number, fact.span, fact.text, SetAsideReason.SUPERSEDED, detail))
        else:
            marked[place] = rest
            aside.append(SetAside(number, mention.span, mention.text, SetAsideReason.SUPERSEDED, detail))
    return Compared(tuple(marked), tuple(aside), tuple(conflicts))


def _add_disputed(notes: Notes, facts: list[Fact], conflicts: list[Conflict]) -> None:
    """Adds what a statement itself says does not agree with an earlier one: 登记的是34件，和医务的对不上."""
    for place, fact in enumerate(facts):
        own = counted(fact.mentions)
        told = f"{fact.unsure or ''}，{tidy(fact.clean)}"
        if not own or not (DISPUTED.search(told) or DISPUTES.search(fact.text)):
            continue
        if any(fact.lines[-1] in conflict.lines for conflict in conflicts):
            continue
        said = bigrams(bare_words(fact))
        if DISPUTES.search(fact.text):  # 老旧小区完工11个？周报是10个，请核实: the line names the thing.
            said |= bigrams(_FIGURES.sub(" ", notes.lines[fact.lines[-1] - 1].text))
        for other_place in range(place - 1, max(-1, place - 1 - _LOOK_BACK), -1):
            other = facts[other_place]
            figures = [one for one in counted(other.mentions) if same_unit(one, own[0]) and one.amount != own[0].amount]
            if other.lines[-1] == fact.lines[-1] or not figures or not said & bigrams(bare_words(other)):
                continue
            mention = nearest(own[0], figures)
            if mention is None:
                continue
            conflicts.append(_conflict(other, mention, fact, own[0]))
            facts[other_place] = _doubted(other, fact, own[0])
            facts[place] = _doubted(fact, other, mention)
            break


def _add_recounted(facts: list[Fact], conflicts: list[Conflict], speakers: Mapping[int, str]) -> None:
    """Adds what another hand counted otherwise close below without naming the thing again: 我去数了是47个."""
    for place, fact in enumerate(facts):
        own = counted(fact.mentions)
        line = fact.lines[-1]
        told = _RECOUNTED.match(tidy(fact.text))
        if not own or not told or any(line in conflict.lines for conflict in conflicts):
            continue
        for other_place in range(place - 1, max(-1, place - 1 - _NEAR_FACTS), -1):
            other = facts[other_place]
            figures = [
                one for one in counted(other.mentions) if one.unit == own[0].unit and one.amount != own[0].amount
            ]
            apart = speakers.get(line) != speakers.get(other.lines[-1]) or not speakers.get(line)
            mention = nearest(own[0], figures) if figures and apart and line - other.lines[-1] <= _NEAR_LINES else None
            if mention is not None and line != other.lines[-1]:
                conflicts.append(_conflict(other, mention, fact, own[0], other.clean))
                facts[other_place] = _doubted(other, fact, own[0])
                facts[place] = _doubted(fact, other, mention)
                break


def _without_piece(fact: Fact, mention: Mention) -> Fact | None:
    """`fact` without the part between commas that holds `mention`; None where nothing counted would be left."""
    pieces = re.split(r"([，,、])", fact.clean)
    place = next((at for at, piece in enumerate(pieces) if tidy(mention.text) in piece), None)
    others = tuple(one for one in fact.mentions if one is not mention)
    if place is None or not counted(others):
        return None
    kept = [piece for at, piece in enumerate(pieces[::2]) if at * 2 != place]
    clean = "，".join(kept)
    left = tuple(one for one in others if tidy(one.text) in clean)
    return replace(fact, clean=clean, mentions=left) if counted(left) else None


class _Judge:
    """Which of two contradicting statements the notes themselves say holds. `overruled` maps the place of a statement
    that does not to the line of the one that does."""

    def __init__(self, speakers: Mapping[int, str], rulings: Sequence[tuple[int, str]]) -> None:
        self._speakers = speakers
        self._rulings = rulings
        self.overruled: dict[int, tuple[int, Mention]] = {}

    def settles(self, one: tuple[int, Figure], other: tuple[int, Figure]) -> bool:
        """True where a later line names the speaker of one of both; the other's figure is overruled."""
        for (place, right), (lost_place, wrong) in ((one, other), (other, one)):
            fact, lost = right.fact, wrong.fact
            for line, name in self._rulings:
                said_by, against = self._speaker(fact), self._speaker(lost)
                if line > max(*fact.lines, *lost.lines) and name in said_by and name not in against:
                    self.overruled[lost_place] = (fact.lines[-1], wrong.mention)
                    self.overruled.pop(place, None)
                    return True
        return False

    def _speaker(self, fact: Fact) -> str:
        return self._speakers.get(fact.lines[-1], "") + (fact.who or "")


def _without_repeats(notes: Notes, facts: Sequence[Fact]) -> tuple[list[Fact], list[SetAside]]:
    kept: list[Fact] = []
    aside: list[SetAside] = []
    seen: dict[tuple[object, ...], Fact] = {}
    alike: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        item = fact.fields.get("item")
        exact = (same_words(fact), fact.kind is FactKind.FIELD and item, fact.where, fact.whose, fact.day, item)
        values = tuple(sorted((str(one.amount), one.unit or "") for one in counted(fact.mentions)))
        near = (values, fact.frame, fact.tense, item)
        # 保卫科 郗强 stands under two problems and is of each.
        brief = not fact.mentions and len(fact.clean) < _SHORTEST_REPEAT
        first = (None if brief else seen.get(exact)) or (_near_repeat(fact, alike[near]) if values else None)
        if first is not None:
            own = notes.line_at(fact.span.start).number
            origin = notes.line_at(first.span.start).number
            aside.append(SetAside(own, fact.span, fact.text, SetAsideReason.DUPLICATE, f"与第{origin}行相同"))
            continue
        seen[exact] = fact
        alike[near].append(fact)
        kept.append(fact)
    return kept, aside


def _near_repeat(fact: Fact, earlier: Sequence[Fact]) -> Fact | None:
    ours = bigrams(same_words(fact))
    for one in earlier[-_LOOK_BACK:]:
        if (one.day, one.where) != (fact.day, fact.where) and one.day is not None and fact.day is not None:
            continue
        if (one.where and fact.where and one.where != fact.where) or _of_two(one, fact):
            continue
        theirs = bigrams(same_words(one))
        if ours and len(ours & theirs) >= _ALIKE * len(ours | theirs):
            return one
        if fact.day is not None and fact.day == one.day and _same_characters(fact, one):
            return one
        bare = bigrams(bare_words(fact))
        if bare and bare <= bigrams(bare_words(one)):
            return one
    return None


def _of_two(one: Fact, other: Fact) -> bool:
    return bool(one.whose and other.whose and one.whose != other.whose)


def _same_characters(fact: Fact, other: Fact) -> bool:
    """True where both say the same in another order: 8月义诊进馆1次，中医院来的 and 8月县中医院进馆义诊1次."""
    ours, theirs = (frozenset(re.findall(r"[\u4e00-\u9fff]", bare_words(one))) for one in (fact, other))
    return len(ours) >= _FEWEST_CHARACTERS and len(ours & theirs) >= _ALIKE * len(ours | theirs)


def _with_conflicts(facts: list[Fact], judge: _Judge) -> tuple[list[Fact], list[Conflict]]:
    marked = list(facts)
    conflicts: list[Conflict] = []
    earlier: dict[str, list[tuple[int, Figure]]] = defaultdict(list)
    for place, fact in enumerate(facts):
        if len(fact.mentions) > _MOST_FIGURES:
            continue
        for mention in counted(fact.mentions):
            figure = Figure(fact, mention, counted_thing(fact, mention))
            group = earlier[_unit_group(mention)]
            for other_place, other in group[-_LOOK_BACK:]:
                if other_place != place and _contradict(other, figure):
                    if judge.settles((other_place, other), (place, figure)):
                        break
                    conflicts.append(_conflict(other.fact, other.mention, fact, mention))
                    marked[other_place] = _doubted(marked[other_place], fact, mention)
                    marked[place] = _doubted(marked[place], other.fact, other.mention)
                    break
            group.append((place, figure))
    return marked, conflicts


@dataclass(frozen=True)
class Figure:
    """One counted mention of a fact and the character pairs of what it counts."""

    fact: Fact
    mention: Mention
    thing: frozenset[str]


def _unit_group(mention: Mention) -> str:
    return "人" if mention.unit in ("人", "名", "位") else mention.unit or ""


def _contradict(before: Figure, figure: Figure) -> bool:
    """True where both figures are of the same thing, place and time and cannot both be right."""
    one, ours, other, theirs = before.fact, before.mention, figure.fact, figure.mention
    if one.lines[-1] == other.lines[-1] or (one.frame, one.tense) != (other.frame, other.tense):
        return False
    if _in_rows(figure, before):
        return False
    if one.who and other.who and one.who != other.who and _NUMERALS.sub("", one.who) == _NUMERALS.sub("", other.who):
        return False  # 一车队 and 二车队 report each for itself.
    if _states(one, other, theirs) or _states(other, one, ours):
        return False  # 飞线162户，有17户不肯拆 and 17户飞线月底拆完 agree.
    if (
        one.kind is not other.kind
        or ours.kind is not theirs.kind
        or not same_unit(ours, theirs)
        or _overlap(ours.amount, theirs.amount)
    ):
        return False
    if one.fields.get("item") != other.fields.get("item"):
        return False
    if (one.where and other.where and one.where != other.where) or one.whose != other.whose:
        return False  # 北桥市场 has 168 stalls and 西门市场 142.
    if bool(_PART.search(_around(one, ours))) or bool(_PART.search(_around(other, theirs))):
        return False
    if not _same_day(one, other):
        return False
    things = before.thing, figure.thing
    if not things[0] or not things[1]:
        # 今年来了4.9万人次 and 今年新开4个，兑了6300人次 share no more than the year.
        said = [bigrams(bare_words(fact, without_times)) for fact in (one, other)]
        events = len(said[0] & said[1]) * 2 >= min(map(len, said)) > 0
        same_item = one.fields.get("item") is not None and bool(_WHOLE.search(one.text + other.text))
        return (events and things[0] == things[1]) or same_item
    small, large = sorted(things, key=len)
    if not small <= large:
        return False
    rest = "".join(large - small)
    return len(large - small) <= 4 and not _PLACE_WORD.search(rest)


def _in_rows(one: Figure, other: Figure) -> bool:
    """True for two rows of a table, which count two things whatever words they share, and for a row beside talk where
    neither figure has a unit: 公厕保洁检查（座次） 310 and 公厕24小时开放45."""
    rows = [_ROW.search(figure.fact.text) is not None for figure in (one, other)]
    return all(rows) or (any(rows) and not one.mention.unit and not other.mention.unit)


def _states(fact: Fact, other: Fact, mention: Mention) -> bool:
    """True where `fact` holds the one figure of `other` too."""
    return len(counted(other.mentions)) == 1 and any(
        one.amount == mention.amount and same_unit(one, mention) for one in counted(fact.mentions)
    )


def _around(fact: Fact, mention: Mention) -> str:
    start = mention.start - fact.span.start
    return fact.text[max(0, start - 10) : start] if 0 <= start <= len(fact.text) else ""


def _same_day(one: Fact, other: Fact) -> bool:
    if one.day is None or other.day is None:
        undated = [fact for fact in (one, other) if fact.day is None]
        return len(undated) == 2 or bool(_WHOLE.search(undated[0].text))
    return one.day == other.day


def _overlap(one: Amount | None, other: Amount | None) -> bool:
    if one is None or other is None:
        return True
    below = one.hi is not None and other.lo is not None and one.hi < other.lo
    above = other.hi is not None and one.lo is not None and other.hi < one.lo
    return not (below or above)


def _conflict(one: Fact, ours: Mention, other: Fact, theirs: Mention, thing: str = "") -> Conflict:
    thing = thing or max((tidy(fact.clean) for fact in (one, other)), key=len)
    for mention in (ours, theirs):
        thing = thing.replace(tidy(mention.text), "")
    lines = (_line_of(one, ours), _line_of(other, theirs))
    return Conflict(lines, thing.strip("，,、：: ")[:30], (tidy(ours.text), tidy(theirs.text)))


def _line_of(fact: Fact, mention: Mention) -> int:
    # A corrected figure stands on the correction's line, the last of the fact's lines.
    return fact.lines[-1] if not fact.span.covers(mention.span) else max(fact.lines)


def _doubted(fact: Fact, other: Fact, value: Mention) -> Fact:
    doubt = f"与第{_line_of(other, value)}行的{tidy(value.text)}不一致"
    return replace(fact, unsure=f"{fact.unsure}、{doubt}" if fact.unsure else doubt)
