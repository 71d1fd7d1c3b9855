"""`zhibi rehearse`: a scripted model with a character as a server of its own, for demos and trials without a model."""

from __future__ import annotations

import threading

from service.commands.printing import print_line
from service.domain.errors import UnusableInput


def run(personality: str, port: int) -> int:
    """Serves until it is interrupted; prints what to set so that drafts are written by it."""
    from service.model.personalities import PERSONALITIES
    from service.model.scripted_server import ScriptedServer

    if personality not in PERSONALITIES:
        raise UnusableInput(f"没有脚本模型“{personality}”。可选：{'、'.join(PERSONALITIES)}。", personality=personality)
    try:
        server = ScriptedServer(PERSONALITIES[personality], port)
    except OSError as refused:
        raise UnusableInput(f"端口{port}不能使用（{refused.strerror}）。请换一个 --port。", port=port) from refused
    with server:
        print_line(f"脚本模型 {personality} 已启动，按 Ctrl+C 停止。在另一个终端里设置：")
        print_line(f"export OPENAI_BASE_URL={server.base_url} OPENAI_API_KEY=none ZHIBI_MODEL={personality}")
        threading.Event().wait()
    return 0
