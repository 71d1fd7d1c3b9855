"""`zhibi eval add` and `zhibi eval edits`: what approved drafts teach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from service.commands.printing import print_json, print_line, tell
from service.commands.reading import write_whole

if TYPE_CHECKING:
    from service.domain.account import Account
    from service.storage.drafts import DraftStore


def run_add(draft_id: str, folder: Path) -> int:
    """Writes the approved draft as a case file into `folder`, for a person to complete."""
    from eval.apart import put_beside_twins
    from eval.cases import load_case, load_cases
    from eval.from_draft import Approved, case_toml
    from service.domain.errors import UnusableInput
    from service.domain.workspace import DraftState

    with _drafts() as (store, keeper):
        stored = store.get(keeper, draft_id)
        version = store.version(keeper, draft_id)
    if stored.summary.state is not DraftState.APPROVED or version is None:
        raise UnusableInput(
            f"稿件{draft_id}是“{stored.summary.state.chinese}”，只有已通过的稿件能做评测案例。", draft=draft_id
        )
    approved = Approved(
        draft_id=draft_id,
        genre=stored.summary.genre,
        unit=stored.summary.unit,
        unit_type=str(stored.request.get("unit_type", "")),
        period=stored.summary.period,
        notes=stored.notes,
        text=version.text,
        passed=tuple(version.body.get("check", {}).get("passed", ())),
    )
    name = f"{stored.summary.genre}-draft-{draft_id[:8]}"
    path = folder / f"{name}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise UnusableInput(f"建不了文件夹“{folder}”：{refused.strerror}。", file=str(folder)) from refused
    write_whole(path, case_toml(approved, name).encode())
    case = load_case(path)
    facts = len(case.expected_facts)
    if put_beside_twins(path, case, [*load_cases(), *load_cases(folder=folder)]):
        tell("它与保留集里的案例雷同，已同样标为保留（held_out = true），以免调试时见过。")
    tell(f"案例已写入{path}：{facts}条应写事实。请补上 must_ask、forbidden 和 traps，并核对个人信息已全部替换。")
    return 0


def run_edits(as_json: bool) -> int:
    """Prints how much approved drafts were changed since they were generated."""
    from eval.edits import edits_between, made_whole, mean_edits
    from service.domain.workspace import DraftState

    found, rows = [], []
    with _drafts() as (store, keeper):
        for summary in store.summaries(keeper, DraftState.APPROVED, limit=10_000):
            versions = store.versions(keeper, summary.id)
            whole = (store.version(keeper, summary.id, one.number) for one in reversed(versions))
            made = next((one for one in whole if one is not None and made_whole(one)), None)
            if made is None:
                continue
            one = edits_between(made.text, versions[-1].text)
            found.append(one)
            rows.append({"draft": summary.id, "genre": summary.genre, "generated": made.number, **asdict(one)})
    means = mean_edits(found)
    if as_json:
        print_json({"drafts": len(found), **means, "each": rows})
    elif not found:
        print_line("还没有已通过的稿件，无法判断。")
    else:
        print_line(
            f"{len(found)}份已通过的稿件，平均每份改动字符{means['characters']:.1%}、句子{means['sentences']:.1%}、"
            f"数字{means['numbers']:.1f}处，另填写空缺{means['filled']:.1f}处。"
        )
    return 0


@contextmanager
def _drafts() -> Iterator[tuple[DraftStore, Account]]:
    """The drafts of the instance, and the eyes of its administrator: whoever runs a command on the machine is one."""
    from service.domain.account import Account, AccountRole
    from service.settings import load_settings
    from service.storage.drafts import DraftStore
    from service.wiring.record import open_record

    with open_record(load_settings()) as database:
        yield DraftStore(database), Account("", "zhibi eval", AccountRole.ADMIN, "")
