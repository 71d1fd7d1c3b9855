"""Reporting periods as people write them."""

from __future__ import annotations

import pytest

from service.domain.errors import UnusableInput
from service.domain.period import parse_period


@pytest.mark.parametrize(
    ("written", "first", "last", "official"),
    [
        ("2024年一季度", "2024-01-01", "2024-03-31", "2024年第一季度"),
        ("2024-Q4", "2024-10-01", "2024-12-31", "2024年第四季度"),
        ("2024年上半年", "2024-01-01", "2024-06-30", "2024年上半年"),
        ("2024", "2024-01-01", "2024-12-31", "2024年度"),
        ("２０２４年度", "2024-01-01", "2024-12-31", "2024年度"),
        ("二〇二四年三月", "2024-03-01", "2024-03-31", "2024年3月"),
        ("2024年2月", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2024年4-5月", "2024-04-01", "2024-05-31", "2024年4—5月"),
        ("2024年3月1日至6月15日", "2024-03-01", "2024-06-15", "2024年3月1日至6月15日"),
        ("2023-12-01至2024-01-15", "2023-12-01", "2024-01-15", "2023年12月1日至2024年1月15日"),
        ("2022—2024年", "2022-01-01", "2024-12-31", "2022—2024年"),
        ("2025年春运期间", "2025-01-01", "2025-12-31", "2025年春运期间"),
        ("2025年9月16日至30日", "2025-09-16", "2025-09-30", "2025年9月16日至9月30日"),
        ("2025年春季学期", "2025-02-01", "2025-07-31", "2025年春季学期"),
        ("2025年秋季学期", "2025-09-01", "2026-01-31", "2025年秋季学期"),
    ],
)
def test_a_period_is_understood(written: str, first: str, last: str, official: str) -> None:
    period = parse_period(written)
    assert (period.start.isoformat(), period.end.isoformat(), period.chinese) == (first, last, official)
    assert period.label == written


@pytest.mark.parametrize(
    "written", ["", "最近", "2024年13月", "2024-02-30", "2024年6月至3月", "2024-05-01至2024-03-01", "99"]
)
def test_a_period_that_cannot_be_is_refused_in_chinese(written: str) -> None:
    with pytest.raises(UnusableInput, match="报告期"):
        parse_period(written)
