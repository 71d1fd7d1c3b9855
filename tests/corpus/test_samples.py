"""The sample reports are worth drafting from: enough, varied, consistent, and damaged only where they say so."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from service.domain.genre import Genre, UnitType

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
with (SAMPLES / "index.tsv").open(encoding="utf-8", newline="") as _index:
    ROWS = list(csv.DictReader(_index, delimiter="\t", quoting=csv.QUOTE_NONE))
CLEAN = [row for row in ROWS if not row["dirty"]]
DIRTY = {row["dirty"]: row for row in ROWS if row["dirty"]}

SHARED_RUN_CHARS = 25
# Official formulas that any two reports may share.
FORMULAS = ("现将有关情况汇报如下", "现将自查情况报告如下", "现将整改情况报告如下", "不妥之处，请批评指正")
CHINESE_DIGITS = "一二三四五六七八九十"
# Provincial capitals and municipalities: a short list that no invented report may name.
REAL_PLACES = re.findall(
    r"\S+",
    "北京 天津 上海 重庆 石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 广州 南宁 "
    "海口 成都 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐 台北 香港 澳门",
)


def _text(row: dict[str, str]) -> str:
    return (SAMPLES / row["file"]).read_bytes().decode(row["encoding"])


def _of_genre(genre: Genre) -> list[dict[str, str]]:
    return [row for row in CLEAN if row["genre"] == genre]


def _by_file(row: dict[str, str]) -> str:
    return row["file"]


def test_every_file_has_one_row_and_every_row_a_file() -> None:
    files = sorted(path.name for path in SAMPLES.iterdir() if path.name not in ("README.md", "index.tsv"))
    assert sorted(row["file"] for row in ROWS) == files


def test_there_are_enough_reports_of_every_genre_and_type_of_unit() -> None:
    assert len(ROWS) >= 34
    for genre in Genre:
        assert len(_of_genre(genre)) >= 3, genre
    assert {row["unit_type"] for row in CLEAN} == {kind.value for kind in UnitType}


@pytest.mark.parametrize("row", ROWS, ids=_by_file)
def test_a_report_has_the_length_of_its_genre(row: dict[str, str]) -> None:
    shortest, longest = (350, 500) if row["genre"] == Genre.INDICATOR else (600, 3000)
    assert shortest <= len(_text(row)) <= longest


@pytest.mark.parametrize("row", CLEAN, ids=_by_file)
def test_a_clean_report_names_its_unit_and_its_year(row: dict[str, str]) -> None:
    assert row["unit"] in _text(row)
    assert f"{row['year']}年" in _text(row)


@pytest.mark.parametrize("row", ROWS, ids=_by_file)
def test_no_report_names_a_real_provincial_capital(row: dict[str, str]) -> None:
    assert [place for place in REAL_PLACES if place in _text(row)] == []


def test_no_two_clean_reports_share_a_run_of_25_characters() -> None:
    runs = {}
    for row in CLEAN:
        text = re.sub(r"[\s#*]+", "", _text(row))
        for formula in FORMULAS:
            text = text.replace(formula, "\n")
        starts = range(len(text) - SHARED_RUN_CHARS + 1)
        runs[row["file"]] = {text[start : start + SHARED_RUN_CHARS] for start in starts}
    twins = [(a, b, min(runs[a] & runs[b])) for a, b in combinations(runs, 2) if runs[a] & runs[b]]
    assert twins == []


@pytest.mark.parametrize("row", CLEAN, ids=_by_file)
def test_a_clean_report_has_no_mask_half_width_mark_or_loose_space(row: dict[str, str]) -> None:
    text = _text(row)
    assert not re.search(r"[xX×＊_]{2,3}|20xx|[\u4e00-\u9fff][,;:?!()]", text)
    assert not re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff\d]|\d [\u4e00-\u9fff]", text)
    assert not re.search(r"约\d+[余多]|近\d+[余多]|\d+年0\d月|(?<!\d)\d\d年以来", text)


@pytest.mark.parametrize("row", CLEAN, ids=_by_file)
def test_main_headings_are_numbered_without_a_gap(row: dict[str, str]) -> None:
    marks = re.findall(r"^(?:## )?([一二三四五六七八九十])、", _text(row), re.MULTILINE)
    assert "".join(marks) == CHINESE_DIGITS[: len(marks)]


@pytest.mark.parametrize("row", CLEAN, ids=_by_file)
def test_a_stated_rate_is_what_its_counts_give(row: dict[str, str]) -> None:
    # 「收回476份，认为…的448份，占94.1%」: the two counts before a satisfaction rate must give that rate.
    pattern = r"收回(?:有效问卷)?(\d+)份[^。]{0,40}?(\d+)份?，(?:满意率|占)(\d+\.\d+)%"
    for asked, pleased, rate in re.findall(pattern, _text(row)):
        assert abs(Decimal(pleased) * 100 / Decimal(asked) - Decimal(rate)) <= Decimal("0.05")


@pytest.mark.parametrize("row", _of_genre(Genre.RECTIFICATION), ids=_by_file)
def test_every_rectification_entry_closes_its_loop(row: dict[str, str]) -> None:
    text = _text(row)
    entries = len(re.findall(r"^(?:### )?(?:（[一二三四五六七八九]）.{0,8}[“问题]|\d\.)", text, re.MULTILINE))
    assert entries >= 4
    for field in (r"原因", r"时限|期限", r"责任", r"佐证|证明材料", r"完成|推进"):
        assert len(re.findall(field, text)) >= entries, field


@pytest.mark.parametrize("row", _of_genre(Genre.PLAN), ids=_by_file)
def test_a_plan_reports_no_result(row: dict[str, str]) -> None:
    assert not re.search(r"已完成|完成了|取得了|同比|累计|共开展|截至|整改率|办结", _text(row))
    assert len(re.findall(r"要|应|须|不得|将|拟", _text(row))) >= 8


@pytest.mark.parametrize("row", _of_genre(Genre.PROGRESS) + _of_genre(Genre.SELF_INSPECTION), ids=_by_file)
def test_problems_are_followed_by_next_steps(row: dict[str, str]) -> None:
    heads = [line for line in _text(row).splitlines() if re.match(r"(?:## )?[一二三四五六]、", line)]
    problems = [place for place, head in enumerate(heads) if "问题" in head or "困难" in head]
    assert problems and problems[-1] + 1 < len(heads)
    assert re.search(r"下|整改|打算", heads[problems[-1] + 1])


def test_a_scraped_page_keeps_its_furniture_its_advertisement_and_its_teasers() -> None:
    text = _text(DIRTY["scraped"])
    assert text.startswith("首页 > ")
    for furniture in ("作者:", "小编", "转载请注明", "上一篇:", "推荐阅读:", "`"):
        assert furniture in text


def test_one_label_holds_two_reports_that_speak_of_themselves_differently() -> None:
    label, rest = _text(DIRTY["several-reports"]).split("篇一\n", 1)
    first = rest.split("篇二\n", 1)[0]
    assert label and first.index("我校") < first.index("我街道")
    assert first.count("总结如下") + first.count("汇报如下") == 2


def test_a_masked_report_has_masks_for_figures_years_and_names() -> None:
    text = _text(DIRTY["masked"])
    assert len(re.findall(r"x+(?:x|个|次|块|条|公里)", text)) >= 10
    assert "20xx年" in text and "**" in text and "__" in text


def test_a_half_width_report_has_half_width_marks_and_spaces_around_digits() -> None:
    text = _text(DIRTY["half-width"])
    assert len(re.findall(r"[\u4e00-\u9fff][,.;]", text)) >= 20
    assert len(re.findall(r"[\u4e00-\u9fff] \d|\d [\u4e00-\u9fff]", text)) >= 20


def test_a_report_with_deleted_words_lacks_headings_and_its_end() -> None:
    text = _text(DIRTY["deleted-words"])
    assert "高度重视，统一，" in text.replace(",", "，")
    assert "（二）" in text and "（一）" not in text and "(三)" not in text
    assert text.rstrip()[-1] not in "。！；"


def test_a_gb18030_report_is_not_utf_8() -> None:
    content = (SAMPLES / DIRTY["encoding"]["file"]).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert "泊川区园林绿化中心" in content.decode("gb18030")


def test_an_html_report_carries_script_navigation_and_links() -> None:
    text = _text(DIRTY["html"])
    for mark in ("<script>", 'class="nav"', "【广告】", "猜你喜欢", "&nbsp;"):
        assert mark in text
