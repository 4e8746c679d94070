"""`footnote serve`: the page and the API, in one process."""

import os
import secrets
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import BaseUrlOption, HomeOption, ModelOption, settings_from

if TYPE_CHECKING:
    from assistant.service.ask_service import AskService
    from assistant.settings import Settings

TOKEN_BYTES = 24
NO_INDEX_ADVICE = (
    "Run `footnote ingest SOURCE...` first, or `footnote serve --samples` to begin with the sample articles."
)

HostOption = Annotated[
    str | None,
    typer.Option("--host", metavar="ADDRESS", help="Where to listen; 127.0.0.1 unless told otherwise."),
]
PortOption = Annotated[
    int | None, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help="0 takes any free port.")
]
OpenOption = Annotated[
    bool | None, typer.Option("--open/--no-open", show_default=False, help="Open the page in a browser.")
]
SamplesOption = Annotated[
    bool, typer.Option("--samples", help="Ingest the sample articles first if there is no index yet.")
]
AllowHostOption = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="NAME", help="Another host name that this service is reached by."),
]


def serve(
    context: typer.Context,
    home: HomeOption = None,
    host: HostOption = None,
    port: PortOption = None,
    open_page: OpenOption = None,
    samples: SamplesOption = False,
    allow_host: AllowHostOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
) -> None:
    """Serve the chat page and the HTTP API until stopped with Ctrl-C.

    Beyond this machine a token is asked for: FOOTNOTE_TOKEN, or a new one that is printed.
    """
    from assistant.cli.serving import Address, listen, serve_until_stopped, stop_on_sigterm
    from assistant.cli.terminal import message_console
    from assistant.service.guard import GuardPolicy

    stop_on_sigterm()
    settings = settings_from(context, home, host=host, port=port, model=model, base_url=base_url)
    with listen(settings.host, settings.port) as listening:
        token = _token(settings)
        address = Address(settings.host, listening.getsockname()[1], token)
        service = _open_service(settings, samples=samples)
        with message_console().status("loading ..."):
            from assistant.page import mount
            from assistant.service.app import create_app

            service.warm_up()
            policy = GuardPolicy.listening_on(settings.host, token, allow_host or ())
            app = create_app(service, policy=policy, mount_page=mount)
        serve_until_stopped(app, listening, address, open_page=_opens(open_page))


def _token(settings: "Settings") -> str | None:
    """The token that requests must carry: the one set, or a new one where others can reach the service."""
    from assistant.service.guard import is_loopback

    if settings.token is not None:
        return settings.token.get_secret_value()
    return None if is_loopback(settings.host) else secrets.token_urlsafe(TOKEN_BYTES)


def _opens(asked: bool | None) -> bool:
    """Whether to open a browser: as asked, else when a person sits before a screen."""
    if asked is not None:
        return asked
    has_screen = sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return has_screen and sys.stdout.isatty()


def _open_service(settings: "Settings", *, samples: bool) -> "AskService":
    from assistant.service.ask_service import AskService
    from vectorstore.errors import IndexMissingError

    if samples:
        _ingest_samples_if_needed(settings)
    try:
        return AskService.open(settings)
    except IndexMissingError as error:
        raise IndexMissingError(error.message, NO_INDEX_ADVICE) from error


def _ingest_samples_if_needed(settings: "Settings") -> None:
    """Ingest the samples into a home without an index, or finish it where that was interrupted."""
    from assistant.cli.ingest import run_ingest
    from assistant.cli.terminal import say
    from assistant.service.ingestion import IngestRequest, needs_samples

    if needs_samples(settings.home):
        say("ingesting the sample articles; this is done once")
        run_ingest(settings, IngestRequest(("samples",)))
