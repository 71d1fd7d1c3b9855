"""What notes say nobody knows is asked about in their own words, and what they keep out stays out of the draft."""

from __future__ import annotations

import pytest

from service.domain.genre import Genre
from service.domain.period import parse_period
from service.drafting.read_notes import read_notes
from tests.drafting.composing import drafted

_PERIOD = parse_period("2025年第三季度")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("救助站满意度：上半年95.2分，三季度还没出", "救助站满意度"),
        ("建“候鸟小屋”12处，团委配合；啥时候建完没说", "候鸟小屋"),
        ("“夜话长廊”活动4场，听的人没点数", "夜话长廊"),
        ("分步走：动员7月；整治8月；回头看阶段没排时间", "回头看阶段"),
        ("那块地的补偿款 ____ 万元，财务回去算", "补偿款"),
        ("网格员15名、楼长40名、驻区商户 ___ 家（名单在抽屉里）", "驻区商户"),
        ("节水这块，今年省了多少？会计没来，缺数。", "今年省了多少"),
        ("报送对象：区文明办？区直工委？定不下来，等问", "报送对象"),
    ],
)
def test_what_nobody_knows_is_asked_in_the_words_of_the_notes(line: str, named: str) -> None:
    read = read_notes(f"清理楼道垃圾12车\n{line}\n", _PERIOD)
    assert any(named in point.ask for point in read.open_points), read.open_points


def test_a_blank_that_no_word_names_is_no_question() -> None:
    read = read_notes('清理楼道垃圾12车\n<img src=x onerror="y">参加人数46人\n', _PERIOD)
    assert read.open_points == ()


def test_a_line_that_puts_another_right_is_used() -> None:
    draft = drafted("清理楼道杂物56处\n楼道刚补报，楼道杂物应该是65处\n", Genre.PROGRESS, period="2025年第三季度")
    assert "65处" in draft.text and "56处" not in draft.text
    assert [note.line for note in draft.unused_notes] == [1]


def test_work_that_is_not_done_is_no_gap_of_the_notes() -> None:
    read = read_notes("死苗470棵没补，后面没再查过\n还有4个楼院没人愿接\n", _PERIOD)
    assert read.open_points == ()


@pytest.mark.parametrize(
    "line",
    [
        "清凉亭街道那边抓了两个贴小广告的，不是我们",
        "区二院被表扬，3分钟响应，那是人家的，别抄",
        "9月2日桥头三车追尾一死两伤，莫写",
        "“环卫阿坤”撤回了一条消息",
        "=SUM(B2:B9)",
    ],
)
def test_what_is_of_others_or_kept_out_is_unused_with_its_reason(line: str) -> None:
    draft = drafted(f"清理楼道垃圾12车\n劝导不文明行为36起\n{line}\n", Genre.PROGRESS, period="2025年第三季度")
    assert not any(words in draft.text for words in ("抓", "表扬", "追尾", "撤回", "SUM"))
    assert any(note.line == 3 and note.reason for note in draft.unused_notes)


@pytest.mark.parametrize(
    ("later", "holds"),
    [
        ("刚核了，小广告是302处", "小广告302处"),
        ("前面说的320不对，应该302", "小广告302处"),
        ("小广告320是累计数，本月只有118处", "小广告118处"),
        ("王姐说垃圾桶是44个，之前46是计划数", "垃圾桶44个"),
        ("刚才那个46个写错了，是64个", "垃圾桶64个"),
        ("义诊实际到场97人", "义诊来了97人"),
        ("义诊人数报多了，实到98人", "义诊来了98人"),
        ("培训58人次不准，教育科给的是62", "网格员62人次"),
    ],
)
def test_a_later_line_puts_an_earlier_figure_right_by_its_thing_or_its_value(later: str, holds: str) -> None:
    notes = f"清理小广告320处\n义诊来了120人，发药品30盒\n换垃圾桶46个\n培训网格员58人次\n{later}\n"
    read = read_notes(notes, _PERIOD)
    assert any(holds in fact.clean for fact in read.facts), [fact.clean for fact in read.facts]
    assert not any(later[:6] in fact.clean for fact in read.facts)


@pytest.mark.parametrize(
    ("line", "holds", "never"),
    [
        ("停车位9470个含上年结转的，今年新增是8240个，用8240", "8240个", "9470"),
        ("全街道公用自行车280辆，不对，有12辆退役了，268辆", "268辆", "12辆"),
        ("共享单车280，不对，有12台退役了，268", "268", "280"),
    ],
)
def test_a_line_that_settles_on_a_figure_leaves_the_others_out(line: str, holds: str, never: str) -> None:
    read = read_notes(f"清运垃圾23车\n{line}\n", _PERIOD)
    told = "".join(fact.clean for fact in read.facts)
    assert holds in told and never not in told
    assert any(never in part.text and part.reason.chinese for part in read.set_aside)


def test_a_figure_compared_with_an_earlier_one_corrects_nothing() -> None:
    read = read_notes("清理小广告320处\n小广告比之前的320处少了18处\n", _PERIOD)
    assert any("320处" in fact.clean for fact in read.facts[:1])


def test_a_doubted_figure_is_a_question_that_holds_it() -> None:
    draft = drafted("清运垃圾23车，大概46吨\n好像换了18个垃圾桶\n", Genre.PROGRESS)
    asked = [one.ask for one in draft.missing]
    assert any("约46吨" in ask for ask in asked) and any("18个" in ask for ask in asked)
    assert "（待核实）" not in draft.text
