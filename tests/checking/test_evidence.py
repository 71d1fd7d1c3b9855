"""What is told in other words than the notes' is neither accused nor let through by chance."""

from __future__ import annotations

import pytest

from service.domain.finding import Band, Verdict
from tests.checking.judged import finding_of

TABLE = "村\t清垃圾(吨)\t拆棚(处)\n前营\t46\t13\n后营\t38\t9\n柳沟\t51\t20\n合计没算"


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        ("新购图书5200册，捐赠得书830册", "新增馆藏6030册。", "6030册"),
        ("第一场家长到了213人\n第二场家长187人", "两场共有400人次家长参加。", "400人次"),
        ("组长1名，副组长3名，成员15名", "小组由19人组成。", "19人"),
        ("29日至3日活动\n4月29日至5月3日开展巡逻，查车320辆", "5天里查车320辆。", "5天"),
        ("综合组5人、宣传组4人、整治组8人", "成立综合、宣传、整治三个工作组。", "三个"),
        ("1号网格35个单元，2号网格28个单元，3号网格41个单元", "清理三个网格的楼道。", "三个"),
        (TABLE, "三村共清理垃圾135吨。", "135吨"),
        (TABLE, "后营拆棚9处。", "9处"),
        ("河西镇10326家企业有进出口业绩", "有业绩的企业达1.03万家。", "1.03万家"),
        ("居行业第二", "排名行业第二位。", "第二位"),
        ("老人占户籍人口的24.8%", "老人占户籍人口的四分之一。", "四分之一"),
        ("本报8月25日讯 昨天召开发布会", "8月24日召开发布会。", "8月24日"),
        ("全市处理消费投诉18642件，挽回损失2387万元", "去年全市挽回损失2387万元。", "2387万元"),
        ("垃圾桶加配420个\n站长：垃圾桶先按380个报", "计划加配垃圾桶380个。", "380个"),
        ("职工528人，党员187人\n无偿献血61人", "61名职工参加无偿献血。", "61名"),
    ],
)
def test_what_the_notes_say_in_their_own_way_passes(notes: str, draft: str, figure: str) -> None:
    found = finding_of(notes, draft, figure)
    assert found.band is Band.PASS, found.message


@pytest.mark.parametrize(
    ("notes", "draft", "figure", "verdict"),
    [
        ("建议充值金额不超过1000元", "建议充值金额不超过2000元。", "不超过2000元", Verdict.CONTRADICTED),
        ("35岁以下青年报名", "112岁以下青年报名。", "112岁以下", Verdict.CONTRADICTED),
        ("满意度不低于90%", "满意度不低于95%。", "不低于95%", Verdict.CONTRADICTED),
        ("12岁以下儿童免票", "12岁以上儿童免票。", "12岁以上", Verdict.CONTRADICTED),
        ("浓度同比下降9.4%", "浓度同比上升9.4%。", "9.4%", Verdict.CONTRADICTED),
        ("独居老人62位，结对帮扶58位", "结对帮扶独居老人62位。", "62位", Verdict.ENTITY_SWAP),
        ("线路改造12.5公里，完成11.2公里", "改造线路12.5公里。", "12.5公里", Verdict.ENTITY_SWAP),
        ("满意度全省第5名（2022年第11名）", "满意度居全省第11名。", "第11名", Verdict.PERIOD_SWAP),
        ("上半年送戏62场，下半年计划70场", "全年送戏132场。", "132场", Verdict.DERIVED_UNSAFE),
        ("经费：宣传18万元，奖励24万元，培训6万元", "经费预算合计42万元。", "42万元", Verdict.DERIVED_UNSAFE),
        (
            "主犯贾某被判十三年，并处罚金80万元；副手冯某被判十年，并处罚金50万元",
            "主犯贾某被判十三年，并处罚金50万元。",
            "50万元",
            Verdict.ENTITY_SWAP,
        ),
        ("8月进度\n7月份投诉件76件，8月份投诉件58件", "本月投诉件降至76件。", "76件", Verdict.PERIOD_SWAP),
        (TABLE, "柳沟清理垃圾46吨。", "46吨", Verdict.ENTITY_SWAP),
        ("3.1万户恢复供电", "仍有3.1万户尚未恢复供电。", "3.1万户", Verdict.CONTRADICTED),
        ("影响本地的台风2个，较常年偏少1个", "影响本地的台风常年为1个。", "1个", Verdict.CONTRADICTED),
        ("气温可能偏高0.5到1℃", "气温偏低0.5到1℃。", "0.5到1℃", Verdict.CONTRADICTED),
        ("停车位35个（原15）", "停车位达到35个，增加15个。", "15个", Verdict.PERIOD_SWAP),
        ("新买书320册，原来有1500册", "新购图书1820册。", "1820册", Verdict.DERIVED_UNSAFE),
        ("抽检蔬菜210批次，不合格1批次", "抽检合格率100%。", "100%", Verdict.DERIVED_WRONG),
        ("分类准确率83.5%", "入户率超过八成。", "超过八成", Verdict.NO_SOURCE),
        ("人工智能企业现有936家，规划到2027年突破2000亿元", "当地计划到2030年全面达标。", "2030年", Verdict.NO_SOURCE),
    ],
)
def test_what_is_moved_turned_or_taken_from_beside_does_not_pass(
    notes: str, draft: str, figure: str, verdict: Verdict
) -> None:
    assert finding_of(notes, draft, figure).verdict is verdict


@pytest.mark.parametrize("figure", ["125吨", "136吨"])
def test_a_total_that_no_column_makes_is_not_derived(figure: str) -> None:
    assert finding_of(TABLE, f"三村共清理垃圾{figure}。", figure).verdict is not Verdict.DERIVED


def test_the_months_asked_for_need_no_stretch_in_the_notes() -> None:
    assert finding_of("2024年3月启动，5月收尾", "前3个月走访120户。", "120户").verdict is Verdict.NO_SOURCE


@pytest.mark.parametrize(
    ("notes", "draft", "figure", "right"),
    [
        ("抽检蔬菜210批次，不合格1批次", "抽检合格率100%。", "100%", "99.5%"),
        ("发现问题50个，未整改5个", "整改率95%。", "95%", "90%"),
        ("发现问题50个，整改45个", "整改率95%。", "95%", "90%"),
    ],
)
def test_a_wrong_rate_is_mended_by_the_rate_of_its_own_name(notes: str, draft: str, figure: str, right: str) -> None:
    assert finding_of(notes, draft, figure).replacement == right
