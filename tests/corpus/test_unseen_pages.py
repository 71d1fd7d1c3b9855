"""Pages of layouts that stood in no one's view while the cleaner was made, and what their places alone tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.read.limits import ReadLimits
from corpus.read.read_html import read_html
from corpus.understand import understand_file, understand_text
from tests.corpus.measure import UNSEEN, Tally, measure_pages


@pytest.fixture(scope="module")
def tally() -> Tally:
    return measure_pages(UNSEEN)


@pytest.mark.parametrize(
    ("measure", "least"),
    [
        ("pages split into the right number", 1.0),
        ("reports found", 1.0),
        ("reports begin right", 0.95),
        ("reports end right", 0.95),
        ("reports stand alone", 1.0),
        ("genre", 0.9),
        ("unit type", 0.9),
        ("year", 0.9),
        ("furniture gone", 0.98),
        ("true text kept", 1.0),
        ("non-reports set apart", 1.0),
    ],
)
def test_an_unseen_page_comes_out_clean_split_and_classified(tally: Tally, measure: str, least: float) -> None:
    assert tally.share(measure) >= least, tally.misses


# An old page laid out by tables: a list of links stands beside the report, which is one cell.
BY_TABLES = """<html><body><table>
<tr><td colspan="2">今日天气 | 便民地图 | 老版入口</td></tr><tr><td colspan="2"><marquee>欢迎光临</marquee></td></tr>
<tr><td><table><tr><td>栏目推荐</td></tr><tr><td>·我局举办钓鱼比赛</td></tr><tr><td>·冬季用气须知</td></tr></table></td>
<td><table><tr><td>汐口县水务局文明单位创建工作总结</td></tr><tr><td>发布日期：2023-12-20 点击数：8</td></tr>
<tr><td><p>县文明办：</p><p>2023年，我局围绕河道保洁、节水宣传两条主线推进创建，全年开展活动18场，现将有关工作总结如下：</p>
<p>一、主要做法</p><p>组织党员干部沿河清理漂浮物，累计出动460人次；在大厅增设便民座椅12把，群众满意度稳步提升。</p>
<p>二、存在问题</p><p>个别支流保洁频次不够，宣传形式不够丰富，我局将在下一年度安排专人负责，逐条销号。</p>
<p>汐口县水务局</p><p>2023年12月18日</p></td></tr><tr><td>给本页打分 字数统计 朗读</td></tr></table></td></tr>
</table></body></html>"""

# Words that no rule knows: only their place says that a site speaks.
BY_PLACE = """榆桥中学
博学 · 笃行
登 录 名：
口　　令：
您的位置：首页 > 德育在线
[推荐] 榆桥中学文明校园创建自查报告
时间：2024-03-15 10:20 来源：德育处
根据县教育局通知要求，我校对照文明校园测评细则逐项开展自查，现将有关情况报告如下：
一、基本情况
我校现有教学班36个，专兼职德育教师42名，本学期开展主题班会54场，参与学生1900余人次。
二、存在问题
个别班级卫生角摆放不齐，校门口早高峰车辆拥堵，我校已与交警中队商定错峰放学办法，四月底前整改到位。
榆桥中学
2024年3月12日
鲜花 12　鸡蛋 0
送给老师一句话
路人甲：写得不错
榆桥中学师德师风建设工作总结
时间：2024-03-18 09:00 来源：办公室
本学期，我校组织教师签订师德承诺书120份，开展师德报告会3场，评选最美教师8名，现总结如下：
一、主要做法
坚持每周一次集中学习，全体教师撰写心得，学校择优在宣传栏展出，家长满意度达到98%。
榆桥中学
2024年3月16日
附件：师德承诺书签订名册
鲜花 7　鸡蛋 1
"""


def test_a_report_in_a_cell_of_a_page_laid_out_by_tables_comes_out_whole() -> None:
    text, _ = read_html(BY_TABLES)
    (report,) = understand_text("旧站.html", text).reports
    assert report.title == "汐口县水务局文明单位创建工作总结"
    assert report.text.startswith("县文明办：\n2023年，我局")
    assert report.text.endswith("逐条销号。\n汐口县水务局\n2023年12月18日")


def test_short_lines_above_the_title_and_below_the_signature_are_the_sites_whatever_they_say() -> None:
    understood = understand_text("校园网.txt", BY_PLACE)
    assert [one.title for one in understood.reports] == ["榆桥中学文明校园创建自查报告", "榆桥中学师德师风建设工作总结"]
    first, second = (one.text for one in understood.reports)
    assert first.startswith("根据县教育局通知")
    assert first.endswith("榆桥中学\n2024年3月12日")
    assert "附件：师德承诺书签订名册" in second
    dropped = {one.text for one in understood.dropped}
    assert {"博学 · 笃行", "路人甲：写得不错", "送给老师一句话"} <= dropped


def test_the_head_of_a_later_report_takes_nothing_from_the_one_above() -> None:
    parts = [
        f"""创建汇报篇{n}
下面是小编为大家整理的创建汇报，供大家参考，欢迎阅读。
{unit}文明创建工作总结
今年以来，我校围绕文明校园创建扎实开展各项工作，现总结如下：
一、主要做法
时间：3月—4月
组织师生清理校园卫生死角，开展主题班会，评选文明班级，校园面貌明显改善。
二、存在问题
宣传形式比较单一，个别班级卫生保持不够，需要继续改进。
{unit}
2023年{n}月8日"""
        for n, unit in (("一", "榆桥中学"), ("二", "望禾小学"))
    ]
    reports = understand_text("合集.txt", "\n".join(parts)).reports
    assert [one.text.split("\n")[-2:] for one in reports] == [
        ["榆桥中学", "2023年一月8日"],
        ["望禾小学", "2023年二月8日"],
    ]
    assert all("时间：3月—4月" in one.text for one in reports)


# The paper of an office system: fields above the title, and a preview that is no half of it.
BY_OFFICE = """协同办公平台
当前用户 林某 | 待办 12
收文编号	2024-0318
流转记录：已阅 2024-03-19 08:12
正文预览（共4页）
云岭区城管局关于背街小巷整治的自查报告
区创城办：
根据通知要求，我局对辖区背街小巷整治情况进行了全面自查，现将有关情况报告如下：
一、基本情况
全区共有背街小巷86条，已完成整治71条，投入资金320万元，更换路灯140盏。
二、存在的问题
部分巷道排水不畅，占道堆放时有反弹，我局将逐条建立台账，限期整改到位。
云岭区城管局
2024年3月15日
签收 转办 归档
"""


def test_fields_above_a_title_are_the_systems_and_no_half_of_it() -> None:
    (report,) = understand_text("公文.txt", BY_OFFICE).reports
    assert report.title == "云岭区城管局关于背街小巷整治的自查报告"
    assert report.text.startswith("区创城办：")
    assert report.text.endswith("2024年3月15日")


# A forum whose words no rule knows, between the parts of a report that counts on.
BY_COUNTING = """【精】【原创】涟溪区环卫中心文明单位创建工作总结
2023年，我中心以文明单位创建为抓手，紧扣道路保洁与公厕管理两条主线，全年开展志愿活动26场。现将有关情况总结如下：
一、主要做法
（一）抓道路保洁。我中心划定保洁网格58个，配备机扫车14台，清运垃圾2.6万吨，主干道机扫率达到93%。
涟溪农商行助农贷款火热办理中
┗ 苇笛论坛 wd-bbs.example ┛
（二）抓公厕管理。全区92座公厕实行一厕一人，落实定时巡查、定人保洁、定岗考核。具体成果如下。
公厕改造提档升级
新增第三卫生间6座
二、存在问题
图为保洁员在清理河道。（通讯员 摄）
个别背街小巷保洁频次不够，垃圾分类投放准确率不高，职工培训形式单一。
上滑看余下部分
三、下一步打算
补齐设备短板，新购小型扫路车6台，加密巡查频次，每月通报一次考核结果。
写材料，就来苇笛
涟溪区环卫中心
2024年1月8日
"""


def test_what_stands_between_two_numbered_parts_without_work_or_figures_is_the_sites() -> None:
    (report,) = understand_text("论坛.txt", BY_COUNTING).reports
    assert (report.title, report.year) == ("涟溪区环卫中心文明单位创建工作总结", 2023)
    gone = ["农商行", "苇笛", "图为", "上滑", "写材料"]
    assert [words for words in gone if words in report.text] == []
    assert "公厕改造提档升级\n新增第三卫生间6座\n二、存在问题" in report.text
    assert report.text.endswith("考核结果。\n涟溪区环卫中心\n2024年1月8日")


# What a printer left of a booklet: a margin, counters, a head on each page; and no label between two reports.
BY_PRINTER = """望汀镇文明建设内刊 第6期
望汀镇关于文明村镇复查反馈
问题整改情况的报告
县文明办：
5月7日至8日，县复查组对我镇进行实地复查，反
馈问题9个。镇党委召开专题会逐条认领，截至6月
底已完成整改8个。现将整改情况报告如下：
一、加强领导
成立整改专班，抽调党政办、综治办、环卫所骨干
12人集中办公，逐条明确责任人和完成时限，每周通
报一次。
- 1 -
望汀镇文明建设内刊 第6期
二、逐项整改
1.关于“集镇停车秩序混乱”的问题。施划停车位86
个，增设劝导岗3处，由综合执法队每日巡查，完成时
间：6月8日。
2.关于“村级活动室闲置”的问题。调整开放时间，
新增图书420册，由村干部轮流值守，已完成。
三、巩固成效
我镇将坚持周查月评，把复查标准写入村规民约，
- 2 -
望汀镇文明建设内刊 第7期
以整改实效取信于民。
望汀镇人民政府
2023年6月30日
望汀镇中心小学文明校园创建工作总结
刚刚过去的一学年，我校以文明校园创建为抓手，
开展主题班会36场，参与学生1240人次，家长满意度
达到97%，校园面貌明显改善。
一、主要做法
组织师生清理卫生死角18处，评选文明班级9个，
每周开展一次经典诵读。
- 3 -
"""


def test_what_a_printer_left_of_a_page_goes_and_its_paragraphs_are_whole_again() -> None:
    understood = understand_text("内刊.txt", BY_PRINTER)
    first, second = understood.reports
    assert "县复查组对我镇进行实地复查，反馈问题9个。" in first.text
    assert "我镇将坚持周查月评，把复查标准写入村规民约，以整改实效取信于民。" in first.text
    assert first.text.endswith("望汀镇人民政府\n2023年6月30日")
    assert second.text.startswith("刚刚过去的一学年")
    assert "内刊" not in first.text + second.text
    assert {"- 1 -", "- 2 -", "望汀镇文明建设内刊 第7期"} <= {one.text for one in understood.dropped}


# One mail that forwards another, each with a report and without a label.
BY_MAIL = """收件箱 已发送 草稿箱
主　题：转发：两份材料
发件人：镇创建办 <cjb@mail.example>
收件人：各村 <all@mail.example>
发送时间：2022年3月4日 上午9:12

望汀镇“清洁家园”整治行动方案
为改善集镇环境，迎接文明镇复查，结合我镇实际，制定本方案。
一、工作目标
用两个月时间清理背街小巷垃圾，规范停车秩序，做到主干道无占道、楼道无堆物。
二、任务分工
环卫所负责清扫保洁，综合执法队负责劝导占道经营，各村负责入户宣传。
======== 原邮件 ========
发件人："镇创建办"<cjb@mail.example>
日　期：2022年3月1日 16:40
主　题：自查报告
县文明办：
按照通知要求，我镇对照标准逐项开展自查，现将自查情况报告如下：
一、基本情况
全镇14个村均已修订村规民约，设置公益广告210处，组建志愿服务队16支，开展活动48场。
二、存在的问题
个别村庄保洁员年龄偏大，集镇停车位不足，我镇将在上半年内逐项整改到位。
望汀镇人民政府
2022年3月1日

--
望汀镇创建办
内线 8021
"""


def test_each_mail_is_a_text_of_its_own_and_its_head_is_none_of_it() -> None:
    understood = understand_text("转发.txt", BY_MAIL)
    assert [one.genre for one in understood.reports] == ["plan", "self-inspection"]
    plan, report = (one.text for one in understood.reports)
    assert plan.endswith("各村负责入户宣传。")
    assert report.startswith("县文明办：")
    assert report.endswith("2022年3月1日")
    assert "mail.example" not in plan + report


SUMMARY = [
    "榆桥县水务局文明单位创建工作总结",
    "2023年，我局围绕河道保洁、节水宣传两条主线推进创建，全年开展活动18场，现将有关工作总结如下：",
    "一、主要做法",
    "组织党员干部沿河清理漂浮物，累计出动460人次；在大厅增设便民座椅12把，群众满意度稳步提升。",
    "二、存在问题",
    "个别支流保洁频次不够，宣传形式不够丰富，我局将在下一年度安排专人负责，逐条销号。",
    "榆桥县水务局",
    "2023年12月18日",
    "望禾中学文明校园整改情况报告",
    "5月7日，县考察组对我校进行实地考察，反馈问题4个，目前已整改3个。现将整改情况报告如下：",
    "一、问题整改情况",
    "更换操场围栏86米，由总务处负责，已于5月20日完成；新增图书620册，由各班每周轮换。",
    "二、下一步打算",
    "我校将每月开展一次回头看，对未完成的1个问题倒排工期，确保6月底前完成。",
]


@pytest.mark.parametrize(
    ("suffix", "page"),
    [
        (".txt", "　　".join(SUMMARY)),
        (".txt", "\u2028".join(SUMMARY)),
        (".txt", "\n".join(f"> {line}" for line in SUMMARY)),
        (".txt", "\n".join(f"| {line} |" for line in SUMMARY)),
        (".txt", "\n".join(f"{number:3} {line}" for number, line in enumerate(SUMMARY, 1))),
        (".txt", "\n".join(f"[10:{number}] 小林：{line}" for number, line in enumerate(SUMMARY, 10))),
        (".txt", "\n".join(" ".join(line) for line in SUMMARY)),
        (".html", "".join(f"<center>{line}</center>" for line in SUMMARY)),
        (".html", "".join(f"<wx-view>{line}</wx-view>" for line in SUMMARY)),
        (".html", "".join(f'<span style="display:block">{line}</span>' for line in SUMMARY)),
        (".html", "<ul>" + "".join(f"<li>{line}</li>" for line in SUMMARY) + "</ul>"),
    ],
)
def test_a_page_keeps_its_paragraphs_however_they_were_set_apart(suffix: str, page: str, tmp_path: Path) -> None:
    path = tmp_path / f"页{suffix}"
    path.write_text(f"<html><body>{page}</body></html>" if suffix == ".html" else page, encoding="utf-8")
    understood = understand_file(path, ReadLimits())
    first, second = understood.reports
    assert [first.title, *first.text.split("\n")] == SUMMARY[:8]
    assert [second.title, *second.text.split("\n")] == SUMMARY[8:]
    if page.count("\n") and suffix == ".txt":
        # What was taken away before the page was cleaned is told to whoever brought it.
        assert [one.count for one in understood.left_out if one.kind in ("margin", "parted")] == [len(SUMMARY)]


def test_reports_that_stand_upon_each_other_part_where_another_unit_speaks_and_counts_anew() -> None:
    hospital = """我院把创建文明单位与改善医疗服务结合起来，各项工作扎实推进，患者满意度稳中有升。
一、抓教育，提升职工素养
我院开展职业道德教育12次，评选服务明星18名，签订廉洁行医承诺书210份，职工参与率达到98%以上。
二、抓服务，方便群众就医
增设自助机6台，推行预约诊疗，门诊等候时间缩短12分钟；开展义诊16场，服务群众3200人次。"""
    school = """学校现有教学班24个，教职工86人，把文明校园创建融入教育教学全过程，校风学风持续好转。
一是德育为先。开设校本课程9门，举办主题班会72场，我校2名学生获评市级新时代好少年。
二是环境育人。改造文化长廊120米，新植花木300余株，班级卫生实行每日一评，校园干净整洁。
三是家校共育。我校成立家长委员会，开办家长学校8期，参加家长1400人次，家访覆盖率100%。"""
    assert [one.text for one in understand_text("两篇.txt", f"{hospital}\n{school}").reports] == [hospital, school]


# Between the lines of a report: pictures that did not come along, programs, adverts, words of readers.
SET_IN = [
    "[图片]",
    "△ 志愿者在清理河道",
    "批注[王1]：这个数再核一下",
    "由 扫描全能王 扫描创建",
    "2楼 小明：插个眼",
    "QQ群：yunqiao_88",
    "云在青天 LV14　热心网友",
    "[00:01:10] 老曹：先念第一篇，镇里的。",
    "收录于合集 #创城进行时 27个 #老街故事 9个",
    "🎧 本文配乐：《小街》　建议边听边看",
    "最近访问 4 小时前　　在线时间 1320 小时",
    "成文盖章 | 机要室 | 08-17 16:02 | 08-17 16:10 | 8分钟",
]
# What looks like them and is a report's: a row of figures, a field, a quotation.
STAYS = [
    "微信：推送信息32条",
    "义诊 | 08-17 16:02 | 08-17 18:10 | 35人",
    "办理时间：3个工作日",
    "投诉举报12件",
    "产权归街道所有",
    "“请您稍等，我来帮您查”",
]


def test_what_is_set_into_a_report_goes_and_what_only_looks_like_it_stays() -> None:
    page = [*SUMMARY[:2], SET_IN[0], *SUMMARY[2:4], *SET_IN[1:], SUMMARY[4], *STAYS, *SUMMARY[5:8]]
    (report,) = understand_text("页.txt", "\n".join(page)).reports
    assert [report.title, *report.text.split("\n")] == [*SUMMARY[:5], *STAYS, *SUMMARY[5:8]]


def test_somebody_who_speaks_of_himself_below_a_report_is_set_apart_and_a_quotation_in_it_is_not() -> None:
    essay = (
        "对了，再唠两句闲话。昨夜改稿到两点，我忽然想起刚来的那年，师傅带我巡河，捡一个瓶子念叨一句“慢慢就好”。"
        "许多年过去，瓶子真的少了，河里又有了鱼，师傅却不在了。我想，写在纸上的是给人看的，捡瓶子的人心里的，才是给河看的，月亮大概都记得。"
    )
    said = "退休教师陆婆婆拉着志愿者的手说：“我一个人住，腿脚不便，要不是你们天天来，我连药都取不回来，我心里都记着。”"
    understood = understand_text("帖子.txt", "\n".join([*SUMMARY[:4], said, *SUMMARY[4:6], essay]))
    (report,) = understood.reports
    assert [report.title, *report.text.split("\n")] == [*SUMMARY[:4], said, *SUMMARY[4:6]]
    assert [one.reason for one in understood.not_reports] == ["essay"]
