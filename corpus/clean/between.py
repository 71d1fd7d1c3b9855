"""Lines that a site put between the numbered parts of a report: told by where they stand, whatever they say.

Where a report counts on (一、 … 二、), nothing of its own stands between the last sentence of a part and the next mark
but a list, a row of a table or a caption. A short line without a stop there, without a figure and without a verb of
work, is a slogan of the site, an advertisement or a button (望汀农商行助农贷款火热办理中).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.split.headings import DATE_LINE, SALUTATION, SIGNATURE, is_title, numbering, without_marks

_LONGEST = 40  # characters; a longer line may be a sentence that lost its stop
_MOST_IN_A_ROW = 3  # lines; more are a list of the report
_LONGEST_WORD_OF_SITE = 20  # characters of a sentence that may be a motto
_ENDS_SENTENCE = re.compile(r"[。！；][”’）)]?$|如下[：:]$")
_QUOTED = re.compile(r"^“[^”]{2,60}”$")
# What a report puts there: a list with verbs of work or figures, a row, whom it names or what it encloses.
_WORK = re.compile(
    r"开展|组织|加强|落实|整治|创建|完善|推进|建立|健全|制定|召开|成立|宣[传讲]|清[理运洗]|设置|发放|投入|检查|督[查办]|整改|巡查|保障|强化|深化|做好|提[升高]|规范|营造|"
    r"巩固|新[建增]|改造|拆除|修[复订缮]|培训|评选|走访|慰问|帮扶|治理|排查|抓|建设|服务|管理|问题|不足|措施|附[件表录]|联系|[：:|\t]|\s{2}|^[-—•·●]\s?\S"
)
_COUNTED = re.compile(
    r"\d[\d.,]{0,9}[万亿余多]{0,2}(?!字|页|分钟|秒|篇|楼|阅读|人?喜欢|人?赞|人?在看)[\u4e00-\u9fff%㎡]"
)
# In front of a signature less is sure, so that the line must show a site's words as well.
_TO_READERS = re.compile(
    r"[你您]|请|点[击赞开]?|关注|扫|下[载页]|本文|全文|页|阅读|看|写|搜|订阅|收藏|转发|领取|会员|群|→|↓|[A-Za-z]{3}"
)
_CAPTION = re.compile(
    r"^[（(【\[]?(?:上|下|左|右|题|配)?图(?:为|片说明|[一二三四五六七八九十\d]{0,2}\s?[：:])[^\n]{2,60}$"
    r"|^△\s?[^。；\d]{2,40}$"
    r"|^[^。；]{0,50}[。]?[（(][^（）()]{0,16}(?:摄影?|供图|绘图|制图)[)）]$"
)


def is_caption(line: str) -> bool:
    """True for the words below a picture that the text does not hold (图为…, …（通讯员 摄）). Pure."""
    return len(line) <= 70 and bool(_CAPTION.match(line))


def drop_between_parts(lines: Sequence[str], present: Sequence[int], labels: set[int], dropped: dict[int, str]) -> None:
    """Short lines of a site between the last sentence of a part and the next part or the signature go (N01)."""
    run: list[int] = []
    ended = announced = False
    for place, index in enumerate(present):
        if index in dropped:
            continue
        line, _ = without_marks(lines[index])
        mark = numbering(line)
        if index in labels:
            run, ended = [], False
        elif mark is not None or _is_signed(lines, present, place):
            counts_on = mark is not None and (mark.number > 1 or (announced and mark.level == 1))
            if counts_on or (mark is None and all(_TO_READERS.search(lines[one]) for one in run)):
                dropped.update(dict.fromkeys(run, "N01"))
            run, ended, announced = [], bool(_ENDS_SENTENCE.search(line)), False
        elif _QUOTED.match(line):
            continue  # set apart from the text, by the site or by the report: it parts nothing
        elif _ENDS_SENTENCE.search(line):
            run, ended, announced = [], True, line.endswith(("：", ":"))
        elif ended and len(run) < _MOST_IN_A_ROW and _may_be_sites(line):
            run.append(index)
        else:
            run, ended = [], False


_JUMPS = re.compile(r"(?:下转|转接?)第?\s?[A-Z]?[\d一二三四五六七八九十]{1,3}\s?[版页面][^。]{0,20}$")
_RESUMES = re.compile(r"^.{0,24}(?:上接|紧接|续接?)第?\s?[A-Z]?[\d一二三四五六七八九十]{1,3}\s?[版页面]")
_LONGEST_JUMP = 800  # characters; more may be another report


def drop_between_jumps(lines: Sequence[str], present: Sequence[int], labels: set[int], dropped: dict[int, str]) -> None:
    """What a paper prints between （下转第3版） and （上接第1版） goes where it is too short for a report (N02)."""
    run: list[int] | None = None
    for index in present:
        line = lines[index]
        if run is not None and _RESUMES.match(line):
            if sum(len(lines[one]) for one in run) <= _LONGEST_JUMP:
                dropped.update(dict.fromkeys(run, "N02"))
            run = None
        elif index in labels:
            run = None
        elif run is not None:
            run.append(index)
        if _JUMPS.search(line):
            run = []


def drop_between_site_lines(
    lines: Sequence[str], present: Sequence[int], labels: set[int], dropped: dict[int, str]
) -> None:
    """A few short lines between two lines of a site, of which none is a sentence, a mark, a title or a figure, go too:
    the name of who answers and his motto above 452 人赞同了该回答 (N01)."""
    run: list[int] = []
    after_site = False
    for index in present:
        line, _ = without_marks(lines[index])
        if index in dropped:
            if after_site and len(run) <= _MOST_IN_A_ROW:
                dropped.update(dict.fromkeys(run, "N01"))
            run, after_site = [], True
        elif (
            index in labels
            or numbering(line)
            or is_title(line)
            or SALUTATION.match(line)
            or not _may_be_sites(line)
            or (_ENDS_SENTENCE.search(line) and len(line) > _LONGEST_WORD_OF_SITE)
        ):
            run, after_site = [], False
        else:
            run.append(index)


def _is_signed(lines: Sequence[str], present: Sequence[int], place: int) -> bool:
    if place + 1 >= len(present):
        return False
    return bool(SIGNATURE.match(lines[present[place]])) and bool(DATE_LINE.match(lines[present[place + 1]]))


def _may_be_sites(line: str) -> bool:
    if len(line) > _LONGEST or SIGNATURE.match(line) or DATE_LINE.match(line):
        return False
    return not _WORK.search(line) and not _COUNTED.search(line)
