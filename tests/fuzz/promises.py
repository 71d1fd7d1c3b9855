"""What the number grammar and the checker promise of any text, as functions that raise where a promise is broken.

The long fuzz (fuzz_numbers.py, fuzz_check.py) and the short one of the test suite (test_fuzz.py) hold the same promises.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from service.checking.check import check_draft
from service.domain.finding import Band
from service.domain.quantity import Mention, Role
from service.domain.report import ExemplarOriginal
from service.language.numbers import find_numbers

ALWAYS_NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万亿")
# Pieces that make the grammar take turns; bytes of a fuzzed input choose among them.
PIECES = tuple(
    "0 1 2 3 4 5 6 7 8 9 ０ ９ 〇 零 一 二 两 三 五 九 十 百 千 万 亿 几 数 半 余 多 来 近 约 上 下 超 第 每 日 月 年 号 时 分 点 成 倍 刻 秒 "
    "人 名 个 份 处 条 元 吨 米 岁 次 户 家 项 级 届 期 批 场 周 天 班 街 路 楼 、 ， 。 ； ： （ ） ( ) ~ ～ — - % ‰ ％ . / · : + * × x X _ “ ” 《 》 〔 〕 【 】 , "
    "xx __ 20xx 20 2024 1,200 〔数量〕 〔MASK:num〕 【待补：时间】 百分之 分之 以上 左右 不少于 由 从 增加到 提高到 上半年 季度 个多 个半 多个 进一步 统一 三下乡 平方米 万元 "
    "个百分点 公里 贰拾贰万元 贰 拾 佰 https://a.cn/1 G107 某街道 开展 其中 比去年 共 合计 约有 无一 没有 零 同比 增长 居民 志愿者 清理 全年 6月 12日 上午 至 到 比 首届 "
    "前三名 一、 (二) 3. ① 一是 第一， 会议 计划 已 未 十四五 双 周五 世纪 年代 w k ㎡ m² kg 元/ 人均 第二 小区 3号楼 发〔2024〕5号".split()
) + (" ", "\n", "\r\n", "\t", "\u3000", "\ufeff", "\u2028", "\U0001f600", "\u0661", "\u00b2", "½", "٣", "Ⅳ", "\x00")

def text_of(raw: bytes) -> str:
    """`raw` as a text: of an even first byte each later one names a piece, else they are UTF-8. Pure."""
    if raw[:1] and raw[0] % 2:
        return raw[1:].decode("utf-8", "replace")
    return "".join(PIECES[byte % len(PIECES)] for byte in raw[1:])


def hold_for_numbers(text: str) -> None:
    """Raises AssertionError where `find_numbers` breaks a promise for `text`."""
    mentions = find_numbers(text)
    covered = 0
    for mention in mentions:
        assert covered <= mention.start < mention.end <= len(text), f"order: {mention}"
        assert ALWAYS_NUMERALS.isdisjoint(text[covered : mention.start]), f"uncovered before {mention}"
        _hold_for_mention(text, mention)
        covered = mention.end
    assert ALWAYS_NUMERALS.isdisjoint(text[covered:]), "uncovered at the end"
    assert find_numbers(text) == mentions, "told differently the second time"


def _hold_for_mention(text: str, mention: Mention) -> None:
    assert text[mention.start : mention.end] == mention.text, f"offsets: {mention}"
    assert (mention.reason is None) == (mention.role is Role.CLAIM), f"reason: {mention}"
    assert mention.role is not Role.CLAIM or mention.kind is not None, f"claim without kind: {mention}"
    ends = [end for end in (mention.amount.lo, mention.amount.hi) if end is not None] if mention.amount else []
    assert all(type(end) is Decimal and end.is_finite() for end in ends), f"amount: {mention}"
    assert all(a <= b for a, b in pairwise(ends)), f"range upside down: {mention}"
    assert all(mention.start <= part.start < part.end <= mention.end for part in mention.parts), f"parts: {mention}"
    mention.to_json()


def hold_for_check(notes: str, draft: str, exemplar: str = "") -> None:
    """Raises AssertionError where `check_draft` breaks a promise for these texts."""
    exemplars = (ExemplarOriginal("r1", "往年报告", "一、主要做法", exemplar),) if exemplar else ()
    result = check_draft(notes, draft, exemplars)
    told = [*result.findings, *result.passed]
    assert all(draft[one.start : one.end] == one.text and one.message and one.rule for one in told), "offsets"
    assert all(a.start <= b.start for a, b in pairwise(result.findings)), "order"
    assert all(one.band is Band.PASS for one in result.passed), "band"
    for one in told:
        for evidence in one.evidence:
            source = exemplar if evidence.source else notes
            assert source[evidence.start : evidence.end] == evidence.text, f"evidence of {one}"
    spans = [(one.start, one.end) for one in (*told, *result.skipped)]
    for mention in find_numbers(draft):
        seen = any(start < mention.end and mention.start < end for start, end in spans)
        assert seen, f"neither told nor skipped: {mention}"
    result.to_json()
