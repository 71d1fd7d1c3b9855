"""Short Chinese names of the verdicts, for pages and messages."""

from __future__ import annotations

from collections.abc import Mapping

from service.domain.finding import Verdict

VERDICTS: Mapping[Verdict, str] = {
    Verdict.EXACT: "与笔记一致",
    Verdict.EQUIVALENT: "写法不同，数值相同",
    Verdict.ROUNDED: "由笔记数值取整",
    Verdict.DERIVED: "由笔记推算",
    Verdict.QUALIFIER_DROPPED: "少了“约”“余”等字",
    Verdict.DERIVED_UNSAFE: "推算存疑",
    Verdict.NOTES_CONFLICT: "笔记有两个值",
    Verdict.RELATIVE_TIME: "时间不明确",
    Verdict.PP_VS_PERCENT: "百分点与百分比混用",
    Verdict.CONTEXT_UNCLEAR: "所指不清",
    Verdict.NO_SOURCE: "笔记中无依据",
    Verdict.LEAKED: "疑似来自他人报告",
    Verdict.CONTRADICTED: "与笔记不符",
    Verdict.APPROX_WRONG_SIDE: "约数方向不符",
    Verdict.APPROX_INFLATED: "约数被放大",
    Verdict.PRECISION_INVENTED: "约数写成了确数",
    Verdict.UNIT_SWAP: "单位不符",
    Verdict.UNIT_SCALE: "量级不符",
    Verdict.ENTITY_SWAP: "对象不符",
    Verdict.PERIOD_SWAP: "时段不符",
    Verdict.RATE_VS_TOTAL: "日均与总数混用",
    Verdict.DERIVED_WRONG: "推算有误",
    Verdict.PART_EXCEEDS_WHOLE: "分项大于总数",
    Verdict.LIST_COUNT_MISMATCH: "列举数目不符",
    Verdict.PLAN_AS_DONE: "计划写成已完成",
    Verdict.ZERO_FROM_ABSENCE: "无依据的“零”",
    Verdict.NAME_NUMBER_ALTERED: "名称中的数字有改动",
    Verdict.PLACEHOLDER: "未填写",
    Verdict.CORRUPT: "数字残缺",
    Verdict.IMPOSSIBLE: "不可能的数值",
    Verdict.UNDECIDED: "需人工核对",
}
