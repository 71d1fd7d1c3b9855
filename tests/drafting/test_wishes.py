"""A person's wish for one section, followed by rules as far as rules can, and said where they cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.domain.draft import DraftSection
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftingTools, RuleWriter, SectionTask
from service.drafting.wishes import Wish, read_wish
from tests.drafting.composing import request

NOTES = "3月8日清理死角12处\n收到\n存在问题：\n1.停车位不足\n2.楼道路灯不亮\n下一步打算增设车位30个"


class _Wishing(RuleWriter):
    """The rules, asked with a wish for the section whose heading holds `part`."""

    def __init__(self, part: str, wish: str) -> None:
        self.part, self.wish = part, wish

    def write(self, task: SectionTask, on_text):  # type: ignore[no-untyped-def]
        return super().write(replace(task, wish=self.wish) if self.part in task.plan.heading else task, on_text)


def _section(part: str, wish: str) -> DraftSection:
    draft = draft_report(request(NOTES), DraftingTools(writer=_Wishing(part, wish)))
    return next(one for one in draft.sections if part in one.heading)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("更简洁", Wish("更简洁", True, (), "")),
        ("补充第7行", Wish("补充第7行", False, (7,), "")),
        ("请再精简一些，加上第3、5行的内容", Wish("请再精简一些，加上第3、5行的内容", True, (3, 5), "")),
        ("语气更正式", Wish("语气更正式", False, (), "语气更正式")),
    ],
)
def test_a_wish_is_read(text: str, understood: Wish) -> None:
    assert read_wish(text) == understood


def test_a_line_that_is_asked_for_is_added() -> None:
    section = _section("工作开展情况", "补充第6行")
    assert "车位30个" in section.text and "清理死角12处" in section.text
    assert section.degraded is None


def test_a_line_that_holds_nothing_is_named() -> None:
    assert "第2行没有补充" in str(_section("工作开展情况", "补充第2行").degraded)
    assert "没有第99行" in str(_section("工作开展情况", "补充第99行").degraded)


def test_shorter_drops_what_only_leads_over() -> None:
    plain = _section("存在的主要问题", "补充第99行")
    short = _section("存在的主要问题", "更简洁")
    assert plain.text.startswith("工作中还存在以下问题：")
    assert plain.text.endswith(short.text) and len(short.text) < len(plain.text)
    assert all(short.text[one.start : one.end].strip() for one in short.sentences)


def test_what_rules_cannot_do_is_said() -> None:
    assert "语气更正式" in str(_section("工作开展情况", "语气更正式").degraded)
