"""Shelves and reports for tests of the corpus: invented places, people and figures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from service.domain.genre import Genre, UnitType
from service.domain.report import Report, Section
from service.domain.shelf import MaskedSection
from service.storage.database import open_database
from service.storage.reports import DatabaseShelf
from tests.storage import databases
from tests.storage.databases import new_database_url

SECTIONS = {
    "环境整治": "组织干部清理背街小巷垃圾死角，铲除墙面小广告，规范车辆停放，辖区面貌明显改善。",
    "志愿服务": "成立志愿服务队，深入敬老院看望孤寡老人，为他们理发、打扫房间、测量血压。",
    "宣传发动": "在主要路口悬挂横幅，发放创建文明城市倡议书，电子屏滚动播放公益广告，居民知晓率稳步提高。",
    "未成年人教育": "依托乡村少年宫开展经典诵读、书法和剪纸课程，净化校园周边文化环境，严查黑网吧。",
    "交通秩序": "在斑马线前设置礼让行人提示，交警与志愿者在早晚高峰劝导闯红灯和逆行。",
    "诚信建设": "评选诚信经营示范店，在农贸市场公示食品检测结果，畅通消费投诉渠道。",
}


def report_of(
    sections: Sequence[tuple[str, str]],
    *,
    genre: Genre = Genre.PROGRESS,
    unit_type: UnitType = UnitType.STREET,
    unit: str = "澄溪街道",
    usable_for: tuple[str, ...] = ("structure", "facts"),
) -> Report:
    """A report of these (heading, text) sections, its id made of its text."""
    parts = tuple(Section(heading, 1, text) for heading, text in sections)
    text = "\n".join(f"{one.heading}\n{one.text}" for one in parts)
    report_id = hashlib.sha256(f"{unit}{genre}{text}".encode("utf-8", "replace")).hexdigest()[:16]
    return Report(
        report_id=report_id,
        source="样例.txt",
        label="篇一",
        title=f"{unit}{genre.chinese}",
        genre=genre,
        unit=unit,
        unit_type=unit_type,
        text=text,
        lines=(1, 9),
        sections=parts,
        usable_for=usable_for,
        year=2023,
    )


def sample_reports() -> list[Report]:
    """Three reports of two sections each, of different genres and types of unit."""
    pairs = list(SECTIONS.items())
    return [
        report_of(pairs[0:2], genre=Genre.PROGRESS, unit_type=UnitType.STREET, unit="澄溪街道"),
        report_of(pairs[2:4], genre=Genre.SUMMARY, unit_type=UnitType.SCHOOL, unit="望禾小学"),
        report_of(pairs[4:6], genre=Genre.SELF_INSPECTION, unit_type=UnitType.BUREAU, unit="岚州市城管局"),
    ]


def masked(report: Report) -> list[MaskedSection]:
    """The sections of a report with a masked form that is easy to tell from the original."""
    return [
        MaskedSection(section, f"〔单位〕{section.heading}", f"〔数量〕{section.text}") for section in report.sections
    ]


def shelf_in(folder: Path) -> DatabaseShelf:
    """The shelf of `folder`, empty at first, over the kind of database that the run tests (`pytest --database`); also
    for another process, and for one that was killed."""
    return DatabaseShelf(open_database(record_in(folder)))


def record_in(folder: Path) -> str:
    """The URL of the database of `shelf_in(folder)`."""
    kept = folder / "record.url"
    if not kept.exists():
        kept.write_text(new_database_url(databases.chosen_kind, folder), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def copy_of(report: Report, of: str) -> Report:
    """The same report from another source, marked as a duplicate of `of`."""
    return replace(report, report_id=report.report_id[::-1], source="另一处.txt", duplicate_of=of)
