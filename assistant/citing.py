"""From a draft to an answer: every quote is checked at its offsets, then numbered, or not shown."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer import Citation, Sentence
from assistant.answerers.base import Draft, DraftSentence, Evidence, QuoteRef
from ingest.passage import Passage

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CitedText:
    """The sentences and citations of an answer, numbered from 1 in order of appearance.

    Attributes:
        short_answer: kept only where it stands verbatim in the first sentence.
        dropped: how many quotes failed the check and are not shown.
    """

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    short_answer: str | None
    dropped: int


def cite(draft: Draft, evidence: Evidence) -> CitedText:
    """Check and number the quotes of a draft.

    A quote that does not lie in its article, or is blank, is dropped; a "quoted" sentence whose text is not
    its first quote is dropped with it; another sentence that loses all of its quotes becomes "unsupported".
    """
    numbering = _Numbering(evidence)
    sentences = [_sentence(sentence, numbering) for sentence in draft.sentences]
    shown = tuple(sentence for sentence in sentences if sentence is not None)
    first_text = shown[0].text if shown else ""
    short = draft.short_answer
    return CitedText(
        sentences=shown,
        citations=tuple(numbering.citations),
        short_answer=short if short and short in first_text else None,
        dropped=numbering.dropped,
    )


@dataclass(slots=True)
class _Numbering:
    """The citations numbered so far; the same span of the same article keeps its number."""

    evidence: Evidence
    citations: list[Citation] = field(default_factory=list)
    dropped: int = 0

    def checked_quotes(self, quotes: Sequence[QuoteRef]) -> list[tuple[QuoteRef, str]]:
        """The quotes that stand in their articles, each with its text."""
        found = [(quote, _verbatim(quote, self.evidence)) for quote in quotes]
        kept = [(quote, text) for quote, text in found if text is not None]
        self.dropped += len(found) - len(kept)
        return kept

    def number(self, quote: QuoteRef, text: str) -> int:
        """The number of a checked quote, a new one unless it has been cited before."""
        passage = quote.passage.passage
        for known in self.citations:
            if _place(known.passage, known.start, known.end) == _place(passage, quote.start, quote.end):
                return known.number
        citation = Citation(
            number=len(self.citations) + 1,
            quote=text,
            start=quote.start,
            end=quote.end,
            passage=passage,
            article=quote.passage.article,
            place=self.evidence.place_label(passage.article_id, passage.article_version, quote.start),
        )
        self.citations.append(citation)
        return citation.number


def _place(passage: Passage, start: int, end: int) -> tuple[str, str, int, int]:
    return (passage.article_id, passage.article_version, start, end)


def _sentence(sentence: DraftSentence, numbering: _Numbering) -> Sentence | None:
    quotes = numbering.checked_quotes(sentence.quotes)
    if sentence.support == "quoted" and (not quotes or quotes[0][1] != sentence.text):
        _log.warning("a quoted sentence is not verbatim in its article and is not shown")
        return None
    if not quotes and sentence.support != "computed":
        return Sentence(sentence.text, (), "unsupported")
    numbers = dict.fromkeys(numbering.number(quote, text) for quote, text in quotes)
    return Sentence(sentence.text, tuple(numbers), sentence.support)


def _verbatim(quote: QuoteRef, evidence: Evidence) -> str | None:
    """The quoted text, None where the span does not lie in the article or the passage is not what it says."""
    passage = quote.passage.passage
    text = evidence.article_text(passage.article_id, passage.article_version)
    if text is None or not 0 <= quote.start < quote.end <= len(text):
        return None
    if text[passage.start : passage.end] != passage.text:
        return None
    return text[quote.start : quote.end] if text[quote.start : quote.end].strip() else None
