"""`footnote index`: what the index is made of, and its repair."""

from typing import Any

import typer

from assistant.cli.options import EmbedderOption, HomeOption, JsonOption, settings_from

index_app = typer.Typer(help="Inspect and repair the index.")


@index_app.command("rebuild")
def rebuild_index(context: typer.Context, home: HomeOption = None) -> None:
    """Make the vector store and the keyword index anew from the stored articles; nothing is embedded."""
    from assistant.cli.progress import shown_progress
    from assistant.cli.terminal import write_result
    from vectorstore.index import Index

    settings = settings_from(context, home)
    with Index.open(settings.home) as index, shown_progress("passages") as progress:
        progress.step("rebuilding the index")
        index.rebuild(progress)
        passages = index.passage_count()
    write_result(f"rebuilt: {passages} passages")


@index_app.command("reembed")
def reembed_index(context: typer.Context, home: HomeOption = None, embedder: EmbedderOption = None) -> None:
    """Split and embed every stored article anew, with the same embedder or with another one.

    Questions are answered from the former state until the new one is complete.
    """
    from assistant.cli.progress import shown_progress
    from assistant.cli.terminal import warn, write_result
    from assistant.service.ingestion import reembed_with

    settings = settings_from(context, home, embedder=embedder)
    with shown_progress("passages") as progress:
        done = reembed_with(settings, progress)
    write_result(f"embedded anew: {done.passages} passages, with {done.embedder}")
    if done.notice:
        warn(done.notice)


@index_app.command("info")
def index_info(context: typer.Context, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Show where the index lies, what it holds, and which embedder made it."""
    from assistant.cli.terminal import clean_line, json_text, write_result
    from vectorstore.index import Index

    with Index.open(settings_from(context, home).home) as index:
        facts = _facts(index)
    if as_json:
        write_result(json_text(facts, indent=2))
    else:
        write_result("\n".join(f"{name}: {clean_line(str(value))}" for name, value in facts.items()))


def _facts(index: Any) -> dict[str, Any]:
    identity, span = index.identity, index.date_span()
    return {
        "home": str(index.home),
        "articles": index.count_articles(),
        "passages": index.passage_count(),
        "first": span.first.isoformat() if span.first else None,
        "last": span.last.isoformat() if span.last else None,
        "embedder": identity.name,
        "embedder_revision": identity.revision,
        "dimensions": identity.dimensions,
        "window_tokens": identity.window_tokens,
        "generation": index.generation,
    }
