"""`zhibi check`: a draft against its notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.commands.printing import print_json, print_line, tell
from service.commands.reading import DraftRead, read_argument, read_draft, write_whole
from service.domain.errors import UnusableInput

if TYPE_CHECKING:
    from service.checking.wording import WordingFinding
    from service.domain.finding import CheckResult, Finding
    from service.domain.period import Period

_CHANGED = {"changed": "修改", "added": "新增", "removed": "删去"}
_MARKS = {"block": "✘ 必须处理", "warn": "! 请确认", "undecided": "? 无法判断", "pass": "✓"}


def run(
    notes: str,
    draft: str,
    exemplars: list[str],
    period: str | None,
    as_json: bool,
    without: str = "",
    out: Path | None = None,
) -> int:
    """Prints the check of `draft` against `notes`; returns 1 where something blocks, else 0.

    Wording and layout are told beside the findings, as suggestions and warnings; they never block. `without` are codes
    of wording rules that are not told, separated by commas, or "all". `out` is written as a Word file of the draft with
    the findings as comments and the fact sheet behind it.
    """
    from service.checking.check import check_draft
    from service.domain.period import parse_period
    from service.domain.report import ExemplarOriginal

    if out is not None and out.suffix.lower() != ".docx":
        raise UnusableInput(f"核对稿只能写成.docx，不能写成“{out.name}”。", file=str(out))
    read, named = read_draft(draft), parse_period(period) if period else None
    text, changes = read.text, _changes(read)
    result = check_draft(
        read_argument(notes),
        text,
        [ExemplarOriginal(name, Path(name).name, "", read_argument(name)) for name in exemplars],
        named,
    )
    wording = _wording(text, named, without)
    if as_json:
        print_json({**result.to_json(), "wording": [one.to_json() for one in wording], "changes": changes})
    else:
        _print_changes(changes)
        print_result(result)
        _print_wording(wording)
    if out is not None:
        write_whole(out, _checked_word(read, result))
        tell(f"已写入{out}：批注为核对结论，附件为事实依据表。")
    return 1 if result.blocks else 0


def _wording(text: str, period: Period | None, without: str) -> Sequence[WordingFinding]:
    if without == "all":
        return ()
    from service.checking.wording import wording_findings  # its rules take a tenth of a second to load

    return wording_findings(text, period=period, switched_off=frozenset(without.replace(" ", "").split(",")))


def _changes(read: DraftRead) -> list[dict[str, Any]]:
    """What a person changed in the Word file, by its tracked changes."""
    from service.export.read_back import changed_sentences

    return [] if read.before is None else changed_sentences(read.before, read.text)


def _checked_word(read: DraftRead, result: CheckResult) -> bytes:
    from service.export.marks import fact_rows, remarks_of
    from service.export.word import Beside, draft_docx

    title, sections = read.title, read.sections
    if not title and not sections:
        title, _, body = read.text.partition("\n")
        sections = (("", body),)
    check = result.to_json()
    beside = Beside(remarks=remarks_of(check), facts=fact_rows(check, read.text))
    return draft_docx(title, sections, label_generated=False, beside=beside)


def _print_changes(changes: Sequence[dict[str, Any]]) -> None:
    for one in changes:
        arrow = " → " if one["kind"] == "changed" else ""
        print_line(f"{_CHANGED[one['kind']]}  {one['before'] or ''}{arrow}{one['after'] or ''}")


def print_result(result: CheckResult, told: Collection[str] = (), told_lines: Collection[int] = ()) -> None:
    """The check in Chinese lines: findings first, then the counts. Findings on the words in `told`, and unused lines in
    `told_lines`, have been printed already."""
    for one in result.findings:
        if one.text in told:
            continue
        print_line(f"{_MARKS[one.band]}  “{one.text}”  {one.message}{_where(one)}")
        if one.suggestion:
            print_line(f"      建议：{one.suggestion}")
    summary = result.to_json()["summary"]
    for note in result.unused_notes:
        if note.line in told_lines:
            continue
        print_line(f"· 笔记第{note.line}行未使用：{note.reason}")
    source = f"（《{summary['overlap_source']}》）" if summary["overlap_source"] else ""
    print_line(
        f"数字{summary['claims']}处：有据{summary['pass']}，需确认{summary['warn']}，"
        f"必须处理{summary['block']}，无法判断{summary['undecided']}；与旧稿最长相同{summary['overlap_chars']}字{source}"
    )


def _print_wording(wording: Sequence[WordingFinding]) -> None:
    """One line a rule, with its first place: a page in half-width marks would draw a thousand."""
    first: dict[str, WordingFinding] = {}
    for one in wording:
        first.setdefault(one.rule, one)
    counts = Counter(one.rule for one in wording)
    for rule, one in first.items():
        more = f"（共{counts[rule]}处）" if counts[rule] > 1 else ""
        print_line(f"· {rule} “{one.text}”：{one.message}{more}")


def _where(one: Finding) -> str:
    lines = sorted({evidence.line for evidence in one.evidence if evidence.line is not None})
    return f"（笔记第{'、'.join(map(str, lines))}行）" if lines else ""
