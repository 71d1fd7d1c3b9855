"""Names of a draft against the notes: taken over, invented, brought in from a past report, or altered in a numeral."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from service.checking.claims import Reading
from service.domain.finding import Verdict
from service.domain.quantity import Kind, Mention, Role
from service.domain.report import ExemplarOriginal
from service.language.names import Name, NameKind, bare_name, policy_reason
from service.language.numbers import chinese_to_decimal
from service.language.patterns import deferred
from service.language.spelling import name_folded

_NUMERAL = deferred(r"[0-9０-９〇零一二三四五六七八九十百]{1,9}")
_MOST_NAMES = 400  # names of the notes that a short form is looked up among
_LEVELS = deferred(r"^[省市区县州旗镇乡]")
_KINDS = {
    NameKind.PERSON: "人名",
    NameKind.PLACE: "地名",
    NameKind.UNIT: "单位名称",
    NameKind.DOCUMENT: "文件名",
    NameKind.PROJECT: "活动名称",
    NameKind.BRAND: "引号内的名称",
}


@dataclass(frozen=True, slots=True)
class NameFault:
    """A name of the draft that the notes do not give. `source` is the past report it stands in, `found` where there.

    `note` is the span in the notes of the name it was altered from.
    """

    start: int
    end: int
    text: str
    kind: str
    verdict: Verdict
    source: ExemplarOriginal | None = None
    found: tuple[int, int] | None = None
    note: tuple[int, int] | None = None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return re.sub(r"[\s《》〈〉“”\"‘’'「」·]", "", name_folded(text))


def name_faults(
    draft: Reading, notes: Reading, exemplars: Sequence[ExemplarOriginal], known: Sequence[str]
) -> Iterator[NameFault]:
    """The faults of the draft's names in order; policy names and what the form gives are aside. Pure."""
    given = "\n".join(known)
    reported = set()
    counted = _counted(draft)
    for name in draft.names:
        # 30余家 holds no Mr 余: what is part of a number is no name.
        if name.kind is NameKind.PERSON and any(counted[name.start : name.end]):
            continue
        if policy_reason(name.text) or _given(name, notes, given):
            continue
        altered = _altered_name(name, draft, notes)
        if altered is not None:
            yield NameFault(
                name.start, name.end, name.text, _KINDS[name.kind], Verdict.NAME_NUMBER_ALTERED, note=altered
            )
            continue
        leak = _in_exemplar(name, exemplars)
        if leak is not None:
            yield NameFault(name.start, name.end, name.text, _KINDS[name.kind], Verdict.LEAKED, *leak)
        elif name.sure and name.text not in reported:
            yield NameFault(name.start, name.end, name.text, _KINDS[name.kind], Verdict.NO_SOURCE)
            reported.add(name.text)


def _counted(draft: Reading) -> bytearray:
    """One byte for each character of the draft, set where it is part of a counted number."""
    counted = bytearray(len(draft.text))
    for one in draft.mentions:
        if one.role is Role.CLAIM:
            counted[one.start : one.end] = b"\x01" * (one.end - one.start)
    return counted


def _given(name: Name, notes: Reading, given: str) -> bool:
    """True where the notes or the form give this name, in full, in short, or piece by piece."""
    bare = name_folded(bare_name(name.text))
    plain, form = _plain(notes.text), _plain(given)
    if bare in plain or bare in form:
        return True
    core = _LEVELS.sub("", bare)
    if name.kind is NameKind.UNIT and len(core) >= 3 and (core in plain or core in form):
        return True
    if name.kind in (NameKind.UNIT, NameKind.PLACE):
        return _of_form(bare, given) or _in_short(bare, notes) or _piecewise(bare, plain + "\n" + form)
    if name.kind is NameKind.PERSON:
        return any(len(one) > 1 and bare.startswith(one) for one in _people(notes)) or bare[:1] + "某" in plain
    if name.kind is NameKind.DOCUMENT:
        return _document_in_short(bare, plain)
    # Quotation marks put around words of the notes (讲文明，树新风) change no name.
    return re.sub(r"\W", "", bare) in re.sub(r"\W", "", plain)


def _people(notes: Reading) -> list[str]:
    return [one.text for one in notes.names if one.kind is NameKind.PERSON]


def _in_short(bare: str, notes: Reading) -> bool:
    """True where the notes give it in a shorter or longer form: 城管局 for 城市管理局, 柳河街道 for its 办事处."""
    for one in notes.names[:_MOST_NAMES]:
        if one.kind not in (NameKind.UNIT, NameKind.PLACE):
            continue
        short, long = sorted((bare, one.text), key=len)
        if len(short) >= 3 and (
            long.startswith(short) or (short[0] == long[0] and short[-1] == long[-1] and _within(short, long))
        ):
            return True
    return False


_REGION = deferred(r"(?<=[省市区县州旗镇乡])(?=.{3})")
_SEAT = deferred(r"(?:街道|社区|[镇乡村局委院校厂])(?=办事处|居委会|村委会|人民政府|政府|委员会|机关|$)")
_ORGANS = deferred(
    r"(?:党工委|党委|党组|党总支|党支部|支部|工委|办事处|办|居委会|村委会|人民政府|政府|委员会|机关|工会|团委|妇联|纪委|人大|文明办)?"
    r"(?:办公室|委员会|班子)?$"
)


@lru_cache(maxsize=64)
def _forms(given: str) -> tuple[str, ...]:
    """The names a form gives, each also without its regions: 临江市青河街道办事处, 青河街道办事处."""
    rows = [bare_name(row) for row in given.split("\n") if 2 <= len(row) <= 40]
    return tuple(
        dict.fromkeys(row[found:] for row in rows for found in (0, *(m.start() for m in _REGION.finditer(row))))
    )


def _of_form(bare: str, given: str) -> bool:
    """True for a shorter form of the form's own unit (市监局, 市市场监管局), or an organ of it (青河街道党工委)."""
    cores = {bare, *(bare[found.start() :] for found in _REGION.finditer(bare))}
    for form in _forms(given):
        for core in cores:
            if len(core) >= 3 and core[0] == form[0] and core[-1] == form[-1] and _within(core, form):
                return True
            seat = _SEAT.search(form)
            if seat and seat.end() >= 3 and core.startswith(form[: seat.end()]) and _ORGANS.match(core, seat.end()):
                return True
    return False


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def _piecewise(bare: str, plain: str) -> bool:
    """True where the notes give the name in pieces of two letters or more (青石区 and 教育局)."""
    at = 0
    while at < len(bare):
        size = next((size for size in range(len(bare) - at, 1, -1) if bare[at : at + size] in plain), 0)
        if not size:
            return False
        at += size
    return True


def _document_in_short(bare: str, plain: str) -> bool:
    """True where the notes name the document without its marks or with its year or region left out."""
    core = re.sub(r"^(?:.{2,6}?[省市区县])?(?:(?:19|20)\d\d年)?", "", bare)
    return len(core) >= 4 and core in plain


def _in_exemplar(name: Name, exemplars: Sequence[ExemplarOriginal]) -> tuple[ExemplarOriginal, tuple[int, int]] | None:
    bare = bare_name(name.text)
    if len(bare) < 2 or (not name.sure and len(bare) < 4):
        return None
    for one in exemplars:
        at = one.text.find(bare)
        if at >= 0:
            return one, (at, at + len(bare))
    return None


def _altered_name(name: Name, draft: Reading, notes: Reading) -> tuple[int, int] | None:
    """Where the notes have the name with other numerals: the span there of what stands between the name's own marks."""
    bare = bare_name(name.text)
    return _altered(bare, notes.text) if _NUMERAL.search(bare) else None


@lru_cache(maxsize=4096)
def _altered(text: str, notes: str) -> tuple[int, int] | None:
    """Where the notes hold `text` with other numerals, and nowhere `text` itself; None else."""
    text = name_folded(text)
    pieces = _NUMERAL.split(text)
    if len(pieces) < 2 or not "".join(pieces) or len(text) < 3 or _plain(text) in _plain(notes):
        return None
    # Possessive: a run of fifty nines is six numerals side by side, which no search may divide anew in every way.
    pattern = f" ?({_NUMERAL.pattern}+) ?".join(re.escape(piece) for piece in pieces)
    found = re.search(pattern, name_folded(notes))
    if found is None or _values(found.groups()) == _values(_NUMERAL.findall(text)):
        return None  # 第三十二届 and 第32届 are one
    start = found.start() + len(found[0]) - len(found[0].lstrip(" "))
    return start, start + len(found[0].strip(" "))


def _values(numerals: Sequence[str]) -> list[Decimal | str]:
    read = (chinese_to_decimal(one) for one in numerals)
    return [one if value is None else value for one, value in zip(numerals, read, strict=True)]


def altered_mentions(draft: Reading, notes: Reading) -> Iterator[NameFault]:
    """Numerals inside names, editions and document numbers that differ from the notes by the numeral alone. Pure."""
    for one in draft.mentions:
        if one.role is not Role.NAME and one.kind is not Kind.ORDINAL:
            continue
        if policy_reason(one.text) or _plain(one.text) in _plain(notes.text):
            continue
        for head, tail in _company(one, draft.text):
            span = _altered(head + one.text.strip() + tail, notes.text)
            if span is not None:
                at = (span[0] + len(head), span[1] - len(tail))
                yield NameFault(one.start, one.end, one.text, "名称中的数字", Verdict.NAME_NUMBER_ALTERED, note=at)
                break


def _company(mention: Mention, text: str) -> list[tuple[str, str]]:
    """What is compared before and after the mention: nothing where it holds letters, else the letters beside it."""
    own = mention.text.strip()
    if len(_NUMERAL.sub("", own)) >= 2 or (len(own) >= 3 and mention.role is Role.NAME):
        return [("", "")]
    after = re.match(r"[\u4e00-\u9fff]{0,2}", text[mention.end :])
    before = re.search(r"[\u4e00-\u9fff]{0,2}$", text[max(0, mention.start - 2) : mention.start])
    tail, head = (after.group() if after else ""), (before.group() if before else "")
    return [form for form in (("", tail), (head, "")) if len(_NUMERAL.sub("", form[0] + own + form[1])) >= 2]
