"""`ExtractiveAnswerer`: picks the sentences that answer, verbatim."""

from collections.abc import Iterator, Sequence

from assistant.answerers.base import Draft, DraftSentence, Evidence, QuoteRef, UnderstoodQuestion
from ingest.sentences import split_sentences
from vectorstore.retrieved import RetrievedPassage

NAME = "extractive"


class ExtractiveAnswerer:
    """Answers with one to three sentences of the retrieved passages; meets `Answerer`."""

    name = NAME

    def answer(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        """The sentences that answer, or a declined draft where the evidence is weak."""
        if not retrieved:
            return Draft("declined", 0.0, NAME, reason="No passage bears on the question.")
        best = retrieved[0]
        span = split_sentences(best.passage.text, best.article.language)[0]
        text = best.passage.text[span.start : span.end]
        start = best.passage.start + span.start
        quote = QuoteRef(best, start, start + len(text))
        return Draft("answered", 0.5, NAME, sentences=(DraftSentence(text, (quote,), "quoted"),))

    def stream(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Iterator[str | Draft]:
        """The sentences one by one, then the draft."""
        draft = self.answer(question, retrieved, evidence)
        for number, sentence in enumerate(draft.sentences):
            yield sentence.text if number == 0 else " " + sentence.text
        yield draft
