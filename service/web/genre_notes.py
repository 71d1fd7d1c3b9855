"""Two lines on each genre card: when to use it, and the parts it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prompts.load import load_genre_plan
from service.domain.genre import Genre


@dataclass(frozen=True, slots=True)
class GenreNote:
    """When a genre is used, and its parts in order."""

    use: str
    parts: str


GENRE_NOTES: Mapping[Genre, GenreNote] = {
    Genre.SELF_INSPECTION: GenreNote("对照标准自查后上报", "组织领导 · 主要工作 · 存在问题 · 整改打算"),
    Genre.RECTIFICATION: GenreNote("按反馈清单逐条说明", "组织落实 · 逐条整改 · 长效机制"),
    Genre.SUMMARY: GenreNote("全面回顾一个时期", "主要工作 · 成效 · 不足 · 下步打算"),
    Genre.PROGRESS: GenreNote("报告推进到哪一步", "工作开展 · 存在问题 · 下一步工作"),
    Genre.COMMUNITY: GenreNote("社区迎检、交流时的汇报", "社区概况 · 主要做法 · 成效与不足"),
    Genre.PLAN: GenreNote("开展工作之前的安排", "目标 · 任务 · 组织 · 步骤 · 要求"),
    Genre.DECLARATION: GenreNote("申报文明单位称号", "单位概况 · 创建做法 · 成绩荣誉"),
    Genre.INDICATOR: GenreNote("单项指标，500字内", "做法 · 数据 · 佐证"),
}


def note_of(genre: Genre) -> GenreNote:
    """The two lines on a genre's card; of a genre of one's own, what its file says."""
    if genre in GENRE_NOTES:
        return GENRE_NOTES[genre]
    plan = load_genre_plan(genre)
    return GenreNote(plan.use, " · ".join(one.heading for one in plan.sections if one.heading))
