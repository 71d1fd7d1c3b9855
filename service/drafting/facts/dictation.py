"""Where speech without punctuation moves on: behind a count before the next doing, at 然后 and 再一个, at 问题呢."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from service.drafting.facts.lexicon import words
from service.language.words import segment

_LONG_RUN = 16  # Characters without any mark after which a run is taken for dictation.
_SHORTEST_PART = 4
_COUNT = r"[\d〇零一二两三四五六七八九十百千万][\d.〇零一二两三四五六七八九十百千万亿]{0,15}[多余来几]?"
_DAY = re.compile(
    r"(?:(?:19|20)\d\d[年.\-/])?(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})(?:月|[.\-/](?=\d{1,2}[日号]))"
    r"(?:(?:3[01]|[12]\d|0?[1-9]|[一二三四五六七八九十]{1,3})[日号]?)?|(?:3[01]|[12]\d|0?[1-9]|[一二三四五六七八九十]{1,3})[日号]"
)
_UNIT = (
    r"(?:公里|平方米|平米|立方米?|万元|人次|小时|场次|册次|公斤|个人|"
    r"(?!公里|平方|平米|立方|人次|小时|场次|公斤|个人)[\u4e00-\u9fff])"
)
_DOING = (
    r"(?:我们|咱们?)?(?:还|又|也|再|都)?(?:[搞弄做办开发贴挂装扫清拆修补刷换建画种栽捡铲查罚劝拖教讲评选签收拉运洗擦铺买捐印播搬送走去跑投用花省添改设请][了完好掉出过上下]|"
    r"[\u4e00-\u9fff]{2}了(?![解])|涨到|增加到|减少到)"
)
# 拉了三百二十多车 and 清了六公里多 end where the next doing begins; 2000份宣传单 goes on with its noun.
# 请了保洁员一百八十五名|路边垃圾清了六百四十吨: the next thing may stand before its doing.
_NEXT_THING = (
    r"(?!人|的)[\u4e00-\u9fff]{2,6}?"
    rf"[搞弄做办开发贴挂装扫清拆修补刷换建画种查罚劝评选签收拉运洗请设][了出过]{_COUNT}"
)
_AFTER_COUNT = re.compile(
    rf"{_COUNT}{_UNIT}(?:[多左右上下]{{1,2}}|的样子)?[吧呢嘛啊了]?"
    rf"(?={_DOING}|我们|咱们|{_NEXT_THING}|(?:去年|上年)同期|到(?:现在|目前)|查出来|要求是|说是|一个是|这个?数|具体(?:数|多少))"
)
_AFTER_DONE = re.compile(rf"(?:起来|下来|上|完|好|掉|到位|齐)了(?={_DOING})")
_COUNTED = re.compile(
    rf"{_COUNT}(?:平方公里|公里|平方米|平米|立方米?|万元|人次|小时|场次|册次|公斤|块钱|个人|[人名位个户家栋幢处场次期张条块棵支册份套台辆间座盏口本岁根颗瓶桶箱袋盆株面副把面门组])"
)
_LEAD_IN = re.compile(r"(?:呢|啊|嘛|是|有|共|一共|总共|大概|约|就|才|了|只有|达到?)+$")
_GOES_ON = re.compile(
    r"的|之|里|中|内|以|左右|上下|多|来|和|跟|、|到|都|全|均|当中|其中有|没|不|就|才|左右|负责|完成|参加|到场|服务|上岗"
)
_NEXT_COUNT = re.compile(rf"{_COUNT}[人名位个户家栋幢处场次]")
_OWN_COUNT = re.compile(rf"{_COUNT}$")
_SHORT_LEAD = 8  # a date or 然后 may stand before the thing
_PARTICLE = re.compile(r"(?<![网酒贴茶书水氧])[吧嘛呗](?=[\u4e00-\u9fff\d]{3})")
_OPENER = re.compile(
    r"头一个|第一个就是|首先|其次|再一个|再一条|(?:存在)?(?:的)?(?:主要)?(?:问题|不足|短板)呢|(?:主要)?(?:问题|短板|不足)(?:主要|就|也)?是|"
    rf"明年(?=[\u4e00-\u9fff])|下一步|接下来|(?<!的)打算|全年(?=[\u4e00-\u9fff]{{1,4}}{_COUNT})|(?:还)?有(?={_COUNT}[\u4e00-\u9fff]{{1,4}}(?:没|未|不))|"
    r"再(?=[搞弄办做建修装开补换添][\u4e00-\u9fff])"
)


def cut_dictation(text: str, start: int, end: int, acts: Callable[[str], bool]) -> list[tuple[int, int]]:
    """The run `text[start:end]`, which has no mark in it, cut where the speaker goes on to something else; whole where
    it is short. `acts` says whether words tell of something done. Pure."""
    if end - start < _LONG_RUN:
        return [(start, end)]
    cuts = [start]
    for place, sure in sorted(_turns(text, start, end, acts)):
        before, behind = text[cuts[-1] : place], text[place:end]
        before = _DAY.sub("", before)  # 10.8号上午组织了大扫除: the day leads what follows.
        told = acts(before) or bool(re.search(f"{_COUNT}{_UNIT}|没|未", before))
        tells = acts(behind) or bool(re.search(_COUNT + _UNIT, behind))
        if place - cuts[-1] >= _SHORTEST_PART and end - place >= _SHORTEST_PART and told and (sure or tells):
            cuts.append(place)
    return list(pairwise([*cuts, end]))


def _behind_named_counts(text: str, start: int, end: int) -> Iterator[int]:
    """Where a count ends whose thing was named before it, and another thing begins: 党员一百五十二个|驻区单位七家."""
    spoken = segment(text[start:end])
    ends = {start + word.end: place for place, word in enumerate(spoken)}
    begins = {start + word.start: word for word in spoken}
    opened = start
    for found in _COUNTED.finditer(text, start, end):
        head = _LEAD_IN.sub("", text[start : found.start()])
        done = head.endswith("了")
        verbs = (2, 3) if done else (0,)  # 装了, 登记了
        place = next((ends[start + len(head) - back] for back in verbs if start + len(head) - back in ends), None)
        next_ = begins.get(found.end())
        if next_ is not None and _NEXT_COUNT.match(text, found.end()):
            opened = found.end()
            yield found.end()  # 1846户|5073人
            continue
        if place is None or next_ is None or not spoken[place].tag.startswith(("n", "vn", "l", "j")):
            continue
        if _OWN_COUNT.search(text[start : start + spoken[place].start]):
            continue  # 六百来人十个网格: 人 is what was counted just before.
        # 晾衣杆装了130根 opens with its thing; in 设了接送区划了60个车位 the thing is still to come.
        while place and done and spoken[place - 1].tag.startswith(("n", "vn", "l", "j", "b")):
            place -= 1
        before = text[opened : start + spoken[place].start]
        if len(before) > _SHORT_LEAD or re.search("了|[我咱]们|[开办搞建设]", before) or found.group()[0] == "一":
            continue
        # 23条路灯不亮 counts lamps: only where one count follows another are they told one by one.
        listed = next_.text == "其中" or (next_.tag[:1] in "nj" and _COUNTED.search(text, found.end() + 1, end))
        if listed and not _GOES_ON.match(text, found.end()):
            opened = found.end()
            yield found.end()


def _turns(text: str, start: int, end: int, acts: Callable[[str], bool]) -> Iterator[tuple[int, bool]]:
    """The places where the words may turn to another thing, and whether they surely do."""
    for found in words("connectives").pattern.finditer(text, start + 4, end - 3):
        if found.group() in ("那个", "这个") and text[found.start() - 1] in "里上的":
            continue  # 县里那个督查通报 is one thing.
        yield found.start(), acts(text[found.end() : end])
    for found in words("day_parts").pattern.finditer(text, start + 4, end - 3):
        if acts(text[found.end() : min(end, found.end() + 20)]):
            yield found.start(), True
    for place in _behind_named_counts(text, start, end):
        yield place, True
    if end - start < 2 * _LONG_RUN:
        return  # A short run of two doings is one thing said: 买了油漆三桶刷了栏杆.
    for pattern in (_AFTER_COUNT, _AFTER_DONE, _PARTICLE):
        for found in pattern.finditer(text, start, end):
            yield found.end(), True
    for found in _OPENER.finditer(text, start + 4, end - 3):
        yield found.start(), True
