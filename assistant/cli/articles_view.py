"""Articles in the terminal: finding one by what was typed, listing heads, showing a text."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from rich import box
from rich.table import Table
from rich.text import Text

from assistant.cli.terminal import clean, clean_line, result_console, write_result
from assistant.errors import ArticleMissingError
from ingest.article import Article, ArticleHead, day_of
from ingest.errors import UsageError

if TYPE_CHECKING:
    from vectorstore.index import Index

SHORT_ID = 8
CANDIDATES_SHOWN = 5
_NOT_SHOWN = frozenset({"title", "text", "places", "found"})


class HoldsArticles(Protocol):
    """Whatever can list its articles."""

    def articles(self) -> Sequence[ArticleHead]:
        """The heads of all articles."""
        ...


def find_head(index: HoldsArticles, typed: str) -> ArticleHead:
    """The one article that an id, the beginning of an id, or an address names.

    Raises:
        ArticleMissingError: no article is named by it.
        UsageError: several articles' ids begin like that.
    """
    heads = index.articles()
    exact = [head for head in heads if typed in (head.id, head.url, head.location)]
    if exact:
        return exact[0]
    found = [head for head in heads if typed and head.id.startswith(typed.lower())]
    if len(found) > 1:
        some = ", ".join(f"{head.id} ({clean_line(head.title)})" for head in found[:CANDIDATES_SHOWN])
        raise UsageError(f"{len(found)} ids begin with {typed}: {some}.", "Give more of the id.")
    if not found:
        raise ArticleMissingError(
            f"The index holds no article {typed!r}.", "Run `footnote sources list` to see the ids."
        )
    return found[0]


def with_title(heads: Iterable[ArticleHead], title: str | None) -> list[ArticleHead]:
    """The heads whose title holds a text, without regard to case; all for None."""
    wanted = (title or "").casefold()
    return [head for head in heads if wanted in head.title.casefold()]


def print_heads(heads: Sequence[ArticleHead]) -> None:
    """Print heads: a table on a terminal, tab-separated lines when piped."""
    console = result_console()
    if not console.is_terminal:
        for head in heads:
            write_result("\t".join([head.id, *_cells(head)]))
        return
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("id", no_wrap=True, style="cyan")
    table.add_column("published", no_wrap=True)
    table.add_column("publisher")
    table.add_column("title")
    for head in heads:
        table.add_row(head.id[:SHORT_ID], *(Text(cell) for cell in _cells(head)))
    console.print(table)
    console.print(Text(f"{len(heads)} article{'' if len(heads) == 1 else 's'}", style="dim"))


def _cells(head: ArticleHead) -> list[str]:
    day = day_of(head.published_at).isoformat() if head.published_at else ""
    return [day, clean_line(head.publisher or ""), clean_line(head.title)]


def find_version(index: "Index", article_id: str, version: str | None) -> Article:
    """An article in its current version, or in the one that a version or the beginning of it names.

    Raises:
        ArticleMissingError: it has no such version.
    """
    if version is None:
        found = index.article(article_id)
    else:
        versions = (one.article for one in index.history(article_id))
        found = next((one for one in versions if one.version.startswith(version.lower())), None)
    if found is None:
        raise ArticleMissingError(
            f"The article {article_id} has no version {version!r}."
            if version
            else f"The article {article_id} has just been removed.",
            f"Run `footnote sources history {article_id}` to see its versions.",
        )
    return found


def print_article(article: Article, copies: Sequence[ArticleHead] = ()) -> None:
    """Print what is known about an article and the copies of it, then its text."""
    console = result_console()
    console.print(Text(clean_line(article.title), style="bold"))
    for name, value in article.to_json().items():
        if name not in _NOT_SHOWN and value:
            shown = ", ".join(value) if isinstance(value, list) else str(value)
            console.print(Text.assemble((f"{name}: ", "dim"), clean_line(shown)))
    for head in copies:
        console.print(Text.assemble(("copy: ", "dim"), clean_line("  ".join([head.id, *_cells(head)]))))
    console.print()
    console.print(Text(clean(article.text)))
