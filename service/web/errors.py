"""Errors at the edge: one shape, one table of HTTP codes, Chinese sentences, and never a stack trace."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from service.domain import errors
from service.storage.runs import RunLost

log = logging.getLogger(__name__)


class VersionNotGiven(errors.UnusableInput):
    """An edit came without saying which version it was made on."""


# Most specific first: the first class an error belongs to gives its code.
STATUS_OF: tuple[tuple[type[errors.ZhibiError], int], ...] = (
    (VersionNotGiven, 428),
    (errors.InputTooLarge, 413),
    (errors.UnusableInput, 422),
    (errors.NotSignedIn, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (RunLost, 409),
    (errors.Conflict, 409),
    (errors.TooManyRequests, 429),
    (errors.ServiceUnavailable, 503),
    (errors.ZhibiError, 500),
)

_PLAIN = {
    400: ("BadRequest", "请求的格式有误，没有改动任何内容。请检查后重试。"),
    401: ("NotSignedIn", "登录已过期，请重新登录。您填写的内容仍在，登录后继续提交。"),
    403: ("Forbidden", "您没有这项操作的权限。如需处理，请联系管理员。"),
    404: ("NotFound", "没有这个地址。请从首页重新进入。"),
    405: ("MethodNotAllowed", "这个地址不支持该操作。请从首页重新进入。"),
    413: ("InputTooLarge", "提交的内容太大，没有保存。请分次提交或删减无关内容。"),
    415: ("UnsupportedMediaType", "请求须为 JSON。请检查 Content-Type 后重试。"),
    500: ("Fault", "服务器出错，已保存的内容不受影响。请重试；如再次失败，请将请求编号告知管理员。"),
}

_REASONS = {
    "missing": "缺少这一项",
    "string_type": "须为文字",
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "int_type": "须为整数",
    "int_parsing": "须为整数",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "list_type": "须为列表",
    "enum": "不在可选值之内",
    "literal_error": "不在可选值之内",
    "extra_forbidden": "没有这一项",
    "string_unicode": "含有无法保存的字符",
    "too_long": "太多",
    "string_pattern_mismatch": "含有不能用的字符",
}


def status_of(error: errors.ZhibiError) -> int:
    """The HTTP code of an error. Pure."""
    return next(code for kind, code in STATUS_OF if isinstance(error, kind))


def error_body(request: Request, name: str, message: str, detail: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The one error shape."""
    request_id = getattr(request.state, "request_id", "")
    return {"error": name, "message": message, "detail": dict(detail or {}), "request_id": request_id}


def plain_error(code: int) -> tuple[str, str]:
    """Name and message of an error that has no class of its own. Pure."""
    return _PLAIN.get(code, ("HttpError", f"请求没有成功（代码 {code}）。请重试；如再次失败，请联系管理员。"))


# The error as a page for a person, or None where a program asked.
PageFor = Callable[[Request, int, str], Response | None]


def add_error_answers(application: FastAPI, page_for: PageFor) -> None:
    """Makes every error leave in the one shape, or as a page."""

    def answer(
        request: Request,
        code: int,
        name: str,
        message: str,
        detail: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        shown = page_for(request, code, message)
        if shown is not None:
            return shown
        body = error_body(request, name, message, detail)
        return JSONResponse(body, code, dict(headers) if headers else None)

    @application.exception_handler(errors.ZhibiError)
    def ours(request: Request, error: errors.ZhibiError) -> Response:
        if isinstance(error, errors.ServiceUnavailable):
            log.error("%s: %s", type(error).__name__, error.message)
        headers = {}
        if isinstance(error, errors.TooManyRequests):
            headers["Retry-After"] = str(error.detail.get("wait_seconds", 60))
        return answer(request, status_of(error), type(error).__name__, error.message, error.detail, headers)

    @application.exception_handler(RequestValidationError)
    def unreadable(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return answer(request, 400, *plain_error(400))
        place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path", "header"))
        reason = _REASONS.get(first["type"], "无法使用")
        message = f"请求里的“{place}”{reason}。请改正后重试。" if place else f"请求内容{reason}。请改正后重试。"
        return answer(request, 422, "UnusableInput", message, {"field": place})

    @application.exception_handler(HTTPException)
    def plain(request: Request, error: HTTPException) -> Response:
        return answer(request, error.status_code, *plain_error(error.status_code), headers=error.headers)
