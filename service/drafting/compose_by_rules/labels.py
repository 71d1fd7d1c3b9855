"""What stands before a colon at the head of a fact: dropped, or said as a report says it."""

from __future__ import annotations

import re

from service.domain.fact import Fact, FactKind, Tense
from service.drafting.compose_by_rules.spoken import says_a_doing
from service.language.topics import topic_of

_LABELS = {
    FactKind.PROBLEM: r"(?:目前|还|主要)?(?:存在)?(?:的)?(?:主要)?(?:问题|不足|短板|困难)(?:之处)?\d{0,2}"
    r"(?:呢|吧|嘛)?(?:就是|是|有|：|:|、|——)",
    FactKind.CAUSE: r"(?:问题)?(?:主要|存在|具体)?原因(?:分析)?(?:是|在于|：|:)?|由于|因为|主要是因为|是因为",
    FactKind.NEXT: r"(?:下一步|下步|接下来)(?:的)?(?:工作)?(?:打算|计划|安排|措施|思路)?(?:是|：|:|，)"
    r"|(?:打算|计划|安排)(?:：|:)",
    FactKind.MEASURE: r"(?:整改|主要)?(?:措施|举措|做法|情况|长效(?:机制|管理)?)(?:是|：|:)",
    FactKind.RESULT: r"(?:完成情况|整改结果|成效|结果|效果|荣誉)(?:是|：|:)",
    FactKind.BASIS: r"依据(?:：|:)",
}
_NAMED_AGAIN_CHARS = 12
_NO_ASPECT = re.compile(
    r"[是有了为的要将拟把被]|方面$|情况$|^(?:其中|包括|如下|即|含|佐证|附件|照片|地点|时间|联系人|记录|主持|来源|责任)"
)
_PLACE_LABEL = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,12})[:：]\s?(?=[\u4e00-\u9fff\d])")
UNIT_END = re.compile(r"(?:社区|街道|小区|村|镇|乡|局|校|小学|中学|医院|科|办|队|中心|公司|支部|委|站|所|处|部)$")
_TOPIC_LABEL = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,6})[:：]\s?(?=[\u4e00-\u9fff\d“])(?!.{0,30}[:：])")
_PLAIN_LABEL = re.compile(
    r"^(?:目前|主要|具体|工作|整改|存在|自查|目标|组织|时间)?的?(?:整改|措施|问题|不足|短板|存在|原因|结果|效果|成效|做法|目标|任务|内容|备注|说明|打算|计划|"
    r"亮点|活动|基本|基本情况|情况|概况|数据|指标|步骤|安排|要求|组织领导|组织|领导|重点|其他|其它|另|保障)的?[:：，]"
)
_AHEAD = re.compile(r"^(?:下一步|下步|接下来|下一阶段|下阶段)(?:的话)?[，,：:]?(?=.{4})")
_LABEL_PATTERNS = {kind: re.compile(f"(?:{label})") for kind, label in _LABELS.items()}
_ENUMERATOR = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:、(?!\d{1,2}月)|[.．](?!\d))|[一二三四五六七八九十]{1,2}(?:是要?|、)|[①-⑩])"
)


def without_label(text: str, fact: Fact) -> str:
    """`text` without the label it begins with, where the section says it already; a topic or a post before a colon is
    said as a report says it: 志愿服务方面，…; 张主任任组长. Pure."""
    kind = fact.kind
    text = _ENUMERATOR.sub("", text).strip()
    holder = _HOLDER_FIRST.match(text) if _OF_GROUP.search(fact.label) and fact.label not in text else None
    if holder:
        return f"{holder.group()}任{fact.label}{text[holder.end() :]}"  # 组长：分管副市长
    place = _PLACE_LABEL.match(text)
    if place and ((fact.where and fact.where.startswith(place["name"])) or UNIT_END.search(place["name"])):
        return place["name"] + text[place.end() :]
    plain = _PLAIN_LABEL.match(text)
    if plain and len(text) > plain.end():
        text = text[plain.end() :].lstrip()
    topic = _TOPIC_LABEL.match(text)
    if topic and kind is not FactKind.FIELD and not _NO_ASPECT.search(topic["name"]):
        rest = text[topic.end() :]
        # 调解：调解纠纷88件 and 宣传：张贴宣传海报 name their topic again.
        return rest if topic["name"] in rest[:_NAMED_AGAIN_CHARS] else _topic_said(topic["name"], rest)
    if kind is FactKind.NEXT or fact.tense is Tense.PLANNED:
        ahead = _AHEAD.match(text)
        text = text[ahead.end() :] if ahead else text
    pattern = _LABEL_PATTERNS.get(kind)
    found = pattern.match(text) if pattern else None
    if found and len(text) > found.end():
        text = text[found.end() :].lstrip("：:，, ")
    return _ENUMERATOR.sub("", text)


_TIME_NAME = re.compile(
    r"[上下]半年|[一二三四]季度|[今明去]年|[本上下]月|[本上下]周|目前|近期|平时|全年|年底|年内|春季|秋季|寒假|暑假"
)
_POST = re.compile(r"(?:总指挥|副?指挥长|副?组长|召集人|副?队长|副?站长|负责人|联系人|联络员|总负责|总协调)$")
_HOLDER = re.compile(r"[\u4e00-\u9fff]{2,14}$")
_OF_GROUP = re.compile(r"(?:总指挥|副?指挥长|副?组长|召集人)$")  # a 站长 may be whoever speaks
_HOLDER_FIRST = re.compile(r"[\u4e00-\u9fff]{1,13}[长记任理席员部办科局委处](?=$|[，；（(])")


def _topic_said(name: str, rest: str) -> str:
    if _TIME_NAME.fullmatch(name):
        return f"{name}，{rest}"
    if _POST.search(name) and _HOLDER.match(rest):
        return f"{rest}任{name}"
    return f"{name}方面，{rest}" if topic_of(name) and _tells(rest) else f"{name}：{rest}"


def _tells(rest: str) -> bool:
    return says_a_doing(rest) or re.search(r"\d", rest) is not None
