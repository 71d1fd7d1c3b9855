"""Names by the grammar of their endings: exact spans, and common nouns left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.language.names import NameKind, bare_name, find_names, policy_reason
from service.language.words import segment

CASES = [
    ("在青石街道清河社区开展义诊", ["青石街道", "清河社区"]),
    ("临江市青石区柳河街道望江里社区", ["临江市", "青石区", "柳河街道", "望江里社区"]),
    ("联合区委宣传部、县卫健委走访", ["区委宣传部", "县卫健委"]),
    ("青石区第二实验小学师生参加", ["青石区第二实验小学"]),
    ("委托华荣物业服务有限公司清运", ["华荣物业服务有限公司"]),
    ("在前进村、向阳路、和平路巡查", ["前进村", "向阳路", "和平路"]),
    ("由社区党委书记王建国同志牵头", ["王建国"]),
    ("组长由局长李明担任", ["李明"]),
    ("欧阳志远主任带队检查", ["欧阳志远"]),
    ("责任人包守拙，时限7月5日", ["包守拙"]),
    ("责任人陆书衡", ["陆书衡"]),
    ("走访低保户吴桂芳", ["吴桂芳"]),
    ("印发《青石区2024年创建方案》", ["《青石区2024年创建方案》"]),
    ("（青文明办〔2024〕8号）", ["青文明办〔2024〕8号"]),
    ("开展“三下乡”活动", ["“三下乡”"]),
]
NO_NAMES = [
    "各社区、各单位、相关部门、责任单位按照要求落实",
    "整治老旧小区、背街小巷、农贸市场、主次干道",
    "组织便民服务中心和志愿服务队上街",
    "城区道路、公共区域、居住区的思路和出路",
    "班主任任副组长，楼栋长和居民参加",
    "高度重视，全面部署，严格落实安全生产",
    "30余家商户参加，惠及居民2000人",
]


@pytest.mark.parametrize(("text", "names"), CASES, ids=lambda value: str(value)[:20])
def test_the_names_of_a_sentence_are_found_with_exact_spans(text: str, names: list[str]) -> None:
    found = [one for one in find_names(text) if one.sure]
    assert [one.text for one in found] == names
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize("text", NO_NAMES, ids=lambda text: text[:12])
def test_common_nouns_are_no_sure_names(text: str) -> None:
    assert [one.text for one in find_names(text) if one.sure] == []


def test_a_slogan_in_quotes_is_found_but_not_sure() -> None:
    (name,) = find_names("坚持“谁主管、谁负责”")
    assert name.kind is NameKind.BRAND and not name.sure


def test_policy_names_carry_their_reason_and_local_names_none() -> None:
    assert policy_reason("“社会主义核心价值观”") is not None
    assert policy_reason("市文明办") is not None
    assert policy_reason("清河社区") is None
    assert bare_name("《 方案 》") == "方案"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="清河社区街道书记王建国《》“”局路市县、，。12 \n〔〕号😀", max_size=80))
def test_names_of_any_text_are_ordered_spans_that_do_not_overlap(text: str) -> None:
    names = find_names(text)
    assert all(text[one.start : one.end] == one.text and one.text for one in names)
    assert all(first.end <= second.start for first, second in pairwise(names))
    assert "".join(word.text for word in segment(text)) == text
