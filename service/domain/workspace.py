"""The states of a draft in the workspace, and who may write in which."""

from __future__ import annotations

from enum import StrEnum


class DraftState(StrEnum):
    """Where a draft stands; the values are a public contract."""

    DRAFTING = "drafting"
    EDITING = "editing"
    SUBMITTED = "submitted"
    REVIEWING = "reviewing"
    RETURNED = "returned"
    APPROVED = "approved"
    EXPORTED = "exported"
    VOID = "void"
    FAILED = "failed"

    @property
    def chinese(self) -> str:
        """The name people use."""
        return _NAMES[self]

    @property
    def is_final(self) -> bool:
        """True where an editor approved the text: it changes no more."""
        return self in (DraftState.APPROVED, DraftState.EXPORTED)


_NAMES = {
    DraftState.DRAFTING: "生成中",
    DraftState.EDITING: "待修改",
    DraftState.SUBMITTED: "待审",
    DraftState.REVIEWING: "审核中",
    DraftState.RETURNED: "已退回",
    DraftState.APPROVED: "已通过",
    DraftState.EXPORTED: "已导出",
    DraftState.VOID: "作废",
    DraftState.FAILED: "起草失败",
}
