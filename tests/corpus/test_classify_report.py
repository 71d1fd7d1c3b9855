"""What a text is: its genre, its unit, its year, whether it is a report, and what is broken in it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.classify.damage import damaged_sentences, deleted_word
from corpus.classify.genre import classify_genre
from corpus.classify.not_report import not_report_reason
from corpus.classify.unit import find_unit, find_unit_type, find_year
from corpus.read.limits import ReadLimits
from corpus.understand import understand_file, understand_text
from service.domain.genre import Genre, UnitType
from tests.corpus import pages


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (pages.SCHOOL, Genre.PROGRESS),
        (pages.TOWN, Genre.PROGRESS),
        (pages.HOSPITAL, Genre.SELF_INSPECTION),
        (pages.STREET, Genre.RECTIFICATION),
        (pages.PLAN, Genre.PLAN),
        (pages.LEDGER, Genre.SUMMARY),
    ],
)
@pytest.mark.parametrize("page_title", ["", "创建文明城市整改报告", "文明城市创建工作总结", "创城实施方案"])
def test_the_genre_is_told_by_the_text_whatever_the_page_is_called(text: str, genre: Genre, page_title: str) -> None:
    label = f"{page_title}篇一\n{text}\n{page_title}篇二\n{text}" if page_title else text
    assert {report.genre for report in understand_text("page.txt", label).reports} == {genre}


COMMUNITY = """梧叶社区位于老城东侧，东至河滨路，西临桂花巷，辖区面积0.4平方公里，现有居民2310户、5870人，楼栋46个，\
社区工作人员12名。近年来，社区以居民需求为导向开展创建，现将主要做法汇报如下：
一、党建引领聚合力
社区党委联合驻区单位5家开展共建活动18次，认领居民微心愿63个。
二、环境整治见实效
我社区清理楼道杂物39车，更换楼道灯110盏，施划非机动车位240个。
三、不足与打算
停车位仍然紧张，社区将协调开放驻区单位车位80个。"""

DECLARATION = """市直机关工委：
我馆始终把精神文明建设摆在突出位置，积极争创市级文明单位，以创建促服务。现将精神文明创建工作情况汇报如下：
一、加强领导，健全机制
我馆成立文明单位创建工作专班，拟定创建规划和年度计划，做到文明创建和借阅服务一起安排、一起考核。
二、优化服务，树立形象
全年接待读者21万人次，开展文明单位结对帮扶6次，评选文明科室4个，精神文明创建氛围浓厚。
特此申报。"""

INDICATOR = """本指标要求主次干道公益广告设置规范、内容健康。全区共设置公益广告1260处，其中主次干道430处、社区610处、\
公园广场220处，覆盖率100%。由区文明办牵头，每月巡查1次，对破损褪色的及时更换，\
今年以来更换87处。宣传内容涵盖核心价值观、文明健康、未成年人关爱等主题，测评标准要求的点位均已达标，佐证资料见附件。"""


@pytest.mark.parametrize(
    ("text", "genre", "unit_type"),
    [
        (COMMUNITY, Genre.COMMUNITY, UnitType.COMMUNITY),
        (DECLARATION, Genre.DECLARATION, UnitType.OTHER),
        (INDICATOR, Genre.INDICATOR, UnitType.DISTRICT),
    ],
)
def test_the_rarer_genres_are_told_too(text: str, genre: Genre, unit_type: UnitType) -> None:
    (report,) = understand_text("page.txt", text).reports
    assert report.genre == genre
    assert genre is Genre.INDICATOR or report.unit_type == unit_type


def test_every_invented_sample_is_classified_as_its_index_says() -> None:
    folder = Path(__file__).parents[2] / "corpus" / "samples"
    rows = list(csv.DictReader((folder / "index.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert rows
    wrong = []
    for row in rows:
        report = understand_file(folder / row["file"], ReadLimits()).reports[0]
        if report.genre != row["genre"]:
            wrong.append((row["file"], str(report.genre)))
    assert wrong == []


def test_without_titles_nine_in_ten_samples_keep_their_genre() -> None:
    folder = Path(__file__).parents[2] / "corpus" / "samples"
    rows = list(csv.DictReader((folder / "index.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    right = 0
    for row in rows:
        report = understand_file(folder / row["file"], ReadLimits()).reports[0]
        headings = tuple(section.heading for section in report.sections if section.heading)
        guess = classify_genre(title="", page="", headings=headings, text=report.text, unit_type=report.unit_type)
        right += guess.genre == row["genre"]
    assert right >= 0.85 * len(rows)


@pytest.mark.parametrize(
    ("title", "text", "unit"),
    [
        ("青溪县住房和城乡建设局2024年创建工作总结", "正文。", "青溪县住房和城乡建设局"),
        ("关于文明创建工作情况的报告", f"{pages.TOWN}\n柳溪镇人民政府\n2024年5月8日", "柳溪镇人民政府"),
        ("", pages.STREET, "青桐街道"),
        ("创建文明城市工作总结", "我们认真开展各项创建活动，成效明显。", ""),
        ("", "全年拒收红包52人次，退还锦旗以外的礼品15件。", ""),
        ("", "| 申报单位 | 榆桥县中医院 | 填表日期 | 2023年11月8日 |\n| 简介 | 现有职工412人。 |", "榆桥县中医院"),
        ("", "责任单位：区卫生健康局。\n一、关于楼道堆物的问题。已清运。", ""),
    ],
)
def test_the_unit_is_found_in_signature_title_or_opening(title: str, text: str, unit: str) -> None:
    assert find_unit(title=title, text=text) == unit


@pytest.mark.parametrize(
    ("unit", "unit_type"),
    [
        ("青溪县人民医院", UnitType.HOSPITAL),
        ("梧叶社区居民委员会", UnitType.COMMUNITY),
        ("青桐街道办事处", UnitType.STREET),
        ("第二实验小学", UnitType.SCHOOL),
        ("市交通运输局", UnitType.BUREAU),
        ("柳溪镇人民政府", UnitType.TOWN),
        ("澜溪区", UnitType.DISTRICT),
        ("云江市人民政府", UnitType.CITY),
        ("通达公交集团有限公司", UnitType.COMPANY),
        ("澜溪区创建全国文明城市指挥部办公室", UnitType.DISTRICT),
        ("县图书馆", UnitType.OTHER),
        ("岚岭景区管理处", UnitType.OTHER),
    ],
)
def test_the_type_of_a_unit_follows_its_name(unit: str, unit_type: UnitType) -> None:
    assert find_unit_type(unit=unit, title="", text="") == unit_type


def test_without_a_name_the_type_follows_how_the_text_speaks_of_itself() -> None:
    for text, expected in (
        (pages.SCHOOL, UnitType.SCHOOL),
        (pages.TOWN, UnitType.TOWN),
        (pages.HOSPITAL, UnitType.HOSPITAL),
    ):
        assert find_unit_type(unit="", title="", text=text) == expected


@pytest.mark.parametrize(
    ("title", "text", "year"),
    [
        ("2023年工作总结", "2022年启动，2024年完成。\n2024年1月5日", 2023),
        ("工作总结", "正文。\n2024年1月5日", 2024),
        ("工作方案", "正文。\n二〇二五年三月五日", 2025),
        ("工作总结", "2022年整治3处，2022年新增5处，2021年2处。", 2022),
        ("工作总结", "〔MASK:year〕年整治3处，2021年2处。", None),
        ("工作总结", "2021年，我局整治3处。2022年，我们将抓住不放。", 2021),
        ("工作总结", "2021年，我局整治3处。\n云溪区城管局\n2022年1月6日", 2021),
        ("工作总结", "2021年，我局整治3处。\n云溪区城管局2022年9月6日", 2022),
        (
            "指标说明",
            "我局着力消除出行障碍，现将2017年落实情况说明如下：\n其余5处于2018年6月完成，2018年再建3处。",
            2017,
        ),
        ("工作总结", "整治3处。", None),
    ],
)
def test_the_year_is_the_reports_own(title: str, text: str, year: int | None) -> None:
    assert find_year(title=title, text=text) == year


SLOGANS = "\n".join(
    f"{number}、{words}"
    for number, words in enumerate(["文明花开满园春", "创建为民暖人心", "你我同行共文明", "绿色出行护蓝天"] * 4, 1)
)
SPEECH = """同学们，文明就像一缕春风，吹进我们每个人的心里。\
大家都知道，一次弯腰捡起纸屑，一声轻轻的问好，都能让校园更美丽。
让我们一起出发吧，从我做起，从身边的小事做起，把最美的笑容送给身边的每一个人，\
做一个懂礼貌、爱劳动的好少年。朋友们，请记住，美丽的家园离不开你和我。"""
NEWS = """本报讯（记者 林晚舟）5月8日上午，一场别开生面的志愿服务活动在滨江广场举行，\
来自各行各业的志愿者为市民提供义诊、理发、修伞等便民服务，现场气氛热烈。
活动现场，记者看到不少市民排起了长队，大家纷纷为志愿者点赞，\
认为这样的活动贴近群众、温暖人心，希望今后多多举办。"""


@pytest.mark.parametrize(
    ("text", "reason"), [(SLOGANS, "slogans"), (SPEECH, "speech"), (NEWS, "news"), ("整治工作有序推进。", "too_short")]
)
def test_what_is_no_report_is_set_apart_with_its_reason(text: str, reason: str) -> None:
    understood = understand_text("page.txt", text)
    assert understood.reports == ()
    assert [one.reason for one in understood.not_reports] == [reason]


@pytest.mark.parametrize("text", [pages.SCHOOL, pages.STREET, pages.PLAN, COMMUNITY, DECLARATION, INDICATOR])
def test_a_report_is_never_set_apart(text: str) -> None:
    assert not_report_reason(text.split("\n")) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "一、加强，理顺机制",
        "街道认真对待，统一，开了部署会。",
        "使师生对的坏处有了直观印象。",
        "举办“拥抱阳光、亲近自然、反对”主题活动。",
        "各科室开展层层。6月起全面推进。",
        "橱窗布置以的会议精神为主题。",
        "印发《》并抓好落实。",
    ],
)
def test_a_hole_where_words_were_taken_out_is_seen(sentence: str) -> None:
    assert deleted_word(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "一、加强领导，理顺机制",
        "我局不断加强，进一步完善。",
        "全社会积极参与的良好格局初步形成。",
        "针对的问题明确，面对的困难不少。",
        "这是我们面对的最大实际，可以的话再宣传一次。",
        "社会导向的作用、自由的氛围、温和的态度。",
        "制度规范、完善，运行顺畅。",
    ],
)
def test_a_whole_sentence_has_no_hole(sentence: str) -> None:
    assert not deleted_word(sentence)


def _damage(text: str) -> tuple[str, ...]:
    return understand_text("page.txt", text).reports[0].damage


def test_a_whole_report_has_no_damage_and_teaches_both() -> None:
    for text in (pages.TOWN, pages.STREET, COMMUNITY):
        (report,) = understand_text("page.txt", text).reports
        assert report.damage == ()
        assert report.usable_for == ("structure", "facts")


def test_cuts_gaps_and_masks_are_flagged_in_the_words_of_the_contract() -> None:
    assert _damage(pages.TOWN.replace("二、存在的不足\n", "")) == ("heading_lost",)
    assert _damage(pages.TOWN[:-30]) == ("tail_cut",)
    assert _damage("，并取得明显成效。" + pages.TOWN) == ("head_cut",)
    assert _damage(pages.TOWN.replace("420", "xx")) == ("mask",)
    assert _damage(pages.STREET + "\n四、下一步打算") == ("tail_cut",)


def test_a_report_of_masked_figures_teaches_structure_only() -> None:
    (report,) = understand_text("page.txt", pages.MASKED).reports
    assert report.usable_for == ("structure",)


def test_damage_is_told_sentence_by_sentence() -> None:
    text = "我局清理死角12处。认真对待，统一，开会部署。\n抽调〔MASK:num〕名干部。成效明显！"
    damaged = damaged_sentences(text)
    assert [(one.span.of(text), one.flags) for one in damaged] == [
        ("认真对待，统一，开会部署。", ("deleted_word",)),
        ("抽调〔MASK:num〕名干部。", ("mask",)),
    ]
    assert damaged_sentences(pages.TOWN) == ()


def test_many_figures_tell_a_report_and_an_offer_to_readers_none() -> None:
    explained = (
        "新装路灯320盏，更换窨井盖86个，铺设盲道4.6公里。市民意见箱收到来信57件，回访率100%。"
        "老旧楼道粉刷118处，增加停车位640个，补种行道树230株。存在的主要问题是积水点还有5处，排水管网老化，汛期前难以全部更换，"
        "拟分两批实施，第一批2处，第二批3处，费用由财政列支。"
    )
    offer = (
        "训练营第12期开始招生，名师一对一辅导，三个月从新手到能手，已有3200名学员。前50名报名立减300元，赠送模板1000套。"
        "内容包括工作总结、汇报材料、调研报告等八大文种，配套练习20次、批改12次，学不会免费重学，名额有限，先到先得，请从速咨询。"
    )
    assert not_report_reason([explained]) is None
    assert not_report_reason([offer]) == "no_report"
