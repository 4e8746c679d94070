"""The options of `footnote eval`."""

from pathlib import Path
from typing import Annotated

import typer

PAGE = ".html"

SuitesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SUITE...",
        help="Suite files, built-in suites (samples, everyday ...), or data sets as NAME:PATH?option=value.",
    ),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, metavar="N", help="Only N cases, drawn by the seed.")
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="S", help="Of the draw and the intervals.")]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        min=1,
        metavar="N",
        help="Questions at a time; times mean less above 1. By default 1, or 4 where a model is asked.",
    ),
]
JudgeOption = Annotated[
    str | None,
    typer.Option("--judge", metavar="PROVIDER:NAME", help="A language model that grades the answers too."),
]
JudgeBaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--judge-base-url",
        metavar="URL",
        help="The judge's server; by default that of --base-url, for a model of the same provider.",
    ),
]
ReportOption = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="FOLDER",
        help="Where the run is kept; name it again to continue it. With NAME.html the page is put there too.",
    ),
]
PricesOption = Annotated[
    str | None,
    typer.Option(
        "--prices", metavar="IN/OUT", help="US dollars for a million tokens that the model reads and writes."
    ),
]
RightOption = Annotated[
    int, typer.Option("--right", min=0, metavar="N", help="How many cases that passed.", show_default=True)
]
WrongOption = Annotated[
    int, typer.Option("--wrong", min=0, metavar="N", help="How many cases that failed.", show_default=True)
]
DeclinedOption = Annotated[
    bool, typer.Option("--declined", help="Draw among the questions that were declined, too.")
]
