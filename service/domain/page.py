"""A page as it reached us, kept beside its reports: what cleaning changed, what it dropped, what is no report.

The page is kept so that a better cleaner can read it again, and so that a person sees each change beside the original.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

# What stands in a file and is not its text, in the words of `ingest --json` and of people.
_SENTENCES = {
    "comment": "批注{count}处，未读入",
    "deletion": "修订中已删除的文字{count}处，未读入",
    "hidden": "隐藏文字{count}处，未读入",
    "footnote": "脚注、尾注{count}处，未读入",
    "header": "页眉页脚{count}处，未读入",
    "page_number": "页码{count}处，未读入",
    "picture_page": "没有文字的页{count}页（可能是扫描件），未读入",
    "hidden_sheet": "隐藏的工作表{count}张，未读入",
    "hidden_row": "隐藏的行{count}行，未读入",
    "hidden_column": "隐藏的列{count}列，未读入",
    "uncounted": "没有算出结果的公式{count}处，按公式原文读入",
    "encoding": "无法识别的字节{count}处，已用“\ufffd”标出，请对照原文核实",
    "passed_over": "压缩包内不能读取的文件{count}个，已跳过",
    "renamed": "扩展名与内容不符，已按实际内容读入，这是{words}",
    "margin": "每行前后的标记（如引用号、项目符号、表格竖线、行号、发言人）{count}行，未读入",
    "parted": "逐字隔开的文字{count}行，已合拢读入",
    "system_tool": "旧版 Word 文档由系统程序读出，版式可能有出入，请对照原文",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a file that is not in its text, or is there in another form than a person would expect.

    `kind` is a word of `ingest --json` (comment, deletion, hidden, …); `words` the beginning of what was left out, for
    people only: no composer sees it.
    """

    kind: str
    count: int
    words: str = ""

    @property
    def sentence(self) -> str:
        """The same in Chinese, for people. Pure."""
        sentence = _SENTENCES[self.kind]
        said = sentence.format(count=self.count, words=self.words)
        return f"{said}：{self.words}" if self.words and "{words}" not in sentence else said

    def to_json(self) -> dict[str, Any]:
        """The public shape."""
        return {"kind": self.kind, "count": self.count, "words": self.words}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the 1-based line of the page, the 0-based column when it was made, the text before and after."""

    line: int
    column: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the page that are in no report: a whole line, or a span inside a sentence."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class NotReport:
    """A text of a page that is no report. `reason`: slogans, speech, news, essay, ledger, too_short, no_report."""

    label: str
    reason: str
    lines: tuple[int, int]


@dataclass(frozen=True)
class Page:
    """One page. `name` is the name of its file, whose ending says how it is read; `text` the page before cleaning.

    `understanding` names the version of the rules that read it, "" while its reports are not all stored. `left_out` is
    what reading the file did not take into `text`.
    """

    page_id: str
    source: str
    name: str
    text: str
    changes: tuple[Change, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    not_reports: tuple[NotReport, ...] = ()
    understanding: str = ""
    left_out: tuple[LeftOut, ...] = ()


def page_id_of(text: str) -> str:
    """The id of the page `text`, the same on every machine. Pure."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def within(lines: tuple[int, int], found: Sequence[Change]) -> tuple[Change, ...]:
    """The changes made in `lines`, first and last included, in their order. Pure."""
    return tuple(one for one in found if lines[0] <= one.line <= lines[1])
