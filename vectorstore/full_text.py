"""A folder with a Tantivy index of passages: finds the best by BM25 without scoring every match.

It is derived from the catalogue, see `KeywordSide`. Documents are named by their passages' rows there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vectorstore.database import disk_full
from vectorstore.errors import IndexDamagedError
from vectorstore.query import Filters, fold_publisher

ANALYZER = "passages"
HEAP_BYTES = 64_000_000
UNDATED = 0
"""Stands for the day of an article that states none."""


@dataclass(frozen=True, slots=True)
class FullTextDocument:
    """A passage to index: its row in the catalogue, its words, and what filters need."""

    row: int
    text: str
    article_id: str
    publisher: str | None
    day: int | None


class FullTextFolder:
    """A Tantivy index on disk. Reading is safe among threads; the caller sees to it that one writes.

    Every method raises IndexDamagedError where Tantivy fails, DiskFullError where the disk is full.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, made when it is not there."""
        self._folder = folder
        with self._errors():
            folder.mkdir(parents=True, exist_ok=True)
            self.index = _open(folder)
            self.index.config_reader("manual")
            self.index.reload()

    def reload(self) -> None:
        """See what has been written since."""
        with self._errors():
            self.index.reload()

    def count(self) -> int:
        """How many documents there are."""
        with self._errors():
            return int(self.index.searcher().num_docs)

    def best(self, terms: Sequence[str], limit: int, filters: Filters) -> dict[int, float]:
        """The rows of the best documents with any term that pass the filters, with their BM25 scores."""
        if not terms or limit < 1:
            return {}
        with self._errors():
            searcher = self.index.searcher()
            hits = searcher.search(self._query(terms, filters), limit, count=False).hits
            rows = searcher.fast_field_values("row", [address for _, address in hits])
        return {row: score for row, (score, _) in zip(rows, hits, strict=True)}

    def matching(self, term: str) -> int:
        """How many documents hold a term in its stemmed form."""
        with self._errors():
            found = self.index.searcher().search(self._words([term]), 1, count=True)
            return int(found.count or 0)

    def write(self, documents: Iterable[FullTextDocument], *, anew: bool) -> None:
        """Add documents, each in place of one that has its row; visible all at once.

        Args:
            documents: what to add.
            anew: whether all that was there goes.
        """
        from tantivy import Document

        with self._errors():
            writer = self.index.writer(heap_size=HEAP_BYTES, num_threads=1)
            last = -1 if anew else self._last_row()
            if anew:
                writer.delete_all_documents()
            for one in documents:
                if one.row <= last:  # each deletion waits in memory for the commit
                    writer.delete_documents_by_term("row", one.row)
                writer.add_document(
                    Document(
                        row=one.row,
                        text=one.text,
                        article=one.article_id,
                        publisher=one.publisher or "",
                        day=UNDATED if one.day is None else one.day,
                    )
                )
            writer.commit()
            writer.wait_merging_threads()
            self.index.reload()

    def _last_row(self) -> int:
        """The highest row of any document; -1 where there is none."""
        from tantivy import Query

        found = self.index.searcher().search(Query.all_query(), 1, count=False, order_by_field="row")
        return int(found.hits[0][0]) if found.hits else -1

    def _query(self, terms: Sequence[str], filters: Filters) -> Any:
        from tantivy import Occur, Query

        words = self._words(terms)
        conditions = list(self._conditions(filters))
        if not conditions:
            return words
        unscored = [(Occur.Must, Query.const_score_query(one, 0.0)) for one in conditions]
        return Query.boolean_query([(Occur.Must, words), *unscored])

    def _words(self, terms: Sequence[str]) -> Any:
        """Any of the terms, repeated ones weighing more; being words in lower case, none is syntax."""
        counted = Counter(terms)
        words = (term if count == 1 else f"{term}^{count}" for term, count in counted.items())
        return self.index.parse_query_lenient(" ".join(words), ["text"])[0]

    def _conditions(self, filters: Filters) -> Iterator[Any]:
        from tantivy import FieldType, Query

        schema = self.index.schema
        if filters.since or filters.until or filters.not_after:
            dated = filters.since or filters.until
            first = filters.since.toordinal() if filters.since else (UNDATED + 1 if dated else UNDATED)
            lasts = [day.toordinal() for day in (filters.until, filters.not_after) if day]
            yield Query.range_query(schema, "day", FieldType.Integer, first, min(lasts, default=2**31))
        if filters.publisher is not None:
            yield Query.term_query(schema, "publisher", fold_publisher(filters.publisher))
        if filters.article_ids:
            yield Query.term_set_query(schema, "article", list(filters.article_ids))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn whatever Tantivy raises, its native part included, into the index's own errors."""
        try:
            yield
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:
            if "No space left" in str(error):
                raise disk_full(self._folder.parent) from error
            raise IndexDamagedError(
                f"The keyword index in {self._folder} fails: {' '.join(str(error).split())}.",
                "Run `footnote index rebuild`; searches work meanwhile, more slowly.",
            ) from error


def _open(folder: Path) -> Any:
    from tantivy import Filter, Index, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

    builder = SchemaBuilder()
    builder.add_integer_field("row", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name=ANALYZER, index_option="freq")
    builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    index = Index(builder.build(), path=str(folder))
    analyzer = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.lowercase(), Filter.ascii_fold(), Filter.stemmer("english")):
        analyzer = analyzer.filter(step)
    index.register_tokenizer(ANALYZER, analyzer.build())
    return index
