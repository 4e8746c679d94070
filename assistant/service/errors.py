"""Errors as the API tells them: one JSON object with `code`, `message` and `what_to_do`."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from ingest.errors import FootnoteError, UsageError

STATUS_OF_CODE = {
    "article_missing": 404,
    "index_busy": 409,
    "model_failed": 502,
    "busy": 503,
    "index_missing": 503,
    "index_version": 503,
    "index_damaged": 503,
    "disk_full": 507,
}
SEE_SCHEMA = "Correct the request; GET /v1/openapi.json describes it."
_HTTP_ERRORS = {
    404: ("not_found", "There is nothing at this address.", "GET /v1/openapi.json lists the addresses."),
    405: ("wrong_method", "This address does not take that method.", SEE_SCHEMA),
    413: ("body_too_large", "The request body is too large.", "Send a shorter question or conversation."),
}
UNEXPECTED = (
    "unexpected",
    "Something unexpected happened while answering.",
    "Try again; the server's log has the details.",
)


class ErrorBody(BaseModel):
    """The form of an error, for the description of the API."""

    code: str
    message: str
    what_to_do: str


ANY_ERROR: dict[int | str, dict[str, Any]] = {
    "default": {"model": ErrorBody, "description": "What failed and what to do."}
}
"""What every route says of its errors."""


def error_body(code: str, message: str, what_to_do: str) -> dict[str, str]:
    """The JSON object of an error."""
    return {"code": code, "message": message, "what_to_do": what_to_do}


def body_of(error: Exception) -> dict[str, str]:
    """The JSON object that tells of an exception; the inside of an unexpected one is not shown."""
    if isinstance(error, FootnoteError):
        return error_body(error.code, error.message, error.advice)
    return error_body(*UNEXPECTED)


def add_error_handlers(app: FastAPI) -> None:
    """Make every error of the routes of `app` a JSON object of the one form."""
    app.add_exception_handler(FootnoteError, _footnote_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


async def _footnote_error(_: Request, error: Exception) -> JSONResponse:
    code = getattr(error, "code", "")
    status = STATUS_OF_CODE.get(code, 400 if isinstance(error, UsageError) else 500)
    return JSONResponse(body_of(error), status)


async def _invalid_request(_: Request, error: Exception) -> JSONResponse:
    found: Sequence[Any] = error.errors() if isinstance(error, RequestValidationError) else ()
    message = "; ".join(_problem(problem) for problem in found) or "The request is not valid."
    return JSONResponse(error_body("invalid_request", message, SEE_SCHEMA), 422)


def _problem(problem: Mapping[str, Any]) -> str:
    """One validation problem in words; the value that was sent is not repeated."""
    if problem["type"] == "json_invalid":
        return "The body is not valid JSON."
    place = ".".join(str(part) for part in problem["loc"] if part != "body") or "the body"
    return f"{place}: {problem['msg']}"


async def _http_error(_: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    default = ("http_error", f"The request failed ({status}).", SEE_SCHEMA)
    return JSONResponse(error_body(*_HTTP_ERRORS.get(status, default)), status)


async def _unexpected(_: Request, __: Exception) -> JSONResponse:
    return JSONResponse(error_body(*UNEXPECTED), 500)
