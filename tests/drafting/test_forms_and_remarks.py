"""Forms with their questions answered, remarks on the notes, and what is told of one person."""

from __future__ import annotations

import pytest

from service.domain.genre import Genre, UnitType
from service.domain.period import parse_period
from service.drafting.other_units import without_other_units
from service.drafting.read_notes import read_notes
from tests.drafting.composing import drafted

_FORM = """转发：区文明办3月6日校园周边督查，问题回复单
二、问题1 校门口摆摊占道。原因？答：放学时段无人值守
做了什么？答：划定摊位区1块，共90平米；护学岗由4人增到7人
责任人？答：安全主任 覃立  时限？答：3月20日  完成了吗？答：完成，3月18日
佐证？答：照片6张
三、问题2 男厕隔间门坏。答：隔间门修好2扇
七、有没有举一反三？答：全校又查了一遍，自己找到14个问题，改完11个"""


def test_a_form_is_read_by_its_questions() -> None:
    text = drafted(_FORM, Genre.RECTIFICATION, unit="芸溪小学", unit_type=UnitType.SCHOOL, period="2025年3月").text

    for told in (
        "放学时段无人值守",
        "责任人：安全主任覃立",
        "整改时限：3月20日",
        "照片6张",
        "隔间门修好2扇",
        "14个问题",
    ):
        assert told in text, told
    assert "答：" not in text and "做了什么" not in text and "举一反三？" not in text


@pytest.mark.parametrize(
    ("notes", "told", "silent"),
    [
        ("公厕改了9座，不是年初报的12座，3座停了", "9座", "12座"),
        ("漏损率从14.6%降到10.9%\n备注1：第8题漏损率10.9是快报数，年报核出来是9.8，改用9.8", "9.8%", "10.9"),
        ("“清河志愿队”54人\n备注2：第7题54人里有12人退了，在册42人，用在册", "42人", "54人"),
        ("宣传单清了58处\n打错了 宣传单是85处，刚才两个数字敲反了", "85处", "两个"),
        ("下步：坡道10月20日完工；热线系统升级 11 月 15 日供暖前上线（招标还没走完）", "11月15日", "，15日"),
        ("锅炉房改成“茶客厅”320 ㎡，7月18日启用", "320平方米", "㎡"),
        ("走访慰问74户\n独居那个2栋402的杨奶奶血压190，天天要去看，写进去感人", "74户", "血压"),
        ("患者送锦旗56面，有个病号姓娄的住十二床，写了八页感谢信，名字病情都不能写", "56面", "娄"),
        ("来了1500人，针灸科老樊扎针把一个小伙扎得直叫唤，这段不用", "1500人", "小伙"),
        ("捡到失物还了87件，电话一三九零零零零四四五六", "87件", "一三九"),
        ("更换井盖47套\n老戚：我那井盖天天半夜唱歌，比我闺女弹琴都准", "47套", "闺女"),
        ("检查餐饮店428家\n食堂今天有肘子，交得早的先吃（逗你们的）", "428家", "肘子"),
        ("检查餐饮店428家\n9月报的391家是上月的，这次一个字都别带", "428家", "一个字"),
        ("检查餐饮店428家\n请按上面写成汇报，附件要求照抄“达标率百分之百”，不照抄", "428家", "照抄"),
    ],
)
def test_what_is_meant_is_told_and_the_rest_is_not(notes: str, told: str, silent: str) -> None:
    text = drafted(f"发放倡议书300份\n{notes}").text
    assert told in text and silent not in text


@pytest.mark.parametrize(
    ("notes", "values"),
    [
        ("注册志愿者2764人\n工会：年报上注册志愿者写的是2674，谁对？", ("2764人", "2674")),
        ("“爱心妈妈”76人\n妇联：爱心妈妈这边登记的是67个，你们那个76是不是反了", ("76人", "67个")),
        ("老旧小区完工11个\n审核批注（副主任）：老旧小区完工11个？周报是10个，请核实后定稿", ("11个", "10个")),
    ],
)
def test_a_figure_that_somebody_questions_is_asked_about(notes: str, values: tuple[str, str]) -> None:
    draft = drafted(f"发放倡议书300份\n{notes}")
    assert any(all(value in one.ask for value in values) for one in draft.missing), draft.missing
    assert "审核批注" not in draft.text and "谁对" not in draft.text.split("【")[0]


@pytest.mark.parametrize(
    ("line", "silent"),
    [
        ("小区门口那家麻辣烫老板骂人，写材料绕开他", "麻辣烫"),
        ("陪访截访出动了3次，这条掐掉", "截访"),
        ("有个保安打人赔了8000元，内部消化了，对外不讲", "打人"),
        ("清退保安4名，这数领导不让往外拿", "清退"),
        ("低保户32户已走访，名单不随文", "名单"),
        ("停电两天居民骂街，就不提了吧", "骂街"),
        ("横幅报20条，会计说开票18条，以票为准", "20条"),
        ("劝导213人次→231人次（录入笔误）", "213"),
        ("门前三包签约340户，喔看串行了，304户", "340"),
        ("植树1200棵，苗圃开的单子是1020棵，按单子", "1200"),
        ("低保户老赵家住幸福里3-2-501，腿脚不便", "老赵"),
        ("孟某因嫖娼被拘，所在楼栋取消评优", "嫖娼"),
        ("书记说谁先交材料奖励一根冰棍", "冰棍"),
        ("把满意度调到99%", "99%"),
        ("多突出书记亲自部署", "亲自部署"),
        ("把没完成的说成基本完成", "基本完成"),
        ("字数凑够三千字", "三千字"),
        ("供电所那边装了12个充电桩，不归咱报", "12个"),
        ("区里统一发的5000份手册，算区里的", "5000"),
        ("对门社区评上了省级示范", "省级示范"),
        ("城管打了摊主一巴掌，这茬别往材料里搁", "巴掌"),
        ("楼上漏水两家掐架报了警，属家务事，略过", "掐架"),
        ("以下几行是给科长看的，别汇编进去：人手紧缺缺3人", "3人"),
        ("收缴麻将机5台，涉及村干部亲戚，名单另报", "亲戚"),
        ("印宣传册2000本，实收1850本，差的150本退款了，写实收", "2000"),
        ("更新公益广告120处，其中30处是上一年换的，今年只算90处", "120处"),
        ("活动3场（注：误，当为5场）", "3场"),
        ("周报说清淤4公里，科里复测3.6公里，用复测的", "4公里"),
        ("停车场明年1月才动工，方案上写的“已投用”是笔误", "已投用"),
        ("慰问对象：孤寡老人阮阿婆，糖尿病", "糖尿病"),
        ("驾驶员魏大勇血压高停驾半天", "魏大勇"),
        ("微信号 lanlan_2020，加她要照片", "lanlan"),
        ("保洁员杜嫂离婚三年一个人带娃，工作认真", "离婚"),
        ("这表谁设计的，眼睛都看花了", "看花"),
        ("天太热，冰棍管够", "冰棍"),
        ("领导意思是满意度写97以上", "97"),
    ],
)
def test_what_is_kept_in_taken_back_or_said_for_looks_is_no_fact(line: str, silent: str) -> None:
    read = read_notes(f"发放倡议书300份\n{line}\n清理卫生死角27处", parse_period("2025年"))
    read = without_other_units(read, "云溪街道办事处")
    assert all(silent not in fact.clean for fact in read.facts)
    assert [fact.clean for fact in read.facts if fact.lines in ((1,), (3,))] == ["发放倡议书300份", "清理卫生死角27处"]
