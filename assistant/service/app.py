"""The HTTP service as one ASGI application: the API, and the page when there is one."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from assistant.service.articles import articles_router
from assistant.service.ask_service import QUESTIONS_AT_ONCE, AskService
from assistant.service.asking import ask_router
from assistant.service.errors import ANY_ERROR, add_error_handlers, body_of, error_body
from assistant.service.guard import LOCAL_ONLY, Guard, GuardPolicy
from assistant.service.running import Threads
from ingest.errors import FootnoteError

MountPage = Callable[[FastAPI, AskService], FastAPI]


def create_app(
    service: AskService, *, policy: GuardPolicy = LOCAL_ONLY, mount_page: MountPage | None = None
) -> FastAPI:
    """The application that answers for `service`.

    Args:
        service: an open service; closed when the application shuts down.
        policy: which hosts may be named, and the token that is asked for.
        mount_page: adds the page; None for the API alone.
    """
    from assistant.version import installed_version

    threads = Threads(QUESTIONS_AT_ONCE)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        threads.close()
        service.close()

    app = FastAPI(
        title="Footnote",
        version=installed_version(),
        openapi_url="/v1/openapi.json",
        docs_url=None,  # those pages load their scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        responses=ANY_ERROR,
    )
    add_error_handlers(app)
    app.include_router(ask_router(service, threads))
    app.include_router(articles_router(service))
    _add_health(app, service)
    _add_not_found(app)
    if mount_page is not None:
        app = mount_page(app, service)
    app.add_middleware(Guard, policy=policy)
    return app


def _add_health(app: FastAPI, service: AskService) -> None:
    @app.get("/health", response_model=None)
    def health() -> JSONResponse | dict[str, Any]:
        """Whether questions can be answered now; asks for no token."""
        try:
            counts = service.counts()
        except FootnoteError as error:
            return JSONResponse({"status": "failed", **body_of(error)}, 503)
        return {
            "status": "ok",
            "version": app.version,
            "articles": counts.articles,
            "passages": counts.passages,
        }


def _add_not_found(app: FastAPI) -> None:
    """Keep addresses under /v1 that do not exist from reaching the page behind them."""

    @app.api_route(
        "/v1/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
    )
    def not_found(path: str) -> JSONResponse:  # noqa: ARG001 (the route names it)
        advice = "GET /v1/openapi.json lists the addresses."
        return JSONResponse(error_body("not_found", "There is nothing at this address.", advice), 404)
