"""Why a sum or product may count something twice: people who came to two meetings, one toilet with two faults."""

from __future__ import annotations

from collections.abc import Sequence

from service.checking.claim import Claim, plain_unit
from service.checking.derivation import said
from service.checking.likeness import alike
from service.language.patterns import deferred

_OVERLAPPING = deferred(
    r"交叉|重复|重叠|重合|兼任?|既是|同时也?是|[含有]多次|其中|都[占有]|好几[样种项]|不止一|包含在|[算含]在[内里其]|在[内里]边|也有的|同一批|有的人?[^，。]{0,6}两"
)
# Roles that cut across each other: one person may have one of each.
_ROLES = tuple(
    deferred(one)
    for one in (
        "党员|团员|群众",
        "志愿者|义工|网格员|楼长",
        "老[年人]|青年|学生|儿童|少年|妇女|女|男",
        "低保|困难|残疾|特困|优抚|退役|军人",
        "高血压",
        "糖尿病",
        "干部|职工|教师|医生|代表|委员|民警",
    )
)
_TIMES = frozenset(("次", "场", "期", "天", "周", "个月", "轮", "回"))
_HEADS = frozenset(("人", "名", "位", "户", "家"))


def overlap(draft: Claim, group: Sequence[Claim]) -> str:
    """The doubt about a sum of `group` in Chinese, "" where nothing is counted twice as far as the notes tell. Pure."""
    ahead = next((one for one in group if one.plan), None)
    if ahead is not None and not draft.plan and not all(one.plan for one in group):
        return f"其中{said(ahead)}是计划的数，还没有完成"
    text = "".join(sorted({one.clause_text for one in group}))
    told = next((word for word in _SHARED_SPEECH if any(word in one.sentence for one in group)), None)
    if told is not None:
        return f"各部分可能有重复（笔记写有“{told}”）"
    found = _OVERLAPPING.search(text)
    # 其中2025年320台、2026年320台 are parts of one whole, and apart from each other.
    if found and not (found.group() == "其中" and all(one.part for one in group)):
        return f"各部分可能有重复（笔记写有“{found.group()}”）"
    if any(one.part for one in group) and not all(one.part for one in group):
        return "其中一项可能已包含在另一项里"

    nouns = sorted({one.noun for one in group if one.noun})
    if plain_unit(draft.mention.unit) in _HEADS:
        for index, one in enumerate(nouns):
            listed = len({claim.clause_span for claim in group}) == 1
            other = next((other for other in nouns[index + 1 :] if _may_be_both(one, other, listed)), None)
            if other is not None:
                return f"{one}、{other}可能是同一批人"
    return ""


_HALVES = frozenset(("上半年", "下半年"))
_SHARED_SPEECH = ("重复", "交叉", "重叠", "重合")


def left_out(draft: Claim, group: Sequence[Claim], notes: Sequence[Claim]) -> str:
    """The doubt where the notes list more of the same right beside what is added: 18万元 and 24万元 of 宣传18万元，
    奖励24万元，培训6万元; "" where the draft names what it adds, or nothing more is listed. Pure."""
    spans = {one.sentence_span for one in group}
    if {half for one in group for half in _HALVES if half in one.item_text} >= _HALVES:
        return ""  # 上半年5次，下半年5次 are the whole year
    if len(spans) != 1 or len(group) < 2 or all(one.noun and one.noun[-2:] in draft.clause_text for one in group):
        return ""
    unit, first, last = plain_unit(group[0].mention.unit), group[0], group[-1]
    for one in notes:
        beside = one.sentence_span in spans and plain_unit(one.mention.unit) == unit
        beside = beside and one.mention.kind is first.mention.kind
        free = not (one.total or one.part or one.change or one.rate or one.before) and one.plan == first.plan
        near = 0 < first.mention.start - one.mention.end < _LISTED or 0 < one.mention.start - last.mention.end < _LISTED
        if beside and free and near and all(one is not member for member in group) and not _whole(one, group):
            return f"笔记这里还列有{one.item_text.strip('。，；、 ')[:16]}"
    return ""


_CAME_AGAIN = deferred(
    r"[两二三四五六几多]?[期次场回批天]都[来到参去]|每[期次场]都|重[复叠合]|交叉|是重的|有重的|都来了"
)
_CLOSE_BY = 40  # characters: what is said of them stands right below


def same_people(draft: Claim, group: Sequence[Claim], text: str) -> str:
    """The doubt where the notes say right below the figures that some people came more than once. Pure."""
    if plain_unit(draft.mention.unit) not in _HEADS or not group:
        return ""
    told = _CAME_AGAIN.search(text, group[0].clause_span[0], group[-1].mention.end + _CLOSE_BY)
    return f"各部分可能有重复（笔记写有“{told.group()}”）" if told else ""


_LISTED = 14  # characters: the next member of a list stands right behind


def _whole(one: Claim, group: Sequence[Claim]) -> bool:
    values = [member.mention.amount.lo for member in group if member.mention.amount and member.mention.amount.lo]
    top = (one.mention.amount.hi or one.mention.amount.lo) if one.mention.amount else None  # 一千一百来人次 of both
    return top is not None and bool(values) and top >= sum(values[1:], values[0])


def _may_be_both(one: str, other: str, listed: bool) -> bool:
    """True where somebody may be both: 党员 and 志愿者. Listed in one breath (内科45人、外科32人) two groups are apart
    unless both are such roles."""
    kinds = [{number for number, kind in enumerate(_ROLES) if kind.search(noun)} for noun in (one, other)]
    if kinds[0] == kinds[1] or alike(one, other) >= 0.6:
        return False
    return bool(kinds[0] and kinds[1]) or (not listed and bool(kinds[0] or kinds[1]))


def repeated(draft: Claim, times: Sequence[Claim]) -> str:
    """The doubt about people counted per meeting: 每次21人 for 6次 need not be 126人. Pure."""
    heads = plain_unit(draft.mention.unit) in _HEADS
    taught = _TAUGHT.search(draft.clause_text + draft.earlier)  # a course is held for others each time
    return "每次参加的可能是同一批人" if heads and again(times) and not taught else ""


_TAUGHT = deferred(r"培训|轮训|讲习班|体检|招[募聘]")


def again(times: Sequence[Claim]) -> bool:
    """True where something was held several times: 六次, 3期, 七天. Pure."""
    return any(plain_unit(one.mention.unit) in _TIMES for one in times)
