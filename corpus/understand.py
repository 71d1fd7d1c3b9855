"""A file understood: read → clean → labels → reports → sections → genre, unit, year, damage. Read this file first.

Every line of a page ends in exactly one place: in a report, in a text that is no report, or among the dropped lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from corpus.classify.damage import find_damage, usable_for
from corpus.classify.describe import describe
from corpus.classify.not_report import not_report_reason
from corpus.clean.changes import CleanLine
from corpus.clean.clean_page import clean_page
from corpus.clean.masks import TOKEN
from corpus.read.limits import ReadLimits
from corpus.read.read_file import read_file
from corpus.read.values import FileText
from corpus.split.breaks import find_breaks
from corpus.split.headings import DATE_LINE, is_title, numbering, without_marks
from corpus.split.inner import split_inner
from corpus.split.labels import Label, find_labels
from corpus.split.sections import split_sections
from corpus.version import understanding_version
from service.domain.page import Change, Dropped, LeftOut, NotReport, Page, page_id_of
from service.domain.report import Report

# A report can stand before the first label; less than this is a site's own introduction.
_LEAST_HEAD_REPORT_CHARS = 200
# What a file of another name is called while it is understood, by what it is.
_ENDINGS = {"word": ".docx", "page": ".html", "ledger": ".xlsx", "markdown": ".md"}
_DOCUMENT_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{1,12}[〔\[（(【](?:(?:19|20)\d\d|〔MASK:year〕)[〕\]）)】]\s?(?:第?\d{1,4}|〔MASK:num〕)号$"
)


@dataclass(frozen=True)
class FileUnderstood:
    """Everything understood of one document, in the order of the page. `warnings` are Chinese sentences for people,
    `left_out` is what reading did not take into the text (comments, hidden text …).

    `text` is the page before cleaning; the lines of all else are counted in it. `name` is the name it was understood
    by, whose ending says what it is; "" where that is `source`, which holds its folder or archive too.
    """

    source: str
    reports: tuple[Report, ...]
    dropped: tuple[Dropped, ...]
    not_reports: tuple[NotReport, ...]
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()
    text: str = ""
    left_out: tuple[LeftOut, ...] = ()
    name: str = ""

    def as_page(self, source: str) -> Page:
        """The page as the shelf keeps it, shown to people as `source`; not yet said to be stored whole."""
        return Page(
            page_id_of(self.text),
            source,
            self.name or self.source,
            self.text,
            self.changes,
            self.dropped,
            self.not_reports,
            left_out=self.left_out,
        )


@dataclass(frozen=True)
class _Block:
    """The lines under one label; `after` is the line of the page where the next block begins."""

    label: str
    page_title: str
    own_title: str
    first: int
    after: int
    lines: tuple[CleanLine, ...]


def understand_file(path: Path, limits: ReadLimits) -> FileUnderstood:
    """The reports in the file at `path`, cleaned, split and classified.

    Raises UnusableInput or InputTooLarge with a Chinese message where the file cannot be read. A file without any
    report is no error: its texts stand in `not_reports`.
    """
    return understand_document(read_file(path, limits))


def understand_document(read: FileText) -> FileUnderstood:
    """The reports in one document that was read, with the reading's warnings before its own. Pure."""
    shown = PurePosixPath(read.source).name
    name = shown
    if any(one.kind == "renamed" for one in read.left_out):
        name = PurePosixPath(shown).stem + _ENDINGS.get(read.kind, ".txt")
    understood = understand_text(name, read.text)
    return FileUnderstood(
        read.source,
        understood.reports,
        understood.dropped,
        understood.not_reports,
        understood.changes,
        (*read.warnings, *understood.warnings),
        read.text,
        read.left_out,
        name,
    )


def understand_text(source: str, text: str) -> FileUnderstood:
    """The reports in `text`, a page that may hold several. Pure.

    `source` is a file name, the weakest hint of the genre; .md and .docx lines may carry `#` marks. A ledger
    (.xlsx, .csv) is notes, never a report.
    """
    if source.lower().endswith((".xlsx", ".csv")):
        return FileUnderstood(source, (), (), (NotReport("", "ledger", (1, text.count("\n") + 1)),))
    page = clean_page(text, markdown=source.lower().endswith((".md", ".docx", ".html", ".htm")))
    labels = find_labels([line.text for line in page.lines])
    page_title = _page_title(page.lines, labels)
    dropped = list(page.dropped)
    breaks = find_breaks(page.lines, page.dropped)
    reports: list[Report] = []
    not_reports: list[NotReport] = []
    total = text.count("\n") + 1
    for block in _blocks(page.lines, labels, page_title, total):
        parts = split_inner(block.lines, breaks)
        for place, part in enumerate(parts):
            label = block.label if len(parts) == 1 else f"{block.label}（之{place + 1}）".lstrip()
            span = (
                block.first if place == 0 else part[0].first,
                block.after - 1 if place == len(parts) - 1 else part[-1].last,
            )
            title, body = _take_title(part, dropped, block.page_title)
            reason = not_report_reason([line.text for line in body], block.own_title or title)
            if reason:
                not_reports.append(NotReport(label, reason, span))
            else:
                reports.append(_report(source, label, block.own_title or title, block.page_title, body, span))
    dropped += [Dropped(line.first, line.text, "N05") for line in _unused_head(page.lines, labels)]
    for mark in labels:
        line = page.lines[mark.index]
        dropped.append(Dropped(line.first, line.text, "N05"))
    dropped.sort(key=lambda one: one.line)
    if not reports and not not_reports:
        # Nothing but furniture: who brought the file should hear of it all the same.
        not_reports.append(NotReport("", "too_short", (1, total)))
    return FileUnderstood(source, tuple(reports), tuple(dropped), tuple(not_reports), page.changes, (), text)


def _page_title(lines: Sequence[CleanLine], labels: Sequence[Label]) -> str:
    if labels:
        repeated = next((label.prefix for label in labels if label.prefix), "")
        if repeated:
            return repeated
        head = lines[: labels[0].index]
    else:
        head = lines[:3]
    return next((without_marks(line.text)[0] for line in head if is_title(line.text)), "")


def _unused_head(lines: Sequence[CleanLine], labels: Sequence[Label]) -> list[CleanLine]:
    """What stands before the first label and is no report of its own: the title of the page."""
    head = list(lines[: labels[0].index]) if labels else []
    kept = [line for line in head if not is_title(line.text)]
    return head if _chars(kept) < _LEAST_HEAD_REPORT_CHARS else [line for line in head if line not in kept]


def _chars(lines: Sequence[CleanLine]) -> int:
    return sum(len(line.text) for line in lines)


def _blocks(lines: Sequence[CleanLine], labels: Sequence[Label], page_title: str, total: int) -> list[_Block]:
    if not labels:
        return [_Block("", page_title, "", 1, lines[-1].last + 1, tuple(lines))] if lines else []
    blocks: list[_Block] = []
    head = tuple(line for line in lines[: labels[0].index] if not is_title(line.text))
    if _chars(head) >= _LEAST_HEAD_REPORT_CHARS:
        blocks.append(_Block("", page_title, "", head[0].first, lines[labels[0].index].first, head))
    for place, label in enumerate(labels):
        last = place + 1 == len(labels)
        end = len(lines) if last else labels[place + 1].index
        inside = tuple(lines[label.index + 1 : end])
        if not inside:
            continue
        after = inside[-1].last + 1 if last else lines[labels[place + 1].index].first
        blocks.append(_Block(label.label, page_title, label.rest, lines[label.index].last + 1, after, inside))
    return blocks


_MOST_TITLE_LINES = 4
_TITLE_ENDS = ("报告", "总结", "汇报", "方案", "计划", "材料", "说明", "的报告", "的汇报", "的总结")
_LONGEST_ABOVE_TITLE = 24
_HALF_TITLE = re.compile(r"^[\u4e00-\u9fff《》“”、\d〔MASK:a-z〕*×x]{2,40}$")
# [置顶], 【图文】, 【原创】 before a title in a list of a site.
_STATUS = re.compile(r"^(?:[\[【][\u4e00-\u9fff]{1,3}[\]】]\s{0,2}){1,4}")


def _take_title(part: Sequence[CleanLine], dropped: list[Dropped], page_title: str) -> tuple[str, list[CleanLine]]:
    """The report's own title and its lines without it. A title broken over two lines is joined."""
    body = list(part)
    title = ""
    for _ in range(3):
        if len(body) < 2:
            break
        plain, marks = without_marks(body[0].text)
        if is_title(plain) and not plain.startswith("—"):
            if title and plain != title and plain != page_title:
                break
            title = _STATUS.sub("", plain.lstrip("◎●■★◆◇※▲ "))
            if title.endswith(("？", "?")):
                # What somebody asked is nobody's title: 急求文明单位申报材料？
                dropped.append(Dropped(body.pop(0).first, title, "N05"))
                title = ""
                continue
        elif not title and (broken := _broken_title(body))[1]:
            title, count = broken
            del body[: count - 1]
        elif not title and marks == 1 and not numbering(plain):
            title = plain
        elif title and _DOCUMENT_NUMBER.match(plain):
            dropped.append(Dropped(body[0].first, plain, "N01"))
        elif plain == title or (
            title
            and re.match(r"^[（(——-].{2,40}[）)]?$", plain)
            and not numbering(plain)
            and not DATE_LINE.match(plain)
        ):
            dropped.append(Dropped(body[0].first, plain, "N05"))
        elif not title and len(body) > 2 and _stands_above_title(plain, body[1].text):
            dropped.append(Dropped(body[0].first, plain, "N01"))
        else:
            break
        body.pop(0)
    return title, body


def _stands_above_title(plain: str, below: str) -> bool:
    """True for a short line of the site above a title: 创建台账公示（第三批）."""
    if len(plain) > _LONGEST_ABOVE_TITLE or re.search(r"[，。；：！？]", plain) or numbering(plain):
        return False
    return is_title(without_marks(below)[0])


def _broken_title(body: Sequence[CleanLine]) -> tuple[str, int]:
    """A title broken over the first lines and how many they are; "" and 0 where there is none."""
    title = ""
    for count, line in enumerate(body[:_MOST_TITLE_LINES], 1):
        plain = without_marks(line.text)[0]
        if len(plain) > 40 or re.search(r"[，。；：！？]", plain) or numbering(plain):
            break
        if not _HALF_TITLE.match(re.sub(r"\s", "", plain).lstrip("—-")):
            break
        title += re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", plain)
        if count > 1 and len(plain) <= 30 and is_title(title) and _ends_title(plain):
            return title, count
    return "", 0


def _ends_title(plain: str) -> bool:
    """True for 整改情况的报告 and for 报 告, whose letters were set apart."""
    short = re.sub(r"\s", "", plain)
    return is_title(short.lstrip("—-")) or short in _TITLE_ENDS


def _report(
    source: str, label: str, title: str, page_title: str, body: Sequence[CleanLine], span: tuple[int, int]
) -> Report:
    paragraphs = [without_marks(line.text)[0] for line in body]
    outlined = split_sections([line.text for line in body])
    text = "\n".join(paragraphs)
    headings = tuple(section.heading for section in outlined.sections if section.heading)
    own_title = title or _title_without_count(page_title) or f"{Path(source).stem}{label}"
    line_damage = frozenset[str]().union(*(line.damage for line in body))
    damage = find_damage(paragraphs, outlined.sections, line_damage=line_damage, headings_lost=outlined.headings_lost)
    # On a page of several reports the page's title is nobody's own.
    shown_title = title if title != page_title or not label else ""
    told = describe(title=shown_title, own_title=title, page=page_title, headings=headings, text=text, hint=source)
    return Report(
        report_id=sha256(_identity(text, told.unit).encode("utf-8", "replace")).hexdigest()[:16],
        source=source,
        label=label,
        title=own_title,
        genre=told.genre,
        unit=told.unit,
        unit_type=told.unit_type,
        text=text,
        lines=span,
        sections=outlined.sections,
        damage=damage,
        usable_for=usable_for(text, outlined.sections, damage, figures_corrupt="figures" in line_damage),
        year=told.year,
        period=told.period,
        level=told.level,
        decisions=told.decisions,
        understanding=understanding_version(),
    )


def _identity(text: str, unit: str) -> str:
    """What makes a report itself: its text, and its unit where only the title names it. Two towns that hand in one
    template word for word hand in two reports."""
    return text if not unit or unit in text or TOKEN.search(unit) else f"{unit}\n{text}"


def _title_without_count(page_title: str) -> str:
    """2023年…情况汇报(案例13篇) names a page; without the count it names its reports."""
    return re.sub(
        r"\s?[（(\[【][^（）()]{0,8}\d{1,3}\s?[篇份][^（）()]{0,4}[)）\]】]$|(?:范文|模板)?(?:大全|精选|集锦)$",
        "",
        page_title,
    )
