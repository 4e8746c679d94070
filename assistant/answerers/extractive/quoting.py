"""How a sentence of the answer is quoted: with the one it leans on, and with who else reports the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.commanding import commands_a_machine
from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from ingest.sentences import split_sentences

MOST_SOURCES = 3
"""The most reports cited for one sentence."""

SAME_FACT = 0.4
"""Share of telling words in common from which two sentences report the same fact."""

MOST_CHARACTERS = 600
"""The longest quote that a sentence and what it leans on may make."""

ArticleText = Callable[[Candidate], str | None]
"""The full text of the article that a candidate stands in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One sentence of the answer.

    Attributes:
        start, end: what is quoted; wider than the sentence where it leans on the one before.
        text: the quote.
        also: sentences of other, independent reports of the same.
    """

    item: RankedCandidate
    start: int
    end: int
    text: str
    also: tuple[Candidate, ...] = ()


def quote_beside(
    reading: Reading, item: RankedCandidate, article_text: ArticleText, chosen: Sequence[RankedCandidate]
) -> Choice:
    """A sentence of the answer as it is quoted: with the one it leans on, unless that is shown anyway.

    Args:
        reading: the question and its sentences.
        item: the sentence.
        article_text: reads an article.
        chosen: all sentences of the answer.
    """
    candidate = item.candidate
    also = _reporting_the_same(reading, item, chosen)
    start, text = candidate.start, candidate.text
    before = reading.before(candidate)
    shown_before = before is not None and any(_same_place(other.candidate, before) for other in chosen)
    if leans_on_context(candidate) and not shown_before:
        whole = article_text(candidate)
        earlier = None if whole is None else _sentence_before(reading, candidate, whole)
        if whole is not None and earlier is not None and _may_be_shown(whole[earlier : candidate.end]):
            start, text = earlier, whole[earlier : candidate.end]
    return Choice(item, start, candidate.end, text, also)


def _may_be_shown(quote: str) -> bool:
    """Whether a sentence is quoted with the one it leans on: not if that is long, or commands a machine."""
    return len(quote) <= MOST_CHARACTERS and not commands_a_machine(quote)


def _same_place(one: Candidate, other: Candidate) -> bool:
    return (one.article_id, one.start) == (other.article_id, other.start)


def _sentence_before(reading: Reading, candidate: Candidate, whole: str) -> int | None:
    """Where the sentence before begins, even in another passage; None for an article's first."""
    before = reading.before(candidate)
    if before is not None:
        return before.start
    window_start = max(0, candidate.start - MOST_CHARACTERS)
    spans = split_sentences(whole[window_start : candidate.start], candidate.retrieved.article.language)
    if not spans or (len(spans) == 1 and window_start > 0):
        return None
    return window_start + spans[-1].start


def _reporting_the_same(
    reading: Reading, item: RankedCandidate, chosen: Sequence[RankedCandidate]
) -> tuple[Candidate, ...]:
    """Sentences of other reports with the same answer in much the same words, best first.

    Copies of one report are one source: two of them are not cited for the same.
    """
    answer = reading.short_answer(item)
    taken = {other.candidate.source for other in (item, *chosen)}
    found: list[Candidate] = []
    for other in reading.ranked:
        if len(found) == MOST_SOURCES - 1:
            break
        if other.candidate.source in taken or not _same_fact(item, other, answer.key if answer else None):
            continue
        taken.add(other.candidate.source)
        found.append(other.candidate)
    return tuple(found)


def _same_fact(item: RankedCandidate, other: RankedCandidate, answer_key: str | None) -> bool:
    spans_differ = answer_key not in {span.key for span in other.spans}
    if (other.spans or item.spans) and spans_differ:
        return False
    ours, theirs = item.candidate.keys, other.candidate.keys
    common = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
    return common >= SAME_FACT and other.features.overlap >= 0.7 * item.features.overlap and ours != theirs
