"""People and their units as rows: found, made, given to units; used by every store that changes an account."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.domain.account import Account, AccountRole
from service.domain.errors import Conflict, NotFound, UnusableInput
from service.storage.secret import hash_of
from service.storage.workspace_tables import (
    MemberRow,
    SessionRow,
    SignInLinkRow,
    TokenRow,
    UnitRow,
    UserRow,
)

_LONGEST_UNIT = 100
_MOST_UNITS = 100
_HOUR = 3_600_000


def account_of(row: UserRow) -> Account:
    """The row as a value. Pure."""
    return Account(row.id, row.name, AccountRole(row.role), "、".join(unit.name for unit in row.units))


def user_named(session: Session, name: str) -> UserRow:
    """The open account of this name. Raises NotFound."""
    found = session.scalar(select(UserRow).where(UserRow.name == name.strip(), UserRow.disabled_at.is_(None)))
    if found is None:
        raise NotFound(f"没有用户“{name}”。用 zhibi user add 添加，或检查用户名。", name=name)
    return found


def user_with_id(session: Session, user_id: str) -> UserRow:
    """The account with this id, also a closed one. Raises NotFound."""
    found = session.get(UserRow, user_id) if user_id.isalnum() else None
    if found is None:
        raise NotFound("没有这个账号，可能已被删除。请刷新页面。", account=user_id)
    return found


def usable_name(name: str) -> str:
    """The name without spaces around it. Raises UnusableInput. Pure."""
    plain = name.strip()
    if not plain or len(plain) > 100 or not plain.isprintable():
        raise UnusableInput("用户名须为1至100个可见字符。请换一个。", name=name[:120])
    return plain


def new_user(session: Session, name: str, role: AccountRole, units: Sequence[str], at: int) -> UserRow:
    """A new account in these units. Raises UnusableInput, and Conflict where the name is taken."""
    plain = usable_name(name)
    if session.scalar(select(UserRow.id).where(UserRow.name == plain)):
        raise Conflict(f"用户名“{plain}”已被使用。请换一个。", name=plain)
    user = UserRow(id=uuid4().hex, name=plain, role=role.value, created_at=at)
    session.add(user)
    session.flush()
    assign(session, user, role, units, at)
    return user


def assign(session: Session, user: UserRow, role: AccountRole, units: Sequence[str], at: int) -> None:
    """Gives the person this role in these units, made where they are new. Raises UnusableInput."""
    names = list(dict.fromkeys(one.strip() for one in units if one.strip()))
    if role in (AccountRole.STAFF, AccountRole.EDITOR) and not names:
        raise UnusableInput("撰稿和审核人员须写明单位。请补充单位名称。", name=user.name)
    if role is AccountRole.STAFF and len(names) > 1:
        raise UnusableInput("撰稿人员只能属于一个单位。请只选一个。", name=user.name)
    if len(names) > _MOST_UNITS:
        raise UnusableInput(f"一个账号最多负责{_MOST_UNITS}个单位。", name=user.name)
    found = [unit_named(session, name, at) for name in names]
    session.execute(delete(MemberRow).where(MemberRow.user_id == user.id))
    session.add_all(
        MemberRow(user_id=user.id, unit_id=unit.id, position=position) for position, unit in enumerate(found)
    )
    user.role = role.value
    session.flush()
    session.expire(user, ["units"])


def unit_named(session: Session, name: str, at: int) -> UnitRow:
    """The unit of this name, made where it is new. Raises UnusableInput on an unusable name or a closed unit."""
    plain = usable_unit(name)
    found = session.scalar(select(UnitRow).where(UnitRow.name == plain))
    if found is None:
        found = UnitRow(id=uuid4().hex, name=plain, created_at=at)
        session.add(found)
        session.flush()
    if found.closed_at is not None:
        raise UnusableInput(f"单位“{plain}”已停用。请先恢复，或另选单位。", unit=plain)
    return found


def usable_unit(name: str) -> str:
    """The unit's name without spaces around it. 、 would read as two units. Raises UnusableInput. Pure."""
    plain = name.strip()
    if not plain or len(plain) > _LONGEST_UNIT or not plain.isprintable() or "、" in plain:
        raise UnusableInput(f"单位名称须为1至{_LONGEST_UNIT}个可见字符，不含顿号。请检查。", unit=plain[:120])
    return plain


def new_link(session: Session, user_id: str, hours: int, at: int) -> str:
    """The secret of a new one-time link; older ones of the account stop working."""
    secret = secrets.token_urlsafe(32)
    session.execute(
        update(SignInLinkRow)
        .where(SignInLinkRow.user_id == user_id, SignInLinkRow.used_at.is_(None))
        .values(used_at=at)
    )
    session.add(SignInLinkRow(secret_hash=hash_of(secret), user_id=user_id, expires_at=at + hours * _HOUR))
    return secret


def end_proofs(session: Session, user_id: str, at: int) -> None:
    """Ends every session, token and link of the account at once."""
    session.execute(delete(SessionRow).where(SessionRow.user_id == user_id))
    session.execute(
        update(TokenRow).where(TokenRow.user_id == user_id, TokenRow.revoked_at.is_(None)).values(revoked_at=at)
    )
    session.execute(
        update(SignInLinkRow)
        .where(SignInLinkRow.user_id == user_id, SignInLinkRow.used_at.is_(None))
        .values(used_at=at)
    )


def refuse_the_last_administrator(session: Session, user: UserRow) -> None:
    """Raises Conflict where nobody could administrate without this account."""
    if user.role != AccountRole.ADMIN:
        return
    others = select(func.count()).where(
        UserRow.role == AccountRole.ADMIN.value, UserRow.disabled_at.is_(None), UserRow.id != user.id
    )
    if not session.scalar(others.select_from(UserRow)):
        raise Conflict("这是最后一个管理员账号，不能停用、删除或改为其他角色。请先指定另一位管理员。", account=user.id)
