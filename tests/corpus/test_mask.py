"""Masking: nothing that belongs to one report alone may survive, and the form of a sentence must."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.mask.masking import mask_report, mask_text, wording
from corpus.mask.people import find_people
from corpus.read.limits import ReadLimits
from corpus.understand import understand_file
from service.domain.genre import Genre, UnitType
from service.domain.quantity import Kind, Role
from service.domain.report import Report, Section
from service.language.names import bare_name, find_names, policy_reason
from service.language.numbers import find_numbers
from tests.corpus.measure import measure_masks
from tests.corpus.shelves import report_of

MASKS = Path(__file__).parent / "masks"
SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
BLANK = re.compile("〔(?:数量|日期|比例|金额|人名|地名|单位|文件|活动|名称|序号)〕")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("开展文艺演出12场次", "开展文艺演出〔数量〕场次"),
        ("清运垃圾三十余吨", "清运垃圾〔数量〕吨"),
        ("投入资金22.5万元", "投入资金〔金额〕"),
        ("满意率达到95.6%", "满意率达到〔比例〕"),
        ("满意率达到９５．６％", "满意率达到〔比例〕"),
        ("2023年3月8日组织活动", "〔日期〕组织活动"),
        ("书记褚望江主持会议", "书记〔人名〕主持会议"),
        ("责任人：郁长麓、苗启辰。", "责任人：〔人名〕、〔人名〕。"),
        ("经营部（商陆）负责", "经营部（〔人名〕）负责"),
        ("印发《云雀镇文明创建工作方案》", "印发〔文件〕"),
        ("硬化路面〔MASK:num〕米", "硬化路面〔数量〕米"),
        ("〔MASK:place〕县〔MASK:year〕年", "〔地名〕县〔日期〕年"),
    ],
)
def test_a_typed_blank_stands_for_what_it_hides(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "进一步加强组织领导，十分重视",
        "深入学习贯彻党的二十大精神",
        "一是强化领导；二是广泛宣传",
        "（三）营造氛围",
        "书记和主任分头落实",
        "局长高度重视此项工作",
        "落实“门前三包”责任制",
        "组织志愿者清理卫生死角，营造良好氛围。",
    ],
)
def test_form_and_state_words_stay(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("院长纪慕青任负责人", ["纪慕青"]),
        ("柜员鲜于慧用四十分钟劝阻", ["鲜于慧"]),
        ("党委书记陆衡，镇长温若檀", ["陆衡", "温若檀"]),
        ("责任人为凌初禾、莫知遥，时限五月", ["凌初禾", "莫知遥"]),
        ("局长全程参加，主任和干部一起清扫", []),
        ("方案（试行）已经印发", []),
    ],
)
def test_the_place_of_a_rare_name_gives_it_away(text: str, people: list[str]) -> None:
    assert [text[start:end] for start, end in find_people(text)] == people


def test_a_name_given_away_once_is_masked_in_the_whole_report() -> None:
    report = report_of(
        [
            ("一、组织领导", "成立由党工委书记柳扶疏任组长的领导小组。"),
            ("二、先锋作用", "柳扶疏带头清扫楼道，澄溪居民深受鼓舞。"),
        ],
        unit="岚州市澄溪街道",
    )
    everything = "".join(one.masked_heading + one.masked_text for one in mask_report(report))
    assert "柳扶疏" not in everything
    assert "澄溪" not in everything


def test_a_change_keeps_the_words_between_its_ends() -> None:
    masked = mask_text("投诉由165件降到72件")
    assert "165" not in masked
    assert "72" not in masked
    assert "件" in masked


def reports() -> list[Report]:
    paths = sorted(path for path in SAMPLES.iterdir() if path.name[0] in "0123d")
    return [report for path in paths for report in understand_file(path, ReadLimits()).reports]


@pytest.mark.parametrize("report", reports(), ids=lambda report: f"{report.source}-{report.report_id[:4]}")
def test_no_figure_and_no_own_name_of_a_sample_survives(report: Report) -> None:
    for section in mask_report(report):
        for masked in (section.masked_heading, section.masked_text):
            assert not re.search(r"\d", masked)
            claims = [
                one for one in find_numbers(masked) if one.role is Role.CLAIM and one.kind is not Kind.PLACEHOLDER
            ]
            assert [one.text for one in claims if re.search("[0-9〇零两一二三四五六七八九十百千万亿]", one.text)] == []
            assert report.unit == "" or report.unit not in masked
            assert mask_text(masked) == masked


def test_hardly_any_name_of_the_samples_survives() -> None:
    names = survived = 0
    for report in reports():
        masked = "\n".join(f"{one.masked_heading}\n{one.masked_text}" for one in mask_report(report))
        for section in report.sections:
            for name in find_names(f"{section.heading}\n{section.text}"):
                bare = bare_name(name.text)
                if name.sure and policy_reason(bare) is None:
                    names += 1
                    survived += bare in masked
    assert names > 150
    assert survived <= 0.03 * names


TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "一二三十百万两几多余个名次场户元年月日号第《》“”〔〕（）、，。：0123456789０９①%％.xX*_ 市区县局书记张王"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_masking_leaves_no_digit_and_changes_nothing_the_second_time(text: str) -> None:
    masked = mask_text(text)
    assert not [one for one in masked if unicodedata.category(one) == "Nd"]
    assert mask_text(masked) == masked


@pytest.mark.parametrize("piece", ["第", "12", "〔数量〕", "《", "（", "书记", "张", "2023年", "、", "１", "a1"])
def test_hostile_repetitions_end_soon(piece: str) -> None:
    assert len(mask_text(piece * 3000)) < 100_000


def test_wording_is_what_remains_without_figures_and_blanks() -> None:
    assert wording("清理〔数量〕处死角，占95.3%") == "清理处死角，占"
    assert wording(" 〔单位〕 \n ２０２４ ").strip() == ""


def test_a_report_without_a_unit_is_masked_all_the_same() -> None:
    report = Report(
        "0" * 16, "f", "", "总结", Genre.SUMMARY, "", UnitType.OTHER, "清理12处", (1, 1), (Section("", 0, "清理12处"),)
    )
    assert mask_report(report)[0].masked_text == "清理〔数量〕处"


def test_hardly_a_name_and_no_number_of_unseen_sentences_survives() -> None:
    """150 invented sentences full of rare surnames, shops and abbreviated bodies, written by someone else."""
    tally = measure_masks(MASKS / "first.jsonl")
    assert tally.share("numbers masked") >= 0.99, tally.misses
    assert tally.share("names masked") >= 0.95, tally.misses
    # What is masked beside them is mostly what belongs to a name (党支部 of 瓦窑村党支部).
    assert tally.share("common characters kept") >= 0.88, tally.misses


@pytest.mark.parametrize("number", ["second", "third", "fourth", "sixth", "seventh"])
def test_the_weights_belong_to_the_traits(number: str) -> None:
    """Sentences that the weights were learnt from come out as they did then; decision 0015 tells of others."""
    tally = measure_masks(MASKS / f"{number}.jsonl")
    assert tally.share("names masked") >= 0.97, tally.misses
    assert tally.share("common characters kept") >= 0.87, tally.misses


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("其中书院路围墙修缮已经完工，育才路正在收尾", "育才路"),
        ("青石铺街道综合执法队驻守夜市", "青石铺"),
        ("由返乡青年康乐创办，社区免费提供场地", "康乐"),
        ("老年大学国画班给福安敬老院送去春联", "福安"),
        ("幸福里物业被约谈，欣荣里、团结里小区列入改造", "团结里"),
        ("绿化三队谭班长带人修剪行道树", "谭班长"),
    ],
)
def test_names_of_common_words_are_told_by_all_that_stands_around_them(text: str, name: str) -> None:
    assert name not in mask_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "推行首问负责制，选树典型，为老人免费测血压",
        "全体干部酒驾零容忍，错时上岗，以评促改",
        "成果惠及更多群众，乡风更加淳朴",
    ],
)
def test_words_that_no_dictionary_has_are_no_names(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("改造锦绣苑、逸翠苑", "改造〔地名〕、〔地名〕"),
        ("仁和堂药店主动撤除灯箱", "〔单位〕主动撤除灯箱"),
        ("团市委招募志愿者", "〔单位〕招募志愿者"),
        ("居民逄大爷主动拆除", "居民〔人名〕主动拆除"),
        ("工人钮祜禄·恩和义务修车", "工人〔人名〕义务修车"),
        ("由库晓光负责", "由〔人名〕负责"),
        ("在桂香弄口值守", "在〔地名〕口值守"),
        ("菱塘乡干部上门宣传", "〔地名〕干部上门宣传"),
        ("五味斋把公筷摆上桌", "〔地名〕把公筷摆上桌"),
        ("九禾餐饮被列入红榜", "〔单位〕被列入红榜"),
        ("健康村修订村规民约", "〔地名〕修订村规民约"),
        ("和谐家园三期加装门禁", "〔地名〕〔数量〕期加装门禁"),
        ("居民余进骑着电动车巡逻", "居民〔人名〕骑着电动车巡逻"),
    ],
)
def test_the_ending_behind_a_name_gives_it_away(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "清理卫生死角，规范农贸市场和停车场秩序",
        "成立领导小组，下设办公室",
        "新时代文明实践站、便民服务中心和志愿服务队轮流值班",
        "召开推进会、座谈会和现场会",
        "居民满意率稳步提高，群众代表高度评价",
        "在职党员到社区报到，培育理事队伍",
        "残疾人家庭安装扶手，家长和老师一起参加",
        "党员干部要带头，把群众满意放在首位，群众安全感持续提升",
        "志愿者走上街头，把措施落到实处，老人免费游公园",
        "建设示范村，打通断头路，共建和谐家园",
    ],
)
def test_words_of_the_trade_are_no_names(text: str) -> None:
    assert mask_text(text) == text
