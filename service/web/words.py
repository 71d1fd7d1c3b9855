"""Short Chinese names that pages and messages give to findings, facts and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from service.domain.fact import FactKind
from service.domain.finding import Verdict

_BEIJING = timezone(timedelta(hours=8))

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

# What stands beside a number in the draft itself, two characters at most so that the line keeps its shape.
TAGS: Mapping[Verdict, str] = {
    Verdict.EXACT: "",
    Verdict.EQUIVALENT: "",
    Verdict.ROUNDED: "取整",
    Verdict.DERIVED: "推算",
    Verdict.NO_SOURCE: "无据",
    Verdict.LEAKED: "他处",
    Verdict.PLACEHOLDER: "待补",
    Verdict.CORRUPT: "残缺",
    Verdict.UNDECIDED: "待核",
}
WARN_TAG = "存疑"
BLOCK_TAG = "不符"

FACT_KINDS: Mapping[FactKind, str] = {
    FactKind.ACTIVITY: "活动",
    FactKind.MEETING: "会议",
    FactKind.BASIS: "依据",
    FactKind.FIGURE: "数据",
    FactKind.RESULT: "成效",
    FactKind.PROFILE: "概况",
    FactKind.PROBLEM: "问题",
    FactKind.CAUSE: "原因",
    FactKind.MEASURE: "措施",
    FactKind.NEXT: "下一步",
    FactKind.FIELD: "要素",
}


def tag_of(verdict: Verdict) -> str:
    """The tag beside a number with this verdict; "" for one that simply agrees. Pure."""
    if verdict in TAGS:
        return TAGS[verdict]
    return WARN_TAG if str(verdict.band) == "warn" else BLOCK_TAG


def verdict_words() -> dict[str, dict[str, str]]:
    """Every verdict's name and tag, for the page. Pure."""
    return {str(verdict): {"name": name, "tag": tag_of(verdict)} for verdict, name in VERDICTS.items()}


def iso_time(milliseconds: int) -> str:
    """The moment in ISO 8601, UTC. Pure."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def beijing_time(milliseconds: int) -> str:
    """The moment as people read it: 2024年3月5日 14:32, Beijing time. Pure."""
    moment = datetime.fromtimestamp(milliseconds / 1000, _BEIJING)
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def blocking_message(body: Mapping[str, Any]) -> str | None:
    """What keeps a draft from being handed in, naming the places; None where nothing does. Pure."""
    blocking = [one for one in body["check"]["findings"] if one["band"] == "block"]
    if not blocking:
        return None
    starts = [section["start"] for section in body["sections"]]
    places = []
    for one in blocking[:5]:
        number = sum(start <= one["start"] for start in starts)
        place = f"第{number}节" if number else "标题"
        places.append(f"{place}“{one['text']}”{VERDICTS[Verdict(one['verdict'])]}")
    more = "等" if len(blocking) > 5 else ""
    return f"还有{len(blocking)}处必须处理：{'；'.join(places)}{more}。"
