"""A topic said first and a figure after it, as speech has them, turned into what a report says: 通报指出路灯9盏不亮."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.drafting.compose_by_rules.lexicon import lexicon
from service.drafting.compose_by_rules.patterns import official_verbs
from service.language.words import segment

_LONGEST_TOPIC = 10
# Things are counted so; people, times and shares are never the object of what was done to a topic.
_COUNT = (
    r"(?P<count>(?:约|近|共)?\d[\d.,]*[万千百]?余?(?:平方米|平方公里|立方米|公里|延米|"
    r"[处个块条张盏棵吨件起辆台面幅套组座根株座间只袋桶车份册支家米亩]))"
)
_STATE = r"(?P<state>(?:[不没未已全坏破][\u4e00-\u9fff]{0,3})?)"
_FIGURE = re.compile(rf"^(?P<head>[\u4e00-\u9fff\d]{{0,12}}?){_COUNT}{_STATE}$")
# 破的换了55个, 坑洼的地方补了620平方米: which of them, then what was done.
_WHICH = re.compile(rf"^(?P<which>[\u4e00-\u9fff]{{1,4}})的(?P<place>地方)?(?P<verb>[\u4e00-\u9fff]{{1,3}}){_COUNT}$")
_OTHERS_SAY = re.compile(
    r"^(?P<who>通报|督查|反馈|暗访|测评|检查)(?:组)?(?:里|上|中)?(?:点了|列了|指了|说的?是|写的?是|指的?是)(?=\d)"
)
_WHERE = re.compile(r"^那边的?(?=[\u4e00-\u9fff]{2})")
_OF = re.compile(r"^[\u4e00-\u9fff]{2,5}的$")
_NAMED_BEFORE = frozenset({"通报", "督查", "反馈", "暗访", "测评", "检查", "实际", "计划", "季度", "月", "年"})
_BARE_HEAD = re.compile(
    r"(?:原来|原有|原先|现有|现在|目前|共有?|一共|总共|有|[上下]半年|[一二三四]季度|\d{1,2}月份?){0,2}"
)
_EMPTY = frozenset({"了", "的"})


def topics_turned(clauses: Sequence[str]) -> list[str]:
    """`clauses` with a topic that opens them moved to the figure that is told of it: 路灯，通报点了9盏不亮 is 通报指出
    路灯9盏不亮, 垃圾桶，破的换了55个 is 换了破的垃圾桶55个, 投诉，一季度31件 is 投诉一季度31件. Others stay. Pure."""
    told = [_OTHERS_SAY.sub(r"\g<who>指出", clause) for clause in clauses]
    if len(told) < 2 or not _is_topic(told[0]):
        return told
    topic, rest = told[0].removesuffix("的"), told[1:]
    if len(rest) > 1 and _OF.match(rest[0]) and not _OF.match(told[0]):
        topic, rest = f"{rest[0]}{topic}", rest[1:]  # 危旧栏杆，江边的
    if (where := _WHERE.match(rest[0])) is not None:
        return [f"{topic}{rest[0][where.end() :]}", *rest[1:]]
    turned = _turned(topic, rest[0])
    return told if turned is None else [turned, *rest[1:]]


def _turned(topic: str, clause: str) -> str | None:
    """What `clause` tells of `topic` as one clause, or None where it has a thing of its own."""
    if (which := _WHICH.match(clause)) and _does(which["verb"]):
        thing = f"{topic}{which['which']}处" if which["place"] else f"{which['which']}的{topic}"
        return f"{which['verb']}{thing}{which['count']}"
    found = _FIGURE.match(clause)
    if not found:
        return None
    head = found["head"]
    if _BARE_HEAD.fullmatch(head):
        return f"{topic}{clause}"
    return f"{head}{topic}{found['count']}{found['state']}" if _does(head) and _no_thing(head) else None


def _is_topic(text: str) -> bool:
    """True where `text` names a thing and does nothing: 铁器巷的路, 公益广告, 占道的."""
    if not 2 <= len(text) <= _LONGEST_TOPIC or re.search(r"[\d“”《》【】（）、]|方面$|情况$", text):
        return False
    words = segment(text)
    last = words[-1].text if words[-1].text not in _EMPTY else (words[-2].text if len(words) > 1 else "")
    nominal = all(word.tag[:1] in "nsljbg" or word.tag in ("vn", "uj", "ng", "nz", "a", "ad") for word in words)
    does = any(last.startswith(verb) for verb in official_verbs()) or text in _NAMED_BEFORE
    return (nominal or (text.endswith("的") and len(text) <= _SHORT_OF)) and not does


_SHORT_OF = 4


def _does(head: str) -> bool:
    """True where `head` ends with a verb that takes a thing: 换了, 5月劝离, 通报指出."""
    plain = re.sub(r"(?:[好完掉]?了|好|完)$", "", head)
    known = {*lexicon().verbs, *official_verbs(), "指出", "劝离", "补", "加", "增加", "新增", "处理"}
    return any(plain.endswith(verb) for verb in known)


def _no_thing(head: str) -> bool:
    """True where no noun of `head` is what was done something to: 通报, 5月 and 实际 only say who and when."""
    words = segment(head)
    return all(
        word.tag[:1] not in "nr"
        or word.text in _NAMED_BEFORE
        or word is words[-1]
        or word.tag == "nz"
        or len(word.text) == 1
        for word in words
    )
