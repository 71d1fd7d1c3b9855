"""Accounts and units as administrators see them, and the sessions and tokens a person can end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import delete, func, select, update

from service.domain.account import Account, AccountRole
from service.domain.errors import Conflict, NotFound
from service.storage.audit import record
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.people import (
    account_of,
    assign,
    end_proofs,
    new_link,
    new_user,
    refuse_the_last_administrator,
    usable_unit,
    user_with_id,
)
from service.storage.workspace_tables import DraftRow, MemberRow, SessionRow, TokenRow, UnitRow, UserRow

_ID_CHARS = 16


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """An account in the administrator's list."""

    account: Account
    created_at: int
    disabled_at: int | None
    has_password: bool
    single_sign_on: bool


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit with how many people and drafts it has."""

    id: str
    name: str
    people: int
    drafts: int
    closed_at: int | None


@dataclass(frozen=True, slots=True)
class ProofEntry:
    """A session (`name` is its browser) or a token (`name` as given) of a person. `id` is no secret."""

    id: str
    name: str
    created_at: int
    expires_at: int
    address: str = ""
    scope: str = ""


class DirectoryStore:
    """Who there is. The caller has made sure that an administrator asks, or the person themselves."""

    def __init__(
        self, database: Database, link_hours: int = 24, clock: Callable[[], int] = now_in_milliseconds
    ) -> None:
        self._database = database
        self._link_hours = link_hours
        self._clock = clock

    def accounts(self, words: str, limit: int, offset: int) -> tuple[int, list[AccountEntry]]:
        """How many accounts have `words` in their name, and one page of them, closed ones last."""
        wanted = UserRow.name.contains(words, autoescape=True)
        with self._database.reading() as session:
            total = session.scalar(select(func.count()).select_from(UserRow).where(wanted)) or 0
            rows = session.scalars(
                select(UserRow)
                .where(wanted)
                .order_by(UserRow.disabled_at.is_not(None), UserRow.name)
                .limit(limit)
                .offset(offset)
            ).all()
            return total, [_entry(row) for row in rows]

    def account(self, account_id: str) -> AccountEntry:
        """One account. Raises NotFound."""
        with self._database.reading() as session:
            return _entry(user_with_id(session, account_id))

    def named(self, name: str) -> AccountEntry:
        """The account of this name, also a closed one. Raises NotFound."""
        with self._database.reading() as session:
            found = session.scalar(select(UserRow).where(UserRow.name == name.strip()))
            if found is None:
                raise NotFound(f"没有用户“{name}”。请检查用户名。", name=name)
            return _entry(found)

    def add(self, by: Account, name: str, role: AccountRole, units: Sequence[str]) -> tuple[AccountEntry, str]:
        """A new account and the secret of its first sign-in link. Raises UnusableInput, Conflict."""
        with self._database.writing() as session:
            user = new_user(session, name, role, units, self._clock())
            record(session, self._clock(), by.id, "account.add", "account", user.id, {"role": user.role})
            return _entry(user), new_link(session, user.id, self._link_hours, self._clock())

    def change(
        self,
        by: Account,
        account_id: str,
        role: AccountRole | None = None,
        units: Sequence[str] | None = None,
        disabled: bool | None = None,
    ) -> AccountEntry:
        """Changes role, units, or closes and opens an account; a closed one's sessions and tokens end at once."""
        with self._database.writing() as session:
            user = user_with_id(session, account_id)
            now = self._clock()
            if disabled or (role is not None and role is not AccountRole.ADMIN):
                refuse_the_last_administrator(session, user)
            if role is not None or units is not None:
                held = account_of(user).units if units is None else units
                assign(session, user, role or AccountRole(user.role), held, now)
                # What the person may reach has changed; whoever is signed in signs in anew.
                session.execute(delete(SessionRow).where(SessionRow.user_id == user.id))
                record(session, now, by.id, "account.change", "account", user.id, {"role": user.role})
            if disabled is not None and disabled != (user.disabled_at is not None):
                user.disabled_at = now if disabled else None
                if disabled:
                    end_proofs(session, user.id, now)
                record(session, now, by.id, "account.close" if disabled else "account.open", "account", user.id)
            session.flush()
            return _entry(user)

    def link(self, by: Account, account_id: str) -> str:
        """The secret of a new one-time sign-in link. Raises NotFound, and Conflict for a closed account."""
        with self._database.writing() as session:
            user = user_with_id(session, account_id)
            if user.disabled_at is not None:
                raise Conflict("账号已停用，不能生成登录链接。请先恢复账号。", account=account_id)
            record(session, self._clock(), by.id, "account.link", "account", user.id)
            return new_link(session, user.id, self._link_hours, self._clock())

    def end_sessions(self, by: Account, account_id: str) -> None:
        """Signs the person out everywhere."""
        with self._database.writing() as session:
            user = user_with_id(session, account_id)
            session.execute(delete(SessionRow).where(SessionRow.user_id == user.id))
            record(session, self._clock(), by.id, "account.sign_out", "account", user.id, {"everywhere": True})

    def units(self) -> list[UnitEntry]:
        """Every unit by name, closed ones last."""
        with self._database.reading() as session:
            people = dict(session.execute(select(MemberRow.unit_id, func.count()).group_by(MemberRow.unit_id)).all())
            drafts = dict(
                session.execute(select(DraftRow.owner_unit, func.count()).group_by(DraftRow.owner_unit)).all()
            )
            rows = session.scalars(select(UnitRow).order_by(UnitRow.closed_at.is_not(None), UnitRow.name))
            return [
                UnitEntry(row.id, row.name, people.get(row.id, 0), drafts.get(row.name, 0), row.closed_at)
                for row in rows
            ]

    def add_unit(self, by: Account, name: str) -> UnitEntry:
        """A new unit. Raises UnusableInput, Conflict."""
        plain = usable_unit(name)
        with self._database.writing() as session:
            if session.scalar(select(UnitRow.id).where(UnitRow.name == plain)):
                raise Conflict(f"已有单位“{plain}”。", unit=plain)
            unit = UnitRow(id=uuid4().hex, name=plain, created_at=self._clock())
            session.add(unit)
            record(session, self._clock(), by.id, "unit.add", "unit", unit.id)
            return UnitEntry(unit.id, unit.name, 0, 0, None)

    def change_unit(self, by: Account, unit_id: str, name: str | None, closed: bool | None) -> UnitEntry:
        """Renames a unit together with its drafts, or closes and opens it. Raises NotFound, Conflict."""
        with self._database.writing() as session:
            unit = session.get(UnitRow, unit_id) if unit_id.isalnum() else None
            if unit is None:
                raise NotFound("没有这个单位。请刷新页面。", unit=unit_id)
            if name is not None and (plain := usable_unit(name)) != unit.name:
                if session.scalar(select(UnitRow.id).where(UnitRow.name == plain)):
                    raise Conflict(f"已有单位“{plain}”，不能改成同名。", unit=plain)
                session.execute(update(DraftRow).where(DraftRow.owner_unit == unit.name).values(owner_unit=plain))
                unit.name = plain
            if closed is not None:
                unit.closed_at = (unit.closed_at or self._clock()) if closed else None
            record(session, self._clock(), by.id, "unit.change", "unit", unit.id, {"closed": bool(unit.closed_at)})
            people = session.scalar(select(func.count()).where(MemberRow.unit_id == unit.id)) or 0
            drafts = session.scalar(select(func.count()).where(DraftRow.owner_unit == unit.name)) or 0
            return UnitEntry(unit.id, unit.name, people, drafts, unit.closed_at)

    def sessions(self, account: Account) -> list[ProofEntry]:
        """The person's live sessions, newest first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(SessionRow)
                .where(SessionRow.user_id == account.id, SessionRow.expires_at > self._clock())
                .order_by(SessionRow.created_at.desc())
            )
            return [
                ProofEntry(proof_id(row.secret_hash), row.agent, row.created_at, row.expires_at, row.address)
                for row in rows
            ]

    def end_session(self, account: Account, session_id: str) -> None:
        """Ends one of the person's own sessions. Raises NotFound."""
        with self._database.writing() as session:
            rows = session.scalars(select(SessionRow).where(SessionRow.user_id == account.id)).all()
            for row in rows:
                if proof_id(row.secret_hash) == session_id:
                    session.delete(row)
                    record(session, self._clock(), account.id, "account.sign_out", "account", account.id)
                    return
        raise NotFound("没有这个登录，可能已经退出。请刷新页面。", session=session_id)

    def tokens(self, account: Account) -> list[ProofEntry]:
        """The person's live bearer tokens, newest first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(TokenRow)
                .where(
                    TokenRow.user_id == account.id,
                    TokenRow.expires_at > self._clock(),
                    TokenRow.revoked_at.is_(None),
                )
                .order_by(TokenRow.created_at.desc())
            )
            return [
                ProofEntry(proof_id(row.secret_hash), row.name, row.created_at, row.expires_at, scope=row.scope)
                for row in rows
            ]

    def revoke_token(self, account: Account, token_id: str) -> None:
        """Ends one of the person's own tokens. Raises NotFound."""
        with self._database.writing() as session:
            rows = session.scalars(
                select(TokenRow).where(TokenRow.user_id == account.id, TokenRow.revoked_at.is_(None))
            ).all()
            for row in rows:
                if proof_id(row.secret_hash) == token_id:
                    row.revoked_at = self._clock()
                    record(session, self._clock(), account.id, "account.revoke", "account", account.id)
                    return
        raise NotFound("没有这个令牌，可能已被收回。请刷新页面。", token=token_id)


def proof_id(secret_hash: str) -> str:
    """What a session or token is called in lists: the start of its hash, from which no secret follows. Pure."""
    return secret_hash[:_ID_CHARS]


def _entry(row: UserRow) -> AccountEntry:
    return AccountEntry(
        account=account_of(row),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        has_password=row.password_hash is not None,
        single_sign_on=row.subject is not None,
    )
