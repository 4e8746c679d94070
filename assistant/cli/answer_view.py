"""An answer as a person reads it in a terminal: the sentences, then their numbered sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant.cli.terminal import clean, clean_line, result_console, warn
from ingest.article import ArticleHead, day_of

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation

NEAREST_SHOWN = 3
NEAREST_CHARACTERS = 240
UNDATED = "no date"
UNKNOWN_PUBLISHER = "unknown publisher"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the view, `indent` columns from the left; wrapped lines keep the indent."""

    text: Text
    indent: int = 0


def print_answer(answer: "Answer") -> None:
    """Print the answer to stdout, and its notices as warnings to stderr."""
    console = result_console()
    lines = _declined_lines(answer) if answer.status == "declined" else _answer_lines(answer)
    for line in (*_understood_lines(answer), *lines):
        print_line(console, line)
    for notice in answer.notices:
        warn(notice)


def print_line(console: Console, line: Line) -> None:
    """Print one line: wrapped under its indent on a terminal, on one line when piped."""
    if not line.text.plain:
        console.print()
    elif console.is_terminal:
        console.print(Padding(line.text, (0, 0, 0, line.indent), expand=False))
    else:
        console.print(Text(" " * line.indent) + line.text)


def source_line(head: ArticleHead) -> Text:
    """Who published an article, when, and under which title."""
    day = day_of(head.published_at).isoformat() if head.published_at else UNDATED
    publisher = clean_line(head.publisher or "") or UNKNOWN_PUBLISHER
    return Text.assemble((publisher, "bold"), ", ", day, ", ", (clean_line(head.title), "italic"))


def _understood_lines(answer: "Answer") -> Iterator[Line]:
    """What was read into the question, for the person to see and correct."""
    understood = clean_line(answer.understood).strip()
    if understood and understood != clean_line(answer.question).strip():
        yield Line(Text(understood, style="dim"))


def _answer_lines(answer: "Answer") -> Iterator[Line]:
    if answer.status == "tentative":
        yield Line(Text("Tentative: the articles say little about this.", style="yellow"))
    yield Line(_with_bold_short_answer(answer.text, answer.short_answer))
    if answer.citations:
        yield Line(Text())
        yield Line(Text("Sources", style="bold"))
    for citation in answer.citations:
        yield from _citation_lines(citation)


def _with_bold_short_answer(answer_text: str, short_answer: str | None) -> Text:
    text = Text(clean(answer_text))
    short = clean(short_answer or "")
    start = text.plain.find(short) if short else -1
    if start >= 0:
        text.stylize("bold", start, start + len(short))
    return text


def _citation_lines(citation: "Citation") -> Iterator[Line]:
    number = (f"[{citation.number}] ", "cyan")
    yield Line(Text.assemble(number, source_line(citation.article), *_place(citation)))
    yield Line(Text(f"“{clean_line(citation.quote)}”"), indent=4)
    yield Line(Text(clean_line(citation.article.url or citation.article.location), style="dim"), indent=4)


def _place(citation: "Citation") -> tuple[str, ...]:
    return () if citation.place is None else (", ", clean_line(citation.place))


def _declined_lines(answer: "Answer") -> Iterator[Line]:
    """What the reason says (why not, what is spoken of, what was searched), what is near, what to ask."""
    yield Line(Text(clean(answer.reason or answer.text), style="bold"))
    if answer.nearest:
        yield Line(Text())
        yield Line(Text("Nearest passages", style="bold"))
    for retrieved in answer.nearest[:NEAREST_SHOWN]:
        yield Line(Text("- ") + source_line(retrieved.article))
        yield Line(Text(f"“{_shortened(clean_line(retrieved.passage.text))}”"), indent=2)
    if answer.instead:
        yield Line(Text())
        yield Line(Text("What can be asked", style="bold"))
    for question in answer.instead:
        yield Line(Text(f"- {clean_line(question)}"))


def _shortened(text: str) -> str:
    if len(text) <= NEAREST_CHARACTERS:
        return text
    return text[:NEAREST_CHARACTERS].rsplit(" ", 1)[0] + " …"
