"""What stands outside a report by its place: above its title, and below its dated signature.

Words tell much furniture, but every site finds new ones. Where a report begins and ends tells the rest: short lines
without a sentence above the last line of the site's head are the site's too (the form of a login, a motto), and so is
whatever follows a signature with its date before the next report begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.split.headings import DATE_LINE, SALUTATION, SIGNATURE, is_title, numbering, without_marks

_LONGEST_HEAD_LINE = 60
_LONGEST_TAIL_LINE = 80
_SHORT, _MANY_ABOVE = 24, 4

# What an office writes below its signature, and what its paper carries above the title.
_OF_THE_PAPER = re.compile(
    r"^[（(【]?\s?(?:附件|附表|附录|附注|附图|附\s?[：:\d]|抄送|抄报|主送|报送|[报送发]\s?[：:]|主题词|联系|印发|共印|备注|注\s?[：:]|签发|经办|填报|填表|单位(?:负责人|盖章)|此[件文])"
)
_DOCUMENT_NUMBER = re.compile(
    r"[〔\[【（(](?:19|20)[\dxX×*_]{2}[〕\]】）)]\s?第?\s?\S{1,5}\s?号|文件$|^(?:密级|特急|急件|内部)"
)
# What may be the first half of a title; 正文预览（共4页） is none.
_HALF_TITLE = re.compile(r"^[\u4e00-\u9fff《》“”、\d]{2,30}$")
_SENTENCE = re.compile(r"[^。！？]{15}[。！？]")
_PARTED = re.compile(r"[|｜·]|\s{1,4}\S{1,12}\s{1,4}|[：:]|[>»→]")


def drop_above_title(lines: Sequence[str], head: Sequence[int], labels: set[int], dropped: dict[int, str]) -> None:
    """Short lines above the last line of the site's head are the site's, whatever they say.

    `head` are the lines before the first content. A title stays, and what its paper carries above it; so does a line
    that stands right upon the title, which may be its first half.
    """
    certain = [index for index in head if index in dropped]
    titles = [index for index in head if index not in dropped and is_title(lines[index])]
    if not certain and not _many_above(lines, head, titles):
        return
    last = max([*certain[-1:], *titles[-1:]])
    for index in head:
        line, _ = without_marks(lines[index])
        if index >= last or index in dropped or index in labels:
            continue
        if len(line) > _LONGEST_HEAD_LINE or _SENTENCE.search(line) or numbering(line) or _DOCUMENT_NUMBER.search(line):
            continue
        is_upon_title = index + 1 < len(lines) and is_title(lines[index + 1]) and bool(_HALF_TITLE.match(line))
        if not is_title(line) and not SALUTATION.match(line) and not is_upon_title:
            dropped[index] = "N01"


# Who posts a report speaks to readers first: 谢邀，一字未改。 再补一篇，帮亲戚改的：
_POSTS = re.compile(
    r"谢邀|题主|楼主|楼上|答主|利益相关|匿了|占楼|沙发|亲测|手打|码字|求赞|求采纳|不谢|自取|拿去|拿走|直接上|上干货|干货|一字未改|一字不改|原样|原汁原味|见笑|献丑|抛砖引玉|轻拍|"
    r"(?:贴|发|放|补|传|晒)(?:[一几两三]?[篇份个段]|上来|出来|过来|在下面|在这里|下面)|再[来发补贴]一?[篇份个]|给大家(?:看|参考|分享)|(?:上面|楼上)[^，。]{0,8}[，的]|帮[^，。]{1,12}[写改]的|"
    r"(?:我|俺|咱)(?:去年|前年|以前|之前|自己|当时)?写的|旧电脑|备份|新手(?:一枚|求|上路)|[急跪]求|大神|悬赏|在线等|下面这[篇份个]|如下[。：↓]?$|[↓👇]|看正文|贴在下面|附后"
)
# 第三个我来，字数限制比较死：, with a stop inside, brings what follows; no unit speaks so.
_BRINGS = re.compile(
    r"^(?=[^：]{0,30}(?:我(?![市区县旗镇乡村街社局委办处院校系站所馆园厂队行公单中党省国们])|你|咱|俺|大家|大佬))"
    r"[^。；：]{2,20}[，,][^。；：]{2,40}[：:↓]$"
)
_LONGEST_POST = 100  # characters
_MOST_POSTED = 3  # lines
_SURELY_POSTED = 2  # such words beside a figure


def _many_above(lines: Sequence[str], head: Sequence[int], titles: Sequence[int]) -> bool:
    """True where so many short lines stand above the last title that no paper carries them; 报送单位：… is a field."""
    above = [lines[index] for index in head if titles and index < titles[-1] and not is_title(lines[index])]
    plain = [line for line in above if len(line) <= _SHORT and not re.search(r"[，。；！？]", line)]
    return len(plain) >= _MANY_ABOVE and len(plain) >= 0.7 * len(above)


def drop_posters_words(lines: Sequence[str], present: Sequence[int], labels: set[int], dropped: dict[int, str]) -> None:
    """What a person who posts a report says to readers between the site's lines and the report (N03).

    One line of a few must show it; a line with a number, a figure or a salutation ends them.
    """
    run: list[int] = []
    after_site = True
    for index in present:
        line, _ = without_marks(lines[index])
        if index in dropped or index in labels:
            run, after_site = [], True
        elif after_site and len(run) < _MOST_POSTED and _may_be_posted(line):
            run.append(index)
        else:
            shown = [place for place, one in enumerate(run) if _POSTS.search(lines[one]) or _BRINGS.match(lines[one])]
            if shown:
                dropped.update(dict.fromkeys(run[: shown[-1] + 1], "N03"))
            # A report may be signed above the words that bring the next.
            run, after_site = [], bool(DATE_LINE.match(line))


def _may_be_posted(line: str) -> bool:
    if not 4 <= len(line) <= _LONGEST_POST or is_title(line) or SALUTATION.match(line) or numbering(line):
        return False
    if re.search(r"\d", line) and len(set(_POSTS.findall(line))) < _SURELY_POSTED:
        return False
    return not re.search(r"现将|汇报如下|报告如下", line) and not DATE_LINE.match(line) and not SIGNATURE.match(line)


def drop_below_signature(
    lines: Sequence[str], present: Sequence[int], labels: set[int], dropped: dict[int, str]
) -> None:
    """Whatever short stands between a report's signature with its date and the next report is the site's.

    A signature counts only below sentences of a report: under a title it stands above them.
    """
    has_content = False
    for place, index in enumerate(present):
        if index in labels:
            has_content = False
        elif index in dropped:
            continue
        elif _is_signed(lines, present, place, dropped) and has_content:
            _drop_until_report(lines, present[place + 1 :], labels, dropped)
            has_content = False
        else:
            has_content = has_content or _is_content(lines[index])


def drop_after_site(lines: Sequence[str], inside: Sequence[int], dropped: dict[int, str]) -> None:
    """Once the site has begun to speak behind the last sentence of a report, no short line below is the report's.

    `inside` are the lines of one part of the page.
    """
    last = max((place for place, index in enumerate(inside) if _ends_report(lines, index, dropped)), default=-1)
    below = inside[last + 1 :] if last >= 0 else []
    begun = False
    for place, index in enumerate(below):
        if _begins_table(lines, below[place : place + 3]):
            break
        begun = begun or index in dropped
        line = lines[index]
        if begun and len(line) <= _LONGEST_TAIL_LINE and not _OF_THE_PAPER.match(line) and not is_title(line):
            dropped.setdefault(index, "N01")


def begin_of_report(lines: Sequence[str], before: Sequence[int], is_sites: Callable[[str], bool]) -> int | None:
    """The title among the lines `before` a report's first sentence, None where none stands upon it.

    Between both there may be whom the report addresses, and lines of the site (its date).
    """
    for index in reversed(before):
        if is_title(lines[index]):
            return index
        if not SALUTATION.match(lines[index]) and not is_sites(lines[index]):
            return None
    return None


def _is_signed(lines: Sequence[str], present: Sequence[int], place: int, dropped: dict[int, str]) -> bool:
    """True for the second line of a signature and its date, in either order."""
    if place == 0 or present[place - 1] in dropped:
        return False
    line, before = lines[present[place]], lines[present[place - 1]]
    dated = bool(DATE_LINE.match(line)) and bool(SIGNATURE.match(before))
    return dated or (bool(SIGNATURE.match(line)) and bool(DATE_LINE.match(before)))


def _drop_until_report(lines: Sequence[str], after: Sequence[int], labels: set[int], dropped: dict[int, str]) -> None:
    below: list[int] = []
    for place, index in enumerate(after):
        line, _ = without_marks(lines[index])
        if _begins_table(lines, after[place : place + 3]):
            break
        if index in labels or _OF_THE_PAPER.match(line) or SIGNATURE.match(line) or DATE_LINE.match(line):
            break
        if _is_content(line) or is_title(line) or SALUTATION.match(line) or len(line) > _LONGEST_TAIL_LINE:
            # The line upon a report that begins may be its title, though no kind of document ends it.
            if below and below[-1] not in dropped and not _PARTED.search(lines[below[-1]]) and not is_title(line):
                below.pop()
            break
        below.append(index)
    for index in below:
        dropped.setdefault(index, "N01")


def _begins_table(lines: Sequence[str], following: Sequence[int]) -> bool:
    """True for rows of as many cells, figures among them: what an office sets below its signature as an annex."""
    rows = [lines[index].split(" | ") for index in following]
    cells = {len(row) for row in rows[:2]}
    if len(rows) < 2 or len(cells) != 1 or cells == {1}:
        return False
    return any(re.search(r"\d", cell) for row in rows for cell in row)


def _is_content(line: str) -> bool:
    plain, _ = without_marks(line)
    return numbering(plain) is not None or (len(plain) >= 40 and "。" in plain)


def _ends_report(lines: Sequence[str], index: int, dropped: dict[int, str]) -> bool:
    line = lines[index]
    return index not in dropped and (
        _is_content(line) or bool(DATE_LINE.match(line)) or bool(SIGNATURE.match(line)) or bool(_SENTENCE.search(line))
    )
