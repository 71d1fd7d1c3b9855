"""Two versions are compared by sentence; numbers change as wholes; spaces are no change; what moved is said to move."""

from __future__ import annotations

from service.language.differences import PieceKind, RowKind, differences


def pieces(before: str, after: str) -> list[tuple[str, str, bool]]:
    """What changed inside the one changed sentence."""
    changed = [row for row in differences(before, after) if row.kind is RowKind.CHANGED]
    assert len(changed) == 1
    return [(str(one.kind), one.text, one.number) for one in changed[0].pieces if one.kind is not PieceKind.SAME]


def test_a_number_changes_as_a_whole() -> None:
    assert pieces("清运垃圾120吨。", "清运垃圾102吨。") == [("removed", "120吨", True), ("added", "102吨", True)]
    found = pieces("出动近50人次。", "出动50余人次。")
    assert all(number for _, _, number in found)


def test_spaces_alone_are_no_change() -> None:
    rows = differences("一、做法\n清运垃圾 12吨。　完成。", "一、做法\n\n清运垃圾12 吨。完成。")
    assert [row.kind for row in rows] == [RowKind.SAME] * 3


def test_a_sentence_that_moved_is_neither_lost_nor_new() -> None:
    one, two, three = "组织志愿者清理卫生死角12处。", "召开居民议事会3次。", "更新公益广告20处。"
    rows = differences(one + two + three, two + three + one)
    assert [row.kind for row in rows].count(RowKind.MOVED) == 1
    assert {row.kind for row in rows} == {RowKind.SAME, RowKind.MOVED}
    assert not any(row.numbers_changed for row in rows)


def test_only_sentences_whose_numbers_changed_count_as_such() -> None:
    before = "清运垃圾12吨。召开会议3次。情况良好。"
    after = "共清运垃圾12吨。召开会议4次。情况很好。新增座椅8张。"
    changed = [row.after.text for row in differences(before, after) if row.numbers_changed and row.after]
    assert changed == ["召开会议4次。", "新增座椅8张。"]


def test_every_sentence_of_both_versions_is_shown_once() -> None:
    before, after = "甲一。乙二。丙三。\n丁四。", "乙二！丁四。\n戊五。甲一。"
    rows = differences(before, after)
    assert sorted(row.before.plain for row in rows if row.before) == sorted(["甲一。", "乙二。", "丙三。", "丁四。"])
    assert sorted(row.after.plain for row in rows if row.after) == sorted(["乙二！", "丁四。", "戊五。", "甲一。"])
