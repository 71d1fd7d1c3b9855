"""Facts: what the notes state, each a literal span of a line; and lines that state nothing usable, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.quantity import Mention, When
from service.domain.text import Notes, Span


class FactKind(StrEnum):
    """What a fact tells; decides the part of a report it may stand in."""

    ACTIVITY = "activity"  # something was done: 清理死角12处
    MEETING = "meeting"  # 召开动员会
    BASIS = "basis"  # a document or a higher body's requirement the work follows
    FIGURE = "figure"  # a state measured: 知晓率92%, 现有志愿者120人
    RESULT = "result"  # an effect or an honour: 获评…, 满意度提高
    PROFILE = "profile"  # 概况: area, households, staff
    PROBLEM = "problem"  # 存在问题
    CAUSE = "cause"  # why a problem is there
    MEASURE = "measure"  # 整改措施, done or in hand
    NEXT = "next"  # 下一步, 计划
    FIELD = "field"  # a bare field of a rectification item: 责任人, 时限, 佐证


class Tense(StrEnum):
    """Whether a fact has happened. A plan is never reported as done."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"


class Frame(StrEnum):
    """Which period a fact belongs to, seen from the reporting period."""

    THIS = "this"
    BEFORE = "before"  # last year's figure beside this year's
    AFTER = "after"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Fact:
    """One statement of the notes. Nothing in it was added: `text` is `notes.raw` under `span`.

    `lines` are the note lines it rests on, in order: its own, and those that give it its day, place or section (a
    heading line, a chat line that corrects it). `clean` is `text` with full-width digits, bullets, speaker labels and
    stray spaces normalised away: the same words, fit to be composed from. `mentions` have offsets into `notes.raw`.
    `day` is the day or period it happened in, as far as the notes say; `where` and `who` are words of the notes.
    `unsure` holds the notes' own words of doubt (大概, 待核实), or None. `unsettled` are the words of hedged figures
    that the notes say nobody has settled: they are asked about and never written. `label` is what stood before a colon
    or in 【】 at the head of the line (组长, 宣传), `heading` the words of the heading it stands under.
    `whose` is the place or group whose block of the notes the line stands in (城东社区： above its lines), None where
    the notes are not told place by place.
    `fields` holds named values a genre asks for (责任人, 责任单位,
    时限, 原因, 佐证, 问题), literal words of the notes.
    """

    id: str
    lines: tuple[int, ...]
    span: Span
    text: str
    clean: str
    kind: FactKind
    topic: str | None = None
    tense: Tense = Tense.DONE
    frame: Frame = Frame.THIS
    day: When | None = None
    where: str | None = None
    who: str | None = None
    whose: str | None = None
    unsure: str | None = None
    unsettled: tuple[str, ...] = ()
    label: str = ""
    heading: str = ""
    mentions: tuple[Mention, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


class SetAsideReason(StrEnum):
    """Why a line or a part of it is in no fact. The Chinese text for people is `chinese`."""

    CHAT = "chat"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"
    INSTRUCTION = "instruction"  # words addressed to the machine
    PRIVATE = "private"  # personal data that a report must not carry
    NO_CONTENT = "no_content"  # a heading, a date alone, a separator
    MASKED = "masked"  # an unfilled blank stands where the figure should be
    OFF_TOPIC = "off_topic"
    ASIDE = "aside"  # a clause beside a fact that only doubts, addresses or explains
    UNCONFIRMED = "unconfirmed"  # an honour still to be given, a second figure for what a fact states already

    @property
    def chinese(self) -> str:
        """Shown to staff beside the line."""
        return _REASONS[self]


_REASONS = {
    SetAsideReason.CHAT: "闲聊或答复，没有可写入报告的事实",
    SetAsideReason.DUPLICATE: "与其他行重复",
    SetAsideReason.SUPERSEDED: "数字已被后面的更正代替",
    SetAsideReason.INSTRUCTION: "像是写给机器的指令，只作为文字保留，不执行",
    SetAsideReason.PRIVATE: "含个人隐私信息，不写入报告",
    SetAsideReason.NO_CONTENT: "标题、日期或分隔线，本身不构成事实",
    SetAsideReason.MASKED: "含未填写的空缺，补充后可用",
    SetAsideReason.OFF_TOPIC: "与本次报告无关",
    SetAsideReason.ASIDE: "只作说明或存疑，没有可单独写入的事实",
    SetAsideReason.UNCONFIRMED: "尚未确定或未经核实，落实后再写",
}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line, or the part of a line under `span`, that is in no fact. `detail` adds a Chinese word on which and why
    (“以第7行的1,490为准”), or None."""

    line: int
    span: Span
    text: str
    reason: SetAsideReason
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two lines of the notes that give the same thing different values, neither marked as the right one."""

    lines: tuple[int, ...]
    about: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something the notes say is not decided yet (谁牵头没定): the line that says so, and what to ask."""

    line: int
    ask: str


@dataclass(frozen=True)
class NotesRead:
    """Everything understood of the notes: each non-empty line is in a fact, set aside, or both in parts."""

    notes: Notes
    facts: tuple[Fact, ...]
    set_aside: tuple[SetAside, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
