"""What is asked of figures that the notes doubt, leave open or give twice, and where it stands in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.fact import Conflict, Fact
from service.domain.quantity import Mention
from service.drafting.compose_by_rules.surface import written_form
from service.drafting.facts.kinds import counted
from service.language.clean_view import tidy

_HEDGES = re.compile(
    r"好像|可能|大概|大约|估计|似乎|差不多|(?:我|咱)?(?:也|还)?(?:记得|记着|印象[中里]?)|来着|吧也|(?<=[一-龥])[吧啊呢嘛](?=$|，)"
)
# 开展义诊，人数我记得是230: what is counted stands before.
_ONLY_AMOUNT = re.compile(
    r"(?:现在|目前|一共|总共|其中|还|共|大约|具体|实际)*(?:人数|数量|总数|面积|金额|数字|数|场次|人次)?(?:现在|目前|一共|总共|还|共|是|有|了)*"
)
_HEDGE_END = re.compile(r"(?:好像|可能|应该|大概|估计|似乎|约)(?:是|有)?$")
# 大概2吨多 says twice that nobody weighed it.
TWICE_HEDGED = re.compile(
    r"(?:大概|大约|约|差不多|估计|可能|将近|近)(?:有|是)?(?=[\d一二两三四五六七八九十百千万.]+[\u4e00-\u9fff]{0,2}[多余])"
)
_SPOKEN_HEDGE = re.compile(r"^(?:大概|大约|差不多|估计|好像)(?:是|有)?")
_HEDGED = re.compile(r"大概|大约|约|差不多|近|将近|不到|好像")
_HEARSAY = re.compile(r"^(?:听说|据说|听人说|好像|大概|估计|可能|说是)(?:是|有)?")
_ABOUT_MAX_CHARS = 24
_SHORTEST_ABOUT = 2
_THING_MAX_CHARS = 14
_PIECES_BACK = 2
_TOLD_SIDES = 4  # a question that lists forty lines is read by nobody
_ONLY_ABOUT = re.compile(r"(?:大概|大致|大约|差不多|[一-龥]{0,4}估计|、)+")
# Right before its figure, or the figure itself is round; 大概用两桶 stands apart from it.
_ROUNDED = re.compile(
    r"(?:大概|大致|大约|差不多|估计)(?:有|是|还有)? ?\d|\d ?[来多余]|左右|一半|[\d一二三四五六七八九]成"
)
_DOUBTS_TOO = re.compile(r"吧|[?？]|好像|估计(?!还?有?[约近]?\d{1,6}[来多余]|一半|[\d一二三四五六七八九]成)")
_OF_WORK = re.compile(r"(?:还)?没补")  # 死苗470棵没补 is left to do
_NO_FIGURE = re.compile(r"[\d一二三四五六七八九十]+[车号支分]队")  # 三车队 is a name
_ASIDE = re.compile(
    r"（[^（）]{0,40}）|[(][^()]{0,40}[)]|^[\u4e00-\u9fff]{2,8}[：:]|(?:一共|总共|共)?[换发清做搞弄贴挂]了$"
)


def with_open_questions(text: str, fact: Fact, conflicts: Sequence[Conflict]) -> tuple[str, tuple[int, ...]]:
    """`text` with each figure the notes disagree on replaced by the question, and the lines that disagree."""
    lines: list[int] = []
    for conflict in conflicts:
        if not set(conflict.lines) & set(fact.lines):
            continue
        own = [
            value
            for line, value in zip(conflict.lines, conflict.values, strict=False)
            if line in fact.lines or len(conflict.lines) != len(conflict.values)
        ]
        for value in own:
            shown = written_form(value)
            if shown and shown in text:
                text = text.replace(shown, f"【待补：{conflict_question(conflict)}】", 1)
                lines.extend(conflict.lines)
                break
    return text, tuple(lines)


def with_unsettled(text: str, fact: Fact) -> tuple[str, tuple[int, ...]]:
    """`text` with each figure that nobody has settled replaced by the question for it, and the fact's lines where one
    was. Pure."""
    lines: tuple[int, ...] = ()
    for figure in fact.unsettled:
        shown = written_form(figure)
        place = text.find(shown)
        if place < 0:
            continue
        start = place - len(text[:place]) + len(_HEDGE_END.sub("", text[:place]))
        behind = re.match(r"(?:来|多)?(?:左右|上下|吧|的样子)?", text[place + len(shown) :])
        end = place + len(shown) + (behind.end() if behind else 0)
        text = f"{text[:start]}【待补：{unsettled_question(fact, figure)}】{text[end:]}"
        lines = fact.lines
    return text, lines


_BOUND_BEHIND = re.compile(
    r"^(?:往[上下]|以上|出头|上下|左右)(?=$|[，。；])"
)  # 估计95%往上: the bound is in doubt too.


def doubtful_figure(fact: Fact) -> str | None:
    """The figure that the notes' words of doubt are about, in written form: the hedged one, else the first; None where
    the fact counts nothing or asks for its figure already. Pure."""
    if not in_doubt(fact) or fact.unsettled or "不一致" in (fact.unsure or ""):
        return None
    figures = [one for one in counted(fact.mentions) if not _NO_FIGURE.match(fact.clean, _place_of(one, fact))]
    hedged = [one for one in figures if one.approx is not None or _HEDGED.match(tidy(one.text))]
    doubt = fact.clean.find((fact.unsure or "").split("、")[0])
    # 刷一次大概用两桶: what is in doubt stands behind the word that says so.
    behind = [one for one in figures if 0 <= doubt < fact.clean.find(tidy(one.text))]
    chosen = next(iter([*hedged, *behind, *figures]), None)
    return written_form(TWICE_HEDGED.sub("", tidy(chosen.text))) if chosen is not None else None


def in_doubt(fact: Fact) -> bool:
    """True where the notes doubt a figure of the fact. 大概120吨 is written 约120吨; 大概120吨吧 is doubted. Pure."""
    if not fact.unsure:
        return False
    only_about = _ONLY_ABOUT.fullmatch(fact.unsure) and _ROUNDED.search(fact.text) and not _DOUBTS_TOO.search(fact.text)
    return not only_about and not _OF_WORK.fullmatch(fact.unsure)


def _place_of(one: Mention, fact: Fact) -> int:
    return max(fact.clean.find(tidy(one.text)), 0)


def doubt_question(fact: Fact, figure: str) -> str:
    """What is asked where the notes doubt a figure that they give: 核实“约46吨”（第5行说法不确定）. Pure."""
    clean = written_form(fact.clean)
    place = clean.find(figure)
    if place < 0:  # 满意的九成五 is written 95%: the words of the notes tell its place.
        told = next((tidy(one.text) for one in counted(fact.mentions) if _written_alike(one, figure)), figure)
        place = clean.find(told)
    about = thing_before(clean, place)
    return f"核实{about}“{_SPOKEN_HEDGE.sub('约', figure)}”（第{fact.lines[-1]}行说法不确定）"


def _written_alike(one: Mention, figure: str) -> bool:
    return written_form(TWICE_HEDGED.sub("", tidy(one.text))) == figure


def thing_before(text: str, place: int) -> str:
    """What the figure at `place` of `text` counts, by the words before it in its piece, else before that; in few
    characters, "" where none tells. Pure."""
    before = re.sub(r"【[^】]*】|[（(][^（()）]*[）)]", "", text[: max(place, 0)])
    before = _HEDGES.sub("", before)
    pieces = [_HEARSAY.sub("", part) for part in re.split(r"[，；。：:、\n]", before)]
    for part in reversed(pieces[-_PIECES_BACK:]):
        named = re.sub(
            r"\d[\d.,]*[万亿%]?(?:余|多)?(?:[个次场期名位份条块批轮](?=[“《\u4e00-\u9fff]))?",
            " ",
            _HEDGE_END.sub("", part),
        ).split(" ")
        told = [one for one in named if len(one.strip("的了有是为共约、“”")) >= _SHORTEST_ABOUT]
        if told and not (_ONLY_AMOUNT.fullmatch(told[-1]) and part is not pieces[0]):
            return told[-1].strip("“”的了有是为共约、")[-_THING_MAX_CHARS:]
    return ""


def with_doubtful(text: str, fact: Fact) -> tuple[str, tuple[int, ...]]:
    """`text` with the figure that the notes doubt inside its question, and the fact's lines where one was. Pure."""
    figure = doubtful_figure(fact)
    place = text.find(figure) if figure else -1
    if figure is None or place < 0 or "【待补" in text:
        return text, ()
    before = _HEDGE_END.sub("", text[:place])
    behind = _BOUND_BEHIND.sub("", text[place + len(figure) :])
    return f"{before}【待补：{doubt_question(fact, figure)}】{behind}", fact.lines


def unsettled_question(fact: Fact, figure: str) -> str:
    """What is asked where the notes hedge a figure and say that nobody has settled it: 核实满意率（第9行数字未定）. The
    figure itself is not repeated. Pure."""
    clean = written_form(fact.clean)
    place = clean.find(written_form(figure))
    before = _HEDGE_END.sub("", clean[: max(place, 0)])
    pieces = [_HEARSAY.sub("", part) for part in re.split(r"[，、；。：:（(]", before)]
    about = next((re.sub(r"\d", "", part) for part in reversed(pieces) if len(part) >= _SHORTEST_ABOUT), "")
    if len(about) < _SHORTEST_ABOUT:
        unit = next((one.unit for one in fact.mentions if tidy(one.text) == figure and one.unit), "")
        about = about + (f"数量（{unit}）" if unit and not about else "数")
    return f"核实{about[-_ABOUT_MAX_CHARS:]}（第{fact.lines[-1]}行数字未定）"


def conflict_question(conflict: Conflict) -> str:
    """What is asked where the notes give a thing two values: 核实宣传单数量（第3行为120份，第9行为118份）. Pure."""
    if len(conflict.lines) == len(conflict.values):
        sides = list(zip(conflict.lines, conflict.values, strict=True))
        told = "，".join(f"第{line}行为{value}" for line, value in sides[:_TOLD_SIDES])
        told += f"等{len(sides)}处" if len(sides) > _TOLD_SIDES else ""
    else:
        told = f"第{'、'.join(map(str, conflict.lines))}行分别为{'、'.join(conflict.values)}"
    return f"核实{thing_in_doubt(conflict)}（{told}）"


def thing_in_doubt(conflict: Conflict) -> str:
    """What the values of `conflict` are of, in few words: without asides, hedges and the parts that hold figures of
    their own. Pure."""
    about = _HEDGE_END.sub("", _ASIDE.sub("", conflict.about).strip("，。：:（）() "))
    parts = [part for part in re.split(r"[，、；]", about) if part]
    plain = [part for part in parts if not re.search(r"\d", part)]
    return ("、".join(plain) if plain and len(plain) < len(parts) else about)[:_ABOUT_MAX_CHARS]
