"""`zhibi report`: the corpus, one row a report, or one report whole."""

from __future__ import annotations

from service.commands.printing import print_json, print_line, tell


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
        same = f"  ＝{report.duplicate_of}" if report.duplicate_of else ""
        damage = f"  损伤：{'、'.join(report.damage)}" if report.damage else ""
        print_line(
            f"{report.report_id}  {report.genre.chinese}  {report.unit_type.chinese}  {report.title}{same}{damage}"
        )
    print_line(f"共{len(reports)}份")
    return 0


def run_show(report_id: str, as_json: bool) -> int:
    """Prints one report, cleaned, with its sections and damage."""
    from service.settings import load_settings
    from service.wiring.record import open_shelf

    with open_shelf(load_settings()) as shelf:
        report = shelf.report(report_id)
    if as_json:
        sections = [{"heading": one.heading, "level": one.level, "text": one.text} for one in report.sections]
        print_json({**report.to_json(), "text": report.text, "sections": sections})
        return 0
    print_line(f"{report.title}（{report.genre.chinese}，{report.unit or '单位不明'}，来自{report.source}）")
    if report.damage:
        print_line(f"损伤：{'、'.join(report.damage)}")
    print_line()
    print_line(report.text)
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
