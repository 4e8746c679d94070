"""What an answerer is: the seam behind which quoting and language models stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from assistant.answer import Status, Support, TokenUse
from assistant.conversation import Conversation
from ingest.article import ArticleHead, moment_text
from vectorstore.mentions import Mention, Topic
from vectorstore.query import Context, Filters, QueryKind
from vectorstore.retrieved import RetrievedPassage

NO_FILTERS = Filters()
NO_CONVERSATION = Conversation()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that a question names, both ends inclusive; None for open.

    Attributes:
        words: the words of the question that name it ("last December").
        is_relative: whether the words only count from the day of asking ("two weeks ago"): no article repeats
            them.
    """

    first: date | None
    last: date | None
    words: str
    is_relative: bool = False

    def covers(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Computation:
    """What a question wants counted, listed or dated over the whole index.

    Attributes:
        kind: never "passages".
        topic: what the articles are to mention or to be about, as the question words it.
        about: whether they are to be about it, which a headline or an opening tells; else any mention counts.
        listed: what is listed or counted.
    """

    kind: QueryKind
    topic: str
    about: bool = False
    listed: Literal["articles", "publishers"] = "articles"


@dataclass(frozen=True, slots=True)
class UnderstoodQuestion:
    """A question with all that was read into it.

    Attributes:
        asked: as the person wrote it.
        text: the question to answer; where it leaned on the conversation, with what it took over.
        as_of: the day that counts as today.
        asked_on: the same where the caller named it, None where the clock did.
        filters: conditions on the articles, as the caller set them; nothing later than a day that the
            question wants to be answered as of.
        period: the days that the question names, a preference and not a condition.
        is_about_past: whether it names a year long gone, so that the newest articles are no better.
        carried: names and words taken over from earlier turns.
        understood: one line that says what was read into the question, "" for nothing.
        conversation: the turns before the question.
        context: what was said before, for the search; None for a question that stands alone.
        computation: what is to be computed over the whole index; None for a question that passages answer.
        mended: `asked` without its slips of the pen, "" where nobody looked for any.
    """

    asked: str
    text: str
    as_of: date
    filters: Filters = NO_FILTERS
    period: Period | None = None
    carried: tuple[str, ...] = ()
    understood: str = ""
    conversation: Conversation = NO_CONVERSATION
    asked_on: date | None = None
    is_about_past: bool = False
    computation: Computation | None = None
    context: Context | None = None
    mended: str = ""

    @property
    def kind(self) -> QueryKind:
        """What the question asks of the index."""
        return self.computation.kind if self.computation else "passages"

    def to_json(self) -> dict[str, Any]:
        """The question as JSON values."""
        period = self.period
        return {
            "question": self.asked,
            "standalone": self.text,
            "as_of": self.as_of.isoformat(),
            "period": period and {"first": moment_text(period.first), "last": moment_text(period.last)},
            "carried": list(self.carried),
            "understood": self.understood,
            "kind": self.kind,
        }


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """A span to quote: offsets into the text of `passage`'s article, in code points.

    The span lies in the passage, or in the sentences next to it.
    """

    passage: RetrievedPassage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft and the spans it stands on, not yet checked or numbered."""

    text: str
    quotes: tuple[QuoteRef, ...]
    support: Support


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answerer proposes; `assistant.citing` checks the quotes and makes an `Answer` of it.

    Attributes:
        confidence: from 0 to 1.
        reason: why the status is not "answered", "" otherwise.
        sentences: empty when declined.
        short_answer: a verbatim span of the first sentence's text, or None.
        model: "extractive", or "provider:name".
        tokens: what a language model used, None where none was asked.
        counted: the articles that a computed answer counts, all of them.
        order: ids of the passages as the answerer ranks them after reading, best first; empty where it does
            not.
    """

    status: Status
    confidence: float
    model: str
    reason: str = ""
    sentences: tuple[DraftSentence, ...] = ()
    short_answer: str | None = None
    notices: tuple[str, ...] = ()
    tokens: TokenUse | None = None
    counted: tuple[ArticleHead, ...] = ()
    order: tuple[str, ...] = ()


class Evidence(Protocol):
    """What an answerer may ask of the index besides the passages it is given."""

    def term_weights(self, terms: Sequence[str]) -> Mapping[str, float]:
        """Inverse document frequency of words over the passages of the index, by word as given."""
        ...

    def article_text(self, article_id: str, version: str | None = None) -> str | None:
        """The full text of an article, None when the index does not hold it (or not that version)."""
        ...

    def mentions(self, topic: Topic, filters: Filters) -> Sequence[Mention]:
        """Every article that mentions a topic and passes the filters, oldest first, undated ones last."""
        ...

    def place_label(self, article_id: str, version: str | None, offset: int) -> str | None:
        """The page, chapter or time in which an offset into an article's text lies, None if unknown."""
        ...


class Answerer(Protocol):
    """Writes an answer from passages. An answerer holds no conversation and may be used from many threads."""

    @property
    def name(self) -> str:
        """What `Answer.model` says."""
        ...

    def answer(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        """Draft the answer from the retrieved passages, best first.

        Raises:
            ModelError: a language model failed.
        """
        ...

    def order(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> tuple[str, ...]:
        """The ids of the passages by how well they answer, best first; empty where it cannot tell.

        No language model is asked.
        """
        ...

    def stream(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Iterator[str | Draft]:
        """Pieces of the text as they are written, then the draft, last and exactly once.

        The pieces are a preview; the draft says what holds. Closing the iterator stops the work.

        Raises:
            ModelError: a language model failed.
        """
        ...
