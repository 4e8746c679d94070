"""Reading, extracting and splitting in a thread of its own, while the passages before are embedded."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from ingest.article import Article
from ingest.document import RawDocument, ReadFailure, UnchangedDocument
from ingest.errors import FootnoteError
from ingest.formats import extract_article
from ingest.sources import Source
from vectorstore.documents import fingerprint_of
from vectorstore.errors import EmbedderMismatchError, EmbedderUnavailableError
from vectorstore.faults import reach
from vectorstore.patience import Patience
from vectorstore.preparing import MadeOf, SplitArticle

AHEAD = 64
"""Documents that are extracted ahead of those being embedded: memory stays flat however many there are."""
SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_TO_STOP = 2.0
"""A thread that is stopped while it waits for a server, or in a long extraction, is left behind after this:
nothing that it does then reaches the index."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document whose article is in the index; `article` where it had to be extracted to see that."""

    source: MadeOf
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that came to nothing, and why."""

    location: str
    reason: str


Extracted = SplitArticle | Unchanged | Unreadable


@dataclass(frozen=True, slots=True)
class Steps:
    """What is done with a document.

    Attributes:
        knows: whether the index has the article of a location and a fingerprint.
        has: whether the index has an article in this version.
        split: cuts an article into passages.
        patience: how long one document may take to extract and to split.
    """

    knows: Callable[[MadeOf], bool]
    has: Callable[[Article], bool]
    split: Callable[[Article, MadeOf], SplitArticle]
    patience: Patience = field(default_factory=Patience)


def extract(document: RawDocument | ReadFailure | UnchangedDocument, steps: Steps) -> Extracted:
    """What a document comes to; one that has not changed is neither extracted nor split."""
    if isinstance(document, UnchangedDocument):
        return Unchanged(MadeOf(document.location, ""))
    if isinstance(document, ReadFailure):
        return Unreadable(document.location, document.reason)
    source = MadeOf(document.location, fingerprint_of(document))
    if steps.knows(source):
        return Unchanged(source)
    try:
        article = steps.patience.run(lambda: extract_article(document))
        reach("article-extracted")
        if steps.has(article):
            return Unchanged(source, article)
        return steps.patience.run(lambda: steps.split(article, source))
    except (EmbedderMismatchError, EmbedderUnavailableError):
        raise  # no document is to blame, and none would fare better
    except FootnoteError as error:
        return Unreadable(document.location, str(error))


@dataclass(frozen=True, slots=True)
class _Broken:
    """What ended the extraction before its time."""

    error: BaseException


class ExtractionAhead:
    """Iterates over what a source's documents come to, worked out in a thread that runs ahead.

    Used as a context manager, so that the thread ends with it, whatever happens to the one who iterates.
    """

    def __init__(self, source: Source, steps: Steps) -> None:
        self._source = source
        self._steps = steps
        self._ready: queue.Queue[Extracted | _Broken | None] = queue.Queue(AHEAD)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="extraction", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._thread.join(None if error is None else SECONDS_TO_STOP)

    def __iter__(self) -> Iterator[Extracted]:
        while (item := self._ready.get()) is not None:
            if isinstance(item, _Broken):
                raise item.error
            yield item

    def _run(self) -> None:
        try:
            for document in self._source.documents():
                reach("document-read")
                if not self._put(extract(document, self._steps)):
                    return
        except BaseException as error:  # it is raised again where the results are used
            self._put(_Broken(error))
        else:
            self._put(None)
        finally:
            self._steps.patience.close()

    def _put(self, item: Extracted | _Broken | None) -> bool:
        """Hand over an item; False once nobody wants it any more."""
        while not self._stopped.is_set():
            try:
                self._ready.put(item, timeout=SECONDS_BETWEEN_LOOKS)
            except queue.Full:
                continue
            return True
        return False
