"""The labels that part a page into reports (N05): 篇一, 范文2, 第3篇, a title repeated, with （一） or without."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.split.headings import TITLE_NOUN, chinese_number, is_title, numbering, without_marks

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_WORD = r"(?:篇|范文|样稿|样文|案例|范例|样本|样例|模板|例文|例|文章|材料)"
# 篇一, 【篇1】, 第三篇, 范文二：, each alone, behind a title, or before the report's own title.
_MARKED = re.compile(
    rf"^(?P<prefix>[^。；！？\n]{{0,70}}?)[\s_\-—|【\[（(《*]{{0,3}}"
    rf"(?P<label>{_WORD}\s?(?P<a>{_NUMBER})|第\s?(?P<b>{_NUMBER})\s?{_WORD})"
    rf"[\s】\]）)》*]{{0,3}}(?:[：:、.—\-\s]{{1,3}}(?P<rest>[^。；！？\n]{{0,60}}))?$"
)
# 【篇一】and the title right behind it.
_BRACKETED = re.compile(
    rf"^(?P<prefix>)[【\[](?P<label>{_WORD}\s?(?P<a>{_NUMBER})|第\s?(?P<b>{_NUMBER})\s?{_WORD})[】\]]\s?"
    rf"(?P<rest>[^。；！？【】\n]{{2,60}})$"
)
_ANY_LABEL = re.compile(rf"[【\[（(](?:{_WORD}\s?{_NUMBER}|第\s?{_NUMBER}\s?{_WORD})[】\]）)]")
# A title with a bare number behind it counts only when the same title comes again with the next number.
_NUMBERED_TITLE = re.compile(
    rf"^(?P<prefix>[^。；！？\n]{{2,60}}(?:{TITLE_NOUN})(?:范文|模板|大全|精选)?)\s?"
    rf"(?P<label>[（(【\[]\s?(?P<a>{_NUMBER})\s?[)）】\]]|之?\s?(?P<b>{_NUMBER}))[：:]?$"
)


_LEAST_REPORT_CHARS = 120
_ORNAMENTS = " 【[（(《*◎●■★◆◇※▲"


@dataclass(frozen=True, slots=True)
class Label:
    """A label line: its index in the lines given, the words of the label, and the titles around it ("" where none).

    `prefix` is the title of the page repeated before the label, `rest` the report's own title behind it.
    """

    index: int
    label: str
    prefix: str
    rest: str


def find_labels(lines: Sequence[str]) -> tuple[Label, ...]:
    """The labels of a page in order; empty where it holds one report. Pure.

    A series counts when its numbers rise from line to line. Of several series the one with most labels is the page's:
    a plan with 第一篇 and 第二篇 inside a report of 篇一…篇十三 would otherwise break it.
    """
    series: dict[tuple[str, str], list[tuple[int, int, Label]]] = defaultdict(list)
    repeated: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        plain, _ = without_marks(line)
        if not plain or len(plain) > 110:
            continue
        if is_list_of_labels(plain):
            continue
        if found := _MARKED.match(plain) or _BRACKETED.match(plain):
            kind = re.sub(r"[\d一二三四五六七八九十\s]", "", found["label"])
            number = chinese_number(found["a"] or found["b"])
            label = Label(
                index,
                re.sub(r"\s", "", found["label"]),
                found["prefix"].strip(_ORNAMENTS),
                (found["rest"] or "").strip(" |｜"),
            )
            series["marked", kind].append((index, number, label))
        elif found := _NUMBERED_TITLE.match(plain):
            number = chinese_number(found["a"] or found["b"])
            label = Label(index, re.sub(r"\s", "", found["label"]), found["prefix"].strip(), "")
            series["title", found["prefix"].strip()].append((index, number, label))
        elif is_title(plain):
            repeated[plain].append(index)
    best: list[Label] = []
    for (sort, _), members in series.items():
        run = _rising(members, lines)
        if (
            len(run) >= 2 or (sort == "marked" and len(run) == 1 and run[0][1] == 1 and len(run[0][2].prefix) < 60)
        ) and len(run) > len(best):
            best = [label for _, _, label in run]
    for title, places in repeated.items():
        # The title of the page stands twice at its head on many sites; a third time, or far apart, it parts reports.
        apart = [place for place, after in zip(places, [*places[1:], len(lines)], strict=True) if after - place > 6]
        if len(apart) >= 2 and len(apart) > len(best):
            best = [Label(place, str(number), title, "") for number, place in enumerate(apart, 1)]
    return tuple(_title_before(best) or _numbered_titles(lines) or _counted_titles(lines) or _bare_counters(lines))


def is_list_of_labels(line: str) -> bool:
    """True for a line of links to the parts of a page: 目录 【篇一】 【篇二】 【篇三】. Pure."""
    return len(_ANY_LABEL.findall(line)) >= 2


def _title_before(labels: Sequence[Label]) -> list[Label]:
    """Labels behind which the same words stand every time: those are the page's title and nobody's own."""
    repeated = {label.rest for label in labels}
    if len(labels) < 2 or len(repeated) > 1 or not labels[0].rest:
        return list(labels)
    return [Label(label.index, label.label, label.prefix or label.rest, "") for label in labels]


# PART.01, No.2, （3）, #4, 03: whatever counts alone on its line, again and again, each before a text of its own.
_BARE_COUNTER = re.compile(r"^(?P<before>[^\d\n，。；：]{0,8}?)0?(?P<number>\d{1,2})(?P<after>[^\d\n，。；：]{0,4})$")


def _bare_counters(lines: Sequence[str]) -> list[Label]:
    series: dict[tuple[str, str], list[tuple[int, int, Label]]] = defaultdict(list)
    for index, line in enumerate(lines):
        plain, _ = without_marks(line)
        found = _BARE_COUNTER.match(plain.strip())
        if found and not re.search(r"[年月日页篇条]", found["after"]):
            shape = (found["before"].strip().lower(), found["after"].strip())
            series[shape].append((index, int(found["number"]), Label(index, plain.strip(), "", "")))
    best: list[Label] = []
    for members in series.values():
        run = _rising(members, lines)
        if not run:
            continue
        ends = [index for index, _, _ in run[1:]] + [len(lines)]
        sizes = [sum(map(len, lines[index + 1 : end])) for (index, _, _), end in zip(run, ends, strict=True)]
        # An appeal or a row of slogans between two reports may be short; most parts are reports.
        long = sum(size >= _LEAST_REPORT_CHARS for size in sizes)
        if len(run) >= 2 and run[0][1] == 1 and long >= max(2, len(run) - 1) and len(run) > len(best):
            best = [label for _, _, label in run]
    return best


def _numbered_titles(lines: Sequence[str]) -> list[Label]:
    """1.文明校园工作汇报, 2.文明村镇工作汇报: numbered titles part a page where each heads a report with an own 一、.

    一、工作总结 and 二、工作计划 inside one report have no 一、 of their own between them.
    """
    series: dict[int, list[tuple[int, int, Label]]] = defaultdict(list)
    for index, line in enumerate(lines):
        mark = numbering(line)
        plain, _ = without_marks(line)
        if mark is not None and is_title(plain[mark.length :]):
            label = Label(index, plain[: mark.length].strip(" 、．.【】[]()（）"), "", plain[mark.length :])
            series[mark.level].append((index, mark.number, label))
    for members in series.values():
        run = _rising(members, lines)
        ends = [index for index, _, _ in run[1:]] + [len(lines)]
        if len(run) >= 2 and all(
            _holds_report(lines[index + 1 : end]) for (index, _, _), end in zip(run, ends, strict=True)
        ):
            return [label for _, _, label in run]
    return []


# 创城报告怎么写1, 创城报告怎么写2: whatever the page is called, with a rising number behind it.
_COUNTED = re.compile(
    r"^(?P<prefix>[^，。；：！\d\n]{4,60}?)\s?[（(【]?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})[)）】]?[：:]?$"
)
_COUNTED_PARTS = re.compile(r"(?:附件|附表|附录|附图|表|图|注|阶段|期|组|号|第)$")


def _counted_titles(lines: Sequence[str]) -> list[Label]:
    """Lines that repeat the same words with 1, 2, 3 … behind them, each before a report of its own."""
    series: dict[str, list[tuple[int, int, Label]]] = defaultdict(list)
    for index, line in enumerate(lines):
        plain, _ = without_marks(line)
        found = _COUNTED.match(plain) if len(plain) <= 64 else None
        if found and not _COUNTED_PARTS.search(found["prefix"]) and numbering(plain) is None:
            prefix = found["prefix"].strip()
            series[prefix].append((index, chinese_number(found["number"]), Label(index, found["number"], prefix, "")))
    for members in series.values():
        run = _rising(members, lines)
        if len(run) < 2 or run[0][1] != 1:
            continue
        ends = [index for index, _, _ in run[1:]] + [len(lines)]
        sizes = [sum(map(len, lines[index + 1 : end])) for (index, _, _), end in zip(run, ends, strict=True)]
        if min(sizes) >= _LEAST_REPORT_CHARS:
            return [label for _, _, label in run]
    return []


def _holds_report(lines: Sequence[str]) -> bool:
    return any((mark := numbering(line)) and mark.level == 1 and mark.number == 1 for line in lines) and any(
        len(line) >= 40 for line in lines
    )


def _rising(members: list[tuple[int, int, Label]], lines: Sequence[str]) -> list[tuple[int, int, Label]]:
    """The members whose numbers go on from the one before; a table of contents at the head is passed over.

    It holds 篇一, 篇二, 篇三 in adjacent lines or above a few words of each, and the labels come again below.
    """
    runs: list[list[tuple[int, int, Label]]] = []
    for member in members:
        if runs and runs[-1][-1][1] < member[1] <= runs[-1][-1][1] + 3:
            runs[-1].append(member)
        else:
            runs.append([member])
    runs = [run for run in runs if run[0][1] <= 2 or len(run) > 1]
    spread = [run for run in runs if len(run) < 2 or _are_spread(run, lines)]
    return max(spread or runs, key=lambda run: (len(run), _text_between(run, lines)), default=[])


def _are_spread(run: Sequence[tuple[int, int, Label]], lines: Sequence[str]) -> bool:
    """True where texts stand between the labels: several lines, or one that holds a whole report."""
    parts = len(run) - 1
    return run[-1][0] - run[0][0] >= 3 * parts or _text_between(run, lines) >= _LEAST_REPORT_CHARS * parts


def _text_between(run: Sequence[tuple[int, int, Label]], lines: Sequence[str]) -> int:
    return sum(map(len, lines[run[0][0] + 1 : run[-1][0]]))
