"""Notes dictated without marks: a blank is where the speaker drew breath, 呢 and 啊 are where a mark would stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.language.clean_view import View

_MARK = re.compile(r"[，。；：、,;:!?！？\t|]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_LINES = 3
_SHORTEST_PIECE, _MEAN_PIECE_CHARS = 2, 4
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff\d%]) (?=[\u4e00-\u9fff\d])")
# 补了六百二 平方米啊: the unit comes to mind a breath later.
_LATE_UNIT = re.compile(
    r"(?<=[\d零一二两三四五六七八九十百千万]) "
    r"(?=(?:平方米|平米|平方|公里|立方米?|万元|块钱|人次|[米吨亩斤])[啊呢吧]?(?: |$))"
)
# 到六月底呢环境的全完了, 督查通报啊四月发下来的; not 毛呢大衣 and 干嘛去.
_BREATH = re.compile(r"(?<=[\u4e00-\u9fff])(?:(?<![毛花绒呀])呢(?![子绒喃])|啊|呀|(?<![干喇])嘛)(?=[\u4e00-\u9fff]{3})")
_BEFORE_QUOTE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[“\"「])")
# 督查通报啊四月二十八号发下来的: the day is told of what stands before it.
_TIME_FOLLOWS = re.compile(r"(?:[\d一二三四五六七八九十]{1,4}(?:年|月|号|季度)|今年|去年|昨天|上[周月]|本[周月])")
_TRAILING = re.compile(
    r"(?<=[米吨亩元个块条盏户处人])[啊呢嘛呀](?= |$)|(?<=[\u4e00-\u9fff])(?<![么谁哪多干])[呢啊嘛呀哈](?= )"
)


def as_spoken(views: Sequence[View]) -> list[View]:
    """The views of the lines, those of dictated notes with a comma where the speaker drew breath or said 呢, and
    without the breath before a unit that came late. Notes are dictated where most lines have blanks for marks. Pure."""
    dictated = [_is_dictated(view.text.strip()) for view in views]
    told = sum(1 for view in views if view.text.strip())
    if sum(dictated) < _FEWEST_LINES or sum(dictated) * 2 < told:
        return list(views)
    return [_with_marks(view) if one else view for view, one in zip(views, dictated, strict=True)]


def _is_dictated(text: str) -> bool:
    pieces = text.split()
    if len(pieces) < 2 or _MARK.search(text):
        return False
    chinese = [len(_CHINESE.findall(piece)) for piece in pieces]
    return min(chinese) >= _SHORTEST_PIECE and sum(chinese) >= _MEAN_PIECE_CHARS * len(pieces)


def _with_marks(view: View) -> View:
    text = view.text
    breaths = {found.start() for found in _BREATH.finditer(text)}
    within = {at for at in breaths if _TIME_FOLLOWS.match(text, at + 1)}
    gone = within | {
        found.start() for pattern in (_LATE_UNIT, _TRAILING, _BEFORE_QUOTE) for found in pattern.finditer(text)
    }
    commas = breaths | {found.start() for found in _BLANK.finditer(text)}
    kept = [at for at in range(len(text)) if at not in gone]
    marked = "".join("，" if at in commas else text[at] for at in kept)
    return View(marked, tuple(view.offsets[at] for at in kept), view.start, view.end)
