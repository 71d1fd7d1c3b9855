"""People who use Zhibi: their role and unit, and what these let them reach."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.domain.errors import UnusableInput


class AccountRole(StrEnum):
    """What a person does here; the values are a public contract."""

    STAFF = "staff"
    EDITOR = "editor"
    EVALUATOR = "evaluator"
    ADMIN = "admin"

    @property
    def chinese(self) -> str:
        """The name people use."""
        return {"staff": "撰稿", "editor": "审核", "evaluator": "评测", "admin": "管理员"}[self.value]


class TokenScope(StrEnum):
    """What a bearer token may do of what its person may; the values are a public contract."""

    READ = "read"
    WRITE = "write"
    ALL = "all"

    @property
    def chinese(self) -> str:
        """What people call it."""
        return {"read": "只读", "write": "读写稿件", "all": "全部（含账号管理）"}[self.value]


@dataclass(frozen=True, slots=True)
class Account:
    """One person. `unit` is where they work; an editor's may name several units, joined by 、."""

    id: str
    name: str
    role: AccountRole
    unit: str

    @property
    def units(self) -> tuple[str, ...]:
        """The units whose drafts this person works on, in order; empty where none is named."""
        return tuple(one.strip() for one in self.unit.split("、") if one.strip())

    @property
    def is_admin(self) -> bool:
        """True for an administrator, who reaches everything."""
        return self.role is AccountRole.ADMIN


def parse_role(name: str) -> AccountRole:
    """The role called `name`. Pure. Raises UnusableInput, whose message lists the four."""
    try:
        return AccountRole(name.strip())
    except ValueError:
        known = "、".join(f"{role.value}（{role.chinese}）" for role in AccountRole)
        raise UnusableInput(f"没有角色“{name}”。可选：{known}。", role=name) from None
