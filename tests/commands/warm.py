"""A process that has imported what the commands of `zhibi` import, and forks one for each command it is asked for.

A command forked from it is a process of its own, with its own arguments, environment, folder and streams, and ends with
its own code; it is only spared importing what hundreds of commands before it imported (a second and more of each).
What a start itself is to prove takes `running.installed_zhibi`.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NoReturn

ROOMS = ("service", "corpus", "prompts", "eval")
_SIZE = struct.Struct("!I")
_CODE = struct.Struct("!i")


def run_warm(
    arguments: Sequence[str], *, environment: Mapping[str, str], folder: str, streams: Sequence[int], seconds: float
) -> int:
    """The exit code of `zhibi ARGUMENTS` with these standard streams; negative where a signal ended it.

    Raises TimeoutError after `seconds`.
    """
    asked = json.dumps([list(arguments), dict(environment), folder]).encode()
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(seconds)
        line.connect(_listening())
        socket.send_fds(line, [_SIZE.pack(len(asked))], list(streams))
        line.sendall(asked)
        return int(_CODE.unpack(_read(line, _CODE.size))[0])


@cache
def _listening() -> str:
    """Where this test process's warm process listens. It ends with this one, whose end closes its standard input."""
    path = str(Path(mkdtemp(prefix="zhibi-warm-")) / "line")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.commands.warm", path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A thread of a library for sums would not live on in what is forked.
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None and process.stdout.readline() == b"ready\n", "the warm process did not start"
    atexit.register(process.kill)
    return path


def _read(line: socket.socket, size: int) -> bytes:
    read = b""
    while len(read) < size:
        more = line.recv(size - len(read))
        if not more:
            raise RuntimeError("the warm process ended")
        read += more
    return read


def _serve(path: str) -> None:
    for room in ROOMS:
        for found in pkgutil.walk_packages([room], f"{room}."):
            if ".migrations." not in found.name and not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    assert threading.active_count() == 1, "what is forked would lack a thread"
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        print("ready", flush=True)
        while server in select.select([server, sys.stdin], [], [])[0]:
            line, _ = server.accept()
            if os.fork() == 0:
                server.close()
                _carry_out(line)
            line.close()


def _carry_out(line: socket.socket) -> NoReturn:
    """Forks once more, so that commands may run side by side, each with somebody who waits for its code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    size, streams, _, _ = socket.recv_fds(line, _SIZE.size, 3)
    arguments, environment, folder = json.loads(_read(line, _SIZE.unpack(size)[0]))
    command = os.fork()
    if command == 0:
        line.close()
        _become(arguments, environment, folder, streams)
    for stream in streams:
        os.close(stream)
    line.sendall(_CODE.pack(os.waitstatus_to_exitcode(os.waitpid(command, 0)[1])))
    os._exit(0)


def _become(arguments: list[str], environment: dict[str, str], folder: str, streams: Sequence[int]) -> NoReturn:
    from service.cli import main

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["zhibi", *arguments]
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    # As Python ends, but without taking every module down, which would copy all that is shared with the warm process.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
