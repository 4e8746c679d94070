"""`footnote watch`: sources ingested again and again, until it is stopped."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.durations import parse_duration
from assistant.cli.ingest import SourcesArgument, named_sources
from assistant.cli.options import AllowPrivateOption, EmbedderOption, HomeOption, ListOption, settings_from

if TYPE_CHECKING:
    from assistant.service.watching import Round

STOPPING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


def watch(
    context: typer.Context,
    sources: SourcesArgument = None,
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="From one round to the next: 90s, 15m, 2h, 1d.")
    ] = "15m",
    home: HomeOption = None,
    lists: ListOption = None,
    sync: Annotated[
        bool, typer.Option("--sync", help="Also remove the articles that have gone from these sources.")
    ] = False,
    allow_private: AllowPrivateOption = False,
    embedder: EmbedderOption = None,
) -> None:
    """Ingest sources now and every so often, and say after each round what has changed.

    A source that fails does not stop the others, and is tried again in the next round. Ctrl-C (or SIGTERM)
    stops it at any moment, with exit code 0; what was finished is in the index.
    """
    with _until_stopped():
        from assistant.cli.priority import step_back
        from assistant.cli.progress import shown_progress
        from assistant.service.ingestion import IngestRequest
        from assistant.service.watching import watched

        step_back()
        seconds = parse_duration(every)
        settings = settings_from(context, home, embedder=embedder, allow_private=allow_private or None)
        request = IngestRequest(named_sources(sources, lists), sync=sync, lists=tuple(lists or ()))
        for one in watched(settings, request, seconds, shown_progress):
            _print_round(one)


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Run until a signal asks to stop; that is a good end."""
    from assistant.cli.terminal import say

    before = {one: signal.signal(one, _stop) for one in STOPPING}
    try:
        yield
    except KeyboardInterrupt:
        say("stopped")
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _print_round(one: "Round") -> None:
    """Print one line of what changed, and the failures that were not there in the round before."""
    from assistant.cli.terminal import clean_line, write_result

    counts = ", ".join(f"{count} {name}" for name, count in one.counts().items() if count)
    write_result(f"{one.ended_at:%Y-%m-%d %H:%M:%S}  {counts or 'nothing to read'}")
    for failure in one.new_failures:
        write_result(f"  not ingested: {clean_line(failure.location)} ({clean_line(failure.reason)})")
