"""Clauses without a verb: a named event gets the verb official reports give it, and who came to it 参加."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.drafting.compose_by_rules.lexicon import lexicon, object_class
from service.language.words import segment

HELD = {"meeting": "召开", "contest": "举办", "action": "开展"}
_HELD_START = re.compile(r"(?:[\u4e00-\u9fff“”]{0,12}?)(?:召开|举办|开展|组织|参加|举行|进行|承办|协办|联合|协同)")
_STAGES = re.compile(r"(?:宣传|组织)?(?:动员|发动)(?:部署)?|摸底|排查|整治|自查|宣传|督查|培训|演练|大扫除")
_LONGEST_EVENT = 18
_SHORTEST_EVENT = 3
_IS_ACTION = re.compile(r"入户|慰问|宣传|宣讲|清理|清扫|整治|巡查|巡逻|走访|排查|培训|演练|学习|检查|督查")
_EVENT_AND_WHERE = 2  # words: 义诊下乡
_MEANT = re.compile(r"(?:还|也)?(?:计划|打算|准备|拟|将|继续|争取|力争|每)")  # 计划每周巡查 says what will be done
# The doer of a doing is not its name: 环卫所排查 must not become 开展环卫所排查.
_DOER = re.compile(
    r"(?:者|员|队|街道|学校|局|办|委|中心|村|组|干部|群众|居民|公司|城管|物业|部门|单位|科|所|站|校|院|厂|交警|民警|部|代表|商户|专班|我们|的)$"
)
_NO_EVENT = re.compile(r"[\d，、；：（）【】]|方面$|情况$|[是有没未不被把将已正在]")
_TIMES = r"\d{1,5}余?(?:次|场|期|轮|届|场次|期次|轮次)"
_COUNTED_EVENT = re.compile(rf"^(?P<name>[\u4e00-\u9fff“”]{{2,14}}?)(?P<many>(?:共|约|近)?{_TIMES})$")
_FESTIVAL = re.compile(r"^(?:元宵|端午|清明|中秋|重阳|春节|元旦|国庆|腊八|六一|七一)")
_CUSTOM = re.compile(r"[猜包赏品做写挂送祭扫踏登插闹迎吃][\u4e00-\u9fff]{1,6}$")
_COUNT_FIRST = re.compile(
    r"^(?P<count>(?:约|近|共)?\d{1,6}余?(?P<counter>[个处块张台座组]))(?P<noun>[\u4e00-\u9fff]{2,4})$"
)
_SET_UP = {"facility": "设", "print": "展出"}
_CAME = re.compile(
    r"^(?:志愿者|党员|干部|群众|居民|村民|学生|师生|家长|职工|员工|教师|青年|商户)?(?:约|近|共|超过)?\d{1,6}余?(?:人次|人|名|位|支?(?:代表)?队|支队伍)(?=$|（)"
)
# 入户走访，340户 is one thing said in two cells.
_ONLY_A_COUNT = re.compile(r"^(?:约|近|共|超过)?\d{1,6}余?(?:户|件|处|家|份|栋|条|块|个|棵|盏|平方米)(?=$|（)")
_TAKES_COUNT = re.compile(
    r"^[^\d]{0,20}(?:走访|清理|清运|慰问|发放|安装|更换|拆除|张贴|检查|排查|整治|修补|维修|评选?|栽种)[^\d，、；]{0,10}(?<!方面)$"
)
_VOLUNTEERS = re.compile(r"^(?:志愿者|党员志愿者)")
# Those who are visited, treated or helped do not take part: 慰问，40人.
_DONE_TO = re.compile(r"慰问|帮扶|救助|义诊|体检|筛查|服务|走访|发放|送|关爱|登记|招募|评选")


_ASSEMBLY = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,10}会)(?P<does>(?:专题|集中)?(?:布置|研究|部署|讨论|审议|通报|学习|通过))"
)
_BODY = re.compile(r"(?:委|委员|理事|监事|工|协|商|学|基金|联合|妇代)会$")


def with_verb(name: str) -> str:
    """The name of an event with its verb: 爱心送考启动会 is 召开, 礼让培训 is 开展; other words unchanged. Pure."""
    if _STAGES.fullmatch(name):
        return f"开展{name}"
    if not _SHORTEST_EVENT <= len(name) <= _LONGEST_EVENT or _NO_EVENT.search(name):
        return name
    if _HELD_START.match(name) or _MEANT.match(name):
        return name
    words = segment(name)
    if words[0].text in lexicon().verbs or any(word.text.endswith("了") for word in words):
        return name  # 学雷锋月搞了启动仪式 has its verb already
    assembly = _ASSEMBLY.match(name)
    if assembly:
        return name if _BODY.search(assembly["name"]) else f"召开{name}"
    held = object_class(name, HELD) if ends_with_event(name) else None
    if held is None:
        feast = _FESTIVAL.match(name)
        done = feast and _CUSTOM.match(name, feast.end())
        return f"开展{name}活动" if done and not name.endswith("活动") else name
    if held == "action" and not _names_an_action(name):
        return name
    return f"{HELD[held]}{name}"


def ends_with_event(name: str) -> bool:
    """True where the last words of `name` are what was held: 义诊 in 上山义诊, not in 义诊志愿者. Pure."""
    known = lexicon().classes
    return any(not HELD.keys().isdisjoint(known.get(name[-length:], ())) for length in range(1, 7))


def _names_an_action(name: str) -> bool:
    words = segment(name)
    before = "".join(word.text for word in words[:-1] if word.tag != "t")
    doing = any(word.tag == "v" and object_class(word.text, HELD) is None for word in words[:-1])
    if (
        doing
        or _DOER.search(before)
        or (len(words) > 1 and words[0].tag in ("v", "d", "p", "c") and not _IS_ACTION.match(words[0].text))
    ):
        return False
    return bool(before) or len(name) > _SHORTEST_EVENT


def is_event(text: str) -> bool:
    """True where `text` names what was held, so that it is no topic that something is said of: 邻里运动会. Pure."""
    held = object_class(text, HELD)
    return held in ("meeting", "contest") and with_verb(text) != text


def people_come_to(event: str) -> bool:
    """True where people named behind `event` took part in it; they are helped by 慰问 and 义诊. Pure."""
    return re.search(r"召开|举办", event) is not None or _DONE_TO.search(event) is None


def with_verbs(clauses: Sequence[str], dated: bool) -> list[str]:
    """`clauses` with the verbs their nouns ask for: 便民市集，22个摊位 → 举办便民市集，设摊位22个; 讲座27场 →
    举办讲座27场; 运动会，80人 → 举办运动会，80人参加. `dated` says that a time stands before the first clause: what
    has a day is an event. Pure."""
    out: list[str] = []
    held = False
    for place, clause in enumerate(clauses):
        said = clause
        if place == 0 and (dated or len(clauses) > 1):
            said = with_verb(clause)
        if said == clause:
            said = _counted(clause)
        if said == clause and held:
            said = _set_up(clause)
            if _CAME.match(clause) and (_VOLUNTEERS.match(clause) or people_come_to(out[0])):
                said = _CAME.sub(lambda found: f"{found.group()}参加", clause)
        if said == clause and out and _ONLY_A_COUNT.match(clause) and _TAKES_COUNT.search(out[-1]):
            out[-1] += said
            continue
        held = held or bool(re.match(r".{0,14}?(?:召开|举办|开展|举行)", said))
        out.append(said)
    return out


def _counted(clause: str) -> str:
    found = _COUNTED_EVENT.match(clause)
    if not found or found["name"].endswith(("每周", "每月", "每年", "每日", "一年", "两年", "每学期", "共", "累计")):
        return clause
    name = found["name"]
    held = object_class(name, HELD)
    if held is None or _NO_EVENT.search(name) or _HELD_START.match(name) or _MEANT.match(name):
        return clause
    words = segment(name)
    # 三年义诊142场 counts years, 研究创建工作6次 has its verb, 上门服务老年客户118次 counts no service.
    if words[0].tag[:1] in "mtvpd" and object_class(words[0].text, HELD) is None:
        return clause
    if object_class(words[-1].text, HELD) is None and len(words) > _EVENT_AND_WHERE:
        return clause
    before = "".join(word.text for word in words[:-1])
    return clause if _DOER.search(before) or _DOER.match(before) else f"{HELD[held]}{clause}"


def _set_up(clause: str) -> str:
    found = _COUNT_FIRST.match(clause)
    kind = object_class(found["noun"], _SET_UP) if found else None
    return f"{_SET_UP[kind]}{found['noun']}{found['count']}" if found and kind else clause
