"""`Index`: the one door to what has been ingested."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ingest.article import Article, ArticleHead
from ingest.passage import Passage
from ingest.splitting import SplitSettings
from vectorstore.catalogue import FILE_NAME, Catalogue
from vectorstore.checks import check_embedder, check_folder, check_not_half_deleted
from vectorstore.database import storable, storage_errors
from vectorstore.dense import DenseSide
from vectorstore.editions import Edition, Editions
from vectorstore.embedding import Embedder, EmbedderIdentity, QueryEncoder, Vectors
from vectorstore.encoders import QueryEncoders, ensure_exported
from vectorstore.erasing import delete_own_file, finish_erasing, is_erasing, rebuild_elsewhere
from vectorstore.errors import IndexMissingError
from vectorstore.faults import reach
from vectorstore.figures import Figures, figures_of
from vectorstore.fusion import ALONE, IN_CONVERSATION
from vectorstore.history import Revision, revisions_of
from vectorstore.journal import JournalEntry, last_ingests
from vectorstore.keyword_side import KeywordSide
from vectorstore.locking import writer_lock
from vectorstore.mentions import Mention, Topic, find_mentions
from vectorstore.mixing import RememberedVectors, added_terms, mixed_vector
from vectorstore.near_words import near_words
from vectorstore.progress import IngestProgress, SilentProgress
from vectorstore.query import DateSpan, Filters, Query
from vectorstore.retrieval import SearchText, present_of, retrieve
from vectorstore.retrieved import RetrievedPassage
from vectorstore.upkeep import rebuild, reembed, remove_other_stores
from vectorstore.writer import IndexWriter

if TYPE_CHECKING:
    from vectorstore.fetch_memory import StoredFetchMemory

LONGEST_QUERY = 10_000
"""Characters of a question that are read; far beyond any embedder's window."""
NO_FILTERS = Filters()


class Index:
    """An index in a folder, its home. Reading is safe from several threads; writing needs `writer`."""

    def __init__(self, home: Path, catalogue: Catalogue, encoder: QueryEncoder | None) -> None:
        self.home = home
        self._catalogue = catalogue
        self._keywords = KeywordSide(catalogue, home)
        self._encoders = QueryEncoders(home, encoder)
        self._remembered = RememberedVectors()
        self._dense = DenseSide(catalogue, home)
        self._editions = Editions(catalogue)

    @classmethod
    def create_or_open(cls, home: Path, embedder: Embedder) -> Self:
        """Open the index in `home` for writing, made when there is none.

        Raises:
            EmbedderMismatchError: it was made with another embedder.
            IndexDamagedError, IndexVersionError, IndexReadOnlyError, DiskFullError: it cannot be used.
        """
        check_folder(home)
        with storage_errors(home):
            home.mkdir(parents=True, exist_ok=True)
        if not (home / FILE_NAME).exists():
            with writer_lock(home), storage_errors(home):
                if not (home / FILE_NAME).exists():
                    check_not_half_deleted(home)
                    Catalogue.create(home, embedder.identity).close()
        return cls.open(home, encoder=embedder)

    @classmethod
    def open(
        cls, home: Path, *, encoder: QueryEncoder | None = None, embedder_setting: str | None = None
    ) -> Self:
        """Open the index in `home` for reading.

        Args:
            home: the index's folder.
            encoder: encodes the questions; by default the one that belongs to the index, loaded when needed.
            embedder_setting: the embedder that the user named, if any; refused unless it is the index's.

        Raises:
            IndexMissingError: there is none.
            EmbedderMismatchError: the encoder or setting is not of the embedder that made the index.
            IndexDamagedError, IndexVersionError: it cannot be read.
        """
        check_folder(home)
        if not (home / FILE_NAME).exists():
            check_not_half_deleted(home)
            raise IndexMissingError(
                f"There is no index in {home}.", "Run `footnote ingest` with the articles to read first."
            )
        catalogue = Catalogue.open(home)
        try:
            check_embedder(home, catalogue.identity, encoder, embedder_setting)
        except BaseException:
            catalogue.close()
            raise
        return cls(home, catalogue, encoder)

    @property
    def identity(self) -> EmbedderIdentity:
        """The embedder that made the index."""
        return self._catalogue.identity

    @property
    def generation(self) -> int:
        """A number that grows with every change of the articles, also by other processes."""
        return self._catalogue.generation

    @contextmanager
    def writer(
        self,
        source: str = "",
        *,
        wait_seconds: float | None = None,
        waiting: Callable[[str], None] | None = None,
    ) -> Iterator[IndexWriter]:
        """Hold the one writer lock and write.

        Args:
            source: what is being ingested, for the journal.
            wait_seconds: how long to wait for another writer, `locking.WAIT_SECONDS` by default.
            waiting: told once, in one line, for whom this one waits.

        Raises:
            IndexBusyError: another process is writing, and went on doing so.
        """
        with writer_lock(self.home, wait_seconds, waiting=waiting):
            remove_other_stores(self._catalogue, self.home)
            if is_erasing(self._catalogue):
                self._erase_traces(SilentProgress())
            writer = IndexWriter(self._catalogue, self._dense.for_writing, self._dense.saw)
            writer.begin(source, vectors_present=self._dense.is_present())
            yield writer
            writer.finish()
            self._keywords.catch_up()

    def erase(self, article_ids: Sequence[str], progress: IngestProgress | None = None) -> int:
        """Remove articles so that nothing of them is left in any file of the index; how many there were.

        They are gone from searches and from the catalogue at once; then the derived stores are made anew,
        since neither Chroma nor a full-text index overwrites what it deletes. A copy of a file that lies in
        the index's own folder is deleted, the user's own files stay.

        Raises:
            IndexBusyError: another process is writing.
        """
        with self.writer() as writer:
            heads = [head for id_ in dict.fromkeys(article_ids) if (head := self.head(id_)) is not None]
            for head in heads:
                writer.remove(head.id, erasing=True)
                delete_own_file(self.home, head.location)
            reach("erase-removed")
            if heads:
                self._erase_traces(progress or SilentProgress())
        return len(heads)

    def _erase_traces(self, progress: IngestProgress) -> None:
        self._dense.close()
        self._keywords.forget()
        progress.total(self.passage_count())
        rebuild_elsewhere(self.home, progress)
        self._keywords.catch_up()
        reach("erase-rebuilt")
        finish_erasing(self._catalogue)

    def rebuild(self, progress: IngestProgress | None = None) -> None:
        """Make the vector store and the keyword index anew from the catalogue.

        Raises:
            IndexBusyError: another process is writing.
            IndexDamagedError: the catalogue itself is damaged.
        """
        with writer_lock(self.home):
            self._rebuild(progress or SilentProgress())

    def _rebuild(self, progress: IngestProgress) -> None:
        self._dense.close()
        self._keywords.forget()
        rebuild(self._catalogue, self.home, progress)
        self._keywords.catch_up()

    def reembed(
        self,
        embedder: Embedder,
        progress: IngestProgress | None = None,
        split_settings: SplitSettings | None = None,
    ) -> str:
        """Split and embed every article anew; from then on the index is of this embedder.

        Returns:
            One line that the user should know, or "".

        Raises:
            IndexBusyError: another process is writing.
        """
        with writer_lock(self.home):
            self._dense.close()
            notice = reembed(
                self._catalogue, self.home, embedder, progress or SilentProgress(), split_settings
            )
            self._keywords.catch_up()
        self._encoders = QueryEncoders(self.home, embedder)
        self._remembered = RememberedVectors()
        return notice

    def export_encoder(self, embedder: Embedder) -> str:
        """Write the query side of the index's embedder beside it, unless it is there; a notice, or ""."""
        return ensure_exported(self.home, embedder)

    @property
    def notices(self) -> tuple[str, ...]:
        """One line each: why searching is slower than it could be, and what to do about it."""
        return tuple(
            notice for notice in (self._dense.notice, self._keywords.notice, self._encoders.notice) if notice
        )

    def prepare(self) -> None:
        """Load what the first search would load, so that it need not wait."""
        self.search(Query("anything"), 1)

    def search(self, query: Query, limit: int = 10) -> list[RetrievedPassage]:
        """The best passages for a query, best first, at most `limit`; none for a blank text.

        Raises:
            EmbedderUnavailableError: the question cannot be encoded.
            EmbedderMismatchError: the index was made anew with another embedder than the one handed in.
        """
        text = storable(query.text).strip()
        if not text or limit < 1 or not self._catalogue.has_passages():
            return []
        vector = mixed_vector(self._vector_of(text), query.context, self._vector_of)
        weights = ALONE if query.context is None else IN_CONVERSATION
        with self._catalogue.database.reading():
            present = present_of(query, self._catalogue)
            sought = SearchText(text, vector, present, self._added_terms(query), weights)
            return retrieve(self._catalogue, self._keywords, self._dense, sought, query.filters, limit)

    def _added_terms(self, query: Query) -> tuple[tuple[str, float], ...]:
        return added_terms(query, self._keywords.term_weights)

    def similarities(self, text: str, others: Sequence[str]) -> list[float]:
        """The cosine of a text's vector with each of the others', -1 to 1.

        Raises:
            EmbedderUnavailableError: they cannot be encoded.
        """
        own = self._vector_of(text)
        return [float(own @ self._vector_of(other)) for other in others]

    def _vector_of(self, text: str) -> Vectors:
        encoder = self._encoders.of(self.identity)
        return self._remembered.of(storable(text)[:LONGEST_QUERY], encoder.encode_query)

    def count_articles(self, filters: Filters = NO_FILTERS) -> int:
        """How many articles pass the filters."""
        return self._catalogue.count_articles(filters)

    def passage_count(self) -> int:
        """How many passages there are."""
        return self._catalogue.passage_count()

    def articles(
        self, filters: Filters = NO_FILTERS, offset: int = 0, limit: int | None = None
    ) -> list[ArticleHead]:
        """Heads of articles that pass the filters: newest publication first, those without a date last."""
        return self._catalogue.articles(filters, offset, limit)

    def article(self, article_id: str, version: str | None = None) -> Article | None:
        """An article in its current or a named version; None where there is none such (any more)."""
        return self._catalogue.article(article_id, version)

    def copies_of(self, article_id: str) -> list[ArticleHead]:
        """The other articles that are copies of the same report, in the order in which they came."""
        return self._catalogue.copies_of(article_id)

    def history(self, article_id: str) -> list[Revision]:
        """Every version that an article has had, the earliest first; empty where there is none such."""
        return revisions_of(self._catalogue, article_id)

    def editions_of(self, head: ArticleHead, *, at_address: bool = False) -> list[Edition]:
        """Every edition of an article's story, the earliest first (`Editions.of`); empty where it has one."""
        return self._editions.of(head, at_address=at_address)

    def figures(self, filters: Filters = NO_FILTERS) -> Figures:
        """What the index holds, month by month, and the room that it takes."""
        return figures_of(self._catalogue, self.home, filters)

    def last_ingests(self, limit: int = 10) -> list[JournalEntry]:
        """The last ingestions, newest first, with what failed."""
        return last_ingests(self._catalogue, limit)

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article's current version, in the order of the text."""
        return self._catalogue.passages_of(article_id)

    def date_span(self, filters: Filters = NO_FILTERS) -> DateSpan:
        """First and last day of publication among the articles that pass the filters."""
        return self._catalogue.date_span(filters)

    def term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        """How telling each term is among the passages (inverse document frequency of its stem), above 0."""
        return self._keywords.term_weights(terms)

    def near_words(self, words: Sequence[str]) -> dict[str, dict[str, int]]:
        """For each word that no passage holds, those one slip away: see `vectorstore.near_words`."""
        return near_words(self._catalogue.database, words)

    def mentions(self, topic: Topic, filters: Filters = NO_FILTERS) -> list[Mention]:
        """Every article that mentions a topic and passes the filters, oldest first, undated ones last."""
        return find_mentions(self._catalogue.database, topic, filters)

    def head(self, article_id: str) -> ArticleHead | None:
        """The head of an article's current version."""
        return self._catalogue.head(article_id)

    def locations(self, prefix: str) -> dict[str, str]:
        """Article ids by location, of the articles whose location starts with `prefix`."""
        return self._catalogue.locations(prefix)

    def fetch_memory(self) -> "StoredFetchMemory":
        """What is remembered of fetches from the web; to be written to only inside `writer`."""
        from vectorstore.fetch_memory import StoredFetchMemory

        return StoredFetchMemory(self._catalogue.database)

    def close(self) -> None:
        """Let go of all files."""
        self._dense.close()
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
