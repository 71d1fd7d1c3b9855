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
        ("图书漂流册数回头发你", "图书漂流册数"),
        ("（心理门诊接诊人次 医务科周五给）", "心理门诊接诊人次"),
        ("旧衣回收多少斤，后勤说月底才有数", "旧衣回收多少斤"),
        ("组织无偿献血，结果等血站通报", "献血"),
        ("夜市垃圾清运量：各摊区正在统计", "夜市垃圾清运量"),
        ("常住人口 6,800→待派出所给数", "常住人口"),
        ("劝导不文明行为1,900多次，数字要再跟交警对一下", "不文明行为"),
        ("服务时长：XX小时", "服务时长"),
        ("拆除旧店招 ？ 块", "旧店招"),
        ("外借图书 —— 册（等系统恢复再导）", "外借图书"),
        ("新增健身器材（　）件，涉及4个小区", "健身器材"),
        ("后勤保障：？", "后勤保障"),
        ("诚信商户评了20户，授牌日期？——（等局长定）", "授牌日期"),
        ("总指挥 副市长 …谁? 组织部还在定", "总指挥"),
        ("入户宣传这块归哪个科室还在扯", "入户宣传"),
        ("分工表附后（附件没传上来）", "分工表"),
    ],
)
def test_what_nobody_knows_is_asked_in_the_words_of_the_notes(line: str, named: str) -> None:
    read = read_notes(f"清理楼道垃圾12车\n{line}\n", _PERIOD)
    assert any(named in point.ask for point in read.open_points), read.open_points


@pytest.mark.parametrize(
    "line",
    [
        "照片发群里了",
        "路面修复等雨停",
        "给困难户的米面明天送",
        "盲文读物新购 410 册/件",
        "办了多少场？12场",
        "正在统计局门口设摊3个",
    ],
)
def test_what_is_no_word_of_a_report_or_tells_of_work_is_not_asked(line: str) -> None:
    assert read_notes(f"清理楼道垃圾12车\n{line}\n", _PERIOD).open_points == ()


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (["志愿者注册人数：团委报的是1,260人", "志愿服务平台上显示注册1,306人"], "注册"),
        (["文明实践站建成14个。", "（宣传科说是12个，两个还没挂牌）"], "文明实践站"),
        (["经费投入36.8万元", "财务上个月给的表是38.6万，是不是写反了"], "经费"),
        (["观众3200人次", "演出组那张单子写观众2300人次，哪个对？"], "观众"),
        (["小区楼栋数：物业说46栋，社区底册48栋"], "楼栋"),
        (["结对儿童80名，“邻家姐姐”76人", "妇联：邻家姐姐我这边登记的是 67 个，你们那个 76 是不是反了"], "邻家姐姐"),
        (["免疫率有两个口径，农业站97.3%，宠物医院95.1%，待核"], "免疫率"),
        (["平均等候缩短十一分钟是信息科说的信息科后来又说是九分钟"], "等候"),
        (["达标率：第三方说92%，我们自己打96%"], "达标率"),
        (["（2）老旧小区：改造开工18个，完工11个", "批注：老旧小区完工11个？住建局周报是10个，请核实"], "老旧小区"),
        (["围挡公益广告占比有的说百分之三十五有的说四十你让质安站再算"], "占比"),
        (["助餐点日均85份左右", "助餐点那边自己说日均是110份，你们看用哪个"], "助餐点"),
    ],
)
def test_a_second_figure_from_another_source_is_asked_about(lines: list[str], named: str) -> None:
    read = read_notes("清理楼道垃圾12车\n" + "\n".join(lines), _PERIOD)
    assert any(named in one.about for one in read.conflicts), read.conflicts


@pytest.mark.parametrize(
    "lines",
    [
        ["志愿者登记238人，有服务记录的176人"],
        ["卫生死角214处", "打错了，卫生死角是241处"],
        ["农贸市场14家，快检室建齐的11家"],
        ["预算四十六万元，其中扶手十八万、标识九万、系统七万"],
        ["红事30家、白事45家，按章程办的共70家"],
        ["清理小广告860处", "城管说今年计划清理小广告900处"],
    ],
)
def test_a_part_a_correction_and_a_target_are_no_second_figure(lines: list[str]) -> None:
    assert read_notes("清理楼道垃圾12车\n" + "\n".join(lines), _PERIOD).conflicts == ()


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (["还有那个漂流书柜啊一共收了多少本书来着我记不清了回头问图书室"], "漂流书柜"),
        (["敬老食堂每天多少人吃饭我没数你问承包的那个小伙"], "敬老食堂"),
        (["护理部 林：温馨病房创建了6个", "院办 高：林姐，陪护满意度多少？", "护理部 林：等质控科"], "陪护满意度"),
        (["小丁：消夏晚会8月底办的", "老樊：来了多少人？", "小丁：没数，坐满了"], "消夏晚会"),
        (["办公室：诚信商户的数谁有", "市场所：问协会"], "诚信商户"),
        (["宣传 高：文明家庭评了没有？", "妇联 卓：评了，名单还没公示完"], "文明家庭"),
        (["普法讲座 9 场，参加人数缺 3 场的"], "普法讲座"),
        (["文明餐厅评选：10家入围，结果未公布"], "文明餐厅评选"),
        (["网上投票参与 1.2 万人，是人还是人次要确认"], "网上投票"),
        (["残疾人托养中心 11月投用？"], "托养中心"),
        (["排查隐患128处：东片52处，西片41处，北片30处。"], "隐患“128处”（第2行各项之和为123处"),
        (["志愿者共310人，分别为党员96人、团员120人、群众84人"], "志愿者"),
        (["三季度：", "四季度：组织敬老活动4次"], "三季度"),
        (["宣传部：", "城管局：清理小广告860处"], "宣传部"),
        (["团委：无反馈"], "团委"),
        (["红白理事会今年管了几场事会长记着本子呢我没看过"], "红白理事会"),
        (["喷淋装了三十九个还有四个没装哪四个小鲍知道"], "喷淋"),
        (["问：有没有违纪违法？ 站长：……下一个"], "违纪"),
        (["党员人数：支部改选，名单没定"], "党员人数"),
        (["背街小巷55条完工41条，剩下的没报工期"], "背街小巷"),
        (["反诈宣传 62 场 覆盖 1.7万人（这数虚，别太当真）"], "反诈宣传"),
        (["直播带货助老 搞过 具体战果问小程"], "直播带货"),
        (["读者满意度问卷发了 500 回收多少还在点"], "满意度问卷"),
        (["领导小组名单另附"], "领导小组名单"),
        (["水渠漂浮物。水利站打捞6次，（后续谁管两家没谈妥）"], "水渠漂浮物"),
        (["荣誉：县消费者满意单位（哪年的要看牌子）"], "荣誉"),
        (["达标情况还行", "自评得分"], "自评得分"),
        (["佐证：保洁记录有，照片回头补"], "佐证"),
        (["饮用水合格率 水务站说年检报告12月才出"], "饮用水合格率"),
        (["诚信建设（没人交材料）", "组织活动22次"], "诚信建设"),
    ],
)
def test_what_a_line_leaves_open_as_a_whole_is_asked_once(lines: list[str], named: str) -> None:
    read = read_notes("4月清理楼道垃圾12车\n" + "\n".join(lines), _PERIOD)
    assert sum(named in point.ask for point in read.open_points) == 1, read.open_points


@pytest.mark.parametrize(
    "lines",
    [
        ["问题：导向牌字迹模糊了"],
        ["旧锅炉房改球场，等街道批"],
        ["老樊：来了多少人？", "小丁：86人"],
        ["群里：几点下班？", "老樊：等会儿"],
        ["排查隐患123处：东片52处，西片41处，北片30处。"],
        ["志愿者310人，其中党员96人、女同志120人"],
        ["一、组织领导", "（一）动员部署", "召开会议3次"],
        ["这个数别往外写，没核过"],
    ],
)
def test_work_that_waits_and_questions_that_were_answered_leave_nothing_open(lines: list[str]) -> None:
    assert read_notes("4月清理楼道垃圾12车\n" + "\n".join(lines), _PERIOD).open_points == ()


def test_a_question_does_not_repeat_what_nobody_is_sure_of() -> None:
    read = read_notes("4月清理楼道垃圾12车\n群众满意度好像是九十二点几，我没看到正式的，先别写数\n", _PERIOD)
    asked = [point.ask for point in read.open_points]
    assert any("群众满意度" in ask for ask in asked) and not any("九十二" in ask for ask in asked)


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


def test_a_rounded_figure_is_written_as_one_and_not_asked_about() -> None:
    draft = drafted("清运垃圾23车，大概46吨\n更换垃圾桶18个\n", Genre.PROGRESS)
    assert "约46吨" in draft.text and not any("46吨" in one.ask for one in draft.missing)


def test_a_doubted_figure_is_a_question_that_holds_it() -> None:
    draft = drafted("清运垃圾23车，大概46吨吧\n好像换了18个垃圾桶\n", Genre.PROGRESS)
    asked = [one.ask for one in draft.missing]
    assert any("约46吨" in ask for ask in asked) and any("18个" in ask for ask in asked)
    assert "（待核实）" not in draft.text


def test_a_question_mark_behind_an_empty_place_doubts_no_figure_before_it() -> None:
    told = drafted("诚信商户评了20户，授牌日期？——（等局长定）\n红榜发布2期\n", Genre.PROGRESS)
    assert "诚信商户评选20户" in told.text and "授牌日期" in " ".join(one.ask for one in told.missing)


def test_a_conflict_of_money_is_asked_about_once() -> None:
    told = drafted("市场卫生间改好了，造价 18 万\n财务：市场卫生间结算是 21.5 万，请核一下\n", Genre.PROGRESS)
    assert sum("造价" in one.ask for one in told.missing) == 1 and told.text.count("21.5万") == 1
