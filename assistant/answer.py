"""`Answer`: what was asked, what is answered, and the passages that it stands on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ingest.article import ArticleHead, moment_text
from ingest.passage import Passage
from vectorstore.retrieved import RetrievedPassage

Status = Literal["answered", "tentative", "declined"]
Support = Literal["quoted", "supported", "partial", "unsupported", "computed"]

_MARKER_LIKE = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote from one version of an article: `article.text[start:end] == quote`, checked before it is shown.

    Attributes:
        number: from 1, the n of [n] in the answer's text.
        start, end: offsets into the article's text, in Unicode code points.
        passage: the retrieved passage that the quote lies in, or nearest to.
        place: where the quote begins in the original ("p. 4"), None where it has no pages or the like.
    """

    number: int
    quote: str
    start: int
    end: int
    passage: Passage
    article: ArticleHead
    place: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The citation as JSON values."""
        head = self.article
        return {
            "number": self.number,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "place": self.place,
            "passage_id": self.passage.id,
            "article": {
                "id": head.id,
                "version": self.passage.article_version,
                "title": head.title,
                "url": head.url,
                "publisher": head.publisher,
                "published_at": moment_text(head.published_at),
                "note": head.note,
            },
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer.

    Attributes:
        text: without citation markers; of a "quoted" sentence, the first citation's quote itself.
        citations: numbers of the citations it stands on, in order of appearance.
        support: "quoted": verbatim from an article; "supported", "partial", "unsupported": how far the
            citations carry what a language model wrote; "computed": counted over the whole index.
    """

    text: str
    citations: tuple[int, ...]
    support: Support

    def to_json(self) -> dict[str, Any]:
        """The sentence as JSON values."""
        return {"text": self.text, "citations": list(self.citations), "support": self.support}


@dataclass(frozen=True, slots=True)
class TokenUse:
    """What a language model read and wrote, in tokens, over all of its attempts that it reported on.

    Attributes:
        estimated: whether the counts are ours because the model reported none.
    """

    prompt: int
    answer: int
    estimated: bool = False

    def to_json(self) -> dict[str, Any]:
        """The counts as JSON values."""
        return {"prompt": self.prompt, "answer": self.answer, "estimated": self.estimated}


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched: how many articles, and their first and last day of publication."""

    articles: int
    first: date | None = None
    last: date | None = None

    def to_json(self) -> dict[str, Any]:
        """The span as JSON values."""
        return {"articles": self.articles, "first": moment_text(self.first), "last": moment_text(self.last)}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    Attributes:
        question: as it was asked.
        understood: one line, how it was understood, "" where nothing was read into it.
        standalone: the question with what it took over from the conversation; "" when it stands by itself.
        status: "answered", "tentative" (shown as "possibly") or "declined".
        confidence: from 0 to 1.
        reason: why it was declined or is only tentative, "" otherwise.
        sentences: at most a few; empty when declined.
        short_answer: the shortest span that answers, verbatim in the first sentence's text, None where
            there is none.
        citations: numbered from 1 without gaps, in order of appearance.
        retrieved: the passages that the answerer saw, best first.
        nearest: when declined, the passages that came nearest, one of each article.
        speaks_of: when declined, the words of the question that the best fitting of these articles speaks of.
        instead: when declined, questions on the same that the articles do answer.
        notices: what a reader should know besides (sources disagree, the model failed, ...).
        counted: the articles that a computed answer counts, all of them, oldest first.
        model: "extractive", "computed" over the whole index, or the language model that wrote the sentences.
        tokens: what a language model used for it, None where none was asked.
        timings_ms: milliseconds by stage (understand, search, answer, cite, total).
        index_generation: the state of the index that was searched.
    """

    question: str
    status: Status
    confidence: float
    model: str
    searched: Searched
    understood: str = ""
    standalone: str = ""
    reason: str = ""
    sentences: tuple[Sentence, ...] = ()
    short_answer: str | None = None
    citations: tuple[Citation, ...] = ()
    retrieved: tuple[RetrievedPassage, ...] = ()
    nearest: tuple[RetrievedPassage, ...] = ()
    speaks_of: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    counted: tuple[ArticleHead, ...] = ()
    tokens: TokenUse | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    index_generation: int | None = None

    @property
    def declined(self) -> bool:
        """Whether the articles were found not to hold an answer."""
        return self.status == "declined"

    @property
    def text(self) -> str:
        """The sentences with their [n] markers, a computed one on its own line; when declined, the reason.

        Bracketed numbers that an article's own text contains are written (n) here, since [n] is a citation.
        """
        if not self.sentences:
            return self.reason
        computed = any(sentence.support == "computed" for sentence in self.sentences)
        return ("\n" if computed else " ").join(_marked(sentence) for sentence in self.sentences)

    def to_json(self) -> dict[str, Any]:
        """The answer as the JSON object that the command line and the HTTP service give."""
        return {
            "question": self.question,
            "understood": self.understood,
            "standalone": self.standalone,
            "status": self.status,
            "confidence": round(self.confidence, 4),
            "declined": self.declined,
            "reason": self.reason,
            "text": self.text,
            "short_answer": self.short_answer,
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "citations": [citation.to_json() for citation in self.citations],
            "retrieved": [retrieved_json(passage) for passage in self.retrieved],
            "searched": self.searched.to_json(),
            "nearest": [retrieved_json(passage) for passage in self.nearest],
            "speaks_of": list(self.speaks_of),
            "instead": list(self.instead),
            "notices": list(self.notices),
            "counted": [head.to_json() for head in self.counted],
            "model": self.model,
            "tokens": None if self.tokens is None else self.tokens.to_json(),
            "timings_ms": {stage: round(milliseconds, 2) for stage, milliseconds in self.timings_ms.items()},
            "index_generation": self.index_generation,
        }


def retrieved_json(retrieved: RetrievedPassage) -> dict[str, Any]:
    """A retrieved passage as JSON values."""
    return {
        "rank": retrieved.rank,
        "score": retrieved.score,
        "similarity": retrieved.similarity,
        "keyword_score": retrieved.keyword_score,
        "passage_id": retrieved.passage.id,
        "start": retrieved.passage.start,
        "end": retrieved.passage.end,
        "text": retrieved.passage.text,
        "article": retrieved.article.to_json(),
    }


def _marked(sentence: Sentence) -> str:
    text = _MARKER_LIKE.sub(r"(\1)", sentence.text)
    return " ".join([text, "".join(f"[{number}]" for number in sentence.citations)]).strip()
