"""The 28 classes of noise of past pages, one by one: what the cleaner owes for each, without new digits, logged, once."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from corpus.classify.damage import damaged_sentences
from corpus.clean.changes import digit_strings
from corpus.clean.clean_page import clean_page
from corpus.understand import FileUnderstood, understand_text
from service.checking.wording.find import wording_findings

TITLE = "岫水街道文明创建工作情况汇报"
OPENING = "今年以来，我街道围绕全国文明城市创建扎实开展各项工作，现将情况汇报如下："
FIRST = "一、加强环境整治\n组织干部和志愿者清理背街小巷卫生死角，拆除破旧遮阳棚，辖区面貌明显改善。"
SECOND = "二、加强宣传发动\n在主要路口张贴公益广告，发放倡议书，居民知晓率稳步提高，群众反映良好。"
END = "岫水街道办事处\n2023年6月8日"


def page(*, head: str = "", opening: str = OPENING, first: str = FIRST, second: str = SECOND, tail: str = "") -> str:
    """A whole report with noise put in one place."""
    return "\n".join(part for part in (head, TITLE, opening, first, second, END, tail) if part)


@dataclass(frozen=True)
class Noise:
    """A page that holds one class of noise: what must be gone, what must stand, and how it is told."""

    text: str
    gone: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
    rule: str = ""
    damage: str = ""
    reports: int = 1


LONG = "一、主要做法\n召开动员会和推进会，制定任务清单，明确责任分工，逐级压实责任，推动工作落到实处，取得阶段性成效。\n二、存在问题\n个别点位反复，长效机制不够健全，宣传形式比较单一，需要继续改进。"
KEYWORD = "进一步完善内部管理，建立健全\n规章制度。\n坚持用制度管人管事"
NOISES = {
    "N01 head and tail": Noise(
        page(head="首页 > 工作动态 > 正文\n发布时间：2023-06-09 来源：本站", tail="【打印本页】【关闭窗口】"),
        gone=("首页", "发布时间", "关闭窗口"),
        rule="N01",
    ),
    "N01 a field of the body stays": Noise(
        page(second="二、时间安排\n时间:2023年3月-4月\n各社区按照方案分步推进，确保任务按期完成，责任落实到人。"),
        stands=("2023年3月-4月",),
    ),
    "N02 teasers of others": Noise(
        page(tail="相关范文推荐\n社区志愿服务心得体会(汇总9篇)\n校园卫生检查总结范文(通用8篇)\n春季植树活动方案..."),
        gone=("相关范文", "心得体会", "植树活动"),
        rule="N02",
    ),
    "N03 lead-ins": Noise(
        page(head="下面是小编为大家整理的文明创建工作汇报，供大家参考，欢迎阅读。"), gone=("小编", "供大家参考"), rule="N03"
    ),
    "N04 adverts in a sentence": Noise(
        page(first=FIRST.replace("，辖区面貌", "(转载请注明来自：某某文秘站)，辖区面貌")),
        gone=("转载",),
        stands=("遮阳棚，辖区面貌明显改善",),
        rule="N04",
    ),
    "N05 repeated titles": Noise(
        f"文明创建工作汇报篇一\n{page()}\n文明创建工作汇报篇二\n望禾小学文明校园创建工作总结\n今年以来，我校认真开展文明校园创建，现总结如下：\n{LONG}\n望禾小学\n2023年7月1日",
        gone=("篇一", "篇二"),
        reports=2,
    ),
    "N06 several reports under one label": Noise(
        f"{page()}\n望禾小学文明校园创建工作总结\n一学期来，我校认真开展文明校园创建，现总结如下：\n{LONG}\n望禾小学\n2023年7月1日",
        reports=2,
    ),
    "N07 stray marks": Noise(page(first=FIRST.replace("辖区面貌", "辖区的`面貌")), stands=("辖区的面貌",), rule="N07"),
    "N08 empty brackets": Noise(page(first=FIRST.replace("卫生死角", "卫生死()角")), stands=("卫生死角",), rule="N08"),
    "N09 a space in a word": Noise(page(first=FIRST.replace("志愿者清理", "城 管队员清理")), stands=("城管队员",), rule="N09"),
    "N10 deleted words": Noise(
        page(second="二、加强，完善机构\n高度重视，统一，召开动员大会，居民知晓率稳步提高，群众反映良好。"),
        stands=("统一，召开",),
        damage="deleted_word",
    ),
    "N11 deleted nouns": Noise(
        page(second="二、加强宣传发动\n引导居民崇尚科学、关爱家庭、反对，深刻认识其危害，群众反映良好。"),
        stands=("关爱家庭、反对，",),
        damage="deleted_word",
    ),
    "N12 a keyword in a paragraph of its own": Noise(
        page(second=f"二、加强宣传发动\n{KEYWORD}，居民知晓率稳步提高，群众反映良好。"),
        stands=("建立健全规章制度",),
        rule="N12",
    ),
    "N13 masked places": Noise(page(first=FIRST.replace("背街小巷", "**路和xx社区的")), gone=("**", "xx"), rule="N13"),
    "N14 masked words": Noise(page(first=FIRST.replace("拆除", "**疏导交通，拆除")), gone=("**",), rule="N14", damage="mask"),
    "N15 masked digits": Noise(
        page(first=FIRST.replace("拆除破旧", "硬化路面xx米，拆除破旧")), gone=("xx",), rule="N15", damage="mask"
    ),
    "N16 year masks in counts": Noise(
        page(first=FIRST.replace("拆除破旧", "走访商户520xx户，拆除破旧")), gone=("520", "xx"), rule="N16", damage="mask"
    ),
    "N17 one year over all masks": Noise(
        page(first=FIRST.replace("拆除", "培训2024 多人次，发放手册2024 份，2024年拆除")), gone=("2024",), rule="N17"
    ),
    "N18 broken numbers": Noise(
        page(first=FIRST.replace("拆除", "清运土方2。5万余方，拆除")), stands=("2.5万余方",), rule="N18"
    ),
    "N18 what cannot be told is left": Noise(
        page(first=FIRST.replace("拆除", "20006年狠抓落实，3.28日拆除")), stands=("20006年", "3.28日")
    ),
    "N19 spaces around digits": Noise(page(second=SECOND.replace("倡议书", "倡议书2800 多份")), stands=("2800多份",), rule="N19"),
    "N20 enumerators without 是": Noise(
        page(second="二、加强宣传发动\n一深入社区宣讲政策。二张贴公益广告画。三发放倡议书到户。群众知晓率明显提高。"),
        stands=("一是深入", "二是张贴", "三是发放"),
        rule="N20",
    ),
    "N20 one 抓 stays": Noise(
        page(second="二、加强宣传发动\n一抓阵地建设，一系列项目完工；二抓队伍，二、三期工程推进，群众反映良好。"),
        stands=("一抓阵地", "一系列项目", "二、三期工程"),
    ),
    "N21 a heading in a body": Noise(
        page(first=f"{FIRST}二、坚持以人为本", second="在主要路口张贴公益广告，发放倡议书，居民知晓率稳步提高。"),
        stands=("二、坚持以人为本",),
    ),
    "N22 lost headings": Noise(page(second=SECOND.replace("二、", "四、")), damage="heading_lost"),
    "N23 a line broken in a word": Noise(
        page(second=SECOND.replace("居民知晓率", "通过各种形式不断提高广\n大居民知晓率")), stands=("广大居民",), rule="N23"
    ),
    "N23 a cut tail": Noise(f"{TITLE}\n{OPENING}\n{FIRST}\n{SECOND}\n三、下一步打算", damage="tail_cut"),
    "N24 stops behind headings": Noise(
        page(first=FIRST.replace("环境整治", "环境整治。"), opening=OPENING.replace("：", "：。")),
        stands=("一、加强环境整治\n", "汇报如下：\n"),
        rule="N24",
    ),
    "N25 small letters": Noise(page(first=FIRST.replace("拆除破旧", "更换led屏，建立qq群，拆除破旧")), stands=("LED屏", "QQ群"), rule="N25"),
    "N26 titles in brackets": Noise(
        page(second=SECOND.replace("发放", "宣传(公民道德建设实施纲要)，发放")), stands=("（公民道德建设实施纲要）",)
    ),
    "N27 slips of the pen": Noise(page(second=SECOND.replace("群众反映良好", "潜易默化影响群众")), stands=("潜易默化",)),
    "N28 slogans are no report": Noise("\n".join(f"{n}、共建文明城，同享{word}" for n, word in enumerate(["好生活", "好环境", "好家园", "好风尚", "好未来", "幸福城", "新生活", "新风尚"], 1)), reports=0),
}  # fmt: skip


@pytest.fixture(params=list(NOISES), ids=lambda name: name.replace(" ", "-"))
def noise(request: pytest.FixtureRequest) -> Noise:
    return NOISES[request.param]


def _text(understood: FileUnderstood) -> str:
    return "\n".join(f"{one.title}\n{one.text}" for one in understood.reports)


def test_what_is_noise_goes_what_is_text_stays_and_damage_is_told(noise: Noise) -> None:
    understood = understand_text("页.txt", noise.text)
    assert len(understood.reports) == noise.reports, [one.title for one in understood.reports]
    whole = _text(understood)
    assert [words for words in noise.gone if words in whole] == []
    assert [words for words in noise.stands if words not in whole] == []
    if noise.damage:
        assert noise.damage in understood.reports[0].damage
    if noise.reports == 0:
        assert understood.not_reports


def test_each_step_is_logged_adds_no_digit_and_is_done_once(noise: Noise) -> None:
    page = clean_page(noise.text)
    rules = {one.rule for one in page.changes} | {one.rule for one in page.dropped}
    assert not noise.rule or noise.rule in rules
    assert digit_strings(page.text) <= digit_strings(noise.text)
    assert clean_page(page.text).text == page.text
    lines = noise.text.split("\n")
    for change in page.changes:
        # What is said to have stood there stood there, on that line.
        assert re.sub(r"\s", "", change.before) in re.sub(r"\s", "", "".join(lines[change.line - 1 : change.line + 2]))
    # A line that is gone is told, or was joined to the one before it.
    joined = {one.line for one in page.changes if one.rule in ("N12", "N23")}
    kept = {number for line in page.lines for number in range(line.first, line.last + 1)}
    told = {one.line for one in page.dropped} | joined | kept
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= told


def test_damage_is_told_by_the_sentence() -> None:
    (report,) = understand_text("页.txt", NOISES["N15 masked digits"].text).reports
    (sentence,) = damaged_sentences(report.text)
    assert "硬化路面〔MASK:num〕米" in report.text[sentence.span.start : sentence.span.end]


@pytest.mark.parametrize(
    ("name", "wrong"), [("N26 titles in brackets", "公民道德建设实施纲要"), ("N27 slips of the pen", "潜易默化")]
)
def test_what_only_a_person_may_mend_is_suggested(name: str, wrong: str) -> None:
    (report,) = understand_text("页.txt", NOISES[name].text).reports
    assert any(wrong in one.text for one in wording_findings(report.text))
