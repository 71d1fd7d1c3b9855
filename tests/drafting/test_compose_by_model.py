"""A section by a model: held to its line ids, and the rules behind it whatever the model does."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

import pytest

from service.domain.draft import Draft, DraftRequest, SentenceKind
from service.domain.errors import ModelFailed
from service.domain.fact import Fact
from service.domain.finding import Band, Verdict
from service.domain.genre import Genre, UnitType
from service.domain.report import Exemplar, ExemplarOriginal, Retrieved
from service.drafting.compose_by_model import ModelSectionWriter
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftingTools
from service.model.asking import Asker
from service.model.connection import ModelSettings
from service.model.openai_compatible import OpenAICompatibleWriter
from service.model.role import Form, Prompt, Usage
from service.model.scripted_server import Asked, ScriptedServer
from service.model.scripted_server import Reply as ScriptedReply
from tests.drafting.composing import request

_NOTES = "3月8号清理了死角12处\n发了宣传单300份\n停车位不足，主要是老小区没有空地\n下一步打算增设车位30个"
_PERFECT = {
    "工作开展情况": "3月8日，清理死角12处。[L1]\n发放宣传单300份。[L2]",
    "存在的主要问题": "停车位不足，主要是老旧小区没有空地。[L3]",
    "下一步工作安排": "计划增设车位30个。[L4]",
}


class _Reply:
    """A scripted reply in two pieces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.usage = Usage(10, 5)

    def __iter__(self) -> Iterator[str]:
        if self.text == "fail":
            raise ModelFailed("模型没有回答")
        half = len(self.text) // 2
        yield self.text[:half]
        yield self.text[half:]


class _Model:
    """A model that answers each section from a script; the last answer of a list is given again."""

    name = "scripted-model"
    server = "nowhere"

    def __init__(self, answers: dict[str, Sequence[str]]) -> None:
        self.answers = {heading: list(given) for heading, given in answers.items()}
        self.prompts: list[Prompt] = []

    def write(self, prompt: Prompt, form: Form = Form.TEXT, seconds: float | None = None) -> _Reply:
        self.prompts.append(prompt)
        heading = next(name for name in self.answers if f"本节：{name}" in prompt.user)
        given = self.answers[heading]
        return _Reply(given.pop(0) if len(given) > 1 else given[0])


def _draft(**changed: Sequence[str]) -> tuple[Draft, _Model]:
    answers: dict[str, Sequence[str]] = {heading: [text] for heading, text in _PERFECT.items()}
    names = {"work": "工作开展情况", "problems": "存在的主要问题", "next": "下一步工作安排"}
    answers.update({names[key]: given for key, given in changed.items()})
    model = _Model(answers)
    return draft_report(request(_NOTES), DraftingTools(writer=ModelSectionWriter(Asker([model]), 2))), model


def _work(draft: Draft) -> str:
    return next(one.text for one in draft.sections if "工作开展情况" in one.heading)


def test_a_models_sentences_keep_their_lines() -> None:
    draft, _ = _draft()
    work = next(one for one in draft.sections if "工作开展情况" in one.heading)
    assert work.composer == "scripted-model" and work.degraded is None
    assert [(work.text[one.start : one.end], one.note_lines) for one in work.sentences] == [
        ("3月8日，清理死角12处。", (1,)),
        ("发放宣传单300份。", (2,)),
    ]
    assert draft.provenance.usage["requests"] == 3
    assert draft.provenance.prompts["write_section"].startswith("v3 sha256:")


@pytest.mark.parametrize(
    "reply",
    [
        "共清理死角12处。[L77]",
        "全年投入9000万元。",
        "全年投入9000万元。[公式]",
        "We cleaned 12 corners. [L1]",
        "清理死角〔数量〕处。[L1]",
        "<think>想一想",
        "",
        "會議動員對開關開辦區鄉鎮責處發單個們這實個號從進過還說應門問題。[L1]",
    ],
    ids=["strange line", "no line", "formula", "English", "blank of an exemplar", "thought", "empty", "Traditional"],
)
def test_a_reply_that_breaks_the_contract_again_and_again_gives_way_to_the_rules(reply: str) -> None:
    draft, model = _draft(work=[reply, reply])
    assert "清理死角12处" in _work(draft) and "发放宣传单300份" in _work(draft)
    assert "9000万" not in draft.text and "〔" not in draft.text
    assert draft.provenance.degraded is not None and "由规则起草" in draft.provenance.degraded
    asked = [one for one in model.prompts if "本节：工作开展情况" in one.user]
    assert len(asked) == 3 and "不合要求的地方" in asked[1].user


def test_a_second_try_that_keeps_the_contract_is_taken() -> None:
    draft, _ = _draft(work=["共清理死角12处。[L77]", _PERFECT["工作开展情况"]])
    assert draft.provenance.degraded is None
    assert _work(draft) == "3月8日，清理死角12处。\n发放宣传单300份。"


def test_a_model_that_fails_costs_no_section() -> None:
    draft, _ = _draft(work=["fail"], problems=["fail"], next=["fail"])
    assert "清理死角12处" in draft.text and "车位30个" in draft.text
    assert draft.provenance.degraded is not None and "模型没有回答" in draft.provenance.degraded


def test_a_fact_the_model_leaves_out_is_said_by_the_rules() -> None:
    draft, _ = _draft(work=["3月8日，清理死角12处。[L1]"])
    assert "发放宣传单300份" in _work(draft)


def test_an_invented_figure_on_a_true_line_is_mended() -> None:
    draft, _ = _draft(work=["3月8日，清理死角1200处。[L1]\n发放宣传单300份。[L2]"])
    assert "1200处" not in draft.text and "清理死角12处" in draft.text
    assert {one.verdict for one in draft.check.findings if one.band is Band.BLOCK} <= {Verdict.PLACEHOLDER}


def test_a_reply_without_end_is_cut_and_given_to_the_rules() -> None:
    draft, _ = _draft(work=["清理死角12处。[L1]" * 2000])
    assert "清理死角12处" in draft.text
    assert draft.provenance.degraded is not None and "不停重复" in draft.provenance.degraded


def test_repeated_sentences_are_said_once() -> None:
    draft, _ = _draft(work=["清理死角12处。[L1]清理死角12处。[L1]发放宣传单300份。[L2]"])
    assert _work(draft).count("清理死角12处") == 1


def test_fences_headings_and_preambles_fall_away() -> None:
    draft, _ = _draft(work=["好的，以下是正文：\n```\n## 工作开展情况\n清理死角12处。[L1]发放宣传单300份[L2]。\n```"])
    assert _work(draft) == "清理死角12处。发放宣传单300份。"


def test_notes_and_exemplars_stand_behind_a_boundary_of_their_own() -> None:
    model = _Model({heading: [text] for heading, text in _PERFECT.items()})

    def choose(request: DraftRequest, facts: Sequence[Fact]) -> list[Retrieved]:
        exemplar = Exemplar("r", Genre.PROGRESS, UnitType.STREET, "主要做法", "清理〔数量〕处", 0.5)
        return [Retrieved(exemplar, ExemplarOriginal("r", "旧稿", "主要做法", "清理88处"))]

    for _ in range(2):
        tools = DraftingTools(writer=ModelSectionWriter(Asker([model]), 1), choose_exemplars=choose)
        draft_report(request(_NOTES), tools)
    first = model.prompts[0]
    opening, closing = f"<<{first.boundary} 笔记行>>", f"<<{first.boundary} 笔记行完>>"
    assert first.user.index(opening) < first.user.index("L1 ") < first.user.index(closing)
    assert "〔数量〕处" in first.user and "88处" not in first.user
    assert len({one.boundary for one in model.prompts}) == len(model.prompts)


def test_exemplars_are_dropped_before_a_note_is_cut() -> None:
    def choose(request: DraftRequest, facts: Sequence[Fact]) -> list[Retrieved]:
        exemplar = Exemplar("r", Genre.PROGRESS, UnitType.STREET, "主要做法", "清理〔数量〕处" * 300, 0.5)
        return [Retrieved(exemplar, ExemplarOriginal("r", "旧稿", "主要做法", "旧文"))]

    model = _Model({heading: [text] for heading, text in _PERFECT.items()})
    writer = ModelSectionWriter(Asker([model]), 1, budget_tokens=1_500)
    draft = draft_report(request(_NOTES), DraftingTools(writer=writer, choose_exemplars=choose))
    assert draft.provenance.degraded is None
    assert all("〔数量〕处" not in one.user and "L" in one.user for one in model.prompts)
    tight = dataclasses.replace(writer, budget_tokens=200)
    degraded = draft_report(request(_NOTES), DraftingTools(writer=tight)).provenance.degraded
    assert degraded is not None and "过长" in degraded


def test_a_conflict_reaches_the_model_as_the_question_to_write() -> None:
    notes = "3月发放宣传单120份\n3月发放宣传单118份"
    model = _Model({"工作开展情况": ["3月，发放宣传单【待补：核实】。[L1]"]})
    draft = draft_report(request(notes), DraftingTools(writer=ModelSectionWriter(Asker([model]), 1)))
    told = next(line for line in model.prompts[0].user.split("\n") if "原样写" in line)
    placeholder = told[told.index("【") : told.index("】") + 1]
    assert placeholder.startswith("【待补：核实") and "第1行为120份" in placeholder
    assert placeholder in draft.text and placeholder in {one.placeholder for one in draft.missing}


def test_the_same_script_gives_the_same_bytes() -> None:
    assert _draft()[0].to_json("x") == _draft()[0].to_json("x")


def test_openings_and_closings_are_never_left_to_a_model() -> None:
    draft, model = _draft()
    assert len(model.prompts) == 3
    assert draft.sections[0].sentences[0].kind is SentenceKind.FORMULA


def test_a_real_server_that_speaks_the_protocol_writes_a_draft() -> None:
    def script(asked: Asked) -> ScriptedReply:
        said = asked.user
        return ScriptedReply(next(text for heading, text in _PERFECT.items() if f"本节：{heading}" in said))

    with ScriptedServer(script) as server:
        model = OpenAICompatibleWriter(ModelSettings("local", server.base_url, "none"))
        draft = draft_report(request(_NOTES), DraftingTools(writer=ModelSectionWriter(Asker([model]), 2)))
    assert draft.provenance.composer == "local" and draft.provenance.degraded is None
    assert "清理死角12处" in draft.text


def test_a_bound_that_a_model_moved_is_refused() -> None:
    model = _Model({"工作开展情况": ["志愿者35岁以下的占三成，排队最多127分钟。[L1]"]})
    notes = request("志愿者35岁以下的占三成，排队最多40分钟")
    draft = draft_report(notes, DraftingTools(writer=ModelSectionWriter(Asker([model]), 1)))
    assert "127" not in draft.text and "40分钟" in draft.text


def test_the_number_of_a_list_item_is_not_shown_to_a_model() -> None:
    model = _Model({"工作开展情况": ["清理死角12处。[L1]"]})
    notes = request("1. 清理死角12处\n2、发放宣传单300份")
    draft_report(notes, DraftingTools(writer=ModelSectionWriter(Asker([model]), 1)))
    assert "L1 清理死角12处" in model.prompts[0].user and "L2 发放宣传单300份" in model.prompts[0].user


def test_notes_too_long_for_the_window_are_written_in_several_requests_and_no_fact_is_cut() -> None:
    facts = [f"清理{name}卫生死角{number}处" for number, name in enumerate("甲乙丙丁戊己庚辛壬癸", 21)]

    class Copying(_Model):
        def write(self, prompt: Prompt, form: Form = Form.TEXT, seconds: float | None = None) -> _Reply:
            self.prompts.append(prompt)
            told = re.findall(r"^L(\d+) (清理\S+)$", prompt.user, re.MULTILINE)
            return _Reply("".join(f"{words}。[L{line}]" for line, words in told))

    model = Copying({})
    whole = ModelSectionWriter(Asker([model]), 1, arranges=False)
    draft_report(request("\n".join(facts)), DraftingTools(writer=whole))
    (once,) = model.prompts
    model.prompts.clear()
    # A window just short of what all ten lines take.
    narrow = dataclasses.replace(whole, budget_tokens=len(once.system + once.user) - 60)
    draft = draft_report(request("\n".join(facts)), DraftingTools(writer=narrow))
    assert len(model.prompts) >= 2
    assert all(len(one.system + one.user) <= narrow.budget_tokens for one in model.prompts)
    lines = [line for one in model.prompts for line in re.findall(r"^L\d+ 清理\S+$", one.user, re.MULTILINE)]
    assert [line.split(" ", 1)[1] for line in lines] == facts
    assert draft.provenance.degraded is None and all(fact in draft.text for fact in facts)


def test_a_model_that_is_wordy_keeps_the_limit_of_the_genre() -> None:
    facts = [
        f"{day}月{day}日组织志愿者清理{name}巷卫生死角{day + 20}处" for day, name in enumerate("甲乙丙丁戊己庚辛壬", 1)
    ]
    facts += [f"发放{name}类宣传手册{number}0份" for number, name in enumerate("子丑寅卯辰巳午未", 31)]

    class Wordy(_Model):
        def write(self, prompt: Prompt, form: Form = Form.TEXT, seconds: float | None = None) -> _Reply:
            told = re.findall(r"^L(\d+) ([^（\n]+)", prompt.user, re.MULTILINE)
            return _Reply("".join(f"按照工作安排，精心组织，扎实推进，{words}。[L{line}]" for line, words in told))

    asked = dataclasses.replace(request("\n".join(facts)), genre=Genre.INDICATOR)
    by_rules = draft_report(asked, DraftingTools())
    draft = draft_report(asked, DraftingTools(writer=ModelSectionWriter(Asker([Wordy({})]), 1, arranges=False)))
    assert 300 < len(by_rules.text) <= 500 and len(draft.text) <= 500
    assert "超过500字" in (draft.provenance.degraded or "")
