"""Notes as clerks jot them: tasks with a day to come, units before figures, dictation, profiles by year, others."""

from __future__ import annotations

import pytest

from service.domain.draft import Draft
from service.domain.genre import Genre, UnitType
from tests.drafting.composing import drafted


def section(draft: Draft, words: str) -> str:
    return "\n".join(one.text for one in draft.sections if words in one.heading)


CHAT = """10月群里（青柳街道创建办）
环卫老刘：
清运建筑垃圾4车
更正下 是5车
主任：下月5号前把4处飞线弄完，责任人老周"""


LOG = """10月群里（青柳街道创建办）
小梁 8:15 10.8号上午组织了“洁净家园”大扫除，来了62个志愿者，清出杂物4车
阿娟 8:16 楼道旧家具拉走6车
小梁 8:17 {correction}，老周那车漏了
老周 14:02 老旧小区飞线整治，一共查出31处，弄好27处，剩下4处等供电所
老周 14:05 去年同期查出56处
阿娟 15:00 哈哈今天累瘫了[捂脸]"""


@pytest.mark.parametrize("correction", ["更正下 是5车", "更正：是5车", "说错了，是5车", "应为5车"])
def test_who_corrects_a_figure_puts_right_the_own_words_and_the_rest_of_the_sentence_stays(correction: str) -> None:
    draft = drafted(LOG.format(correction=correction), period="2024年10月", unit="青柳街道")
    text = draft.text
    assert "10月8日上午，组织“洁净家园”大扫除，62名志愿者参加，清理出杂物5车" in text and "6车" in text
    assert "群里" not in text and "创建办" not in text and "累" not in text
    assert "剩余4处待供电所处理" in text and "去年同期查出56处" in text
    assert [one.reason for one in draft.unused_notes if one.text == "4车"] == [
        "数字已被后面的更正代替（以第4行的5车为准）"
    ]


def test_a_head_line_is_no_work_and_a_bare_correction_replaces_the_figure_above() -> None:
    text = drafted(CHAT, period="2024年10月").text
    assert "群里" not in text and "创建办" not in text
    assert "5车" in text and "4车" not in text


def test_a_task_with_a_day_to_come_is_a_next_step_on_a_day_of_the_calendar() -> None:
    draft = drafted(CHAT, period="2024年10月")
    assert "11月5日" in section(draft, "下一步") and "4处飞线" in section(draft, "下一步")
    assert "飞线" not in section(draft, "开展情况") and "下月" not in draft.text
    assert "完成4处飞线的处理" in draft.text
    assert not [one for one in draft.check.findings if "11月5日" in draft.text[one.start : one.end]]


def test_what_was_done_before_a_day_to_come_stays_work_done() -> None:
    draft = drafted("2月12日区里检查反馈问题8个，改了6个，剩2个月底前改\n发放倡议书300份")
    assert "改了6个" in section(draft, "开展情况")


def test_what_is_left_undone_is_a_problem() -> None:
    assert "17家" in section(drafted("清理小广告300处\n门前三包没签的还有17家"), "问题")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("户 3127　人 8044（流动人口1190）", ("3127户、8044人", "流动人口1190人")),
        ("户2986人7120，党员212", ("2986户、7120人", "党员212人")),
    ],
)
def test_figures_with_their_units_in_front_are_told_with_them_behind(line: str, said: tuple[str, ...]) -> None:
    draft = drafted(f"概况：{line}\n议事会开了14次", Genre.COMMUNITY, unit="柳湾社区", period="2024年")
    assert all(one in draft.text for one in said)
    assert all("户" not in draft.text[one.start : one.end] for one in draft.check.findings)


def test_each_household_of_three_is_no_figure_with_its_unit_in_front() -> None:
    assert "每户3人" in drafted("结对走访12户，每户3人，慰问老人30名").text


def test_thousands_typed_with_a_wide_comma_are_one_figure() -> None:
    text = drafted("宣传入户１，２６０户，投入资金12，500元").text
    assert "1260户" in text and "12500元" in text


def test_two_months_in_a_row_open_a_line_and_number_none() -> None:
    assert "7、8月" in drafted("7、8月巡查26次，劝导310人次", period="2024年三季度").text


DICTATED = (
    "今年我们镇上主要是搞了几件事头一个就是环境整治嘛拉了垃圾三百二十多车清了河道六公里多然后是志愿服务搞了四十六场活动"
    "问题呢还是有的垃圾分类没跟上有三个村没有分类亭明年打算把三个村的分类亭补上再办一次村晚"
)


def test_a_long_dictation_is_told_thing_by_thing_in_its_sections() -> None:
    draft = drafted(DICTATED, Genre.SUMMARY, unit="青禾镇", unit_type=UnitType.TOWN, period="2024年")
    assert "几件事" not in draft.text and "问题呢" not in draft.text
    assert "320余车，清理河道" in draft.text and "46场活动" in draft.text
    assert "没有分类亭" in section(draft, "不足") and "村晚" not in section(draft, "不足")
    assert "村晚" in section(draft, "下一步")


def test_an_order_not_to_write_costs_a_long_sentence_only_what_it_is_about() -> None:
    text = drafted("运动会参加人数是三百二十个人吧我们还请了两个裁判这个裁判名字别写上去然后换了十一个灯箱").text
    assert "320人" in text and "裁判名字" not in text


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("清了河道二点四公里", "2.4公里"),
        ("绿化带零点六公里修好了", "0.6公里"),
        ("清淤一公里半", "1.5公里"),
        ("每人服务四个半小时", "4.5小时"),
        ("办结率九成五", "95%"),
        ("满意率九十八点六", "98.6%"),
    ],
)
def test_spoken_decimals_are_written_in_digits(spoken: str, written: str) -> None:
    draft = drafted(f"发放倡议书300份\n{spoken}")
    assert written in draft.text and not [
        one for one in draft.check.findings if written in draft.text[one.start : one.end]
    ]


def test_days_told_without_their_month_take_that_of_the_notes() -> None:
    draft = drafted("【3月12日 语音转写】\n上周三开的调度会，到了四十六个人", period="2024年3月")
    assert "3月6日" in draft.text and "上周三" not in draft.text


YEARS = "项目\t2023\t2024\t备注\n户数\t2,960\t3,018\t\n专职工作者\t14\t16\t\n文体活动(场)\t28\t36\t\n"


def test_a_table_by_years_is_told_for_the_year_of_the_report() -> None:
    draft = drafted(YEARS, Genre.COMMUNITY, unit="柳湾社区", unit_type=UnitType.COMMUNITY, period="2024年")
    assert "3018户" in draft.text and "16人" in draft.text and "36场" in draft.text
    assert not any(old in draft.text for old in ("2960", "2,960", "28", "项目"))
    assert any("2,960" in one.text and "2023" in one.reason for one in draft.unused_notes)


def test_a_month_below_the_label_of_next_year_is_told_with_its_year() -> None:
    draft = drafted("清理小广告300处\n2025年：3月把6个院交给准物业", Genre.SUMMARY, period="2024年")
    assert "2025年3月" in draft.text


ISSUES = """问题清单
1. 校门口乱停车
原因：早晚高峰集中；没有临时泊位
整改：划了临时泊位24个
责任：安全科 王科
2. 食堂剩饭多
原因：分量大
整改：推小份菜，贴了标语36张"""


def test_a_bare_duty_names_office_and_person_of_its_issue() -> None:
    draft = drafted(ISSUES, Genre.RECTIFICATION, period="2024年三季度")
    assert "关于“校门口乱停" in draft.text and "责任单位：安全科。责任人：王科" in draft.text
    assert "早晚高峰集中；没有临时泊位" in draft.text


def test_an_issue_may_be_named_before_a_colon() -> None:
    notes = (
        "1. 农贸市场占道。城管中队，王磊，10月底前；增设摊位36个，已完成\n2. 公厕异味：环卫所负责，换气扇装了4台，已改"
    )
    text = drafted(notes, Genre.RECTIFICATION, period="2024年四季度").text
    assert "关于“公厕异味”的问题" in text and "责任单位：环卫所" in text


def test_what_a_rectification_answers_may_lie_before_its_period() -> None:
    text = drafted(
        "9月19日镇班子开会，书记挂帅，分到5名班子成员\n1. 公厕异味：环卫所负责，已改",
        Genre.RECTIFICATION,
        period="2024年四季度",
    ).text
    assert "5名班子成员" in text


def test_an_honour_of_an_earlier_year_is_told_in_a_profile() -> None:
    notes = "牌子有市级民主法治示范社区 2023年拿的\n议事会开了14次"
    text = drafted(notes, Genre.COMMUNITY, unit="柳湾社区", unit_type=UnitType.COMMUNITY, period="2024年").text
    assert "市级民主法治示范社区" in text and "2023年" in text


def test_another_unit_of_the_same_kind_is_left_out_unless_one_works_with_it() -> None:
    notes = "发放倡议书300份\n雁桥街道拆除违建2300平方米\n隔壁莲台街道志愿者980人\n与莲台街道联合夜查4次"
    draft = drafted(notes, unit="芦埠街道")
    assert "2300" not in draft.text and "980" not in draft.text and "联合夜查4次" in draft.text
    assert sum("其他单位" in one.reason for one in draft.unused_notes) == 2


@pytest.mark.parametrize("private", ["走访独居老人（74岁，中风）12户", "发放倡议书300份，保洁员阿姨乳腺手术休假"])
def test_how_ill_somebody_is_stands_in_no_report(private: str) -> None:
    text = drafted(f"{private}\n清理小广告40处").text
    assert "中风" not in text and "74岁" not in text and "手术" not in text


def test_a_bracket_with_the_figure_of_an_earlier_version_is_left_out() -> None:
    text = drafted("达标率98%（v0.2写的95%，书记嫌低）\n加装电梯3部（原报4部，最后一部没装）").text
    assert "98%" in text and "3部" in text and "95%" not in text and "4部" not in text


def test_what_leads_to_a_told_problem_is_no_unused_line() -> None:
    draft = drafted("清理小广告300处\n主任：商户那边意见大，短板主要是人手不够")
    assert "人手不" in draft.text and not [one for one in draft.unused_notes if "短板" in one.text]


def test_a_heading_names_what_it_stands_over() -> None:
    notes = "\n".join(
        (
            "清理卫生死角40处", "整治占道62处", "政务大厅延时服务120小时", "举办广场舞比赛3场", "劝导不文明行为310人次",
            "结对帮扶困难户11户", "巡查工地26次", "检查市场14家",
        )
    )  # fmt: skip
    assert "其他工作" not in drafted(notes).text


CHECKED = "✓ 服务台6个\n✓ 公益广告38块　× 其中破损3块\n× 洗手间没纸 1 处\n走访居民 × 户"


def test_what_a_check_list_crosses_is_a_problem_and_a_blank_stays_a_blank() -> None:
    draft = drafted(CHECKED, Genre.SELF_INSPECTION, unit="茗洲超市", unit_type=UnitType.COMPANY, period="2025年三季度")
    problems = section(draft, "问题")
    assert "洗手间没纸1处" in problems and "破损3块" in problems and "38块" not in problems
    assert any("走访居民" in one.ask for one in draft.missing)
    assert not any("洗手间" in one.ask for one in draft.missing)


TOLD_BY_SPEAKERS = """院办 纪岚 11-03：问题1 门诊楼前电动车乱停。保卫科牵头，11月10日前
保卫科 邱大成 11-09：划了停车框40个，劝离126辆次
院办 纪岚 11-03：问题2 控烟标识少。公卫科，责任人 宁若，11月7日前
公卫科 宁若 11-06：补了标识58张"""


def test_issues_numbered_without_a_colon_are_items_and_no_rival_figures() -> None:
    draft = drafted(TOLD_BY_SPEAKERS, Genre.RECTIFICATION, unit="枫林医院", period="2025年四季度")
    assert "关于“门诊楼前电动车乱停" in draft.text and "关于“控烟标识少”的问题" in draft.text
    assert "责任单位：公卫科。责任人：宁若。整改时限：11月7日前" in draft.text
    assert not any("核实问题" in one.ask for one in draft.missing)


def test_a_question_is_put_in_a_clerks_words() -> None:
    asks = [one.ask for one in drafted("建“少年之家”，啥时候建完还没定\n发放倡议书300份").missing]
    assert any("少年之家" in one and "何时" in one for one in asks) and not any("啥" in one for one in asks)


LEDGER = "序号\t事情\t哪天\t多少人\t花了多少\t备注\n1\t包饺子\t9.6\t35\t420元\t社工站牵头\n2\t反诈宣讲\t9.20\t118\t\t\n"


def test_columns_named_as_clerks_speak_are_those_of_a_ledger() -> None:
    text = drafted(LEDGER, Genre.SUMMARY, period="2024年9月").text
    assert "118人参加" in text and "9月20日" in text and "待补：核实" not in text and "哪天" not in text


PUT_RIGHT = """问题1 菜场门口乱停车，9.20前画线，已画60米
问题2 公厕异味，已换除臭设备2台
更正：问题1画线是80米"""


def test_a_correction_that_names_its_issue_goes_back_to_that_issue() -> None:
    text = drafted(PUT_RIGHT, Genre.RECTIFICATION, period="2024年9月").text
    assert "80米" in text.split("（二）")[0] and "60米" not in text and "80米" not in text.split("（二）")[1]


@pytest.mark.parametrize(
    ("line", "there", "gone"),
    [
        ("明年：2月把旧传达室腾出来办食堂", "2025年2月", "核实"),
        ("下月八号前再跟街道商量借空地", "11月8日", "八号"),
        ("文明餐桌检查不搞了，取消了", "清理垃圾8车", "餐桌"),
        ("王姐那个不算我们团委的，我们另外搞了3次宣讲", "3次", "王姐"),
        ("义诊进村9个村730人次，其中筛查512人", "512人", "核实"),
        ("敬老宴67桌？打错了，7桌", "7桌", "67桌"),
    ],
)
def test_what_clerks_say_in_passing_is_told_as_they_mean_it(line: str, there: str, gone: str) -> None:
    text = drafted(f"清理垃圾8车\n{line}", period="2024年10月").text
    assert there in text and gone not in text


@pytest.mark.parametrize("person", ["联系人张三 13812345678", "联系人张三 [已隐去]", "联系电话13812345678"])
def test_a_question_names_nobody_whom_the_report_must_not_name(person: str) -> None:
    text = drafted(f"{person}，清理小广告xx处\n清理小广告40处").text
    assert "【待补：清理小广告（第1行空着）】" in text


def test_a_line_that_answers_a_question_is_told_without_the_question() -> None:
    draft = drafted("清运垃圾8车\n修补路面xx米\n修补路面（第2行空着）：修补路面350米")
    assert "修补路面350米。" in draft.text
    assert "空着" not in draft.text and not [one for one in draft.missing if "空着" in one.ask]
