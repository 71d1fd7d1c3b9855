"""What holds of every draft by rules, whatever the notes: nothing invented, nothing lost, the same bytes again."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prompts.load import load_genre_plan
from service.domain.draft import Draft, SectionPlan, SentenceKind
from service.domain.errors import NoFacts
from service.domain.genre import Genre, UnitType
from service.domain.quantity import Role
from service.drafting.compose_by_rules.opening import compose_closing, compose_opening, voice_of
from service.drafting.compose_by_rules.statement import state
from service.drafting.group_by_topic import topic_headings
from service.drafting.plan_outline import OPENING
from service.drafting.read_notes import read_notes
from service.drafting.read_reply import states_something
from service.language.numbers import find_numbers
from tests.drafting.composing import VOICE, drafted, request

_DOINGS = [
    "搞了",
    "发了",
    "挂了",
    "清了",
    "做了",
    "弄了",
    "修了",
    "装了",
    "查了",
    "种了",
    "扫了",
    "开了",
    "组织",
    "开展",
    "完成",
    "走访",
]
_THINGS = [
    "宣传单",
    "横幅",
    "卫生死角",
    "展板",
    "垃圾桶",
    "志愿服务",
    "路灯",
    "小广告",
    "网吧",
    "树",
    "动员会",
    "文明劝导",
    "困难户",
]
_COUNTERS = ["份", "条", "处", "块", "个", "次", "盏", "家", "棵", "场", "户", "人"]
_WHEN = ["", "3.8号", "3月12日", "上个月", "三月二十一号", "去年", "今年", "下一步打算", "昨天", "大概", "然后我们"]
_TAILS = ["", "哈", "，来了50多人", "，待核实", "，去了30多个单位", "，效果不错", "，还有点问题"]

_LINES = st.builds(
    lambda when, doing, number, thing, counter, tail, first: (
        f"{when}{doing}{thing}{number}{counter}{tail}" if first else f"{when}{doing}{number}{counter}{thing}{tail}"
    ),
    st.sampled_from(_WHEN),
    st.sampled_from(_DOINGS),
    st.integers(2, 99_999),
    st.sampled_from(_THINGS),
    st.sampled_from(_COUNTERS),
    st.sampled_from(_TAILS),
    st.booleans(),
)
_NOTES = st.lists(_LINES, min_size=1, max_size=8).map("\n".join)
_ALPHABET = (
    "搞了去来开会问题下一步计划的个处人0123456789.,，。；：、（）“”《》【】\n\t 月日号年%余多约近把不没3８①𠮷😀xX*_-~"
)
_QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _sentences(draft: Draft) -> list[tuple[str, tuple[int, ...], SentenceKind]]:
    return [
        (section.text[one.start : one.end], one.note_lines, one.kind)
        for section in draft.sections
        for one in section.sentences
    ]


@_QUICK
@given(_LINES)
def test_every_figure_of_a_statement_has_its_value_in_the_note(line: str) -> None:
    for fact in read_notes(line, request(line).period).facts:
        found = state(fact, VOICE)
        if found is None:
            continue
        noted = {_value(one) for one in find_numbers(line) if one.role is Role.CLAIM}
        said = {_value(one) for one in find_numbers(found.body) if one.role is Role.CLAIM}
        assert said <= noted, (line, found.body)


def _value(mention: object) -> object:
    return getattr(mention, "amount", None) or getattr(mention, "when", None)


@_QUICK
@given(_NOTES, st.sampled_from(list(Genre)))
def test_every_line_is_rested_on_or_listed_with_a_reason(notes: str, genre: Genre) -> None:
    try:
        draft = drafted(notes, genre)
    except NoFacts:
        return
    rested_on = {line for _, lines, _ in _sentences(draft) for line in lines}
    listed = {one.line for one in draft.unused_notes}
    lines = notes.split("\n")
    assert {number for number, text in enumerate(lines, 1) if text.strip()} <= rested_on | listed
    assert all(one.reason for one in draft.unused_notes)


@_QUICK
@given(_NOTES)
def test_a_sentence_has_lines_or_states_nothing(notes: str) -> None:
    try:
        draft = drafted(notes)
    except NoFacts:
        return
    for text, lines, kind in _sentences(draft):
        assert kind is SentenceKind.PLACEHOLDER or lines or not states_something(text), text
        assert kind is not SentenceKind.FACT or lines


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=_ALPHABET, min_size=1, max_size=120), st.sampled_from(list(Genre)))
def test_any_text_gives_a_draft_or_a_clear_refusal(notes: str, genre: Genre) -> None:
    try:
        draft = drafted(notes, genre)
    except Exception as refused:  # noqa: BLE001 - the type is what is tested
        assert type(refused).__name__ in ("NoFacts", "UnusableInput"), refused
        return
    for start, section in zip(draft.section_starts, draft.sections, strict=True):
        assert draft.text[start : start + len(section.text)] == section.text


def test_no_opening_and_no_closing_holds_a_figure_or_a_name() -> None:
    for genre in Genre:
        plan = load_genre_plan(genre)
        for unit in ("云溪街道办事处", "青桐路小学", "安泰市住建局", "清河镇人民政府", "柳林县", "南苑小区"):
            for period in ("2024年", "2024年上半年", "2024年第一季度", "2024年3月", "2024-03-05至2024-04-07"):
                for unit_type in UnitType:
                    asked = request("清理", genre, unit, unit_type, period)
                    opening = compose_opening(SectionPlan(OPENING, "", ()), plan, asked)
                    for written in (opening, compose_closing(plan, asked)):
                        # 上半年 is the period of the form in a word, and no figure of the notes.
                        text = written.text.replace(voice_of(asked).self_name, "我单位").replace("上半年", "")
                        assert not states_something(text)


def test_no_heading_holds_a_figure_or_a_name() -> None:
    headings = [section.heading for genre in Genre for section in load_genre_plan(genre).sections]
    for heading in [*headings, *topic_headings().values()]:
        assert not states_something(heading), heading


def test_hostile_lengths_stay_linear() -> None:
    for text in (
        "把" * 20_000,
        "搞了" * 10_000,
        "1" * 30_000,
        "（" * 20_000,
        "，" * 30_000,
        "3月" * 10_000,
        "“" * 20_000,
    ):
        fact = read_notes(text[:4_000], request("x").period).facts
        for one in fact:
            found = state(one, VOICE)
            assert found is None or re.sub(r"\s", "", found.body)
