"""Wording rules that look at more than one place: numbering, pairs of quotes, repeated sentences, dated terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from service.checking.claims import Claim, Reading
from service.checking.inside import defects
from service.checking.likeness import alike
from service.domain.finding import Verdict
from service.domain.period import Period
from service.domain.quantity import Kind

# code, severity, start, end, message, replacement
Slip = tuple[str, str, int, int, str, str | None]

_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
_LEVELS = (
    re.compile(r"^\s{0,8}(?P<n>[一二三四五六七八九十]{1,3})、", re.MULTILINE),
    re.compile(r"^\s{0,8}[（(](?P<n>[一二三四五六七八九十]{1,3})[）)]", re.MULTILINE),
)
_INLINE = re.compile(r"(?<![一二三四五六七八九十])(?P<n>[一二三四五六七八九十]{1,2})是")
_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "【": "】", "〔": "〕"}
_RELATIVE = re.compile(r"今年以?来?|去年|本年度|本月|上个?月|近期|目前")
_SENTENCE = re.compile(r"[^。！？；\n]{12,200}[。！？；]")
_PROBLEM_HEAD = re.compile(r"^[^\n。]{0,12}(?:存在的?(?:主要)?(?:问题|不足)|问题和不足|短板弱项)", re.MULTILINE)
_NEXT_HEAD = re.compile(r"下一步|下步|整改措施|工作打算|努力方向|今后|改进措施")
_FULL_CLAIM = re.compile(r"满意[率度]|覆盖率|合格率|知晓率|达标率")


def structure_notes(draft: str, read: Reading, period: Period | None) -> Iterator[Slip]:
    """The slips of the whole text, rule by rule. Pure."""
    for fault in defects(read):
        if fault.verdict is Verdict.PLACEHOLDER:
            yield "R01", "error", fault.start, fault.end, fault.message, None
    yield from _numbering(draft)
    yield from _unpaired(draft)
    yield from _mixed_forms(read)
    yield from _two_values(read)
    yield from _repeated(draft)
    yield from _no_next_step(draft)
    yield from _bare_rates(draft, read)
    if period is None and not re.search(r"(?:19|20)\d\d年", draft):
        for found in _RELATIVE.finditer(draft):
            message = f"“{found.group()}”没有年份可依，请先填报告期或写明年份。"
            yield "R37", "warning", found.start(), found.end(), message, None
    if period is not None:
        yield from _dated(draft, period)


def _value(text: str) -> int:
    if text == "十":
        return 10
    tens, _, ones = text.partition("十")
    if "十" not in text:
        return _DIGITS[text]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _numbering(draft: str) -> Iterator[Slip]:
    """R20: a level that skips or repeats a number. A lower level starts again under each heading of the upper one."""
    heads = [found.start() for found in _LEVELS[0].finditer(draft)]
    yield from _steps(list(_LEVELS[0].finditer(draft)), [])
    yield from _steps(list(_LEVELS[1].finditer(draft)), heads)
    for paragraph in re.finditer(r"[^\n]+", draft):
        yield from _steps(list(_INLINE.finditer(draft, paragraph.start(), paragraph.end())), [])


def _steps(marks: list[re.Match[str]], heads: list[int]) -> Iterator[Slip]:
    last, last_at = 0, -1
    for found in marks:
        if len(found["n"]) > 1 and "十" not in found["n"]:
            continue
        number = _value(found["n"])
        fresh = any(last_at < head < found.start() for head in heads)
        if number != 1 and number != last + 1 and not (fresh and number == 1):
            message = (
                f"序号“{found.group().strip()}”不连续，前一个是第{last}项。" if last else f"序号从“{found['n']}”开始。"
            )
            yield "R20", "warning", found.start(), found.end(), message, None
        last, last_at = number, found.start()


def _unpaired(draft: str) -> Iterator[Slip]:
    """R24: quotation marks and brackets that do not close within their paragraph, or nest the same mark."""
    closing = {end: start for start, end in _PAIRS.items()}
    open_marks: list[tuple[str, int]] = []
    for at, char in enumerate(draft):
        if char == "\n":
            yield from (_open(mark, start) for mark, start in open_marks)
            open_marks.clear()
        elif char in _PAIRS:
            if char == "“" and any(mark == "“" for mark, _ in open_marks):
                yield "R24", "warning", at, at + 1, "双引号里再用引号，应改用单引号。", "‘"
            open_marks.append((char, at))
        elif char in closing:
            if open_marks and open_marks[-1][0] == closing[char]:
                open_marks.pop()
            else:
                yield "R24", "warning", at, at + 1, f"“{char}”没有对应的左半边。", None
    yield from (_open(mark, start) for mark, start in open_marks)


def _open(mark: str, start: int) -> Slip:
    return "R24", "warning", start, start + 1, f"“{mark}”没有对应的右半边。", None


def _counts(read: Reading) -> list[Claim]:
    exact = [one for one in read.claims if one.mention.amount is not None and one.mention.amount.exact]
    return [one for one in exact if one.mention.kind in (Kind.COUNT, Kind.MEASURE, Kind.MONEY)]


def _mixed_forms(read: Reading) -> Iterator[Slip]:
    """R17: 设岗三个、牌12块: one sentence writes counts both ways. 一 is left out, it is often no count (一次会议)."""
    by_sentence: dict[tuple[int, int], list[Claim]] = {}
    for one in _counts(read):
        by_sentence.setdefault(one.sentence_span, []).append(one)
    for row in by_sentence.values():
        chinese = [one for one in row if one.mention.text.strip()[0] in "二两三四五六七八九十百千"]
        if chinese and any(one.mention.text.strip()[0].isascii() for one in row):
            mention = chinese[0].mention
            message = f"同一句里数量有的用汉字有的用阿拉伯数字（{mention.text.strip()}），宜统一。"
            yield "R17", "suggestion", mention.start, mention.end, message, None


def _circumstances(claim: Claim) -> tuple[object, ...]:
    return claim.subjects, claim.day, claim.before, claim.scope, claim.plan, claim.part, claim.rate, claim.sides


def _two_values(read: Reading) -> Iterator[Slip]:
    """R27: one thing with two values, nothing (day, place, period, part) telling them apart."""
    seen: list[Claim] = []
    for one in _counts(read):
        for other in seen:
            same = len(one.noun) > 1 and alike(one.noun, other.noun) == 1 and one.mention.unit == other.mention.unit
            apart = _circumstances(one) != _circumstances(other)
            if same and not apart and one.mention.amount != other.mention.amount and one.action == other.action:
                mention = one.mention
                message = f"“{one.noun}”前面写{other.mention.text.strip()}，这里写{mention.text.strip()}，请核对。"
                yield "R27", "warning", mention.start, mention.end, message, None
                break
        seen.append(one)


def _repeated(draft: str) -> Iterator[Slip]:
    """R32: a sentence that stands in the draft before."""
    seen: dict[str, int] = {}
    for found in _SENTENCE.finditer(draft):
        plain = re.sub(r"\W", "", found.group())
        if plain in seen:
            yield "R32", "warning", found.start(), found.end(), "这句话与前文重复。", None
        seen.setdefault(plain, found.start())


def _no_next_step(draft: str) -> Iterator[Slip]:
    """R34: a section of problems with no next step anywhere after it."""
    for found in _PROBLEM_HEAD.finditer(draft):
        if not _NEXT_HEAD.search(draft, found.end()):
            yield "R34", "warning", found.start(), found.end(), "写了问题，后面没有下一步措施。", None


def _bare_rates(draft: str, read: Reading) -> Iterator[Slip]:
    """R36: 100% or a satisfaction rate without any count in its sentence."""
    for one in read.claims:
        if one.mention.kind is not Kind.PERCENT or one.mention.amount is None:
            continue
        sentence = draft[one.sentence_span[0] : one.sentence_span[1]]
        whole = one.mention.amount.lo == 1
        counted = any(other.sentence_span == one.sentence_span for other in _counts(read))
        if (whole or _FULL_CLAIM.search(sentence)) and not counted:
            message = f"“{one.mention.text.strip()}”没有样本数或户数支撑，建议写明调查多少、合格多少。"
            yield "R36", "suggestion", one.mention.start, one.mention.end, message, None


@cache
def _terms() -> tuple[tuple[str, int, int | None, str], ...]:
    rows = Path(__file__).with_name("dated_terms.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return tuple((term, int(first), int(last) if last else None, why) for term, first, last, why in cells)


def _dated(draft: str, period: Period) -> Iterator[Slip]:
    """R40: a meeting, plan period, institution or slogan that does not belong to the report's year."""
    for term, first, last, why in _terms():
        if first <= period.year and (last is None or period.year <= last):
            continue
        for found in re.finditer(re.escape(term), draft):
            message = f"“{term}”与报告期{period.chinese}不符：{why}。"
            yield "R40", "warning", found.start(), found.end(), message, None
