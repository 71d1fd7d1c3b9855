"""What a scripted model sees in a prompt of this house: its numbered lines, groups and exemplars."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.model.scripted_server import Asked

_BLOCK = re.compile(
    r"<<(?P<mark>[0-9a-f]{8,}) (?P<name>\S{1,8})>>\n(?P<body>.*?)\n?<<(?P=mark) (?P=name)完>>", re.DOTALL
)
_MARK = r"(?:计划|上年情况|待核实|(?:日期|地点)[^（）、]{1,40})"
_ROW = re.compile(rf"^L(\d+) (.*?)(?:（({_MARK}(?:、{_MARK})*)）)?$", re.MULTILINE)
_GROUP = re.compile(r"^([^：\n]{1,40})：(L\d+(?:、L\d+)*)$", re.MULTILINE)
_FACT = re.compile(r"^(F\d+) (.+)$", re.MULTILINE)
_WISH = re.compile(r"^经办人对本节的要求（[^）]*）：(.*)$", re.MULTILINE)
_ORIGINAL = re.compile(r"原样写(【待补：[^【】]*】)")


@dataclass(frozen=True, slots=True)
class Row:
    """One numbered line of a prompt: its words, and what stands in brackets behind them (计划, 待核实)."""

    line: int
    text: str
    marks: str = ""

    @property
    def sentence(self) -> str:
        """The line as a faithful clerk writes it, with its marker."""
        if question := _ORIGINAL.search(self.text):
            return f"{question[1]}[L{self.line}]"
        words = self.text.strip("。；，！？ ")
        if "计划" in self.marks and not re.search(r"计划|打算|准备|拟|将|下一?步|力争|争取", words):
            words = f"计划{words}"
        day = re.search(r"日期(?:\d{4}年)?(\d{1,2}月\d{1,2}日)", self.marks)
        place = re.search(r"地点([^、]+)", self.marks)
        if place:
            words = f"{place[1]}{words}"
        if day and not re.search(r"\d[月.]\d|[月日号]", words):
            words = f"{day[1]}，{words}"
        if "待核实" in self.marks:
            words = f"{words}（待核实）"
        return f"{words}。[L{self.line}]"


def blocks(user: str) -> dict[str, str]:
    """The data blocks of a prompt by their names, between the request's own boundary."""
    return {found["name"]: found["body"] for found in _BLOCK.finditer(user)}


def rows(asked: Asked) -> list[Row]:
    """The numbered lines in order."""
    body = blocks(asked.user).get("笔记行", "")
    return [Row(int(one[1]), one[2], one[3] or "") for one in _ROW.finditer(body)]


def groups(asked: Asked) -> list[tuple[str, list[int]]]:
    """The sub-headings with the lines under each, as the prompt orders them."""
    before = asked.user.split("<<", 1)[0]
    return [(one[1], [int(n) for n in re.findall(r"\d+", one[2])]) for one in _GROUP.finditer(before)]


def wants_less(asked: Asked) -> bool:
    """True where a person asked for this section to be written shorter."""
    found = _WISH.search(asked.user)
    return found is not None and re.search(r"简洁|简短|精简|简练|压缩|缩短", found[1]) is not None


def facts(asked: Asked) -> list[tuple[str, str]]:
    """The facts of a question about grouping, by id; those of the probe where it is one."""
    found = _FACT.findall(blocks(asked.user).get("事实", ""))
    return found or [(one, "") for one in dict.fromkeys(re.findall(r"F\d+", asked.user.split("\n\n")[0]))]


def asks_for_groups(asked: Asked) -> bool:
    """True where the request wants facts grouped, and not a section."""
    return asked.form != "text" or "竖线后写小标题" in asked.user
