"""The words of a claim's clause that tell one thing from another."""

from __future__ import annotations

import re
from functools import lru_cache

from service.checking.claim import Claim, bigrams, once_a_claim, plain_unit
from service.domain.quantity import Kind
from service.language.patterns import deferred

# Words that tell no thing from another: the way a figure moved, and what is done with anything.
PLAIN = deferred(
    r"[比较]?(?:去年|上年)(?:同期)?|同期|同比|环比|增长|增加|上涨|上升|提高|提升|下降|下跌|下调|降低|减少|缩短|收涨|收跌|[涨跌降升增减]幅?|达到?|分别|累计|合计|共计|"
    r"开展|组织|召开|举办|进行|活动|集中|目前|[其当]中|[为至到约近超了的于将在已]|共(?![建享治同青产])"
)


_ASIDE = deferred(r"（[^（）]{0,60}(?:）|$)")


@once_a_claim
def item_of(claim: Claim) -> str:
    """A claim's item without what it says in brackets: of 缺17座（有的公厕两样都占） only 缺17座. Pure."""
    return _without_aside(claim.item_text) if "（" in claim.item_text else claim.item_text


@lru_cache(maxsize=4096)
def _without_aside(text: str) -> str:
    return _ASIDE.sub("", text)


@lru_cache(maxsize=16384)
def words_in(text: str) -> frozenset[str]:
    """The telling pairs of characters of a text: no figures, and none of the words that any report is full of. Pure."""
    plain = re.sub(r"\d[\d.,万亿%]*[\u4e00-\u9fff]?", " ", PLAIN.sub(" ", text))
    return frozenset(pair for pair in bigrams(plain) if not any(char.isdigit() for char in pair))


@once_a_claim
def stretch_before(claim: Claim) -> str:
    """The words of a claim's clause between the number before it and its own."""
    return re.split(r"[\d、]", claim.clause_text[: max(0, claim.mention.start - claim.clause_span[0])])[-1]


@once_a_claim
def stretch_after(claim: Claim) -> str:
    """The words of a claim's clause between its own number and the next."""
    return re.split(r"[\d、]", claim.clause_text[max(0, claim.mention.end - claim.clause_span[0]) :])[0]


@once_a_claim
def lead_of(claim: Claim) -> str:
    """A claim's clause up to its number. Pure."""
    return claim.clause_text[: max(0, claim.mention.start - claim.clause_span[0])]


_UP = deferred(
    r"(?:增[加长速幅]?|[涨升]幅|上?升|上涨|涨|提高|提升|扩大|上调|加快|多出?|净增|偏[高多])[了至到为约近超达]{0,3}\s?$"
    r"|[比较][^，。；]{1,14}(?:多[\u4e00-\u9fff]?|[高贵长])\s?$|(?<![许很不大众最更几诸至])多[招收建开装设卖买办]了?\s?$"
)
_DOWN = deferred(
    r"(?:减少?|[降跌减]幅|下?降低?|下跌|跌|缩[短小减]|压[缩减]|下调|回落|下滑|收窄|少|放缓|偏低)[了至到为约近超达]{0,3}\s?$"
    r"|[比较][^，。；]{1,14}(?:少[\u4e00-\u9fff]?|低|便宜|短)\s?$"
)


@once_a_claim
def way_of(claim: Claim) -> str:
    """`up` or `down` where the words right before a figure say that it rose or fell by it or to it, else "". Pure."""
    lead = lead_of(claim)
    return "up" if _UP.search(lead) else "down" if _DOWN.search(lead) else ""


def no_term(claim: Claim) -> bool:
    """True for a note's figure that nobody adds: 一次, 每周三, 零下4℃. Pure."""
    when = claim.mention.when is not None and claim.mention.kind is Kind.FREQUENCY
    return when or an_article(claim) or plain_unit(claim.mention.unit) in ("摄氏度", "℃", "度")


_NEW = deferred("新[购买增添建装设招制做栽种办开]")


def tells_new(claim: Claim) -> bool:
    """True for 新购320册, which holds none of what there was before. Pure."""
    return bool(_NEW.search(claim.item_text))


def an_article(claim: Claim) -> bool:
    """True for 一人, 一笔 and 一亩地, which name a thing and seldom count it. Pure."""
    amount, text = claim.mention.amount, claim.mention.text.strip()
    if claim.mention.kind not in (Kind.COUNT, Kind.MEASURE) or plain_unit(claim.mention.unit) == "人次":
        return False
    return text[:1] == "一" and amount is not None and amount.exact and amount.lo == 1
