"""Which operations a draft's own words allow for its number: 合计 a sum, 其余 a difference, 人均 a quotient."""

from __future__ import annotations

from enum import Flag, auto
from functools import lru_cache

from service.checking.claim import Claim, once_a_claim
from service.checking.phrases import words_in
from service.domain.quantity import Kind
from service.language.patterns import deferred


class Licence(Flag):
    """What may be reckoned for a number. TOTAL is a sum that the draft says is one; SUM alone asks that it names the
    terms, or that the notes hold no more than they."""

    NONE = 0
    TOTAL = auto()
    SUM = auto()
    DIFFERENCE = auto()
    SHARE = auto()
    GROWTH = auto()
    QUOTIENT = auto()
    PRODUCT = auto()
    MULTIPLE = auto()


_COUNT = "[两二三四五六七八九十几数]"
_TOTAL = deferred(
    r"合计|总计|一共|共(?!同|建|享|驻|治|青)|总(?!体|结|局|站)|累计|加起来|连同|前后|先后|"
    r"全(?=[天日周月年程省市县区镇乡村街校院季园])|[上下]半年|前[一二三四五六七八九两\d]|"
    rf"{_COUNT}(?=(?:次|场|天|日|批|轮|者|项|类|级|地|处|年|月|季|个|家|支|组|队|期|方|条|路|户|份|部|镇|村|周|晚|口|所|种|站|段|班|校|位|名|人))|"
    r"各(?=[项类级种地处])|应[到当有]|原有|总数"
)
_SUM = deferred(r"收入|支出|花|用[了去]|均(?=为|有)|[和与及、]")
_DIFFERENCE = deferred(
    r"还|剩|余|尚|未|缺|没|差|仍|其[他它]|另|除|不|无|暂|漏|失|待|正式|正常|完好|可用|比|较|多|少|增|减|高|低|超|过|相差|"
    r"提高|提前|晚|早|降|缩|节|净|落后|领先|欠|结|扩大|只|空|间隔|相隔|赤字|盈|亏|新|缺口|流失|退|"
    r"实[到有际]|到[场会位]|上座|空置|男|女|非|当中"
)
_QUOTIENT = deferred(r"平均|均|每|单价|亩产|单产|一[人户台件亩张场次天](?=[^，。]{0,6}$)")
_GROWN = deferred(r"增|降|涨|跌|升|减|提[高升速]|扩大|缩|回落|下滑|[多少]了?(?=[^，。]{0,6}$)")
_MULTIPLE = deferred(r"倍|翻")


_REST_IS = deferred(
    r"(?:其余|其他|其它|剩下|余下)的?(?:均|都|全)?(?:部)?(?:为|是|由|系|属于?|已|被|在|因)?([^，。；\n]{2,16})"
)


@lru_cache(maxsize=32)
def _rests(text: str) -> tuple[frozenset[str], ...]:
    return tuple(words_in(found[1]) for found in _REST_IS.finditer(text))


def names_rest(draft: Claim, text: str) -> bool:
    """True where the draft names what the notes call the rest: 配件及服务 after 其余为配件及服务. Pure."""
    ours = words_in(draft.clause_text)
    return any(len(rest & ours) * 2 >= len(rest) > 0 for rest in _rests(text))


@once_a_claim
def licences(draft: Claim) -> Licence:
    """The operations that the words around a draft's number allow. Pure."""
    words = draft.clause_text + "，" + draft.earlier
    if ":" in draft.mention.text or "：" in draft.mention.text:
        return Licence.SHARE | Licence.MULTIPLE
    kind = draft.mention.kind
    if kind in (Kind.PERCENT, Kind.PERMILLE):
        return (
            Licence.GROWTH
            if draft.change
            else Licence.SHARE | (Licence.GROWTH if _GROWN.search(words) else Licence.NONE)
        )
    if kind is Kind.RATIO or (kind is Kind.DELTA and draft.mention.unit == "倍"):
        multiple = Licence.MULTIPLE if _MULTIPLE.search(draft.mention.text + words) else Licence.NONE
        return multiple | (Licence.GROWTH if draft.change else Licence.NONE) | Licence.SHARE
    if kind is Kind.POINT:
        return Licence.DIFFERENCE
    found = Licence.PRODUCT
    if draft.total or _TOTAL.search(words):
        found |= Licence.TOTAL | Licence.SUM
    elif _SUM.search(words):
        found |= Licence.SUM
    if draft.change or _DIFFERENCE.search(words):
        found |= Licence.DIFFERENCE
    if draft.rate or _QUOTIENT.search(words):
        found |= Licence.QUOTIENT
    return found
