"""Long bodies cut into sentences a reader can take in, short ones of one kind drawn together. No word changes."""

from __future__ import annotations

import re

from service.drafting.compose_by_rules.patterns import official_verbs
from service.drafting.compose_by_rules.rewrite import split_clauses
from service.drafting.compose_by_rules.times import leading_time

_LONG_CHARS = 48  # a sentence of more is cut where a clause of its own begins
_SHORT_CHARS = 8  # what is shorter leads on to the next clause
_LIST_CHARS = 18
_LISTED_CHARS = 56
# Such a clause tells more of the one before, whatever its length.
_GOES_ON = re.compile(
    r"其中|共|合计|累计|平均|每|各|比|较|同比|环比|占|由|达|涉及|惠及|覆盖|包括|分别|也|并|但|而|又|仅|只|约|近|另|剩|余|已|均|全部|都|因|为|从|"
    r"到|至|以|用|按|供|使|让|还|且|则|即|如|是|有|无|不|没|未|最|主要|内容|参加|获|评|[（(【\d“]|[一二三四五六七八九十两]|人|户|处|"
    r"[\u4e00-\u9fff]{0,8}\d+余?(?:人次|人|名|位)?(?:参加|到场|参与)"
)
_LEADS_ON = re.compile(r"方面$|情况$|^[\u4e00-\u9fff]{1,6}[:：]?$|[:：]$|【[^】]*$")


def sentences_of(body: str, year: int) -> list[str]:
    """`body`, with its time before it, as one sentence or more, without their full stops. It is cut where a clause
    has a time of its own, and where it grows long before a clause that has its own verb or subject. Pure."""
    clauses = _with_marks(body)
    if len(clauses) < 2:
        return [body]
    out = [clauses[0]]
    for clause in clauses[1:]:
        mark, words = clause[0], clause[1:]
        so_far = len(out[-1])
        starts_anew = _has_own_time(words, year, out[-1]) or (so_far >= _LONG_CHARS and _stands_alone(words))
        if so_far > _SHORT_CHARS and not _LEADS_ON.search(out[-1]) and starts_anew:
            out.append(words)
        else:
            out[-1] += mark + words
    return out


def _with_marks(body: str) -> list[str]:
    """The clauses of `body`, each but the first with the mark before it."""
    out: list[str] = []
    at = 0
    for clause in split_clauses(body):
        place = body.find(clause, at)
        between = body[at:place]
        if out and not re.fullmatch(r"[，；]", between):
            return [body]  # other marks are the notes' own: nothing is cut there
        out.append((between if out else "") + clause)
        at = place + len(clause)
    return out if at == len(body) else [body]


def _has_own_time(clause: str, year: int, before: str) -> bool:
    time, rest = leading_time(clause, None, year)
    dated = re.match(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?!底?前|至|以)", time) is not None
    return dated and len(rest) > _SHORT_CHARS and re.search(r"\d", before) is not None and not _GOES_ON.match(rest)


def _stands_alone(clause: str) -> bool:
    return len(clause) > _SHORT_CHARS and _GOES_ON.match(clause) is None


def draws_together(first: str, second: str) -> bool:
    """True where two short bodies say one kind of thing, so that a reader takes them as a list: 悬挂横幅20条，
    更换公益广告30块. Both begin with an official verb and end with a count. Pure."""
    listed = all(_begins_with_verb(one) and re.search(r"\d[\u4e00-\u9fff]{1,3}$", one) for one in (first, second))
    clauses = split_clauses(first)
    return (
        listed
        and len(second) <= _LIST_CHARS
        and all(len(one) <= _LIST_CHARS and _begins_with_verb(one) for one in clauses)
        and len(first) + len(second) <= _LISTED_CHARS
        and "，" not in second
    )


def _begins_with_verb(text: str) -> bool:
    return text[:2] in official_verbs()
