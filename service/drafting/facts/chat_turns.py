"""Chat logs as people paste them: who speaks stands at the head of each line, in one form all through the log.

A speaker is known by the form that several lines share (城管所 司徒 14:05：, 09:17 安全 骆：, 佟：), not by a list of
surnames: a list never has them all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.drafting.facts.labels import LabelSort, field_named, is_person, part_kind, read_label
from service.drafting.facts.lexicon import words
from service.language.source_heads import source_head

# 纪岚 11-14：10月27日…: what stands behind a day's colon is no clock.
_CLOCK = r"(?:(?:上午|下午|晚上|中午|早上)? ?(?<![-\d])\d{1,2}[:：]\d{2}(?![月\d])(?:[:：]\d{2}(?!\d))?)"
_DAY = r"(?:(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?|昨天|今天|(?:周|星期)[一二三四五六日天])"
_WHO = (
    r"(?P<who>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9·\-—_/@“”]{0,9}?(?:[（(][^（()）:：]{1,6}[）)][\u4e00-\u9fff]{0,4})?"
    r"(?: [\u4e00-\u9fffA-Za-z·]{1,6})?(?:[（(][^（()）:：]{1,10}[）)])?)"
)
# A colon closes the head; behind a clock a wide space does as well: 环卫 阿滕 10:30  东口清了11车.
_HEAD = re.compile(
    rf"^ ?(?:[-·•*>＞]{{1,2}} ?)?(?P<forwarded>(?:转自|转发自|转发|来自|"
    rf"来源)[：: ]{{1,2}})?[\[【(（]? ?(?P<before>(?:{_DAY} ?)?{_CLOCK}?) ?[\]】)）]? ?@?{_WHO}"
    rf" *(?:(?P<after>(?:{_DAY} *)?{_CLOCK}) *[:：]? *(?=\S)|(?P<after2>(?:{_DAY} *)?) ?[:：] ?)"
)
# 图书 尤  10:02 alone on its line: the words stand below.
_ALONE = re.compile(rf"^ ?@?{_WHO} *(?P<after>(?:{_DAY} *)?{_CLOCK}) ?$")
# （运营部 管宁 12.26）四季度：…: who sent it and when, in brackets before the words.
_IN_BRACKETS = re.compile(
    r"^ ?[（(](?P<who>[\u4e00-\u9fff·]{2,8}(?: [\u4e00-\u9fff·]{1,4})?) ?"
    rf"(?P<after>\d{{1,2}}[./-]\d{{1,2}}日?(?: ?{_CLOCK})?|{_CLOCK})[）)] ?[:：]? ?(?=\S)"
)
_FEWEST_TURNS, _FEWEST_FORWARDED = 3, 2
_POSTED = re.compile(r"^(?P<post>[\u4e00-\u9fffA-Za-z]{2,10})[ ·\-—_/](?P<name>[\u4e00-\u9fffA-Za-z·]{1,6})$")
_TITLE = re.compile(r"(?:主任|书记|科长|局长|校长|院长|园长|站长|所长|队长|老师|经理|师傅|姐|哥|工|组长|部长|镇长|总)$")


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker's turn: its words begin at `start` of the view; `post` is the body before the name, or ""; `stamp` the
    log's own words for the time; `corrects` says that the head announces a correction (主题：更正)."""

    start: int
    speaker: str
    post: str
    stamp: str = ""
    corrects: bool = False


def chat_turns(texts: Sequence[str]) -> dict[int, Turn]:
    """The turns among the lines `texts`, by line number from 1; empty where no log is. Pure."""
    heads = {
        number: found
        for number, text in enumerate(texts, 1)
        if (found := _ALONE.match(text) or _IN_BRACKETS.match(text) or _HEAD.match(text))
    }
    posted: dict[int, re.Match[str]] = {}
    clocked: dict[int, re.Match[str]] = {}
    single: dict[int, re.Match[str]] = {}
    forwarded: dict[int, re.Match[str]] = {}
    for number, found in heads.items():
        if found.groupdict().get("forwarded"):
            forwarded[number] = found
            continue
        who = re.sub(r"[（(].*", "", found["who"]).strip()
        if found.re is _IN_BRACKETS and read_label(who).sort is LabelSort.PLACE:
            continue  # （青石村 10.12）清理… tells where.
        if not _may_speak(who):
            continue
        if _stamp_of(found):
            clocked[number] = found
        if _named(who):
            posted[number] = found
        elif len(who) <= 3 and " " not in who and (len(who) == 1 or is_person(who)):
            single[number] = found
    turns: dict[int, Turn] = {}
    for group in (clocked, posted):
        if len(group) >= _FEWEST_TURNS:
            turns |= {number: _turn(found) for number, found in group.items()}
    if len(forwarded) >= _FEWEST_FORWARDED:
        turns |= {number: _turn(found) for number, found in forwarded.items()}
    if turns:
        # 佟： and 柯： between lines of a log speak too, however rare the surname.
        turns |= {number: _turn(found) for number, found in (single | posted).items() if number not in turns}
    return turns


def source_turns(texts: Sequence[str]) -> dict[int, Turn]:
    """The lines among `texts` that a head of their source opens (邮件3 发件 门诊部 9.28), by number from 1. Pure."""
    heads = {number: head for number, text in enumerate(texts, 1) if (head := source_head(text)) is not None}
    return {
        number: Turn(head.start, head.person or head.place, head.place, head.stamp, corrects=_corrects(head.subject))
        for number, head in heads.items()
    }


def _corrects(subject: str) -> bool:
    return words("correction").first(subject) is not None


def _turn(found: re.Match[str]) -> Turn:
    who = found["who"].strip()
    if "@" in who:
        return Turn(found.end(), who, who.split("@")[1], _stamp_of(found))  # 小米@创城办
    posted = _POSTED.match(re.sub(r"[（(].*", "", who).strip())
    return Turn(
        found.end(),
        who,
        posted["post"] if posted and not is_person(posted["post"]) else "",
        _stamp_of(found),
    )


def _stamp_of(found: re.Match[str]) -> str:
    """The log's own words for the time of a head, "" where it has none."""
    told = found.groupdict()
    return (told.get("before") or told.get("after") or told.get("after2") or "").strip()


def _named(who: str) -> bool:
    if re.fullmatch(r"[\u4e00-\u9fff]{1,4}@[\u4e00-\u9fff]{2,8}", who):
        return True
    posted = _POSTED.match(who)
    return bool(posted) and not words("work_verbs").first(posted["name"] if posted else "")


def _may_speak(who: str) -> bool:
    """False for what else stands before a colon: a field, a part of the report, words of work with a figure."""
    plain = who.split(" ")[-1]
    if field_named(who) is not None or field_named(plain) is not None or part_kind(who) is not None:
        return False
    if read_label(who).sort in (LabelSort.ISSUE, LabelSort.FIELD, LabelSort.PART):
        return False
    if _TITLE.search(who):
        return True
    return not re.search(r"\d", who)


# 小殷你好：, 各位好，, 补：, 对了， open a message and say nothing of the work.
_OPENING = re.compile(
    r"(?:[\u4e00-\u9fff]{1,5}?(?:你们|你|您)好|你们好|[你您]好|(?:各位|大家|领导|老师)[\u4e00-\u9fff]{0,2}好|"
    r"(?:又|再)?补(?:一[条个句]|报)?|补充|另外?|对了|还有)[：:，,！!～~ ]{1,2}(?=[^：:，,！!～~ ])"
)


def behind_opening(text: str, start: int) -> int:
    """Where the words of a message begin behind its greeting or its 补：. Pure."""
    found = _OPENING.match(text, start)
    return found.end() if found else start


def corrected_below(turns: Mapping[int, Turn], lines: int) -> frozenset[int]:
    """The lines that stand below a head that announces a correction, up to the next head. Pure."""
    below: set[int] = set()
    correcting = False
    for number in range(1, lines + 1):
        correcting = turns[number].corrects if number in turns else correcting
        if correcting:
            below.add(number)
    return frozenset(below)
