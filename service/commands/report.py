"""`zhibi report`: the corpus, one row a report, or one report whole; a person's corrections; deletion."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from service.commands.printing import print_json, print_line, tell

if TYPE_CHECKING:
    from corpus.show import ReportShown
    from service.domain.report import Correction, Report

_FIELD_NAMES = {
    "genre": "文种",
    "unit": "单位",
    "unit_type": "单位类型",
    "level": "级别",
    "year": "年份",
    "period": "报告期",
    "title": "标题",
    "do_not_imitate": "不作范例",
}
_USE_NAMES = {"structure": "可学结构", "facts": "可核事实"}
_LONGEST_SHOWN_CHANGE = 24


def run_list(as_json: bool) -> int:
    """Prints every report."""
    from service.settings import load_settings
    from service.wiring.record import open_shelf

    with open_shelf(load_settings()) as shelf:
        reports = list(shelf.reports())
    if as_json:
        print_json([report.to_json() for report in reports])
        return 0
    for report in reports:
        print_line(_row(report))
    print_line(f"共{len(reports)}份，其中重复{sum(report.duplicate_of is not None for report in reports)}份")
    return 0


def run_twins(as_json: bool) -> int:
    """Prints every pair of reports that share sentences under different names, most alike first."""
    from corpus.likeness import mark_missing
    from service.settings import load_settings
    from service.wiring.record import open_shelf

    with open_shelf(load_settings()) as shelf:
        mark_missing(shelf)
        pairs = [(one, shelf.report(one.first), shelf.report(one.second)) for one in shelf.twins()]
    if as_json:
        rows = [
            {
                "share": pair.share,
                "reports": [{"report_id": one.report_id, "title": one.title, "unit": one.unit} for one in both],
            }
            for pair, *both in pairs
        ]
        print_json(rows)
        return 0
    for pair, first, second in pairs:
        print_line(f"相同{pair.share:.0%}  {first.report_id} {_title(first)}  {second.report_id} {_title(second)}")
    print_line(f"共{len(pairs)}对雷同。它们都保留，但不会同时作为范例。" if pairs else "没有雷同的报告。")
    return 0


def run_show(report_id: str, as_json: bool) -> int:
    """Prints one report, cleaned, with its sections, its damage sentence by sentence, and every change explained."""
    from corpus.show import show_report
    from service.settings import load_settings
    from service.wiring.record import open_shelf

    with open_shelf(load_settings()) as shelf:
        shown = show_report(report_id, shelf)
    if as_json:
        print_json(shown.to_json())
        return 0
    _print_head(shown)
    print_line()
    print_line(_marked_text(shown))
    _print_changes(shown)
    return 0


def run_correct(asked: Namespace) -> int:
    """Keeps a person's correction of a report, or takes corrections back; prints what stands now."""
    from corpus.store import correct_report
    from service.domain.errors import UnusableInput
    from service.settings import load_settings
    from service.wiring.corpus import open_corpus

    correction = _correction(asked)
    withdrawn = [name for name, chinese in _FIELD_NAMES.items() if {name, chinese} & set(asked.withdraw)]
    unknown = set(asked.withdraw) - set(_FIELD_NAMES) - set(_FIELD_NAMES.values())
    if unknown:
        raise UnusableInput(f"没有字段“{'、'.join(sorted(unknown))}”。可撤回：{'、'.join(_FIELD_NAMES)}。")
    if correction is None and not withdrawn:
        raise UnusableInput("没有写要改什么。可用 --genre、--unit-type、--title 等选项，或 --withdraw 撤回以前的更正。")
    with open_corpus(load_settings()) as corpus:
        if withdrawn:
            corpus.shelf.withdraw_corrections(asked.report_id, withdrawn)
        if correction is not None:
            correct_report(asked.report_id, correction, corpus.shelf, corpus.encoder, by="命令行")
        report = corpus.shelf.report(asked.report_id)
    if asked.json:
        print_json(report.to_json())
    else:
        print_line(_row(report))
        tell(f"已更正：{_corrected(report) or '无'}。重新导入时以更正为准。")
    return 0


def run_remove(report_id: str) -> int:
    """Removes one report from the record and from the index."""
    from corpus.ingest import remove_report
    from service.domain.errors import NotFound
    from service.settings import load_settings
    from service.wiring.corpus import open_corpus

    with open_corpus(load_settings(), build_index=True) as corpus:
        if not remove_report(report_id, corpus.shelf, corpus.encoder, corpus.index):
            raise NotFound(f"没有编号为{report_id}的报告。用 zhibi report list 查看全部。", report=report_id)
    tell(f"已删除报告{report_id}。")
    return 0


def _correction(asked: Namespace) -> Correction | None:
    from service.domain.genre import parse_genre, parse_level, parse_unit_type
    from service.domain.report import Correction

    correction = Correction(
        genre=parse_genre(asked.genre) if asked.genre else None,
        unit_type=parse_unit_type(asked.unit_type) if asked.unit_type else None,
        level=parse_level(asked.level) if asked.level else None,
        unit=asked.unit,
        title=asked.title,
        year=asked.year,
        period=asked.period,
        do_not_imitate=asked.do_not_imitate,
    )
    return None if correction == Correction() else correction


def _row(report: Report) -> str:
    from corpus.clean.rules import damage_name
    from service.domain.report import doubted_fields

    parts = [
        report.report_id,
        report.genre.chinese,
        f"{report.unit_type.chinese}（{report.level.chinese}）",
        report.period or (f"{report.year}年" if report.year else "年份不明"),
        _title(report),
        f"{len(report.text)}字",
        "、".join(_USE_NAMES[use] for use in report.usable_for) or "不可用",
    ]
    if report.damage:
        parts.append(f"损伤：{'、'.join(damage_name(flag) for flag in report.damage)}")
    if report.duplicate_of:
        parts.append(f"与{report.duplicate_of}重复")
    if report.corrected:
        parts.append(f"人工更正：{_corrected(report)}")
    if doubted := doubted_fields(report.decisions, report.corrected):
        parts.append(f"存疑：{'、'.join(_FIELD_NAMES[field] for field in doubted)}")
    return "  ".join(parts)


def _title(report: Report) -> str:
    from corpus.show import masks_named

    return masks_named(report.title)


def _corrected(report: Report) -> str:
    return "、".join(_FIELD_NAMES[name] for name in report.corrected)


def _print_head(shown: ReportShown) -> None:
    report = shown.report
    print_line(_title(report))
    print_line(f"编号：{report.report_id}")
    print_line(
        f"来源：{report.source}{f'，{report.label}' if report.label else ''}，第{report.lines[0]}—{report.lines[1]}行"
    )
    values = {
        "genre": report.genre.chinese,
        "unit": report.unit,
        "unit_type": report.unit_type.chinese,
        "level": report.level.chinese,
        "year": str(report.year or ""),
        "period": report.period,
    }
    why = {one.field: f"把握{one.confidence:.0%}，依据：{one.why}" for one in report.decisions}
    for field, value in values.items():
        note = "人工更正" if field in report.corrected else why.get(field, "")
        print_line(f"{_FIELD_NAMES[field]}：{value or '不明'}{f'（{note}）' if note else ''}")
    print_line(f"用途：{'、'.join(_USE_NAMES[use] for use in report.usable_for) or '既不学结构，也不核事实'}")
    if report.duplicate_of:
        print_line(f"与{report.duplicate_of}重复，不参加检索")
    if shown.repeated_by:
        print_line(f"重复它的：{'、'.join(shown.repeated_by)}")
    for twin in shown.twins:
        other = twin.second if twin.first == report.report_id else twin.first
        print_line(f"与{other}雷同{twin.share:.0%}，不同时作为范例")
    for left in shown.left_out:
        print_line(f"读取时：{left.sentence}")
    if report.damage:
        from corpus.clean.rules import damage_name

        print_line(f"损伤：{'、'.join(damage_name(flag) for flag in report.damage)}（下文用〖〗标出受损的句子）")


def _marked_text(shown: ReportShown) -> str:
    """The text with 〖…：why〗 around each damaged sentence."""
    from corpus.clean.rules import damage_name

    text = shown.report.text
    for one in reversed(shown.damaged):
        start, end = one.span.start, one.span.end
        why = "、".join(damage_name(flag) for flag in one.flags)
        text = f"{text[:start]}〖{text[start:end]}｜{why}〗{text[end:]}"
    return text


def _print_changes(shown: ReportShown) -> None:
    from corpus.clean.rules import rule_name

    if shown.report.restored:
        print_line("\n由重复稿补回的词：")
        for one in shown.report.restored:
            print_line(f"  第{one.line}段第{one.column + 1}字：补“{one.after}”")
    if shown.changes:
        print_line(f"\n清理改动{len(shown.changes)}处：")
        for one in shown.changes:
            print_line(
                f"  第{one.line}行第{one.column + 1}字 {one.rule} {rule_name(one.rule)}："
                f"“{_short(one.before)}”→“{_short(one.after)}”"
            )
    if shown.dropped:
        print_line(f"\n去掉的内容{len(shown.dropped)}处：")
        for gone in shown.dropped:
            print_line(f"  第{gone.line}行 {gone.rule} {rule_name(gone.rule)}：“{_short(gone.text)}”")


def _short(text: str) -> str:
    plain = text.replace("\n", "⏎")
    return plain if len(plain) <= _LONGEST_SHOWN_CHANGE else f"{plain[:_LONGEST_SHOWN_CHANGE]}…"
