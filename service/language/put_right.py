"""Whether the words between two figures of one thing say that the second takes the place of the first.

Speech, margins and ledgers say so in a few ways: the first is called wrong, old or a first count (（误，, （旧）,
写颠倒了), the second is called checked, final or right (后核减为, 最终是, [已改], √), or what was left out or counted
twice is told between and the sum comes out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from service.domain.quantity import Mention
from service.language import taken_back_words as cues
from service.language.patterns import deferred
from service.language.pieces import piece_at

_CHECKED = (
    r"(?:经|再|又|已|重新|后来?|逐一)*(?:复核|核对|核查|核算|清点|盘点|清查|复查|校核|去重|剔重|剔除后|扣除后|核减|核增|核)"
    r"(?:后|下来|过后?|完后?|之后|一遍)"
)
# Right before the second figure: these say that it holds.
_HOLDS = deferred(
    r"(?:(?:有?误|错|不实|颠倒|[写记说报填打算看念数登抄弄搞][错串岔反混重颠漏](?:倒)?)了?[）)]?[，,：:；; ]{0,2}"
    r"(?:应该?|该|实际)?(?:[为是])?|应(?:该|当)?[为是]|实[为是]|实际(?:上)?[为是]|正确(?:的)?(?:数字?)?[为是：:]|准(?:确)?(?:的)?数(?:字)?[为是]|"
    rf"{_CHECKED}(?:的?(?:结果|数))?(?:应?[为是有剩]|只有|还有|实[为有])?|(?:核定|核准|核减|核增|核实|核对|复核|清点|盘点|核算|核|审定|认定)(?:[为成到至]|是|[：:])|(?:修订|修正|订正|纠正|更正|更新|"
    r"改写|改记|改报|改填|调整|校正)(?:[为成到至]|是|[：:])|(?<![\u4e00-\u9fff])(?:更新|更正|订正|修正)(?:后)?|"
    r"(?:最终|最后|终稿|定稿)(?:[为是有]|确定为|定为|数(?:是|为)?|统计)?|[按以]?新(?:的)?(?:口径|标准|统计)(?:[为是算有]|统计为?)?|"
    r"(?:新|现|准|实)数?(?:[为是]|是)|[\[【（(](?:已|现)?(?:改|更正|修正|更新|订正)(?:为|成|后)?[\]】）)])[：:，, ]*"
)
_DATES = deferred(r"\d{1,2}(?:月|[./-])\d{1,2}[日号]?")
_ENDS = deferred(r"[\u4e00-\u9fffA-Za-z：:，, \[\]【】（）()—…\-]{0,24}$")
# In the bracket right behind the first figure: these say that it was a first count, a plan, or an old one.
_FIRST = deferred(
    r"^[\u4e00-\u9fff]{0,4} ?[（(\[【](?:这是|是|按|为|属于)?[^（()）\[\]【】，,]{0,5}(?:误|旧|老|初报|快报|初步|"
    r"初稿|毛数|毛估|估|方案数?|设计数?|图纸数?|"
    r"任务数?|周报数?|日报数?|旬报数?|登记数?|通知数?|报名数?|预报|未核|没核|去重前|含重复|旧口径|原口径|错|作废|原数|原报)[^（()）\[\]【】]{0,4}[）)\]】]"
)
_ALONE = deferred(r"^[）)\]】 ×✗✘xX~]*[，,；;。 ]*$")
_CROSSED = deferred(r"^ ?(?:[×✗✘]|~~)")
_TICKED = deferred(r"^[\u4e00-\u9fff]{0,3} ?[√✓✔]")
# 45条54条（后一个对）
_LATTER = deferred(
    r"^[\u4e00-\u9fff]{0,3} ?[（(，,；;] ?(?:以)?(?:后面?|后者|后一个|后边|第二个|右边|新的)(?:的|那个|这个|一个|"
    r"数)*(?:为准|对|是对的|准|算数|才对)"
)
_RULED_BEFORE = deferred(r"[（(，,；; ](?:应?以|按|取|用)(?:[\u4e00-\u9fff]{0,6}的)? ?$")
_RULED_BEHIND = deferred(r"^[\u4e00-\u9fff]{0,3}? ?(?:为准|算(?!上)|计(?!入)|上报|报送|写|填报)")
# What was missed, or counted twice, stands between, and the sum comes out.
_MISCOUNTED = deferred(
    r"漏|少[算报计数了]|多[算报计数了]|重复|重了|剔|扣|不算|不含|去掉|除去|减去|退|加上|补上|含(?:了)?去年|含上年"
)
_BREATH_AGAIN = deferred(
    r"^[\u4e00-\u9fff]{0,4}[，,；;。 —…]{0,3}[啊嗯哦噢喔哎呃诶欸唉][，, ]?(?P<again>[\u4e00-\u9fff]{2,6}?)"
    r"(?:应该)?[是为有] ?$"
)
# 由36吨增至63吨, 计划30盏: a change and a share are no correction.
_COMPARES = deferred(
    r"比(?!例|赛|武|对)|较|同比|环比|增[加长至到幅]|减少|降|升|提高|其中|当中|里面|占|[超缺差]|翻|达标|合格|办结|完成|整改|剩"
)
_CHANGE = deferred(r"(?:由|从|自|原来的?) ?$")
_SMALL = 3
_LEAST, _MOST = Decimal("0.2"), Decimal(5)


def puts_right(text: str, old: Mention, new: Mention, others: Sequence[Mention]) -> bool:
    """True where the words of `text` between `old` and `new`, two figures that may be of one thing, or right behind
    `new`, say that `new` holds. `others` are the figures between. Pure."""
    between, behind = text[old.end : new.start], text[new.end : new.end + 24]
    if others:
        return _comes_out(between, old, new, others)
    if _CHANGE.search(text[max(0, old.start - 4) : old.start]) or not _near(old, new):
        return False
    if _LATTER.match(behind) or (_RULED_BEFORE.search(between) and _RULED_BEHIND.match(behind)):
        return True
    if _CROSSED.match(between) or _FIRST.match(between) or (_TICKED.match(behind) and not between.strip(" ，,→")):
        return not _COMPARES.search(between)
    again = _BREATH_AGAIN.match(between)
    if again and again["again"] in text[: old.start]:
        return True
    between = _DATES.sub("", between)
    told = next(reversed(list(_HOLDS.finditer(between))), None)
    if told is None or _is_turn_of_speech(new) or between[told.end() :].strip() or _COMPARES.search(between):
        return False
    return bool(_ENDS.match(between[: told.start()]))


def _is_turn_of_speech(new: Mention) -> bool:
    """最后一部只打了地基 tells of the last one and gives no figure."""
    return not any(one.isdigit() for one in new.text) and new.amount is not None and (new.amount.hi or 0) <= _SMALL


def _near(old: Mention, new: Mention) -> bool:
    if old.amount is None or new.amount is None or not old.amount.lo or not new.amount.lo:
        return False
    return _LEAST <= Decimal(new.amount.lo) / Decimal(old.amount.lo) <= _MOST


def _comes_out(between: str, old: Mention, new: Mention, others: Sequence[Mention]) -> bool:
    """True for 登记15场，有2场重复，实为13场 and 76家，漏了3家，79家."""
    gone = others[0].amount if len(others) == 1 else None
    if gone is None or old.amount is None or new.amount is None or not _MISCOUNTED.search(between):
        return False
    if None in (gone.lo, old.amount.lo, new.amount.lo):
        return False
    assert gone.lo is not None and old.amount.lo is not None
    return new.amount.lo in (old.amount.lo - gone.lo, old.amount.lo + gone.lo)


def ruling_behind(text: str, old: Mention, new: Mention) -> tuple[int, int] | None:
    """The words behind `new` that only say that it holds (为准, （后一个对）, √), as a place in `text`; None without.
    Pure."""
    found = _LATTER.match(text, new.end) or re.compile(r" ?(?:为准|[√✓✔]|[（(](?:新|对|正确|准|为准)[）)])").match(
        text, new.end
    )
    if (
        found is None
        and _RULED_BEFORE.search(text[old.end : new.start])
        and (ruled := _RULED_BEHIND.match(text[new.end :]))
    ):
        return new.end, new.end + ruled.end()
    if found is None:
        return None
    end = found.end()
    closes = (
        text[end : end + 1] in ("）", ")")
        and re.search(r"[（(]", found.group())
        and not re.search(r"[）)]", found.group())
    )
    return found.start(), end + 1 if closes else end


def left_over(
    text: str, old: Mention, gone: Mention, left: Mention
) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """What to cut where a line takes some away and settles on the rest, and the words that only say so: 54人里有12人
    退了，在册42人，用在册; 120处，其中30处是上一年换的，今年只算90处. None where it does not. Pure."""
    which, told = text[old.end : gone.start], text[gone.end : left.start]
    amounts = [one.amount.lo if one.amount else None for one in (old, gone, left)]
    if cues.OF_WHICH.match(which) and cues.OF_WHICH_OLD.match(told):
        whole, less, rest = amounts
        comes_out = whole is not None and less is not None and whole - less == rest
        return ((old.start, left.start), None) if comes_out else None
    named, settled = cues.LEFT_OVER.match(told), cues.USE_CALLED.match(text, left.end)
    if not cues.LEFT_OVER.match(which) or not named or not settled or named["called"] != settled["called"]:
        return None
    head = piece_at(text, old.start, old.end)[0]
    head = head if cues.POINTS_AT.fullmatch(text[head : old.start]) else old.start
    return (head, gone.end + named.start("called")), settled.span()
