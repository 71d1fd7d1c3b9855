"""Patterns of spoken clauses, read before their words change: who came, 把 forms, topics said first, empty talk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from service.drafting.compose_by_rules.lexicon import lexicon, object_class
from service.drafting.compose_by_rules.nominal import HELD, ends_with_event, is_event, people_come_to
from service.drafting.compose_by_rules.rewrite import split_clauses, strip_ends
from service.drafting.compose_by_rules.topic_first import topics_turned
from service.language.words import segment

AMOUNT = (
    r"(?:约|近|共|超过|大概|大约|差不多|快)?(?:\d[\d,.]{0,10}|[一二三四五六七八九十百两几数]{1,4})"
    r"(?:[万千百])?(?:余|来|几)?"
)
_PEOPLE = r"(?:人次|人|名|位|个单位|家单位|个部门|个|支队伍|支|家)[\u4e00-\u9fff]{0,8}?"
_WENT = r"去了?|出动了?|动员了?|组织了?|发动了?"
_CAME_WORDS = r"来了?|到了?|到场|到会|参加的?有?|参与的?有?|参加了|参与了|有|共有|共"
_CAME = re.compile(
    rf"^(?:大概|差不多)?(?:总共|一共)?(?P<verb>{_WENT}|{_CAME_WORDS})(?P<many>{AMOUNT}{_PEOPLE})(?:左右)?"
    r"(?:来?参加|参与|到场|来)?了?$"
)
_CAME_NOUN_FIRST = re.compile(
    rf"^(?P<verb>来了|去了|到了|参加的?有?|出动了?|动员了?|组织了?|发动了?)(?P<many>[\u4e00-\u9fff]{{2,10}}?{AMOUNT}(?:人次|人|名|位))(?:左右)?(?:参加|参与|到场)?了?$"
)
_HEAD_COUNT = re.compile(
    rf"^(?:(?:参加|参与|到会|参会)?人数(?:为|是|：|:)?|(?:来|参加|到场)的人(?:有|是)?)(?P<many>{AMOUNT}(?:人次|人|名))$"
)
# 市政的完了3个 counts what is done; 完了之后 only goes on.
_DONE_WITH = re.compile(r"(?<=的)完了(?=\d|[两三四五六七八九十])")
_THAT_ONE = re.compile(r"(?<=[里上的])那个(?=[\u4e00-\u9fff]{2})")
# 班子成员加站所长19人 behind a meeting came to it.
_BOTH_CAME = re.compile(
    r"^(?P<who>[\u4e00-\u9fff]{2,8}?)(?:加(?P<more>[\u4e00-\u9fff]{2,8}?))?(?P<many>\d+余?(?:人|名|位))$"
)
_SOMEONE_CAME = re.compile(
    rf"^(?P<who>[\u4e00-\u9fff]{{2,10}})来了(?P<many>{AMOUNT})(?P<counter>个|名|位)(?P<noun>[\u4e00-\u9fff]{{2,6}})$"
)
_HOUSES = re.compile(
    rf"^(?:去了?|跑了?|走了?|转了?|走访了?)(?P<many>{AMOUNT}(?:户|家|个小区|个社区|条街|个村|个楼院|个院落|栋|处)[\u4e00-\u9fff]{{0,6}})$"
)
_HELD = re.compile(
    r"^(?P<before>[\u4e00-\u9fff\d“”]{0,18}?)(?:搞|做|弄|办|整|组织|开展)(?:了个|了次|了场|了|个)?(?P<what>.{2,24})$"
)
_ENDS_LIKE_PEOPLE = re.compile(
    r"(?:人次|人|名|位|单位|部门|者|员|干部|职工|学生|居民|群众|队伍|支|商户|企业|家庭|师|生|民警|骨干|家长)$"
)
_UNITS = re.compile(r"单位|部门|企业|商户|队伍|支$")
_OFFICIAL = (
    "清理",
    "清扫",
    "更换",
    "拆除",
    "粉刷",
    "维修",
    "整治",
    "修复",
    "安装",
    "修补",
    "疏通",
    "清运",
    "规范",
    "打扫",
    "栽种",
    "张贴",
    "悬挂",
    "发放",
)
_MEETING = re.compile(r"(?:会|会议|讲座|比赛|竞赛|培训班|演出|晚会|仪式|运动会|大赛|义诊)$")
_BUILT_UP = re.compile(r"^(?P<before>[^把]{0,12}?)把(?P<noun>[\u4e00-\u9fff“”]{2,14})(?:建|弄|搞|办|盖|立)起来$")
# 把4处飞线弄完: the finishing is said of the thing, so the noun follows it.
_FINISHED = re.compile(
    r"^(?P<before>[^把]{0,16}?)把(?P<noun>[\d\u4e00-\u9fff“”]{2,16}?)(?:弄|搞|做|办)(?:完|好|掉|到位)(?:了|成)?$"
)
_PLACES = re.compile(r"\d+(?:处|起|件)")
# 剩下4处等供电所: who is waited for is to deal with it.
_WAITS_FOR = re.compile(
    r"(?<=\d[\u4e00-\u9fff])(?:要|得|还要|还得)?等(?P<who>[\u4e00-\u9fff]{1,8}?(?:所|局|公司|部门|中心|站|办|物业|街道|供电|城管|交警|住建))(?:来|弄|处理)?$"
)
_STANDS_NOW = re.compile(r"^(?P<noun>[“”\u4e00-\u9fff]{2,16})(?:建|盖|搭)起来了?$")
_TOGETHER = re.compile(
    r"^(?P<before>.{0,14}?)(?:和|跟|与|同)(?P<who>[\u4e00-\u9fff]{2,8}?)(?:一起|一块儿|共同)(?=[\u4e00-\u9fff])"
)
_THIS_SIDE = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,6}?)(?:这边|这一块|这块|那边|那块|这里|这方面)(?:呢|吧|嘛)?(?:就是|主要是)?"
    r"(?P<who>我们|咱们|咱|俺们|我)?"
)
_CAME_FROM = re.compile(
    r"^(?P<who>[\u4e00-\u9fff]{2,10}(?:院|局|队|站|所|校|学|中心|公司|街道|社区|机构|协会|组|办|企业|团|大学|支部))来的$"
)
_TOLD_OF = re.compile(r"^(?:主要)?[讲学教]的(?:就)?是?(?=[\u4e00-\u9fff《“]{2,20}$)")
_NOUN_HELD = re.compile(
    r"^(?P<noun>[\u4e00-\u9fff“”]{2,12}?)(?P<verb>办|搞|做|开|弄)了?(?P<many>\d{1,4}余?(?:次|场|期|轮|届))?了?$"
)
_PLACE = re.compile(r"(?:[门路街巷楼苑园桥口场店站东西南北侧旁角边]|小区|[片校]区)$")
_LASTED = re.compile(r"^[\u4e00-\u9fff]了(?=(?:约|近)?\d[\d.]*余?个?(?:小时|半小时|钟头|天|周|星期|月)$)")
_PERSONS_CAME = re.compile(
    rf"^(?P<who>[\u4e00-\u9fff]{{0,6}}?(?:志愿者|家长|居民|村民|群众|党员|学生|教师|老师|职工|员工|干部|代表|老人|商户|业主|青年|医生|民警|师生))"
    rf"(?:来|到)了(?P<many>{AMOUNT})(?P<counter>个人?|名|位|人次?)$"
)
_HELD_OF = re.compile(r"^(?:开|办|搞|弄|做)的(?:那个)?(?=(?P<what>[\u4e00-\u9fff“”]{2,14})$)")
_SAME_VERB = re.compile(r"(?P<verb>[\u4e00-\u9fff])(?P<noun>[\u4e00-\u9fff]{1,3})(?P=verb)了?(?=\d)")
_TOPIC_MAX_CHARS = 6
_DOING_MAX_CHARS = 4
_TALK = re.compile(
    r"^(?:今年|本月|这个月|我们)?(?:主要|就|大致|大概)?(?:是|干|做|搞|有|说|讲)了?(?:这么|以下|下面|如下)?几(?:个|件|项|点|方面|块)(?:事情|事|工作|点|方面|内容)?$"
    r"|^(?:现在|目前)?(?:咱们|我们|我)?(?:先|再)?(?:说说|说一下|讲讲|说|讲|汇报)(?:一?下)?[\u4e00-\u9fff]{0,4}$"
    r"|^(?:情况|工作|内容|数据)(?:如下|是这样的?|汇报如下)$|^(?:具体|详细)(?:情况)?(?:如下|见附件|见下)$|^[\u4e00-\u9fff]{2,4}的(?:话|呢)?就是$"
)
_TOPIC_MARK = re.compile(
    r"^(?:第?[一二三四五六七八九]个?是|还有一?个?是|再一?个是|一方面是?|另一方面是?|一块是|然后就?是|再就是)(?=[\u4e00-\u9fff])"
)


def spoken_patterns(clauses: Sequence[str], topics: bool = True, planned: bool = False) -> list[str]:
    """`clauses` in the notes' words, put into the order official sentences have. Pure.

    Empty talk is left out; 把小广告铲了20处 becomes 铲了小广告20处, a topic said first 志愿服务方面,
    搞了X，去了30余个单位 becomes 组织30余个单位开展X, and 来了50人 becomes 50人参加. `topics` False
    takes no clause for a topic said first; that of a plan (`planned`) still goes to its figure.
    """
    kept = without_talk(clauses)
    kept = topics_turned(kept) if topics or planned else kept
    out: list[str] = []
    for place, clause in enumerate(kept):
        shaped = _ba_undone(_THIS_SIDE.sub(_this_side, clause))
        shaped = _TOGETHER.sub(lambda found: f"{found['before']}联合{found['who']}", shaped)
        shaped = _THAT_ONE.sub("", _DONE_WITH.sub("完成", _TOLD_OF.sub("内容为", shaped)))
        shaped = noun_held(_SAME_VERB.sub(_verb_once, shaped))
        shaped = _HELD_OF.sub(_held_of, shaped)
        followed = place + 1 < len(kept)
        marked = _TOPIC_MARK.match(shaped) is not None
        shaped = _TOPIC_MARK.sub("", shaped)
        if topics and followed and (place == 0 or marked) and says_a_doing(kept[place + 1]):
            shaped = _topic_said(shaped)
        _join(out, shaped)
    return out


def without_talk(clauses: Sequence[str]) -> list[str]:
    """`clauses` without their final particles, and without those that only say that something will be said. Pure."""
    return [stripped for clause in clauses if (stripped := strip_ends(clause)) and not _TALK.match(stripped)]


def _verb_once(found: re.Match[str]) -> str:
    """磨刀磨了97把 with its verb once; 辖区小区21个 and 电梯的梯12台 repeat no verb."""
    again = found.start() + len(found["verb"]) + len(found["noun"])
    verb = any(word.start == again and word.tag[:1] == "v" for word in segment(found.string))
    return f"{found['verb']}{found['noun']}" if verb else found.group()


def _this_side(found: re.Match[str]) -> str:
    """市容这边 is 市容方面; a place is a place: 翠柏苑北门那块 is 翠柏苑北门一带."""
    if _PLACE.search(found["name"]):
        return f"{found['name']}一带"
    return f"{found['name']}方面{'，' if found['who'] else ''}"


def _held_of(found: re.Match[str]) -> str:
    """3月14日开的动员会, where the day has moved away, is 召开动员会."""
    held = object_class(found["what"], HELD)
    return HELD[held] if held and ends_with_event(found["what"]) else found.group()


def noun_held(clause: str) -> str:
    """议事会开了24次 and 村晚办了, with the verb in front and the official one: 召开议事会24次, 举办村晚. Pure."""
    found = _NOUN_HELD.match(clause)
    held = object_class(found["noun"], HELD) if found else None
    if not found or held is None or re.search(r"[员者人]$|[已再又没未不将要年月周天]$", found["noun"]):
        return clause
    return f"{HELD[held]}{found['noun']}{found['many'] or ''}"


def _topic_said(clause: str) -> str:
    """A clause that only names a topic, as 志愿服务方面; 停车的问题 as 针对停车的问题; another unchanged."""
    if clause.endswith("的问题") and not re.match(r"针对|对|关于|就|存在|有", clause):
        return f"针对{clause}"
    return f"{clause}方面" if is_bare_topic(clause) else clause


def says_a_doing(text: str) -> bool:
    """True where the first clause of `text` has a verb of its own, so that it says something of a topic. Pure."""
    clauses = split_clauses(text)
    return any(word.tag in ("v", "vd", "vi", "d") for word in segment(clauses[0])) if clauses else False


def is_bare_topic(text: str) -> bool:
    """True where `text` only names a topic and says nothing of it: 环境, 志愿服务. Pure."""
    if (
        not text
        or text.endswith(("方面", "情况"))
        or len(text) > _TOPIC_MAX_CHARS
        or re.search(
            r"[\d“”，、；（）任不没无未缺]|^[要将拟把]|(?:单位|社区|称号|奖|先进|家庭|标兵|村镇|示范[点区])$", text
        )
        or text in lexicon().quoted
        or is_event(text)
    ):
        return False
    words = segment(text)
    if len(words) > 1 and words[0].text in _OFFICIAL:
        return False  # 栽种草 says what was done.
    nominal = all(word.tag[:1] in "nal" or word.tag == "vn" for word in words)
    # 专题研究 and 集中整治 are doings where they are long: only a short word of doing names a topic.
    doing = words[-1].tag == "vn" and len(text) > _DOING_MAX_CHARS
    return (nominal and not doing and not re.search(r"[会班组队]$", text)) or text in lexicon().classes


@cache
def _ba() -> re.Pattern[str]:
    verbs = "|".join(sorted({*lexicon().verbs, *_OFFICIAL}, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"^(?P<before>[^把]{{0,12}}?)把(?P<noun>[\u4e00-\u9fff“”]{{1,14}}?)(?P<verb>{verbs})(?P<aspect>了|完了|掉了)(?P<count>.{{0,14}})$"
    )


def _ba_undone(clause: str) -> str:
    if (stands := _STANDS_NOW.match(clause)) and "把" not in clause:
        return f"建设{stands['noun']}"
    built = _BUILT_UP.match(clause)
    if built:
        return f"{built['before']}建设{built['noun']}"
    clause = _WAITS_FOR.sub(lambda found: f"待{found['who']}处理", clause)
    if finished := _FINISHED.match(clause):
        rest = "的处理" if _PLACES.match(finished["noun"]) else ""
        return f"{finished['before']}完成{finished['noun']}{rest}"
    found = _ba().match(clause)
    if not found:
        return clause
    return f"{found['before']}{found['verb']}{found['aspect']}{found['noun']}{found['count']}"


def _is_held(event: str) -> bool:
    """True where `event` names something that people come to."""
    return object_class(event, HELD) is not None or re.search(r"开展|组织|举办|召开|举行|参加", event) is not None


def _join(out: list[str], clause: str) -> None:
    """Appends `clause`, or joins it with the clause before where it says who took part in that."""
    sent = _CAME_FROM.match(clause)
    if sent:
        out.append(f"{sent['who']}{'参与' if out else '到场'}")
        return
    persons = _PERSONS_CAME.match(clause)
    if persons:
        counter = "名" if persons["counter"].startswith("个") else persons["counter"]
        out.append(f"{persons['who']}{persons['many']}{counter}到场")
        return
    if _LASTED.match(clause):
        out.append(_LASTED.sub("历时", clause))  # 小广告清了186处，铲了三个小时
        return
    someone = _SOMEONE_CAME.match(clause)
    if someone:
        counter = "名" if someone["counter"] == "个" else someone["counter"]
        out.append(f"{someone['who']}{someone['many']}{counter}{someone['noun']}参加")
        return
    counted = _HEAD_COUNT.match(clause)
    if counted:
        out.append(counted["many"] if out and not people_come_to(out[-1]) else f"{counted['many']}参加")
        return
    both = _BOTH_CAME.match(clause)
    if both and out and _MEETING.search(out[-1].removesuffix("的")) and re.search(r"[员长人部工师生]$", both["who"]):
        more = f"及{both['more']}" if both["more"] else ""
        out.append(f"{both['who']}{more}{both['many']}参加")
        return
    houses = _HOUSES.match(clause)
    if houses:
        out.append(f"走访{houses['many']}")
        return
    came = _CAME.match(clause) or _CAME_NOUN_FIRST.match(clause)
    if not came or not out or not _ENDS_LIKE_PEOPLE.search(came["many"]):
        out.append(clause)
        return
    many = came["many"]
    if came["verb"].endswith(("有", "共")) and not _is_held(out[-1]):
        out.append(clause)  # 联络员每病区一名，共16名: nobody came to anything.
        return
    many = f"共{many}" if came["verb"] == "共" else many
    held = _HELD.match(out[-1])
    went = re.fullmatch(_WENT, came["verb"]) or _UNITS.search(many)
    if held and went and not _MEETING.search(held["what"]) and not re.search(r"\d", held["what"]):
        out[-1] = f"{held['before']}组织{many}开展{held['what']}"
    else:
        out.append(f"{many}参加")
