"""Drafts, versions, events and who reaches them, the same suite on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from service.domain.account import Account, AccountRole
from service.domain.errors import Conflict, Forbidden, NotFound, UnusableInput
from service.domain.workspace import DraftState
from service.storage.accounts import AccountStore
from service.storage.database import Database, open_database
from service.storage.draft_rows import clock_text
from service.storage.draft_values import NewDraft
from service.storage.drafts import DraftStore
from service.storage.review_values import Review
from service.storage.reviews import ReviewStore
from service.storage.runs import RunLost, RunStore
from tests.storage.databases import KINDS, new_database_url

NOTES = "3月5日\t清运垃圾2.5吨\r\n\x00🧹 𠮷巷\u2028完"


def body(text: str, title: str = "标题") -> dict[str, Any]:
    return {"title": title, "text": text, "sections": [], "check": {"summary": {"block": 0}}}


def asked(notes: str = NOTES, unit: str = "云溪街道") -> NewDraft:
    return NewDraft("progress", unit, "2031年", None, notes, {"genre": "progress", "unit": unit})


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    opened = open_database(new_database_url(request.param, tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def people(database: Database) -> dict[str, Account]:
    accounts = AccountStore(database)
    return {
        "staff": accounts.add("周岚", AccountRole.STAFF, "云溪街道"),
        "colleague": accounts.add("何川", AccountRole.STAFF, "云溪街道"),
        "stranger": accounts.add("程野", AccountRole.STAFF, "石桥镇"),
        "editor": accounts.add("陆编", AccountRole.EDITOR, "云溪街道、东湖小学"),
        "other_editor": accounts.add("石编", AccountRole.EDITOR, "石桥镇"),
        "evaluator": accounts.add("评一", AccountRole.EVALUATOR, ""),
        "admin": accounts.add("管家", AccountRole.ADMIN, ""),
    }


@pytest.fixture
def drafts(database: Database) -> DraftStore:
    return DraftStore(database)


@pytest.fixture
def reviews(database: Database) -> ReviewStore:
    return ReviewStore(database)


@pytest.fixture
def runs(database: Database) -> RunStore:
    return RunStore(database, lease_ms=5000)


def finished(drafts: DraftStore, runs: RunStore, account: Account, text: str = "正文一") -> str:
    """A draft with its first version."""
    draft_id = drafts.create(account, asked())
    run = runs.take("tests", lambda name: False)
    assert run is not None
    runs.finish(run, "tests", body(text), author="rules", reason="起草")
    return draft_id


def test_notes_come_back_to_the_code_point(drafts: DraftStore, people: dict[str, Account]) -> None:
    draft_id = drafts.create(people["staff"], asked())
    stored = drafts.get(people["staff"], draft_id)
    assert stored.notes == NOTES
    assert stored.notes_sha256 == sha256(NOTES.encode()).hexdigest()


@pytest.mark.parametrize(
    ("who", "reaches"),
    [
        ("staff", True),
        ("colleague", True),
        ("stranger", False),
        ("editor", True),
        ("other_editor", False),
        ("evaluator", False),
        ("admin", True),
    ],
)
def test_a_draft_is_reached_by_its_unit_its_editors_and_the_administrator_only(
    drafts: DraftStore, runs: RunStore, reviews: ReviewStore, people: dict[str, Account], who: str, reaches: bool
) -> None:
    draft_id = finished(drafts, runs, people["staff"])
    assert [one.id for one in drafts.summaries(people[who])] == ([draft_id] if reaches else [])
    calls: list[Callable[[], object]] = [
        lambda: drafts.get(people[who], draft_id),
        lambda: drafts.version(people[who], draft_id),
        lambda: drafts.versions(people[who], draft_id),
        lambda: reviews.reviews(people[who], draft_id),
        lambda: drafts.request_stop(people[who], draft_id),
    ]
    for call in calls:
        if reaches:
            call()
            continue
        with pytest.raises(NotFound) as out_of_reach:
            call()
        with pytest.raises(NotFound) as absent:
            drafts.get(people[who], "0" * 32)
        # A stranger must not learn from the answer that the draft is there.
        assert out_of_reach.value.message == absent.value.message


@pytest.mark.parametrize("who", ["stranger", "other_editor", "evaluator"])
def test_whoever_does_not_reach_a_draft_cannot_change_it(
    drafts: DraftStore, runs: RunStore, reviews: ReviewStore, people: dict[str, Account], who: str
) -> None:
    draft_id = finished(drafts, runs, people["staff"])
    for change in (
        lambda: drafts.add_version(people[who], draft_id, 1, body("改"), "改"),
        lambda: reviews.submit(people[who], draft_id, 1),
        lambda: reviews.review(people[who], draft_id, 1, Review(DraftState.APPROVED, "", [])),
        lambda: drafts.queue_run(people[who], draft_id, 1, None, None),
    ):
        with pytest.raises(NotFound):
            change()
    assert drafts.get(people["staff"], draft_id).summary.version == 1


def test_an_evaluator_drafts_nothing(drafts: DraftStore, people: dict[str, Account]) -> None:
    with pytest.raises(Forbidden):
        drafts.create(people["evaluator"], asked())


def test_the_same_key_gives_the_same_draft_and_another_request_under_it_is_refused(
    drafts: DraftStore, people: dict[str, Account]
) -> None:
    first = drafts.create(people["staff"], asked(), "k1")
    assert drafts.create(people["staff"], asked(), "k1") == first
    assert drafts.create(people["colleague"], asked(), "k1") != first
    assert drafts.create(people["staff"], asked()) != first
    with pytest.raises(Conflict):
        drafts.create(people["staff"], asked("另一份笔记"), "k1")
    with pytest.raises(UnusableInput):
        drafts.create(people["staff"], asked(), "k" * 201)


def test_many_requests_with_one_key_at_once_make_one_draft(drafts: DraftStore, people: dict[str, Account]) -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.append(drafts.create(people["staff"], asked(), "twice"))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert len(drafts.summaries(people["staff"])) == 1


def test_versions_are_kept_with_the_hash_of_their_text(
    drafts: DraftStore, runs: RunStore, people: dict[str, Account]
) -> None:
    draft_id = finished(drafts, runs, people["staff"])
    drafts.add_version(people["colleague"], draft_id, 1, body("正文二", "新标题"), "改措辞")
    found = drafts.versions(people["staff"], draft_id)
    assert [(one.number, one.author, one.reason) for one in found] == [(1, "rules", "起草"), (2, "何川", "改措辞")]
    assert found[1].sha256 == sha256("正文二".encode()).hexdigest()
    first = drafts.version(people["staff"], draft_id, 1)
    assert first is not None
    assert first.body["text"] == "正文一"
    assert drafts.get(people["staff"], draft_id).summary.title == "新标题"
    with pytest.raises(NotFound):
        drafts.version(people["staff"], draft_id, 9)


def test_an_edit_of_an_old_version_names_who_came_between(
    drafts: DraftStore, runs: RunStore, people: dict[str, Account]
) -> None:
    draft_id = finished(drafts, runs, people["staff"])
    drafts.add_version(people["colleague"], draft_id, 1, body("正文二"), "改")
    with pytest.raises(Conflict, match="此稿件已被何川于") as refused:
        drafts.add_version(people["staff"], draft_id, 1, body("正文三"), "改")
    assert refused.value.detail["version"] == 2
    assert drafts.get(people["staff"], draft_id).summary.version == 2


def test_two_edits_at_once_keep_one(drafts: DraftStore, runs: RunStore, people: dict[str, Account]) -> None:
    draft_id = finished(drafts, runs, people["staff"])
    outcomes: list[str] = []

    def edit(text: str) -> None:
        try:
            drafts.add_version(people["staff"], draft_id, 1, body(text), "改")
            outcomes.append("kept")
        except Conflict:
            outcomes.append("refused")

    threads = [threading.Thread(target=edit, args=(f"正文{n}",)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept"] + ["refused"] * 4


def test_a_submitted_draft_takes_edits_from_its_editor_only(
    drafts: DraftStore, runs: RunStore, reviews: ReviewStore, people: dict[str, Account]
) -> None:
    draft_id = finished(drafts, runs, people["staff"])
    reviews.submit(people["staff"], draft_id, 1)
    reviews.submit(people["staff"], draft_id, 1)
    with pytest.raises(Conflict, match="待审"):
        drafts.add_version(people["staff"], draft_id, 1, body("改"), "改")
    drafts.add_version(people["editor"], draft_id, 1, body("编辑改"), "改")
    with pytest.raises(Forbidden):
        reviews.review(people["staff"], draft_id, 2, Review(DraftState.APPROVED, "", []))
    reviews.review(people["editor"], draft_id, 2, Review(DraftState.RETURNED, "缺时限", [{"start": 1}]))
    assert drafts.get(people["staff"], draft_id).summary.state is DraftState.RETURNED
    assert reviews.reviews(people["staff"], draft_id)[0]["reason"] == "缺时限"
    drafts.add_version(people["staff"], draft_id, 2, body("补时限"), "补")
    reviews.submit(people["staff"], draft_id, 3)
    reviews.review(people["editor"], draft_id, 3, Review(DraftState.APPROVED, "", []))
    with pytest.raises(Conflict, match="已通过"):
        drafts.add_version(people["editor"], draft_id, 3, body("再改"), "改")


def test_nobody_approves_their_own_draft(
    drafts: DraftStore, runs: RunStore, reviews: ReviewStore, people: dict[str, Account]
) -> None:
    draft_id = finished(drafts, runs, people["admin"])
    reviews.submit(people["admin"], draft_id, 1)
    with pytest.raises(Forbidden, match="自己"):
        reviews.review(people["admin"], draft_id, 1, Review(DraftState.APPROVED, "", []))


def test_events_are_numbered_from_one_and_read_after_any_of_them(
    drafts: DraftStore, runs: RunStore, people: dict[str, Account]
) -> None:
    draft_id = drafts.create(people["staff"], asked())
    run = runs.take("tests", lambda name: False)
    assert run is not None
    runs.tell(run, "tests", [("stage", {"message": "甲"}), ("section", {"index": 0, "text": "乙\n丙"})])
    runs.finish(run, "tests", body("正文"), author="rules", reason="起草")
    events = drafts.events(draft_id, 0)
    assert [one.number for one in events] == [1, 2, 3, 4]
    assert [one.kind for one in events] == ["stage", "stage", "section", "done"]
    assert [one.number for one in drafts.events(draft_id, 3)] == [4]
    assert all("\n" not in one.body for one in events)
    assert drafts.newest_events([draft_id, "none"]) == {draft_id: 4}


def test_a_run_belongs_to_one_holder_until_its_lease_ends(database: Database, people: dict[str, Account]) -> None:
    now = [1_900_000_000_000]
    drafts, runs = DraftStore(database, lambda: now[0]), RunStore(database, 5000, lambda: now[0])
    drafts.create(people["staff"], asked())
    first = runs.take("甲", lambda name: False)
    assert first is not None
    assert runs.take("乙", lambda name: False) is None
    now[0] += 4000
    assert runs.renew(first.id, "甲")
    now[0] += 4000
    assert runs.take("乙", lambda name: False) is None
    now[0] += 2000
    second = runs.take("乙", lambda name: False)
    assert second is not None
    assert (second.id, second.attempts, second.notes) == (first.id, 2, NOTES)
    assert not runs.renew(first.id, "甲")
    for late in (
        lambda: runs.tell(first, "甲", [("stage", {})]),
        lambda: runs.save_step(first, "甲", "k", "v"),
        lambda: runs.finish(first, "甲", body("晚"), author="rules", reason="晚"),
        lambda: runs.fail(first, "甲", "X", "x"),
    ):
        with pytest.raises(RunLost):
            late()
    runs.finish(second, "乙", body("正文"), author="rules", reason="起草")
    assert [one.text for one in drafts.versions(people["staff"], first.draft_id)] == ["正文"]


def test_a_dead_holder_is_followed_at_once(drafts: DraftStore, runs: RunStore, people: dict[str, Account]) -> None:
    drafts.create(people["staff"], asked())
    assert runs.take("死者", lambda name: False) is not None
    taken = runs.take("后来者", lambda name: name == "死者")
    assert taken is not None
    assert taken.attempts == 2


def test_many_takers_at_once_share_the_runs_without_overlap(
    drafts: DraftStore, runs: RunStore, people: dict[str, Account]
) -> None:
    for number in range(5):
        drafts.create(people["staff"], asked(f"第{number}份"))
    taken: list[str] = []

    def take_all(holder: str) -> None:
        while run := runs.take(holder, lambda name: False):
            taken.append(run.id)

    threads = [threading.Thread(target=take_all, args=(f"手{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # A taker may give up while the others hold what is left; nothing is taken twice and nothing is lost.
    take_all("最后")
    assert len(taken) == 5
    assert len(set(taken)) == 5


def test_a_finished_step_is_kept_for_the_next_attempt(
    drafts: DraftStore, runs: RunStore, people: dict[str, Account]
) -> None:
    drafts.create(people["staff"], asked())
    first = runs.take("甲", lambda name: False)
    assert first is not None
    runs.save_step(first, "甲", "section 1", "写好的一节")
    second = runs.take("乙", lambda name: True)
    assert second is not None
    assert runs.saved_step(second.id, "section 1") == "写好的一节"
    runs.finish(second, "乙", body("正文"), author="rules", reason="起草")
    assert runs.saved_step(second.id, "section 1") is None


def test_a_failed_run_leaves_an_earlier_version_in_place(
    drafts: DraftStore, runs: RunStore, people: dict[str, Account]
) -> None:
    draft_id = finished(drafts, runs, people["staff"])
    drafts.queue_run(people["staff"], draft_id, 1, 0, None)
    with pytest.raises(Conflict, match="正在生成"):
        drafts.queue_run(people["staff"], draft_id, 1, 0, None)
    run = runs.take("甲", lambda name: False)
    assert run is not None
    assert run.section == 0
    runs.fail(run, "甲", "ModelFailed", "模型没有回答。")
    summary = drafts.get(people["staff"], draft_id).summary
    assert (summary.state, summary.version, summary.failure) == (DraftState.EDITING, 1, "模型没有回答。")


def test_the_place_in_the_queue_is_told(database: Database, people: dict[str, Account]) -> None:
    now = [1_900_000_000_000]
    drafts, runs = DraftStore(database, lambda: now[0]), RunStore(database, 5000, lambda: now[0])
    made = []
    for _ in range(3):
        now[0] += 10
        made.append(drafts.create(people["staff"], asked()))
    assert [runs.waiting_before(one) for one in made] == [0, 1, 2]
    assert runs.counts() == {"queued": 3}
    now[0] += 4_000
    assert [runs.seconds_open(one) for one in (*made, "no draft")] == [4, 4, 4, 0]


def test_a_time_of_day_is_beijing_time() -> None:
    assert clock_text(0) == "08:00"
    assert clock_text(16 * 3_600_000 + 32 * 60_000) == "00:32"
