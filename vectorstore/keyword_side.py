"""The keyword side of a search: Tantivy for what it holds, the catalogue's FTS5 table for what came since."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vectorstore.catalogue import HELD, Catalogue
from vectorstore.errors import DiskFullError, IndexDamagedError
from vectorstore.full_text import FullTextDocument, FullTextFolder
from vectorstore.keywords import Fts5KeywordIndex, KeywordHit, inverse_frequency, weighted_terms
from vectorstore.query import Filters

FOLDER = "keywords"
SETTING = "keywords_generation"
LONGEST_TAIL = 2_000
"""Passages that only the catalogue's own table holds; with more, they are written to Tantivy."""
STALE_SHARE = 0.2
"""Share of documents whose passages are gone, above which the folder is written anew."""

DOCUMENTS = f"""SELECT passages.row, versions.title, passages.text, articles.id, versions.publisher_folded,
    versions.published_day {HELD} WHERE passages.generation > ?"""


@dataclass(frozen=True, slots=True)
class _OpenFolder:
    """An open folder, and the generation up to which it holds the passages."""

    folder: FullTextFolder
    generation: int


class KeywordSide:
    """Searches the words of an index as the catalogue has them now; safe to share among threads.

    The catalogue's table is written in the same transaction as the passages, so nothing is ever missing from
    it, but it scores every passage that holds any word of a question. Tantivy does not. It is brought up to
    date after the catalogue, by the one writer; the catalogue notes the generation that it has reached, and
    passages that came later are searched for in the table. Where Tantivy's folder is missing or damaged the
    table answers alone. Meets `KeywordIndex`.

    Attributes:
        notice: one line, why Tantivy is not used; empty while it is, and while there is no need for it.
    """

    def __init__(self, catalogue: Catalogue, home: Path) -> None:
        self._catalogue = catalogue
        self._folder = home / FOLDER
        self._table = Fts5KeywordIndex(catalogue.database)
        self._lock = threading.Lock()
        self._open: _OpenFolder | None = None
        self._given_up: int | None = None
        self.notice = ""

    def search(self, text: str, limit: int, filters: Filters) -> list[KeywordHit]:
        """The passages in which any term of `text` occurs and that pass the filters, best first."""
        with self._catalogue.database.reading():
            best = self.best(text, limit, filters)
            ids = self._table.ids(list(best))
        return [KeywordHit(ids[row], score) for row, score in best.items() if row in ids]

    def best(
        self, text: str, limit: int, filters: Filters, added: Sequence[tuple[str, float]] = ()
    ) -> dict[int, float]:
        """The same by the passages' rows, with their scores, best first; some rows may be gone by now.

        Args:
            added: terms to search for besides, with their weights from 0 to 1.
        """
        terms = weighted_terms(text, added)
        with self._catalogue.database.reading():
            opened = self._current()
            if opened is None:
                return self._table.best(terms, limit, filters)
            try:
                found = opened.folder.best(terms, limit, filters)
            except (IndexDamagedError, DiskFullError) as error:
                self._give_up(error, opened.generation)
                return self._table.best(terms, limit, filters)
            tail = self._tail(opened.generation)
            if not tail:
                return found
            kept = {row: score for row, score in found.items() if row not in tail}
            newer = self._table.best(terms, limit, filters, since=opened.generation, first_row=min(tail))
        ranked = sorted((kept | newer).items(), key=lambda item: (-item[1], item[0]))
        return dict(ranked[:limit])

    def term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        """How telling each term is among the passages (inverse document frequency of its stem), above 0."""
        with self._catalogue.database.reading():
            opened = self._current()
            if opened is None:
                return self._table.term_weights(terms)
            try:
                total = opened.folder.count()
                counts = {term: opened.folder.matching(term) for term in terms}
            except (IndexDamagedError, DiskFullError) as error:
                self._give_up(error, opened.generation)
                return self._table.term_weights(terms)
            tail = self._tail(opened.generation)
            newer = self._table.counts(terms, min(tail)) if tail else {}
        return {
            term: inverse_frequency(count + newer.get(term, 0), total + len(tail))
            for term, count in counts.items()
        }

    def catch_up(self, longest_tail: int | None = None) -> None:
        """Write to Tantivy what it lacks, if that is much; the caller holds the writer lock.

        What fails here costs speed alone, and is told by `notice`.
        """
        self.notice, self._given_up = "", None
        allowed = LONGEST_TAIL if longest_tail is None else longest_tail
        generation, covered = self._catalogue.generation, self._covered()
        if self._catalogue.passage_count(since=covered) <= allowed:
            return
        try:
            self._write(covered)
        except (IndexDamagedError, DiskFullError) as error:
            self._give_up(error, covered)
            return
        with self._catalogue.database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (SETTING, str(generation)))

    def forget(self) -> None:
        """Delete Tantivy's folder, to be made anew by `catch_up`; the caller holds the writer lock."""
        with self._catalogue.database.writing() as connection:
            connection.execute("DELETE FROM settings WHERE key = ?", (SETTING,))
        with self._lock:
            self._open = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self, covered: int) -> None:
        if covered < 0:
            shutil.rmtree(self._folder, ignore_errors=True)
        folder = FullTextFolder(self._folder)
        live = self._catalogue.passage_count()
        came = self._catalogue.passage_count(since=covered)
        anew = folder.count() + came > (1 + STALE_SHARE) * live
        folder.write(self._documents(-1 if anew else covered), anew=anew)

    def _documents(self, since: int) -> Iterator[FullTextDocument]:
        with self._catalogue.database.reading() as connection:
            for row, title, text, article_id, publisher, day in connection.execute(DOCUMENTS, (since,)):
                yield FullTextDocument(row, f"{title}\n{text}", article_id, publisher, day)

    def _covered(self) -> int:
        """The generation that Tantivy has reached; -1 where it has none."""
        with self._catalogue.database.reading() as connection:
            found = connection.execute("SELECT value FROM settings WHERE key = ?", (SETTING,)).fetchone()
        return -1 if found is None else int(found[0])

    def _tail(self, generation: int) -> frozenset[int]:
        """The rows of the passages that came after a generation."""
        sql = "SELECT row FROM passages WHERE generation > ?"
        with self._catalogue.database.reading() as connection:
            return frozenset(row[0] for row in connection.execute(sql, (generation,)))

    def _current(self) -> _OpenFolder | None:
        """Tantivy's folder as far as the catalogue says it is written; None where the table answers alone.

        A folder that failed is tried again once it has been written anew, also by another process.
        """
        covered = self._covered()
        if covered < 0 or covered == self._given_up:
            return None
        with self._lock:
            if self._open is None or self._open.generation != covered:
                try:
                    self._open = self._reopened(covered)
                    self.notice = ""
                except (IndexDamagedError, DiskFullError) as error:
                    self._give_up(error, covered)
            return self._open

    def _reopened(self, covered: int) -> _OpenFolder:
        if self._open is not None and self._folder.is_dir():
            self._open.folder.reload()
            return _OpenFolder(self._open.folder, covered)
        if not self._folder.is_dir():
            raise IndexDamagedError(
                f"The keyword index in {self._folder} is missing.",
                "Run `footnote index rebuild`; searches work meanwhile, more slowly.",
            )
        return _OpenFolder(FullTextFolder(self._folder), covered)

    def _give_up(self, error: Exception, covered: int) -> None:
        """Leave Tantivy alone as long as what it holds is of this generation."""
        self._open, self._given_up = None, covered
        self.notice = str(error)
