"""Short Chinese names that pages and messages give to findings, facts and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from service.domain.fact import FactKind
from service.domain.finding import Verdict
from service.domain.verdict_names import VERDICTS

_BEIJING = timezone(timedelta(hours=8))

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


# Who made a version, where it was no person.
_MAKERS = {"rules": "规则起草", "stopped": "停止时保留"}


def author_name(author: str) -> str:
    """Who made a version, as people read it; a person's or a model's name stays. Pure."""
    return _MAKERS.get(author, author)


def iso_time(milliseconds: int) -> str:
    """The moment in ISO 8601, UTC. Pure."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def beijing_time(milliseconds: int) -> str:
    """The moment as people read it: 2024年3月5日 14:32, Beijing time. Pure."""
    moment = datetime.fromtimestamp(milliseconds / 1000, _BEIJING)
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def iso_beijing(moment: str) -> str:
    """A moment of the API as people read it. Pure."""
    return beijing_time(int(datetime.fromisoformat(moment).timestamp() * 1000))
