"""The options that several commands take, and how they become settings and filters."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings
    from vectorstore.query import Filters


@dataclass(frozen=True, slots=True)
class RootOptions:
    """The options given before the subcommand; those after it come first."""

    home: Path | None = None


def parse_day(text: str) -> date:
    """A day written as YYYY-MM-DD.

    Raises:
        typer.BadParameter: it is no such day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write it as 2023-01-09") from None


def not_empty(value: str | None) -> str | None:
    """An option's text as it is.

    Raises:
        typer.BadParameter: there is nothing in it.
    """
    if value is not None and not value.strip():
        raise typer.BadParameter("it is empty")
    return value


HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="The folder that holds the index (or FOOTNOTE_HOME)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SinceOption = Annotated[
    date | None,
    typer.Option("--since", metavar="DATE", parser=parse_day, help="Only articles of this day or later."),
]
UntilOption = Annotated[
    date | None,
    typer.Option("--until", metavar="DATE", parser=parse_day, help="Only articles of this day or earlier."),
]
AsOfOption = Annotated[
    date | None,
    typer.Option("--as-of", metavar="DATE", parser=parse_day, help="Answer as if this day were today."),
]
PublisherOption = Annotated[
    str | None,
    typer.Option("--publisher", metavar="NAME", callback=not_empty, help="Only articles of this publisher."),
]
TitleOption = Annotated[
    str | None,
    typer.Option("--title", metavar="TEXT", callback=not_empty, help="Only articles whose title has this."),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="PROVIDER:NAME",
        callback=not_empty,
        help="A language model that writes the answer; without one, sentences are quoted.",
    ),
]
BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        callback=not_empty,
        help="The address of an OpenAI-compatible server (Ollama, llama.cpp, vLLM).",
    ),
]
EmbedderOption = Annotated[
    str | None,
    typer.Option(
        "--embedder",
        metavar="NAME",
        callback=not_empty,
        help="A sentence-transformers model, or a folder that holds one.",
    ),
]

AllowPrivateOption = Annotated[
    bool,
    typer.Option(
        "--allow-private",
        help="Also fetch from this machine and from private networks (or FOOTNOTE_ALLOW_PRIVATE=1).",
    ),
]
ListOption = Annotated[
    list[Path] | None,
    typer.Option("--list", metavar="FILE", help="Also the addresses in this file, one on each line."),
]


def settings_from(context: typer.Context, home: Path | None, **given: Any) -> "Settings":
    """The settings of this run: options first, then the environment, then the defaults.

    Args:
        context: the command's context, which knows the options before the subcommand.
        home: the `--home` of the subcommand.
        given: other settings; None means "not given".
    """
    from assistant.settings import Settings

    root = context.find_root().obj
    chosen = home or (root.home if isinstance(root, RootOptions) else None)
    options = {name: value for name, value in {"home": chosen, **given}.items() if value is not None}
    return Settings(**options)


def filters_from(since: date | None, until: date | None, publisher: str | None) -> "Filters":
    """The filters that the options name.

    Raises:
        typer.BadParameter: the first day lies after the last.
    """
    from vectorstore.query import Filters

    if since and until and since > until:
        raise typer.BadParameter(f"{since} lies after {until}", param_hint="'--since' / '--until'")
    return Filters(since=since, until=until, publisher=publisher)
