"""No composer can see an unmasked past section: by the types it takes, and by a search of every prompt it makes."""

from __future__ import annotations

import dataclasses
import inspect
import re
import shutil
import typing
from collections.abc import Iterator
from pathlib import Path

from corpus.encoder import SmallE5
from corpus.exemplars import choose_exemplars
from corpus.index.vectors import ExactVectors
from corpus.ingest import ingest
from corpus.search import CorpusSearch
from service.domain.draft import DraftRequest
from service.domain.fact import Fact
from service.domain.report import ExemplarOriginal, Report, Retrieved, Section
from service.domain.shelf import MaskedSection, ShelvedSection
from service.drafting.compose_by_model import ModelSectionWriter
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftingTools, SectionTask, SectionWriter
from service.language.names import bare_name, find_names, policy_reason
from service.model.asking import Asker
from service.model.role import Form, Prompt, Usage
from tests.corpus.shelves import shelf_in
from tests.drafting.composing import request

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
NOTES = "3月8号清理了楼道死角12处\n发了宣传单300份\n停车位不足，主要是老小区没有空地\n下一步打算增设车位30个"


class _Silence:
    """A reply without a word, so that the rules write after every prompt was made."""

    usage = Usage(1, 1)

    def __iter__(self) -> Iterator[str]:
        yield "无。"


class _Recorder:
    """A model that keeps every prompt it is given."""

    name = "recorder"
    server = "nowhere"

    def __init__(self) -> None:
        self.prompts: list[Prompt] = []

    def write(self, prompt: Prompt, form: Form = Form.TEXT, seconds: float | None = None) -> _Silence:
        self.prompts.append(prompt)
        return _Silence()


def _reachable(kind: object, seen: set[object]) -> set[object]:
    """Every type that a value of `kind` can hold."""
    if isinstance(kind, list):  # the parameters of a callable
        for one in kind:
            _reachable(one, seen)
        return seen
    if kind in seen:
        return seen
    seen.add(kind)
    for argument in typing.get_args(kind):
        _reachable(argument, seen)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        for held in typing.get_type_hints(kind).values():
            _reachable(held, seen)
    return seen


def test_nothing_a_composer_takes_can_hold_an_unmasked_section() -> None:
    takes = {name for name in inspect.signature(SectionWriter.write).parameters if name != "self"}
    assert takes == {"task", "on_text"}
    held = _reachable(SectionTask, set())
    assert not held & {ExemplarOriginal, Retrieved, Report, Section, MaskedSection, ShelvedSection}


def test_no_prompt_holds_a_figure_or_a_name_of_a_past_report(tmp_path: Path) -> None:
    past = tmp_path / "past"
    past.mkdir()
    for path in [*SAMPLES.glob("13-*"), *SAMPLES.glob("15-*"), *SAMPLES.glob("04-*")]:
        shutil.copy(path, past)
    encoder, shelf = SmallE5(), shelf_in(tmp_path)
    reports = ingest([past], shelf, encoder).reports
    search = CorpusSearch(shelf, ExactVectors(encoder.name, encoder.dimensions), encoder)
    chosen: list[Retrieved] = []

    def choose(request: DraftRequest, facts: typing.Sequence[Fact]) -> list[Retrieved]:
        found = choose_exemplars(
            search, shelf, genre=request.genre, unit_type=request.unit_type, queries=[one.text for one in facts]
        )
        chosen.extend(found)
        return found

    model = _Recorder()
    tools = DraftingTools(writer=ModelSectionWriter(Asker([typing.cast(typing.Any, model)])), choose_exemplars=choose)
    draft_report(request(NOTES), tools)
    shown = "\n".join(prompt.system + prompt.user for prompt in model.prompts)
    # The random boundary of a request is no figure of anybody.
    shown = re.sub(r"[0-9a-f]{10,}", "", shown)
    masked = [one.exemplar.masked for one in chosen if one.exemplar.masked[:12] in shown]
    assert model.prompts
    assert masked, "no exemplar was shown, so the search below would prove nothing"
    known = NOTES + "2024"
    for report in reports:
        for figure in set(re.findall(r"\d+\.\d+|\d{3,}", report.text)):
            assert figure in known or figure not in shown, figure
        for name in find_names(report.text):
            bare = bare_name(name.text)
            if name.sure and len(bare) >= 3 and policy_reason(bare) is None and bare not in known:
                assert bare not in shown, bare
