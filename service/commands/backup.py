"""`zhibi backup`, `zhibi restore`, `zhibi purge`: the whole record in one file and back, and what is kept no longer."""

from __future__ import annotations

from pathlib import Path

from service.commands.printing import print_line


def run_backup(path: Path) -> int:
    """Writes the record to a file, also while the service runs."""
    from service.settings import load_settings
    from service.storage.audit import SYSTEM, AuditStore
    from service.storage.backup import write_backup
    from service.storage.clock import now_in_milliseconds
    from service.wiring.record import open_record

    with open_record(load_settings()) as database:
        made = write_backup(database, path)
        AuditStore(database).record(now_in_milliseconds(), SYSTEM, "record.backup", "record", "", {"rows": made.total})
    print_line(f"已备份到{path}：{len(made.rows)}个表，{made.total}行。索引可由数据库重建，不在备份之内。")
    return 0


def run_restore(path: Path) -> int:
    """Fills an empty database from a file."""
    from service.settings import load_settings
    from service.storage.backup import restore_backup
    from service.wiring.record import make_home

    settings = load_settings()
    make_home(settings.home)
    made = restore_backup(settings.database_address, path)
    print_line(f"已恢复{made.total}行。请运行 zhibi reindex 重建索引，再运行 zhibi doctor 核对。")
    return 0


def run_purge(days: int | None, dry_run: bool) -> int:
    """Deletes what is past the time it is kept."""
    from service.domain.errors import UnusableInput
    from service.settings import load_settings
    from service.storage.audit import SYSTEM
    from service.storage.retention import RetentionStore
    from service.wiring.record import open_record

    settings = load_settings()
    kept = days or settings.retention_days
    if kept is None:
        raise UnusableInput("没有说明保留多少天。请用 --days，或设置 ZHIBI_RETENTION_DAYS。")
    with open_record(settings) as database:
        found = RetentionStore(database).purge(SYSTEM, kept, dry_run)
    done = "将删除" if dry_run else "已删除"
    print_line(
        f"{done}{kept}天内没有改动的稿件{found.drafts}份（{found.versions}个版本）、失效的登录{found.proofs}个。"
    )
    return 0
