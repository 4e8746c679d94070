"""Reading the sentence that would answer again, out of its passage.

A passage may answer a question while the chosen sentence does not, and a question that was made to mislead
fits the passage better than any one sentence of it. What the reader thinks of the sentence alone, and of it
between its neighbours, tells such questions from others better than what it thinks of the whole passage.
Where several articles were read, what competes tells as much, and nothing is read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.opinions import scaled
from assistant.answerers.extractive.reader.readings import NO_SCORE, PassageReading, Reader
from assistant.answerers.extractive.reading import Reading, readings_of
from assistant.answerers.extractive.scoring import RankedCandidate
from ingest.passage import passage_id
from vectorstore.retrieved import RetrievedPassage


@dataclass(frozen=True, slots=True)
class NarrowReading:
    """What the reader thinks of a sentence out of its passage, each -1 to 1; 0 where it was not read.

    Attributes:
        alone_answers, alone_span: how far the sentence by itself answers, and how well its best span does.
        near_answers, near_span: the same of the sentence with those before and after it.
    """

    alone_answers: float = 0.0
    alone_span: float = 0.0
    near_answers: float = 0.0
    near_span: float = 0.0


NOT_READ = NarrowReading()


def read_narrowly(
    reader: Reader | None, asked: str, reading: Reading, item: RankedCandidate
) -> NarrowReading:
    """What the reader thinks of a sentence out of its passage.

    Args:
        reader: None for none.
        asked: the question in the words in which the reader was asked it.
        reading: what was read.
        item: the sentence.
    """
    candidate = item.candidate
    if reader is None or reading.is_of_several or candidate.retrieved.passage.id not in reading.readings:
        return NOT_READ
    beside = (reading.before(candidate), candidate, reading.pool.after(candidate))
    alone = _part(candidate.retrieved, [candidate])
    near = _part(candidate.retrieved, [one for one in beside if one is not None])
    parts = {part.passage.id: part for part in (alone, near) if part.passage.id not in reading.readings}
    read = {**reading.readings, **readings_of(reader, asked, list(parts.values()))}
    return NarrowReading(*_opinion(read[alone.passage.id]), *_opinion(read[near.passage.id]))


def _part(retrieved: RetrievedPassage, sentences: Sequence[Candidate]) -> RetrievedPassage:
    """The part of a passage that these sentences make; those that are not of it are left out."""
    passage = retrieved.passage
    inside = [one for one in sentences if passage.start <= one.start and one.end <= passage.end]
    start, end = min(one.start for one in inside), max(one.end for one in inside)
    text = passage.text[start - passage.start : end - passage.start]
    id_ = passage_id(passage.article_id, passage.article_version, start, end)
    return replace(retrieved, passage=replace(passage, id=id_, text=text, start=start, end=end))


def _opinion(reading: PassageReading) -> tuple[float, float]:
    end = int(reading.offsets[-1, 1]) if len(reading.offsets) else 0
    best = reading.best_span(0, end)
    return scaled(reading.answers), scaled(NO_SCORE if best is None else best.score)
