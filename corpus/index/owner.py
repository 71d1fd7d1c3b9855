"""Who owns a folder: one process at a time, known by a lock that the system lets go of when the process dies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from service.domain.errors import StorageFailed


class FolderOwner:
    """Holds `folder` for this process from `take` until `let_go`, beside it in `NAME.lock`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder.with_name(folder.name + ".lock")
        self._file: BinaryIO | None = None

    def take(self) -> bool:
        """True where this process owns the folder now; False where another one does. Raises StorageFailed."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Opened for appending: the number of the present owner must stay readable until it is ours to replace.
            opened = self._path.open("ab")
        except OSError as error:
            raise StorageFailed(f"建不了索引文件夹 {self._path.parent}（{error.strerror}）。请检查写权限。") from error
        if not _lock(opened):
            opened.close()
            return False
        opened.truncate(0)
        opened.write(str(os.getpid()).encode())
        opened.flush()
        self._file = opened
        return True

    def holder(self) -> str:
        """The process number of the owner as it wrote it, or "?"."""
        try:
            return self._path.read_text(encoding="ascii").strip() or "?"
        except (OSError, UnicodeDecodeError):
            return "?"

    def let_go(self) -> None:
        """Gives the folder up. The lock file stays: removing it would let two processes lock two files of one name."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(opened: BinaryIO) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
