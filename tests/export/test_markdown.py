"""Markdown of a draft: structure as structure, words as words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from service.export.filename import attachment, export_name
from service.export.headings import heading_level
from service.export.markdown import draft_markdown


def test_title_headings_and_paragraphs_become_markdown() -> None:
    sections = [("", "现汇报如下。"), ("一、做法", "（一）开展宣传\n发放宣传单500份。\n\n悬挂横幅12条。")]
    assert draft_markdown("题目", sections) == (
        "# 题目\n\n现汇报如下。\n\n## 一、做法\n\n### （一）开展宣传\n\n发放宣传单500份。\n\n悬挂横幅12条。\n"
    )


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("*重点*与_下划线_", "\\*重点\\*与\\_下划线\\_"),
        ("[点这里](http://a)", "\\[点这里\\](http://a)"),
        ("<img src=x>", "\\<img src=x\\>"),
        ("# 不是标题", "\\# 不是标题"),
        ("1. 不是列表", "1\\. 不是列表"),
        ("- 不是列表", "\\- 不是列表"),
        ("2.5吨", "2.5吨"),
        ("`码`与a|b", "\\`码\\`与a\\|b"),
    ],
)
def test_words_that_look_like_markdown_stay_words(words: str, written: str) -> None:
    assert draft_markdown("", [("", words)]) == written + "\n"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、组织领导", 1),
        ("十二、长效机制", 1),
        ("（一）开展宣传", 2),
        ("(二)整治环境", 2),
        ("（一）针对“占道”的问题。由城管科牵头，劝离摊贩18个。", 0),
        ("一是加强领导", 0),
        ("一、二号楼已完工。", 0),
        ("（一）" + "字" * 60, 0),
        ("正文", 0),
    ],
)
def test_a_heading_is_told_from_a_numbered_sentence(line: str, level: int) -> None:
    assert heading_level(line) == level


def test_a_file_name_says_unit_genre_day_and_version() -> None:
    # 2031-03-05 00:30 in Beijing is still the fourth in Greenwich.
    moment = 1_930_408_200_000
    assert export_name("云溪街道", "progress", moment, 3, "docx") == "云溪街道_进展情况汇报_20310305_v3.docx"


@pytest.mark.parametrize("unit", ['甲/乙\\丙:"*?<>|', "甲\r\nX-Evil: 1", "\u202e甲", "", "..", "甲" * 300])
def test_a_hostile_unit_name_neither_leaves_the_folder_nor_splits_the_header(unit: str) -> None:
    header = attachment(unit, "progress", 0, 1, "md")
    assert header.isascii()
    assert "\r" not in header
    assert "\n" not in header
    name = unquote(header.rsplit("''", 1)[1])
    assert not set(name) & set('/\\:"*?<>|\r\n\u202e')
    assert not name.startswith(".")
    assert len(name) < 120
