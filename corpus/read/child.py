"""The process that takes untrusted files apart: `python -m corpus.read.child`, asked and answered over its pipes.

A frame is its length in 4 bytes and as many bytes of JSON, or of the file itself. Requests: the limits once, then for
each file its name and its bytes. Answers: one list of documents for each file.
"""

from __future__ import annotations

import json
import resource
import signal
import struct
import sys
from typing import IO, Any

from corpus.read.limits import ReadLimits

_LENGTH = struct.Struct(">I")
# The process ends by itself a little after its parent would have ended it: an orphan does not go on for ever.
_GRACE_SECONDS = 5


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Writes one frame and flushes it."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The content of the next frame; None where the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size: int = _LENGTH.unpack(head)[0]
    content = stream.read(size)
    return content if len(content) == size else None


def limits_from_json(plain: dict[str, Any]) -> ReadLimits:
    """The limits a parent sent. Pure."""
    return ReadLimits(**{name: int(value) for name, value in plain.items()})


def main() -> None:
    """Answers until the other side closes the pipe."""
    asked, answered = sys.stdin.buffer, sys.stdout.buffer
    first = read_frame(asked)
    if first is None:
        return
    limits = limits_from_json(json.loads(first))
    resource.setrlimit(resource.RLIMIT_AS, (limits.max_memory_bytes, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from corpus.read.documents import read_documents

    write_frame(answered, b"[]")
    while (name := read_frame(asked)) is not None and (raw := read_frame(asked)) is not None:
        signal.alarm(limits.max_seconds + _GRACE_SECONDS)
        found = read_documents(name.decode("utf-8", "surrogatepass"), raw, limits)
        write_frame(answered, json.dumps([one.to_json() for one in found]).encode("ascii"))
        signal.alarm(0)


if __name__ == "__main__":
    main()
