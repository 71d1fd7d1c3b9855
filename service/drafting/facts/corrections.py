"""Later words that put an earlier figure right (罗湾刚补报，应该是1490): the statement stays with the new figure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.domain.fact import Fact, SetAside, SetAsideReason
from service.domain.quantity import Mention
from service.domain.text import Notes, Span
from service.drafting.facts.corrected_figures import elsewhere, only_like_it, score
from service.drafting.facts.kinds import counted, dated
from service.drafting.facts.lexicon import words
from service.drafting.facts.likeness import bare_words, bigrams, digits_of, same_unit
from service.drafting.facts.talk import DISPUTES, RENAMING, only_says_wrong
from service.language.clean_view import tidy

# 应该是 doubts alone (应该是50人吧) and corrects after another value (不对，应该是50人).
_OLD_TO_NEW = re.compile(
    r"改成|改为|改到|应为|应该是|应该为|应是|应当是|更正为|修正为|调整为|而是|其实是|实际是|实际为|→|"
    r"->|变成"
)
_NOT_OLD = re.compile(r"(?:不是|并非|不应是|没有)(?:之前的?|原来的?)?$")
_REPORTED_BEFORE = re.compile(r"(?:前面|之前|原来|刚才|上面|昨天|早上)[^，,]{0,3}(?:报|说|写|统计|数)的(?:是)?$")
_CANCELLED = re.compile(r"取消了|已取消|没搞成|没办成|没去成|没开成|没有搞|没弄成|作废|不算数|不作数|撤销了")
_CALLED_OFF = re.compile(
    r"不(?:搞|办|开|弄|做|去)了[，, ]{0,2}(?:已)?取消了?|(?:已)?取消了?[，, ]{0,2}不(?:搞|办|开|弄|做|去)了"
)
_VOID = re.compile(r"作废|不算数|不作数")
_CANCELS = re.compile(r"[了已的那个次场天会吧哈因为下雨天气]")
_BY_SOURCE = re.compile(r"以[^，,。；;]{1,20}为准")
# 镇里报多了吧 doubts another's figure and settles none.
_PERHAPS_WRONG = re.compile(
    r"(?:[报写算统计数]多了|[报写算统计数]少了|[报写算]错了)(?:吧|[？?])|是不是[一-龥]{0,4}[反错多少重漏倒]了|应该是[^，,。；;]{1,10}吧(?:$|[，,。；;])"
)
_COMMA = re.compile(r"[，,]")
_BASE = re.compile(
    r"(?P<figure>\d[\d.,]{0,12}[万亿]?[\u4e00-\u9fff]{1,2}?)(?:里面?|当中|之中|中)(?:有|，)?(?=[\u4e00-\u9fff]{1,8}\d)"
)
_ARROW = re.compile(r" ?(?:→|->|—>|⇒|=>) ?")
_REWORDED = re.compile(
    r"[，,；; ]{0,2}(?:后来|又|现|现在|已|更正)?(?:改成|改为|更正为|更正成|更正|修正为|调整为|应为|应该是|应是)(?:了)?"
)
_HEADS = ("人", "名", "人次", "份", "册", "张", "条", "场", "次", "位")  # What is counted once and reported again.
_MOST_FIGURES = 40  # A statement of more figures is a pasted column of numbers and corrects nothing.
_OWN_WORD = 0.6  # Who says 更正下，是5车 puts right what he said himself, though another spoke of vans since.
_NEAR_FACTS = 200  # A correction looks back this many statements: further back it would bind by chance.


@dataclass(frozen=True)
class Settled:
    """Facts after corrections, and the parts they put aside."""

    facts: tuple[Fact, ...]
    set_aside: tuple[SetAside, ...]


def settle_corrections(
    notes: Notes,
    facts: Sequence[Fact],
    correcting: Collection[int] = (),
    taken_back: Collection[int] = (),
    speakers: Mapping[int, str] | None = None,
) -> Settled:
    """The facts with corrected figures in their `clean` and `mentions`, and the figures that no longer hold set aside
    with the line that replaced them. A correction whose target cannot be told stays a fact of its own. Pure.

    `correcting` are the lines that say apart from their figures that an earlier figure was wrong. `taken_back`
    are lines that have corrected themselves already: their words of correction are for no other line.
    `speakers` says who spoke each line of a chat: one puts right one's own words before another's.
    """
    standing: list[Fact] = []
    aside: list[SetAside] = []
    for fact in facts:
        if _cancel(notes, standing, aside, fact) or _rename(notes, standing, aside, fact):
            continue
        line = notes.line_at(fact.span.start)
        told = line.number in correcting and not _PERHAPS_WRONG.search(line.text)
        if _takes_back(fact):
            own = notes.line_at(fact.span.start).number
            aside.append(SetAside(own, fact.span, fact.text, SetAsideReason.SUPERSEDED, "笔记注明有误"))
            continue
        settled = notes.line_at(fact.span.start).number in taken_back
        if not _is_correction(fact, told, settled):
            standing.append(fact)
        elif not _apply(notes, standing, aside, fact, told, speakers or {}):
            standing.append(_put_right_within(notes, aside, fact, told))
    return Settled(tuple(_without_old_bases(notes, standing, aside)), tuple(aside))


def _without_old_bases(notes: Notes, facts: Sequence[Fact], aside: list[SetAside]) -> list[Fact]:
    """The facts with figures that were corrected elsewhere taken out where they are only the base of another:
    志愿者486人里面女同志290人, once the volunteers were put right to 492."""
    wrong = {re.sub(r"\s", "", part.text): part for part in aside if part.detail and part.detail.startswith("以第")}
    kept = []
    for fact in facts:
        found = _BASE.search(fact.clean)
        part = wrong.get(tidy(found["figure"])) if found else None
        shared = (
            part and bigrams(fact.clean[: found.start()]) & bigrams(notes.lines[part.line - 1].text) if found else None
        )
        if found and part and shared:
            own = next((one for one in fact.mentions if tidy(one.text) == found["figure"]), None)
            if own is not None:
                number = notes.line_at(own.start).number
                aside.append(SetAside(number, own.span, own.text, SetAsideReason.SUPERSEDED, part.detail))
                clean = fact.clean[: found.start("figure")] + fact.clean[found.end() :]
                fact = replace(fact, clean=clean, mentions=tuple(one for one in fact.mentions if one is not own))
        kept.append(fact)
    return kept


def _put_right_within(notes: Notes, aside: list[SetAside], fact: Fact, told: bool) -> Fact:
    """`fact` with the figure that it corrects itself taken out: 领树苗186→192, 参会48人改成54人."""
    for old, new in pairwise(counted(fact.mentions)):
        between = fact.text[old.end - fact.span.start : new.start - fact.span.start]
        changed = _ARROW.fullmatch(between) or (_REWORDED.fullmatch(between) and (told or old.unit in _HEADS))
        from_old = fact.text[max(0, old.start - fact.span.start - 1) : old.start - fact.span.start] in ("由", "从")
        if not changed or from_old or not same_unit(old, new):
            continue  # 试点由5个改为9个 tells of a change and corrects nothing.
        line = notes.line_at(old.start)
        detail = f"以第{line.number}行的{tidy(new.text)}为准"
        aside.append(SetAside(line.number, old.span, old.text, SetAsideReason.SUPERSEDED, detail))
        becomes = tidy(new.text) + (old.unit if old.unit and not new.unit else "")
        pattern = re.escape(tidy(old.text)) + "[^0-9]{0,10}" + re.escape(tidy(new.text))
        clean = becomes.join(re.split(pattern, fact.clean, maxsplit=1))
        return replace(fact, clean=clean, mentions=tuple(one for one in fact.mentions if one is not old))
    return fact


def _is_correction(fact: Fact, told: bool, settled: bool) -> bool:
    if "\t" in fact.text:
        return False  # A row's remark puts its own figure right.
    if not (counted(fact.mentions) or dated(fact.mentions)) or len(fact.mentions) > _MOST_FIGURES:
        return False
    if _own_doubts(fact) or _PERHAPS_WRONG.search(fact.text) or DISPUTES.search(fact.text):
        # 应该是50人吧，可能 doubts; beside an earlier 40人 it is a contradiction to be asked about, not a correction.
        return False
    return told or bool(
        words("correction").first(fact.clean if settled else fact.text) or (not settled and _stated_old(fact))
    )


def _takes_back(fact: Fact) -> bool:
    """True where the statement only says that a figure reported before is wrong: 前面报的68车写反了."""
    claims = counted(fact.mentions)
    return len(claims) == 1 and _stated_old(fact) is claims[0] and bool(words("correction").first(fact.text))


def _own_doubts(fact: Fact) -> list[str]:
    return [word for word in (fact.unsure or "").split("、") if word and not word.startswith("应该")]


def _stated_old(fact: Fact) -> Mention | None:
    """The value that the correction itself calls wrong: 不是50人是60人, 12条改成15条, 是60人不是50人."""
    claims = counted(fact.mentions) or dated(fact.mentions)
    start = fact.span.start
    for one in claims:
        before = fact.text[max(0, one.start - start - 8) : one.start - start]
        if _NOT_OLD.search(before) or _REPORTED_BEFORE.search(before):
            return one
    for one, following in pairwise(claims):
        if _OLD_TO_NEW.search(fact.text[one.end - start : following.start - start]):
            return one
    return None


def _apply(
    notes: Notes,
    standing: list[Fact],
    aside: list[SetAside],
    correction: Fact,
    told: bool,
    speakers: Mapping[int, str],
) -> bool:
    """Puts every new value of the correction in its target; False where no target was found for any."""
    old = _stated_old(correction) or _known_before(standing, correction)
    claims = counted(correction.mentions) or dated(correction.mentions)
    # Behind a stated old value only what follows or replaces it is new: 把9号的50人改成55人.
    news = [one for one in claims if one is not old and (old is None or same_unit(one, old)) and one.unit != "号"]
    if (item := correction.fields.get("item")) is not None:
        # 48家里头歇业的是3家: the 48 that the item holds already is only named again.
        held = {one.amount for fact in standing if fact.fields.get("item") == item for one in counted(fact.mentions)}
        news = [one for one in news if one.amount not in held]
    applied: list[Mention] = []
    for new in news:
        target = _target(notes, standing, correction, new, old, False, speakers)
        if target is None and told:
            target = _target(notes, standing, correction, new, old, True, speakers)
        if target is None:
            continue
        place, mention = target
        line = notes.line_at(new.start)
        detail = f"以第{line.number}行的{tidy(new.text)}为准"
        standing[place] = corrected(standing[place], mention, new, correction)
        wrong = notes.line_at(mention.start)
        aside.append(SetAside(wrong.number, mention.span, mention.text, SetAsideReason.SUPERSEDED, detail))
        applied.append(new)
    rest = [one for one in news if one not in applied]
    if applied and rest:
        standing += _remainder(correction, applied, rest)
    return bool(applied)


def _remainder(correction: Fact, applied: Sequence[Mention], rest: Sequence[Mention]) -> list[Fact]:
    """What the correction states besides its new value: 勾臂箱是10个，有2个还在厂里 still tells of the two."""
    facts, start = [], correction.span.start
    for stop in (*(found.start() for found in _COMMA.finditer(correction.text)), len(correction.text)):
        span = Span(start, correction.span.start + stop)
        own = tuple(one for one in rest if span.covers(one.span))
        text = correction.text[span.start - correction.span.start : stop]
        if own and not only_says_wrong(text) and not any(span.overlaps(one.span) for one in applied):
            facts.append(replace(correction, span=span, text=text, clean=tidy(text), mentions=own))
        start = correction.span.start + stop + 1
    return facts


def _known_before(standing: Sequence[Fact], correction: Fact) -> Mention | None:
    """The value of the correction that an earlier statement holds: 应为6.3万人次，财务口径6.1."""
    claims = counted(correction.mentions)
    if len(claims) < 2:
        return None
    said = bigrams(bare_words(correction, _without_correcting))
    for fact in standing[: -_NEAR_FACTS - 1 : -1]:
        if not said & bigrams(fact.clean):
            continue
        known = {digits_of(one) for one in counted(fact.mentions) if same_unit(one, claims[0])}
        if old := next(
            (one for one in claims[1:] if digits_of(one) in known and digits_of(claims[0]) not in known), None
        ):
            return old
    return None


def _without_correcting(text: str) -> str:
    return words("correction_words").removed(_BY_SOURCE.sub(" ", text))


def _target(
    notes: Notes,
    standing: Sequence[Fact],
    correction: Fact,
    new: Mention,
    old: Mention | None,
    correcting: bool,
    speakers: Mapping[int, str],
) -> tuple[int, Mention] | None:
    # 更正下是5车，老周那车漏了: what was kept out of the statement names no thing.
    said = bigrams(bare_words(correction, _without_correcting)) & bigrams(correction.clean)
    beside = notes.line_at(correction.span.start).number
    if correcting:
        # 义诊人数报多了，实到98人: the words that say so name the thing.
        said |= bigrams(_without_correcting(re.sub(r"\d", " ", notes.lines[beside - 1].text)))
    strong = old is not None or bool(words("correction").first(correction.text))
    said_by = speakers.get(beside)
    best: tuple[float, int, Mention] | None = None
    first = max(0, len(standing) - _NEAR_FACTS)
    for place in range(len(standing) - 1, first - 1, -1):
        fact = standing[place]
        if fact.frame is not correction.frame or elsewhere(fact, correction, new):
            continue
        if (item := correction.fields.get("item")) is not None and fact.fields.get("item") != item:
            continue
        shared = len(said & bigrams(fact.clean + (fact.where or "") + fact.fields.get("item", "")))
        if correction.where and correction.where == fact.where:
            shared += 1
        # 连续生产4216天；更正，4261天: beside the figure itself nothing need be named again.
        same_speaker = said_by is not None and speakers.get(notes.line_at(fact.span.start).number) == said_by
        adjacent = place == len(standing) - 1 and notes.line_at(fact.span.start).number == beside
        for mention in counted(fact.mentions) if new.amount else dated(fact.mentions):
            if correction.span.covers(mention.span):
                continue  # It was put there by this very correction.
            fit = score(mention, new, old, shared, bool(said) and not adjacent, strong)
            if fit is None:
                continue
            fit += _OWN_WORD * same_speaker - 0.05 * (len(standing) - 1 - place)
            if best is None or fit > best[0]:
                best = (fit, place, mention)
    if best is not None and best[0] >= 1:
        return best[1], best[2]
    return only_like_it(standing, correction, new)


def corrected(fact: Fact, mention: Mention, new: Mention, correction: Fact) -> Fact:
    """`fact` with `new` in the place of `mention`, resting on the correction too. Pure."""
    was, becomes = tidy(mention.text), tidy(new.text)
    unit = mention.unit or ""
    if unit and was.endswith(unit) and not new.unit and not becomes.endswith(unit):
        becomes += unit
    mentions = tuple(replace(new, unit=new.unit or mention.unit) if one is mention else one for one in fact.mentions)
    doubts = _own_doubts(correction)
    day = correction.day if new.when is not None and correction.day else fact.day
    return replace(
        fact,
        clean=_exchanged(fact.clean, was, becomes),
        fields={name: _exchanged(value, mention.text, becomes) for name, value in fact.fields.items()},
        mentions=mentions,
        day=day,
        lines=tuple(sorted({*fact.lines, *correction.lines})),
        unsure="、".join(doubts) or None,
    )


def _exchanged(text: str, was: str, becomes: str) -> str:
    """`text` with a figure exchanged where it stands whole: 46家 is not found in 146家."""
    return re.sub(rf"(?<![\d.]){re.escape(was)}", lambda _: becomes, text, count=1)


def _cancel(notes: Notes, standing: list[Fact], aside: list[SetAside], fact: Fact) -> bool:
    """Takes back the last statement that the words of cancelling name; False where they name none."""
    found = _CANCELLED.search(fact.text)
    if not found or not _CANCELLED.search(fact.clean):
        return False  # 换了33幅（老数字是30幅，作废) keeps its own figure: the bracket has been cut.
    if counts := counted(fact.mentions):
        return _void(notes, standing, aside, fact, counts)
    said = bigrams(_CANCELS.sub("", bare_words(fact, lambda text: _CANCELLED.sub("", text))))
    for place in range(len(standing) - 1, -1, -1):
        one = standing[place]
        same_day = fact.day is not None and fact.day == one.day
        if same_day or (said and len(said & bigrams(one.clean)) * 2 >= len(said)):
            detail = f"第{fact.lines[-1]}行说明已取消"
            number = notes.line_at(one.span.start).number
            aside.append(SetAside(number, one.span, one.text, SetAsideReason.SUPERSEDED, detail))
            own = notes.line_at(fact.span.start).number
            aside.append(SetAside(own, fact.span, fact.text, SetAsideReason.SUPERSEDED, f"更正第{number}行"))
            del standing[place]
            return True
    if _CALLED_OFF.search(fact.clean):  # What was called off was not done, though nobody told of it before.
        own = notes.line_at(fact.span.start).number
        aside.append(SetAside(own, fact.span, fact.text, SetAsideReason.SUPERSEDED, "笔记说明已取消"))
        return True
    return False


def _void(notes: Notes, standing: list[Fact], aside: list[SetAside], fact: Fact, counts: Sequence[Mention]) -> bool:
    """Sets aside a figure that the notes call void, and the earlier statement of the same figure where one stands."""
    if not _VOID.search(fact.text):
        return False
    own = notes.line_at(fact.span.start).number
    for place in range(len(standing) - 1, -1, -1):
        one = standing[place]
        theirs = counted(one.mentions)
        if any(ours.amount == other.amount and same_unit(ours, other) for ours in counts for other in theirs):
            number = notes.line_at(one.span.start).number
            aside.append(SetAside(number, one.span, one.text, SetAsideReason.SUPERSEDED, f"第{own}行说明已作废"))
            del standing[place]
            break
    aside.append(SetAside(own, fact.span, fact.text, SetAsideReason.SUPERSEDED, "笔记注明作废"))
    return True


def _rename(notes: Notes, standing: list[Fact], aside: list[SetAside], fact: Fact) -> bool:
    """Replaces a wrong name in the last statement that holds it: 不是罗塘，是罗湾."""
    found = RENAMING.search(fact.text)
    if not found or counted(fact.mentions):
        return False
    wrong, right = found[1], found[2]
    for place in range(len(standing) - 1, -1, -1):
        one = standing[place]
        offset = one.text.find(wrong)
        if offset >= 0 and wrong in one.clean:
            start = one.span.start + offset
            span = type(one.span)(start, start + len(wrong))
            number, own = notes.line_at(start).number, notes.line_at(fact.span.start).number
            detail = f"以第{own}行的{right}为准"
            aside.append(SetAside(number, span, wrong, SetAsideReason.SUPERSEDED, detail))
            standing[place] = replace(
                one,
                clean=one.clean.replace(wrong, right, 1),
                where=right if one.where == wrong else one.where,
                lines=tuple(sorted({*one.lines, *fact.lines})),
            )
            return True
    own = notes.line_at(fact.span.start).number
    aside.append(SetAside(own, fact.span, fact.text, SetAsideReason.CHAT))
    return True
