"""Drafts put straight into the record in the state a test needs, without a run."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.account import Account, AccountRole
from service.domain.draft import DraftRequest
from service.domain.genre import Genre, UnitType
from service.domain.period import parse_period
from service.domain.review import DecisionKind
from service.domain.text import Span
from service.domain.workspace import DraftState
from service.jobs.request import request_to_json
from service.jobs.versions import PlainSection, put_together
from service.storage.draft_values import NewDraft
from service.storage.review_values import NewDecision, Review
from service.web.services import Services

NOTES = "3月5日清运垃圾12吨"
CLEAN = "清运垃圾12吨。"
DOUBTFUL = "清运垃圾12吨，共99车。"


@dataclass(frozen=True)
class People:
    """The persons of the tables: two units with an author and an editor each, an evaluator, the administrator."""

    staff: Account
    other_staff: Account
    editor: Account
    other_editor: Account
    evaluator: Account
    admin: Account


def add_people(services: Services) -> People:
    """Adds them; `admin` is the one the first start makes."""
    accounts = services.accounts
    accounts.ensure_administrator()
    return People(
        staff=accounts.add("周岚", AccountRole.STAFF, "云溪街道"),
        other_staff=accounts.add("程野", AccountRole.STAFF, "石桥镇"),
        editor=accounts.add("陆编", AccountRole.EDITOR, "云溪街道"),
        other_editor=accounts.add("石编", AccountRole.EDITOR, "石桥镇"),
        evaluator=accounts.add("评一", AccountRole.EVALUATOR, ""),
        admin=next(one for one in accounts.all() if one.name == "admin"),
    )


def made_draft(services: Services, author: Account, text: str = CLEAN, unit: str = "") -> str:
    """A draft in 待修改 with one version that holds `text`; no worker may run. `unit`: another than the author's."""
    request = DraftRequest(NOTES, Genre.PROGRESS, unit or author.units[0], parse_period("2031年"), UnitType.STREET)
    plain = request_to_json(request)
    new = NewDraft(str(request.genre), request.unit, request.period.label, None, NOTES, plain)
    draft_id = services.drafts.create(author, new)
    run = services.runs.take("tests", lambda name: False)
    while run is not None and run.draft_id != draft_id:
        run = services.runs.take("tests", lambda name: False)
    assert run is not None
    body = put_together("题目", [PlainSection("一、做法", text)], request, services.check)
    services.runs.finish(run, "tests", body, author="rules", reason="起草")
    return draft_id


def draft_in(services: Services, people: People, state: str) -> str:
    """A draft of `people.staff` in `state`: notes drafting editing submitted reviewing returned approved."""
    reviews = services.reviews
    text = DOUBTFUL if state in ("reviewing", "returned") else CLEAN
    draft_id = made_draft(services, people.staff, CLEAN)
    version = 1
    if state == "editing":
        return draft_id
    reviews.submit(people.staff, draft_id, version)
    if state == "submitted":
        return draft_id
    reviews.claim(people.editor, draft_id)
    if text is DOUBTFUL:
        stored = services.drafts.version(people.editor, draft_id)
        assert stored is not None
        request = DraftRequest(NOTES, Genre.PROGRESS, "云溪街道", parse_period("2031年"), UnitType.STREET)
        body = put_together("题目", [PlainSection("一、做法", text)], request, services.check, stored.body)
        version = services.drafts.add_version(people.editor, draft_id, version, body, "改").number
    if state == "reviewing":
        return draft_id
    if state == "returned":
        place = doubt_of(services, people.editor, draft_id)
        decision = NewDecision(place.start, place.end, DecisionKind.RETURNED, reason="请补依据")
        services.decisions.decide(people.editor, draft_id, version, [decision])
    outcome = DraftState.RETURNED if state == "returned" else DraftState.APPROVED
    reviews.review(people.editor, draft_id, version, Review(outcome, "见批注"))
    return draft_id


def doubt_of(services: Services, account: Account, draft_id: str) -> Span:
    """Where the first finding of the newest version stands."""
    first = services.reviews.reviewed(account, draft_id).findings[0].finding
    return Span(first["start"], first["end"])
