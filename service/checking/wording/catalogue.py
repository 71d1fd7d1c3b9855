"""The table of wording rules: what each asks, its weight and source, one right and one wrong example."""

from __future__ import annotations

from dataclasses import dataclass

from service.checking.wording.finding import Severity
from service.domain.genre import Genre

_NUMERALS = "GB/T 15835—2011 出版物上数字用法"
_MARKS = "GB/T 15834—2011 标点符号用法"
_LAYOUT = "GB/T 9704—2012 党政机关公文格式"
_DUTIES = "党政机关公文处理工作条例"
_GRAMMAR = "语法通例"
_PRACTICE = "行文惯例"
_FACTS = "公开史实与机构改革文件"
_PRIVACY = "个人信息保护法"

_S, _W = Severity.SUGGESTION, Severity.WARNING


@dataclass(frozen=True, slots=True)
class WordingRule:
    """One rule. `right` and `wrong` are drafts; the rule is silent on the one and speaks on the other.

    `genre` and `period` (as a person writes it) are the occasion of both examples where the rule needs one. A finding
    may weigh less than `severity`, never more.
    """

    code: str
    title: str
    severity: Severity
    source: str
    right: str
    wrong: str
    genre: Genre | None = None
    period: str = ""


_ITEM = "## 二、整改情况\n（一）关于“路灯不亮”问题{}"

RULES: tuple[WordingRule, ...] = (
    WordingRule("R02", "年份远在报告期之后", _W, _PRACTICE, "2024年完成改造。", "2042年完成改造。", period="2024年"),
    WordingRule("R03", "年份不缩写", _W, _NUMERALS, "2023年以来，共开展12场。", "23年以来，共开展12场。"),
    WordingRule("R04", "月、日写全", _W, _NUMERALS, "3月28日巡查沿街商铺。", "3.28日巡查沿街商铺。"),
    WordingRule("R05", "用“日”不用“号”", _S, _PRACTICE, "9月3日召开推进会。", "9月3号召开推进会。"),
    WordingRule("R06", "成文日期的写法", _W, _LAYOUT, "特此报告。\n青禾街道办事处\n2024年3月5日",
                "特此报告。\n青禾街道办事处\n2024年03月05日"),
    WordingRule("R07", "相邻数字表概数", _W, _NUMERALS, "走访三四个小区。", "走访3、4个小区。"),
    WordingRule("R08", "“几”与汉字数字连用", _W, _NUMERALS, "清理十几处。", "清理10几处。"),
    WordingRule("R09", "概数词不重复", _W, _GRAMMAR, "整治占道30余处。", "整治占道约30余处。"),
    WordingRule("R10", "限定词不矛盾", _W, _GRAMMAR, "每月至少巡查20次。", "每月至少巡查20次以上。"),
    WordingRule("R11", "数量起止号", _S, _NUMERALS, "每日清理15～20处。", "每日清理15-20处。"),
    WordingRule("R12", "百分数起止写全", _W, _NUMERALS, "效率提高15%～20%。", "效率提高15～20%。"),
    WordingRule("R13", "万、亿起止写全", _W, _NUMERALS, "每点投入2万～5万元。", "每点投入2～5万元。"),
    WordingRule("R14", "时间起止号", _S, _MARKS, "2023—2025年分批改造。", "2023-2025年分批改造。"),
    WordingRule("R15", "数字用半角、不夹空格", _S, _NUMERALS, "更换井盖120块，发放手册2800多份。",
                "更换井盖１２０块，发放手册2800 多份。"),
    WordingRule("R16", "数位不混写", _W, _NUMERALS, "印制宣传单3.5万份。", "印制宣传单3万5千份。"),
    WordingRule("R17", "同类数字同一形式", _S, _NUMERALS, "新设岗亭3个、立牌12块。", "新设岗亭三个、立牌12块。"),
    WordingRule("R18", "固定词语用汉字数字", _W, _NUMERALS, "开展三八节慰问。", "开展3八节慰问。"),
    WordingRule("R19", "序号后的标点", _S, _MARKS, "1.加强领导\n抓实责任。", "1、加强领导\n抓实责任。"),
    WordingRule("R20", "序号连续、不缺“是”", _W, _PRACTICE, "一、组织领导\n二、宣传发动\n三、环境整治",
                "一、组织领导\n二、宣传发动\n四、环境整治"),
    WordingRule("R21", "标题末尾不用句号", _S, _MARKS, "一、加强组织领导\n成立工作专班。",
                "一、加强组织领导。\n成立工作专班。"),
    WordingRule("R22", "并列书名号、引号之间", _S, _MARKS, "印发《方案》《办法》。", "印发《方案》、《办法》。"),
    WordingRule("R23", "发文字号", _W, _LAYOUT, "依据青创办〔2024〕8号文件。", "依据青创办[2024]第08号文件。"),
    WordingRule("R24", "标点成对、全角、不重叠", _W, _MARKS, "开展“暖冬”行动，现汇报如下：",
                "开展“暖冬行动，现汇报如下：。"),
    WordingRule("R27", "同一件事前后一个数", _W, _PRACTICE, "全镇现有农贸市场5处。全镇现有公园6处。",
                "全镇现有农贸市场5处。全镇现有农贸市场6处。"),
    WordingRule("R28", "比率与实数相符", _W, _PRACTICE, "抽检387批次，合格382批次，合格率98.7%。",
                "抽检387批次，合格368批次，合格率98.7%。"),
    WordingRule("R30", "报告不夹带请示", _W, _DUTIES, "以上报告，请审阅。", "以上报告，妥否，请批示。"),
    WordingRule("R31", "“截至”与“截止”", _W, _GRAMMAR, "截至6月底完成31处。", "截止6月底完成31处。"),
    WordingRule("R32", "句子、荣誉重复", _W, _PRACTICE, "组织志愿者清扫楼道和车棚死角。组织商户擦洗沿街门牌和橱窗。",
                "组织志愿者清扫楼道和车棚死角。组织志愿者清扫楼道和车棚死角。"),
    WordingRule("R33", "词语连写两次", _W, _GRAMMAR, "成立创建工作领导小组。一是加强巡查。",
                "成立创建工作领导小组领导小组。一是是加强巡查。"),
    WordingRule("R34", "问题要有下一步，整改要素要齐", _W, _PRACTICE,
                _ITEM.format("\n由市政科负责，8月10日前完成更换，现已全部恢复照明。"),
                _ITEM.format("\n我们高度重视，加强巡查。"), genre=Genre.RECTIFICATION),
    WordingRule("R35", "最高级说法要有依据", _W, _PRACTICE, "做法在全区作经验交流。", "做法全国首创、独此一家。"),
    WordingRule("R36", "满意率、100%要有实数", _S, _PRACTICE, "走访居民500户，满意率98%。", "居民满意率98%。"),
    WordingRule("R37", "“今年、去年”要有着落", _S, _PRACTICE, "2024年持续整治背街小巷。", "今年持续整治背街小巷。"),
    WordingRule("R38", "不写身份证号、手机号", _W, _PRIVACY, "联系人及电话见附件。", "联系人老周，电话13800001234。"),
    WordingRule("R40", "提法、届次、周年与年份相符", _W, _FACTS, "庆祝新中国成立75周年。", "庆祝新中国成立70周年。",
                period="2024年"),
    WordingRule("R41", "常见错别字", _S, _GRAMMAR, "专题研究部署。", "专题研究布署。"),
)  # fmt: skip

RULE_CODES = frozenset(rule.code for rule in RULES)
_BY_CODE = {rule.code: rule for rule in RULES}

# Rules of the house list that other parts decide, and why they are not here.
LEFT_TO_OTHERS: tuple[tuple[str, str, str], ...] = (
    ("R01", "unfilled blanks", "number checker, N38"),
    ("R02", "years and decimals that cannot be", "number checker, N39 and N40; far years are here"),
    ("R25", "a stated count against its list", "number checker, N34"),
    ("R26", "figures that the notes lack", "number checker, N21 and the rest: it needs the notes"),
    ("R27", "a value other than the notes give", "number checker, N23; what the draft alone shows is here"),
    ("R28", "a rate other than the notes give", "number checker, N32; what the draft alone shows is here"),
    ("R29", "parts above their whole", "number checker, N33"),
    (
        "R38",
        "names of people and sensitive groups",
        "reading of the notes and masking of past reports; numbers are here",
    ),
    ("R39", "likeness to past reports", "number checker, N53: it needs the past reports"),
)


def wording_rule(code: str) -> WordingRule:
    """The rule with this code. Raises KeyError where there is none. Pure."""
    return _BY_CODE[code]


_WEIGHTS = {Severity.SUGGESTION: "建议", Severity.WARNING: "提醒"}


def wording_page() -> str:
    """`docs/wording.md`: every rule with its source, a right and a wrong example, and what others decide. Pure."""
    lines = [
        "# Wording and layout rules",
        "",
        "Mechanical slips of wording and layout, apart from the verdicts on numbers; none of them blocks a draft. "
        "Each rule can be switched off by its code. Generated from `service/checking/wording/catalogue.py`.",
        "",
        "| code | rule | weight | source | right | wrong |",
        "|---|---|---|---|---|---|",
    ]
    for rule in RULES:
        occasion = "".join(
            f"（{said}）"
            for said in (rule.genre.chinese if rule.genre else "", f"报告期{rule.period}" if rule.period else "")
            if said
        )
        cells = (
            rule.code,
            rule.title + occasion,
            _WEIGHTS[rule.severity],
            rule.source,
            _cell(rule.right),
            _cell(rule.wrong),
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "## Decided elsewhere", "", "| code | what | by |", "|---|---|---|"]
    lines += [f"| {code} | {what} | {by} |" for code, what, by in LEFT_TO_OTHERS]
    return "\n".join([*lines, "", *_dated_lines()]) + "\n"


def _cell(example: str) -> str:
    return example.replace("|", "\\|").replace("\n", "<br>")


def _dated_lines() -> list[str]:
    from service.checking.wording.stale import anniversaries, dated_phrases

    lines = [
        "## Dated formulations (R40)",
        "",
        "Used only where the draft's period is known. Before the first year: 提醒. After the last year: 建议, and "
        "nothing where the sentence tells it as history.",
        "",
        "| phrase | first year | last year | why | source |",
        "|---|---|---|---|---|",
    ]
    for one in dated_phrases():
        why = one.why + (f"；现称{one.now}" if one.now else "")
        lines.append(f"| {one.phrase} | {one.first or '–'} | {one.last or '–'} | {why} | {one.source} |")
    lines += ["", "## Anniversaries (R40)", "", "| event | year | source |", "|---|---|---|"]
    return lines + [f"| {one.event} | {one.year} | {one.source} |" for one in anniversaries()]
