"""A page is parted into its reports, and a report into its headed sections."""

from __future__ import annotations

import pytest

from corpus.clean.changes import CleanLine
from corpus.split.headings import block_number, chinese_number, is_title, numbering
from corpus.split.inner import split_inner
from corpus.split.labels import find_labels
from corpus.split.sections import split_sections
from corpus.understand import FileUnderstood, understand_text
from tests.corpus import pages


def _labels(lines: list[str]) -> list[tuple[int, str]]:
    return [(label.index, label.label) for label in find_labels(lines)]


BODY = ["我局开展整治工作，清理死角12处。", "二、下一步继续推进。", "全局干部参与志愿服务。"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024年创城工作汇报（精选8篇）篇一", "2024年创城工作汇报（精选8篇）篇二"),
        ("篇1", "篇2"),
        ("【篇一】", "【篇二】"),
        ("第一篇：某局工作总结", "第二篇：某校工作总结"),
        ("创城工作总结1", "创城工作总结2"),
        ("创建文明城市自查报告（一）", "创建文明城市自查报告（二）"),
        ("范文一：", "范文二："),
        ("样稿一", "样稿二"),
        ("# 案例1", "# 案例2"),
    ],
)
def test_a_series_of_labels_is_found_whatever_its_form(first: str, second: str) -> None:
    lines = [first, *BODY, second, *BODY]
    assert [index for index, _ in _labels(lines)] == [0, 4]


@pytest.mark.parametrize(
    "lines",
    [
        ["（一）加强领导", *BODY, "（二）强化宣传", *BODY],
        ["一、工作总结", *BODY, "二、工作计划", *BODY],
        ["第一篇章抓宣传。", *BODY, "工作要点落实情况", *BODY],
        ["附件1", *BODY, "附件2", *BODY],
    ],
)
def test_headings_inside_a_report_are_no_labels(lines: list[str]) -> None:
    assert _labels(lines) == []


def test_a_table_of_contents_is_not_taken_for_the_labels() -> None:
    lines = ["篇一", "篇二", "篇三", "篇一", *BODY, *BODY, "篇二", *BODY, *BODY, "篇三", *BODY, *BODY]
    assert [index for index, _ in _labels(lines)] == [3, 10, 17]
    whole = "".join(BODY) * 4  # a site that puts each report into one paragraph
    assert [index for index, _ in _labels([*lines[:4], whole, "篇二", whole, "篇三", whole])] == [3, 5, 7]
    teased = ["篇一", whole[:130], "篇二", whole[:130], "篇三", whole[:130]]  # the first words of each, and each whole
    assert [index for index, _ in _labels([*teased, "篇一", whole, "篇二", whole, "篇三", whole])] == [6, 8, 10]


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35), ("7", 7)]
)
def test_chinese_numbers_are_read(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    "line", ["二、三期工程同步推进", "一系列活动陆续开展", "3.8万平方米绿地", "三年来坚持不懈", "1.5公里管网"]
)
def test_words_that_begin_with_a_numeral_are_no_headings(line: str) -> None:
    assert numbering(line) is None
    assert block_number(line) == 0


@pytest.mark.parametrize(
    "line", ["青溪镇2023年创建工作总结", "关于文明校园创建情况的报告", "测评指标说明", "某局整改报告（送审稿）"]
)
def test_titles_are_known(line: str) -> None:
    assert is_title(line)


@pytest.mark.parametrize(
    "line", ["一、工作总结", "我局认真制定方案。", "现将有关情况汇报如下：", "清理死角12处，整改到位，形成报告"]
)
def test_sentences_and_headings_are_no_titles(line: str) -> None:
    assert not is_title(line)


def _lines(text: str) -> list[CleanLine]:
    return [CleanLine(number, number, line) for number, line in enumerate(text.split("\n"), 1)]


def test_reports_under_one_label_part_at_a_new_opening() -> None:
    parts = split_inner(_lines(f"{pages.SCHOOL}\n{pages.TOWN}\n{pages.HOSPITAL}"))
    assert [part[0].text[:8] for part in parts] == [text[:8] for text in (pages.SCHOOL, pages.TOWN, pages.HOSPITAL)]


def test_a_report_without_any_opening_parts_where_another_unit_begins_to_speak() -> None:
    school = "\n".join(
        f"我校{verb}文明校园创建活动，全校师生积极参与，校园面貌焕然一新，家长普遍表示满意，活动取得了预期的成效。"
        for verb in ["启动", "推进", "深化", "拓展", "巩固", "总结", "提升", "丰富", "完善", "检视", "回顾", "拓宽"]
    )
    town = "\n".join(
        f"我镇{verb}人居环境整治，全镇干部包村入户，沟渠道路得到全面清理，村民自觉维护门前卫生，村容村貌明显改善。"
        for verb in ["部署", "推进", "深化", "拓展", "巩固", "督查", "提升", "加强", "完善", "检视", "调度", "落实"]
    )
    parts = split_inner(_lines(f"{school}\n夯实基础设施建设\n{town}"))
    assert [part[0].text[:3] for part in parts] == ["我校启", "夯实基"]


def test_reports_of_one_paragraph_each_part_and_a_list_under_a_heading_does_not() -> None:
    first, second = (
        f"{basis}，{own}认真落实各项创建任务，{work}稳步推进，群众满意度不断提升。现将有关情况汇报如下：一、主要做法。"
        f"召开推进会12场，{own}班子成员包片负责，整改问题46个，开展志愿服务活动28场，参与人数1200余人次，群众反映良好。二、下一步打算。{own}将继续巩固成果，"
        "完善长效机制，每月通报一次进度，年底前全部销号，让群众看得见变化、得得到实惠。"
        for basis, own, work in (("根据教育局通知", "我校", "校园整治"), ("根据卫健委要求", "我院", "就医服务"))
    )
    assert [one.text for one in understand_text("两段.txt", f"{first}\n{second}").reports] == [first, second]
    (report,) = understand_text(
        "一篇.txt",
        "根据通知要求，我局组织拉网式自查，现将自查情况报告如下：\n一、组织领导\n成立专班，抽调干部26人，逐店填写记录单573份，"
        "每周调度一次，做到谁查谁签字、一店一单。\n二、自查结果\n此次共自查点位573家，发现问题116处，已整改103处。分类情况如下：\n"
        "农贸市场23处，餐饮店68处，药店11处。\n三、下一步措施\n我局将逐条销号，确保月底前全部整改到位。",
    ).reports
    assert [one.heading for one in report.sections if one.heading] == ["一、组织领导", "二、自查结果", "三、下一步措施"]


def test_one_report_that_names_the_whole_city_stays_whole() -> None:
    street = "\n".join(
        f"我街道第{number}次调度会传达全市和全区部署，全市上下同心，我街道逐项落实，社区干部带头清扫，居民广泛参与。"
        for number in range(1, 24)
    )
    assert len(split_inner(_lines(street))) == 1


def test_an_announcement_in_the_second_paragraph_belongs_to_its_opening() -> None:
    overview = "澜溪区位于两江交汇处，总面积420平方公里，下辖6个街道、8个镇，常住人口61万人，是省级历史文化名城。" * 6
    text = f"{overview}\n近年来，我区坚持为民创建。现将有关情况汇报如下：\n一、主要做法\n我区成立专班，全区动员。"
    assert len(split_inner(_lines(text))) == 1


def _headings(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in split_sections(text.split("\n")).sections]


def test_a_plain_clean_report_comes_out_with_exact_sections() -> None:
    assert _headings(pages.HOSPITAL + "\n市第九医院\n2024年7月1日") == [
        (0, ""),
        (1, "一、工作开展情况"),
        (1, "二、存在的问题"),
        (1, "三、整改措施"),
        (0, ""),
    ]


def test_sections_hold_the_whole_text_and_nothing_twice() -> None:
    for text in (pages.SCHOOL, pages.TOWN, pages.HOSPITAL, pages.STREET, pages.PLAN, pages.LEDGER):
        sections = split_sections(text.split("\n")).sections
        again = "".join(section.heading + section.text for section in sections)
        assert again.replace("。", "").replace("\n", "") == text.replace("。", "").replace("\n", "")


def test_closing_signature_and_date_are_no_part_of_the_last_chapter() -> None:
    sections = split_sections(f"{pages.TOWN}\n特此报告。\n柳溪镇人民政府\n2024年5月8日".split("\n")).sections
    assert sections[-1].text == "特此报告。\n柳溪镇人民政府\n2024年5月8日"
    assert sections[-1].level == 0
    assert sections[-2].heading == "三、下一步打算"
    assert "特此" not in sections[-2].text


def test_headings_inside_one_long_paragraph_are_parted() -> None:
    assert _headings(pages.TOWN.replace("\n", "")) == [
        (0, ""),
        (1, "一、主要做法"),
        (2, "（一）清理死角"),
        (2, "（二）培育新风"),
        (1, "二、存在的不足"),
        (1, "三、下一步打算"),
    ]


@pytest.mark.parametrize(
    ("paragraph", "heading", "body"),
    [
        (
            "一、召开会议，领会精神。3月2日召开动员会，部署工作。",
            "一、召开会议，领会精神",
            "3月2日召开动员会，部署工作。",
        ),
        (
            "二、聚焦难点，有序推进按照上级下发的通知要求，中心启动信用评价12项。",
            "二、聚焦难点，有序推进",
            "按照上级下发的通知要求，中心启动信用评价12项。",
        ),
        (
            "（三）针对“路灯不亮”的问题。由城建科牵头，更换灯具19盏。",
            "（三）针对“路灯不亮”的问题",
            "由城建科牵头，更换灯具19盏。",
        ),
        (
            "1、加强市容整治。对主干道实行定人定岗，清理占道32起。",
            "1、加强市容整治",
            "对主干道实行定人定岗，清理占道32起。",
        ),
        ("三、切实增强我区城市管理水平", "三、切实增强我区城市管理水平", ""),
    ],
)
def test_a_heading_fused_with_its_body_is_parted(paragraph: str, heading: str, body: str) -> None:
    (section,) = split_sections([paragraph]).sections
    assert (section.heading, section.text) == (heading, body)


def test_numbered_items_that_are_whole_sentences_stay_in_the_body() -> None:
    text = (
        "一、工作步骤\n1.在主要路口设置宣传牌、警示牌和公益广告，营造浓厚的创建氛围，动员广大居民积极参与到活动中来。\n"
        "（1）张贴海报。\n① 发放手册。"
    )
    sections = split_sections(text.split("\n")).sections
    assert [section.heading for section in sections] == ["一、工作步骤"]
    assert sections[0].text.count("\n") == 2


def test_unnumbered_short_lines_head_their_paragraphs_where_nothing_is_numbered() -> None:
    body = "成立由主要负责人任组长的专班，逐条分解任务，每周调度一次进展，发现问题现场交办并限期办结，做到件件有回音。"
    assert _headings(f"强化组织领导\n{body}\n提升市容环境\n{body}") == [(1, "强化组织领导"), (1, "提升市容环境")]


def test_a_text_of_numbered_blocks_without_headings_is_parted_and_marked() -> None:
    blocks = [
        f"{number}是推进第{number}项工作。我市{number}月份开展集中行动，群众广泛参与，取得明显成效。"
        for number in "一二三四"
    ]
    outlined = split_sections([*blocks, *blocks])
    assert outlined.headings_lost
    assert len(outlined.sections) == 8


@pytest.mark.parametrize(
    ("headings", "lost"),
    [
        (["一、甲", "二、乙", "三、丙"], False),
        (["一、甲", "三、丙"], True),
        (["二、乙", "三、丙"], True),
        (["一、甲", "（一）子", "（二）丑", "二、乙", "（一）子", "（二）丑"], False),
        (["一、甲", "（一）子", "（三）寅"], True),
        (["（一）子", "（二）丑", "（三）寅"], False),
    ],
)
def test_gaps_in_the_numbering_are_seen(headings: list[str], lost: bool) -> None:
    paragraphs = [line for heading in headings for line in (heading, "我局认真抓好落实，效果明显。")]
    assert split_sections(paragraphs).headings_lost is lost


_SITES = ["MODEL_ESSAYS", "GOVERNMENT_NEWS", "UNDER_ONE_LABEL", "WECHAT", "FORUM"]


def _spans(understood: FileUnderstood) -> list[tuple[str, int, int]]:
    return [(str(report.genre), *report.lines) for report in understood.reports]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("MODEL_ESSAYS", [("progress", 5, 11), ("progress", 13, 20), ("self-inspection", 22, 29)]),
        ("GOVERNMENT_NEWS", [("rectification", 1, 14)]),
        ("ONE_LINE_EACH", [("progress", 2, 2), ("self-inspection", 4, 4), ("summary", 6, 6)]),
        (
            "UNDER_ONE_LABEL",
            [("progress", 3, 10), ("progress", 11, 19), ("self-inspection", 20, 27), ("summary", 29, 34)],
        ),
        ("MARKDOWN_COLLECTION", [("progress", 1, 10), ("plan", 14, 23)]),
        ("WRAPPED", [("rectification", 1, 18)]),
        ("MASKED", [("progress", 1, 9)]),
        ("WECHAT", [("progress", 1, 14)]),
        ("FORUM", [("self-inspection", 4, 11), ("summary", 13, 18), ("rectification", 20, 28)]),
        ("OFFICE_PAPER", [("rectification", 1, 26)]),
        ("BACK_TO_BACK", [("progress", 1, 11), ("self-inspection", 13, 23)]),
        ("DOCUMENT_SHARING", [("progress", 8, 15), ("progress", 17, 24), ("self-inspection", 26, 33)]),
        ("QUESTION_AND_ANSWER", [("progress", 4, 10), ("progress", 12, 19)]),
        ("NUMBERED_TITLES", [("progress", 5, 13), ("progress", 15, 23)]),
        ("SPACED_OUT", [("plan", 1, 22)]),
    ],
)
def test_pages_of_many_layouts_are_parted_into_their_reports(page: str, expected: list[tuple[str, int, int]]) -> None:
    assert _spans(understand_text("page.md" if "MARKDOWN" in page else "page.txt", getattr(pages, page))) == expected


@pytest.mark.parametrize("page", [*_SITES, "DOCUMENT_SHARING", "QUESTION_AND_ANSWER", "NUMBERED_TITLES"])
def test_nothing_of_the_site_is_left_in_a_report(page: str) -> None:
    text = "\n".join(report.text for report in understand_text("page.txt", getattr(pages, page)).reports)
    for word in (
        "小编",
        "供大家参考",
        "点击",
        "浏览",
        "下一篇",
        "责任编辑",
        "申请书",
        "演讲稿",
        "相关文章",
        "扫一扫",
        "在看",
        "2024-0",
    ):
        assert word not in text


@pytest.mark.parametrize(
    "page", ["MODEL_ESSAYS", "GOVERNMENT_NEWS", "ONE_LINE_EACH", "UNDER_ONE_LABEL", "WECHAT", "FORUM"]
)
def test_every_line_of_a_page_is_in_a_report_or_dropped(page: str) -> None:
    text = getattr(pages, page)
    understood = understand_text("page.txt", text)
    dropped = {one.line for one in understood.dropped}
    for number, line in enumerate(text.split("\n"), 1):
        inside = any(report.lines[0] <= number <= report.lines[1] for report in understood.reports)
        assert not line.strip() or inside or number in dropped, (number, line)
    for report in understood.reports:
        # Where a report is a whole label, no line of it may be lost silently either.
        kept = report.text.replace("\n", "") + report.title
        for number in range(report.lines[0], report.lines[1] + 1):
            line = text.split("\n")[number - 1].strip("#。 ")
            assert line[-6:].rstrip("。：") in kept or number in dropped, (number, line)


SHORT_ONES = """第一篇
今年以来，我校围绕文明校园创建，扎实开展各项工作，现将情况汇报如下：
一、加强领导
学校成立创建工作小组，召开专题会议6次，责任落实到班级。
二、开展活动
组织学生志愿者120人次参加清扫，举办主题班会24场，评选文明学生36名。
我校将继续努力，把文明校园创建引向深入。
近年来，我区坚持以创建为抓手，全面提升城市品质，{announced}
一、完善基础设施
全区改造老旧小区12个，新增停车泊位860个，维修路灯310盏。
二、整治市容环境
开展占道经营整治48次，清运垃圾900吨，取缔马路市场3处。
我区将持续巩固创建成果。
"""


@pytest.mark.parametrize("announced", ["现将有关工作汇报如下：", "城市面貌焕然一新。"])
def test_two_short_reports_under_one_label_part_where_another_unit_begins_anew(announced: str) -> None:
    reports = understand_text("a.txt", SHORT_ONES.format(announced=announced)).reports
    assert [(report.lines, str(report.unit_type)) for report in reports] == [((2, 7), "school"), ((8, 13), "district")]
    # The same unit going on, with a list of its own inside, is one report.
    one = SHORT_ONES.format(announced=announced).replace("我区", "我校").replace("现将有关工作汇报如下：", "")
    assert len(understand_text("a.txt", one).reports) == 1


def test_a_report_without_a_title_is_named_by_its_file_and_label() -> None:
    understood = understand_text("文明创建汇编.txt", pages.ONE_LINE_EACH)
    assert [report.title for report in understood.reports] == [f"文明创建汇编篇{number}" for number in "一二三"]


def test_an_office_paper_gives_its_title_in_two_lines_and_its_imprint_as_closing() -> None:
    (report,) = understand_text("paper.txt", pages.OFFICE_PAPER).reports
    assert report.title == "青桐街道办事处关于文明城市测评反馈问题整改情况的报告"
    assert report.unit == "青桐街道办事处"
    assert report.sections[0].text.startswith("区创建办：\n收到市文明办")
    assert [section.heading for section in report.sections if section.level == 1][-1] == "三、建立长效机制"
    assert report.sections[-1].text.split("\n")[1:3] == ["附件：1.整改清单", "2.整改前后对比照片"]
    assert report.damage == ()
