"""People, and the four ways they prove who they are: password, one-time link, session cookie, bearer token.

A secret leaves this file once, when it is made; the database keeps its SHA-256. The secrets are 256 random bits, so a
fast hash is enough for them; passwords are not, and get argon2.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.domain.account import Account, AccountRole, TokenScope
from service.domain.errors import NotSignedIn, TooManyRequests, UnusableInput
from service.storage.audit import SYSTEM, record
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.people import account_of, end_proofs, new_link, new_user, user_named
from service.storage.people_arriving import arrived, bind_to, newly_arrived
from service.storage.secret import hash_of
from service.storage.workspace_tables import FailedSignInRow, SessionRow, SignInLinkRow, TokenRow, UserRow

if TYPE_CHECKING:
    from pwdlib import PasswordHash

_HOUR = 3_600_000
_THROTTLE_WINDOW = 15 * 60_000
# An address or a name alone may fail five times as often as their pair: one office often shares one address, and a
# stranger must not be able to lock a colleague out by guessing at their name.
_WIDER_LIMIT = 5
_SHORTEST_PASSWORD = 8
_LONGEST_PASSWORD = 200  # argon2 reads all of it, so an unbounded one would be a way to keep the processor busy
_WRONG = "用户名或密码不对。请重新输入，或请管理员发一次性登录链接。"
_DEAD_LINK = "登录链接已失效（只能用一次，且有时限）。请管理员重新生成，或在服务器上运行 zhibi user link 用户名。"


@dataclass(frozen=True, slots=True)
class AccountRules:
    """How long proofs last and how often a sign-in may fail; the values of the settings of the same names."""

    session_hours: int = 12
    sign_in_link_hours: int = 24
    token_days: int = 180
    sign_in_attempts: int = 8


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session: who, the secret for the cookie (only when just made, else ""), what writes must repeat, its end."""

    account: Account
    secret: str
    csrf: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person as the single sign-on proved them: issuer and subject, name, unit ("" for none)."""

    subject: str
    name: str
    unit: str = ""


class AccountStore:
    """Accounts and their proofs in the database. Every method is one transaction."""

    def __init__(
        self, database: Database, rules: AccountRules | None = None, clock: Callable[[], int] = now_in_milliseconds
    ) -> None:
        self._database = database
        self._rules = rules or AccountRules()
        self._clock = clock

    def ensure_administrator(self) -> str | None:
        """The secret of a first sign-in link for an administrator, made where there is none; None otherwise.

        Staff added by the command line before the first start must not lock the house.
        """
        with self._database.writing() as session:
            people = session.execute(select(UserRow.name, UserRow.role).where(UserRow.disabled_at.is_(None))).all()
            if any(one.role == AccountRole.ADMIN for one in people):
                return None
            name = "管理员" if any(one.name == "admin" for one in people) else "admin"
            admin = new_user(session, name, AccountRole.ADMIN, (), self._clock())
            record(session, self._clock(), SYSTEM, "account.add", "account", admin.id, {"role": admin.role})
            return new_link(session, admin.id, self._rules.sign_in_link_hours, self._clock())

    def add(self, name: str, role: AccountRole, unit: str, by: str = SYSTEM) -> Account:
        """A new account; an editor's units are joined by 、. Raises UnusableInput, and Conflict on a taken name."""
        with self._database.writing() as session:
            user = new_user(session, name, role, unit.split("、"), self._clock())
            record(session, self._clock(), by, "account.add", "account", user.id, {"role": user.role})
            return account_of(user)

    def all(self) -> list[Account]:
        """Every account that is not closed, by name."""
        with self._database.reading() as session:
            rows = session.scalars(select(UserRow).where(UserRow.disabled_at.is_(None)).order_by(UserRow.name))
            return [account_of(row) for row in rows]

    def close(self, name: str, by: str = SYSTEM) -> None:
        """Closes the account at once: its sessions, tokens and links end. Raises NotFound."""
        with self._database.writing() as session:
            user = user_named(session, name)
            user.disabled_at = self._clock()
            end_proofs(session, user.id, self._clock())
            record(session, self._clock(), by, "account.close", "account", user.id)

    def new_link(self, name: str, by: str = SYSTEM) -> str:
        """The secret of a new one-time sign-in link for the person called `name`; older ones end. Raises NotFound."""
        with self._database.writing() as session:
            user = user_named(session, name)
            record(session, self._clock(), by, "account.link", "account", user.id)
            return new_link(session, user.id, self._rules.sign_in_link_hours, self._clock())

    def new_token(
        self, name: str, scope: TokenScope = TokenScope.ALL, label: str = "", days: int | None = None, by: str = SYSTEM
    ) -> str:
        """A new bearer token for the person called `name`, for at most the days of the rules. Raises NotFound."""
        secret = "zb_" + secrets.token_urlsafe(32)
        with self._database.writing() as session:
            now, user = self._clock(), user_named(session, name)
            lasts = min(days or self._rules.token_days, self._rules.token_days)
            session.add(
                TokenRow(
                    secret_hash=hash_of(secret),
                    user_id=user.id,
                    created_at=now,
                    expires_at=now + lasts * 24 * _HOUR,
                    scope=scope.value,
                    name=label,
                )
            )
            detail = {"scope": scope.value, "days": lasts}
            record(session, now, by, "account.token", "account", user.id, detail)
        return secret

    def set_password(self, account: Account, password: str) -> None:
        """Sets the password and ends every session of the account. Raises UnusableInput on a weak one."""
        if not _SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
            raise UnusableInput(f"密码须为{_SHORTEST_PASSWORD}至{_LONGEST_PASSWORD}个字符。请重新设置。")
        if password.strip().lower() == account.name.lower() or len(set(password)) < 4:
            raise UnusableInput("密码太容易猜到：不能与用户名相同，也不能只用两三个字符重复。请换一个。")
        hashed = _passwords().hash(password)
        with self._database.writing() as session:
            session.execute(update(UserRow).where(UserRow.id == account.id).values(password_hash=hashed))
            session.execute(delete(SessionRow).where(SessionRow.user_id == account.id))
            record(session, self._clock(), account.id, "account.password", "account", account.id)

    def is_password(self, account: Account, password: str) -> bool:
        """True where this is the account's password; False also where it has none."""
        with self._database.reading() as session:
            stored = session.scalar(select(UserRow.password_hash).where(UserRow.id == account.id))
        right = _passwords().verify(password[: _LONGEST_PASSWORD + 1], stored or _hash_of_nothing())
        return right and stored is not None

    def has_password(self, account: Account) -> bool:
        """True where the person has set a password."""
        with self._database.reading() as session:
            return session.scalar(select(UserRow.password_hash).where(UserRow.id == account.id)) is not None

    def sign_in(self, name: str, password: str, address: str, agent: str = "") -> SignedIn:
        """A session for the right name and password. Raises NotSignedIn, or TooManyRequests after many failures.

        An unknown name takes as long and says the same as a wrong password, so names cannot be tried out.
        """
        # PostgreSQL refuses a text with U+0000 by an error; no account has such a name anyway.
        plain = name.strip() if name.isprintable() else "?"
        keys = _throttle_keys(plain, address)
        self._refuse_when_throttled(keys)
        with self._database.reading() as session:
            found = session.scalar(select(UserRow).where(UserRow.name == plain, UserRow.disabled_at.is_(None)))
        stored = found.password_hash if found is not None else None
        right = _passwords().verify(password[: _LONGEST_PASSWORD + 1], stored or _hash_of_nothing())
        if not right or found is None or stored is None:
            self._remember_failure(keys)
            raise NotSignedIn(_WRONG)
        with self._database.writing() as session:
            session.execute(delete(FailedSignInRow).where(FailedSignInRow.key == keys[0]))
            return self._new_session(session, found, address, agent, "password")

    def name_of_link(self, secret: str) -> str:
        """Whose link this is, without using it up. Raises NotSignedIn where it is dead."""
        with self._database.reading() as session:
            return _live_link(session, secret, self._clock())[1].name

    def sign_in_by_link(self, secret: str, address: str, agent: str = "") -> SignedIn:
        """A session for a live link, which dies with it. Raises NotSignedIn, or TooManyRequests."""
        keys = _throttle_keys("", address)
        self._refuse_when_throttled(keys)
        try:
            with self._database.writing() as session:
                link, user = _live_link(session, secret, self._clock())
                used = session.execute(
                    update(SignInLinkRow)
                    .where(SignInLinkRow.secret_hash == link.secret_hash, SignInLinkRow.used_at.is_(None))
                    .values(used_at=self._clock())
                    .returning(SignInLinkRow.user_id)
                ).all()
                # Two clicks at once: on PostgreSQL both may have read the link alive, only one may use it.
                if not used:
                    raise NotSignedIn(_DEAD_LINK)
                return self._new_session(session, user, address, agent, "link")
        except NotSignedIn:
            self._remember_failure(keys)
            raise

    def sign_in_by_subject(
        self, arrival: Arrival, newcomer: AccountRole | None, bind: bool, address: str, agent: str = ""
    ) -> SignedIn:
        """A session for a person the single sign-on proved. Somebody new becomes a `newcomer`, nobody where it is None;
        with `bind` an account of the name that has no subject is theirs. Raises NotSignedIn, UnusableInput."""
        with self._database.writing() as session:
            user = session.scalar(select(UserRow).where(UserRow.subject == arrival.subject))
            user = user or arrived(session, arrival.subject, arrival.name, bind, self._clock())
            user = user or newly_arrived(session, arrival.subject, arrival.name, newcomer, arrival.unit, self._clock())
            if user.disabled_at is not None:
                raise NotSignedIn("您的账号已停用，没有登录。如需恢复，请联系管理员。")
            return self._new_session(session, user, address, agent, "oidc")

    def bind(self, name: str, subject: str, by: str = SYSTEM) -> None:
        """Makes the account called `name` that of `subject` at the single sign-on. Raises NotFound, Conflict."""
        with self._database.writing() as session:
            bind_to(session, user_named(session, name), subject, by, self._clock())

    def of_session(self, secret: str) -> SignedIn | None:
        """The live session with this secret, or None."""
        with self._database.reading() as session:
            found = session.execute(
                select(SessionRow, UserRow)
                .join(UserRow, UserRow.id == SessionRow.user_id)
                .where(
                    SessionRow.secret_hash == hash_of(secret),
                    SessionRow.expires_at > self._clock(),
                    UserRow.disabled_at.is_(None),
                )
            ).first()
        if found is None:
            return None
        return SignedIn(account_of(found[1]), "", found[0].csrf, found[0].expires_at)

    def sign_out(self, secret: str) -> None:
        """Ends the session with this secret, if there is one."""
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.secret_hash == hash_of(secret)))

    def of_token(self, secret: str) -> Account | None:
        """The person whose live bearer token this is, or None."""
        found = self.bearer(secret)
        return None if found is None else found[0]

    def bearer(self, secret: str) -> tuple[Account, TokenScope] | None:
        """Whose live bearer token this is and what it may do, or None."""
        with self._database.reading() as session:
            found = session.execute(
                select(UserRow, TokenRow.scope)
                .join(TokenRow, TokenRow.user_id == UserRow.id)
                .where(
                    TokenRow.secret_hash == hash_of(secret),
                    TokenRow.expires_at > self._clock(),
                    TokenRow.revoked_at.is_(None),
                    UserRow.disabled_at.is_(None),
                )
            ).first()
        return None if found is None else (account_of(found[0]), TokenScope(found[1]))

    def _new_session(self, session: Session, user: UserRow, address: str, agent: str, how: str) -> SignedIn:
        secret, csrf, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), self._clock()
        ends = now + self._rules.session_hours * _HOUR
        session.execute(delete(SessionRow).where(SessionRow.expires_at < now))
        session.add(
            SessionRow(
                secret_hash=hash_of(secret),
                user_id=user.id,
                csrf=csrf,
                address=address[:64],
                agent="".join(sign for sign in agent if sign.isprintable())[:300],
                created_at=now,
                expires_at=ends,
            )
        )
        record(session, now, user.id, "account.sign_in", "account", user.id, {"how": how})
        return SignedIn(account_of(user), secret, csrf, ends)

    def _refuse_when_throttled(self, keys: tuple[str, ...]) -> None:
        since = self._clock() - _THROTTLE_WINDOW
        with self._database.reading() as session:
            counted = session.execute(
                select(FailedSignInRow.key, func.count())
                .where(FailedSignInRow.key.in_(keys), FailedSignInRow.at > since)
                .group_by(FailedSignInRow.key)
            ).all()
        failures = {key: count for key, count in counted}  # noqa: C416 - rows are not tuples to the type checker
        limits = (self._rules.sign_in_attempts, *[self._rules.sign_in_attempts * _WIDER_LIMIT] * (len(keys) - 1))
        if any(failures.get(key, 0) >= limit for key, limit in zip(keys, limits, strict=True)):
            raise TooManyRequests("登录失败次数过多。请等15分钟再试，或请管理员发一次性登录链接。", wait_seconds=900)

    def _remember_failure(self, keys: tuple[str, ...]) -> None:
        now = self._clock()
        with self._database.writing() as session:
            session.execute(delete(FailedSignInRow).where(FailedSignInRow.at < now - _THROTTLE_WINDOW))
            session.add_all(FailedSignInRow(key=key, at=now) for key in keys)


def _live_link(session: Session, secret: str, now: int) -> tuple[SignInLinkRow, UserRow]:
    found = session.execute(
        select(SignInLinkRow, UserRow)
        .join(UserRow, UserRow.id == SignInLinkRow.user_id)
        .where(
            SignInLinkRow.secret_hash == hash_of(secret),
            SignInLinkRow.expires_at > now,
            SignInLinkRow.used_at.is_(None),
            UserRow.disabled_at.is_(None),
        )
    ).first()
    if found is None:
        raise NotSignedIn(_DEAD_LINK)
    return found[0], found[1]


def _throttle_keys(name: str, address: str) -> tuple[str, ...]:
    parts = (f"pair {address} {name}", f"address {address}", f"name {name}") if name else (f"link {address}",)
    return tuple(hash_of(part) for part in parts)


@cache
def _passwords() -> PasswordHash:
    from pwdlib import PasswordHash

    return PasswordHash.recommended()


@cache
def _hash_of_nothing() -> str:
    return _passwords().hash(secrets.token_urlsafe(16))
