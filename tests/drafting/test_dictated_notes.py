"""Notes as an old hand dictates them: blanks for marks, a topic first and a figure after it, no list of problems."""

from __future__ import annotations

import pytest

from service.checking.check import check_draft
from service.domain.finding import Verdict
from service.domain.genre import Genre, UnitType
from service.drafting.facts.spoken_view import as_spoken
from service.language.clean_view import view_of
from tests.drafting.composing import drafted

_TOWN = """嗯就是三季度县里那个督查通报啊七月十六号发下来的 给咱们镇列了九个问题
七月二十号开的会 班子成员加站所长十七个人 定的一人包一条街
卫生死角 通报说是六处 我们自己又找出来十一处 一共都清了
粮站路的路面 坑洼的地方补了四百八 平方米啊 花了三万三千六
路灯 通报点了七盏不亮 实际一查十二盏 都换了
果皮箱 破的换了三十六个 新增二十四个 就是说一共六十个
宣传栏 计划做八块 现在做好了五块
占道的 七月劝离一百二十起 八月八十四起
保洁员 原来二十二个 八月份加了五个
群众投诉 二季度二十七件 三季度十六件
邻镇柳河镇呢通报的问题是十四个 咱们不算最多的
长效的就是 每周三班子带队查 已经查了九回 街长制 二十六条街每条有人管"""


def test_a_topic_said_first_goes_to_its_figure_as_a_report_has_it() -> None:
    draft = drafted(_TOWN, Genre.RECTIFICATION, unit="青岩镇人民政府", unit_type=UnitType.TOWN, period="2024年第三季度")

    for sentence in (
        "县里督查通报7月16日下发，为我镇列了九个问题",
        "召开会议，班子成员及站所长17人参加",
        "通报指出卫生死角6处，本单位又排查出11处，已全部清理",
        "修补粮站路的路面坑洼处480平方米",
        "通报指出路灯7盏不亮，实际排查12盏，均已更换",
        "更换破损的果皮箱36个，新增24个，共60个",
        "制作宣传栏5块",
        "计划制作宣传栏8块",
        "7月劝离占道120起，8月84起",
        "保洁员原来22个，8月增加5个",
        "群众投诉二季度27件，三季度16件",
        "每周三班子带队查，已经检查9回",
    ):
        assert sentence in draft.text, sentence
    for spoken in ("嗯", "呢", "啊", "就是说", "14个", "长效的就是"):
        assert spoken not in draft.text, spoken
    assert not draft.check.findings or {one.verdict for one in draft.check.findings} == {Verdict.PLACEHOLDER}


def test_a_rectification_without_a_list_is_told_by_topic_and_asks_once() -> None:
    draft = drafted(_TOWN, Genre.RECTIFICATION, unit="青岩镇人民政府", unit_type=UnitType.TOWN, period="2024年第三季度")
    by_heading = {section.heading.split("、")[-1]: section.text for section in draft.sections}

    assert "督查通报" in by_heading["整改工作组织情况"] and "召开会议" in by_heading["整改工作组织情况"]
    assert "路灯" in by_heading["问题整改情况"] and "果皮箱" in by_heading["问题整改情况"]
    assert "群众投诉" in by_heading["整改成效"]
    assert "每周三" in by_heading["建立长效机制"] and "路灯" not in by_heading["建立长效机制"]
    assert [one.ask for one in draft.missing] == ["各项问题的原因、责任单位、责任人、整改时限和佐证材料"]


def test_rows_whose_cells_are_parted_by_bars_are_rows() -> None:
    notes = (
        "编号 | 小区 | 问题 | 点位 | 已改 | 备注\n1 | 粮库院 | 楼道灯不亮 | 19 | 19 | 换灯19盏\n"
        "2 | 紫荆小区 | 墙皮脱落 | 8 | 5 | 余3处等天晴\n3 | 明月苑 | 道路破损 | 6 | 6 | 沥青900平方米\n"
        "4 | 明月苑 | 私装地锁 | 32 | 32 |\n人员：抽调12人，分3组\n投诉：6月64件，9月31件\n每周五巡查一次"
    )
    draft = drafted(notes, Genre.RECTIFICATION, period="2024年第三季度")

    assert "墙皮脱落，点位8，已改5" in draft.text and "|" not in draft.text
    assert [one.ask for one in draft.missing] == ["各项问题的原因、责任单位、责任人、整改时限和佐证材料"]


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        (
            "今年的事，第一个是河堤文化墙，画了260米，花了五万二\n第二个，充电桩装了4处，共64个口",
            "绘制河堤文化墙260米，投入5.2万元",
        ),
        ("环境日，每周六，到9月底搞了36次，来的人880人次", "880人次参加"),
        ("河堤五月十一完工，八月十几号验收", "5月11日，河堤完工"),
        ("家长课堂2场，每场预计200人；演讲赛1场，每班报1名", "家长课堂2场"),
        ("暑假班办了2期，义诊4次，320人；反诈讲课6回", "反诈授课6回"),
    ],
)
def test_what_is_counted_aloud_is_told_without_the_counting(notes: str, told: str) -> None:
    assert told in drafted(notes, Genre.SUMMARY).text


@pytest.mark.parametrize(
    ("notes", "draft"),
    [
        (
            "沟渠堵点 通报说是六处\n果皮箱 新增二十四个 就是说一共六十个",
            "通报指出沟渠堵点6处，新增果皮箱24个，共60个。",
        ),
        ("每周三班子带队查 已经查了九回", "每周三班子带队查，已经检查9回。"),
        ("七月劝离一百二十起 八月八十四起", "7月劝离120起，8月84起。"),
    ],
)
def test_the_checker_takes_no_two_things_for_a_contradiction(notes: str, draft: str) -> None:
    assert check_draft(notes, draft).findings == ()


_IN_ONE_BREATH = """嗯我想想今年咱们文明校园的事你记一下啊
三月雷锋月的时候六个年级都搞了活动一共去了一千一百多个学生捡垃圾捡了四十来袋
校门口那条路画了接送区还装了减速带两条花了一万三千块钱
护学岗报名的三百二十个实际上岗的二百九十八个每天早上站到八点
灭火器一百二十具过期的九具换了指示灯坏了三个也换了
打分我们自己五十九项合格六项不合格
后院新划一百三十个车位楼道换声控灯二百六十盏
院墙后面那个旧水沟填了变成一个小药圃种了三十二种药
加了志愿导诊员从八个加到十五个家访那个我们走了二百零几户
投诉三季度十四件去年三季度是三十一件都回复了办结十三件"""


@pytest.mark.parametrize(
    ("line", "parted"),
    [
        (0, "今年咱们文明校园的事"),
        (1, "三月雷锋月的时候六个年级都搞了活动，一共去了一千一百多个学生，捡垃圾捡了四十来袋"),
        (2, "校门口那条路画了接送区，还装了减速带两条，花了一万三千块钱"),
        (3, "护学岗报名的三百二十个，实际上岗的二百九十八个，每天早上站到八点"),
        (4, "灭火器一百二十具，过期的九具换了，指示灯坏了三个，也换了"),
        (5, "打分我们自己五十九项合格，六项不合格"),
        (6, "后院新划一百三十个车位，楼道换声控灯二百六十盏"),
        (7, "院墙后面那个旧水沟填了变成一个小药圃，种了三十二种药"),
        (8, "加了志愿导诊员从八个加到十五个，家访，我们走了二百零几户"),
        (9, "投诉三季度十四件，去年三季度是三十一件都回复了，办结十三件"),
    ],
)
def test_what_is_told_in_one_breath_is_parted_where_the_next_thing_begins(line: int, parted: str) -> None:
    views = as_spoken([view_of(one) for one in _IN_ONE_BREATH.split("\n")])
    assert views[line].text.strip("，") == parted


def test_notes_with_marks_are_left_as_they_are() -> None:
    notes = "开展“学雷锋”志愿服务活动推进会三次，发放宣传资料。\n组织各社区开展环境卫生整治行动二十次，清运垃圾。"
    views = [view_of(one) for one in notes.split("\n")]
    assert as_spoken(views) == views
