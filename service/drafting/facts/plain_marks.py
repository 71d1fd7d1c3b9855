"""Signs that stand for marks in jotted lines, put in their places: a bar, a slash, a blank behind a field's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from service.drafting.facts.labels import field_named, part_kind
from service.language.clean_view import View

_BEFORE_BLANK = re.compile(
    r" {0,2}([\u4e00-\u9fff]{2,6})(?:(?P<blank> )| ?[：:])(?!(?:\d{1,2}|[一二三四五六七八九十])[ 、.．])(?=\s*[^\s：:])"
)
_FEWEST_FIELDS = 2
# 清运垃圾4300吨 | 保洁员96人, 户1,806/人4,420/楼31, 短处 ① 电梯旧: signs that part as marks do.
_BAR = re.compile(r"(?<=\S) [|] (?=\S)")
_SLASH = re.compile(r"(?<=\d)/(?=[\u4e00-\u9fff]{1,4}\d)")
# 组长 校长；副组长 德育副校长；宣传组 团委
_POSTS = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<post>副?组长|副?总指挥|副?指挥长|(?!小组|各组|"
    r"本组)[\u4e00-\u9fff]{2}组) (?=[\u4e00-\u9fff]{2})"
)
# 组织这块我来：2月19日开的动员会: who takes the part on is told to the group.
_TAKEN_ON = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<part>[\u4e00-\u9fff]{2,4}?)(?:这一?块|这部分|那块)?(?:由)?我来(?:说|讲|报|补)?[：:]"
)
_PART_BEFORE_ENTRIES = re.compile(r"(?:^|[：:] ?)(?P<part>[\u4e00-\u9fff]{2,5})(?P<blank> )(?=[①(（]|1[、)）]|20\d\d)")


def with_plain_marks(view: View) -> View:
    """`view` with a mark in place of each sign that stands for one: as long as before, so that places stay.

    Pure."""
    text = view.text
    if "\t" in text or text.strip().startswith("|"):
        return view
    text = _SLASH.sub("，", text)
    if len(_POSTS.findall(text)) > 1:
        text = _POSTS.sub(r"\g<post>：", text)
    text = _TAKEN_ON.sub(lambda found: f"{found['part']}：{' ' * (len(found.group()) - len(found['part']) - 1)}", text)
    if len(bars := _BAR.findall(text)) and text.count("|") == len(bars):
        text = _BAR.sub(" ； ", text)
    for found in _PART_BEFORE_ENTRIES.finditer(text):
        if part_kind(found["part"]) is not None:
            text = f"{text[: found.start('blank')]}：{text[found.end('blank') :]}"
    return replace(view, text=text) if text != view.text else view


# 完成：已做完 among 问题, 责任 and 时限 is the item's state; elsewhere 完成：植树200棵 tells of work.
_DONE_FIELD = re.compile(r" {0,2}(?P<name>完成)(?=[：: ])")


def _with_full_name(view: View) -> View:
    found = _DONE_FIELD.match(view.text)
    if found is None:
        return view
    at = found.end("name")
    offsets = (*view.offsets[:at], view.offsets[at - 1], view.offsets[at - 1], *view.offsets[at:])
    return replace(view, text=f"{view.text[:at]}情况{view.text[at:]}", offsets=offsets)


def _field_head(text: str) -> re.Match[str] | None:
    """The field that a line opens with and tells alone: 问题 路灯坏 责任 市政所 tells two, 问题 1 numbers one."""
    found = _BEFORE_BLANK.match(text)
    if found is None or field_named(found[1]) is None:
        return None
    others = [one for one in re.split(r"[ ，,；;：:]", text[found.end(1) :]) if field_named(one) is not None]
    return None if others else found


def with_field_colons(views: Sequence[View]) -> list[View]:
    """The views, those of fields that stand before a blank line after line (问题 …, 责任 …) with a colon there.

    Pure."""
    told = [one for view in views if (one := _field_head(view.text)) is not None]
    if len({one[1] for one in told}) >= _FEWEST_FIELDS:
        views = [_with_full_name(view) for view in views]
    heads = [_field_head(view.text) for view in views]
    blanks = Counter(one[1] for one in heads if one and one["blank"])
    by_issue = max((count for name, count in blanks.items() if field_named(name) == "问题"), default=0)
    if len(blanks) < _FEWEST_FIELDS or by_issue < _FEWEST_FIELDS:
        return list(views)  # 措施 有力 may open a sentence, 进展 and 材料 are topics where no 问题 stands beside them.
    return [
        replace(view, text=f"{view.text[: head.end(1)]}：{view.text[head.end(1) + 1 :]}")
        if head and head["blank"]
        else view
        for view, head in zip(views, heads, strict=True)
    ]
