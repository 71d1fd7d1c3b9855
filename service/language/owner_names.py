"""Who lines of notes are of: names of places, bodies and sections, told from topics, parts of a report and people."""

from __future__ import annotations

import re

from service.language.name_lists import NameKind, name_lists
from service.language.names import find_names
from service.language.patterns import deferred
from service.language.topics import topic_of
from service.language.words import is_everyday

# Parts of a report, fields of an item, times and titles: what else stands before a colon.
_NO_OWNER = deferred(
    # 系统消息：… below a row of signs is nobody's name.
    r"(?:消息|提示|通知|指令|助手|公告|提醒|回复)$|系统$|"
    r"问题|不足|困难|短板|差距|下一?步|打算|计划|措施|原因|时限|期限|责任|完成|佐证|情况|成效|效果|亮点|做法|经验|依据|背景|概况|基本|荣誉|"
    r"方面|其[他它]|备注|说明|合计|总计|小计|共计|目标|任务|要求|安排|建议|汇总|素材|台账|清单|记录|纪要|笔记|时间|地点|主题|人数|内容|"
    r"联系|电话|会议|议题|主持|出席|附件|数据|指标|材料|报告|总结|方案|更正|补充|注意|重点|领导|进展|整改|工作|活动|建设|整治|治理|"
    r"创建|服务$|今年|去年|上年|明年|本[年月周季]|[上下]个?[月周季]|[上下]半年|季度|目前|实际|\d月|\d号|\d日|\d{4}年|^周[一二三四五六日天]|星期|"
    r"[上下]午|^[早晚]上|^第?[一二三四五六七八九十\d]+[条项点是]|^[\dA-Za-z]+$|^(?:我|咱|各|全|本|该|那|这|另|还|再|又|大家|领导)"
)
_SECTION = deferred(r"[\u4e00-\u9fff\d]{2,}(?<!\d)(?:科|股|组|队|室|办|站|所|处|部|班|支部|车间)")
_PLACE_END = deferred(
    r"[\u4e00-\u9fff\d]+(?:村|镇|乡|庄|屯|寨|社区|街道|小区|市场|小学|中学|幼儿园|医院|卫生院|广场|公园|片区|网格|街|路|巷|桥|支行|校区|"
    r"院区|食堂|门店|分店|营业厅|楼|馆|园)"
)
# Whoever gathers what the others report speaks for the whole unit.
_GATHERS = deferred(r"(?:党政|政府|创建|创城|文明|综合)?(?:办公室|综合科|综合办|党政办|创城办|创建办|文明办)")
_GENERIC = deferred(
    r"(?:农贸|集贸|菜|专业|批发|老旧|居民|无物业|有物业|商业|背街|主次|中|大|各|乡镇|城区|农村|窗口|基层|沿街|公共)+"
    r"(?:市场|小区|小巷|干道|街道|社区|村|小学|中学|医院|卫生院|广场|公园|街|路|巷)"
)


def is_no_owner(told: str) -> bool:
    """True for what else heads lines: a part of a report, a field, a time, a sum, or nothing at all. Pure."""
    return not told or _NO_OWNER.search(told) is not None


def is_place(name: str) -> bool:
    """True where the name itself tells a place or a body that has a name of its own."""
    if _GENERIC.fullmatch(name) or _GATHERS.fullmatch(name) or name in name_lists().generic:
        return False
    found = find_names(name)
    whole = len(found) == 1 and found[0].text == name
    if whole and found[0].kind in (NameKind.PLACE, NameKind.UNIT) and found[0].sure:
        return True
    return _SECTION.fullmatch(name) is not None or (_PLACE_END.fullmatch(name) is not None and topic_of(name) is None)


def is_section(name: str) -> bool:
    """True for a part of the unit or another body that does work of its own kind: 宣传科, 区交警大队."""
    return _PLACE_END.fullmatch(name) is None and is_place(name)


def may_be_name(told: str, *, may_be_person: bool = False) -> bool:
    """True for what may name a place in short (北桥), and is no topic, no person and no word of every day."""
    everyday = told in name_lists().generic or topic_of(told) is not None or is_everyday(told)
    return not everyday and (may_be_person or not is_reporter(told)) and not told.endswith(name_lists().titles)


def is_reporter(by: str) -> bool:
    """True where the bracket behind a head holds a person: （孙科）, （老刘）, （李静 报）."""
    plain = re.sub(r"[报记说]$|负责$|[ ，,].*", "", by)
    return (
        1 < len(plain) <= 4
        and (plain[:1] in name_lists().surnames or plain[:1] in "老小阿")
        and not re.search(r"\d", by)
    )
