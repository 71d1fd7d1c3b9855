"""The editors' pages: the queue, one draft under review, two versions side by side, the fact sheet."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from service.domain.account import Account, AccountRole
from service.domain.errors import Forbidden, UnusableInput
from service.domain.genre import genre_name, genre_names
from service.domain.workspace import DraftState
from service.storage.review_values import QueueFilter, QueueRow
from service.web.api_drafts import whole_draft
from service.web.api_queue import compare, queue_row, sheet
from service.web.pages import render, require_session
from service.web.signed_in import Rooms
from service.web.words import beijing_time, verdict_words

router = APIRouter(include_in_schema=False)
_PAGE_OF_QUEUE = 50
_ORDERS = {"waiting": "等得最久", "newest": "最新提交", "red": "红色最多", "chars": "字数最多", "unit": "按单位"}
# What stands over the table; each shows drafts in these states.
_TABS = {
    "waiting": ("待审", (DraftState.SUBMITTED, DraftState.REVIEWING)),
    "mine": ("我在审的", (DraftState.REVIEWING,)),
    "returned": ("已退回", (DraftState.RETURNED,)),
    "approved": ("已通过", (DraftState.APPROVED, DraftState.EXPORTED)),
}
_SHORTCUTS = (
    ("J / K", "下一处 / 上一处标记"),
    ("1", "采纳修改"),
    ("2", "依据充分"),
    ("3", "不适用"),
    ("4", "退回补充"),
    ("C", "给选中的文字或标记加批注"),
    ("S", "给选中的文字提修改建议"),
    ("U", "撤销当前标记的处理"),
)
Word = Annotated[str, Query(max_length=400)]


@router.get("/review")
def queue_page(
    request: Request,
    rooms: Rooms,
    tab: Word = "waiting",
    unit: Word = "",
    genre: Word = "",
    of: Word = "",
    red: Word = "",
    order: Word = "waiting",
    page: int = 1,
) -> Response:
    """The queue; every filter stands in the address, so a list can be kept, sent on and come back to."""
    session = require_session(request)
    if session.account.role not in (AccountRole.EDITOR, AccountRole.ADMIN):
        raise Forbidden("只有审核人员可以查看审核队列。如需处理，请联系管理员。", code="E-403")
    tab = tab if tab in _TABS else "waiting"
    order = order if order in _ORDERS else "waiting"
    page = min(max(page, 1), 10_000)
    chosen = {
        "tab": tab,
        "unit": unit,
        "genre": genre,
        "of": of,
        "red": red if red in ("0", "1") else "",
        "order": order,
    }
    wanted = QueueFilter(
        states=_TABS[tab][1],
        unit=unit.strip(),
        genre=genre.strip(),
        person=of.strip(),
        claimed_by=session.account.id if tab == "mine" else "",
        red=None if not red else red == "1",
    )
    total, found = rooms.queue.page(session.account, wanted, order, _PAGE_OF_QUEUE, (page - 1) * _PAGE_OF_QUEUE)
    counts = rooms.queue.counts(session.account)
    now = int(time.time() * 1000)
    names = genre_names()
    return render(
        request,
        "queue.html",
        session=session,
        rows=[_shown(one, now) for one in found],
        total=total,
        tabs=[(key, name, sum(counts.get(state, 0) for state in states)) for key, (name, states) in _TABS.items()],
        chosen=chosen,
        genres=names,
        orders=_ORDERS,
        page=page,
        pages=max(1, -(-total // _PAGE_OF_QUEUE)),
        link=lambda **other: "/review?" + urlencode({k: v for k, v in {**chosen, **other}.items() if v not in ("", 1)}),
    )


def _shown(one: QueueRow, now: int) -> dict[str, Any]:
    """A row of the queue in the words of the page. Pure."""
    row = queue_row(one, now)
    submitted = beijing_time(one.submitted_at) if one.submitted_at else "—"
    return {**row, "genre_name": genre_name(one.genre), "submitted": submitted, "waits": _waits(row)}


def _waits(row: dict[str, Any]) -> str:
    """How long a draft has waited, in words; "" for one that waits no more. Pure."""
    minutes = row["waiting_minutes"]
    if minutes is None:
        return ""
    if minutes < 60:
        return f"{minutes}分钟"
    return f"{minutes // 60}小时" if minutes < 48 * 60 else f"{minutes // 1440}天"


@router.get("/review/{draft_id}")
def review_page(request: Request, draft_id: str, rooms: Rooms) -> Response:
    """One draft under review: notes, draft, and what is to be settled."""
    session = require_session(request)
    draft = whole_draft(rooms, session.account, draft_id)
    account = session.account
    page_values = {
        "draft": draft,
        "account": {"name": account.name, "role": str(account.role)},
        "verdicts": verdict_words(),
        "expires_at": session.expires_at,
    }
    return render(request, "review.html", session=session, draft=draft, page_values=page_values, shortcuts=_SHORTCUTS)


@router.get("/drafts/{draft_id}/compare")
def compare_page(
    request: Request, draft_id: str, rooms: Rooms, before: int = 0, after: int = 0, numbers: int = 0
) -> Response:
    """Two versions side by side; the newest beside the one before it where none is named."""
    session = require_session(request)
    draft = whole_draft(rooms, session.account, draft_id)
    newest = int(draft["version"])
    if not newest:
        raise UnusableInput("稿件还没有任何一版，没有可比较的内容。请等待起草完成。")
    after = after if 0 < after <= newest else newest
    before = before if 0 < before <= newest else max(1, after - 1)
    found = compare(draft_id, session.account, rooms, before, after, bool(numbers))
    return render(
        request,
        "compare.html",
        session=session,
        **_place_of(draft, session.account),
        draft=draft,
        before=before,
        after=after,
        numbers=bool(numbers),
        found=found,
        versions=[(one["number"], f"第{one['number']}版 · {one['reason']}") for one in draft["versions"]],
    )


@router.get("/drafts/{draft_id}/sheet")
def sheet_page(request: Request, draft_id: str, rooms: Rooms) -> Response:
    """The fact sheet, to read and to print."""
    session = require_session(request)
    found = sheet(draft_id, session.account, rooms)
    draft = whole_draft(rooms, session.account, draft_id)
    headings = [one["heading"] for one in draft["draft"]["sections"]]
    place = _place_of(draft, session.account)
    return render(request, "sheet.html", session=session, sheet=found, headings=headings, **place)


def _place_of(draft: Mapping[str, Any], account: Account) -> dict[str, Any]:
    """The page a draft's other pages belong to: its author's own, for whoever reviews it the review. Pure."""
    reviews = account.role in (AccountRole.EDITOR, AccountRole.ADMIN) and draft["owner"] != account.name
    place = f"/review/{draft['id']}" if reviews else f"/drafts/{draft['id']}"
    return {"here": place, "draft_page": place}
