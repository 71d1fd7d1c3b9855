"""Figures and papers that the notes promise and never give: 办件量明天补给你, 满意度等调查报告, 投入金额财务还在算.

Such a line states nothing yet. Whoever writes the report has to ask for it, in the notes' own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.fact import SetAsideReason
from service.domain.quantity import Mention
from service.drafting.facts.clauses import has_action
from service.drafting.facts.gaps import Gap
from service.language.pieces import pieces
from service.language.taken_back import Taken

_WHEN = (
    r"(?:今[天晚]|明[天晚早]?|后天|下午|上午|晚上|中午|[本这下上]?个?(?:周|星期|礼拜)[一二三四五六日天末]?|[这过]?[一两几]天|稍后|"
    r"晚[点些]|迟[点些]|回头|等[会下]儿?|待会儿?|随后|会后|过后|节后|月[底初末]|下个?月|年底|(?<![月\d])\d{1,2}号|到时候?|"
    r"\d{1,2}月(?=才)|有空|抽空|尽快|马上|另|后续|后面)"
)
_GIVES = r"(?:补|给|发|报|交|送|传|导|拿|提供|反馈|通报|告诉|回(?:复|话|信)?)"
_TO = (
    r"(?:给|你们?|您|我们?|咱|大家|群里?|过来|上来|出来|过去|来|上|到|齐|一下|数字?|结果|准数|准信|"
    r"为准|再说|哈|啊|吧|哦)*"
)
_FIND_OUT = r"(?:统计|汇总|核算|核对|核实|核|算|查|问|数|整理|催|对|收集|收|填|补|导|录入?|回收|打分)"
_THEN = r"(?:再|就|才|能|会|可以|我|来|单独|一并|一起)*"
# Whoever promises addresses the one who writes; what stands before is what is promised.
_PROMISES = re.compile(
    rf"(?:我|他们|他)?{_THEN}{_WHEN}{_THEN}{_GIVES}{_TO}$|"
    rf"(?:再|后|另|单独){_GIVES}(?:给)?(?:你们?|您|我们?|群里)(?:哈|啊|吧|哦)?$"
)
_ADDRESSED = re.compile(r"[你您我咱群补报]|大家|回头|稍后")
_AWAITS = re.compile(
    rf"(?:还|都|正|仍|现在|目前)*(?:在|等着?){_FIND_OUT}(?:中|呢|着|之中)?$|"
    r"(?:还|得|要|需|须){1,2}(?:再|去|找|先)*(?:问|查|翻|找)(?:一下|问)?[\u4e00-\u9fffA-Za-z]{2,8}$|"
    r"(?:还|都|得|要|需|正|先|→)*[等待](?:着)?[\u4e00-\u9fffA-Za-z0-9]{0,10}?(?:给|报|发|出|导|通报|反馈|公布|提供|恢复|确认|核[实对]?|"
    r"回[复话信]?|定|单子|数据?|通知)[\u4e00-\u9fff]{0,4}$|"
    rf"{_WHEN}(?:才|就|能|会|要)*(?:有数|知道|出(?:来|数|结果)?|清楚)[了吧啊]?$"
)
# A figure that was given and that somebody has yet to look at once more.
_UNCHECKED = re.compile(
    r"(?:这个|那个|具体|准确|数字?|数据|人数|总数)*(?:还|也|都|暂时)?(?:要|得|需要?|没(?:有)?|未)(?:再|去)*"
    r"(?:跟|和|与|同|找|问|让|请)(?:一下)?[\u4e00-\u9fff]{0,6}?(?:核[对实]?|对|确认|问|碰)"
    r"(?:一下|一对|一遍|过|清楚?|准|上)*[的了呢吧]?$|"
    r"(?:这个|那个|数字?|数据|人数|总数)*(?:可能|也许|恐怕|怕是|不一定)(?:还|都|有点)?"
    r"(?:不准|不对|有误|有出入|记错|偏[高低多少]|重复了?)[确了]?$"
)
_REPLACED = re.compile(
    r"(?P<old>\d[\d.,]*[万亿]?[\u4e00-\u9fff]{0,2}?) ?(?:→|->|—>|=>|⇒) ?(?P<await>[等待][\u4e00-\u9fff]{1,10})$"
)
_COUNTS = re.compile(
    r"[数量率额分费次]$|人次|场次|人数|金额|资金|经费|多少|名单|材料|报告|报表|结果|情况|比例|面积|时间|文号|编号|数据|得分|排名|奖|"
    r"依据|问卷|调查|满意|几[个场次户人件]|哪[年月天个]|还是|日期|单位"
)
_OF_SOMETHING = re.compile(
    r"(?:具体|最后|最终|准确|总)?(?:结果|情况|进展|进度|数量|人数|总数|数据|金额|费用|时间|名单|材料|得分|名次|报告|比例|面积|地点)"
)
_NO_WORDS = re.compile(r"照片|图片|视频|图$|签到|红包|盒饭|钥匙|快递")  # no part of the words of a report
_BY_WHOM = re.compile(
    r"(?:让|由|找|请|叫)?(?:各[\u4e00-\u9fff]{1,3}|"
    r"[\u4e00-\u9fff]{1,5}?(?:科|处|室|局|办|所|组|站|队|中心|部门|老师|主任|会计|财务)|[小老][\u4e00-\u9fff]|财务|民政|物业|他们|我们?|人家)"
    r"(?:那边|那里)?(?:说|讲|答应)?(?:是|的)?$"
)
_LEADS = re.compile(r"^(?:那个?|这个?|就是|还有|另外|而|但是?|可是?|不过|我们科?的?|我这边的?|财务的|他们的)+")
_TRAILS = re.compile(r"(?:的话|的数字?|数字|具体|这块|这些|呢|嘛|还|都|也|就|先|是|有|的|要|得|需)+$")
_MARKS = " ：:，,、—…-（()）？?"
_SENTENCE_END = "；;。！!？?\n"
_FEWEST_CHARS, _MOST_CHARS = 2, 24


def promised_in(
    text: str, first: int, number: int, figures: Sequence[Mention], gone: Sequence[Taken], label: str = ""
) -> list[Gap]:
    """What the words `text[first:]` of note line `number` promise for later or leave to be looked up, and the figures
    of it that are still to be checked, in order. `figures` have offsets into `text`, `gone` are parts of it that say
    nothing any more, `label` is what stood before the line's colon. Pure."""
    found: list[Gap] = []
    places = [(max(start, first), end) for start, end in pieces(text) if end > first]
    for at, (start, end) in enumerate(places):
        if any(part.start < end and start < part.end for part in gone):
            continue
        held = [one for one in figures if start <= one.start < end]
        if held:
            found += _replaced(text, start, end, number)
            continue
        before = places[at - 1] if at and text[places[at - 1][1]] not in _SENTENCE_END else None
        figure = next((one for one in reversed(figures) if before and before[0] <= one.start < before[1]), None)
        sentence = max(text.rfind(mark, 0, start) for mark in "。；;\n")
        counted = any(sentence < one.start < start for one in figures)
        gap = _unchecked(text, (start, end), before, figure, number) or _promised(
            text, (start, end), before, counted, label, number
        )
        found += [gap] if gap else []
    return found


def _replaced(text: str, start: int, end: int, number: int) -> list[Gap]:
    """人口 7,900→待公安给数: the old figure no longer holds, and the new one is still to come."""
    found = _REPLACED.search(text[start:end].rstrip())
    name = _bare(text[start : start + found.start()]) if found else ""
    if found is None or len(name) < _FEWEST_CHARS:
        return []
    return [Gap(f"{name[-_MOST_CHARS:]}（第{number}行尚未提供）", (_part(text, start, end),))]


def _unchecked(
    text: str, piece: tuple[int, int], before: tuple[int, int] | None, figure: Mention | None, number: int
) -> Gap | None:
    """劝导1,900多次，数字要再跟交警对一下: the figure before stays, and is asked about."""
    if before is None or figure is None or not _UNCHECKED.fullmatch(text[slice(*piece)].strip(_MARKS)):
        return None
    told = _bare(text[_last_part(text, before[0], figure.start) : figure.end])
    return Gap(f"核实{told or figure.text}（第{number}行尚待核对）", (_part(text, *piece),))


def _promised(
    text: str, piece: tuple[int, int], before: tuple[int, int] | None, counted: bool, label: str, number: int
) -> Gap | None:
    """What a piece promises, named by its own words, else by the piece `before`, which may have `counted` something."""
    said = text[slice(*piece)].strip(_MARKS)
    cue = _PROMISES.search(said) or _AWAITS.search(said)
    own = _bare(re.split(r"[：:]", said[: cue.start()])[-1]) if cue else ""
    if cue is None or (counted and len(own) < _FEWEST_CHARS):
        return None  # （谁估的？没依据，待核） doubts the figure before it.
    told = _bare(text[_last_part(text, *before) : before[1]]) if before and not counted else ""
    name = own if len(own) >= _FEWEST_CHARS else (told or label)
    if told and own and (_OF_SOMETHING.fullmatch(own) or len(own) <= _FEWEST_CHARS * 2):
        name = f"{told}，{own}"  # 组织无偿献血，结果等血站通报: the words before name it.
    elif label and own == name and _OF_SOMETHING.fullmatch(own):
        name = f"{label}，{own}"
    proof = re.search(r"佐证|印证|附件|材料", label)  # 佐证：…，照片回头补
    if proof and _NO_WORDS.search(name):
        name = f"{label}，{name}" if label not in name else name
    if len(name) < _FEWEST_CHARS or (_NO_WORDS.search(name) and not proof):
        return None
    to_writer = name == own and _PROMISES.search(said) and _ADDRESSED.search(cue.group())
    if not to_writer and not proof and not _COUNTS.search(name):
        return None  # 路面修复等雨停 tells of work, 投入金额还在算 of a figure.
    taken = [_part(text, *piece)]
    if before and told and name == told and not has_action(told):
        taken.insert(0, _part(text, *before))
    return Gap(f"{name[-_MOST_CHARS:]}（第{number}行尚未提供）", tuple(taken))


def _last_part(text: str, start: int, end: int) -> int:
    """Where a piece begins behind its last label and bracket."""
    return max(start, *(text.rfind(mark, start, end) + 1 for mark in "：:（( "))


def _bare(words: str) -> str:
    """What is promised, without whoever is to give it and the words that lead to it."""
    plain = _TRAILS.sub("", _BY_WHOM.sub("", _LEADS.sub("", words.strip(_MARKS))))
    return re.sub(r"\s+", "", plain.strip(_MARKS)).split("：")[-1]


def _part(text: str, start: int, end: int) -> Taken:
    comma = start and text[start - 1] in "，,"
    return Taken(start - 1 if comma else start, end, SetAsideReason.UNCONFIRMED, "尚未提供，已列为待补")
