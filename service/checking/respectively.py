"""Figures told in turn: of 受理138万件，审结131万件，分别上升3.7%和5.2% the second share is of 审结."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.checking.claim import CALENDAR, Claim, bigrams
from service.domain.quantity import Kind
from service.language.patterns import deferred
from service.language.words import segment

_IN_TURN = deferred(r"分别|依次")
_JOINED = deferred(r"\s?[\u4e00-\u9fff]{0,2}\s?(?:[、，,]|和|与|及|以及)\s?[\u4e00-\u9fff]{0,6}\s?")
_ITEM = deferred(r"、|和|与|以及|及")
_MARKS = "，。；：、,;: "
_LONGEST_ITEM = 12  # characters of a thing that is named without a figure


def told_in_turn(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of a line, those that 分别 gives in turn bound each to its own thing. Pure."""
    if not _IN_TURN.search(text):
        return tuple(claims)
    bound: dict[int, Claim] = {}
    for mark in _IN_TURN.finditer(text):
        row = _row(text, claims, mark.end())
        if len(row) > 1:
            bound.update(zip(map(id, row), _bound(text, claims, row, mark), strict=False))
    return tuple(bound.get(id(one), one) for one in claims)


def _row(text: str, claims: Sequence[Claim], at: int) -> list[Claim]:
    """The figures right behind a mark, as long as no more than 和 or 、 stands between them."""
    row: list[Claim] = []
    for one in claims:
        if one.mention.start < at:
            continue
        if not row and not one.clause_span[0] <= at <= one.clause_span[1]:
            break
        if row and not _JOINED.fullmatch(text, row[-1].mention.end, one.mention.start):
            break
        row.append(one)
    return row


def _bound(text: str, claims: Sequence[Claim], row: Sequence[Claim], mark: re.Match[str]) -> Iterator[Claim]:
    size, first = len(row), row[0]
    lead = re.split("[，,；;：:。]", text[first.sentence_span[0] : mark.start()])[-1]
    said = text[mark.end() : first.mention.start]
    named = [one.strip(_MARKS) for one in _ITEM.split(lead)]
    if len(named) == size and all(0 < len(one) <= _LONGEST_ITEM for one in named) and not re.search(r"\d", lead):
        yield from (_told_of(one, words, said, None) for one, words in zip(row, named, strict=True))
        return
    before = [
        one
        for one in claims
        if first.sentence_span[0] <= one.mention.start < mark.start()
        and one.mention.kind not in CALENDAR
        and not one.change
    ][-size:]
    if len(before) == size:
        for one, of in zip(row, before, strict=True):
            words = _predicate(of.item_text.replace(of.mention.text, "").strip(_MARKS))
            yield _told_of(one, words + ("金额" if of.mention.kind is Kind.MONEY else ""), lead + said, of)


def _predicate(words: str) -> str:
    """The words from their verb on: whose figures are told in turn is said once, for the first (全省法院受理案件)."""
    verb = next((one for one in segment(words) if one.tag.startswith("v")), None)
    return words[verb.start :] if verb is not None else words


def _told_of(claim: Claim, words: str, said: str, of: Claim | None) -> Claim:
    """The claim with the clause that it would have, were it told alone: 审结上升5.2%."""
    prefix = words + said
    start, end = claim.mention.start, claim.mention.end
    return replace(
        claim,
        subjects=tuple(one for one in claim.subjects if one[:2] in words) if of is None else claim.subjects,
        noun=of.noun if of is not None and of.noun else claim.noun,
        clause=bigrams(prefix),
        own=bigrams(prefix),
        clause_span=(start - len(prefix), end),
        clause_text=prefix + claim.mention.text,
        item_text=prefix + claim.mention.text,
        earlier=of.item_text.strip(_MARKS) if of is not None else "",
        neighbours=(of.mention.amount if of is not None else None, None),
        of=of.mention.amount if of is not None else None,
    )
