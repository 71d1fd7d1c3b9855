"""The web application: API, pages and figures over the rooms below."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from service.web import (
    api_account,
    api_admin,
    api_corpus,
    api_desk,
    api_discussion,
    api_drafts,
    api_notes,
    api_pairs,
    api_queue,
    api_review,
    api_texts,
    api_word,
    operator,
    pages,
    pages_admin,
    pages_corpus,
    pages_evaluation,
    pages_review,
    sign_on_pages,
)
from service.web.errors import add_error_answers
from service.web.events import EventHub
from service.web.figures import Figures
from service.web.gate import Gate
from service.web.services import Services
from service.web.shapes import ErrorAnswer

# 100,000 characters may take six bytes each in JSON, and a check carries notes, draft and exemplars.
_JSON_BYTES = 8_000_000
_ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": ErrorAnswer, "description": meaning}
    for code, meaning in {
        400: "Not JSON",
        401: "Not signed in",
        403: "Not allowed",
        404: "Absent, or out of reach",
        409: "Changed meanwhile, or not in this state",
        413: "Too large",
        422: "Unusable input",
        428: "If-Match is missing",
        429: "Too many attempts",
        500: "A fault of ours",
        503: "Not able to serve now",
    }.items()
}


class _Static(StaticFiles):
    """Static files under an address that changes with their content, so a browser may keep them for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file without the version in front of its name."""
        _, _, name = path.partition("/")
        response = await super().get_response(name or path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_application(services: Services) -> FastAPI:
    """The application over `services`; its workers run from its start to its end."""

    @asynccontextmanager
    async def life(application: FastAPI) -> AsyncIterator[None]:
        services.workers.on_told = application.state.hub.news_from_thread
        services.workers.start()
        yield
        services.workers.stop()

    application = FastAPI(
        title="执笔 Zhibi",
        version=services.version or "0",
        lifespan=life,
        docs_url=None,  # The bundled pages load scripts from another host, which an office without internet has not.
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    application.state.services = services
    application.state.figures = Figures()
    application.state.hub = EventHub(services.drafts, services.limits.heartbeat_seconds)
    api = APIRouter(prefix="/api/v1", responses=_ERRORS)
    parts = [api_texts, api_desk, api_drafts, api_notes, api_word, api_review, api_discussion, api_queue]
    parts += [api_corpus, api_account, api_admin, api_pairs]
    for part in parts:
        api.include_router(part.router)
    application.include_router(api)
    application.include_router(operator.router, responses={503: _ERRORS[503]})
    for part in (pages, pages_corpus, pages_review, pages_admin, pages_evaluation, sign_on_pages):
        application.include_router(part.router)
    application.mount("/static", _Static(directory=pages.STATIC))
    add_error_answers(application, _page_for_people)
    application.add_middleware(
        Gate,
        figures=application.state.figures,
        json_bytes=_JSON_BYTES,
        upload_bytes=services.limits.upload_max_bytes,
    )
    return application


def _page_for_people(request: Request, status: int, message: str) -> Response | None:
    """The error as a page where a person asked for one; None for programs."""
    if not pages.is_page(request):
        return None
    if status == 401 and not request.url.path.startswith("/sign-in") and request.method == "GET":
        return RedirectResponse(pages.sign_in_address(request), 303)
    return pages.error_page(request, status, message)
