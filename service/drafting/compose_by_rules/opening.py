"""Opening and closing: forms of the genre with the words of the form only, and the documents the work follows."""

from __future__ import annotations

import re
from zlib import crc32

from service.domain.draft import DraftRequest, DraftSection, GenrePlan, SectionPlan, SentenceKind
from service.domain.fact import Fact
from service.domain.genre import UnitType
from service.domain.period import Period
from service.drafting.compose_by_rules.rewrite import Voice
from service.drafting.compose_by_rules.section import Written
from service.drafting.compose_by_rules.statement import state

_SELF_NAMES = {
    UnitType.STREET: "我街道",
    UnitType.COMMUNITY: "我社区",
    UnitType.SCHOOL: "我校",
    UnitType.HOSPITAL: "我院",
    UnitType.BUREAU: "我单位",
    UnitType.TOWN: "我镇",
    UnitType.DISTRICT: "我区",
    UnitType.CITY: "我市",
    UnitType.COMPANY: "我公司",
    UnitType.OTHER: "我单位",
}
_BASIS_PHRASE = re.compile(r"^(?:根据|按照|依据|遵照|对照|为落实|为贯彻|为贯彻落实|按)[^，。；]{2,80}$")


def voice_of(request: DraftRequest) -> Voice:
    """How the unit of `request` speaks of itself and its period. Holds no numeral, so a formula may use it. Pure."""
    return Voice(_self_name(request), _span_word(request.period), request.period.year)


# What a unit calls itself by the end of its name, where that tells more than its type: a library of type 其他 is 我馆.
_SELF_BY_ENDING = (
    (re.compile(r"村(?:村民委员会|村委会|委会)?$"), "我村"),
    (re.compile(r"(?:镇)(?:人民政府|政府|党委)?$"), "我镇"),
    (re.compile(r"(?:乡)(?:人民政府|政府|党委)?$"), "我乡"),
    (re.compile(r"(?:县)(?:人民政府|政府|委)?$"), "我县"),
    (re.compile(r"局$"), "我局"),
    (re.compile(r"(?:小学|中学|学校|大学|附中|附小|职校|高中|初中)$"), "我校"),
    (re.compile(r"幼儿园$"), "我园"),
    (re.compile(r"(?:医院|卫生院|保健院|医学院|法院|检察院|研究院)$"), "我院"),
    (re.compile(r"馆$"), "我馆"),
    (re.compile(r"(?:银行|支行|分行)$"), "我行"),
    (re.compile(r"(?:公司|集团)$"), "我公司"),
    (re.compile(r"中心$"), "我中心"),
)


def _self_name(request: DraftRequest) -> str:
    name = request.unit.strip()
    named = next((own for ending, own in _SELF_BY_ENDING if ending.search(name)), None)
    return named or _SELF_NAMES[request.unit_type]


def _span_word(period: Period) -> str:
    first, last = period.start, period.end
    months = (first.month, last.month)
    if first.year != last.year or first.day != 1:
        return "本阶段"
    if period.is_whole_year:
        return "本年度"
    named = {(1, 6): "上半年", (7, 12): "下半年"}
    if months in named:
        return named[months]
    if months[0] % 3 == 1 and months[1] == months[0] + 2:
        return "本季度"
    return "本月" if months[0] == months[1] else "本阶段"


def basis_phrase(fact: Fact, voice: Voice) -> str | None:
    """The words of a basis fact as they stand before 现将: 根据《…》要求; None where it is a whole sentence. Pure."""
    found = state(fact, voice)
    if found is None or found.time:
        return None
    return found.body if _BASIS_PHRASE.match(found.body) else None


_ADDRESSEE = re.compile(
    r"(?:主送|报送|呈报|呈送)(?:机关|单位|对象)?(?:[：:]|是|为) ?(?P<to>[\u4e00-\u9fff、，]{2,40}?)(?:[（(，。]|$)"
)


def addressee_of(fact: Fact) -> str | None:
    """Whom the notes say the document goes to (主送：市文明办), or None. Pure."""
    found = _ADDRESSEE.match(fact.clean)
    return found["to"].strip("、，") if found else None


def compose_opening(plan: SectionPlan, genre: GenrePlan, request: DraftRequest) -> DraftSection:
    """The opening: the genre's form, chosen by the unit's name so that units do not all begin alike. A fact in `plan`
    is the document the work follows, and the sentence then rests on its lines. Pure."""
    voice = voice_of(request)
    written = Written()
    for one in plan.missing:
        written.add(one.placeholder, SentenceKind.PLACEHOLDER)
        written.break_line()
    to = next(((fact, name) for fact in plan.facts if (name := addressee_of(fact))), None)
    if to is not None:
        written.add(f"{to[1]}：", SentenceKind.FACT, to[0].lines)
        written.break_line()
    basis = next(((fact, phrase) for fact in plan.facts if (phrase := basis_phrase(fact, voice))), None)
    forms = [form for form in genre.opening_forms if ("{basis}" in form) == (basis is not None)]
    forms = forms or [form for form in genre.opening_forms if "{basis}" not in form]
    if forms:
        form = forms[_choice(request, len(forms))]
        text = _filled(form, request, voice, basis[1] if basis else "")
        if basis and "{basis}" in form:
            written.add(text, SentenceKind.FACT, basis[0].lines)
        else:
            written.add(text, SentenceKind.FORMULA)
    return written.section("", plan.missing)


def compose_closing(genre: GenrePlan, request: DraftRequest) -> DraftSection:
    """The closing form, empty where the genre ends on its last measure. Pure."""
    written = Written()
    forms = genre.closing_forms
    if forms:
        written.add(_filled(forms[_choice(request, len(forms))], request, voice_of(request), ""), SentenceKind.FORMULA)
    return written.section("")


def title_of(genre: GenrePlan, request: DraftRequest) -> str:
    """The title asked for, else the genre's form. Pure."""
    if request.title and request.title.strip():
        return request.title.strip()
    return _filled(genre.title_form, request, voice_of(request), "")


def _choice(request: DraftRequest, count: int) -> int:
    # crc32 and not hash(): the same request must give the same bytes in every process.
    return crc32(f"{request.unit}{request.genre}{request.period.chinese}".encode()) % count


def _filled(form: str, request: DraftRequest, voice: Voice, basis: str) -> str:
    words = {
        "unit": request.unit.strip(),
        "period": request.period.chinese,
        "title": request.title or "",
        "self": voice.self_name,
        "span": voice.span_word,
        "basis": basis,
    }
    return form.format_map(words)
