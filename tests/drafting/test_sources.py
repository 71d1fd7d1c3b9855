"""Messages forwarded with their heads: whose they are, on which day, and that a head states no work."""

from __future__ import annotations

import pytest

from service.domain.period import parse_period
from service.drafting.read_notes import read_notes
from service.language.source_heads import source_head
from tests.drafting.composing import drafted

_FORWARDED = """【转发 8月30日 青石巷社区】8月清楼道杂物62处，劝离占道38起
【转发 柳荫社区 赵姐】小段你好：楼道杂物45处、占道29起
【转发 南埠社区】杂物71，占道54
【8月31日 南埠社区】昨天占道写错了，是45
【转发 柳荫社区 9月1日】补：8月还放了1场露天电影
以上三家，全街道就三个社区"""

_MAILS = """邮件1 发件 医务科 9.27
门诊量前三季度 41.6万人次
邮件2 发件 门诊部 9.28
前三季度志愿服务 9,400 小时
邮件3 门诊部 9.30 主题：更正
志愿服务时长应为 8,400 小时，前一封打错"""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("邮件1 发件 医务科 9.27", ("医务科", "", "9月27日", "", "")),
        ("邮件7 党办 9.30", ("党办", "", "9月30日", "", "")),
        ("邮件6 门诊部 9.30 主题：更正", ("门诊部", "", "9月30日", "更正", "")),
        ("【转发 8月30日 青石巷社区】清了3处", ("青石巷社区", "", "8月30日", "", "清了3处")),
        ("【柳荫社区 赵姐】楼道45处", ("柳荫社区", "赵姐", "", "", "楼道45处")),
        ("留言 老周 14:02 修了路灯3盏", ("", "老周", "", "", "修了路灯3盏")),
    ],
)
def test_a_head_tells_who_when_and_what_about(line: str, told: tuple[str, ...]) -> None:
    head = source_head(line)
    assert head is not None
    assert (head.place, head.person, head.stamp, head.subject, line[head.start :].strip()) == told


@pytest.mark.parametrize(
    "line",
    [
        "电话 96户",
        "截图 2张",
        "转发通知12份",
        "来自居民的投诉12件",
        "【综治股】",
        "【3月8日】清运",
        "（8月）巡查",
        "转作风 提效能",
    ],
)
def test_what_states_something_is_no_head(line: str) -> None:
    assert source_head(line) is None


def test_forwarded_messages_are_told_place_by_place_and_put_right_by_their_own_place() -> None:
    text = drafted(_FORWARDED, period="2026年8月").text
    assert all(one in text for one in ("柳荫社区楼道杂物45处", "南埠社区杂物71", "占道45"))
    assert not any(one in text for one in ("你好", "转发", "占道54", "写错", "社区补", "核实占道"))


def test_heads_of_mails_are_no_facts_and_a_mail_about_a_correction_corrects() -> None:
    read = read_notes(_MAILS, parse_period("2026年前三季度"))
    assert [fact.clean for fact in read.facts] == ["门诊量前三季度41.6万人次", "前三季度志愿服务8,400小时"]
    assert not read.conflicts
