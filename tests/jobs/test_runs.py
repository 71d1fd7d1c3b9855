"""A drafting run ends in one final version, whatever happens on the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service.domain.account import Account, AccountRole
from service.domain.draft import Draft, DraftRequest, DraftSection, Provenance, Sentence, SentenceKind
from service.domain.errors import ModelFailed
from service.domain.finding import CheckResult, Overlap
from service.domain.genre import Genre
from service.domain.period import parse_period
from service.domain.workspace import DraftState
from service.drafting.tools import DraftingTools, RuleWriter, SectionTask
from service.jobs.holder import is_gone, new_holder
from service.jobs.request import request_from_json, request_to_json
from service.jobs.roles import FinishedSteps, Tell, TextToCheck, WriteDraft, WrittenAgain
from service.jobs.versions import PlainSection, put_together
from service.jobs.workers import DraftWorkers
from service.jobs.write import writing_with
from service.storage.accounts import AccountStore
from service.storage.database import Database, open_database
from service.storage.draft_values import NewDraft, StoredVersion
from service.storage.drafts import DraftStore
from service.storage.runs import RunStore
from tests.storage.databases import KINDS, new_database_url
from tests.web.serving import check_by_words, check_in_earnest

REQUEST = DraftRequest("3月5日清运垃圾12吨\n发放宣传单500份", Genre.PROGRESS, "云溪街道", parse_period("2031年"))
CLEAN = CheckResult((), (), (), (), Overlap(0, None))


def plain_draft(request: DraftRequest, *texts: str) -> Draft:
    sections = tuple(
        DraftSection(f"{'一二三'[n]}、第{n + 1}部分", text, (Sentence(0, len(text), (1,), SentenceKind.FACT),))
        for n, text in enumerate(texts)
    )
    text, starts = "题", []
    for section in sections:
        text += f"\n{section.heading}\n"
        starts.append(len(text))
        text += section.text
    return Draft(
        request.genre,
        request.unit,
        request.period,
        "题",
        text,
        sections,
        tuple(starts),
        (),
        (),
        (),
        CLEAN,
        Provenance("rules"),
    )


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    opened = open_database(new_database_url(request.param, tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def staff(database: Database) -> Account:
    return AccountStore(database).add("周岚", AccountRole.STAFF, "云溪街道")


@pytest.fixture
def drafts(database: Database) -> DraftStore:
    return DraftStore(database)


@pytest.fixture
def start(database: Database) -> Iterator[Callable[..., DraftWorkers]]:
    started: list[DraftWorkers] = []

    def begin(write: WriteDraft, attempts: int = 5, lease_ms: int = 3000) -> DraftWorkers:
        store = RunStore(database, lease_ms)
        workers = DraftWorkers(store, write, check_by_words, count=1, lease_seconds=lease_ms / 1000, attempts=attempts)
        workers.start()
        started.append(workers)
        return workers

    yield begin
    for workers in started:
        workers.stop()


def ask(drafts: DraftStore, account: Account, request: DraftRequest = REQUEST) -> str:
    plain = request_to_json(request)
    new = NewDraft(str(request.genre), request.unit, request.period.label, request.title, request.notes, plain)
    return drafts.create(account, new)


def wait_until_over(drafts: DraftStore, draft_id: str) -> None:
    for _ in range(400):
        if not drafts.is_open(draft_id):
            return
        time.sleep(0.02)
    raise AssertionError("the run did not end")


def kinds(drafts: DraftStore, draft_id: str) -> list[str]:
    return [one.kind for one in drafts.events(draft_id, 0)]


def test_a_request_survives_its_way_through_the_record() -> None:
    whole = replace(REQUEST, title="题目", length=1200)
    assert request_from_json(request_to_json(whole), whole.notes) == whole


def test_a_run_tells_its_sections_and_stores_one_version(
    drafts: DraftStore, staff: Account, start: Callable[..., DraftWorkers]
) -> None:
    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        tell("stage", {"message": "写"})
        tell("section", {"index": 0, "total": 1, "heading": "第1部分", "text": "清运垃圾12吨。", "complete": True})
        return plain_draft(request, "清运垃圾12吨。")

    start(write)
    draft_id = ask(drafts, staff)
    wait_until_over(drafts, draft_id)
    assert kinds(drafts, draft_id) == ["stage", "stage", "section", "done"]
    version = drafts.version(staff, draft_id)
    assert version is not None
    assert version.text == "题\n一、第1部分\n清运垃圾12吨。"
    assert drafts.get(staff, draft_id).summary.state is DraftState.EDITING


def test_the_pieces_of_a_stream_are_gathered_and_its_end_is_never_lost(
    drafts: DraftStore, staff: Account, start: Callable[..., DraftWorkers]
) -> None:
    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        for length in range(1, 400):
            tell("section", {"index": 0, "total": 1, "heading": "", "text": "字" * length, "complete": False})
        return plain_draft(request, "字" * 399)

    start(write)
    draft_id = ask(drafts, staff)
    wait_until_over(drafts, draft_id)
    sections = [one for one in drafts.events(draft_id, 0) if one.kind == "section"]
    assert len(sections) < 100
    assert '"字' in sections[-1].body
    assert sections[-1].body.count("字") == 399


def test_a_failure_for_people_is_told_in_its_own_words(
    drafts: DraftStore, staff: Account, start: Callable[..., DraftWorkers]
) -> None:
    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        raise ModelFailed("模型没有回答。请稍后再试。")

    start(write)
    draft_id = ask(drafts, staff)
    wait_until_over(drafts, draft_id)
    summary = drafts.get(staff, draft_id).summary
    assert (summary.state, summary.failure) == (DraftState.FAILED, "模型没有回答。请稍后再试。")
    assert kinds(drafts, draft_id)[-1] == "failed"


def test_a_fault_of_ours_shows_a_code_and_no_stack_trace(
    drafts: DraftStore, staff: Account, start: Callable[..., DraftWorkers], caplog: pytest.LogCaptureFixture
) -> None:
    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        raise ZeroDivisionError("secret words")

    start(write)
    draft_id = ask(drafts, staff)
    wait_until_over(drafts, draft_id)
    failure = drafts.get(staff, draft_id).summary.failure or ""
    assert "代码" in failure
    assert "secret" not in failure
    assert "secret words" in caplog.text


def test_a_stopped_run_keeps_what_had_arrived(
    drafts: DraftStore, staff: Account, start: Callable[..., DraftWorkers]
) -> None:
    arrived = threading.Event()

    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        tell("stage", {"message": "正在起草各节", "title": "云溪街道文明创建工作进展情况汇报"})
        tell("section", {"index": 0, "heading": "做法", "text": "清运垃圾12吨。", "complete": True})
        tell("section", {"index": 1, "heading": "问题", "text": "暂无", "complete": False})
        arrived.set()
        while True:
            time.sleep(0.02)
            tell("stage", {"message": "还在写"})

    workers = start(write)
    draft_id = ask(drafts, staff)
    assert arrived.wait(5)
    assert drafts.request_stop(staff, draft_id)
    workers.wake()
    wait_until_over(drafts, draft_id)
    version = drafts.version(staff, draft_id)
    assert version is not None
    assert version.text == "云溪街道文明创建工作进展情况汇报\n一、做法\n清运垃圾12吨。\n二、问题\n暂无"
    assert "1节已完整保留，第2节没有写完" in version.body["provenance"]["degraded"]
    assert version.body["check"]["passed"][0]["evidence"][0]["line"] == 1
    assert drafts.get(staff, draft_id).summary.state is DraftState.EDITING


def test_a_stopped_draft_goes_on_with_what_is_whole_kept_as_it_was_edited(
    drafts: DraftStore, staff: Account, start: Callable[..., DraftWorkers]
) -> None:
    arrived, asked = threading.Event(), []

    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        if again is not None:
            asked.append([name for name in ("第1部分", "第2部分", "第3部分") if again.is_about(name)])
        if len(asked) == 2:
            return plain_draft(request, "另一种写法。", "又一种写法。", "无。")
        told = ["清运垃圾12吨。", "发放"] if again is None else ["另一种写法。", "发放宣传单500份。", "下一"]
        for index, text in enumerate(told):
            heading, whole = f"第{index + 1}部分", index < len(told) - 1
            tell("section", {"index": index, "heading": heading, "text": text, "complete": whole})
        arrived.set()
        while True:
            time.sleep(0.02)
            tell("stage", {"message": "还在写"})

    def stop(draft_id: str) -> StoredVersion:
        assert arrived.wait(5)
        drafts.request_stop(staff, draft_id)
        workers.wake()
        wait_until_over(drafts, draft_id)
        arrived.clear()
        stopped = drafts.version(staff, draft_id)
        assert stopped is not None
        return stopped

    workers = start(write)
    draft_id = ask(drafts, staff)
    stopped = stop(draft_id)
    sections = [PlainSection(one["heading"], one["text"]) for one in stopped.body["sections"]]
    sections[0] = PlainSection(sections[0].heading, "清运垃圾12吨，路面已干净。")
    edited = put_together("改过的题", sections, REQUEST, check_by_words, stopped.body)
    drafts.add_version(staff, draft_id, 1, edited, "修改")
    drafts.queue_run(staff, draft_id, 2, None, None)
    workers.wake()
    # Stopped a second time it has what arrived since, and still what was edited.
    begun = "改过的题\n一、第1部分\n清运垃圾12吨，路面已干净。\n二、第2部分\n发放宣传单500份。\n三、第3部分\n"
    assert stop(draft_id).text == begun + "下一"
    drafts.queue_run(staff, draft_id, 3, None, None)
    workers.wake()
    wait_until_over(drafts, draft_id)
    whole = drafts.version(staff, draft_id)
    assert whole is not None
    assert whole.text == begun + "无。"
    assert asked == [["第2部分", "第3部分"], ["第3部分"]]
    assert "stopped" not in whole.body


def test_an_answer_that_stands_in_the_text_is_no_unused_line() -> None:
    answer = "责任人与完成时限：王主任"
    for text, unused in (("责任人为王主任。", []), ("责任人还没有定。", [answer])):
        whole = [PlainSection("一、做法", "清运垃圾12吨。发放宣传单500份。"), PlainSection("二、问题", text)]
        body = put_together("题目", whole, REQUEST, check_in_earnest, None, [answer])
        assert [one["text"] for one in body["unused_notes"]] == unused


def test_a_run_stopped_before_anything_arrived_says_so(
    drafts: DraftStore, staff: Account, start: Callable[..., DraftWorkers]
) -> None:
    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        while True:
            time.sleep(0.02)
            tell("stage", {"message": "还在想"})

    workers = start(write)
    draft_id = ask(drafts, staff)
    drafts.request_stop(staff, draft_id)
    workers.wake()
    wait_until_over(drafts, draft_id)
    summary = drafts.get(staff, draft_id).summary
    assert summary.state is DraftState.FAILED
    assert "已停止生成" in (summary.failure or "")


def test_a_run_whose_process_keeps_dying_ends_as_failed(
    database: Database, drafts: DraftStore, staff: Account, start: Callable[..., DraftWorkers]
) -> None:
    draft_id = ask(drafts, staff)
    store = RunStore(database, lease_ms=1)
    for _ in range(2):
        time.sleep(0.01)
        assert store.take("死者", lambda name: True) is not None

    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        raise AssertionError("never called")

    start(write, attempts=2)
    wait_until_over(drafts, draft_id)
    assert "中断了2次" in (drafts.get(staff, draft_id).summary.failure or "")


def test_a_rewrite_changes_its_section_only(
    drafts: DraftStore, staff: Account, start: Callable[..., DraftWorkers]
) -> None:
    wanted: list[WrittenAgain | None] = []

    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        wanted.append(again)
        word = "新" if again else "旧"
        return plain_draft(request, f"{word}甲12吨。", f"{word}乙500份。")

    workers = start(write)
    draft_id = ask(drafts, staff)
    wait_until_over(drafts, draft_id)
    drafts.queue_run(staff, draft_id, 1, 1, "简短些")
    workers.wake()
    wait_until_over(drafts, draft_id)
    version = drafts.version(staff, draft_id)
    assert version is not None
    assert version.text == "题\n一、第1部分\n旧甲12吨。\n二、第2部分\n新乙500份。"
    assert version.reason == "重写第2节：简短些"
    assert wanted == [None, WrittenAgain("二、第2部分", "简短些")]


class _Model:
    """Stands for a model: writes by rules, counts what it is asked, and may die after some sections."""

    name = "counting-model"
    side_by_side = 1
    prompts: dict[str, str] = {}  # noqa: RUF012 - the role asks for an attribute

    def __init__(self, dies_after: int) -> None:
        self.asked: list[str] = []
        self.dies_after = dies_after

    def write(self, task: SectionTask, on_text: Callable[[str], None]) -> tuple[DraftSection, dict[str, int]]:
        if len(self.asked) == self.dies_after:
            raise SystemExit  # the thread is gone, as the whole process would be
        self.asked.append(task.plan.heading)
        return RuleWriter().write(task, on_text)[0], {"reply_tokens": 7}


class Steps:
    """Finished steps in memory."""

    name = "run"

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def earlier(self, key: str) -> str | None:
        """See `FinishedSteps`."""
        return None

    def once(self, key: str, step: Callable[[], str]) -> str:
        """See `FinishedSteps`."""
        if key not in self.kept:
            self.kept[key] = step()
        return self.kept[key]


def test_a_section_a_model_had_finished_is_not_paid_for_twice() -> None:
    steps, first, second = Steps(), _Model(dies_after=2), _Model(dies_after=99)
    tools = DraftingTools(check=lambda *parts, **named: check_by_words(TextToCheck(parts[0], parts[1])))
    with pytest.raises(SystemExit):
        writing_with(replace(tools, writer=first))(REQUEST, lambda kind, body: None, steps, None)
    draft = writing_with(replace(tools, writer=second))(REQUEST, lambda kind, body: None, steps, None)
    assert len(first.asked) == 2
    by_rules = writing_with(tools)(REQUEST, lambda kind, body: None, Steps(), None)
    assert len(first.asked) + len(second.asked) == len(by_rules.sections)
    assert [one.text for one in draft.sections] == [one.text for one in by_rules.sections]


def test_a_rewrite_asks_a_model_for_its_section_only() -> None:
    model = _Model(dies_after=99)
    tools = DraftingTools(writer=model, check=lambda *parts, **named: check_by_words(TextToCheck(parts[0], parts[1])))
    whole = writing_with(tools)(REQUEST, lambda kind, body: None, Steps(), None)
    heading = next(one.heading for one in whole.sections if one.heading)
    model.asked.clear()
    writing_with(tools)(REQUEST, lambda kind, body: None, Steps(), WrittenAgain(heading, None))
    assert len(model.asked) == 1


def test_a_holder_is_gone_when_its_process_is() -> None:
    own = new_holder()
    host, process, _ = own.split("|")
    assert not is_gone(own, own)
    # The same process id with another random part is an earlier life, as in a restarted container.
    assert is_gone(f"{host}|{process}|00000000", own)
    assert not is_gone(f"elsewhere|{process}|00000000", own)
    assert is_gone(f"{host}|4194303|00000000", own)
    assert not is_gone(f"{host}|1|00000000", own)
    assert not is_gone("unreadable", own)
