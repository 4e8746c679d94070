"""Searching for a case in each way that it compares."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.errors import QUESTION_LIMIT_CHARACTERS
from evals.benchmarks.chunking import Chunk, Question, overlap
from evals.ranked import (
    CONVERSATION,
    FIRST_PASSAGES,
    LAST_TURN,
    RANKED,
    REWRITE,
    UNDERSTOOD,
    RankedPassage,
    Ranking,
    Rankings,
)
from evals.subject import Subject
from evals.suite import Case, RankingGold
from ingest.sentences import Span


def search_case(subject: Subject, case: Case) -> Rankings:
    """The passages found for a case; empty where it judges none.

    Raises:
        FootnoteError: the index cannot be read.
    """
    if case.ranking is None:
        return {}
    found = {UNDERSTOOD: subject.search(case, None, RANKED)}
    for way, text in _other_ways(case, case.ranking):
        found[way] = subject.search(case, text, RANKED)
    return {way: Ranking(passages) for way, passages in found.items()} | (
        {UNDERSTOOD: Ranking(found[UNDERSTOOD], _excerpt_overlap(subject, case.ranking, found[UNDERSTOOD]))}
        if case.ranking.excerpts
        else {}
    )


def whole_conversation(case: Case) -> str:
    """Every earlier turn and the question, cut at the beginning to what a question may have."""
    turns = [text for turn in case.conversation for text in (turn.question, turn.answer or "")]
    return "\n".join([*turns, case.question])[-QUESTION_LIMIT_CHARACTERS:]


def _other_ways(case: Case, gold: RankingGold) -> Iterator[tuple[str, str]]:
    if gold.compares_turns:
        yield LAST_TURN, case.question
        yield CONVERSATION, whole_conversation(case)
        if gold.rewrite is not None:
            yield REWRITE, gold.rewrite


def _excerpt_overlap(
    subject: Subject, gold: RankingGold, passages: Sequence[RankedPassage]
) -> tuple[float, float, float] | None:
    """Recall, precision and intersection over union in letters and digits, None where no excerpt is found."""
    first = passages[:FIRST_PASSAGES]
    [article_id] = gold.relevant
    texts = {
        passage.article_id: subject.text_of(passage.article_id, passage.article_version) for passage in first
    }
    text = texts.get(article_id)
    if text is None:
        return (0.0, 0.0, 0.0)
    spans = tuple(span for span in (_found(text, excerpt) for excerpt in gold.excerpts) if span)
    if not spans:
        return None
    chunks = [Chunk(one.article_id, _letters_between(texts[one.article_id] or "", one)) for one in first]
    found = overlap(Question("", article_id, spans), chunks)
    return (found.recall, found.precision, found.iou)


def _found(text: str, excerpt: str) -> Span | None:
    wanted = "".join(filter(str.isalnum, excerpt))
    start = _letters(text).find(wanted) if wanted else -1
    return None if start < 0 else Span(start, start + len(wanted))


def _letters_between(text: str, passage: RankedPassage) -> Span:
    places = _places(text)
    return Span(bisect_left(places, passage.start), bisect_left(places, passage.end))


@lru_cache(maxsize=8)
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@lru_cache(maxsize=8)
def _places(text: str) -> list[int]:
    """Where each letter or digit of the text stands."""
    return [place for place, character in enumerate(text) if character.isalnum()]
