"""Files as text, whatever they are: the door of this room.

`read_file` and `read_content` give one document and raise; `FileReader.read` gives all documents of a file, refusals
among them, and is what takes a folder in. What needs a parser is read in a process of its own, with limits.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from threading import Event, Lock, Timer
from types import TracebackType
from typing import Self

from corpus.read.child import read_frame, write_frame
from corpus.read.documents import TRIED_SUFFIXES, read_documents
from corpus.read.forms import READABLE_SUFFIXES, is_plain
from corpus.read.limits import ReadLimits
from corpus.read.values import FileText, Refused, document_from_json
from service.domain.errors import InputTooLarge, UnusableInput
from service.domain.page import LeftOut

__all__ = [
    "READABLE_SUFFIXES",
    "TRIED_SUFFIXES",
    "FileReader",
    "FileText",
    "LeftOut",
    "Refused",
    "read_content",
    "read_file",
]
# Starting Python and its first imports, on a machine that is busy.
_START_SECONDS = 60


def read_file(path: Path, limits: ReadLimits) -> FileText:
    """The one document in the file at `path`: what `zhibi draft --notes`, `zhibi check` and a dropped file read.

    `text` holds the words line by line as a person sees them: a ledger (.xlsx, .csv) one row a line, its cells between
    tabs, under one line of column names; a .docx with `#` before headings and " | " between cells; a .pdf with its
    paragraphs whole. A .txt or .md keeps every character, line breaks as they are, without its byte order mark.
    `left_out` says what is not in the text (comments, hidden text, tracked deletions, page headers); `warnings` says
    the same in Chinese sentences for people.

    Raises UnusableInput (missing, unreadable, binary, encrypted, with macros, a scan, not what its name says, empty,
    an archive of several documents) and InputTooLarge; `detail["reason"]` is one word.
    """
    with FileReader(limits) as reader:
        return _only(path.name, reader.read(path))


def read_content(name: str, raw: bytes, limits: ReadLimits) -> FileText:
    """The one document in the bytes `raw` of a file called `name`; everything as in `read_file`."""
    with FileReader(limits) as reader:
        return _only(name, reader.read_bytes(name, raw))


def _only(name: str, found: list[FileText | Refused]) -> FileText:
    if len(found) > 1:
        raise UnusableInput(
            f"“{name}”是压缩包，里面有{len(found)}个文件，这里需要一个。请先解压，再选其中一个。",
            file=name,
            reason="several",
        )
    (one,) = found
    if isinstance(one, Refused):
        kind = InputTooLarge if one.too_large else UnusableInput
        raise kind(one.error, file=name, reason=one.reason)
    return one


class FileReader:
    """Reads files one after another; safe to call from several threads.

    The process behind it starts with the first file that needs it, serves all further files, and is started anew
    where a file exhausted its time or memory. Closing ends it.
    """

    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path) -> list[FileText | Refused]:
        """The documents of the file at `path`, refusals among them: one, or several of an archive. Never empty."""
        name = path.name
        try:
            return self.read_bytes(name, _bytes_of(path, self._limits))
        except UnusableInput as refused:
            reason = str(refused.detail.get("reason", ""))
            return [Refused(name, refused.message, reason, isinstance(refused, InputTooLarge))]

    def read_bytes(self, name: str, raw: bytes) -> list[FileText | Refused]:
        """The documents in the bytes `raw` of a file called `name`; as `read`."""
        if len(raw) > self._limits.max_file_bytes:
            refused = _too_large(name, self._limits)
            return [Refused(name, refused.message, "size", too_large=True)]
        if is_plain(name, raw) or not raw:
            return read_documents(name, raw, self._limits)
        with self._lock:
            return self._ask(name, raw)

    def close(self) -> None:
        """Ends the process behind it."""
        with self._lock:
            self._end()

    def _ask(self, name: str, raw: bytes) -> list[FileText | Refused]:
        child = self._child or self._start()
        answer = self._within(self._limits.max_seconds, child, name.encode("utf-8", "surrogatepass"), raw)
        if isinstance(answer, bytes):
            return [document_from_json(one) for one in json.loads(answer)]
        self._end()
        if answer is None:
            message, reason = f"读取“{name}”超过{self._limits.max_seconds}秒，已停止（ZHIBI_READ_SECONDS）", "time"
        else:
            message, reason = (
                f"读取“{name}”需要的内存过多，或文件使读取程序出错，已停止（ZHIBI_READ_MEMORY_MB）",
                "memory",
            )
        return [Refused(name, f"{message}。文件可能有问题，请重新另存或拆分后再试。", reason, too_large=True)]

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "corpus.read.child"]
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_quiet_environment(),
        )
        self._child = child
        if not isinstance(self._within(_START_SECONDS, child, json.dumps(asdict(self._limits)).encode()), bytes):
            self._end()
            raise UnusableInput(
                "读取文件的程序没有启动。请检查内存是否充足（ZHIBI_READ_MEMORY_MB）后再试。", reason="start"
            )
        return child

    def _within(self, seconds: int, child: subprocess.Popen[bytes], *frames: bytes) -> bytes | bool | None:
        """The answer to `frames`; None where time ran out, False where the process ended by itself."""
        assert child.stdin is not None and child.stdout is not None
        is_late = Event()

        def stop() -> None:
            is_late.set()
            _kill(child)

        timer = Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            for frame in frames:
                write_frame(child.stdin, frame)
            answer = read_frame(child.stdout)
        except (BrokenPipeError, ConnectionResetError):
            answer = None
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        return None if is_late.is_set() else False

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        _kill(child)
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        child.wait()


def _kill(child: subprocess.Popen[bytes]) -> None:
    # Its whole session: a system tool that it started must not outlive it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _quiet_environment() -> dict[str, str]:
    """The environment without what is secret: the process needs no key and no database."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBI_", "OPENAI_"))}


def _bytes_of(path: Path, limits: ReadLimits) -> bytes:
    name = path.name
    try:
        if not path.is_file():
            raise UnusableInput(f"找不到文件“{name}”，或它不是普通文件。请检查路径。", file=name, reason="missing")
        # One byte more than allowed is read, so that a file that grows meanwhile is still refused.
        with path.open("rb") as opened:
            raw = opened.read(limits.max_file_bytes + 1)
    except OSError as failed:
        raise UnusableInput(f"无法读取“{name}”：{failed.strerror or '系统拒绝'}。请检查权限。", file=name) from failed
    if len(raw) > limits.max_file_bytes:
        raise _too_large(name, limits)
    return raw


def _too_large(name: str, limits: ReadLimits) -> InputTooLarge:
    return InputTooLarge(
        f"“{name}”超过 {limits.max_file_bytes / 1_000_000:g} MB 的上限（ZHIBI_READ_MAX_BYTES）。"
        "请拆分或压缩图片后再试。",
        file=name,
        limit=limits.max_file_bytes,
        reason="size",
    )
