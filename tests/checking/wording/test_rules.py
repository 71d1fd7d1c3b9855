"""Each wording rule speaks on its wrong forms and is silent on right ones that look alike."""

from __future__ import annotations

import pytest

from service.checking.wording import RULES, WordingFinding, WordingRule, wording_findings
from service.domain.genre import Genre
from service.domain.period import parse_period

# By code: more wrong sentences, and right ones that come close to them. All places and figures are invented.
MORE: dict[str, tuple[list[str], list[str]]] = {
    "R02": (
        ["到2082年底建成3个口袋公园。", "2094年完成验收。"],
        ["力争2035年基本实现目标。", "规划期到2029年。", "电话2082345。"],
    ),
    "R03": (
        ["自22年以来巡查不断。", "24年度收入增长。", "截至23年5月，完成改造。"],
        ["坚持15年以来从未间断。", "开园20年来接待游客。", "近10年以来持续投入。", "第12年度总结。", "2023年度总结。"],
    ),
    "R04": (
        ["于4.5日召开动员会。", "会议定于2024.3.28召开。", "6.18日、7.2日两次巡查。"],
        ["办结时间缩短至2.5日。", "平均用时1.5日。", "版本2.3.1已上线。", "全长12.5公里。"],
    ),
    "R05": (
        ["7月18号至26号开展整治。", "12月1号起执行。"],
        ["12月1号楼完成外墙粉刷。", "8月3号线开通。", "1号至3号楼已通气。", "〔2024〕8号"],
    ),
    "R06": (
        [
            "特此报告。\n柳湾社区\n二〇二四年三月五日",
            "特此报告。\n柳湾社区\n2024.3.5",
            "特此报告。\n柳湾社区\n3月5日",
            "二〇二四年3月召开会议。",
            "2024年03月召开会议。",
        ],
        [
            "特此报告。\n柳湾社区\n2024年12月5日",
            "二〇二四年三月五日，协议签订。",
            "2024年10月20日召开会议。",
            "2024年3月5日",
        ],
    ),
    "R07": (
        ["每周入户三、四次。", "每组5、6人。", "抽查七、八家餐馆。"],
        [
            "3、4月集中整治。",
            "1、2号楼完成改造。",
            "第三、四次会议。",
            "三、四个专班\n强化责任。",
            "一、二次供水设施改造。",
            "一、二、三年级学生。",
            "走访3、5个点。",
        ],
    ),
    "R08": (["维修20几盏路灯。", "印发几100份。"], ["维修二十几盏路灯。", "参加人数几十人。", "次数10次。"]),
    "R09": (
        ["大约两百多户受益。", "近50多人参加。", "约40个左右。", "清运30余吨左右。"],
        ["附近30余户受益。", "签约30余家。", "最近50多天。", "约40个。", "节约20余吨。", "近五十人参加。"],
    ),
    "R10": (
        ["不到30个左右。", "最多5人以下。", "超过60人以上参加。", "不超过3天以内。"],
        ["不超过3天。", "至少20次。", "赶超过去5次以上的纪录。", "60人以上参加。", "用户最多时降至150人左右。"],
    ),
    "R11": (
        ["每班3-5人值守。", "投放80~100个。", "每户0.5-0.8元。"],
        ["电话0571-8800人工接听。", "3—5人值守。", "1-3号楼已改造。", "2023-2024学年开学。", "编号SR-01。"],
    ),
    "R12": (["占比10—12.5%。", "下降3至5%。"], ["占比10%—12.5%。", "由2022年上升到20%。", "由95降到20%。"]),
    "R13": (["受益2-3万人。", "投资1.5～2亿元。"], ["受益2万～3万人。", "由800到2万元。", "由2万到3万。"]),
    "R14": (
        ["2023～2025年实施。", "3月-6月整治。", "7月1日-15日集中清理。", "1-6月完成投资。"],
        ["2023—2025年实施。", "3月至6月整治。", "1—6月完成投资。", "6-8月龄幼犬。"],
    ),
    "R15": (
        ["共清理 35 处，效果明显。", "投入３．５万元。", "出动120 人次，已完成。"],
        ["2024 Q1 考核。", "时间 3月5日\n地点 柳湾", "附件 1", "投入3.5万元。"],
    ),
    "R16": (
        ["捐款2万5千元。", "观众3亿5千万人次。", "种树4千5百株。"],
        ["捐款2万元。", "重5千克。", "3.5万份。", "补栽两千三百株。"],
    ),
    "R17": (
        ["新增垃圾桶四十个、花箱25个。", "维修座椅12张、路灯六盏。"],
        [
            "落实三项制度，清理12处。",
            "由3名副局长和12名队员组成四个工作组。",
            "新增垃圾桶40个、花箱25个。",
            "每季度一次，每次走访30户。",
        ],
    ),
    "R18": (
        ["评选10星级文明户。", "落实门前3包责任。", "开展“3下乡”活动。", "选派第1书记。", "获市2等奖。"],
        ["评选十星级文明户。", "第1季度完成。", "共3农户参加。", "《3会一课记录》", "落实“门前三包”。"],
    ),
    "R19": (
        ["（一）、宣传发动\n开展宣传。", "3、落实经费\n列入预算。", "首先、抓宣传。", "第一、抓宣传。"],
        ["1.加强领导\n抓实。", "1、2号楼完成改造。", "第一、二次会议。", "首先，抓宣传。", "（一）宣传发动"],
    ),
    "R20": (
        [
            "一是抓宣传。三是抓整治。",
            "一、组织\n三、宣传",
            "1.路灯不亮。\n3.井盖缺失。",
            "二是抓宣传，三是抓整治。",
            "不足有：一市民意识有待提高。二设施管护还不到位。",
            "一、组织\n（一）会议\n（一）部署",
            "一加强巡查力度。\n二规范摊点秩序。\n三清理楼道杂物。",
        ],
        [
            "一是抓宣传。二是抓整治。",
            "一、组织\n（一）会议\n（二）部署\n二、宣传\n（一）入户",
            "一、甲\n1.子\n二、乙\n2.丑",
            "这一是大家的愿望。",
            "一、经费\n附件：1.任务清单\n2.问题清单",
            "一些楼道清理了。二手家具回收了。",
            "一、二年级学生参加。",
            "工作有三点：一是抓宣传。\n二是抓整治。",
        ],
    ),
    "R21": (
        ["（一）抓好宣传发动。\n入户走访。", "## 二、存在问题。\n停车难。", "一、加强领导，健全机制。\n成立专班。"],
        [
            "（一）各单位按时报送。\n（二）资料员及时归档。",
            "1.按时报送。\n2.及时归档。",
            "（一）各单位要高度重视，认真落实。\n好。",
        ],
    ),
    "R22": (
        ["落实“一约”、“四会”。", "学习《准则》、《条例》。"],
        ["落实“一约”和“四会”。", "《准则》，《条例》。", "楼道、“飞线”、车棚。"],
    ),
    "R23": (
        ["依据青创办（2024）8号文件。", "依据青创办〔2024〕第8号文件。", "依据青创办〔24〕8号文件。"],
        ["依据青创办〔2024〕18号文件。", "测评体系（2024版）8号门。", "公告2024年第8号。"],
    ),
    "R24": (
        [
            "“创建“文明”校园”活动。",
            "宣传,整治同步。",
            "清理（含后院12处。",
            "现报告如下：。",
            "组织学习（行政许可法）。",
            "宣传(含入户)到位。",
            '这是"暖冬"行动。',
            "整治完成，。",
        ],
        [
            "“创建‘文明’校园”活动。",
            "时间4:30～22:30。",
            "共12,000份。",
            "a）宣传；b）整治。",
            "1）宣传。",
            "清理……",
            "修订制度（含考核办法）。",
            "使用LED(12V)灯。",
        ],
    ),
    "R27": (
        [
            "全镇有超市5处。其他情况如常。全镇有超市6处。",
            "现有注册志愿者120人。街道共有三个社区。现有注册志愿者150人。",
        ],
        [
            "上午巡查主干道12处。下午巡查主干道9处。",
            "3月5日清理卫生死角12处。3月8日清理卫生死角9处。",
            "清河社区清理卫生死角12处。柳湾社区清理卫生死角9处。",
            "去年受理居民投诉280件。今年受理居民投诉312件。",
            "完成情况：9处全部完成。\n完成情况：4处全部完成。",
            "全镇有超市5处，全镇有超市5处。",
        ],
    ),
    "R28": (
        ["共检查40家，达标38家，达标率98%。", "发放问卷500份，回收问卷482份，回收率92%。"],
        [
            "共检查40家，达标38家，达标率95%。",
            "满意率98.6%，走访500户。",
            "抽检387批次，合格378批次，合格率97.6%。",
        ],
    ),
    "R30": (
        ["请予批准。", "以上方案当否，请批复。"],
        ["报请区政府批准后实施。", "请批评指正。", "如有不妥，请予指正。"],
    ),
    "R31": (
        ["截止到2024年6月底。", "截止目前，已完成。"],
        ["报名截止3月5日。", "截止日期为6月底。", "截至目前，已完成。"],
    ),
    "R32": (
        [
            "先后被评为“文明街道”“平安街道”“文明街道”。",
            "一、甲\n志愿者每周清扫楼道和车棚两次。\n二、乙\n志愿者每周清扫楼道和车棚两次。",
        ],
        [
            "2022年被评为“文明街道”，2024年再次被评为“文明街道”。",
            "责任：执法支队，责任人裘文川。\n责任：执法支队，责任人裘文川。",
            "已完成。已完成。",
        ],
    ),
    "R33": (
        ["推进文明实践文明实践工作。", "加强的的管理。", "完成了了改造。", "集中整治整治小广告。"],
        [
            "柳湾社区社区工作者参加。",
            "召开组织组织生活会。",
            "一步一步推进。",
            "逐条逐条销号。",
            "一是是非面前立场坚定。",
            "干干净净、整整齐齐。",
            "深入了解了解决方案。",
        ],
    ),
    "R34": (
        ["（二）关于“井盖缺失”问题\n由市政科负责，已更换。", "一、主要工作\n抓宣传。\n二、存在的问题\n停车难。"],
        [
            "（二）关于“井盖缺失”问题\n由市政科负责，【待补：时限】，已更换。",
            "一、存在的问题\n停车难。\n二、下月安排\n增设车位。",
            "一、问题及整改措施\n增设车位。",
        ],
    ),
    "R35": (
        ["参与率居全省领先水平。", "群众参与热情前所未有。", "率先建成全国首个驿站。"],
        ["力争打造全国一流市场。", "机遇前所未有。", "全市第一批试点。", "全区第一小学。", "“全国领先”口号。"],
    ),
    "R36": (
        ["覆盖率100%。", "群众满意度达到99.2%。"],
        ["检查经营户36户，合格率100%。", "力争满意率达到95%以上。", "与623家商户签订，签订率100%。"],
    ),
    "R37": (["上月完成整治。", "去年以来持续推进。"], ["2024年推进，今年巩固。", "持续推进。", "“今年我值日”活动。"]),
    "R38": (
        ["电话139 0000 1234。", "身份证990101199001010000。"],
        ["账号990101199001010001。", "热线12345。", "编号13800001234567。", "值班电话0571-88001234。"],
    ),
    "R40": (
        [
            "区卫计委牵头整治。",
            "落实“十五五”规划要求。",
            "学习二十届四中全会精神。",
            "庆祝建党一百周年。",
            "区环保局负责噪声监测。",
            "开展“不忘初心、牢记使命”主题教育。",
        ],
        [
            "2017年，区环保局开展整治。",
            "原环保局家属院完成改造。",
            "区文化和旅游局牵头。",
            "党的十八大以来，环境改善。",
            "谋划“十五五”时期工作。",
            "2021年庆祝建党100周年。",
            "环保部门负责监测。",
            "农业部门负责。",
            "迎接新中国成立76周年。",
            "“十四五”规划收官。",
        ],
    ),
    "R41": (
        ["保洁工作再接再励。", "逐项签定责任书，张帖公告。"],
        ["各自已完成任务。", "以经济建设为中心。", "再接再厉，签订责任书。", "既使环境变美，又使人心变暖。"],
    ),
}


def _found(rule: WordingRule, draft: str) -> list[WordingFinding]:
    period = parse_period(rule.period) if rule.period else None
    return [one for one in wording_findings(draft, genre=rule.genre, period=period) if one.rule == rule.code]


WRONG = [(rule, draft) for rule in RULES for draft in [rule.wrong, *MORE[rule.code][0]]]
RIGHT = [(rule, draft) for rule in RULES for draft in [rule.right, *MORE[rule.code][1]]]


def _name(value: object) -> str:
    return value.code if isinstance(value, WordingRule) else str(value)[:24]


@pytest.mark.parametrize(("rule", "draft"), WRONG, ids=_name)
def test_a_rule_speaks_on_its_wrong_form(rule: WordingRule, draft: str) -> None:
    found = _found(rule, draft)
    assert found
    assert all(draft[one.start : one.end] == one.text and one.message.endswith("。") for one in found)


@pytest.mark.parametrize(("rule", "draft"), RIGHT, ids=_name)
def test_a_rule_is_silent_on_a_right_form(rule: WordingRule, draft: str) -> None:
    assert _found(rule, draft) == []


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_the_right_example_draws_no_rule_at_all(rule: WordingRule) -> None:
    period = parse_period(rule.period) if rule.period else parse_period("2024年")
    assert wording_findings(rule.right, genre=rule.genre, period=period) == ()


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_a_switched_off_rule_is_silent(rule: WordingRule) -> None:
    period = parse_period(rule.period) if rule.period else None
    kept = wording_findings(rule.wrong, genre=rule.genre, period=period, switched_off=frozenset({rule.code}))
    assert rule.code not in {one.rule for one in kept}


@pytest.mark.parametrize(("rule", "draft"), WRONG, ids=_name)
def test_applying_every_mend_of_a_rule_settles_it(rule: WordingRule, draft: str) -> None:
    found = _found(rule, draft)
    if any(one.replacement is None for one in found):
        assert all(one.message for one in found)  # Only a person can mend these.
        return
    for one in reversed(found):
        draft = draft[: one.start] + str(one.replacement) + draft[one.end :]
    assert _found(rule, draft) == []


def test_plans_may_aim_high_and_ask_for_approval() -> None:
    draft = "合格率100%。做法全国领先。妥否，请批示。"
    assert {one.rule for one in wording_findings(draft, genre=Genre.SUMMARY)} == {"R30", "R35", "R36"}
    assert wording_findings(draft, genre=Genre.PLAN) == ()


def test_every_rule_has_sentences_of_its_own_both_ways() -> None:
    assert set(MORE) == {rule.code for rule in RULES}
    assert all(len(wrong) >= 2 and len(right) >= 2 for wrong, right in MORE.values())
