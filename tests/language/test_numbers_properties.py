"""What holds for every text: each numeral under one mention, true offsets, no float, linear work on hostile text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.quantity import Mention
from service.language.numbers import find_numbers

_PIECES = [
    *"0123456789０１２３〇零一二两三四五六七八九十百千万亿几数半余多来近约上下超过第每日月年号时分点成倍",
    *"人名个份处条元吨米岁次户家项级届期、，。；：（）()~～—-%‰./·:+*×xX_ \n“”《》〔〕【】",
    *(
        "xx",
        "__",
        "20xx",
        "〔MASK:num〕",
        "【待补：时间】",
        "百分之",
        "分之",
        "以上",
        "左右",
        "不少于",
        "由",
        "增加到",
        "上半年",
    ),
    *(
        "进一步",
        "统一",
        "三下乡",
        "平方米",
        "万元",
        "个百分点",
        "公里",
        "贰拾贰万元",
        "https://a.cn/1",
        "G107",
        "某街道",
        "开展",
    ),
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
_ALWAYS_COVERED = frozenset("0123456789０１２３〇零一二两三四五六七八九十百千万亿")


def _amounts(mention: Mention) -> list[Decimal]:
    amount = mention.amount
    return [end for end in (amount.lo, amount.hi) if end is not None] if amount else []


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_every_numeral_lies_under_exactly_one_mention_in_order(text: str) -> None:
    mentions = find_numbers(text)
    covered = 0
    for mention in mentions:
        assert mention.start >= covered, "mentions overlap or stand out of order"
        assert mention.start < mention.end
        assert all(sign not in _ALWAYS_COVERED for sign in text[covered : mention.start])
        covered = mention.end
    assert all(sign not in _ALWAYS_COVERED for sign in text[covered:])


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_offsets_reproduce_the_text_and_ranges_are_exact_decimals(text: str) -> None:
    for mention in find_numbers(text):
        assert text[mention.start : mention.end] == mention.text
        assert all(type(end) is Decimal and end.is_finite() for end in _amounts(mention))
        if mention.amount and mention.amount.lo is not None and mention.amount.hi is not None:
            assert mention.amount.lo <= mention.amount.hi
        assert (mention.reason is None) == (mention.role == "claim")


@settings(max_examples=50, deadline=None)
@given(_TEXTS)
def test_lines_before_and_after_do_not_change_a_mention_of_a_line_of_its_own(text: str) -> None:
    alone = [mention.text for mention in find_numbers("清理卫生死角170余处。")]
    among = [mention.text for mention in find_numbers(f"{text}\n\n清理卫生死角170余处。\n\n{text}")]
    assert alone == ["170余处"]
    assert "170余处" in among


_HOSTILE = {
    "digits": "9" * 100_000,
    "grouped digits": "1," * 50_000,
    "decimals": "1." * 50_000,
    "magnitudes": "万" * 100_000,
    "chinese digits": "一二三" * 30_000,
    "open brackets": "（" * 50_000 + "1",
    "open typed blanks": "〔" * 50_000,
    "open placeholders": "【待补" * 20_000,
    "open quotations": "“三" * 15_000,
    "open titles": "《三" * 15_000,
    "masks": "x" * 100_000,
    "stars and digits": "*1" * 25_000,
    "underscores": "_" * 100_000,
    "letters": "a1" * 50_000,
    "addresses": "https://" * 12_000,
    "plus signs": "1+" * 25_000,
    "blanks": "1" + " " * 100_000 + "人",
    "enumerators": "一、" * 20_000,
    "heads": "一好。" * 15_000,
    "hedges": "不少于" * 30_000 + "1",
    "每": "每" * 100_000 + "1次",
    "changes": "由1人" * 20_000,
    "dates": "1月1日至" * 20_000,
    "times": "1:00~" * 20_000,
    "fractions": "百分之" * 30_000,
    "clauses without end": "街" * 100_000 + "3处",
    "columns of days": "1.2 巡\n" * 15_000,
    "rows": "1 巡\n" * 20_000,
    "magnitudes in turn": "1万1千1百1" * 12_000,
    "money": "投资达到为1万" * 15_000,
    "one by one": "分别1和" * 25_000,
    "not one": "一个都没" * 25_000,
    "torn years": "2 0 " * 25_000,
    "points in a line": "1、甲 2、" * 15_000,
}


@pytest.mark.timeout(90)
@pytest.mark.parametrize("text", list(_HOSTILE.values()), ids=list(_HOSTILE))
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    """Work that grows with the square of the length would take minutes here and run into the limit."""
    last = find_numbers(f"{text}\n清理卫生死角170余处。")[-1]
    assert last.text == "170余处"
