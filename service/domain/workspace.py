"""The states of a draft in the workspace."""

from __future__ import annotations

from enum import StrEnum


class DraftState(StrEnum):
    """Where a draft stands; the values are a public contract."""

    DRAFTING = "drafting"
    EDITING = "editing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    FAILED = "failed"

    @property
    def chinese(self) -> str:
        """The name people use."""
        return _NAMES[self]


_NAMES = {
    DraftState.DRAFTING: "生成中",
    DraftState.EDITING: "待修改",
    DraftState.SUBMITTED: "待审",
    DraftState.RETURNED: "已退回",
    DraftState.APPROVED: "已通过",
    DraftState.FAILED: "起草失败",
}
