"""The pages of past reports: the list with its filters, how others put a thing, one report beside its original."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from corpus.beside import BesideRow, Run, rows_beside
from corpus.clean.rules import DAMAGE_NAMES, damage_name, rule_name
from corpus.read.read_file import READABLE_SUFFIXES, TRIED_SUFFIXES
from corpus.show import ReportShown, masks_named
from service.domain.account import AccountRole
from service.domain.genre import Genre, Level, UnitType
from service.domain.page import Change
from service.domain.report import SearchHit, doubted_fields
from service.domain.shelf import ListedReport, ReportFilter, ReportState
from service.web.pages import render, require_session
from service.web.signed_in import Rooms, drafter
from service.web.words import iso_beijing

router = APIRouter(include_in_schema=False, prefix="/corpus")
_PAGE_OF_REPORTS = 50
_HITS = 12
_SHOWN_OF_HIT = 260
_SHORTCUTS = (("J / K", "下一处 / 上一处改动或损伤"),)
_USE_NAMES = {"structure": "可学结构", "facts": "可核事实"}
# A template of many units has many twins; the first say which it is.
_TWINS_SHOWN = 6
Word = Annotated[str, Query(max_length=200)]
_Kind = TypeVar("_Kind", bound=StrEnum)


@router.get("")
def corpus_page(
    request: Request,
    rooms: Rooms,
    words: Word = "",
    genre: Word = "",
    type: Word = "",  # noqa: A002 - the name in the address
    year: Word = "",
    state: Word = "",
    page: int = 1,
) -> Response:
    """Every past report; the filters stand in the address, so a list can be kept, sent on and come back to."""
    session = require_session(request)
    person = drafter(session.account)
    chosen = {"words": words.strip(), "genre": genre, "type": type, "year": year, "state": state}
    wanted = ReportFilter(
        words=words,
        genre=_one_of(Genre, genre),
        unit_type=_one_of(UnitType, type),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        state=_one_of(ReportState, state),
    )
    every = rooms.corpus.listed()
    found = [one for one in every if wanted.lets(one)]
    pages = max(1, -(-len(found) // _PAGE_OF_REPORTS))
    page = min(max(page, 1), pages)
    return render(
        request,
        "corpus.html",
        session=session,
        rows=[_row(one) for one in found[(page - 1) * _PAGE_OF_REPORTS : page * _PAGE_OF_REPORTS]],
        count=len(found),
        every=len(every),
        chosen=chosen,
        filtered=any(chosen.values()),
        genres=_names(Genre),
        types=_names(UnitType),
        states=_names(ReportState),
        years=sorted({one.year for one in every if one.year}, reverse=True),
        page=page,
        pages=pages,
        link=lambda **other: _address(**{**chosen, **other}),
        is_admin=person.role is AccountRole.ADMIN,
        suffixes=READABLE_SUFFIXES,
        tried=TRIED_SUFFIXES,
        most=rooms.limits.upload_max_bytes // 1_000_000,
    )


@router.get("/search")
def search_page(request: Request, rooms: Rooms, q: Word = "", genre: Word = "", type: Word = "") -> Response:  # noqa: A002
    """How past reports put a thing, found by meaning and by words."""
    session = require_session(request)
    drafter(session.account)
    query = q.strip()
    hits = rooms.search(query, _HITS, _one_of(Genre, genre), _one_of(UnitType, type)) if query else []
    return render(
        request,
        "corpus_search.html",
        session=session,
        query=query,
        genre=genre,
        type=type,
        hits=[_hit(one) for one in hits],
        genres=_names(Genre),
        types=_names(UnitType),
    )


@router.get("/{report_id}")
def report_page(request: Request, report_id: str, rooms: Rooms, only: Word = "") -> Response:
    """One report: what is known of it, and its original and cleaned text side by side with every change explained."""
    session = require_session(request)
    person = drafter(session.account)
    shown = rooms.corpus.show(report_id)
    rows, report = rows_beside(shown, DAMAGE_NAMES), shown.report
    twins = [one.second if one.first == report.report_id else one.first for one in shown.twins]
    related = [*shown.repeated_by, *twins, *([report.duplicate_of] if report.duplicate_of else ())]
    other = {one.report_id: one.title for one in rooms.corpus.listed()} if related else {}
    return render(
        request,
        "report.html",
        session=session,
        report=report,
        title=masks_named(report.title),
        known=_known(shown),
        uses=[_USE_NAMES[one] for one in report.usable_for],
        damage=[damage_name(one) for one in report.damage],
        avoided=_said(shown, "do_not_imitate"),
        copies=[(one, masks_named(other.get(one, one))) for one in shown.repeated_by],
        twins=[(one, masks_named(other.get(one, one))) for one in twins[:_TWINS_SHOWN]],
        more_twins=len(twins) if len(twins) > _TWINS_SHOWN else 0,
        left_out=[one.sentence for one in shown.left_out],
        original=(report.duplicate_of, masks_named(other.get(report.duplicate_of or "", ""))),
        restored=[(one.line, one.column + 1, one.after) for one in report.restored],
        rows=[_beside(row) for row in rows if only != "changed" or _needs_a_look(row)],
        only=only == "changed",
        counts={
            "changes": len(shown.changes),
            "dropped": len(shown.dropped),
            "damaged": len(shown.damaged),
            "has_page": bool(shown.original),
        },
        is_admin=person.role is AccountRole.ADMIN,
        shortcuts=_SHORTCUTS,
        page_values={
            "report": report.to_json(),
            "genres": _names(Genre),
            "types": _names(UnitType),
            "levels": _names(Level),
            "avoided": _said(shown, "do_not_imitate") is not None,
        },
    )


def _one_of(kind: type[_Kind], value: str) -> _Kind | None:
    """The member called `value`; None for "" and for a word that an old address may still carry. Pure."""
    return next((one for one in kind if one.value == value), None)


def _names(kind: Iterable[Any]) -> dict[str, str]:
    return {str(one): one.chinese for one in kind}


def _address(**chosen: Any) -> str:
    kept = {key: value for key, value in chosen.items() if value not in ("", 1, None)}
    return "/corpus" + ("?" + urlencode(kept) if kept else "")


def _row(one: ListedReport) -> dict[str, Any]:
    """A report of the list in the words of the page. Pure."""
    tags = [("warn", "文种存疑")] if "genre" in one.doubted else []
    tags += [("off", "不作范例")] if one.avoided else []
    tags += [("off", "重复")] if one.duplicate_of else []
    tags += [("off", "不可用")] if not one.usable_for and not one.avoided else []
    tags += [("warn", damage_name(flag)) for flag in one.damage]
    tags += [("done", "人工更正")] if one.corrected and set(one.corrected) != {"do_not_imitate"} else []
    return {
        "id": one.report_id,
        "title": masks_named(one.title) or "（没有标题）",
        "source": one.source,
        "unit": masks_named(one.unit),
        "genre_name": one.genre.chinese,
        "type_name": f"{one.unit_type.chinese} · {one.level.chinese}",
        "year": one.year,
        "chars": one.chars,
        "tags": tags,
    }


def _hit(hit: SearchHit) -> dict[str, Any]:
    text = masks_named(hit.text)
    return {
        "id": hit.report_id,
        "heading": masks_named(hit.heading) or "（开头）",
        "title": masks_named(hit.title),
        "about": f"{hit.genre.chinese} · {hit.unit_type.chinese}" + (f" · {hit.year}年" if hit.year else ""),
        "text": text[:_SHOWN_OF_HIT] + ("……" if len(text) > _SHOWN_OF_HIT else ""),
        "same_unit": hit.same_unit,
    }


def _known(shown: ReportShown) -> list[dict[str, Any]]:
    """What is known of a report, field by field: the value, and why or by whom. Pure."""
    report = shown.report
    values = (
        ("genre", "文种", report.genre.chinese),
        ("unit", "单位", masks_named(report.unit)),
        ("unit_type", "单位类型", report.unit_type.chinese),
        ("level", "级别", report.level.chinese),
        ("year", "年份", f"{report.year}年" if report.year else ""),
        ("period", "报告期", masks_named(report.period)),
    )
    why = {one.field: (one.confidence, masks_named(one.why)) for one in report.decisions}
    doubted = doubted_fields(report.decisions, report.corrected)
    rows = []
    for field, name, value in values:
        said, (sure, reason) = _said(shown, field), why.get(field, (None, ""))
        note = f"人工更正：{said}" if said else f"把握{sure:.0%}，{reason}" if sure else reason
        rows.append({"field": field, "name": name, "value": value or "不明", "note": note, "doubted": field in doubted})
    return rows


def _said(shown: ReportShown, field: str) -> str | None:
    """Who corrected `field` and when; None where nobody did, or took it back. Pure."""
    said: Mapping[str, Any] | None = shown.corrections.get(field)
    return f"{said['by'] or '不详'}，{iso_beijing(said['at'])}" if said and said["value"] is not False else None


def _needs_a_look(row: BesideRow) -> bool:
    return bool(row.changed or row.dropped or not row.original or not row.cleaned)


def _beside(row: BesideRow) -> dict[str, Any]:
    """One row of the two texts in the words of the page. Pure."""
    lines = "" if not row.first else f"{row.first}" if row.first == row.last else f"{row.first}—{row.last}"
    return {
        "lines": lines,
        "original": [_run(run) for run in row.original],
        "cleaned": [_run(run) for run in row.cleaned],
        "is_title": row.is_title,
        "whole": [f"去掉：{rule_name(one.rule)}" for one in row.dropped if not row.cleaned],
        "reasons": _reasons(row),
        "damage": list(dict.fromkeys(run.why for run in row.cleaned if run.why)),
        "looked_at": _needs_a_look(row) and not row.is_title,
    }


def _run(run: Run) -> tuple[str, str, str]:
    return run.kind, masks_named(run.text), run.why


def _reasons(row: BesideRow) -> list[str]:
    """Each rule that changed a row once, with what it changed and how often. Pure."""
    told: dict[str, Counter[str]] = {}
    for one in row.changes:
        after = _sign(masks_named(one.after))
        told.setdefault(one.rule, Counter())[f"“{_sign(one.before)}”" + (f"改为“{after}”" if after else "去掉")] += 1
    for gone in row.dropped if row.cleaned else ():
        if not _is_in(gone.text, row.changes):
            told.setdefault(gone.rule, Counter())[f"“{_sign(gone.text)}”去掉"] += 1
    return [
        f"{rule_name(rule)}：{'，'.join(counted)}" + (f"（共{n}处）" if (n := counted.total()) > 1 else "")
        for rule, counted in told.items()
    ]


def _is_in(text: str, changes: Iterable[Change]) -> bool:
    return any(one.before == text for one in changes)


def _sign(text: str) -> str:
    """A piece of text as it is quoted: unseen characters named, long ones cut. Pure."""
    named = text.replace("\n", "换行").replace("\u3000", "全角空格").replace("\t", "制表符")
    named = re.sub(r"^ +$", "空格", named)
    named = "".join(one if one.isprintable() else "不可见字符" for one in named)
    return named if len(named) <= 40 else f"{named[:40]}……"
