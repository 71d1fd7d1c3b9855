"""What a line takes back, keeps out, disputes or leaves open is understood as the writer meant it."""

from __future__ import annotations

import pytest

from service.domain.fact import NotesRead, SetAsideReason, Tense
from service.domain.period import parse_period
from service.drafting.read_notes import read_notes

PERIOD = parse_period("2024年上半年")


def read(*lines: str) -> NotesRead:
    """The notes of `lines` as understood."""
    return read_notes("\n".join(lines), PERIOD)


def said(notes: NotesRead) -> str:
    """All that the facts state."""
    return "；".join(fact.clean for fact in notes.facts)


@pytest.mark.parametrize(
    ("line", "holds", "gone"),
    [
        ("河堤绿化带补种三点六——不是，三点二公里", "三点二公里", "三点六"),
        ("旧管改造先报1840户，结算核下来是1765户", "1765户", "1840户"),
        ("植树原先说4,200棵，对了苗木单，实栽3,960棵", "3,960棵", "4,200棵"),
        ("道旗原定600面，预算砍了，现在按480面", "480面", "600面"),
        ("粮仓清运1.9万吨 → 改：核定是2.2万吨，以这个为准", "2.2万吨", "1.9万吨"),
        ("改厕今年完成二十六座，别写成三十一，三十一是连没完工的算上了", "二十六座", "三十一"),
        ("更换公益广告260块，嗯不对，260是去年的，今年上半年是318块", "318块", "260"),
        ("扶手安装二百一十米，后勤报的是一百九十六，写一百九十六米", "一百九十六米", "二百一十米"),
        ("发放倡议书1360份；更正：1630份（漏了一个社区）", "1630份", "1360份"),
        ("一共查了三十六间宿舍哦不是四十一间清出杂物三车", "四十一间", "三十六间"),
        ("6月清地窖出了18车 噢那是两个小区的 咱社区是11车", "11车", "18车"),
        ("宣传册1200册（误，应为1020册）", "1020册", "1200册"),
        ("挂横幅45条（以54条为准）", "54条", "45条"),
        ("登记15场，经查有2场重复，实为13场", "13场", "15场"),
        ("老旧小区改21个小区 → 住建口径说18个小区（3个归邻街道，以住建为准）", "18个小区", "21个小区"),
        ("接待63万人次（初报），66.3万人次（复核后，用这个）", "66.3万人次", "63万"),
        ("门口设“黑白榜”——划掉，改叫“比学榜”，公示8期", "比学榜", "黑白榜"),
        ("问题是52处 都改了 之前把一季度7处算了", "52处", "7处"),
        ("控烟牌点了数是33块，不是30块", "33块", "30块"),
    ],
)
def test_a_figure_taken_back_in_one_breath_leaves_the_one_that_holds(line: str, holds: str, gone: str) -> None:
    notes = read(line)
    assert holds in said(notes) and gone not in said(notes)
    assert any(part.reason is SetAsideReason.SUPERSEDED for part in notes.set_aside)


@pytest.mark.parametrize(
    "line",
    [
        "停车位由30个改为42个",
        "清理死角40处，去年30处，新增10处",
        "报名212户，评出180户",
        "发现问题23处，整改11处，剩余12处",
        "接到投诉52件，核实37件，办结36件",
        "计划安装路灯30盏，实装27盏，差3盏",
        "问卷500份，收回有效问卷486份",
        "加装电梯3部，最后一部只打了地基",
    ],
)
def test_a_change_or_a_row_of_figures_takes_nothing_back(line: str) -> None:
    notes = read(line)
    assert not [part for part in notes.set_aside if part.reason is SetAsideReason.SUPERSEDED]


def test_a_figure_denied_behind_the_right_one_is_the_wrong_one() -> None:
    notes = read("上午清理占道摊点17个，下午清理11个，不是9个")
    assert "11个" in said(notes)


def test_a_later_line_that_calls_a_figure_old_puts_the_new_one_in_its_place() -> None:
    notes = read(
        "后勤：车位划线168个，垃圾桶40组", "保卫：劝阻吸烟30人次", "后勤：车位刚数了是161个，表里的168是图纸数"
    )
    assert "161个" in said(notes) and "168" not in said(notes)
    assert {1, 3} <= set(next(fact for fact in notes.facts if "161个" in fact.clean).lines)


@pytest.mark.parametrize(
    ("line", "stays", "gone"),
    [
        ("邻居节百家宴摆了28桌，老童家两口子吵架，后来和好了，这段你听听就行", "28桌", "吵架"),
        ("6月里停了一天水，不写", "", "停"),
        ("走访困难户16户，闻秀兰的病历在我这，手机139-0000-8812，不往外写", "16户", "病历"),
        ("查处违停62辆次(去年下半年180不要算进来)", "62辆次", "180"),
        ("河道清淤1.8公里；老钱家鸭棚让他拆了，他还骂人，这个不写", "1.8公里", "鸭棚"),
        ("帮困：三年级小芸，家里欠债——（隐去，不上报）；全年帮扶学生19人", "19人", "欠债"),
        ("收到锦旗大概十来面，没数，别写", "", "锦旗"),
        ("培训5期，310人；去年是4期，别加一块", "310人", "4期"),
        ("有同志桂xx整理卷宗8000页，手机尾号0000-3317不要写", "8000页", "3317"),
    ],
)
def test_what_the_notes_keep_out_stays_out_and_what_stands_beside_it_stays(line: str, stays: str, gone: str) -> None:
    notes = read(line)
    assert stays in said(notes) and gone not in said(notes)


@pytest.mark.parametrize(
    "line", ["严禁乱搭乱建，拆除违建2处", "优秀班组发通报，不发奖金", "家访260户，留守儿童41户全访到，不留死角"]
)
def test_a_rule_for_people_is_no_order_to_the_writer(line: str) -> None:
    notes = read(line)
    assert all(part.detail != "笔记注明不写入" for part in notes.set_aside)
    assert notes.facts


def test_a_subject_kept_out_further_down_the_chat_goes_from_the_lines_above() -> None:
    notes = read(
        "民警 乌：入户宣传防诈640户；电动车被盗5起，破了2起", "佟：这个数能写吗？", "民警 乌：被盗的数别写，没公布"
    )
    assert "640户" in said(notes) and "5起" not in said(notes) and "2起" not in said(notes)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("在岗46人（人事科说47，含挂职的1个，写哪个再问）", ("46人", "47")),
        ("给结对村投6.5万元；工程部说投的是7.2万元", ("6.5万元", "7.2万元")),
        ("绿化覆盖率林业站给38.4%，自然资源所给36.1%，口径不同", ("38.4%", "36.1%")),
        ("危房十七户要搬，十五户签了字，还有两户不肯，民政说是十九户，两边再对一下", ("十七户", "十九户")),
    ],
)
def test_two_sources_for_one_thing_become_a_question(line: str, values: tuple[str, str]) -> None:
    conflicts = read(line).conflicts
    assert [one.values for one in conflicts] == [values]


def test_a_hedged_figure_that_nobody_settled_is_marked_and_an_approximate_one_is_not() -> None:
    notes = read("礼让评分好像96分左右，第三方报告还没给", "食堂每天就餐约60人")
    assert [fact.unsettled for fact in notes.facts] == [("96分左右",), ()]


def test_who_leads_is_asked_where_the_notes_leave_it_open() -> None:
    notes = read("秩序组由交警大队负责；宣传组——谁管还没定，电视台和文明办都推")
    assert [one.ask for one in notes.open_points] == ["宣传组由谁牵头负责（第1行尚未定）"]
    assert "电视台" not in said(notes)


def test_speakers_of_a_log_are_known_by_its_form_whatever_their_surname() -> None:
    notes = read(
        "09:02 一车队 卓：斑马线抽查640车次，没让的11车次",
        "09:05 二车队 佘：我们抽查480车次，没让的9车次",
        "09:11 机务 谌：车厢消毒210次",
    )
    assert not notes.conflicts
    assert not any("卓" in fact.clean or "机务" in fact.clean for fact in notes.facts)


def test_a_row_with_a_column_for_its_unit_reads_as_one_statement() -> None:
    notes = read_notes(
        "类别\t事项\t单位\t上半年\t三季度\t备注\n公交\t站台改造\t座\t30\t18\t另有6座在建\n公路\t补植\t株\t900\t640\t",
        parse_period("2024年三季度"),
    )
    assert [fact.clean for fact in notes.facts] == ["公交站台改造18座（另有6座在建）", "公路补植640株"]
    assert not notes.conflicts
    assert {part.text for part in notes.set_aside} >= {"30", "900"}


def test_a_remark_that_puts_its_row_right_does() -> None:
    notes = read("交警\t处罚非机动车\t1,240\t起\t更正：1,420 起（系统少导4月）", "城管\t护栏清洗\t57\t处\t")
    assert notes.facts[0].clean.startswith("交警处罚非机动车1,420起")
    assert notes.facts[1].clean == "城管护栏清洗57处"


def test_a_sheet_saved_with_commas_reads_as_rows() -> None:
    notes = read("破损道旗拆除,163,面", "破损道旗更换,88,面")
    assert [fact.clean for fact in notes.facts] == ["破损道旗拆除163面", "破损道旗更换88面"]
    assert not notes.conflicts


def test_small_talk_states_nothing_unless_something_was_counted() -> None:
    notes = read("工会：食堂师傅红烧肉做得真香", "工会：慰问环卫工人，送月饼120盒")
    assert "红烧肉" not in said(notes) and "120盒" in said(notes)


def test_what_is_measured_by_an_aim_is_done() -> None:
    notes = read("清理小广告120处，年底目标200处")
    assert [fact.tense for fact in notes.facts] == [Tense.DONE]
    assert [fact.tense for fact in read("年底目标清理小广告200处").facts] == [Tense.PLANNED]


def test_an_arrow_with_a_name_puts_a_figure_right() -> None:
    notes = read("“一窗通办”11项 →小魏注：业务股更正，是13项")
    assert "13项" in said(notes) and "11项" not in said(notes)
