"""Problems that the notes give in one breath, apart: 停车难，反弹快，物业不太配合 are three."""

from __future__ import annotations

import re

from service.drafting.compose_by_rules.rewrite import split_clauses
from service.language.words import segment

# What says that something is wrong. A clause without such words goes on with the problem before it.
_WRONG = re.compile(
    r"不|没|无|未|小(?=$|（)|[少难差慢缺低弱旧坏破堵乱紧欠漏脏臭薄滞忙贵]|(?:人|车|事|杂物|意见)(?:比较|较|太|很)?多|反弹|拥堵|占用|占道|老化|单一|反复|矛盾|风险|隐患|"
    r"冲突|过高|过大|过多|过于|污水|异味|积水|只有|仅"
)
# Such a clause tells more of the one before: why, since when, how much, what came of it.
_GOES_ON = re.compile(
    r"(?:主要|原因|因为|由于|因|所以|导致|造成|致使|使得?|其中|包括|特别|尤其|又|再|也|还|但|但是|而|且|并|全年|全月|本|目前|最多|最|约|近|共|仍|平均|每|"
    r"从|占|比|仅|只|需|要|已|系(?!统)|是|有的(?=[，。]))|\d|[一二三四五六七八九十两]{1,3}[个处次栋户家名人]"
)
# 由于…, and a clause that only names where: the next one says what is wrong there.
_LEADS_ON = re.compile(r"^(?:由于|因为|随着|虽然|尽管|受)[^，]{0,60}$|(?:方面|中|时|后|内)$")
_OBJECT_FIRST_CHARS = 24
_SHORT_LIST = re.compile(r"^[^，；]{3,24}(?:、[^，；、]{3,24}){1,5}$")
_TOO = re.compile(r"(?<=[\u4e00-\u9fff]{2})也(?=[不没无未缺少])")
_STILL_THERE = re.compile(r"(?<=[\u4e00-\u9fff]{2})[还仍](?:是)?有$")
_SHORTEST_CHARS = 3


def single_problems(body: str) -> list[str]:
    """The problems `body` names, in order and word for word but for 也 and a bare 还有; `body` alone where it is one.

    A clause begins a problem of its own where it names a subject and says what is wrong with it. Pure."""
    clauses = [_STILL_THERE.sub("仍存在", _TOO.sub("", clause)) for clause in split_clauses(body)]
    if len(clauses) == 1 and _SHORT_LIST.match(body):
        parts = re.split(r"、(?![^（）]*）)", body)
        return parts if all(_is_whole(part) for part in parts) else [body]
    out: list[str] = []
    for clause in clauses:
        if out and (not _is_whole(clause) or _LEADS_ON.search(out[-1])):
            out[-1] += f"，{clause}"
        else:
            out.append(clause)
    return out


def says_wrong(clause: str) -> bool:
    """True where `clause` holds a word that says something is wrong. Pure."""
    return _WRONG.search(clause) is not None


def _is_whole(clause: str) -> bool:
    """True where `clause` has a subject of its own and says what is wrong."""
    if len(clause) < _SHORTEST_CHARS or _GOES_ON.match(clause) or not _WRONG.search(clause):
        return False
    words = segment(clause)
    if words[0].tag == "i" or clause.startswith(("个别", "部分", "少数", "有的", "有些", "一些")):
        return True
    first = next((word for word in words if word.tag not in ("x", "m", "q")), words[0])
    if first.tag[:1] in "dpcuy" or re.match(r"[不没无未仅缺]", clause):
        return False
    # 反弹快 and 宣传形式单一 begin with a verb that is what is spoken of; 劝导又来 and 登记520辆 go on.
    spoken_of = re.match(r"[\u4e00-\u9fff]{2,4}[难少多快慢差低弱](?:$|（)", clause)
    behind = clause[first.end : first.end + 1]
    object_first = len(words) > 1 and words[1].tag[:1] == "n" and not re.search(r"\d", clause[:_OBJECT_FIRST_CHARS])
    return first.tag[:1] != "v" or first.tag == "vn" or bool(spoken_of) or (object_first and behind != "")
