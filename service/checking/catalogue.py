"""The catalogue of findings: every rule code with its verdict, its meaning, and one right and one wrong example."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.finding import Verdict


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding. `right` and `wrong` are pairs of notes and draft; the wrong draft draws this rule's verdict.

    For a passing rule `wrong` is a draft that the same notes do not support. `exemplar` is the past report of a leak.
    """

    code: str
    verdict: Verdict
    title: str
    meaning: str
    right: tuple[str, str]
    wrong: tuple[str, str]
    exemplar: str = ""


RULES: tuple[Rule, ...] = (
    Rule("N01", Verdict.EXACT, "与笔记一致", "草稿中的数字与笔记逐字相同，所指的事也相同。",
         ("张贴海报120张", "张贴海报120张"), ("张贴海报120张", "张贴海报150张")),
    Rule("N02", Verdict.EQUIVALENT, "与笔记等值", "写法或单位不同，数值相同。",
         ("捐款220000元", "捐款22万元"), ("捐款220000元", "捐款23万元")),
    Rule("N03", Verdict.ROUNDED, "合理概数", "概数的范围包含笔记中的数值。",
         ("发放宣传手册412册", "发放宣传手册四百余册"), ("发放宣传手册412册", "发放宣传手册五百余册")),
    Rule("N04", Verdict.DERIVED, "由笔记推算", "数字由笔记中的数字算得，算式可查。",
         ("上午35人，下午42人", "全天共77人"), ("上午35人，下午42人", "全天共87人")),
    Rule("N11", Verdict.QUALIFIER_DROPPED, "丢了“余、近、约”", "笔记是概数，草稿写成了确数。",
         ("整治占道经营170余处", "整治占道经营170余处"), ("整治占道经营170余处", "整治占道经营170处")),
    Rule("N12", Verdict.DERIVED_UNSAFE, "相加可能重复", "各部分可能有重复，不宜直接相加。",
         ("上午35人，下午42人", "全天共77人"), ("甲社区35人；乙社区42人（含甲社区交叉5人）", "共77人")),
    Rule("N13", Verdict.NOTES_CONFLICT, "笔记自相矛盾", "同一件事笔记给了两个数，需确认用哪个。",
         ("登记表118张", "张贴118张"), ("组长说120张；登记表118张", "张贴120张")),
    Rule("N14", Verdict.RELATIVE_TIME, "“今年、上月”无着落", "相对时间要看笔记写于哪一年，请先填报告期。",
         ("2024年3月召开动员会", "2024年3月召开动员会"), ("今年3月动员（记录写于2023年）", "2024年3月动员")),
    Rule("N15", Verdict.PP_VS_PERCENT, "百分点与百分比混用", "两个百分数之差是百分点，不是百分之几。",
         ("满意率由90%升至95%", "满意率提高5个百分点"), ("满意率由90%升至95%", "满意率提高5%")),
    Rule("N16", Verdict.CONTEXT_UNCLEAR, "说的可能不是一件事", "笔记里有这个数，但看不出是不是同一件事。",
         ("维修路灯36盏", "维修路灯36盏"), ("会议室桌椅36套", "慰问困难家庭，送去米面36套")),
    Rule("N21", Verdict.NO_SOURCE, "笔记中没有", "笔记中找不到这个数字的依据。",
         ("收到锦旗3面", "收到锦旗3面"), ("居民送来感谢信", "收到锦旗3面")),
    Rule("N22", Verdict.LEAKED, "来自往期报告", "笔记中没有，却与参考的往期报告相同。",
         ("清理卫生死角12处", "清理卫生死角12处"), ("清理卫生死角，居民满意", "清理卫生死角57处"),
         "我镇清理卫生死角57处，拆除违建3处。"),
    Rule("N23", Verdict.CONTRADICTED, "与笔记不符", "笔记对同一件事给了另一个数。",
         ("3月8日举办", "3月8日举办"), ("3月8日举办", "3月18日举办")),
    Rule("N24", Verdict.APPROX_WRONG_SIDE, "概数方向反了", "“余”要大于所写的数，“近”要小于所写的数。",
         ("发放手册412册", "发放手册四百余册"), ("发放手册396册", "发放手册四百余册")),
    Rule("N25", Verdict.APPROX_INFLATED, "概数夸大", "概数与笔记中的数相差太多。",
         ("参加人员96人", "近百人参加"), ("参加人员61人", "近百人参加")),
    Rule("N26", Verdict.PRECISION_INVENTED, "凭空精确", "笔记只有概数，草稿写出了更精确的数。",
         ("投入资金30余万元", "投入资金30余万元"), ("投入资金30余万元", "投入资金32万元")),
    Rule("N27", Verdict.UNIT_SWAP, "单位换了", "数字相同，单位不同，意思变了。",
         ("服务群众128人次", "服务群众128人次"), ("服务群众128人次", "服务群众128人")),
    Rule("N28", Verdict.UNIT_SCALE, "差了数量级", "数字相同，少了或多了“万、亿”等量级。",
         ("投入资金22万元", "投入资金22万元"), ("投入资金22万元", "投入资金22元")),
    Rule("N29", Verdict.ENTITY_SWAP, "张冠李戴", "这个数在笔记里属于另一件事或另一个单位。",
         ("张贴海报120张，悬挂横幅20条", "张贴海报120张，悬挂横幅20条"),
         ("清河社区清理死角35处，柳湾社区清理死角42处", "柳湾社区清理死角35处")),
    Rule("N30", Verdict.PERIOD_SWAP, "时期错位", "这个数在笔记里属于另一个时期。",
         ("去年受理投诉280件，今年受理投诉312件", "今年受理投诉312件"),
         ("去年受理投诉280件，今年受理投诉312件", "今年受理投诉280件")),
    Rule("N31", Verdict.RATE_VS_TOTAL, "每日（每次）与总数混淆", "笔记是每天、每周、人均的数，草稿写成总数，或相反。",
         ("日清运垃圾320吨", "日清运垃圾320吨"), ("日清运垃圾320吨", "全年清运垃圾320吨")),
    Rule("N32", Verdict.DERIVED_WRONG, "算错了", "按笔记推算，结果不是这个数。",
         ("上午35人，下午42人", "全天共77人"), ("上午35人，下午42人", "全天共87人")),
    Rule("N33", Verdict.PART_EXCEEDS_WHOLE, "部分大于整体", "“其中”的数比总数还大。",
         ("出动志愿者45人，其中党员20人", "出动志愿者45人，其中党员20人"),
         ("出动志愿者45人，党员54人", "出动志愿者45人，其中党员54人")),
    Rule("N34", Verdict.LIST_COUNT_MISMATCH, "项数与所列不符", "写明几项，列出来的不是几项。",
         ("落实三项制度：例会、督查、通报", "落实三项制度：例会、督查、通报"),
         ("落实三项制度：例会、督查、考核、通报", "落实三项制度：例会、督查、考核、通报")),
    Rule("N35", Verdict.PLAN_AS_DONE, "计划写成完成", "笔记里是计划或目标，草稿写成了已完成。",
         ("计划新建公厕4座", "计划新建公厕4座"), ("计划新建公厕4座", "新建公厕4座")),
    Rule("N36", Verdict.ZERO_FROM_ABSENCE, "没有记录不等于零", "笔记没有记录，不能写成“零”或“无一起”。",
         ("全年零投诉", "全年零投诉"), ("组织了夜间巡查", "实现零投诉")),
    Rule("N37", Verdict.NAME_NUMBER_ALTERED, "名称中的数字改了", "名称、届次、文号中的数字与笔记不同。",
         ("开展“三下乡”活动", "开展“三下乡”活动"), ("开展“三下乡”活动", "开展“四下乡”活动")),
    Rule("N38", Verdict.PLACEHOLDER, "空缺未填", "草稿里还有未填的空缺。",
         ("出动5人", "出动5人"), ("出动2辆车、5人", "出动2辆车、xx人")),
    Rule("N39", Verdict.CORRUPT, "数字损坏", "这里的数字写法有误，看不出原意。",
         ("印发倡议书2000余份", "印发倡议书2000余份"), ("印发倡议书2000余份", "印发倡议书2024余份")),
    Rule("N40", Verdict.IMPOSSIBLE, "不可能的值", "不存在的日期、时间或超过100%的占比。",
         ("2月28日召开会议", "2月28日召开会议"), ("2月28日召开会议", "2月30日召开会议")),
    Rule("N41", Verdict.UNDECIDED, "无法判断", "这个写法机器无法核对，请人工看一下。",
         ("近两年来持续整治", "近两年来持续整治"), ("持续整治", "近两年来持续整治")),
    Rule("N51", Verdict.NO_SOURCE, "名称没有出处", "笔记和表单里都没有这个名称。",
         ("清河社区开展义诊", "清河社区开展义诊"), ("社区开展义诊", "清河社区开展义诊")),
    Rule("N52", Verdict.LEAKED, "名称来自往期报告", "这个名称只出现在参考的往期报告里。",
         ("社区开展义诊", "社区开展义诊"), ("社区开展义诊", "柳湾社区开展义诊"), "柳湾社区开展义诊活动。"),
    Rule("N53", Verdict.LEAKED, "与往期报告雷同", "有一长段文字与往期报告完全相同。",
         ("组织志愿者清扫楼道", "组织志愿者清扫楼道"),
         ("清扫楼道", "我们把楼道里堆放多年的旧家具逐层搬下来再用清水冲洗台阶和扶手最后由楼栋长挨家挨户请居民验收签字"),
         "我们把楼道里堆放多年的旧家具逐层搬下来，再用清水冲洗台阶和扶手，最后由楼栋长挨家挨户请居民验收签字。"),
)  # fmt: skip

_BY_CODE = {rule.code: rule for rule in RULES}
_CODES = {rule.verdict: rule.code for rule in reversed(RULES)}


def rule_of(code: str) -> Rule:
    """The rule with this code. Raises KeyError where there is none. Pure."""
    return _BY_CODE[code]


def number_code(verdict: Verdict) -> str:
    """The code of the rule that gives a number this verdict. Pure."""
    return _CODES[verdict]
