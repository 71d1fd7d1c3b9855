"""One drafting run from its request to its one final version, whatever happens on the way."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from service.domain.draft import DraftRequest
from service.domain.errors import StorageFailed, ZhibiError
from service.drafting.assemble import chinese_numeral
from service.jobs.kept import kept_sections, with_kept
from service.jobs.request import request_from_json
from service.jobs.roles import CheckText, WriteDraft, WrittenAgain, bare_heading
from service.jobs.versions import PlainSection, put_together, with_answers
from service.storage.draft_values import HeldRun
from service.storage.runs import RunLost, RunStore

log = logging.getLogger(__name__)

# A model streams some thirty pieces a second for each section; readers see no difference above five.
_TELL_EVERY_SECONDS = 0.2


class StopAsked(Exception):
    """A person asked this run to stop. Not a ZhibiError, so that no fallback on the way takes it for a failure."""


class RunningRun:
    """A run under way in this process: tells its events, keeps its sections, and notices stop and loss."""

    def __init__(self, run: HeldRun, store: RunStore, holder: str, on_told: Callable[[], None] = lambda: None) -> None:
        self.run = run
        self._on_told = on_told
        self._store = store
        self._holder = holder
        self._lock = threading.Lock()
        self._waiting: dict[int, Mapping[str, Any]] = {}
        self._told_at = 0.0
        self.kept: dict[str, str] = {}
        self.standing: dict[str, str] = {}
        self.sections: dict[int, PlainSection] = {}
        self.whole: set[int] = set()
        self.title = ""
        self.stop_asked = False
        self.lost = False

    @property
    def name(self) -> str:
        """See `FinishedSteps`."""
        return self.run.id

    def keep_alive(self) -> None:
        """Extends the lease and looks for a stop request; called from the keeper's thread."""
        if not self._store.renew(self.run.id, self._holder):
            self.lost = True
        elif self._store.stop_requested(self.run.id):
            self.stop_asked = True

    def tell(self, kind: str, body: Mapping[str, Any]) -> None:
        """Passes an event on; of a section's pieces only the newest text counts. Raises StopAsked and RunLost."""
        if self.lost:
            raise RunLost("这次起草已由另一进程接手。", run=self.run.id)
        if self.stop_asked:
            raise StopAsked
        with self._lock:
            if kind == "section":
                # What was whole before the run went on stays as it stands, however it is written beside it.
                standing = self.standing.get(bare_heading(str(body.get("heading", ""))))
                body = body if standing is None else {**body, "text": standing}
                index = int(body["index"])
                told = self.sections.get(index)
                if told is not None and told.text == body.get("text") and not body.get("complete"):
                    return  # a model that thinks gives signs of life only so that a stop is noticed
                self._waiting[index] = body
                self.sections[index] = PlainSection(str(body.get("heading", "")), str(body.get("text", "")))
                if body.get("complete"):
                    self.whole.add(index)
                first_words = not (told and told.text) and body.get("text")
                recent = time.monotonic() - self._told_at < _TELL_EVERY_SECONDS
                if recent and not body.get("complete") and not first_words:
                    return
                self._flush([])
            else:
                self.title = str(body.get("title") or self.title)
                self._flush([(kind, body)])

    def flush(self) -> None:
        """Tells what was gathered."""
        with self._lock:
            self._flush([])

    def earlier(self, key: str) -> str | None:
        """See `FinishedSteps`."""
        return self.kept.get(key)

    def once(self, key: str, step: Callable[[], str]) -> str:
        """See `FinishedSteps`."""
        saved = self._store.saved_step(self.run.id, key)
        if saved is not None:
            return saved
        body = step()
        self._store.save_step(self.run, self._holder, key, body)
        return body

    def _flush(self, more: list[tuple[str, Mapping[str, Any]]]) -> None:
        events = [("section", self._waiting[index]) for index in sorted(self._waiting)]
        self._waiting.clear()
        if events or more:
            self._store.tell(self.run, self._holder, [*events, *more])
            self._told_at = time.monotonic()
            self._on_told()


def carry_out(
    running: RunningRun, store: RunStore, holder: str, write: WriteDraft, check: CheckText, attempts: int
) -> str:
    """How the run ended: done, stopped, failed or lost. Never raises for what the run itself did wrong."""
    run = running.run
    try:
        if run.attempts > attempts:
            store.fail(
                run, holder, "RunAborted", f"起草中断了{attempts}次，已停止重试。笔记已保存，请点“继续生成”重试。"
            )
            return "failed"
        if run.attempts > 1:
            running.tell("stage", {"step": "resumed", "message": "上次中断，正在从头接续", "attempt": run.attempts})
        return _write(running, store, holder, write, check)
    except RunLost:
        return "lost"
    except StorageFailed:
        # The end could not be written either. The lease runs out, and the run starts again when the disk is back.
        raise
    except ZhibiError as wrong:
        store.fail(run, holder, type(wrong).__name__, wrong.message)
        return "failed"
    except Exception:
        # A fault of ours: the run must end with a code that a person can read out to the operator.
        code = secrets.token_hex(3).upper()
        log.exception("run %s failed, code %s", run.id, code)
        store.fail(
            run, holder, "Fault", f"起草出错（代码 {code}），笔记已保存。请重试；如再次失败，请将代码告知管理员。"
        )
        return "failed"


def _write(running: RunningRun, store: RunStore, holder: str, write: WriteDraft, check: CheckText) -> str:
    run = running.run
    request = request_from_json(run.request, run.notes)
    before = store.newest_body(run.draft_id)
    notes_before = store.notes_before(run.draft_id, run.version) if run.section is None and before else None
    if before is not None and notes_before is not None:
        running.kept = kept_sections(before, notes_before, run.notes)
    elif before is not None and run.section is None:
        running.standing = _standing(before)
    try:
        draft = write(request, running.tell, running, _again(run, before))
        running.flush()
    except StopAsked:
        return _stopped(running, store, holder, request, check)
    body = draft.to_json(run.draft_id)
    author = draft.provenance.composer
    if before is not None and notes_before is not None:
        body = with_kept(before, body, running.kept, request, check)
        stayed = sum(one["made_from"] in running.kept for one in body["sections"])
        store.finish(run, holder, body, author=author, reason=f"笔记有修改，重新起草，其中{stayed}节未变")
        return "done"
    if before is None:
        store.finish(run, holder, body, author=author, reason="按笔记起草")
        return "done"
    if run.section is None:
        whole = _continued(before, body, request, check)
        store.finish(run, holder, whole, author=draft.provenance.composer, reason="继续生成")
        return "done"
    rewritten = _with_section(before, body, run.section, request, check)
    reason = f"重写第{run.section + 1}节" + (f"：{run.instruction}" if run.instruction else "")
    store.finish(run, holder, rewritten, author=author, reason=reason)
    return "done"


def _again(run: HeldRun, before: Mapping[str, Any] | None) -> WrittenAgain | None:
    if before is None:
        return None
    if run.section is None:
        return WrittenAgain("", None, _whole_headings(before)) if _whole_headings(before) else None
    if run.section >= len(before["sections"]):
        return None
    return WrittenAgain(before["sections"][run.section]["heading"], run.instruction)


def _whole_headings(before: Mapping[str, Any]) -> tuple[str, ...]:
    """Headings of the sections that were whole when a person stopped the run; none for a draft that was finished."""
    return tuple((before.get("stopped") or {}).get("whole", ()))


def _standing(before: Mapping[str, Any]) -> dict[str, str]:
    """The sections that were whole when a person stopped, by heading, as they stand now: they may have been edited."""
    whole = {bare_heading(one) for one in _whole_headings(before)}
    return {name: one["text"] for one in before["sections"] if (name := bare_heading(one["heading"])) in whole}


def _continued(
    before: Mapping[str, Any], new: Mapping[str, Any], request: DraftRequest, check: CheckText
) -> dict[str, Any]:
    """The new draft with the sections that were whole already, as they stand now: a person may have edited them."""
    standing, told = _standing(before), before.get("supplements", [])
    written = [with_answers(one, new["missing"], told) for one in new["sections"]]
    kept = [one for one in before["sections"] if bare_heading(one["heading"]) in standing]
    sections = [
        PlainSection(one["heading"], standing.get(bare_heading(one["heading"]), one["text"])) for one in written
    ]
    title = new["title"] if before["title"] == _plain_title(request) else before["title"]
    known = {**new, "sections": [*kept, *written], "missing": _joined(before, new)}
    return put_together(title, sections, request, check, known, told)


def _plain_title(request: DraftRequest) -> str:
    return request.title or f"{request.unit}{request.period.chinese}{request.genre.chinese}"


def _with_section(
    before: Mapping[str, Any], new: Mapping[str, Any], index: int, request: DraftRequest, check: CheckText
) -> dict[str, Any]:
    sections = [PlainSection(one["heading"], one["text"]) for one in before["sections"]]
    fresh = _counterpart(before["sections"], new["sections"], index)
    if fresh is None:
        return dict(before)
    fresh = with_answers(fresh, new["missing"], before.get("supplements", []))
    sections[index] = PlainSection(sections[index].heading, fresh["text"])
    known = {
        **before,
        "sections": [*before["sections"], fresh],
        "missing": _joined(before, new),
        "provenance": _provenance(before, new, fresh),
    }
    if before.get("stopped"):
        known["stopped"] = {"whole": [*_whole_headings(before), bare_heading(before["sections"][index]["heading"])]}
    return put_together(before["title"], sections, request, check, known)


def _provenance(before: Mapping[str, Any], new: Mapping[str, Any], fresh: Mapping[str, Any]) -> dict[str, Any]:
    """How the draft came to be with its one section written again: costs added, and what is not as it was wished."""
    earlier = before["provenance"]
    usage = dict(earlier["usage"])
    for name, amount in fresh.get("usage", {}).items():
        usage[name] = usage.get(name, 0) + amount
    prompts = {**earlier["prompts"], **new["provenance"]["prompts"]}
    said = [one.get("degraded") for one in (*before["sections"], fresh) if one.get("heading") != fresh["heading"]]
    told = [*said, fresh.get("degraded")]
    return {
        **earlier,
        "prompts": prompts,
        "usage": usage,
        "degraded": "；".join(dict.fromkeys(one for one in told if one)) or None,
    }


def _counterpart(before: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], index: int) -> Any:
    """The new form of section `index`: the one with its heading; opening and closing have none and go by place."""
    heading = bare_heading(before[index]["heading"])
    if heading:
        return next((one for one in new if bare_heading(one["heading"]) == heading), None)
    if len(before) == len(new):
        return new[index]
    if index == 0:
        return new[0] if new and not new[0]["heading"] else None
    return new[-1] if len(new) > 1 and not new[-1]["heading"] else None


def _joined(before: Mapping[str, Any], new: Mapping[str, Any]) -> list[Any]:
    return [*before["missing"], *(one for one in new["missing"] if one not in before["missing"])]


def _stopped(running: RunningRun, store: RunStore, holder: str, request: DraftRequest, check: CheckText) -> str:
    """Keeps what had arrived. A rewrite that was stopped leaves the draft as it was; a draft that went on after a stop
    has besides what was there before."""
    before = store.newest_body(running.run.draft_id)
    indices = [index for index in sorted(running.sections) if running.sections[index].text]
    fresh = [one for one in indices if bare_heading(running.sections[one].heading) not in running.standing]
    if before is not None and not (running.run.section is None and before.get("stopped") and fresh):
        said = "停止重写，内容未变" if running.run.section is not None else "停止继续生成，内容未变"
        store.finish(running.run, holder, before, author="stopped", reason=said, stopped=True)
        return "stopped"
    arrived = [(running.sections[index], index in running.whole) for index in indices]
    if before is not None:
        arrived = _with_earlier(before, arrived)
    if not arrived:
        message = "已停止生成，还没有写成任何一节。笔记已保存，可随时重新起草。"
        store.fail(running.run, holder, "Stopped", message)
        return "stopped"
    title = before["title"] if before else running.title or _plain_title(request)
    kept = _numbered([one for one, _ in arrived])
    body = put_together(title, kept, request, check, before or {"id": running.run.draft_id})
    body["stopped"] = {"whole": [one.heading for one, whole in arrived if whole and one.heading]}
    body["provenance"]["degraded"] = _said_of_stop([whole for _, whole in arrived])
    store.finish(running.run, holder, body, author="stopped", reason="停止生成，保留已写部分", stopped=True)
    return "stopped"


def _with_earlier(
    before: Mapping[str, Any], arrived: Sequence[tuple[PlainSection, bool]]
) -> list[tuple[PlainSection, bool]]:
    """What arrived, each with whether it is whole, and in their places those of the draft before that did not come up
    again. Pure."""
    standing, again = _standing(before), {one.heading for one, _ in arrived}
    every = list(arrived)
    for place, one in enumerate(before["sections"]):
        heading = bare_heading(one["heading"])
        if heading not in again:
            every.insert(place, (PlainSection(heading, one["text"]), heading in standing))
    return every


def _numbered(sections: Sequence[PlainSection]) -> list[PlainSection]:
    """The sections with 一、二、… on their headings where there are several, as a finished draft has them."""
    if sum(bool(one.heading) for one in sections) < 2:
        return list(sections)
    numbered, count = [], 0
    for one in sections:
        count += bool(one.heading)
        numbered.append(replace(one, heading=f"{chinese_numeral(count)}、{one.heading}") if one.heading else one)
    return numbered


def _said_of_stop(whole: Sequence[bool]) -> str:
    """What a person reads above a draft that was stopped: what is whole, what broke off, what to do. Pure."""
    broken = [number for number, one in enumerate(whole, 1) if not one]
    if not broken:
        return f"已停止生成，{len(whole)}节已保留。可修改，或点“继续生成”写完整篇。"
    names = "、".join(f"第{number}节" for number in broken)
    return f"已停止生成，{len(whole) - len(broken)}节已完整保留，{names}没有写完。可修改，或点“继续生成”写完。"
