"""For operators: alive, able to serve, figures."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from service.domain.errors import ServiceUnavailable
from service.web.events import EventHub
from service.web.figures import Figures
from service.web.signed_in import Rooms

router = APIRouter(tags=["operator"])


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """Alive: the process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(rooms: Rooms) -> dict[str, Any]:
    """Able to serve: everything needed answers. 503 names what does not."""
    found = rooms.ready()
    broken = {name: reason for name, reason in found.items() if reason is not None}
    if broken:
        raise ServiceUnavailable("暂时不能提供服务：" + "；".join(broken.values()) + "。", **broken)
    return {"status": "ok", "checks": dict.fromkeys(found, "ok")}


@router.get("/metrics", response_class=Response)
def metrics(request: Request, rooms: Rooms) -> Response:
    """Prometheus figures. They hold no text and no name."""
    figures: Figures = request.app.state.figures
    hub: EventHub = request.app.state.hub
    content = figures.render(rooms.runs.counts(), hub.count)
    return Response(content, media_type="text/plain; version=0.0.4; charset=utf-8")
