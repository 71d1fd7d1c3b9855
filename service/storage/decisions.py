"""Decisions of editors on findings, with undo."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.account import Account
from service.domain.anchor import Anchor, anchor_at
from service.domain.errors import Conflict, NotFound, UnusableInput
from service.domain.review import Decision, DecisionKind, must_be_mended
from service.storage.audit import record
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.decision_rows import anchor_text, decision_of
from service.storage.draft_rows import append_version, count_open, names_of
from service.storage.reach import reach, refuse_unless_current, refuse_unless_reviewer, take_for_review
from service.storage.review_tables import DecisionRow
from service.storage.review_values import NewDecision
from service.storage.workspace_tables import DraftRow, UserRow, VersionRow


class DecisionStore:
    """What editors decide of the findings of a draft. Deciding takes the draft for review."""

    def __init__(self, database: Database, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self._database = database
        self._clock = clock

    def decide(
        self, account: Account, draft_id: str, expected: int, wanted: Sequence[NewDecision], alike: bool = False
    ) -> list[Decision]:
        """Stores decisions on findings of version `expected`, all or none; an accepted change makes the next version.

        `alike`: one decision for several places, which must then be of one rule and block nothing.

        Raises NotFound, Forbidden, Claimed, Conflict at another version, and UnusableInput for a place without a
        finding, a missing reason, or a hole in the text that only a change mends.
        """
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_reviewer(account, row)
            refuse_unless_current(session, row, expected)
            now = self._clock()
            take_for_review(session, account, row, now)
            body = _newest_body(session, row)
            if alike:
                _refuse_unless_alike(body, wanted)
            made = [self._insert(session, account, row, body, one, now) for one in wanted]
            row.updated_at = now
            count_open(session, row, _newest_body(session, row))
            return [decision_of(one, account.name) for one in made]

    def _insert(
        self, session: Session, account: Account, row: DraftRow, body: Mapping[str, Any], wanted: NewDecision, now: int
    ) -> DecisionRow:
        finding, anchor = _finding_at(body, wanted)
        _refuse_unless_reasoned(wanted, finding)
        at_version, made = row.version, None
        if wanted.body is not None:
            reason = wanted.reason or f"采纳修改：{finding['text']}→{wanted.replacement}"
            made = append_version(session, row, wanted.body, account.name, reason, now).number
        stored = DecisionRow(
            id=uuid4().hex,
            draft_id=row.id,
            version=at_version,
            anchor=anchor_text(anchor),
            rule=finding["rule"],
            verdict=finding["verdict"],
            kind=wanted.kind.value,
            reason=wanted.reason,
            source=wanted.source,
            replacement=wanted.replacement,
            made_version=made,
            user_id=account.id,
            created_at=now,
        )
        session.add(stored)
        session.flush()
        detail = {"decision": stored.id, "kind": stored.kind, "rule": stored.rule, "version": at_version}
        record(session, now, account.id, "draft.decide", "draft", row.id, detail)
        return stored

    def get(self, account: Account, draft_id: str, decision_id: str) -> Decision:
        """One standing decision. Raises NotFound."""
        with self._database.reading() as session:
            reach(session, account, draft_id)
            return decision_of(*_standing(session, draft_id, decision_id))

    def undo(
        self, account: Account, draft_id: str, decision_id: str, expected: int, body: Mapping[str, Any] | None
    ) -> None:
        """Takes a decision back; `body` is the next version where an accepted change is taken back with it."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_reviewer(account, row)
            refuse_unless_current(session, row, expected)
            now = self._clock()
            take_for_review(session, account, row, now)
            stored, _ = _standing(session, draft_id, decision_id)
            if stored.made_version is not None and body is None:
                raise Conflict("这处采纳的修改已写入正文，撤销须同时改回正文。请刷新页面后重试。", decision=decision_id)
            stored.undone_at, stored.undone_by = now, account.id
            session.flush()
            if body is not None:
                append_version(session, row, body, account.name, "撤销采纳的修改", now)
            row.updated_at = now
            count_open(session, row, _newest_body(session, row))
            record(session, now, account.id, "draft.undo", "draft", row.id, {"decision": decision_id})

    def history(self, account: Account, draft_id: str) -> list[tuple[Decision, str | None]]:
        """Every decision, oldest first, each with who took it back, None where it stands. Raises NotFound."""
        with self._database.reading() as session:
            reach(session, account, draft_id)
            names = names_of(session)
            rows = session.scalars(
                select(DecisionRow)
                .where(DecisionRow.draft_id == draft_id)
                .order_by(DecisionRow.created_at, DecisionRow.id)
            )
            return [
                (decision_of(row, names.get(row.user_id, "")), names.get(row.undone_by) if row.undone_by else None)
                for row in rows
            ]


def _finding_at(body: Mapping[str, Any], wanted: NewDecision) -> tuple[Mapping[str, Any], Anchor]:
    anchor = anchor_at(body, wanted.start, wanted.end)
    for finding in body.get("check", {}).get("findings", []):
        if (finding["start"], finding["end"]) == (wanted.start, wanted.end) and anchor is not None:
            return finding, anchor
    raise UnusableInput("这一版在此处没有标记，可能刚被修改。请刷新页面后重试。", start=wanted.start, end=wanted.end)


def _refuse_unless_alike(body: Mapping[str, Any], wanted: Sequence[NewDecision]) -> None:
    meant = [_finding_at(body, one)[0] for one in wanted]
    if len({one["rule"] for one in meant}) > 1 or any(one["band"] == "block" for one in meant):
        raise UnusableInput("只能成批处理同一条规则、且不阻止通过的标记。请分别处理。", field="places")


def _refuse_unless_reasoned(wanted: NewDecision, finding: Mapping[str, Any]) -> None:
    if wanted.kind is DecisionKind.ACCEPTED:
        if wanted.body is None:
            raise UnusableInput("采纳修改须写明改成什么。请填写替换文字，或直接修改正文。", field="replacement")
        return
    if not wanted.reason.strip():
        raise UnusableInput(f"“{wanted.kind.chinese}”须写明理由。请选择或填写后再提交。", field="reason")
    if wanted.kind is DecisionKind.SOURCED and not wanted.source.strip():
        raise UnusableInput("“依据充分”须填写依据出处。请补充后再提交。", field="source")
    if wanted.kind.settles and must_be_mended(finding):
        raise UnusableInput(
            f"“{finding['text']}”没有填写完整，不能判为“{wanted.kind.chinese}”。请改成实际内容，或退回补充。",
            field="decision",
        )


def _standing(session: Session, draft_id: str, decision_id: str) -> tuple[DecisionRow, str]:
    found = session.execute(
        select(DecisionRow, UserRow.name)
        .join(UserRow, UserRow.id == DecisionRow.user_id)
        .where(DecisionRow.id == decision_id, DecisionRow.draft_id == draft_id, DecisionRow.undone_at.is_(None))
    ).first()
    if found is None:
        raise NotFound("没有这个处理，可能已被撤销。请刷新页面。", decision=decision_id)
    return found[0], found[1]


def _newest_body(session: Session, row: DraftRow) -> Mapping[str, Any]:
    body: Mapping[str, Any] = json.loads(session.get_one(VersionRow, (row.id, row.version)).body)
    return body
