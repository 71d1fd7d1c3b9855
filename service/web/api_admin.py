"""API of administrators: accounts, units, state of the service, use, audit, offers to the corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from service.domain.account import AccountRole
from service.domain.errors import Conflict, UnusableInput
from service.domain.genre import genre_name
from service.storage.audit import AuditFilter
from service.storage.directory import AccountEntry, UnitEntry
from service.storage.review_values import Offer
from service.web.api_corpus import plain_name
from service.web.api_drafts import plain_sections
from service.web.services import Services
from service.web.shapes import Answer, Asked
from service.web.signed_in import Administrator, Person, Rooms
from service.web.words import iso_time

router = APIRouter(tags=["administration"])
_BEIJING = timezone(timedelta(hours=8))
Name = Annotated[str, Field(min_length=1, max_length=100)]
Units = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=100)]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Word = Annotated[str, Query(max_length=100)]


class AccountAsked(Asked):
    """A new account; staff have one unit, editors at least one."""

    name: Name
    role: AccountRole
    units: Annotated[Units, Field(default_factory=list)]


class AccountChange(Asked):
    """What to change of an account; what is left out stays."""

    role: AccountRole | None = None
    units: Units | None = None
    disabled: bool | None = None


class UnitAsked(Asked):
    """A new unit."""

    name: Name


class UnitChange(Asked):
    """A new name, or whether the unit is closed."""

    name: Name | None = None
    closed: bool | None = None


class OfferDecision(Asked):
    """Whether an offered draft is taken into the corpus; a refusal needs a reason."""

    outcome: Literal["accepted", "declined"]
    reason: Annotated[str, Field(max_length=2_000)] = ""


class AccountAnswer(Answer):
    """An account."""

    id: str
    name: str
    role: AccountRole
    role_name: str
    units: list[str]
    created_at: str
    disabled_at: str | None
    has_password: bool
    single_sign_on: bool


class AccountsAnswer(Answer):
    """One page of accounts."""

    total: int
    rows: list[AccountAnswer]


class NewAccountAnswer(AccountAnswer):
    """A new account with the path of its one-time sign-in link, shown this once."""

    link: str


class LinkAnswer(Answer):
    """The path of a one-time sign-in link, shown this once."""

    link: str


class UnitAnswer(Answer):
    """A unit."""

    id: str
    name: str
    people: int
    drafts: int
    closed: bool


class ServiceState(Answer):
    """The service in plain words: `ok`, and a sentence for each part."""

    ok: bool
    parts: list[dict[str, Any]]
    runs: dict[str, int]
    drafts: dict[str, int]


class UseAnswer(Answer):
    """What units used in a span of days."""

    since: str
    until: str
    rows: list[dict[str, Any]]


class AuditAnswer(Answer):
    """One page of the audit log, newest first."""

    total: int
    rows: list[dict[str, Any]]


class OfferAnswer(Answer):
    """An offer to the corpus."""

    id: str
    draft_id: str
    version: int
    state: str
    title: str
    unit: str
    genre: str
    by: str
    at: str
    settled_by: str | None
    settled_at: str | None
    reason: str


@router.get("/accounts", response_model=AccountsAnswer)
def accounts(
    person: Administrator, rooms: Rooms, q: Word = "", limit: Limit = 50, offset: Offset = 0
) -> dict[str, Any]:
    """Accounts by name, closed ones last."""
    total, found = rooms.directory.accounts(q.strip(), limit, offset)
    return {"total": total, "rows": [account_json(one) for one in found]}


@router.post("/accounts", status_code=201, response_model=NewAccountAnswer)
def add_account(asked: AccountAsked, person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """Adds an account."""
    made, secret = rooms.directory.add(person, asked.name, asked.role, asked.units)
    return {**account_json(made), "link": f"/sign-in/{secret}"}


@router.get("/accounts/{account_id}", response_model=AccountAnswer)
def account(account_id: str, person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """One account."""
    return account_json(rooms.directory.account(account_id))


@router.patch("/accounts/{account_id}", response_model=AccountAnswer)
def change_account(account_id: str, asked: AccountChange, person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """Changes role or units, closes or opens; the last administrator stays one."""
    if account_id == person.id and asked.disabled:
        raise Conflict("不能停用自己正在使用的账号。请由另一位管理员处理。", account=account_id)
    return account_json(rooms.directory.change(person, account_id, asked.role, asked.units, asked.disabled))


@router.post("/accounts/{account_id}/link", status_code=201, response_model=LinkAnswer)
def new_link(account_id: str, person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """A new one-time sign-in link; older ones end."""
    return {"link": f"/sign-in/{rooms.directory.link(person, account_id)}"}


@router.delete("/accounts/{account_id}/sessions", status_code=204)
def end_sessions(account_id: str, person: Administrator, rooms: Rooms) -> None:
    """Signs the person out everywhere."""
    rooms.directory.end_sessions(person, account_id)


@router.delete("/accounts/{account_id}", status_code=204)
def erase_account(account_id: str, person: Administrator, rooms: Rooms) -> None:
    """Deletes a person with their drafts, notes and name, for good; the audit log keeps ids and hashes."""
    if account_id == person.id:
        raise Conflict("不能删除自己正在使用的账号。请由另一位管理员处理。", account=account_id)
    rooms.retention.erase(person.id, account_id)


@router.get("/units", response_model=list[UnitAnswer])
def units(person: Administrator, rooms: Rooms) -> list[dict[str, Any]]:
    """Units by name, closed ones last."""
    return [_unit(one) for one in rooms.directory.units()]


@router.post("/units", status_code=201, response_model=UnitAnswer)
def add_unit(asked: UnitAsked, person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """Adds a unit."""
    return _unit(rooms.directory.add_unit(person, asked.name))


@router.patch("/units/{unit_id}", response_model=UnitAnswer)
def change_unit(unit_id: str, asked: UnitChange, person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """Renames a unit with its drafts, closes or opens it."""
    return _unit(rooms.directory.change_unit(person, unit_id, asked.name, asked.closed))


@router.get("/status", response_model=ServiceState)
def status(person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """Model, index, record and queue in plain words."""
    ready, runs = rooms.ready(), rooms.runs.counts()
    waiting = runs.get("queued", 0)
    parts = [_composing(rooms)]
    names = {"database": "数据库", "home": "数据文件夹", "index": "索引"}
    for key, failure in ready.items():
        parts.append({"name": names.get(key, key), "ok": failure is None, "text": failure or "正常"})
    parts.append({"name": "语料库", "ok": True, "text": f"旧报告{len(rooms.corpus.reports())}份"})
    parts.append({"name": "起草队列", "ok": True, "text": f"排队{waiting}份，正在起草{runs.get('running', 0)}份"})
    drafts = {str(state): count for state, count in rooms.queue.counts(person).items()}
    return {"ok": all(one["ok"] for one in parts), "parts": parts, "runs": runs, "drafts": drafts}


def _composing(rooms: Services) -> dict[str, Any]:
    if rooms.composer == "rules":
        return {"name": "起草", "ok": True, "text": "由规则起草，不调用模型"}
    failures = rooms.operations.model_failures(rooms.composer)
    said = f"由模型{rooms.composer}起草，规则兜底"
    if failures:
        said = (
            f"模型{rooms.composer}最近连续{failures}次没有正常答复，现在由规则兜底起草。请在服务器上运行 zhibi doctor"
        )
    return {"name": "起草", "ok": not failures, "text": said}


@router.get("/use", response_model=UseAnswer)
def use(person: Administrator, rooms: Rooms, since: date | None = None, until: date | None = None) -> dict[str, Any]:
    """Drafts, runs, model tokens and what they cost at the prices of now, by unit, from `since` to `until`, both days
    included; this month by default. `cost` is null where no price is set."""
    today = datetime.now(_BEIJING).date()
    first, last = since or today.replace(day=1), until or today
    if last < first:
        raise UnusableInput("结束日期早于开始日期。请检查。", field="until")
    rows = rooms.operations.use(_midnight(first), _midnight(last) + 86_400_000)
    return {
        "since": first.isoformat(),
        "until": last.isoformat(),
        "rows": [
            {**asdict(one), "cost": one.cost(rooms.limits.price_prompt, rooms.limits.price_completion)} for one in rows
        ],
    }


@router.get("/audit", response_model=AuditAnswer)
def audit(
    person: Administrator,
    rooms: Rooms,
    who: Word = "",
    action: Word = "",
    subject: Word = "",
    since: date | None = None,
    until: date | None = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """The audit log: `who` by name or id, `action` by its beginning (draft. account. offer.), `subject` by id."""
    wanted = AuditFilter(
        actor=who.strip(),
        action=action.strip(),
        subject=subject.strip(),
        since=_midnight(since) if since else None,
        until=_midnight(until) + 86_400_000 if until else None,
    )
    total, rows = rooms.audit.search(wanted, limit, offset)
    return {
        "total": total,
        "rows": [
            {
                "seq": one.seq,
                "at": iso_time(one.at),
                "actor": one.actor,
                "action": one.action,
                "kind": one.kind,
                "subject": one.subject,
                "detail": dict(one.detail),
                "hash": one.hash,
                "names": dict(one.names),
            }
            for one in rows
        ],
    }


@router.post("/drafts/{draft_id}/offer", status_code=201, response_model=OfferAnswer, tags=["review"])
def offer(draft_id: str, person: Person, rooms: Rooms) -> dict[str, Any]:
    """Offers an approved draft to the corpus; again changes nothing."""
    return _offer(rooms.offers.offer(person, draft_id))


@router.get("/offers", response_model=list[OfferAnswer])
def offers(
    person: Administrator,
    rooms: Rooms,
    state: Literal["offered", "accepted", "declined"] = "offered",
    limit: Limit = 50,
    offset: Offset = 0,
) -> list[dict[str, Any]]:
    """Offers to the corpus, oldest first."""
    return [_offer(one) for one in rooms.offers.offers(state, limit, offset)]


@router.post("/offers/{offer_id}", response_model=OfferAnswer)
def settle_offer(offer_id: str, asked: OfferDecision, person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """Takes an offered draft into the corpus, which masks it like any past report, or declines it."""
    reason = asked.reason.strip()
    if asked.outcome == "declined":
        return _offer(rooms.offers.settle(person, offer_id, False, reason))
    found = rooms.offers.open_offer(offer_id)
    lines = [found.body["title"]]
    for heading, text in plain_sections(found.body):
        lines.extend(one for one in (heading, text) if one)
    taken = rooms.corpus.add(_source_of(found.body, found.draft_id), "\n".join(lines).encode("utf-8"))
    if not taken["reports"]:
        raise Conflict("语料库没有从这份稿件中读出报告，没有入库。请检查稿件的标题和各节。", offer=offer_id)
    try:
        return _offer(rooms.offers.settle(person, offer_id, True, reason, len(taken["reports"])))
    except Conflict as late:
        # Another administrator declined it meanwhile: what was just taken in must not stay against their word.
        if late.detail.get("state") == "declined":
            for one in taken["reports"]:
                if one.get("added", True):
                    rooms.corpus.remove(one["id"])
        raise


def _source_of(body: Mapping[str, Any], draft_id: str) -> str:
    """The name by which people know where a report came from; the draft's id keeps two of one name apart. Pure."""
    unit = str(body["unit"]).replace("/", "_").replace("\\", "_")
    return plain_name(f"{unit}_{genre_name(body['genre'])}_{body['period']}_{draft_id[:6]}.txt")


def account_json(one: AccountEntry) -> dict[str, Any]:
    """An account as the API and the page give it. Pure."""
    return {
        "id": one.account.id,
        "name": one.account.name,
        "role": one.account.role,
        "role_name": one.account.role.chinese,
        "units": list(one.account.units),
        "created_at": iso_time(one.created_at),
        "disabled_at": iso_time(one.disabled_at) if one.disabled_at else None,
        "has_password": one.has_password,
        "single_sign_on": one.single_sign_on,
    }


def _unit(one: UnitEntry) -> dict[str, Any]:
    closed = one.closed_at is not None
    return {"id": one.id, "name": one.name, "people": one.people, "drafts": one.drafts, "closed": closed}


def _offer(one: Offer) -> dict[str, Any]:
    return {
        "id": one.id,
        "draft_id": one.draft_id,
        "version": one.version,
        "state": one.state,
        "title": one.title,
        "unit": one.unit,
        "genre": one.genre,
        "by": one.by,
        "at": iso_time(one.at),
        "settled_by": one.settled_by,
        "settled_at": iso_time(one.settled_at) if one.settled_at else None,
        "reason": one.reason,
    }


def _midnight(day: date) -> int:
    """The start of a Beijing day in milliseconds. Raises UnusableInput for a day no clock of ours has. Pure."""
    if not 1970 < day.year < 9_000:
        raise UnusableInput("日期超出范围。请检查。", field="since")
    return int(datetime(day.year, day.month, day.day, tzinfo=_BEIJING).timestamp() * 1000)
