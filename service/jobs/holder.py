"""The name under which a process holds runs, and whether the process behind a name is gone."""

from __future__ import annotations

import os
import secrets
import socket


def new_holder() -> str:
    """A name for this process: host, process id and a random part, as ids are used again after a restart."""
    return f"{socket.gethostname()[:100]}|{os.getpid()}|{secrets.token_hex(4)}"


def is_gone(name: str, own: str) -> bool:
    """True where `name` is certainly dead: on this host, and its process id is free or now this very process.

    A name on another host, or one that cannot be read, is never certainly dead: its lease must run out.
    """
    parts, own_parts = name.split("|"), own.split("|")
    if len(parts) != 3 or parts[0] != own_parts[0] or not parts[1].isdigit():
        return False
    # A container's first process has id 1 after every restart, so the same id with another random part is gone too.
    if parts[1] == own_parts[1]:
        return name != own
    try:
        os.kill(int(parts[1]), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
