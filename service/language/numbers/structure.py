"""Marks of structure: 一、 （二） 3. ① 一是 第一， bare 一加强…二开展…, and page furniture; they count nothing."""

from __future__ import annotations

import re

from service.domain.quantity import Mention, Role
from service.language.numbers.calendar import day_at_line_start
from service.language.numbers.names import feast_at
from service.language.numbers.numeral import chinese_to_decimal
from service.language.numbers.units import unit_at
from service.language.numbers.view import View
from service.language.patterns import deferred

_CN = r"[一二三四五六七八九十]{1,3}"
_BRACKET = deferred(rf"(?:\(|\[|【|〔)? ?(?P<n>{_CN}|\d{{1,2}}) ?[)\]】〕][、.]?")
_COMMA = deferred(rf"(?P<n>{_CN}|\d{{1,2}}) ?(?:、|,(?!\d))")
_DOT = deferred(rf"(?P<n>{_CN}|\d{{1,2}}) ?\.(?!\d|$)|(?P<y>\d{{1,2}})\.(?=(?:19|20)\d\d ?年)")
_LEVELS = deferred(r"\d{1,2}(?:\.\d{1,2}){1,3}(?=[ 、\u4e00-\u9fff])(?! ?[日号])")
_IS = deferred(r"(?P<n>[一二三四五六七八九十]{1,2})(?:、)?(?:是|则|要(?=[^求点素素领])|抓(?!手)|靠|为(?=[^期主了]))")
_FIRST = deferred(rf"第(?P<n>{_CN})(?:[,:]|、(?![一二三四五六七八九十第])|是(?!第))")
_FURNITURE = deferred(
    r"第 ?\d{1,4} ?页|共 ?\d{1,4} ?页|[-~] ?\d{1,4} ?[-~](?= {0,8}(?:[\r\n]|$))"
    r"|(?:精选|通用|优秀|汇总|最新|热门|案例|合集|集锦|推荐|范文)?\d{1,3} ?篇(?=\))"
)
# The first column of a table that was pasted as text.
_ROW = deferred(r"(?P<n>\d{1,2}) {1,4}(?=[\u4e00-\u9fffA-Za-z\d“《(])(?!\d{1,4} ?[%.年月日])")
_PART = deferred(r"(?:[一二三四五六七八九十]{1,3}|\d{1,3})(?![\d一二三四五六七八九十]|[余多份页])")
_PLAIN_NUMBER = deferred(r"\d{1,3}(?!\d)|[一二三四五六七八九十]{1,3}")
_CIRCLED = deferred(r"[①-⑳⑴-⒇⒈-⒛㈠-㈩㊀-㊉❶-❿]")
_LABEL_NUMBER = deferred(rf"(?:\d{{1,3}}(?:-\d{{1,3}})?|{_CN})(?![\d余多几万千百%.]|,\d{{3}})")
_ENCLOSURE = deferred(
    r"(?:附件|附表|附图|序号|(?<!开)(?<!辟)(?<!设)(?<!办)专栏|(?:^|[^代发外仪图手报])表|(?:^|[^地企意试草版构蓝])图) ?$"
)
_HEADED_WORD = deferred(
    r"(?:问题|措施|任务|目标|案例|专题|议题|步骤|做法|亮点|举措|清单|项目|题目|经验|原则|范文|篇) ?$"
)
_PAGE = deferred(r"[-~]{1,2} {0,2}\d{1,4} {0,2}[-~]{1,2}(?= {0,8}(?:[\r\n]|$))")
_CHAPTER = deferred(r"第[一二三四五六七八九十百\d]{1,4}(?:章|节|条|款|部分|编)(?=[ 、,:\u4e00-\u9fff\n]|$)")
_BARE = deferred(r"[一二三四五六七八九](?=[\u4e00-\u9fff])")
_SIBLING_CHARS = 1500
_WORD_SIGNS = "等级类号楼期批届季年月日岁环线小中大成者维手胎孩分倍番"
# 一切 and 一直 are words, 四切实加强 opens a fourth point.
_WORD_SIGNS_OF_ONE = "些样致定般直旦起体流律切并贯向度时会道"
_CN_SIGNS = "〇零一二两三四五六七八九十百千万亿"
_NEAR_CHARS = 40
_ORDER = "一二三四五六七八九十"


def read_structure(view: View, start: int) -> Mention | None:
    """The enumerator or page furniture that begins at or just before `start`, or None. Pure."""
    plain = view.plain
    if _CIRCLED.match(plain, start):
        return view.mention(start, start + 1, Role.STRUCTURE, reason="enumerator")
    for read in (_bracketed, _furniture, _labelled, _numbered, _spoken):
        if mention := read(view, start):
            return mention
    return None


def _bracketed(view: View, start: int) -> Mention | None:
    plain = view.plain
    open_at = start - 1 if start > view.floor and plain[start - 1] in "([【〔" else start
    found = _BRACKET.match(plain, open_at)
    if found is None or found.start("n") != start:
        return None
    if open_at == start and not view.at_head(start):
        return None
    # 五(2)班 is a class of a school and 表(3) the name of a table; f(1) is neither.
    if (
        open_at < start
        and open_at > 0
        and (
            plain[open_at - 1] in "一二三四五六七八九高初表图式期"
            or (plain[found.end() : found.end() + 1] in tuple("班中校级期号") and not view.at_head(open_at))
        )
    ):
        return view.mention(start, start + len(found["n"]), Role.NAME, reason="grade_or_class")
    return view.mention(open_at, found.end(), Role.STRUCTURE, reason="enumerator")


def _furniture(view: View, start: int) -> Mention | None:
    plain = view.plain
    at = start - 1 if start > view.floor and plain[start - 1] in "第共-~" else start
    if at < start and plain[at] in "第共" and start - 2 >= view.floor and plain[start - 2 : start] in ("第 ", "共 "):
        at = start - 2
    dash = start - 1
    while dash > view.floor and start - dash < 4 and plain[dash] in " -~":
        dash -= 1
    dash += plain[dash] not in "-~" if dash >= 0 else 1
    if dash < start and view.at_line_start(dash) and (found := _PAGE.match(plain, dash)):
        return view.mention(dash, found.end(), Role.STRUCTURE, reason="page_furniture")
    if found := _FURNITURE.match(plain, at):
        if plain[at] in "-~" and not view.at_line_start(at):
            return None
        if "篇" in found[0] and "(" not in view.before(at, 5):
            return None
        return view.mention(at, found.end(), Role.STRUCTURE, reason="page_furniture")
    found = _PART.match(plain, start) if start > 0 and plain[start - 1] == "篇" else None
    if found is not None and plain[found.end() : found.end() + 1] in ("", "\n", ":", " ", "\r", ")"):
        return view.mention(start, found.end(), Role.STRUCTURE, reason="page_furniture")
    return None


def _labelled(view: View, start: int) -> Mention | None:
    """附件1, 表2, 图3-1, 问题一：: the number of an enclosure, a table or a heading, unless a unit follows."""
    plain = view.plain
    found = _LABEL_NUMBER.match(plain, start)
    if found is None:
        return None
    after = plain[found.end() : found.end() + 1]
    enclosed = _ENCLOSURE.search(view.before(start, 4)) is not None and unit_at(plain, found.end()) is None
    headed = after in (":", "、", ".") and _HEADED_WORD.search(view.before(start, 4)) is not None
    if enclosed or headed:
        return view.mention(start, found.end(), Role.STRUCTURE, reason="label")
    return None


def _is_day(plain: str, start: int) -> bool:
    return feast_at(plain, start) or day_at_line_start(plain, start)


def _numbered(view: View, start: int) -> Mention | None:
    """一、 1. 3、 1.1 at the head of a line or sentence."""
    plain = view.plain
    line_start = view.at_line_start(start)
    levels = _LEVELS.match(plain, start) if line_start and not _is_day(plain, start) else None
    if levels is not None and unit_at(plain, levels.end()) is None and plain[levels.end()] not in "万亿%":
        return view.mention(start, levels.end(), Role.STRUCTURE, reason="enumerator")
    if line_start and (row := _ROW.match(plain, start)) and _has_neighbour(view, row["n"], start, " "):
        return view.mention(start, row.end("n"), Role.STRUCTURE, reason="enumerator")
    if not line_start and not view.at_head(start) and not _goes_on_in_line(view, start):
        return None
    for pattern in (_COMMA, _DOT):
        found = pattern.match(plain, start)
        if found and _is_enumerator(view, found, line_start):
            return view.mention(start, found.end(), Role.STRUCTURE, reason="enumerator")
    return None


def _goes_on_in_line(view: View, start: int) -> bool:
    """True for the 2、 of 1、秸秆没有去处 2、沟渠没有清: behind a blank, with the number before it in the same line."""
    plain = view.plain
    found = _COMMA.match(plain, start)
    if found is None or plain[start - 1 : start] != " " or not found["n"].isdigit() or found[0][-1] != "、":
        return False
    low = max(plain.rfind("\n", 0, start) + 1, start - _SIBLING_CHARS)
    earlier = f"{int(found['n']) - 1}、"
    at = plain.find(earlier, low, start)
    return at >= 0 and (at == low or not plain[at - 1].isdigit()) and view.at_head(at)


def _is_enumerator(view: View, found: re.Match[str], line_start: bool) -> bool:
    """二、三期工程 and 3、4个小区 are lists of numbers, not enumerators; 1、3月8日 begins with one."""
    plain = view.plain
    sign = found[0][-1]
    if sign == "," and not line_start:
        return False
    if sign == ",":
        # 38，刚核实 is an answer; 1，加强领导 has a 2， on another line.
        return _has_neighbour(view, found["n"], found.start(), ",")
    second = _PLAIN_NUMBER.match(plain, found.end()) if sign == "、" else None
    if second is None or not _neighbours(found["n"], second[0]):
        return True
    if unit_at(plain, second.end()) is None and plain[second.end() : second.end() + 1] not in ("、", "期"):
        return True
    return line_start and _has_neighbour(view, found["n"], found.start())


def _neighbours(first: str, second: str) -> bool:
    """True for 3、4 and for 20、30, which name one rough number where a unit follows."""
    low, high = chinese_to_decimal(first) or 0, chinese_to_decimal(second) or 0
    return high == low + 1 or (low >= 10 and low % 10 == 0 and high == low + 10)


def _has_neighbour(view: View, number: str, start: int, mark: str = "、") -> bool:
    """True where the number before or after this one opens another line."""
    value = int(number) if number.isdigit() else _ORDER.find(number) + 1
    low = max(0, start - _SIBLING_CHARS)
    before, after = view.plain[low:start], view.plain[start : start + _SIBLING_CHARS]
    earlier = str(value - 1) if number.isdigit() else _ORDER[value - 2 : value - 1]
    later = str(value + 1) if number.isdigit() else _ORDER[value : value + 1]
    if later and f"\n{later}{mark}" in after:
        return True
    return value > 1 and (f"\n{earlier}{mark}" in before or before.startswith(f"{earlier}{mark}"))


def _spoken(view: View, start: int) -> Mention | None:
    """一是, 第一，, and bare 一加强…二开展… at the head of a clause."""
    plain = view.plain
    if start > view.floor and plain[start - 1] == "第":
        if (found := _FIRST.match(plain, start - 1)) and (
            view.at_head(start - 1) or plain[start - 2 : start - 1] in (",", "、")
        ):
            return view.mention(start - 1, found.end(), Role.STRUCTURE, reason="enumerator")
        if (found := _CHAPTER.match(plain, start - 1)) and view.at_line_start(start - 1):
            return view.mention(start - 1, found.end(), Role.STRUCTURE, reason="enumerator")
        return None
    if (found := _IS.match(plain, start)) and _clause_head(view, start):
        return view.mention(start, found.end(), Role.STRUCTURE, reason="enumerator")
    if (
        _BARE.match(plain, start)
        and plain[start - 1 : start] != "、"
        and _clause_head(view, start)
        and _has_sibling(view, start)
    ):
        return view.mention(start, start + 1, Role.STRUCTURE, reason="bare_enumerator")
    return None


def _clause_head(view: View, start: int) -> bool:
    # A half-width full stop ends a sentence where no figure stands before it: 一人一格.二是……
    if view.plain[start - 1 : start] == "." and not view.plain[max(0, start - 2) : start - 1].isdigit():
        return True
    return view.at_head(start) or view.plain[start - 1] in ",、)("


def _has_sibling(view: View, start: int) -> bool:
    """A bare numeral is an enumerator only in company: 一加强…。二开展…; 一个村 and 三社区联合 are not.

    After a comma the company has to be near, 一看环境，二查台账, since a comma also ends half a sentence.
    """
    plain = view.plain
    if not _is_bare(plain, start):
        return False
    near = not view.at_head(start)
    reach, heads = (_NEAR_CHARS, ",。；;") if near else (_SIBLING_CHARS, "。；\n;,")
    at = _ORDER.find(plain[start])
    later, earlier = _ORDER[at + 1], _ORDER[at - 1] if at > 0 else ""
    return _headed(plain, later, start + 1, start + reach, heads) or (
        bool(earlier) and _headed(plain, earlier, max(0, start - reach), start, heads)
    )


def _is_bare(plain: str, start: int) -> bool:
    following = plain[start + 1 : start + 2]
    # 一些 and 一致 at the head of a clause are words, 一二 is a number.
    if not following or following in _WORD_SIGNS or following in _CN_SIGNS:
        return False
    if plain[start] == "一" and following in _WORD_SIGNS_OF_ONE:
        return False
    return unit_at(plain, start + 1) is None


def _headed(plain: str, number: str, low: int, high: int, heads: str) -> bool:
    """True where `number` stands bare behind one of `heads`, or at the start of the text."""
    if low == 0 and plain.startswith(number) and _is_bare(plain, 0):
        return True
    for head in heads:
        at = plain.find(head + number, low, high)
        if at >= 0 and _is_bare(plain, at + 1):
            return True
    return False
