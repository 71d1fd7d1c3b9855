"""What the title of notes states besides its name: 问题台账（7月21日反馈，6条）, 关于县督查室4月22日通报的整改情况."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.fact import Fact, FactKind
from service.domain.quantity import Mention
from service.drafting.facts.days import day_of
from service.drafting.facts.kinds import counted, dated
from service.drafting.facts.nearby import within
from service.drafting.facts.read_lines import ReadLine
from service.drafting.facts.reading import Reading
from service.language.clean_view import tidy

_DEMAND = r"(?:反馈|通报|督查|督办|交办|暗访|检查|测评|复查)"
_IN_BRACKETS = re.compile(rf"[（(](?P<told>[^（()）]{{0,30}}{_DEMAND}[^（()）]{{0,30}})[）)]")
_ABOUT = re.compile(
    rf"(?:关于|对|针对)?(?P<told>[^，,。（()）：:]{{0,16}}?\d{{1,2}}(?:月\d{{1,2}}[日号]|[.．]\d{{1,2}})[^，,。（()）]{{0,12}}?{_DEMAND}(?:意见|问题)?(?:[（(][^（()）]{{4,24}}号[）)])?)"
)
_OF_THE_SHEET = re.compile(r"更新|整理|汇总|导出|打印|修订|填报|截止|截至")


def read_title(reading: Reading, line: ReadLine, mentions: Sequence[Mention]) -> bool:
    """Takes from a title the demand that the work answers, with its day and its count, as a fact; False where the title
    tells of none."""
    text = line.view.text
    found = _IN_BRACKETS.search(text, line.first, line.last) or _ABOUT.search(text, line.first, line.last)
    if found is None:
        return False
    span = line.view.span(*found.span("told"))
    own = tuple(within(mentions, span))
    pieces = [piece for piece in re.split(r"[，,；;]", found["told"]) if piece and not _OF_THE_SHEET.search(piece)]
    if not pieces or not (counted(own) or dated(own)):
        return False
    clean = tidy("，".join(pieces))
    reading.facts.append(
        Fact(
            id="",
            lines=(line.line.number,),
            span=span,
            text=span.of(reading.notes.raw),
            clean=clean,
            kind=FactKind.BASIS,
            day=day_of(clean, own, reading.period, None),
            mentions=tuple(one for one in own if tidy(one.text) in clean),
        )
    )
    return True
