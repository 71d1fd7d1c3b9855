"""The head of a mail: who wrote to whom, when and about what, in rows. What follows it is a text of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.split.headings import numbering

_WHO = r"发\s{0,4}件\s{0,4}人|收\s{0,4}件\s{0,4}人|寄\s{0,4}件\s{0,4}人|发送时间|发送日期|From|To|Sent"
_FIELD = re.compile(
    rf"^[|｜>\s]{{0,4}}(?P<name>{_WHO}|抄\s{{0,4}}送|密\s{{0,4}}送|主\s{{0,4}}题|标\s{{0,4}}题|时\s{{0,4}}间|日\s{{0,4}}期|附\s{{0,4}}件|优先级|Cc|Bcc|Date|Subject|Attachments?)"
    r"\s{0,3}[：:|｜]",
    re.IGNORECASE,
)
_SENDER = re.compile(_WHO, re.IGNORECASE)
# ------ 原始邮件 ------, ======转发内容======: words between rules part a page.
_TOLD_RULE = re.compile(r"^[-—_=*~·#]{3,60}\s{0,3}[^-—_=*~·#\n。]{2,24}?\s{0,3}[-—_=*~·#]{3,60}$")


def mail_heads(lines: Sequence[str]) -> set[int]:
    """The indexes of the rows of mail heads: two rows or more, one of which names who wrote or to whom. Pure."""
    present = [index for index, line in enumerate(lines) if line.strip()]
    heads: set[int] = set()
    run: list[int] = []
    for index in [*present, -1]:
        if index >= 0 and _FIELD.match(lines[index]):
            run.append(index)
            continue
        if len(run) >= 2 and any(_names_who(lines[one]) for one in run):
            heads.update(run)
        run = []
    return heads


_FOOT_RULE = re.compile(r"^[>|\s]{0,4}--\s{0,2}$")
_MOST_FOOT_LINES, _LONGEST_FOOT_LINE = 6, 60


def mail_feet(lines: Sequence[str]) -> set[int]:
    """The indexes of the lines below a `--`, by which a mail says who wrote it: a few short ones. Pure."""
    feet: set[int] = set()
    present = [index for index, line in enumerate(lines) if line.strip()]
    for place, index in enumerate(present):
        if not _FOOT_RULE.match(lines[index]):
            continue
        for below in present[place : place + 1 + _MOST_FOOT_LINES]:
            line = lines[below]
            if len(line) > _LONGEST_FOOT_LINE or is_told_rule(line) or _FIELD.match(line) or numbering(line):
                break
            feet.add(below)
    return feet


def is_told_rule(line: str) -> bool:
    """True for a rule across the page with words in it (---- 原始邮件 ----). Pure."""
    return len(line) <= 120 and bool(_TOLD_RULE.match(line.strip()))


def is_mail_row(line: str) -> bool:
    """True for a row that names who wrote a mail, or to whom. Pure."""
    return _names_who(line)


def _names_who(line: str) -> bool:
    found = _FIELD.match(line)
    return found is not None and bool(_SENDER.fullmatch(found["name"]))
