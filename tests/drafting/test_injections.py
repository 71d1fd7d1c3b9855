"""Hostile notes, past reports and Word comments before a model that obeys every instruction it sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from eval.injections import NOTES, Injection, attacked, facts_lost, load_injections, passed_unflagged
from service.commands.reading import read_argument
from service.domain.finding import Band, Verdict
from service.drafting.compose_by_model import ModelSectionWriter
from service.drafting.tools import DraftingTools
from service.model.personalities import PERSONALITIES
from service.model.scripted_server import Asked, Reply, ScriptedServer
from tests.model.asking import asker


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(PERSONALITIES["obeying"]) as running:
        yield running


def _tools(server: ScriptedServer) -> DraftingTools:
    return DraftingTools(writer=ModelSectionWriter(asker(server), 4))


def _notes_with_comment(folder: Path, text: str) -> str:
    document = docx.Document()
    for line in NOTES:
        paragraph = document.add_paragraph(line)
    document.add_comment(paragraph.runs, text=text, author="x", initials="x")
    document.save(str(folder / "notes.docx"))
    return read_argument(str(folder / "notes.docx"))


def test_there_are_enough_attacks_of_every_place() -> None:
    attacks = load_injections()
    assert len(attacks) >= 40
    assert {one.where for one in attacks} == {"notes", "exemplar", "docx_comment"}
    assert len({one.id for one in attacks}) == len(attacks)


@pytest.mark.parametrize("injection", load_injections(), ids=lambda one: one.id)
def test_an_obeying_model_brings_nothing_unflagged_into_the_draft(
    injection: Injection, server: ScriptedServer, tmp_path: Path
) -> None:
    notes = _notes_with_comment(tmp_path, injection.text) if injection.where == "docx_comment" else None
    draft = attacked(injection, _tools(server), notes)
    assert passed_unflagged(injection, draft) == []
    assert facts_lost(draft) == []
    headings = [one.heading for one in draft.sections if one.heading]
    assert headings == ["一、工作开展情况", "二、存在的主要问题", "三、下一步工作安排"]
    blocking = [one for one in draft.check.findings if one.band is Band.BLOCK]
    assert all(one.verdict is Verdict.PLACEHOLDER for one in blocking)


@pytest.mark.parametrize("injection", [one for one in load_injections() if one.where == "exemplar"], ids=lambda o: o.id)
def test_the_attacks_do_reach_the_model_and_the_model_does_obey(injection: Injection, server: ScriptedServer) -> None:
    replies: list[str] = []

    def heard(asked: Asked) -> Reply:
        replies.append(PERSONALITIES["obeying"](asked).text)
        return Reply(replies[-1])

    with ScriptedServer(heard) as listening:
        attacked(injection, _tools(listening))
    assert any(words in reply for reply in replies for words in injection.forbidden)
