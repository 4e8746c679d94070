"""`footnote sources`: what the index holds, and taking articles out of it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.options import (
    HomeOption,
    JsonOption,
    PublisherOption,
    SinceOption,
    TitleOption,
    UntilOption,
    filters_from,
    not_empty,
    settings_from,
)

if TYPE_CHECKING:
    from ingest.article import Article

sources_app = typer.Typer(
    no_args_is_help=False, help="List, show, compare, count, remove and export the ingested articles."
)

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="An id, the beginning of one, or an address.")]


@sources_app.command("list")
def list_sources(
    context: typer.Context,
    home: HomeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: PublisherOption = None,
    title: TitleOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the articles, with their ids."""
    from assistant.cli.articles_view import print_heads, with_title
    from assistant.cli.terminal import json_text, write_result
    from vectorstore.index import Index

    filters = filters_from(since, until, publisher)
    with Index.open(settings_from(context, home).home) as index:
        heads = with_title(index.articles(filters), title)
    if as_json:
        write_result(json_text([head.to_json() for head in heads], indent=2))
    else:
        print_heads(heads)


@sources_app.command("show")
def show_source(
    context: typer.Context,
    article: IdArgument,
    home: HomeOption = None,
    version: Annotated[
        str | None,
        typer.Option(
            "--version",
            metavar="V",
            callback=not_empty,
            help="An earlier version; `sources history` lists them.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show an article: what is known about it and its copies, then its text."""
    from assistant.cli.articles_view import find_head, find_version, print_article
    from assistant.cli.terminal import json_text, write_result
    from vectorstore.index import Index

    with Index.open(settings_from(context, home).home) as index:
        found = find_version(index, find_head(index, article).id, version)
        copies = index.copies_of(found.id)
    if as_json:
        shown = {**found.to_json(), "copies": [head.to_json() for head in copies]}
        write_result(json_text(shown, indent=2))
    else:
        print_article(found, copies)


@sources_app.command("history")
def show_history(
    context: typer.Context, article: IdArgument, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Show the versions that an article has had, and what changed from each to the next."""
    from assistant.cli.articles_view import find_head
    from assistant.cli.history_view import history_json, print_history
    from assistant.cli.terminal import json_text, write_result
    from vectorstore.index import Index

    with Index.open(settings_from(context, home).home) as index:
        history = index.history(find_head(index, article).id)
    if as_json:
        write_result(json_text(history_json(history), indent=2))
    else:
        print_history(history)


@sources_app.command("stats")
def show_figures(
    context: typer.Context,
    home: HomeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: PublisherOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how many articles there are by publisher and month, what failed last, and the size on disk."""
    from assistant.cli.figures_view import figures_json, print_figures
    from assistant.cli.terminal import json_text, write_result
    from vectorstore.index import Index

    filters = filters_from(since, until, publisher)
    with Index.open(settings_from(context, home).home) as index:
        figures, ingests = index.figures(filters), index.last_ingests()
    if as_json:
        write_result(json_text(figures_json(figures, ingests), indent=2))
    else:
        print_figures(figures, ingests)


@sources_app.command("remove")
def remove_sources(
    context: typer.Context,
    articles: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Ids, the beginnings of ids, or addresses.")
    ],
    home: HomeOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove articles from the index, every version and every trace; the files they came from stay."""
    from assistant.cli.articles_view import find_head, print_heads
    from assistant.cli.progress import shown_progress
    from assistant.cli.terminal import write_result
    from vectorstore.index import Index

    with Index.open(settings_from(context, home).home) as index:
        heads = list({head.id: head for head in (find_head(index, text) for text in articles)}.values())
        if not yes:
            print_heads(heads)
            _confirm(len(heads))
        with shown_progress("passages") as progress:
            removed = index.erase([head.id for head in heads], progress)
    write_result(f"removed: {removed}")


def _confirm(count: int) -> None:
    """Ask on a terminal; elsewhere nobody could answer.

    Raises:
        typer.BadParameter: there is no terminal to ask on.
        typer.Exit: the answer was no.
    """
    from assistant.cli.terminal import say

    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "there is no terminal to ask on; give --yes to go ahead", param_hint="'--yes'"
        )
    if not typer.confirm(f"Remove {count} article{'s' if count > 1 else ''} from the index?", err=True):
        say("nothing was removed")
        raise typer.Exit(1)


@sources_app.command("export")
def export_sources(
    context: typer.Context,
    home: HomeOption = None,
    form: Annotated[
        Literal["jsonl", "csv"], typer.Option("--format", help="One JSON object a line, or a table.")
    ] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of to stdout.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: PublisherOption = None,
    title: TitleOption = None,
) -> None:
    """Export the articles with their texts.

    In a table, what a spreadsheet would take for a formula gets an apostrophe before it.
    """
    from assistant.cli.articles_view import with_title
    from assistant.cli.exporting import export_to
    from assistant.cli.terminal import say
    from vectorstore.index import Index

    filters = filters_from(since, until, publisher)
    with Index.open(settings_from(context, home).home) as index:

        def texts() -> "Iterator[Article]":
            for head in with_title(index.articles(filters), title):
                article = index.article(head.id)
                if article is not None:
                    yield article

        count = export_to(output, form, texts())
    if output is not None:
        say(f"exported {count} articles to {output}")
