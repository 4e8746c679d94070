"""`Reply`: the parts of an answer that are measured, read from the JSON that every caller gets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from evals.errors import AnswerShapeError

DECLINED = "declined"
UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A citation: the quote and where it is said to stand.

    Attributes:
        start, end: code points of the text of that version of the article.
    """

    number: int
    quote: str
    start: int
    end: int
    article_id: str
    article_version: str
    title: str


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer, the numbers it cites, and how far they carry it."""

    text: str
    citations: tuple[int, ...]
    support: str


@dataclass(frozen=True, slots=True)
class RetrievedText:
    """A passage that the answer was written from, or the nearest one to a declined question."""

    article_id: str
    title: str
    text: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one question.

    Attributes:
        confidence: 0 to 1.
        understood: the question as it was searched for.
        retrieved: best first.
        notices: what a reader is told besides.
        tokens: read and written by a language model, None where none was asked.
    """

    status: str
    confidence: float
    text: str
    short_answer: str | None
    reason: str | None
    understood: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[CitedQuote, ...]
    retrieved: tuple[RetrievedText, ...]
    nearest: tuple[RetrievedText, ...]
    notices: tuple[str, ...] = ()
    tokens: tuple[int, int] | None = None

    @property
    def declined(self) -> bool:
        """Whether the question was declined."""
        return self.status == DECLINED

    @property
    def cited_articles(self) -> tuple[str, ...]:
        """The ids of the articles cited, each once, in the order of the citations."""
        return tuple(dict.fromkeys(citation.article_id for citation in self.citations))

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> Self:
        """Read the answer object.

        Raises:
            AnswerShapeError: a field is missing or of another type.
        """
        try:
            return cls(
                status=str(answer["status"]),
                confidence=float(answer["confidence"]),
                text=str(answer["text"] or ""),
                short_answer=answer["short_answer"],
                reason=answer["reason"],
                understood=str(answer["understood"] or ""),
                sentences=tuple(_sentence(item) for item in answer["sentences"]),
                citations=tuple(_citation(item) for item in answer["citations"]),
                retrieved=tuple(_retrieved(item) for item in answer["retrieved"]),
                nearest=tuple(_retrieved(item) for item in answer["nearest"]),
                notices=tuple(str(notice) for notice in answer.get("notices", ())),
                tokens=_tokens(answer.get("tokens")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise AnswerShapeError(
                f"an answer could not be read: {type(error).__name__} {error}",
                "the assistant and the evals are of different versions; install one version of both",
            ) from error


def _tokens(used: Mapping[str, Any] | None) -> tuple[int, int] | None:
    return None if used is None else (int(used["prompt"]), int(used["answer"]))


def _sentence(item: Mapping[str, Any]) -> AnswerSentence:
    return AnswerSentence(item["text"], tuple(item["citations"]), item["support"])


def _citation(item: Mapping[str, Any]) -> CitedQuote:
    article = item["article"]
    return CitedQuote(
        number=int(item["number"]),
        quote=item["quote"],
        start=int(item["start"]),
        end=int(item["end"]),
        article_id=article["id"],
        article_version=article["version"],
        title=article["title"],
    )


def _retrieved(item: Mapping[str, Any]) -> RetrievedText:
    article = item["article"]
    passage = item.get("passage")
    text = passage["text"] if isinstance(passage, Mapping) else item["text"]
    score = item.get("score")
    return RetrievedText(article["id"], article["title"], text, None if score is None else float(score))
