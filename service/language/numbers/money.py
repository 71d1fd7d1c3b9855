"""Sums of money that leave out 元: 投资3000万, 补助资金260万, 自筹40余万, 1.2亿的专项资金."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from service.language.numbers.view import View
from service.language.patterns import deferred

_CLAUSE_CHARS = 24
_SENTENCE_CHARS = 90
_MAGNITUDE = deferred(r"[万亿千][余多来]?\d?$|[万亿]\d千$|[余多几][万亿千]$")
# What may stand between the word for money and the figure without turning to another thing.
_BETWEEN = (
    r"(?:约|近|超过?|达到?|为|是|共|总|计|合计|共计|累计|了|到|至|先|按|大概|大约|要|需要?|还|已|有|仅|多|每[个户年月人]|各|"
    r"全年|盘子|缺口|支持|总量|需求|投入|安排|列支|到位|下达|落实|补助|不?超过|突破|高达|额|金额|总额|规模|从|由|在|增[加长]|提高|减少|下降|压缩|控制|"
    r"[:= ]|(?<!\d)\d{1,4}+(?:\.\d{1,4}+)?[万亿千元年月]{0,2}+|[~-]|其中|上年|去年|今年)"
)
# A clause that only says when and how a sum moved speaks of the money named before it in the sentence.
_MOVED = deferred(
    r"(?:\d{4}年|[今去明上本]年|其中|已|付|支付|到账|拨付|还|欠|差|缺|尚|先|再|另|大概|大约|要|约|近|共计|合计|共|三年"
    r"|两年|自筹|争取|首付|余款|尾款|省级|市级|区级|县级|中央|财政|每[个户年]|不?超过|算下来|最多|街道|乡镇|社区|企业|社会"
    r"|[\u4e00-\u9fff]{1,2}类|[: ])*+"
)
_NAMED_AFTER = deferred(
    r"元?的?(?![名人户家个])[^，。；！？,;!?\n0-9人名户家次件台]{0,8}?(?:资金|经费|贷款|奖金|补助|专款|善款|债券|投资额|货款|工程款)"
)
# A noun right after the figure is what it counts: 收入增加3万户, 投入3万志愿者.
_ENDS = deferred(r"[^\u4e00-\u9fff]|$|[的用左以建修购改为给到由等进支完作和及、投资补奖对更添采扶助够即就，]")


@cache
def _money_before() -> re.Pattern[str]:
    words = (files(__package__) / "money.txt").read_text(encoding="utf-8").split()
    named = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    # 共花18万5 spends; 荷花3万 is no sum.
    return re.compile(rf"(?:{named}|(?<=[共了要就才只又先已也都])花){_BETWEEN}{{0,8}}$")


@cache
def _money_word() -> re.Pattern[str]:
    words = (files(__package__) / "money.txt").read_text(encoding="utf-8").split()
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def is_money(view: View, start: int, end: int, finish: int) -> bool:
    """True where the figure from `start` to `end` without a unit, hedges up to `finish`, is a sum of money. Pure.

    Only a figure with 万, 亿 or 千 is: 投资3000 may be a year's plan in any unit, and 万 alone elsewhere counts.
    """
    plain = view.plain
    if _MAGNITUDE.search(plain, max(start, end - 5), end) is None:
        return False
    if _NAMED_AFTER.match(plain, finish):
        return True
    if _ENDS.match(plain, finish) is None:
        return False
    clause = view.clause_before(start, _CLAUSE_CHARS)
    if _money_before().search(clause):
        return True
    if _MOVED.fullmatch(clause) is None:
        return False
    sentence = view.before(start, _SENTENCE_CHARS)
    sentence = sentence[max(sentence.rfind(sign) for sign in "。；\n!?") + 1 : len(sentence) - len(clause)]
    return _money_word().search(sentence) is not None
