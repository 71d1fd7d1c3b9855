"""Patterns of official clauses: a count stands behind what it counts, a named activity is called one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from service.drafting.compose_by_rules.lexicon import lexicon
from service.drafting.compose_by_rules.particles import without_aspect
from service.language.words import segment

_COUNT = (
    r"(?:约|近|超过|共)?\d[\d,.]{0,10}(?:～\d[\d.]{0,8})?[万千百]?余?(?:平方米|平方公里|立方米|公里|人次|场次|台次|车次|批次|"
    r"[条块份张处个盏棵吨件起辆台面幅套组次场期篇册本只间座根株袋桶车户家名人米支])"
)
_INVERTED = re.compile(rf"^(?P<noun>[\u4e00-\u9fff“”]{{2,9}}?)(?P<verb>[\u4e00-\u9fff]{{2}})(?P<count>{_COUNT})$")
_COUNT_BEFORE = re.compile(
    rf"(?P<verb>[\u4e00-\u9fff]{{2}})(?P<count>{_COUNT})(?:的)?(?P<noun>[\u4e00-\u9fff]{{2,6}})$"
)
# A noun that ends so does the work or says when: 志愿者清理12处 must not become 清理志愿者12处.
_AGENT = re.compile(
    r"(?:者|员|人|队|社区|街道|学校|局|办|委|中心|村|组|干部|群众|居民|公司|城管|环卫|物业|部门|单位|科|所|站|校|院|厂|师|生|警|部|会|代表|"
    r"商户|我们|共|累计|合计|新|已|再|先后|陆续|另|其中|计|天|日|次|周|月|年|每\S|下来|季度|全年|期间|以来|方面|集中|主动|统一)$"
)
_LIMITS = re.compile(r"[仅才只还都也不未没的并且又把将被对与和给为在从向]")
_NO_OBJECT = re.compile(
    r"责令|要求|督促|督办|限期|完成|及时|立即|协调|联合|配合|落实|组织|开展|持续|全面|逐一|逐户|入户"
)
_NAMED_END = re.compile(r"(?:开展|组织)(?P<name>“[^”]{1,20}”)$")
_NAMED_ALONE = re.compile(r"^“[^”]{1,20}”$")
# 开工6个 and 发生2个 count no people, so the last character alone does not tell.
_PERSONS = r"(?P<who>[者员]|学生|师生|考生|医生|教师|律师|民警|辅警|交警|职工|员工|干部|专家|居民|群众)"
_PERSON_COUNT = re.compile(_PERSONS + r"(?:有)?(?P<count>\d{1,6}余?)个(?=$|[，、；（])")
_HAS_PERSONS = re.compile(_PERSONS + r"有(?=\d)")
_PERSON_AFTER = re.compile(
    r"(?P<count>\d{1,6}余?)个(?=(?:志愿者|党员|干部|学生|教师|居民|医生|民警|职工|保洁员|网格员|家长|工作人员|老年人|儿童|环卫工人)(?![小区会楼院点站室委户代]))"
)
_DOUBLE = re.compile(r"(?P<verb>开展|组织|召开|举办|进行|计划|共|约)(?P=verb)")
_DOUBLE_HEDGE = re.compile(
    r"(?<![预节公合大])约(?=\d[\d,.]*[万千百]?余)|(?<![附最靠远临邻贴])近(?=\d[\d,.]*[万千百]?余)"
)
_OPEN_END = re.compile(r"活动(?:的)?活动$")


def written_patterns(clauses: Sequence[str]) -> list[str]:
    """`clauses` in official words with the order and counters official sentences have. Pure."""
    return [_tidy(quantity_last(_named(clause))) for clause in clauses]


def _named(clause: str) -> str:
    clause = _NAMED_END.sub(lambda found: f"{found.group()}活动", clause)
    return f"开展{clause}活动" if _NAMED_ALONE.match(clause) else clause


_YEARS_BESIDE = re.compile(
    r"^(?P<then>去年|上年)(?P<thing>[\u4e00-\u9fff]{2,8}?)(?P<before>(?P<a>\d{1,6}(?:\.\d{1,3})?)(?P<unit>[万亿]?[\u4e00-\u9fff%]{1,3}?))，?"
    r"今年(?P<now>(?P<b>\d{1,6}(?:\.\d{1,3})?)(?P=unit))$"
)
# 门诊量是21.6万: a value is 为 what it is of; 去年是65分钟 likewise.
_BROKEN = re.compile(r"(?<![损破毁])坏了?(?=[一二两三四五六七八九十\d]{1,4}[台个处盏块部扇件])")
_VALUE_IS = re.compile(r"(?<=[量率数值间额价长积度年期])是(?=[约近]?\d)")


_BEFORE_AND_NOW = re.compile(
    r"^(?P<thing>[\u4e00-\u9fff]{2,8}?)(?:由|从)?(?P<then>以前|之前|原来|原先|过去)(?:的|是|为)?"
    r"(?P<before>(?P<a>\d{1,6}(?:\.\d{1,3})?)(?P<unit>[万亿]?[\u4e00-\u9fff%]{1,3}?))，?"
    r"(?:现在|如今|目前|眼下)(?:的|是|为|到)?(?P<now>(?P<b>\d{1,6}(?:\.\d{1,3})?)(?P=unit))(?=$|，)"
)


def before_and_now(text: str) -> str:
    """满意度以前89.2%现在95.6% as one change of one thing; the figures decide whether it grew. Pure."""
    found = _BEFORE_AND_NOW.match(text)
    if not found or Decimal(found["a"]) == Decimal(found["b"]):
        return text
    grown = Decimal(found["b"]) > Decimal(found["a"])
    share = "%" in found["unit"]
    word = ("提高到" if share else "增加到") if grown else ("下降到" if share else "减少到")
    return f"{found['thing']}由{found['then']}的{found['before']}{word}目前的{found['now']}{text[found.end() :]}"


def years_beside(clause: str) -> str:
    """去年洒水车14台今年20台 as one change of one thing; the figures decide whether it is 增加到 or 减少到. Pure."""
    found = _YEARS_BESIDE.match(clause)
    if not found or Decimal(found["a"]) == Decimal(found["b"]):
        return clause
    grown = "增加到" if Decimal(found["b"]) > Decimal(found["a"]) else "减少到"
    return f"{found['thing']}由去年的{found['before']}{grown}今年的{found['now']}"


def _tidy(clause: str) -> str:
    clause = _BROKEN.sub("损坏", clause)
    clause = clause.replace("全部已", "已全部")
    clause = _VALUE_IS.sub("为", clause)
    clause = _PERSON_COUNT.sub(lambda found: f"{found['who']}{found['count']}名", clause)
    clause = _PERSON_AFTER.sub(lambda found: f"{found['count']}名", clause)
    clause = _HAS_PERSONS.sub(lambda found: found["who"], clause)
    clause = without_aspect(clause)
    clause = _DOUBLE.sub(lambda found: found["verb"], clause)
    clause = _DOUBLE_HEDGE.sub("", clause)
    return _OPEN_END.sub("活动", clause)


def quantity_last(clause: str) -> str:
    """`clause` with its count behind the noun: 横幅悬挂12条 → 悬挂横幅12条, 制作6块展板 → 制作展板6块. Pure."""
    inverted = _INVERTED.match(clause)
    apart = inverted is not None and inverted.start("verb") in {word.start for word in segment(clause)}
    if inverted and apart and inverted["verb"] in official_verbs() and _is_object(inverted["noun"]):
        return f"{inverted['verb']}{inverted['noun']}{inverted['count']}"
    before = _COUNT_BEFORE.search(clause)
    if before and before["verb"] in official_verbs() and before["noun"] in _countable():
        return f"{clause[: before.start()]}{before['verb']}{before['noun']}{before['count']}"
    return clause


def _is_object(noun: str) -> bool:
    words = segment(noun)
    # 责令整改2家 counts what was ordered: a verb before the verb is no object of it.
    nominal = all(word.tag[:1] in "najlbsx" or word.tag == "vn" for word in words) and words[-1].tag != "vn"
    if _AGENT.search(noun) or _LIMITS.search(noun) or _NO_OBJECT.search(noun):
        return False
    return len(words) <= 3 and nominal


@cache
def official_verbs() -> frozenset[str]:
    """The verbs reports say work with, all of two characters or more. Pure."""
    words = {verb.default for verb in lexicon().verbs.values()}
    words |= {one for verb in lexicon().verbs.values() for one in verb.by_class.values()}
    more = {
        "清理",
        "整治",
        "更换",
        "设立",
        "张贴",
        "签订",
        "排查",
        "劝导",
        "处理",
        "整改",
        "办理",
        "发放",
        "新增",
        "化解",
    }
    return frozenset({*words, *more} - {"", "开展", "走访"})


@cache
def _countable() -> frozenset[str]:
    return frozenset(
        noun for noun, names in lexicon().classes.items() if len(noun) > 1 and not {"person", "money"} & set(names)
    )
