"""API of the corpus: past reports listed, taken in, shown, corrected, removed."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Query, UploadFile
from pydantic import Field

from corpus.read.read_file import READABLE_SUFFIXES, TRIED_SUFFIXES
from service.domain.account import Account
from service.domain.errors import InputTooLarge, UnusableInput
from service.domain.genre import Genre, Level, UnitType
from service.domain.report import Correction
from service.storage.clock import now_in_milliseconds
from service.web.services import Services
from service.web.shapes import Asked, IngestAnswer
from service.web.signed_in import Administrator, Drafter, Rooms

router = APIRouter(prefix="/corpus/reports", tags=["corpus"])
_YEARS = (1949, 2100)
FieldName = Literal["genre", "unit_type", "level", "unit", "title", "year", "period", "do_not_imitate"]


class CorrectionAsked(Asked):
    """What a person says of a report; what is left out stays. `withdraw` takes earlier corrections back first."""

    genre: Genre | None = None
    unit_type: UnitType | None = None
    level: Level | None = None
    unit: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    title: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    year: Annotated[int, Field(ge=_YEARS[0], le=_YEARS[1])] | None = None
    period: Annotated[str, Field(max_length=100)] | None = None
    do_not_imitate: bool | None = None
    withdraw: Annotated[list[FieldName], Field(max_length=8, default_factory=list)]


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
    # What is read by nothing is sent all the same where its refusal says what to do with it (.wps, .rar).
    if not name.lower().endswith(TRIED_SUFFIXES):
        raise UnusableInput(f"不能读取“{name}”。可上传：{'、'.join(READABLE_SUFFIXES)}。", name=name)
    content = content_of(file, name, rooms.limits.upload_max_bytes)
    if not content:
        raise UnusableInput(f"文件“{name}”是空的。请检查后重新选择。", name=name)
    answer = dict(rooms.corpus.add(name, content))
    added = [one["id"] for one in answer["reports"] if one.get("added", True)]
    if added:
        _tell(rooms, person, "report.add", added[0], {"reports": len(added)})
    return answer


@router.get("/{report_id}")
def one_report(report_id: str, person: Drafter, rooms: Rooms) -> dict[str, Any]:
    """One report as `report show --json`: cleaned and original, every change explained, damage sentence by sentence."""
    return rooms.corpus.show(report_id).to_json()


@router.patch("/{report_id}")
def correct_report(report_id: str, asked: CorrectionAsked, person: Administrator, rooms: Rooms) -> dict[str, Any]:
    """Keeps what a person says of a report; it stands over what the rules find, also when its page is read again."""
    said = asked.model_dump(exclude={"withdraw"}, exclude_none=True)
    for field in ("unit", "title", "period"):
        if field in said:
            said[field] = said[field].strip()
            if not said[field].isprintable() or (field != "period" and not said[field]):
                raise UnusableInput("单位、标题和报告期须为一行可见文字。请检查。", field=field)
    if not said and not asked.withdraw:
        raise UnusableInput("没有写要改什么。请改一项后再保存。")
    rooms.corpus.correct(report_id, Correction(**said), asked.withdraw, person.name)
    detail = {"fields": sorted(said), "withdrawn": sorted(asked.withdraw)}
    _tell(rooms, person, "report.correct", report_id, detail)
    return rooms.corpus.show(report_id).to_json()


@router.delete("/{report_id}", status_code=204)
def remove_report(report_id: str, person: Administrator, rooms: Rooms) -> None:
    """Removes one report from the record and the index."""
    rooms.corpus.remove(report_id)
    _tell(rooms, person, "report.remove", report_id, {})


def _tell(rooms: Services, person: Account, action: str, report_id: str, detail: dict[str, Any]) -> None:
    rooms.audit.record(now_in_milliseconds(), person.id, action, "report", report_id[:64], detail)


def content_of(file: UploadFile, name: str, limit: int) -> bytes:
    """The bytes of an uploaded file. Raises InputTooLarge above `limit` bytes."""
    content = file.file.read(limit + 1)
    if len(content) > limit:
        raise InputTooLarge(f"文件“{name}”超过{limit // 1_000_000}MB。请拆分后再上传。", name=name, limit=limit)
    return content


def plain_name(given: str) -> str:
    """The last part of an uploaded file's name, of either system, with unseen characters dropped. Pure."""
    last = PureWindowsPath(PurePosixPath(given).name).name
    return "".join(one for one in last if one.isprintable())[-150:] or "未命名"
