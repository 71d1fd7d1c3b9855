"""Runs the web application on a port, until it is told to stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from service.domain.errors import UnusableInput

# Requests under way get this long to end when the server is stopped.
_PATIENCE_SECONDS = 3


def run_server(
    application: FastAPI, host: str, port: int, on_ready: Callable[[str], None], log_level: str = "warning"
) -> None:
    """Serves `application` until interrupted. `on_ready` gets the address once requests are accepted.

    Port 0 takes a free one. Raises UnusableInput where the port is taken or the address is not this machine's.
    """
    listening = _listen(host, port)
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
    shown = f"[{shown}]" if ":" in shown else shown
    address = f"http://{shown}:{listening.getsockname()[1]}"
    config = uvicorn.Config(
        application,
        log_config=None,
        log_level=log_level,
        access_log=False,
        timeout_graceful_shutdown=_PATIENCE_SECONDS,
        server_header=False,
        proxy_headers=False,
    )
    server = _Telling(config, lambda: on_ready(address), application.state.hub.end_all)
    # The server raises the signal that stopped it once more when it has ended. Both then arrive here as an interrupt,
    # and the caller's `with` blocks close index and database, which a plain SIGTERM would skip.
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class _Telling(uvicorn.Server):
    """A server that says when it is ready, and when it is about to wait for open connections."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None], on_end: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._on_end = on_end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then tells."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends what would never end by itself, then waits for the rest."""
        self._on_end()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(512)
    except OSError as wrong:
        listening.close()
        if port and _taken(host, port):
            raise UnusableInput(
                f"端口 {port} 已被占用。请结束占用它的程序，或用 --port（make run PORT=…）换一个。", port=port
            ) from wrong
        reason = wrong.strerror or str(wrong)
        raise UnusableInput(
            f"不能在 {host}:{port} 上提供服务（{reason}）。请检查 --host 和 --port。", host=host, port=port
        ) from wrong
    return listening


def _taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host if host not in ("0.0.0.0", "::") else "127.0.0.1", port)) == 0
