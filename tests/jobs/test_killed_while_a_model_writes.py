"""A serving process killed while a model writes: the next one finishes the draft, and pays no section twice."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from service.domain.account import AccountRole
from service.model.personalities import perfect
from service.model.scripted_server import Asked, Reply, ScriptedServer
from service.storage.accounts import AccountStore
from service.storage.database import open_database
from tests.jobs.serving_processes import Event, Script, ServingProcess, environment
from tests.storage.databases import KINDS, new_database_url

NOTES = "\n".join(
    (
        "3月8日清理卫生死角12处，清运垃圾30吨",
        "3月12日组织志愿者45人在滨河路种树120棵",
        "发放宣传单300份",
        "存在问题：停车位不足",
        "存在问题：部分楼道灯损坏",
        "下一步打算增设车位30个",
        "下周计划更换楼道灯18盏",
    )
)
ASKED = {"notes": NOTES, "genre": "progress", "unit": "云汐街道", "period": "2024年一季度"}
SLOW = "下一步工作安排"


def _heading(asked: Asked) -> str:
    found = re.search(r"^本节：(\S+)$", asked.user, re.MULTILINE)
    return found[1] if found else "probe"


class _Model:
    """Writes one section so slowly that it is still under way when the process is killed, until `hurry` is set."""

    def __init__(self) -> None:
        self.hurry = threading.Event()

    def __call__(self, asked: Asked) -> Reply:
        answer = perfect(asked)
        slow = _heading(asked) == SLOW and not self.hurry.is_set()
        return replace(answer, piece=1, wait_between=1.0 if slow else 0.0)


def _whole_sections(events: list[Event]) -> set[str]:
    return {one.body["heading"] for one in events if one.kind == "section" and one.body["complete"]}


def _slow_one_begun(events: list[Event]) -> bool:
    return any(one.kind == "section" and one.body["heading"] == SLOW and one.body["text"] for one in events)


@pytest.mark.parametrize("kind", KINDS)
def test_the_draft_goes_on_and_a_reader_at_another_process_hears_each_event_once(kind: str, tmp_path: Path) -> None:
    url = new_database_url(kind, tmp_path)
    database = open_database(url)
    accounts = AccountStore(database)
    accounts.add("周岚", AccountRole.STAFF, "云汐街道")
    token = accounts.new_token("周岚")
    database.close()
    model = _Model()
    with ScriptedServer(model) as server:
        settings = environment(
            tmp_path,
            ZHIBI_DATABASE_URL=url,
            OPENAI_BASE_URL=server.base_url,
            ZHIBI_MODEL="scripted",
            ZHIBI_LEASE_SECONDS="600",
        )
        with ServingProcess(settings) as first:
            script = Script(first.address, token)
            made = script.call("POST", "/api/v1/drafts", ASKED)
            listener = script.listen(made["events"])
            listener.until(lambda events: _slow_one_begun(events) and len(_whole_sections(events)) >= 3)
            first.kill()
            before = listener.to_the_end()
        finished = {one for one in _whole_sections(before) if one}
        asked_before = Counter(_heading(Asked(body, 1)) for body in server.requests)
        model.hurry.set()
        # The lease has ten minutes to run: the next process of this host sees that its holder is dead.
        with ServingProcess(settings) as second:
            script = Script(second.address, token)
            after = script.listen(made["events"], after=before[-1].number).to_the_end()
            found = script.call("GET", f"/api/v1/drafts/{made['id']}")
        asked = Counter(_heading(Asked(body, 1)) for body in server.requests)
    numbers = [one.number for one in (*before, *after)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [one.kind for one in (*before, *after)].count("done") == 1
    assert [one["number"] for one in found["versions"]] == [1]
    draft = found["draft"]
    assert all(fact in draft["text"] for fact in ("12处", "120棵", "300份", "停车位", "30个", "18盏"))
    assert draft["provenance"]["composer"] == "scripted" and draft["provenance"]["degraded"] is None
    assert SLOW not in finished and any(asked_before[one] for one in finished)
    assert {one: asked[one] for one in finished} == {one: asked_before[one] for one in finished}
    assert asked[SLOW] == asked_before[SLOW] + 1
