"""How a line shows its place in a report: numbered headings, titles, salutations, signatures, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}

_MARKS = re.compile(r"^(#{1,6})\s{0,3}(.*)$")
_LEVEL_1 = re.compile(r"^([一二三四五六七八九十]{1,3})\s?[、．.，,](?![一二三四五六七八九十]{1,2}[、期号楼])\s{0,4}")
_PART = re.compile(r"^第([一二三四五六七八九十]{1,3})(?:部分|章)[、：:，,\s]{0,3}")
_LEVEL_2 = re.compile(r"^[（(]([一二三四五六七八九十]{1,3})[)）]\s?[、．.，,]?\s{0,4}")
_LEVEL_3 = re.compile(r"^(\d{1,2})\s?(?:[、．]|\.(?!\d)|．)\s{0,4}")
_LEVEL_4 = re.compile(r"^(?:[（(【\[](\d{1,2})[)）】\]]|(\d{1,2})[)）]|([①-⑳]))\s?[、．.]?\s{0,4}")
_BLOCK = re.compile(
    r"^(?:([一二三四五六七八九十]{1,2})(?:是|要|抓|个|方面是)|第([一二三四五六七八九十])[，,、：:])(?!系列|月|年|次性|级|律)"
)
DATE_LINE = re.compile(
    r"^[（(]?(?:(?:19|20)\d\d|二[〇○零Oo０][〇○零Oo一二三四五六七八九０]{2}|〔MASK:year〕)\s?年\s?"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3}|〔MASK:num〕)\s?月\s?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3}|〔MASK:num〕)\s?[日号])?)?"
    r"[)）]?。?$"
)
_ORGAN = (
    "局|委|办|(?<![一二三四五六七八九十两几余数\\d])处|院|校|会|社区|街道|办事处|镇|乡|县|区|市|政府|党委|党工委|党组|公司|集团|中心|小学|中学|大学|学院|幼儿园|医院|站|所|馆|队|银行|支行|"
    "[一二三四五六七八九十附][小中]|支部|总支|部|室|厅|村|领导小组|指挥部|委员会|居委会|村委会|协会|园|厂|段|矿|分局|学校"
)
SIGNATURE = re.compile(rf"^[^，。；：、！？\s]{{2,28}}(?:{_ORGAN})(?:[（(][^（）()]{{1,6}}[）)])?$")
SALUTATION = re.compile(
    rf"^(?:尊敬的|各位)?[^，。；！？\n]{{2,40}}(?:{_ORGAN}|领导|同志们|同志|专家|委员|代表|评委|朋友们|组)[：:]$"
)
TITLE_NOUN = (
    "自查报告|自检自查报告|整改报告|整改情况报告|整改情况|整改落实情况|情况报告|工作报告|总结报告|自评报告|报告|工作总结|总结|汇报材料|工作汇报|情况汇报|进展汇报|"
    "汇报|实施方案|工作方案|行动方案|活动方案|整治方案|方案|工作计划|计划|申报材料|申报书|申报表|先进事迹材料|事迹材料|经验材料|材料|情况说明|指标说明|说明|"
    "工作要点|工作安排|进展情况|开展情况|完成情况|工作情况|情况|意见|规划|台账|清单|做法|经验"
)
_TITLE = re.compile(
    rf"(?:{TITLE_NOUN})(?:[（(【\[][^（）()【】\[\]]{{1,24}}[）)】\]])?(?:（摘要）|范文|模板|样本|大全|精选|集锦|集合|汇编|通用)?(?:[（(]?[^（）()\n]{{0,6}}\d{{1,2}}[篇份][^（）()\n]{{0,4}}[)）]?)?$"
)
_TERMINAL = re.compile(r"[。！？!?；;]$")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbering a line begins with: level 1 一、, 2 （一）, 3 1., 4 (1); `number` from 1; `length` of the mark."""

    level: int
    number: int
    length: int


def chinese_number(text: str) -> int:
    """The value of a Chinese or ASCII number below 100; 0 where it is none. Pure."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    value = 0
    for char in text:
        if char not in _DIGITS:
            return 0
        value = value * 10 + _DIGITS[char]
    return value


def without_marks(line: str) -> tuple[str, int]:
    """The line without Markdown `#` marks, and their count (0 for a plain line). Pure."""
    found = _MARKS.match(line)
    return (found[2].strip().strip("#").strip(), len(found[1])) if found else (line, 0)


def numbering(line: str) -> Numbered | None:
    """The numbering `line` begins with, `#` marks aside; None for a plain line. Pure.

    二、三期工程 is no heading: a number that is followed by another belongs to the words.
    """
    plain, _ = without_marks(line)
    for level, pattern in ((1, _LEVEL_1), (1, _PART), (2, _LEVEL_2), (3, _LEVEL_3)):
        if (found := pattern.match(plain)) and (number := chinese_number(found[1])):
            return Numbered(level, number, found.end())
    if found := _LEVEL_4.match(plain):
        mark = found[1] or found[2]
        number = int(mark) if mark else ord(found[3]) - ord("①") + 1
        return Numbered(4, number, found.end())
    return None


def block_number(line: str) -> int:
    """N where `line` begins with N是, N要, N抓 or 第N，; else 0. Pure."""
    found = _BLOCK.match(line)
    return chinese_number(found[1] or found[2]) if found else 0


def is_title(line: str) -> bool:
    """True where `line` reads as a title: short, unnumbered, ending in the name of a kind of document."""
    plain = without_marks(line)[0].lstrip("◎●■★◆◇※▲—- ")
    if not 5 <= len(plain) <= 60 or numbering(plain) or block_number(plain) or _TERMINAL.search(plain):
        return False
    bare = re.sub(r"《[^》]*》|“[^”]*”", "", plain)
    if plain.endswith(("：", ":")) or re.search(r"[，。；！？]", bare):
        return False
    return bool(_TITLE.search(plain))


def is_heading_like(line: str) -> bool:
    """True for a short line without a stop that could head a part of a report."""
    plain, marks = without_marks(line)
    if DATE_LINE.match(plain) or SALUTATION.match(plain):
        return False
    return bool(marks) or (2 <= len(plain) <= 32 and not re.search(r"[。！？；：，,:]$|[。；]|[|]", plain))


def is_sentence_end(line: str) -> bool:
    """True where `line` ends as a sentence or a quotation may end."""
    return bool(re.search(r"[。！？!?：:；;…”》）)】]$", line))
