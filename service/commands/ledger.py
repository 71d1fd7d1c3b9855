"""`zhibi ledger`: what left for language models in one drafting, word for word, with private data replaced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from service.commands.printing import print_json, print_line
from service.domain.errors import NotFound

_BEIJING = timezone(timedelta(hours=8))
_OUTCOMES = {"done": "完成", "open": "未结束", "stopped": "已停止"}


def run(name: str | None, as_json: bool) -> int:
    """Prints each request of the run or draft called `name`, of the newest run where None. Raises NotFound."""
    from service.settings import load_settings
    from service.storage.model_record import ModelRequestStore
    from service.wiring.record import open_record

    with open_record(load_settings()) as database:
        store = ModelRequestStore(database)
        wanted = name or store.newest_run()
        entries = store.ledger(wanted) if wanted else []
    if name and not entries:
        raise NotFound(f"没有“{name}”发给模型的记录。请检查编号，或去掉编号查看最近一次。", run=name)
    if as_json:
        print_json(entries)
        return 0
    if not entries:
        print_line("没有任何内容发给过模型。")
    for one in entries:
        at = datetime.fromtimestamp(one["at"] / 1000, UTC).astimezone(_BEIJING)
        kept = "、".join(f"{kind}{count}处" for kind, count in one["replaced"].items()) or "无"
        outcome = _OUTCOMES.get(one["outcome"], f"失败（{one['outcome']}）")
        print_line(
            f"── {at:%Y-%m-%d %H:%M:%S} {one['purpose']} → {one['model']}（{one['server']}）{outcome}，"
            f"词元{one['prompt_tokens']}+{one['completion_tokens']}，隐去：{kept}"
        )
        print_line(one["text"])
    return 0
