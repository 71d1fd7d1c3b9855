"""API of the corpus: past reports listed, taken in, removed."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, UploadFile

from corpus.read.read_file import READABLE_SUFFIXES
from service.domain.errors import InputTooLarge, UnusableInput
from service.web.shapes import IngestAnswer
from service.web.signed_in import Administrator, Drafter, Rooms

router = APIRouter(prefix="/corpus/reports", tags=["corpus"])


@router.get("")
def list_reports(
    person: Drafter,
    rooms: Rooms,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> list[dict[str, Any]]:
    """Every past report, as rows of `ingest --json`."""
    return [dict(one) for one in rooms.corpus.reports()[offset : offset + limit]]


@router.post("", status_code=201, response_model=IngestAnswer)
def add_report(file: Annotated[UploadFile, File()], person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """Takes in one file: text, Word, PDF, web page, or an archive of them. The same file twice changes nothing."""
    name = plain_name(file.filename or "")
    if not name.lower().endswith(READABLE_SUFFIXES):
        raise UnusableInput(f"不能读取“{name}”。可上传：{'、'.join(READABLE_SUFFIXES)}。", name=name)
    limit = rooms.limits.upload_max_bytes
    content = file.file.read(limit + 1)
    if len(content) > limit:
        raise InputTooLarge(f"文件“{name}”超过{limit // 1_000_000}MB。请拆分后再上传。", name=name, limit=limit)
    if not content:
        raise UnusableInput(f"文件“{name}”是空的。请检查后重新选择。", name=name)
    return dict(rooms.corpus.add(name, content))


@router.delete("/{report_id}", status_code=204)
def remove_report(report_id: str, person: Administrator, rooms: Rooms) -> None:
    """Removes one report from the record and the index."""
    rooms.corpus.remove(report_id)


def plain_name(given: str) -> str:
    """The last part of an uploaded file's name, of either system, with unseen characters dropped. Pure."""
    last = PureWindowsPath(PurePosixPath(given).name).name
    return "".join(one for one in last if one.isprintable())[-150:] or "未命名"
