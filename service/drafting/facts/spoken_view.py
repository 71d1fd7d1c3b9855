"""Notes dictated without marks: a blank is where the speaker drew breath, 呢 and 啊 are where a mark would stand, and
what is taken down in one breath is parted where a speaker would draw one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.drafting.facts.breaths import PART_ENDS, breaths
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


# Speech shows in its particles, its openers and its spelt figures; a heading of thirty characters has none of them.
_SPEECH = re.compile(
    r"[啊呢嘛吧呗嗯]|咱|那个|这个|然后|完了|再一个|一个是|还有|啥|[一二两三四五六七八九十百千][百千十一二三四五六七八九多来]*[个处次户家块人]"
)
_RUN = re.compile(r"[^，。；：、,;:!?！？\t| “”\"「」《》（()）]+")
_PART_CHARS = 4
_LONG_RUN_CHARS, _PARTED_RUN_CHARS, _ONE_BREATH_CHARS = 20, 12, 60


def as_spoken(views: Sequence[View]) -> list[View]:
    """The views of the lines, those of dictated notes with a comma where the speaker drew breath or said 呢, and
    without the breath before a unit that came late. Notes are dictated where most lines have blanks for marks, and told
    in one breath where most have neither. Pure."""
    told = [view.text.strip() for view in views if view.text.strip()]
    dictated = [_is_dictated(view.text.strip()) for view in views]
    if sum(dictated) >= _FEWEST_LINES and sum(dictated) * 2 >= len(told):
        views = [_with_marks(view) if one else view for view, one in zip(views, dictated, strict=True)]
    in_one_breath = [text for text in told if _in_one_breath(text)]
    few = len(in_one_breath) < _FEWEST_LINES and max(map(len, in_one_breath), default=0) < _ONE_BREATH_CHARS
    if few or sum(map(len, in_one_breath)) * 2 < sum(map(len, told)):
        return list(views)
    return [_with_breaths(view) for view in views]


# 不足夜间开放没落实, 佐证照片三十张: what the line is of, said first and without a pause.
_OPENS_WITH_PART = re.compile(r"^ ?(?:不足|短处|短板|难处|毛病|佐证)(?=[\u4e00-\u9fff]{4})(?![是就的还也主有之部材])")


def _in_one_breath(text: str) -> bool:
    longest = max((len(run.group()) for run in _RUN.finditer(text)), default=0)
    return longest >= _LONG_RUN_CHARS and _SPEECH.search(text) is not None


def _with_breaths(view: View) -> View:
    """The view with a comma where each long run of it is to be parted, and without what says nothing."""
    cuts: set[int] = set()
    gone: set[int] = set()
    for run in _RUN.finditer(view.text):
        if len(run.group()) >= _PARTED_RUN_CHARS:
            places, unsaid = breaths(view.text, run.start(), run.end())
            cuts.update(places)
            gone.update(at for first, last in unsaid for at in range(first, last))
    part = _OPENS_WITH_PART.match(view.text)
    if not cuts and not gone and not part:
        return view
    text: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(view.text):
        if part and at == part.end():
            text.append("：")
            offsets.append(offsets[-1])
        elif at in cuts and text and text[-1] not in "，,":
            # The comma stands where the word before it does, so that a place in the record finds the word itself.
            text.append("：" if PART_ENDS.search("".join(text[-_PART_CHARS:])) and at in gone else "，")
            offsets.append(offsets[-1])
        if at not in gone:
            text.append(character)
            offsets.append(view.offsets[at])
    return View("".join(text), tuple(offsets), view.start, view.end)


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
