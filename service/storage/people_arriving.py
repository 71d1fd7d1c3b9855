"""People who come by the single sign-on, as rows: whose account is theirs, and who becomes somebody new."""

from __future__ import annotations

from shlex import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.account import AccountRole
from service.domain.errors import Conflict, NotSignedIn, UnusableInput
from service.storage.audit import SYSTEM, record
from service.storage.people import new_user, usable_name
from service.storage.workspace_tables import UnitRow, UserRow

_LONGEST_SUBJECT = 500


def arrived(session: Session, subject: str, name: str, bind: bool, at: int) -> UserRow | None:
    """The account called `name`, now bound to `subject`; None where there is none of the name.

    Without `bind`, and for an administrator, it is refused: a provider that lets people choose their names would
    otherwise give an account away to whoever chooses its name first. Raises NotSignedIn, UnusableInput.
    """
    if not name:
        raise NotSignedIn("统一登录没有给出您的用户名，没有登录。请把这句话告知管理员（ZHIBI_OIDC_CLAIM）。")
    plain = usable_name(name)
    found = session.scalar(select(UserRow).where(UserRow.name == plain))
    if found is None or found.disabled_at is not None:
        return found
    if found.subject is not None:
        raise NotSignedIn(f"用户名“{plain}”属于统一登录中的另一个人，没有登录。请联系管理员。")
    if not bind or found.role == AccountRole.ADMIN:
        own = subject.partition(" ")[2]
        raise NotSignedIn(
            f"账号“{plain}”还没有与统一登录绑定，没有登录。请用密码登录，"
            f"或请管理员在服务器上运行：zhibi user bind {quote(plain)} {quote(own)}"
        )
    bind_to(session, found, subject, SYSTEM, at)
    return found


def newly_arrived(session: Session, subject: str, name: str, role: AccountRole | None, unit: str, at: int) -> UserRow:
    """A new account for somebody without one. The unit must exist: one misspelt at the provider would be a new one.

    Raises NotSignedIn where newcomers stay out or their unit is unknown, UnusableInput where it is closed.
    """
    if role is None:
        raise NotSignedIn(f"执笔中没有账号“{name}”，没有登录。请联系管理员添加账号。")
    if not session.scalar(select(UnitRow.id).where(UnitRow.name == unit)):
        told = f"统一登录写明您的单位是“{unit[:100]}”，执笔中没有这个单位" if unit else "统一登录没有写明您的单位"
        raise NotSignedIn(f"{told}，没有登录。请联系管理员。")
    user = new_user(session, name, role, (unit,), at)
    record(session, at, SYSTEM, "account.add", "account", user.id, {"role": user.role, "how": "oidc"})
    bind_to(session, user, subject, SYSTEM, at)
    return user


def bind_to(session: Session, user: UserRow, subject: str, by: str, at: int) -> None:
    """Makes the account that of `subject`. Raises Conflict where another has it, UnusableInput on an unusable one."""
    if not subject.partition(" ")[2] or len(subject) > _LONGEST_SUBJECT or not subject.isprintable():
        raise UnusableInput("统一登录编号须为一串可见字符，不能太长。请检查。")
    if session.scalar(select(UserRow.id).where(UserRow.subject == subject, UserRow.id != user.id)):
        raise Conflict("这个统一登录编号已绑定到另一个账号。请检查编号。")
    user.subject = subject
    session.flush()
    record(session, at, by, "account.bind", "account", user.id)
