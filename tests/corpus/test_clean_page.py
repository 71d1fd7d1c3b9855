"""The cleaner's contract: digit-invariant, logged, idempotent; masks stay masks; true text stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clean.changes import CleanPage, digit_strings
from corpus.clean.clean_page import clean_page
from corpus.understand import understand_text
from tests.corpus import pages

PAGES = {
    "model_essays": pages.MODEL_ESSAYS,
    "government_news": pages.GOVERNMENT_NEWS,
    "one_line_each": pages.ONE_LINE_EACH,
    "under_one_label": pages.UNDER_ONE_LABEL,
    "markdown_collection": pages.MARKDOWN_COLLECTION,
    "wrapped": pages.WRAPPED,
    "masked": pages.MASKED,
    "wechat": pages.WECHAT,
    "forum": pages.FORUM,
    "office_paper": pages.OFFICE_PAPER,
    "document_sharing": pages.DOCUMENT_SHARING,
    "question_and_answer": pages.QUESTION_AND_ANSWER,
    "spaced_out": pages.SPACED_OUT,
}
_SHARED = Path(__file__).parents[2].parent / "shared" / "seeds"
if _SHARED.is_dir():
    PAGES |= {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted(_SHARED.glob("*.txt"))}

# Words, marks, masks and digits as pages mix them; hypothesis glues them into lines.
_WORDS = "创建工作|我局|清理|现将情况汇报如下|年|月|日|户|个|余|多|市|街道|篇一|篇二|来源：|的|一是|二"
_MARKS = "一、|（一）|1.|。|，|,|:|;|(|)|（|()|“|”|`|'|.|——| |  |\u3000|\u200b|\n|\n\n"
_FIGURES = "xx|××|__|**|*|x|20xx|20__|520xx|2024|2024 |3|3.8|4:30|12+4|2。5|１２"
_SCRAPS = st.sampled_from(f"{_WORDS}|{_MARKS}|{_FIGURES}".split("|"))


def _clean_line(text: str) -> str:
    return clean_page(text).text


@pytest.mark.parametrize("name", sorted(PAGES))
def test_cleaning_the_clean_text_changes_nothing(name: str) -> None:
    once = clean_page(PAGES[name]).text
    assert clean_page(once).text == once


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_digits_appear_that_were_not_there(name: str) -> None:
    assert digit_strings(clean_page(PAGES[name]).text) <= digit_strings(PAGES[name])


@settings(max_examples=150, deadline=None)
@given(st.lists(_SCRAPS, max_size=60).map("".join))
def test_any_mixture_is_cleaned_without_new_digits_and_stays_clean(text: str) -> None:
    once = clean_page(text)
    assert digit_strings(once.text) <= digit_strings(text)
    assert clean_page(once.text).text == once.text


@settings(max_examples=60, deadline=None)
@given(st.lists(_SCRAPS, max_size=80).map("".join))
def test_any_mixture_is_understood_without_new_digits(text: str) -> None:
    understood = understand_text("page.txt", text)
    for report in understood.reports:
        assert digit_strings(report.text) <= digit_strings(text)


def _by_rule(page: CleanPage, rule: str) -> list[tuple[str, str]]:
    return [(change.before, change.after) for change in page.changes if change.rule == rule]


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("我街道拓宽了志愿服务的`受益面，群众获得感提高。", "我街道拓宽了志愿服务的受益面，群众获得感提高。"),
        ("让我们的.校园更加整洁，师生行为更加文明。", "让我们的校园更加整洁，师生行为更加文明。"),
        ("大家争当文()明市民，参与环境整[]治。", "大家争当文明市民，参与环境整治。"),
        ("发放宣传册2800 多份，悬挂横幅 120条。", "发放宣传册2800多份，悬挂横幅120条。"),
        ("回填土方3。6万余方，拆除围挡12处。", "回填土方3.6万余方，拆除围挡12处。"),
        (
            "我局高度重视,成立专班(由局长任组长),逐项落实:一是宣传;二是整治.",
            "我局高度重视，成立专班（由局长任组长），逐项落实：一是宣传；二是整治。",
        ),
        ("现将情况汇报如下:。", "现将情况汇报如下："),
        ("建立工作qq群3个，更换led屏2块。", "建立工作QQ群3个，更换LED屏2块。"),
        (
            "我局将城 管力量下沉到社区一线，全年共出动执法人员三千余人次，取得了明显成效。",
            "我局将城管力量下沉到社区一线，全年共出动执法人员三千余人次，取得了明显成效。",
        ),
        ("加强巡查(转载请注明来自：某某文秘站)，发现问题立即整改。", "加强巡查，发现问题立即整改。"),
    ],
)
def test_noise_inside_a_line_goes_and_the_sentence_stays(noisy: str, clean: str) -> None:
    assert _clean_line(noisy) == clean


@pytest.mark.parametrize(
    "true_text",
    [
        "门厅张贴‘敬老孝亲好家风’主题海报10张，位置显著。",
        "一抓环境卫生，进一步净化。二抓市容市貌，进一步美化。",
        "一系列改造项目陆续完工，二、三期工程同步推进。",
        "三年来，我区坚持为民创建；七月针对驻区单位开展检查。",
        "主干道保洁时间为4:30~22:30，现有12+4特色产业园。",
        "更换3×5米展板20块，购置8*6规格护栏40组。",
        "知晓率达到97%。3月8日，我局组织志愿者走上街头。",
        "医院新购X光机1台，x射线防护设施同步更新。",
        "经费1,490元由街道承担，比分为3:2。",
        "现场发放《文明手册》，参加者有王小川 李望舒 周知远。",
        "投诉举报渠道畅通，全年受理投诉12件。",
        "【佐证】注册系统截图、派单表、签到册。",
        "主办单位：区文明办",
        "无障碍环境",
        "会议于2023年3月8日9:30在文化广场召开，120名干部参加。",
    ],
)
def test_true_text_that_looks_like_noise_stays(true_text: str) -> None:
    page = clean_page(true_text)
    assert page.text == true_text
    assert not page.dropped


def test_a_time_field_of_a_plan_is_no_date_line_of_the_site() -> None:
    plan = pages.PLAN.replace(
        "二、重点任务", "（一）第一阶段：摸底动员\n时间：2023年3月-4月\n牵头单位：党政办\n二、重点任务"
    )
    assert "时间：2023年3月-4月" in clean_page(plan).text.split("\n")


@pytest.mark.parametrize(
    ("masked", "token"),
    [
        ("抽调xx名干部", "抽调〔MASK:num〕名干部"),
        ("流动商贩310xx户", "流动商贩〔MASK:num〕户"),
        ("观众近30xx0人", "观众近〔MASK:num〕人"),
        ("服务了20__多人次", "服务了〔MASK:num〕多人次"),
        ("20__年3月启动", "〔MASK:year〕年3月启动"),
        ("自20xx年以来", "自〔MASK:year〕年以来"),
        ("XX县高度重视", "〔MASK:place〕县高度重视"),
        ("我x高度重视", "我〔MASK:place〕高度重视"),
        ("**市召开会议", "〔MASK:place〕市召开会议"),
        ("第__届运动会", "第〔MASK:num〕届运动会"),
        ("网格员**巡查楼道", "网格员〔MASK:word〕巡查楼道"),
        ("达标率超过×%。", "达标率超过〔MASK:num〕%。"),
    ],
)
def test_a_mask_becomes_a_typed_token(masked: str, token: str) -> None:
    page = clean_page(masked)
    assert page.text == token
    assert "mask" in page.lines[0].damage


def test_a_year_written_over_every_mask_is_a_mask_again() -> None:
    text = (
        "2024年以来，我办深入贯彻十六届五中全会精神。\n"
        "开办夜校10期，参加者2024 多人次。\n签订公约2024 余份，投入30万元。\n"
    )
    page = clean_page(text)
    assert "2024" not in page.text
    assert page.text.count("〔MASK:num〕") == 2
    assert "〔MASK:year〕年以来" in page.text


def test_one_count_that_equals_a_year_is_believed() -> None:
    text = "2024年以来，我办走访居民2024户，发放手册800份。"
    assert clean_page(text).text == text


def test_every_change_is_logged_with_its_place() -> None:
    page = clean_page("第一行没有问题。\n清运垃圾2。5万余方,拆除违建12处。")
    assert ("。", ".") in _by_rule(page, "N18")
    assert (",", "，") in _by_rule(page, "N30")
    assert {change.line for change in page.changes} == {2}
    assert all(change.column >= 0 for change in page.changes)


def test_enumerators_without_a_separator_are_named_only_as_a_whole_sequence() -> None:
    assert _clean_line("存在问题：一市民教育有待加强。二城市管理有待提高。三服务功能还不完善。").count("是") == 3
    assert _clean_line("一市两县共同参与。三区联动推进。") == "一市两县共同参与。三区联动推进。"


def test_a_sentence_broken_by_a_line_end_is_joined() -> None:
    page = clean_page(
        "依托新时代讲习所和楼门长队伍，每周组织一次入户宣讲，持续增强辖区居\n\n民的主人翁意识和参与热情。"
    )
    assert page.text == "依托新时代讲习所和楼门长队伍，每周组织一次入户宣讲，持续增强辖区居民的主人翁意识和参与热情。"
    assert (page.lines[0].first, page.lines[0].last) == (1, 3)


def test_a_word_torn_out_as_a_link_is_put_back_and_the_line_flagged() -> None:
    after = (
        "每周四组织集中研讨班子成员轮流领学中心组带头撰写笔记各科室对照清单查摆不足并逐项落实改进举措形成比学赶超氛围"
    )
    page = clean_page(f"馆支部围绕创建目标修订内部管理，认真落实考勤和值班\n规章制度。\n{after}。")
    assert len(page.lines) == 1
    assert "考勤和值班规章制度每周四" in page.text
    assert "punct_lost" in page.lines[0].damage


def test_a_short_heading_with_a_stop_is_not_taken_for_a_torn_word() -> None:
    page = clean_page("我局高度重视，部署及时。\n工作计划。\n一季度开展宣传，二季度集中整治，三季度迎接检查。")
    assert len(page.lines) == 3


@pytest.mark.parametrize(
    "hostile",
    ["（" * 5000, "xx" * 20000, "一、" * 5000, "。" * 30000, "来源：" * 4000, "篇一\n" * 4000, " \u3000" * 20000],
)
def test_hostile_text_is_cleaned_all_the_same(hostile: str) -> None:
    cleaned = clean_page(hostile).text
    assert not re.search(r"\d", cleaned)


def test_an_item_number_keeps_its_bracket_and_a_masked_year_its_place() -> None:
    assert _clean_line("2、开展宣传:(1)社区召开会议;(2)张贴海报。") == "2、开展宣传：(1)社区召开会议；(2)张贴海报。"
    assert _clean_line("2、开展宣传:(1)社区召开会议;(2)张贴海报。").count("(") == 2
    assert _clean_line("20xx 年以来，我区持续推进。") == "〔MASK:year〕年以来，我区持续推进。"


@pytest.mark.parametrize(
    ("page", "reports"),
    [
        (pages.FORUM_THREAD, [pages.SCHOOL, pages.TOWN]),
        (pages.SHARED_DOCUMENT, [pages.HOSPITAL]),
        (pages.ACCOUNT_POST, [pages.STREET]),
    ],
    ids=["a thread of a forum", "a preview of a shared document", "a post of an account"],
)
def test_pages_of_three_more_kinds_leave_their_reports_alone(page: str, reports: list[str]) -> None:
    found = [re.sub(r"\s", "", one.text) for one in understand_text("a.txt", page).reports]
    assert found == [re.sub(r"\s", "", one) for one in reports]


@pytest.mark.parametrize(
    "line",
    [
        "注册志愿者1200人，收藏图书3000册。",
        "来源 | 数量 | 完成时限",
        "投诉举报、点评反馈渠道保持畅通。",
        "12楼住户反映电梯停运，当天修好。",
    ],
)
def test_lines_of_a_report_that_resemble_what_readers_do_stay(line: str) -> None:
    page = pages.STREET.replace("三、建立长效机制", f"{line}\n三、建立长效机制")
    (report,) = understand_text("a.txt", page).reports
    assert re.sub(r"\s", "", line) in re.sub(r"\s", "", report.text)
