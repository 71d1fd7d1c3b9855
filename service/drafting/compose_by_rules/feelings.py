"""What people add for themselves, taken out whole: 铲了三个小时累死了 loses 累死了 and nothing else."""

from __future__ import annotations

import re

from service.drafting.compose_by_rules.guard import word_starts

_WHO = (
    r"(?:大家伙|大家|大伙|我们|咱们|他们|她们|人人|个个|我|志愿者们?|同志们|同学们|孩子们|"
    r"真是|真的|真|太|可|都|也|又|确实|实在|快|差点|把我们|把大家|把人|把我)*"
)
_STRENGTH = (
    r"(?:死|坏|瘫|翻|惨|疯|懵|趴|哭|爆|得不行|得够呛|得要命|得要死|得满头大汗|得直不起腰)"
    r"(?:了|我们了|大家了|我了|人了|个人|我们|我|人)?"
)
# 冻 and 热 are not among them: 果树冻死了 is a loss, not a sigh.
_SIGH = rf"(?:累|笑|气|忙|吓|烦|愁|急|困|高兴|开心|激动|感动|乐|美){_STRENGTH}"
_AT_END = re.compile(rf"(?:{_WHO}{_SIGH}|[哈嘿呵嘻]{{2,}}|6{{3,}}|yyds)(?:[啊呀哦啦吧哈]*)$", re.IGNORECASE)
_WHOLE = re.compile(
    rf"^{_WHO}(?:太)?(?:辛苦(?:啦|了|大家了)?|不容易|给力|棒(?:极)?了?|厉害|赞|牛|绝了|无语|郁闷|尴尬|泪目|过瘾|带劲|点赞|加油|撒花|"
    r"累得?(?:不行|够呛)?)(?:了|啦|呀|啊|哈|的)*$"
)
_ADDRESSED = re.compile(r"@[\u4e00-\u9fff\w]{1,8}(?:[ 　，,：:]|$)")
_LAUGHTER = re.compile(r"(?<![嘻嘿])(?:[哈嘿呵]{2,}|嘻{2,})(?![镇村乡哈])")


def without_feelings(clause: str) -> tuple[str, tuple[str, ...]]:
    """`clause` without sighs, laughter and names called, and what was taken out; "" where nothing else stood in it.
    Never cuts a word. Pure."""
    taken: list[str] = []
    for pattern in (_ADDRESSED, _LAUGHTER):
        taken += [found.group() for found in pattern.finditer(clause)]
        clause = pattern.sub("", clause)
    if _WHOLE.match(clause):
        return "", (*taken, clause)
    found = _AT_END.search(clause)
    if found and (found.start() in word_starts(clause) or found.start() == 0):
        taken.append(found.group())
        clause = clause[: found.start()]
    return clause.strip(" ，、；。！!~～"), tuple(one.strip() for one in taken if one.strip())
