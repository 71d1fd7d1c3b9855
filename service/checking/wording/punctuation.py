"""R19, R21–R24: marks of levels, headings, adjoining titles, document numbers, pairs and widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from service.checking.wording.draft_text import DraftText
from service.checking.wording.finding import Occasion, Severity, Slip
from service.language.patterns import deferred

_AFTER_DIGIT = deferred(r"(?m)^[ \t\u3000]{0,12}\d{1,2}(?P<sign>、)(?!\d{1,3}[、号月日年])")
_AFTER_BRACKET = deferred(r"(?m)^[ \t\u3000#]{0,16}[（(][一二三四五六七八九十\d]{1,3}[）)](?P<sign>[、.．，])")
_AFTER_ORDINAL = deferred(
    r"(?m)(?:^[ \t\u3000]{0,12}|(?<=[。；：]))第[一二三四五六七八九]{1}(?P<sign>、)(?!第?[一二三四五六七八九十])"
)
_AFTER_FIRST = deferred(r"(?:(?<=[。；：\n])|^)(?:首先|其次|再次|最后)(?P<sign>、)")


def level_mark(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R19: 1、 for 1. and （一）、 for （一）."""
    for pattern, message, mended in (
        (_AFTER_DIGIT, "阿拉伯数字序号后用下脚点“.”，不用顿号。", "."),
        (_AFTER_BRACKET, "带括号的序号后不加标点。", ""),
        (_AFTER_ORDINAL, "“第一、第二”等序数词后用逗号。", "，"),
        (_AFTER_FIRST, "“首先、其次”等词后用逗号。", "，"),
    ):
        for found in pattern.finditer(draft.own):
            yield Slip(found.start("sign"), found.end("sign"), message, mended)


_LONGEST_HEADING = 30
# （一）各单位要高度重视，认真落实。 is a sentence that stands as an item, 一、加强领导，健全机制。 a heading.
_SENTENCE_SIGN = deferred(r"[。！？；：\d要已了我应须将各]|，[^，]{0,28}，")


def heading_stop(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R21: a full stop after a heading that stands alone.

    A row of short sentences （一）…。（二）…。 is a list, not headings: a heading has unmarked text under it.
    """
    lines = draft.lines
    for line, below in pairwise(lines):
        shown = draft.raw[line.start : line.end].rstrip()
        body = shown[line.body_start - line.start :]
        short = len(shown) < _LONGEST_HEADING and not _SENTENCE_SIGN.search(body[:-1])
        over_text = below.level == 0 or below.level > line.level
        if line.level in (1, 2) and body.endswith("。") and len(body) > 2 and short and over_text:
            at = line.start + len(shown) - 1
            yield Slip(at, at + 1, "单独成行的标题末尾不用句号。", "")


_ADJOINING = deferred("(?<=[》”])、(?=[《“])")


def adjoining_titles(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R22: 《方案》、《办法》 for 《方案》《办法》."""
    for found in _ADJOINING.finditer(draft.raw):
        yield Slip(found.start(), found.end(), "并列的书名号、引号之间通常不用顿号。", "")


_BRACKETED_YEAR = deferred(
    r"(?<=[\u4e00-\u9fff])[\[【（(《［\{]((?:19|20)\d\d)[\]】）)》］\}]\s?(?:第\s?)?0{0,3}([1-9]\d{0,3})号"
)
_PADDED_NUMBER = deferred(r"〔((?:19|20)\d\d)年?〕\s?(?:第\s?0{0,3}|0{1,3})([1-9]\d{0,3})号")
_SHORT_YEAR = deferred(r"(?<=[\u4e00-\u9fff])[〔\[［【](\d\d)[〕\]］】]\s?(?:第\s?)?0{0,3}([1-9]\d{0,3})号")


def document_number(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R23: 〔2024〕8号, no other bracket, no 第, no zeros, a full year."""
    message = "发文字号的年份用六角括号“〔〕”，不加“第”，不补零。"
    for pattern in (_BRACKETED_YEAR, _PADDED_NUMBER):
        for found in pattern.finditer(draft.raw):
            yield Slip(found.start(), found.end(), message, f"〔{found[1]}〕{found[2]}号")
    for found in _SHORT_YEAR.finditer(draft.raw):
        yield Slip(
            found.start(), found.end(), "发文字号的年份写四位数，用六角括号“〔〕”。", f"〔20{found[1]}〕{found[2]}号"
        )


_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "【": "】", "〔": "〕", "「": "」"}
_CLOSING = {right: left for left, right in _PAIRS.items()}
_LONE_BRACKET = deferred(r"(?:^|[\s。；：，])(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z①-⑳])$")


def pairs(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R24: marks that do not close within their paragraph, and the same quotation marks inside each other."""
    for line in draft.lines:
        yield from _line_pairs(draft.raw, line.start, line.end)


_PAIR_SIGN = deferred("[“”‘’《》（）【】〔〕「」()]")


def _line_pairs(raw: str, start: int, end: int) -> Iterator[Slip]:
    waiting: list[tuple[str, int]] = []
    nested: list[tuple[int, str]] = []
    # How many of each sign wait, counted so that 50,000 brackets in one line are not searched again and again.
    depth = dict.fromkeys(_PAIRS, 0)
    for found in _PAIR_SIGN.finditer(raw, start, end):
        sign, at = found.group().translate(_WIDE_BRACKETS), found.start()
        if sign in _PAIRS:
            if sign == "“" and depth["“"]:
                nested.append((at, "‘"))
            waiting.append((sign, at))
            depth[sign] += 1
            continue
        if depth[_CLOSING[sign]]:
            while waiting[-1][0] != _CLOSING[sign]:
                depth[waiting[-1][0]] -= 1
                yield _unclosed(*waiting.pop())
            depth[_CLOSING[sign]] -= 1
            waiting.pop()
            if sign == "”" and depth["“"]:
                nested.append((at, "’"))
        # 1）, a） and ①） close nothing by custom, and ’ may be an apostrophe in a foreign name.
        elif sign != "’" and not (sign == "）" and _LONE_BRACKET.search(raw[max(start, at - 3) : at])):
            yield Slip(at, at + 1, f"“{sign}”前面没有对应的“{_CLOSING[sign]}”。")
    if waiting:
        yield from (_unclosed(*one) for one in waiting)
        return
    for at, mended in nested:
        yield Slip(at, at + 1, "双引号里面再用引号，里层用单引号。", mended)


_WIDE_BRACKETS = str.maketrans("()", "（）")


def _unclosed(sign: str, at: int) -> Slip:
    return Slip(at, at + 1, f"“{sign}”在本段没有对应的“{_PAIRS[sign]}”。")


_HALF_WIDTH = deferred(r"(?<=[\u4e00-\u9fff”》）])[,;:?!](?=[\u4e00-\u9fff“《（\d]|[ \t]{0,4}$)", re.MULTILINE)
_HALF_BRACKETS = deferred(r"(?<!\])\(([^()\n]{0,60}[\u4e00-\u9fff][^()\n]{0,60})\)")
_STRAIGHT_QUOTES = deferred(r'(?<=[\u4e00-\u9fff，。；：、（\s])"([^"\n]{1,60})"(?=[\u4e00-\u9fff，。；：、）\s]|$)')
_HALF_STOP = deferred(r"(?<=[\u4e00-\u9fff”》）])\.(?=[\u4e00-\u9fff]|[ \t]{0,4}$)", re.MULTILINE)
_WIDE = str.maketrans(",;:?!", "，；：？！")


def widths(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R24: half-width marks between Chinese characters; never inside 4:30, 12,000 or an address."""
    weight = Severity.SUGGESTION
    for found in _HALF_WIDTH.finditer(draft.own):
        yield Slip(found.start(), found.end(), "中文里用全角标点。", found.group().translate(_WIDE), weight)
    for found in _HALF_STOP.finditer(draft.own):
        yield Slip(found.start(), found.end(), "中文句末用“。”。", "。", weight)
    for found in _HALF_BRACKETS.finditer(draft.untitled):
        mended = f"（{draft.raw[found.start() + 1 : found.end() - 1]}）"
        yield Slip(found.start(), found.end(), "中文里用全角括号。", mended, weight)
    for found in _STRAIGHT_QUOTES.finditer(draft.untitled):
        mended = f"“{draft.raw[found.start() + 1 : found.end() - 1]}”"
        yield Slip(found.start(), found.end(), "中文里用弯引号“”。", mended, weight)


# 《》 turned to round brackets on the way through a web page: 学习(行政许可法). A remark like （含实施办法） follows no
# such verb.
_LOST_TITLE = deferred(
    r"(?:按照|根据|依据|依照|对照|学习|贯彻|落实|执行|印发|下发|制定|制订|修订|出台|宣传|颁布|发布|[）)]、)了?"
    r"(?P<title>[（(](?P<name>[\u4e00-\u9fff]{2,30}(?:法|条例|办法|纲要|规定|细则|准则|公约|守则|实施方案|实施意见))[）)])"
)


def lost_title_marks(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R24: 学习(行政许可法) for 学习《行政许可法》."""
    for found in _LOST_TITLE.finditer(draft.own):
        message = "法规、文件名称用书名号，不用括号。"
        yield Slip(found.start("title"), found.end("title"), message, f"《{found['name']}》", Severity.SUGGESTION)


_PILED = deferred("[：:]。|。{2,6}|[，、；]。|。[，、；]|，{2,4}|、{2,4}|；{2,4}|，、|、，|：，|，；|！。|？。")


def piled_marks(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R24: two marks where one belongs, as 如下：。 left by a machine."""
    for found in _PILED.finditer(draft.own):
        signs = found.group()
        if len(signs) >= 3 and set(signs) == {"。"}:
            yield Slip(found.start(), found.end(), "省略号写“……”；若是缺了内容，请补齐。", None)
            continue
        mended = next((sign for sign in "：:！？。；，、" if sign in signs), signs[0])
        yield Slip(
            found.start(), found.end(), f"标点重叠，宜只留“{mended.replace(':', '：')}”。", mended.replace(":", "：")
        )
