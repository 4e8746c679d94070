"""`footnote index`: what the index is made of, and its repair."""

from typing import Any

import typer

from assistant.cli.options import HomeOption, JsonOption, settings_from

index_app = typer.Typer(help="Inspect and repair the index.")


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
