"""Faults a draft shows by itself: unfilled and broken numbers, parts above their whole, lists of another length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from service.checking.by_itself import listed_right_before
from service.checking.claims import Claim, Reading, plain_unit
from service.checking.derive import percent_places, rounded_percent
from service.checking.likeness import alike
from service.checking.phrases import lead_of
from service.checking.values import Family, family
from service.domain.finding import Verdict
from service.domain.quantity import Kind, Mention, Role, decimal_text
from service.language.patterns import deferred

_BLANK = deferred(
    r"【待补[^\n]{0,80}?】|〔MASK:?[a-z]{0,12}〕|〔(?:数量|日期|人名|地名|单位|标题|名称|时间|金额)〕|（待补[^（）\n]{0,30}）|待补充"
)
_LIST_END = deferred(r"[。；;！？\n]")
# Counters of anything: the noun must say whether one count may be part of another.
_ANY_THING = frozenset(
    (
        "个",
        "项",
        "处",
        "件",
        "次",
        "条",
        "块",
        "张",
        "套",
        "场",
        "份",
        "米",
        "平方米",
        "公里",
        "亩",
        "元",
        "吨",
        "座",
        "组",
    )
)
_PERSONS = ("人", "员", "者", "生", "工", "民", "师")
_PLACES = ("村", "社区", "小区", "点", "院", "校", "镇", "街道", "站", "乡")
_LONGEST_ROW = 40  # numbers in one sentence; more is a table, which has no 其中
_ORDER = deferred(r"[一二三四五六七八九十]{1,2}是")


@dataclass(frozen=True, slots=True)
class InnerFault:
    """A fault inside the draft: its span, verdict, Chinese message, and the mend where it is an edit."""

    start: int
    end: int
    text: str
    kind: str
    verdict: Verdict
    message: str
    suggestion: str
    mend: str | None = None


def defects(draft: Reading) -> Iterator[InnerFault]:
    """Unfilled blanks, broken numbers and impossible values of the draft in order. Pure."""
    covered: list[tuple[int, int]] = []
    for one in draft.mentions:
        if one.role is Role.DEFECT:
            fault = _spliced(one, draft.text, covered[-1][1] if covered else 0) or _defect(one)
            covered.append((fault.start, fault.end))
            yield fault
    for found in _BLANK.finditer(draft.text):
        if not any(start < found.end() and found.start() < end for start, end in covered):
            yield _blank(found.start(), found.end(), found.group())


_DIGITS_BEFORE, _DIGITS_AFTER = deferred(r"(?:第[一二三四五六七八九十]{1,3}|\d{1,9})$"), deferred(r"\d{1,9}")


def _spliced(one: Mention, text: str, floor: int) -> InnerFault | None:
    """The fault of a mask that ate part of a number (20xx0人, 5〔数量〕0人): what is left of it is no number."""
    if one.kind is not Kind.PLACEHOLDER or one.text.startswith("【"):
        return None
    before = _DIGITS_BEFORE.search(text[max(floor, one.start - 9) : one.start])
    after = _DIGITS_AFTER.match(text, one.end, one.end + 9)
    if one.reason != "spliced_mask" and not before and not after:
        return None
    start = one.start - len(before.group()) if before else one.start
    whole = text[start : after.end() if after else one.end]
    message = f"“{whole}”中有一部分数字被遮盖，看不出原来的数。"
    return InnerFault(
        start, start + len(whole), whole, "corrupt", Verdict.CORRUPT, message, "请核对原始记录后补全，或删去这一处。"
    )


def _blank(start: int, end: int, text: str) -> InnerFault:
    return InnerFault(
        start,
        end,
        text,
        "placeholder",
        Verdict.PLACEHOLDER,
        f"“{text}”是还没有填的空缺。",
        "请补充实际内容，或删去这一处。",
    )


def _defect(one: Mention) -> InnerFault:
    text = one.text.strip()
    kind = str(one.kind) if one.kind else "corrupt"
    if one.kind is Kind.PLACEHOLDER:
        return _blank(one.start, one.end, one.text)
    if (one.reason or "").startswith("impossible"):
        message = f"“{text}”不可能存在（{_IMPOSSIBLE.get(one.reason or '', '数值超出范围')}）。"
        return InnerFault(one.start, one.end, one.text, kind, Verdict.IMPOSSIBLE, message, "请核对原始记录后改正。")
    message = f"“{text}”写法有误，看不出原来的数。"
    return InnerFault(one.start, one.end, one.text, kind, Verdict.CORRUPT, message, "请核对原始记录后改正。")


_IMPOSSIBLE = {
    "impossible_date": "没有这一天",
    "impossible_time": "没有这个时刻",
    "impossible_share": "占比不能超过100%",
}


def contradictions(draft: Reading) -> Mapping[int, InnerFault]:
    """Faults among the draft's own claims, by the start of the claim they are about. Pure."""
    found: dict[int, InnerFault] = {}
    by_sentence: dict[tuple[int, int], list[Claim]] = {}
    for one in draft.claims:
        by_sentence.setdefault(one.sentence_span, []).append(one)
    for row in (row for row in by_sentence.values() if len(row) <= _LONGEST_ROW):
        for fault in (*_parts(row), *_rates(row), *_totals(row)):
            found.setdefault(fault.start, fault)
    for one in draft.claims:
        fault_or_none = _list_count(one, draft)
        if fault_or_none is not None:
            found[one.mention.start] = fault_or_none
    return found


def _exact(claim: Claim) -> bool:
    return claim.mention.amount is not None and claim.mention.amount.exact


def _parts(row: Sequence[Claim]) -> Iterator[InnerFault]:
    """其中 figures above the figure before them, alone or together."""
    first_part = next((index for index, one in enumerate(row) if one.part), None)
    if not first_part:
        return  # 其中，雨虹社区2个、河清社区5个: the whole stands in the sentence before
    # 新建210个，其中88个，累计520个: what has grown since before is no part of what was added.
    parts = [
        one
        for one in _governed(row[first_part:])
        if _exact(one) and not one.rate and one.scope != "累计" and not _COMPARED.search(lead_of(one))
    ]
    for one in parts[:6]:
        wholes = [
            other
            for other in row[:first_part]
            if family(other.mention, one.mention) is Family.SAME
            and _exact(other)
            and not other.rate  # 每村2名，其中5名受表彰: of how many each had, nothing is a part
            and other.mention.kind is one.mention.kind
            and _may_hold(other, one)
            and _in_one_unit(other, one)
            and other.mention.kind is not Kind.PERCENT
            and not other.change  # 诉求29条，较上周减少5条，其中停车8条
            and not _AGAINST.search(lead_of(other))
        ]
        if not wholes:
            continue
        whole = wholes[-1]
        same = [other for other in parts if family(other.mention, one.mention) is Family.SAME]
        top = _listed_together(whole, wholes) or (whole.mention.amount.lo if whole.mention.amount else None)
        value = one.mention.amount.lo if one.mention.amount else None
        if top is None or value is None:
            continue
        if value > top:
            message = f"“其中”的{one.mention.text.strip()}大于总数{whole.mention.text.strip()}。"
            yield InnerFault(*_span(one), Verdict.PART_EXCEEDS_WHOLE, message, "请核对总数和其中项。")
        elif one is same[-1] and len(same) > 1 and _disjoint(same):
            values = [other.mention.amount.lo or Decimal(0) for other in same if other.mention.amount]
            total = sum(values, Decimal(0))
            if total > top and top not in accumulate(values):  # 男121人、女65人 are the 186人; 党员58人 begins anew
                terms = " + ".join(other.mention.text.strip() for other in same)
                message = f"“其中”各项合计（{terms} = {decimal_text(total)}）大于总数{whole.mention.text.strip()}。"
                yield InnerFault(*_span(one), Verdict.PART_EXCEEDS_WHOLE, message, "请核对总数和其中项。")


_PIECES = frozenset("块根盏棵株份册张把副套吨米车桶袋")


def _in_one_unit(whole: Claim, part: Claim) -> bool:
    """False where things that have a counter of their own would be part of 个: 五个点，装了十四块，其中九块."""
    return plain_unit(whole.mention.unit) != "个" or plain_unit(part.mention.unit) not in _PIECES


def _governed(row: Sequence[Claim]) -> Sequence[Claim]:
    """The figures that 其中 still governs: 女性11人，网格9个，党员212名 goes on to other things with the 9个."""
    first = row[0]
    for place, one in enumerate(row):
        units = plain_unit(first.mention.unit), plain_unit(one.mention.unit)
        other = units[0] != units[1] and not set(units) <= _HEADS and one.mention.kind in _COUNTS
        if other and one.clause_span != first.clause_span:
            return row[:place]
    return row


_HEADS = frozenset(("人", "名", "位"))
_COUNTS = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY))


def _listed_together(whole: Claim, wholes: Sequence[Claim]) -> Decimal | None:
    """The sum of the wholes of one clause, whose parts may be of any of them: 红事30家、白事45家，其中简办70家."""
    row = [one for one in wholes if one.clause_span == whole.clause_span and one.mention.unit == whole.mention.unit]
    amounts = [one.mention.amount.lo for one in row if one.mention.amount is not None]
    return sum((one for one in amounts if one is not None), Decimal(0)) if len(amounts) > 1 else None


def _may_hold(whole: Claim, part: Claim) -> bool:
    """True where the one count may hold the other. 个 and 处 count anything: 3个小区，其中停车位210个 is no part."""
    if not part.mention.unit or not whole.mention.unit:
        return False
    if plain_unit(part.mention.unit) not in _ANY_THING:
        # 进村9个村730人次，其中筛查512人: villages hold no people that are counted.
        if plain_unit(part.mention.unit) in _HEADS and plain_unit(whole.mention.unit) == "个":
            return whole.noun.endswith(_PERSONS)  # 单元197个、居民8600余人，其中老年人1940人
        return plain_unit(whole.mention.unit) != "个" or not whole.noun.endswith(_PLACES)
    if whole.noun.endswith(_PLACES):
        return bool(part.noun) and alike(whole.noun, part.noun) >= 0.5  # 分布在6个社区，其中车辆停放9个
    return not whole.noun or not part.noun or alike(whole.noun, part.noun) >= 0.5


def _disjoint(parts: Sequence[Claim]) -> bool:
    """True where the parts do not count one group twice; the nouns must differ."""
    short = all(len(one.clause_text) <= 14 or "、" in one.clause_text for one in parts)
    return short and all(a.noun != b.noun or not a.noun for i, a in enumerate(parts) for b in parts[i + 1 :])


def _span(claim: Claim) -> tuple[int, int, str, str]:
    one = claim.mention
    return one.start, one.end, one.text, str(one.kind or "count")


def _rates(row: Sequence[Claim]) -> Iterator[InnerFault]:
    """A rate beside the two counts it is made of, with another value."""
    for rate in row:
        if rate.mention.kind is not Kind.PERCENT or not _exact(rate) or rate.change:
            continue
        stem = re.sub(r"(?:率|度|比例|占比)$", "", rate.noun)[-2:]
        counts = [one for one in row if one.mention.kind is Kind.COUNT and _exact(one)]
        if len(counts) != 2 or not stem or family(counts[0].mention, counts[1].mention) is not Family.SAME:
            continue
        low, high = sorted(counts, key=lambda one: one.mention.amount.lo or 0 if one.mention.amount else 0)
        if low.mention.amount is None or high.mention.amount is None or stem not in low.clause_text:
            continue
        part, whole = low.mention.amount.lo, high.mention.amount.lo
        stated = rate.mention.amount.lo if rate.mention.amount else None
        if (
            part is None
            or not whole
            or stated is None
            or (stem in high.clause_text and alike(low.noun, high.noun) < 0.5)
        ):
            continue
        if _NOT.search(low.clause_text) and not _NOT.search(rate.clause_text):
            part = whole - part  # 620批次，不合格4批次，合格率99.4%
        right = rounded_percent(part, whole, percent_places(rate))
        # A rate may be cut instead of rounded in the last place it shows: 97.6% for 97.66%.
        if abs(right - stated) > Decimal(1).scaleb(-2 - percent_places(rate)):
            text = f"{decimal_text(right * 100)}%"
            steps = f"{_share_of(low, high, part)} ÷ {high.mention.text.strip()} = {text}"
            message = f"{steps}，草稿写成了“{rate.mention.text.strip()}”。"
            yield InnerFault(*_span(rate), Verdict.DERIVED_WRONG, message, f"是否改为“{text}”？", text)


def _totals(row: Sequence[Claim]) -> Iterator[InnerFault]:
    """A total right behind the figures that it is of, with another value: 17个、11个、8个，共计63个."""
    for claim in row:
        listed = listed_right_before(claim, row)
        if not listed or not _exact(claim) or not _IN_A_ROW.fullmatch("，".join(one.clause_text for one in listed[:1])):
            continue
        total = sum((one.mention.amount.lo or Decimal(0) for one in listed if one.mention.amount), Decimal(0))
        stated = claim.mention.amount.lo if claim.mention.amount else None
        if stated is not None and stated != total:
            text = f"{decimal_text(total)}{plain_unit(claim.mention.unit)}"
            steps = f"{' + '.join(one.mention.text.strip() for one in listed)} = {text}"
            message = f"{steps}，草稿写成了“{claim.mention.text.strip()}”。"
            yield InnerFault(*_span(claim), Verdict.DERIVED_WRONG, message, f"是否改为“{text}”？", text)


_IN_A_ROW = deferred(r"[^其等]{0,200}")
_AGAINST = deferred(r"[比较][^，。；]{1,12}[多少高低]了?$")
_COMPARED = deferred(r"[比较][^，。；]{0,12}$")
_NOT = deferred(r"[不未](?=合格|达标|满意|通过|整改|办结|完成)")


def _share_of(low: Claim, high: Claim, part: Decimal) -> str:
    counted = low.mention.amount is not None and low.mention.amount.lo == part
    one, other = low.mention.text.strip(), high.mention.text.strip()
    return one if counted else f"（{other} − {one}）"


def _list_count(claim: Claim, draft: Reading) -> InnerFault | None:
    """A count and the list after it that has another length, or None where they agree or no list stands there."""
    amount = claim.mention.amount
    if amount is None or not amount.exact or claim.mention.kind is not Kind.COUNT or amount.lo is None:
        return None
    if not 2 <= amount.lo <= 30:
        return None
    listed = _list_after(draft.text, claim)
    if listed is None or len(listed) == amount.lo:
        return None
    message = f"写的是{claim.mention.text.strip()}，后面列了{len(listed)}项：{'、'.join(listed)[:60]}。"
    return InnerFault(*_span(claim), Verdict.LIST_COUNT_MISMATCH, message, "请核对项数，或补全、删减所列各项。")


def _list_after(text: str, claim: Claim) -> list[str] | None:
    """The listed things after N项…： or N项…，即; None where what follows is no plain list."""
    end = claim.mention.end
    opening = re.match(r"([^，。；：:、\n0-9]{0,12})(?:[：:]|，?即|，?分别是|，?分别为|，?包括)", text[end : end + 24])
    if opening is None:
        return _list_before(text, claim)
    start = end + opening.end()
    stop = _LIST_END.search(text, start, start + 400)
    body = text[start : stop.start() if stop else min(len(text), start + 400)]
    ordered = _ORDER.findall(text[start : start + 400].split("\n")[0])
    if len(ordered) >= 2:
        return ordered
    if "，" in body or "," in body or re.search(r"等\s*$|等[^、]{0,8}$|其中|以及|和", body) or re.search(r"\d", body):
        return None
    listed = [one.strip() for one in body.split("、")]
    plain = len(listed) >= 2 and all(0 < len(one) <= 16 for one in listed)
    return listed if plain else None


def _list_before(text: str, claim: Claim) -> list[str] | None:
    """甲、乙、丙三项制度: the list right before a count with its thing, introduced by a verb or the clause's start."""
    after = text[claim.mention.end : claim.mention.end + 4]
    if not re.match(r"(?:制度|机制|措施|活动|行动|工程|系列|方面|任务|工作|品牌|项目|举措)", after):
        return None
    head = re.search(
        r"(?:^|[，。；：:\n])([^，。；：:\n]{2,80})等?$", text[max(0, claim.mention.start - 90) : claim.mention.start]
    )
    if head is None or "、" not in head[1] or re.search(r"[\d和及与]", head[1]):
        return None
    listed = head[1].rstrip("等").split("、")
    return listed if all(0 < len(one) <= 12 for one in listed) else None
