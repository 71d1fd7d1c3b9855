"""Breaks the notes make with a blank, where the clean words have none: 河道清淤 两条河 is two clauses."""

from __future__ import annotations

import re
import unicodedata

from service.drafting.compose_by_rules.lexicon import lexicon
from service.drafting.compose_by_rules.patterns import official_verbs
from service.language.words import is_known, segment

_LONGEST_CHARS = 400
_SHORTEST_PIECE = 2  # 第 一 季 度 is typing, not punctuation
_MEAN_PIECE_CHARS = 3
_WHOLE_PIECE_CHARS = 4
_WORD_MARK = re.compile(r"[\u4e00-\u9fff“”《》A-Za-z）】%]")
_COUNTER_FOLLOWS = re.compile(r"[了的地得着过和与或及等余多以]|左右|上下")
_SAYS_A_STATE = re.compile(r"[\u4e00-\u9fff]{2}(?:不够|不足|不高|不清|不全|不齐|不好|不严|不到位|[难乱旧脏满])$")
_DOES = re.compile(r"(?:者|员|队|人|户|局|办|科|所|校|院|社区|村|组|公司|队伍|学生|居民|群众|党支部|支部|妇联|工会)$")


# 11 月 15 日 is one day however it is typed.
_IN_DATE = re.compile(r"(?<=\d)[ \u3000]+(?=[年月日号])|(?<=[年月])[ \u3000]+(?=\d{1,2}[ \u3000]*[月日号])")


def with_breaks(text: str, clean: str) -> str:
    """`clean`, the tidied words of `text`, with ， where `text` has a blank between two pieces of words. Blanks beside
    a figure (2800 份) and blanks between single words are typing and stay away. Pure."""
    text = _IN_DATE.sub("", text)
    if len(text) > _LONGEST_CHARS or not re.search(r"\S[ \u3000\t]+\S", text):
        return clean
    pieces = re.split(r"[ \u3000\t，。；、：:,;]+", text.strip())
    typed = min(map(len, pieces)) < _SHORTEST_PIECE or sum(map(len, pieces)) < _MEAN_PIECE_CHARS * len(pieces)
    out: list[str] = []
    at, blank = 0, False
    for mark in _with_figures_of(clean, text):
        if mark.isspace():
            blank = True
            at += at < len(clean) and clean[at].isspace()
            continue
        # Bullets, speakers and emphasis stand in the text only; the first character the two share ends the search.
        if at < len(clean) and clean[at].isspace():
            return clean
        if at >= len(clean) or unicodedata.normalize("NFKC", mark) != unicodedata.normalize("NFKC", clean[at]):
            if not out:
                blank = False
                continue
            return clean
        if blank and out and (_ends_count if typed else _parts)("".join(out), clean[at:]):
            out.append("，")
        out.append(clean[at])
        at, blank = at + 1, False
    return "".join(out) if at == len(clean) else clean


_RUN = re.compile(r"\d+")


def _with_figures_of(clean: str, text: str) -> str:
    """`text` with the digits of `clean`, where a figure was put right: the blanks around it stay where they are."""
    right = _RUN.findall(clean)
    if right == (wrong := _RUN.findall(text)) or len(right) != len(wrong):
        return text
    figures = iter(right)
    return _RUN.sub(lambda _: next(figures), text)


def _ends_count(before: str, after: str) -> bool:
    """True where a count ends and another thing begins: 公众号 稿 310篇 | 橱窗 36期, where blanks stand everywhere."""
    counted = re.search(r"\d[\d,.]*[万亿]?余?(?:人次|平方米|公里|小时|[\u4e00-\u9fff%])$", before)
    begins = re.match(r"[\u4e00-\u9fff]{2,}|[\u4e00-\u9fff]?\d[\d,.]*(?:人次|小时|[\u4e00-\u9fff])", after)
    return bool(counted and begins) and not _COUNTER_FOLLOWS.match(after) and _LEADS.match(after) is None


_LEADS = re.compile(r"[增减升降提涨缩压]|以[上下内]|[的地]|为|是|中|里")


def _parts(before: str, after: str) -> bool:
    if _SAYS_A_STATE.search(before) and re.match(r"\d+余?[\u4e00-\u9fff]", after):
        return True
    if not _WORD_MARK.match(before[-1]) or not _WORD_MARK.match(after) or _COUNTER_FOLLOWS.match(after):
        return False
    piece = re.split(r"[，。；、：:,;]", before)[-1]
    # 总经理 王青 任组长 is one clause, and 志愿者 登记238人 has its subject first.
    counted = re.search(r"\d|[一二两三四五六七八九十][\u4e00-\u9fff]", piece)
    return len(piece) >= _WHOLE_PIECE_CHARS or counted is not None or (piece == before and not _DOES.search(piece))


_COUNTED = re.compile(
    r"(?:\d[\d,.]{0,10}[万千百]?余?|(?<=了)[一二两三四五六七八九十]{1,3}(?=[场次]))(?P<counter>平方米|公里|人次|[户人名位件份处个块条张盏棵吨辆台次场元组家]|%)"
    r"(?![次个月以左上内多余的和与及、后前中里时起，；。（）(]|\d)"
)
_CLOSED = re.compile(r"“[^”]{0,80}”|《[^》]{0,80}》|【[^】]{0,160}】|（[^（）]{0,80}）")


def with_count_breaks(text: str) -> str:
    """`text` with ， where a count has ended and other words with a count of their own follow without a mark:
    敲门1200户开了门的890户. A noun behind 走访12户 is what is counted and stays with it. Pure."""
    closed = [(one.start(), one.end()) for one in _CLOSED.finditer(text)]
    cuts = []
    for found in _COUNTED.finditer(text):
        rest = re.split(r"[，；。、：]", text[found.end() :], maxsplit=1)[0]
        second = re.search(r"\d", rest)
        inside = any(low <= found.start() < high for low, high in closed)
        if inside or second is None or not _MEAN_PIECE_CHARS - 1 <= second.start() <= _LONGEST_NAME_CHARS:
            continue
        name, counter = rest[: second.start()], found["counter"]
        if not re.match(r"[\u4e00-\u9fff]", rest) or not _begins_anew(text[: found.start()], name, counter):
            continue
        cuts.append(found.end())
    for place in reversed(cuts):
        text = f"{text[:place]}，{text[place:]}"
    return _CAME_TO_IT.sub("，", text)


_LONGEST_NAME_CHARS = 12
# Behind these no noun is counted any more once one stood before: 车520辆车位; 12个市场 and 200份表 go on.
_ENDS_A_COUNT = frozenset({"户", "人", "人次", "名", "辆", "吨", "%", "元", "平方米", "公里"})
_LEFT_NEXT = re.compile(r"(?:已|还差|还剩|还有|剩下|剩余|剩|余|另有|其余)")
_HELD_TIMES = frozenset({"场", "次"})
_WHO_CAME = re.compile(r"家长|居民|群众|村民|志愿者|学生|师生|党员|职工|员工|干部|教师|老师|青年|商户")
_CAME_TO_IT = re.compile(
    r"(?<=[会式赛训演节座])(?=(?:全[校院局镇村体班]|共)?\d+余?(?:名|人|位)[^，；。\d]{0,8}(?:参加|参与|到场|出席))"
)
_PEOPLE = frozenset({"人", "人次", "名", "位"})
_CHANGES_TO = re.compile(r"(?:增加|减少|提高|上升|下降|降低|降|加|增|升|减|涨|变|改|缩|扩)[^\d]{0,4}[到至为]")


def _begins_anew(before: str, name: str, counter: str) -> bool:
    """True where `name` is no noun that the count before it counts, and no change of that count."""
    ends_count = counter in _ENDS_A_COUNT
    last = segment(re.split(r"[，；。、：]", before)[-1])
    first = segment(name)[0]
    done = name[0] in lexicon().verbs and name[1:2] == "了"
    if (done or _LEFT_NEXT.match(name)) and counter not in _PEOPLE:
        return True
    if counter in _HELD_TIMES and _WHO_CAME.match(name):
        return True
    if _CHANGES_TO.match(name):
        return False
    if (
        ends_count
        and bool(last)
        and last[-1].tag[:1] == "n"
        and last[-1].text not in official_verbs()
        and first.tag[:1] == "n"
    ):
        return True
    # 志愿者45人在滨河路种树: people who are counted do what follows.
    doing = first.text[0] in lexicon().verbs if "了" in first.text or len(first.text) == 1 else is_known(first.text)
    return counter not in _PEOPLE and doing and first.tag[:1] in ("v", "l")
