"""Texts that are no report: slogans, speeches and appeals, news, fragments. The reason is a short English code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.classify.unit import is_salutation
from corpus.split.headings import numbering
from corpus.split.openings import PERSONAL, is_of_a_person, is_other_title
from corpus.split.self_reference import self_references

_EXHORTS = re.compile(
    r"让我们|同学们|朋友们|市民朋友|居民朋友|亲爱的|大家都知道|你们看|吧[，。！]|从我做起|携起手来|行动起来|倡议|我们倡议"
)
_MEETING = re.compile(
    r"同志们[：:，！!]|(?:今天|今晚)[^。，]{0,6}在这里(?:召开|举行|隆重)|(?:召开|举行)今天的|我(?:再)?(?:讲|强调|谈)(?:几|[一二三四五])点|请大家(?:欢迎|鼓掌)|下面(?:进行|请)"
    r"|会议(?:第[一二三四五六]项|到此结束)|出席今天|掌声|散会"
)
_NEWS = re.compile(
    r"^(?:本报讯|本网讯|新华社|中新网|人民网|央视网)|(?:本报|本网|通讯员|实习生)记者|记者[^，。]{0,8}(?:获悉|了解到|看到|从)|讯[（(](?:记者|通讯员)|（(?:通讯员|记者)"
)
_WORK = re.compile(
    r"(?:开展|组织|加强|落实|整治|创建|完善|推进|建立|健全|制定|召开|成立|宣传|清理|设置|发放|投入|检查|督查|整改|巡查|保障|强化|深化|做好|提升|提高|规范|营造|巩固)"
)
_FORMULA = re.compile(
    r"(?:汇报|报告|总结|情况|说明|方案|计划|安排)如下|特此|现将|制定本|工作(?:情况|总结|汇报)|存在(?:的)?(?:主要)?问题|目前的困难|下一?步|整改"
)
_ANNOUNCES = re.compile(r"(?:现将|现就|下面将?|[特现]制[定订])[^。；！？]{0,40}(?:如下|方案|计划)")
_APPEALS = re.compile(r"(?:发出|提出)?(?:如下|以下)倡议|倡议如下|我们倡议|^倡议人|^倡议单位", re.MULTILINE)
_LEAST_PERSONAL = 3
# 请各单位于6月10日前将…报送: asks for a report; 开头要简明: teaches to write one.
_ASKS = re.compile(
    r"请(?:各|你|贵)?[^，。]{0,12}(?:于|在)?[^，。]{0,12}前[^。]{0,40}(?:报送?|反馈|上报|提交|交)|(?:上报|报送)(?:时间|要求)"
)
_NOTICE_TITLE = re.compile(r"(?:通知|函|启事|公告|公示|通告)$")
_TEACHES = re.compile(
    r"写好|怎么写|怎样写|如何写|写作|写法|(?:开头|主体|结尾|标题|正文)(?:要|部分|一般|应)|堆砌|笔杆子|动笔|行文|套话|范文|格式(?:要|是|如下)|写[^，。]{0,6}(?:报告|总结|汇报|材料)"
)
_LEAST_TAUGHT = 3
# 名额有限，前50名立减300元，扫码咨询: sells to whoever reads.
_SELLS = re.compile(
    r"名额|立减|赠送|招生|学员|报名|扫[码描]|添加(?:老师|微信|客服)|优惠|上岸|包过|限时|抢购|特价|原价|现价|售价|订购|下单|包邮|咨询|加盟|月薪|免费(?:领|试|重|体验)|[¥￥]|热线|促销|秒杀|会员"
)
_LEAST_SOLD = 4
_LONGEST_TITLE = 40  # characters
_CONFESSION = re.compile(r"心得|体会|感悟|感受|我觉得|我认为|我深深|使我|让我明白|我的")

# What a report counts, and how many such figures in 1,000 characters tell one.
_COUNTED = re.compile(
    r"\d[\d.,]{0,9}[余多]?(?:万|亿)?(?:人次|平方|公里|[个名人户处场件项条份元亩吨米台辆张块座期支家次册棵株盏%])"
)
_LEAST_COUNTED = 12
# Fewer characters than this say too little to learn a structure from; an indicator's explanation has about 200.
_LEAST_CHARS = 110
_LEAST_CHARS_TITLED = 60
_REPORT_TITLE = re.compile(
    r"(?:文明|创建|创城|创文|志愿|整治|整改|自查|测评|指标|市容|环境|未成年人|移风易俗|道德|精神文明)[^。]{0,40}"
    r"(?:报告|总结|汇报|方案|材料|说明|情况|计划|安排|要点)"
)


def not_report_reason(lines: Sequence[str], title: str = "") -> str | None:
    """Why the lines are no report, None where they are one. Pure.

    "slogans", "speech", "news", "essay", "too_short" or "no_report". `title` is the text's own, "" where it has none.
    """
    text = "\n".join(lines)
    announced = bool(_ANNOUNCES.search(text[:600]))
    if not announced and lines and (is_other_title(lines[0]) or is_other_title(title)):
        return "speech"
    if _are_slogans(lines) and not announced:
        return "slogans"
    chars = len(re.sub(r"\s", "", text))
    if chars < (_LEAST_CHARS_TITLED if _REPORT_TITLE.search(title) else _LEAST_CHARS):
        return "too_short"
    if _NEWS.search(text[:120]) or _NEWS.search(text[-60:]):
        return "news"
    work = len(_WORK.findall(text)) * 1000 / chars
    speaks = self_references(text).total()
    headed = sum(1 for line in lines if (mark := numbering(line)) and mark.level <= 2)
    formulas = len(_FORMULA.findall(text))
    exhorts = len(_EXHORTS.findall(text))
    if exhorts >= 2 and not formulas and headed < 2 and (not speaks or work < 8):
        return "speech"
    if (
        exhorts >= 4
        and not formulas
        and any(is_salutation(line) or re.match(r"^(?:亲爱的|各位|尊敬的)", line) for line in lines[:3])
    ):
        return "speech"
    if len(_MEETING.findall(text)) >= (3 if speaks else 2):
        return "speech"
    if len(_CONFESSION.findall(text)) >= 4 and not formulas and work < 10:
        return "essay"
    if other := _other_kind(lines, title, speaks=bool(speaks), formulas=formulas, headed=headed):
        return other
    # Words of work, headings, a formula, a speaking unit or many figures: a report shows at least two of the five.
    counts = len(_COUNTED.findall(text)) * 1000 / chars >= _LEAST_COUNTED
    named = bool(_REPORT_TITLE.search(title))
    shown = (work >= 6) + (headed >= 2) + (formulas >= 1) + (speaks >= 2) + counts + 2 * named + announced
    return None if shown >= 2 or work >= 14 else "no_report"


def _other_kind(lines: Sequence[str], title: str, *, speaks: bool, formulas: int, headed: int) -> str | None:
    """Why the text is an appeal, an offer, an essay, a request for reports or advice on writing, or None."""
    text = "\n".join(lines)
    if _APPEALS.search(text) and not formulas:
        return "speech"
    if speaks:
        return None
    if len(lines) == 1 and is_of_a_person(lines[0]):
        return "essay"
    if len(set(_SELLS.findall(text))) >= _LEAST_SOLD and headed < 2:
        return "no_report"
    if len(PERSONAL.findall(text)) >= _LEAST_PERSONAL and not formulas and headed < 2:
        return "essay"
    head = title or (lines[0] if len(lines[0]) <= _LONGEST_TITLE else "")
    if _NOTICE_TITLE.search(head) and _ASKS.search(text):
        return "no_report"
    return "no_report" if len(_TEACHES.findall(text)) >= _LEAST_TAUGHT and headed < 2 else None


def _are_slogans(lines: Sequence[str]) -> bool:
    """Many short lines, hardly one of which goes on for more than a sentence."""
    if len(lines) < 5:
        return False
    short = sum(1 for line in lines if len(line) <= 45 and line.count("。") <= 1)
    headed = sum(1 for line in lines if (mark := numbering(line)) and mark.level <= 2)
    fields = sum(1 for line in lines if re.match(r"^[^，。；：]{2,10}：", line) or " | " in line)
    if len(lines) < 8 and any(re.search(r"\d", re.sub(r"^\S{1,4}[、.．）)]", "", line)) for line in lines):
        # A handful of short lines with figures is an indicator's explanation.
        return False
    return short >= 0.9 * len(lines) and headed < 0.2 * len(lines) and fields < 0.2 * len(lines)
