"""POST /v1/ask: one question, answered at once as JSON or in steps as server-sent events."""

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.core import Event
from assistant.service.ask_service import AskService
from assistant.service.bodies import AskBody
from assistant.service.errors import body_of
from assistant.service.running import ClientGoneError, Threads, last_of, run_in_thread
from ingest.errors import FootnoteError

EVENT_STREAM = "text/event-stream"
_CLIENT_CLOSED_REQUEST = 499
_log = logging.getLogger(__name__)


def ask_router(service: AskService, threads: Threads) -> APIRouter:
    """The route that answers questions."""
    router = APIRouter(prefix="/v1")

    @router.post("/ask", response_model=None)
    async def ask(body: AskBody, request: Request) -> Response:
        """Answer a question; with `stream`, or when events are accepted, as server-sent events."""
        events = run_in_thread(threads, partial(_events, service, body), request.is_disconnected)
        if body.stream or EVENT_STREAM in request.headers.get("accept", ""):
            return StreamingResponse(_as_sent_events(events), media_type=EVENT_STREAM)
        return await _as_json(events)

    return router


def _events(service: AskService, body: AskBody) -> Iterator[Event]:
    return service.stream(
        body.question, body.to_conversation(), filters=body.to_filters(), as_of=body.as_of, model=body.model
    )


async def _as_json(events: AsyncGenerator[Event, None]) -> Response:
    try:
        last = await last_of(events)
    except ClientGoneError:
        return Response(status_code=_CLIENT_CLOSED_REQUEST)
    if last is None:
        raise RuntimeError("answering ended without an answer")
    return JSONResponse(last.to_json())


async def _as_sent_events(events: AsyncGenerator[Event, None]) -> AsyncIterator[str]:
    """The events as text; an error becomes the last event, since the status has been sent by then."""
    try:
        async with aclosing(events) as open_events:
            async for event in open_events:
                yield _sent_event(event.name, event.to_json())
    except ClientGoneError:
        return
    except FootnoteError as error:
        yield _sent_event("error", body_of(error))
    except Exception as error:
        _log.exception("answering failed")
        yield _sent_event("error", body_of(error))


def _sent_event(name: str, data: dict[str, Any]) -> str:
    """One server-sent event; its data is one line of ASCII, so that no text in it can begin another event."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
