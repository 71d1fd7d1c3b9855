"""The evaluator's pages: sets of blind pairs, one pair at a time, and what runs found."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from service.domain.account import AccountRole
from service.web import api_pairs
from service.web.evaluation_runs import kept_runs, plots_of
from service.web.pages import render, require_session
from service.web.signed_in import Rooms, evaluator

router = APIRouter(include_in_schema=False, prefix="/evaluation")
SetName = Annotated[str, Path(max_length=100)]
_SHORTCUTS = (
    ("← / →", "选左稿 / 右稿"),
    ("1–5", "给选中的一稿打分"),
    ("Q W E R T Y U I", "选理由"),
    ("N", "显示或收起笔记"),
    ("Enter", "保存并看下一对"),
    ("[ / ]", "上一对 / 下一对"),
)


@router.get("")
def evaluation_page(request: Request, rooms: Rooms) -> Response:
    """Sets to score, and the runs whose report can be read."""
    session = require_session(request)
    person = evaluator(session.account)
    sets = [
        {
            **api_pairs.agreement(one["name"], person, rooms),
            "name": one["name"],
            "count": one["pairs"],
            "scored": one["scored"],
        }
        for one in api_pairs.sets(person, rooms)
    ]
    runs = kept_runs(rooms.evaluation_folder)
    return render(
        request,
        "evaluation.html",
        session=session,
        sets=sets,
        is_admin=session.account.role is AccountRole.ADMIN,
        runs=runs,
        plots=plots_of(runs),
    )


@router.get("/pairs/{name}")
def pairs_page(request: Request, name: SetName, rooms: Rooms) -> Response:
    """One pair after the other, without a word on who wrote which."""
    session = require_session(request)
    evaluator(session.account)
    # As pairs: the page must keep the order, which decides the keys.
    values = {"name": name, "tags": list(api_pairs.TAGS.items())}
    return render(request, "pairs.html", session=session, name=name, page_values=values, shortcuts=_SHORTCUTS)
