"""The whole way of a draft by rules, on invented notes: facts on their lines, questions, and nothing else."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from service.domain.draft import Draft, DraftRequest, SentenceKind
from service.domain.errors import InputTooLarge, NoFacts, ServiceUnavailable, UnusableInput
from service.domain.fact import Fact
from service.domain.finding import Band, Verdict
from service.domain.genre import Genre, UnitType, parse_genre
from service.domain.report import Exemplar, ExemplarOriginal, Retrieved
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftEvent, DraftingTools, RuleWriter
from tests.drafting.composing import drafted, request

_BUNDLES = sorted((Path(__file__).parent / "bundles").glob("*.toml"))


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _draft(bundle: dict[str, Any]) -> Draft:
    return drafted(
        bundle["notes"],
        parse_genre(bundle["genre"]),
        unit=bundle["unit"],
        unit_type=UnitType(bundle["unit_type"]),
        period=bundle["period"],
        length=bundle.get("length"),
    )


def _sentences_on(draft: Draft, line: int) -> list[str]:
    return [
        section.text[one.start : one.end]
        for section in draft.sections
        for one in section.sentences
        if line in one.note_lines
    ]


@pytest.mark.parametrize("path", _BUNDLES, ids=lambda path: path.stem)
def test_each_line_is_said_asked_or_left_out_with_a_reason(path: Path) -> None:
    bundle = _load(path)
    draft = _draft(bundle)
    for line, words in bundle["says"]:
        assert any(words in said for said in _sentences_on(draft, line)), (line, words, draft.text)
    asked = {one.ask for one in draft.missing}
    assert set(bundle["asks"]) <= asked, asked
    for line, word in bundle["unused"]:
        assert any(one.line == line and word in one.reason for one in draft.unused_notes), draft.unused_notes
    for words in bundle["never"]:
        assert words not in draft.text


@pytest.mark.parametrize("path", _BUNDLES, ids=lambda path: path.stem)
def test_a_finished_draft_holds_no_blocking_figure_but_questions(path: Path) -> None:
    blocking = [one for one in _draft(_load(path)).check.findings if one.band is Band.BLOCK]
    assert {one.verdict for one in blocking} <= {Verdict.PLACEHOLDER}, blocking


@pytest.mark.parametrize("path", _BUNDLES, ids=lambda path: path.stem)
def test_the_same_notes_give_the_same_bytes(path: Path) -> None:
    bundle = _load(path)
    assert _draft(bundle).to_json("x") == _draft(bundle).to_json("x")


@pytest.mark.parametrize("path", _BUNDLES, ids=lambda path: path.stem)
def test_offsets_find_their_sections_and_sentences_cover_the_text(path: Path) -> None:
    draft = _draft(_load(path))
    for start, section in zip(draft.section_starts, draft.sections, strict=True):
        assert draft.text[start : start + len(section.text)] == section.text
        covered = "".join(section.text[one.start : one.end] for one in section.sentences)
        assert covered == section.text.replace("\n", "")


def test_empty_notes_are_refused_in_chinese() -> None:
    with pytest.raises(UnusableInput, match="没有找到可用的事实"):
        drafted(" \n\t\n")


def test_notes_of_only_chat_hold_no_facts() -> None:
    with pytest.raises(NoFacts, match="没有找到可用的事实"):
        drafted("收到\n好的\n辛苦了")


def test_notes_over_the_limit_are_refused_with_their_size() -> None:
    with pytest.raises(InputTooLarge, match=r"共12\.3万字，超过上限10万字"):
        drafted("清理死角12处。" * 15_375)


def test_the_way_is_told_step_by_step() -> None:
    told: list[DraftEvent] = []
    draft_report(request("清理死角12处\n停车难"), DraftingTools(), told.append)
    steps = [one.detail["step"] for one in told if one.kind == "stage"]
    assert steps == ["read", "exemplars", "outline", "write", "check"]
    complete = [one.detail for one in told if one.kind == "section" and one.detail["complete"]]
    assert any("清理死角12处" in one["text"] for one in complete)
    assert told[-1].kind == "done"
    assert any(one.kind == "finding" for one in told)


def test_a_shelf_that_fails_does_not_stop_the_draft() -> None:
    def fail(request: DraftRequest, facts: object) -> list[Retrieved]:
        raise ServiceUnavailable("索引正在重建")

    draft = draft_report(request("清理死角12处"), DraftingTools(choose_exemplars=fail))
    assert "清理死角12处" in draft.text
    assert draft.provenance.degraded is not None and "索引正在重建" in draft.provenance.degraded


def _retrieved(heading: str, masked: str, original: str) -> Retrieved:
    exemplar = Exemplar("r1", Genre.PROGRESS, UnitType.STREET, heading, masked, 0.5)
    return Retrieved(exemplar, ExemplarOriginal("r1", "旧稿", heading, original))


def test_no_word_of_an_exemplar_reaches_a_draft_by_rules() -> None:
    def choose(request: DraftRequest, facts: object) -> list[Retrieved]:
        return [_retrieved("强化环境卫生整治", "组织〔数量〕名保洁员彻夜奋战", "组织77名保洁员彻夜奋战")]

    draft = draft_report(request("清理死角12处\n发放宣传单30份"), DraftingTools(choose_exemplars=choose))
    assert "彻夜奋战" not in draft.text and "77" not in draft.text
    assert [one.heading for one in draft.exemplars] == ["强化环境卫生整治"]


def test_exemplars_may_set_the_order_of_topics() -> None:
    notes = "\n".join(
        ["清理卫生死角21处", "清运垃圾22车", "铲除小广告23处", "开展志愿服务31次", "志愿者服务32小时", "新增志愿者33名"]
    )

    def environment_first(request: DraftRequest, facts: object) -> list[Retrieved]:
        return [_retrieved("开展环境卫生保洁", "清理垃圾〔数量〕吨\n组织志愿服务〔数量〕次", "旧文")]

    plain = draft_report(request(notes), DraftingTools()).text
    led = draft_report(request(notes), DraftingTools(choose_exemplars=environment_first)).text
    assert plain.index("志愿服务31次") < plain.index("卫生死角21处")
    assert led.index("卫生死角21处") < led.index("志愿服务31次")


def test_a_wanted_length_keeps_the_figures_and_reports_what_is_left_out() -> None:
    notes = "群众满意度96.5%\n" + "\n".join(f"组织干部学习第{n}讲内容并交流心得体会" for n in "一二三四五六七八")
    whole = drafted(notes, Genre.INDICATOR)
    short = drafted(notes, Genre.INDICATOR, length=100)
    assert len(short.text) <= 100 < len(whole.text)
    assert "96.5%" in short.text
    assert any("篇幅" in one.reason for one in short.unused_notes)


def test_every_fact_sentence_rests_on_lines_and_no_formula_does() -> None:
    draft = drafted("清理死角12处\n停车难\n下一步增设车位30个")
    for section in draft.sections:
        for one in section.sentences:
            assert bool(one.note_lines) == (one.kind is SentenceKind.FACT)


def test_provenance_names_the_composer_and_the_genre_plan() -> None:
    draft = drafted("清理死角12处")
    assert draft.provenance.composer == "rules"
    assert draft.provenance.prompts["genre/progress"].startswith("v3 sha256:")
    assert draft.provenance.degraded is None


def test_facts_reach_the_shelf_as_they_were_read() -> None:
    seen: list[Fact] = []

    def choose(request: DraftRequest, facts: Any) -> list[Retrieved]:
        seen.extend(facts)
        return []

    draft_report(request("清理死角12处"), DraftingTools(choose_exemplars=choose))
    assert [one.text for one in seen] == ["清理死角12处"]


def test_two_figures_for_one_thing_are_asked_about_and_neither_is_stated() -> None:
    draft = drafted("3月发放宣传单120份\n清理死角12处\n3月发放宣传单118份")
    asked = [one for one in draft.missing if "核实" in one.ask]
    assert len(asked) == 1 and asked[0].placeholder in draft.text
    outside = draft.text.replace(asked[0].placeholder, "")
    assert "120份" not in outside and "118份" not in outside
    assert any(one.line == 3 for one in draft.unused_notes)


def test_the_unit_a_line_begins_with_stays_with_its_figure() -> None:
    draft = drafted("环卫所：主次干道机扫率92%\n东桥社区：清理楼道堆物36车")
    assert "环卫所主次干道机扫率92%" in draft.text
    assert "东桥社区清理楼道堆物36车" in draft.text


class _WithoutAnAnswer(RuleWriter):
    """The rules, each section saying that they stood in for a model."""

    def write(self, task, on_text):  # type: ignore[no-untyped-def]
        section, usage = super().write(task, on_text)
        return replace(section, degraded=f"“{task.plan.heading or '开头'}”由规则起草：模型没有回答"), usage


def test_what_holds_of_several_sections_is_told_once() -> None:
    told = draft_report(request("3月8日清理死角12处\n停车位不足"), DraftingTools(writer=_WithoutAnAnswer())).provenance
    assert told.degraded is not None and told.degraded.count("模型没有回答") == 1
    assert "“工作开展情况”“存在的主要问题”" in told.degraded
