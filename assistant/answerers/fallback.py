"""`FallbackAnswerer`: a language model whose failures cost nothing but a notice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answerers.base import Answerer, Draft, Evidence, UnderstoodQuestion
from assistant.errors import ModelError
from vectorstore.retrieved import RetrievedPassage


class FallbackAnswerer:
    """Answers with `first`; when that fails, with `second` and a notice that says why."""

    def __init__(self, first: Answerer, second: Answerer) -> None:
        self.first = first
        self.second = second

    @property
    def name(self) -> str:
        """The name of the answerer that is tried first."""
        return self.first.name

    def answer(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        """The first answerer's draft, or the second's with a notice."""
        try:
            return self.first.answer(question, retrieved, evidence)
        except ModelError as error:
            return self._instead(error, question, retrieved, evidence)

    def order(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> tuple[str, ...]:
        """The order of the second answerer."""
        return self.second.order(question, retrieved, evidence)

    def stream(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Iterator[str | Draft]:
        """The first answerer's pieces and draft; after a failure, the second's draft with a notice."""
        try:
            yield from self.first.stream(question, retrieved, evidence)
        except ModelError as error:
            yield self._instead(error, question, retrieved, evidence)

    def _instead(
        self,
        error: ModelError,
        question: UnderstoodQuestion,
        retrieved: Sequence[RetrievedPassage],
        evidence: Evidence,
    ) -> Draft:
        draft = self.second.answer(question, retrieved, evidence)
        reason = f"{self.first.name} did not answer ({error.message}); sentences are quoted instead."
        return replace(draft, notices=(f"{reason} {error.advice}".strip(), *draft.notices))
