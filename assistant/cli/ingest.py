"""`footnote ingest`: articles into the index."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import EmbedderOption, HomeOption, settings_from

if TYPE_CHECKING:
    from assistant.service.ingestion import IngestRequest
    from assistant.settings import Settings
    from vectorstore.sync import IngestReport


def ingest(
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, or [bold]samples[/bold].")
    ],
    home: HomeOption = None,
    sync: Annotated[
        bool, typer.Option("--sync", help="Also remove the articles that have gone from these sources.")
    ] = False,
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="GLOB", help="Only these files of a folder.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="None of these files of a folder.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with exit code 1 when anything failed.")
    ] = False,
    embedder: EmbedderOption = None,
) -> None:
    """Read articles, cut them into passages, and index them; what has not changed is left alone.

    Ends with exit code 1 when nothing succeeded; when only some failed, with 0 and a warning.
    """
    from assistant.service.ingestion import IngestRequest

    settings = settings_from(context, home, embedder=embedder)
    request = IngestRequest(tuple(sources), tuple(include or ()), tuple(exclude or ()), sync=sync)
    report = run_ingest(settings, request)
    if _failed(report, strict=strict):
        raise typer.Exit(1)


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
