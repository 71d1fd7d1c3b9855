"""What the notes tell of another unit of the same kind (隔壁莲台社区志愿者980人): no fact of the one that reports."""

from __future__ import annotations

import re
from dataclasses import replace

from service.domain.fact import Fact, NotesRead, SetAside, SetAsideReason
from service.language.words import is_known, segment

_KINDS = ("街道", "社区", "镇", "乡", "村", "小学", "中学", "医院", "幼儿园")
_LEAD = r"(?:那个?|还有|另外|听说|据说|人家|你看)?"
_NEIGHBOUR = re.compile(
    rf"^{_LEAD}(?:(?:隔壁|友邻|对门|对过)(?!宿舍|房间|居民|邻居|小区|的?住户|那?户)|人家(?!里|中|都|家|庭|户)[\u4e00-\u9fff]{{0,6}}?(?:所|局|校|院|公司|社区|街道|镇|村|单位|讲座|那)|"
    r"兄弟单位|兄弟(?:乡镇|街道|社区|学校|县|局)|外单位|别的单位|"
    r"(?:邻|邻近|相邻|临近|周边)的?(?:镇|乡|村|街道|社区|县|市|区|校)(?![里内外]|居|民|道|关系))"
)
# Another unit that one works with belongs into the report: 与莲台社区结对, 联合柳湾小学.
_TOGETHER = re.compile(
    r"联合|联手|结对|共建|帮扶|对口|协同|协助|配合|携手|会同|赴|支援|互访|考察|学习|交流|友谊|联谊|比赛|一起|共同|交界|参观"
)
_OF_NO_OTHER = re.compile(
    r"各|全|本|我|每|个|等|所|辖|新|老|旧|该|邻|多|两|三|四|五|六|七|八|九|十|一|几|有|到|在|与|和|向|对|给"
)
# 城关镇人民政府 is the town that 城南镇 is another of; 平山街道办事处 the street.
_OFFICE = re.compile(
    r"(?:(?:人民)?政府|(?:中共)?委员会|党工?委|(?<=街道)办事处|居(?:民)?委(?:员)?会|村(?:民)?委(?:员)?会)$"
)
_DETAIL = "是其他单位的情况"


def without_other_units(read: NotesRead, unit: str) -> NotesRead:
    """`read` without the facts that open with the name of another unit of the same kind as `unit`, or with 隔壁; each
    is set aside with the reason. A street's own communities are of another kind and stay. Pure."""
    unit = _OFFICE.sub("", unit)
    kind = next((one for one in _KINDS if unit.endswith(one)), None)
    kept, aside = [], list(read.set_aside)
    for fact in read.facts:
        if _is_of_other(fact, unit, kind):
            line = read.notes.line_at(fact.span.start).number
            aside.append(SetAside(line, fact.span, fact.text, SetAsideReason.OFF_TOPIC, _DETAIL))
        else:
            kept.append(fact)
    if len(kept) == len(read.facts):
        return read
    return replace(
        read, facts=tuple(kept), set_aside=tuple(sorted(aside, key=lambda part: (part.span.start, part.span.end)))
    )


def _is_of_other(fact: Fact, unit: str, kind: str | None) -> bool:
    if _TOGETHER.search(fact.clean):
        return False
    if _NEIGHBOUR.match(fact.clean):
        return True
    if kind is None or fact.fields:
        return False
    named = re.match(
        rf"(?P<name>[\u4e00-\u9fff]{{2,4}}){kind}(?![\u4e00-\u9fff]{{0,2}}(?:里|内|上|级|书记|主任|居委|支部|干部|门口|路|站|服务))",
        fact.clean,
    )
    if named is None or _OF_NO_OTHER.search(named["name"]) or _is_a_thing(named["name"]):
        return False
    own = unit.removesuffix(kind)
    return not (own.endswith(named["name"]) or named["name"].endswith(own[-2:]))


def _is_a_thing(name: str) -> bool:
    """True where what stands before 镇 is a noun of its own: 满意度镇里自己打电话问的."""
    told = segment(name)
    return len(told) == 1 and told[0].tag in ("n", "vn", "v") and is_known(name)
