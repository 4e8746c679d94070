"""`ComputedAnswerer`: counts, lists and dates articles over the whole index; leaves other questions alone."""

from collections.abc import Iterator, Sequence

from assistant.answerers.base import Answerer, Computation, Draft, Evidence, UnderstoodQuestion
from assistant.answerers.computed.finding import find_articles
from assistant.answerers.computed.writing import write
from assistant.searching import narrowed
from vectorstore.retrieved import RetrievedPassage

NAME = "computed"


class ComputedAnswerer:
    """Answers questions about the collection itself; hands every other one to `otherwise`."""

    def __init__(self, otherwise: Answerer) -> None:
        self.otherwise = otherwise

    @property
    def name(self) -> str:
        """The name of the answerer that other questions go to."""
        return self.otherwise.name

    def answer(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        """What was counted, or the other answerer's draft."""
        if question.computation is None:
            return self.otherwise.answer(question, retrieved, evidence)
        return _computed(question, question.computation, evidence)

    def order(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> tuple[str, ...]:
        """The order of the other answerer."""
        return self.otherwise.order(question, retrieved, evidence)

    def stream(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Iterator[str | Draft]:
        """The draft alone, or what the other answerer streams."""
        if question.computation is None:
            yield from self.otherwise.stream(question, retrieved, evidence)
        else:
            yield _computed(question, question.computation, evidence)


def _computed(question: UnderstoodQuestion, computation: Computation, evidence: Evidence) -> Draft:
    filters = narrowed(question.filters, question.period) if question.period else question.filters
    if filters is None:
        return Draft("declined", 0.0, NAME, reason="The question names days that the filters leave out")
    found = find_articles(computation, filters, evidence)
    if not found.mentions:
        return Draft("declined", 0.0, NAME, reason=f"There are no articles {found.relation}")
    written = write(computation, found)
    return Draft(
        status="answered",
        confidence=1.0,
        model=NAME,
        sentences=written.sentences,
        short_answer=written.short_answer,
        notices=written.notices,
        counted=found.heads,
    )
