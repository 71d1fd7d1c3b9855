"""Sentence patterns: who took part is said with the activity, and a count stands behind what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.drafting.compose_by_rules.lexicon import lexicon
from service.language.words import segment

_AMOUNT = r"(?:约|近|共|超过|大概|大约|差不多|快)?(?:\d[\d,.]{0,10}|[一二三四五六七八九十百两几数]{1,4})(?:[万千百])?(?:余|来|几)?"
_PEOPLE = r"(?:人次|人|名|位|个单位|家单位|个部门|个|支队伍|支|家)[\u4e00-\u9fff]{0,8}"
_CAME = re.compile(
    rf"^(?:大概|差不多)?(?:总共|一共)?(?:来了?|去了?|到了?|到场|到会|参加的?有?|参与的?有?|参加了|参与了|出动了?|动员了?|组织了?|发动了?|有|共有|共)(?P<many>{_AMOUNT}{_PEOPLE}?)(?:左右)?(?:来?参加|参与|到场|来)?了?$"
)
_HOUSES = re.compile(
    rf"^(?:去了?|跑了?|走了?|转了?)(?P<many>{_AMOUNT}(?:户|家|个小区|个社区|条街|个村|个楼院|个院落|栋|处)[\u4e00-\u9fff]{{0,6}})$"
)
_HELD = re.compile(
    r"^(?P<before>[\u4e00-\u9fff\d“”]{0,18}?)(?:搞|做|弄|办|整|组织|开展)(?:了个|了次|了场|了|个)?(?P<what>.{2,24})$"
)
_ENDS_LIKE_PEOPLE = re.compile(
    r"(?:人次|人|名|位|单位|部门|志愿者|党员|干部|职工|学生|居民|群众|队伍|支|商户|企业|家庭)$"
)
_MEETING = re.compile(r"会$|会议$|讲座$|比赛$|竞赛$|培训班$|演出$|晚会$|仪式$|运动会$|大赛$")
_COUNT = r"(?:约|近|超过|共)?\d[\d,.]{0,10}(?:～\d[\d.]{0,8})?[万千百]?余?(?:平方米|平方公里|立方米|公里|人次|场次|台次|车次|批次|[条块份张处个盏棵吨件起辆台面幅套组次场期篇册本只间座根株袋桶车户家名人米支])"
_INVERTED = re.compile(rf"^(?P<noun>[\u4e00-\u9fff“”]{{2,9}}?)(?P<verb>[\u4e00-\u9fff]{{2}})(?P<count>{_COUNT})$")
_COUNT_BEFORE = re.compile(
    rf"(?P<verb>[\u4e00-\u9fff]{{2}})(?P<count>{_COUNT})(?:的)?(?P<noun>[\u4e00-\u9fff]{{2,6}})$"
)
_AGENT = re.compile(
    r"(?:者|员|人|队|社区|街道|学校|局|办|委|中心|村|组|干部|群众|居民|公司|城管|环卫|物业|部门|单位|科|所|站|校|院|厂|师|生|警|部|会|代表|商户|我们|"
    r"共|累计|合计|新|已|再|先后|陆续|另|其中|计)$"
)
_NAMED_END = re.compile(r"(?:开展|组织)(?P<name>“[^”]{1,20}”)$")


def join_participants(clauses: Sequence[str]) -> list[str]:
    """`clauses`, still in the notes' words, with 搞了X，去了30余个单位 as one clause 组织30余个单位开展X and
    来了50人 as 50人参加. Pure."""
    out: list[str] = []
    for clause in clauses:
        houses = _HOUSES.match(clause)
        came = None if houses else _CAME.match(clause)
        if houses:
            out.append(f"走访{houses['many']}")
            continue
        if not came or not out or not _ENDS_LIKE_PEOPLE.search(came["many"]):
            out.append(clause)
            continue
        many = came["many"]
        held = _HELD.match(out[-1])
        if held and not _MEETING.search(held["what"]) and not re.search(r"\d", held["what"]):
            out[-1] = f"{held['before']}组织{many}开展{held['what']}"
        else:
            out.append(f"{many}参加")
    return out


def quantity_last(clause: str) -> str:
    """`clause` with its count behind the noun: 横幅悬挂12条 → 悬挂横幅12条, 制作6块展板 → 制作展板6块; a named activity is
    called one: 开展“三下乡” → 开展“三下乡”活动. Pure."""
    clause = _NAMED_END.sub(lambda found: f"{found.group()}活动", clause)
    inverted = _INVERTED.match(clause)
    if inverted and inverted["verb"] in _official_verbs() and not _AGENT.search(inverted["noun"]):
        return f"{inverted['verb']}{inverted['noun']}{inverted['count']}"
    before = _COUNT_BEFORE.search(clause)
    if (
        before
        and before["verb"] in _official_verbs()
        and before["noun"] in _countable()
        and _is_one_word(before["noun"])
    ):
        return f"{clause[: before.start()]}{before['verb']}{before['noun']}{before['count']}"
    return clause


def _official_verbs() -> frozenset[str]:
    words = {verb.default for verb in lexicon().verbs.values()}
    words |= {one for verb in lexicon().verbs.values() for one in verb.by_class.values()}
    return frozenset(
        {*words, "清理", "整治", "更换", "设立", "张贴", "签订", "排查", "劝导", "处理", "整改", "办理"} - {""}
    )


def _countable() -> frozenset[str]:
    return frozenset(noun for noun, names in lexicon().classes.items() if not {"person", "money"} & set(names))


def _is_one_word(noun: str) -> bool:
    return len(segment(noun)) <= 2
