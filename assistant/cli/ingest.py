"""`footnote ingest`: articles into the index."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AllowPrivateOption, EmbedderOption, HomeOption, ListOption, settings_from
from ingest.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.service.ingestion import IngestRequest
    from assistant.settings import Settings
    from vectorstore.sync import IngestReport

SourcesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE...", help="Files, archives, folders, addresses of the web, or [bold]samples[/bold]."
    ),
]


def ingest(
    context: typer.Context,
    sources: SourcesArgument = None,
    home: HomeOption = None,
    lists: ListOption = None,
    sync: Annotated[
        bool,
        typer.Option(
            "--sync",
            help="Also remove the articles that have gone from these sources; what --include and --exclude "
            "leave out has not gone.",
        ),
    ] = False,
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="GLOB", help="Only these files of a folder.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="None of these files of a folder.")
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FACT=FIELD", help="Which field of a table or JSON line holds what."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with exit code 1 when anything failed.")
    ] = False,
    allow_private: AllowPrivateOption = False,
    wait: Annotated[
        float,
        typer.Option("--wait", metavar="SECONDS", min=0, help="How long to wait for another writer."),
    ] = 60.0,
    embedder: EmbedderOption = None,
) -> None:
    """Read articles, cut them into passages, and index them; what has not changed is left alone.

    A source is a file, a folder, [bold]samples[/bold], or an address of the web: a page, a feed (RSS, Atom,
    JSON), a sitemap, or a list of addresses. The network is asked for nothing else.
    Ends with exit code 1 when nothing succeeded; when only some failed, with 0 and a warning.
    """
    from assistant.cli.priority import step_back
    from assistant.service.ingestion import IngestRequest

    step_back()
    settings = settings_from(context, home, embedder=embedder, allow_private=allow_private or None)
    named = named_sources(sources, lists)
    chosen = (tuple(include or ()), tuple(exclude or ()), sync, tuple(lists or ()))
    request = IngestRequest(named, *chosen, wait_seconds=wait, fields=tuple(fields or ()))
    report = run_ingest(settings, request)
    if _failed(report, strict=strict):
        raise typer.Exit(1)


def named_sources(sources: list[str] | None, lists: "list[Path] | None") -> tuple[str, ...]:
    """The sources that were named.

    Raises:
        UsageError: there are none, and no list of them either.
    """
    if not sources and not lists:
        raise UsageError("No source was named.", "Name a file, a folder, an address, or samples.")
    return tuple(sources or ())


def run_ingest(settings: "Settings", request: "IngestRequest") -> "IngestReport":
    """Ingest with progress on stderr and the report on stdout."""
    from assistant.cli.progress import shown_progress
    from assistant.cli.report_view import print_report
    from assistant.service.ingestion import ingest_sources

    with shown_progress() as progress:
        report = ingest_sources(settings, request, progress)
    print_report(report)
    return report


def _failed(report: "IngestReport", *, strict: bool) -> bool:
    """Whether the ingest counts as failed; warns where it does not and something failed all the same."""
    from assistant.cli.terminal import report_error, warn

    failed = len(report.failed)
    succeeded = report.added + report.changed + report.unchanged + report.removed
    if not failed:
        return False
    if succeeded and not strict:
        warn(f"{failed} could not be ingested; the rest is in the index (--strict makes this a failure)")
        return False
    told = "nothing could be ingested" if not succeeded else f"{failed} could not be ingested (--strict)"
    report_error(told, "correct or leave out what is listed above, then run the same command again")
    return True
