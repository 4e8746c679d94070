"""`ExtractiveAnswerer`: picks the sentences that answer, verbatim, or declines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answerers.base import Draft, DraftSentence, Evidence, QuoteRef, UnderstoodQuestion
from assistant.answerers.extractive.asking import read_as
from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.choosing import MOST_SENTENCES, choose
from assistant.answerers.extractive.confidence import calibration_of
from assistant.answerers.extractive.contrast import answers_any_deed
from assistant.answerers.extractive.dating import day_notice
from assistant.answerers.extractive.disagreeing import Disagreement, find_disagreement
from assistant.answerers.extractive.doubting import is_poorly_named
from assistant.answerers.extractive.judging import Judgement, declined_all_the_same, judge
from assistant.answerers.extractive.leading import LedReader
from assistant.answerers.extractive.narrowing import read_narrowly
from assistant.answerers.extractive.quoting import ArticleText, Choice, quote_beside
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import Reading, Readings, passage_order, read, readings_of
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.answerers.versions import (
    SUPERSEDED_NOTICE,
    current_versions,
    superseded_articles,
)
from assistant.understanding.question import analyse, wants_one_value
from vectorstore.retrieved import RetrievedPassage

NAME = "extractive"
READ_FIRST = 5
"""Passages that are read before it is decided whether to read the others: most of the time of an answer."""

HOPELESS_CONFIDENCE = 0.02
"""Where the first passages bear no better on a question, the others are not read."""


class ExtractiveAnswerer:
    """Answers with one to three sentences of the retrieved passages; meets `Answerer`.

    Args:
        reader: ranks the sentences and finds the spans; without one words alone decide.
    """

    name = NAME

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader

    def answer(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        """The sentences that answer, or a declined draft where the evidence is weak.

        With a reader, and where one short answer is asked for, the first `READ_FIRST` passages are read, and
        the others only where those give no answer without reserve and are not all beside the question. An
        earlier version of an article answers only where the later one does not.
        """
        reader = self._led_reader(evidence)
        in_parts = reader is not None and wants_one_value(analyse(question.text))
        first = retrieved[:READ_FIRST] if in_parts else retrieved
        readings = readings_of(reader, read_as(question), first)
        draft = self._answer_of_versions(question, first, evidence, readings, reader)
        others = retrieved[len(first) :]
        is_hopeless = bool(draft.order) and draft.confidence < HOPELESS_CONFIDENCE
        if draft.status == "answered" or is_hopeless or not others:
            return draft
        readings = {**readings, **readings_of(reader, read_as(question), others)}
        return self._answer_of_versions(question, retrieved, evidence, readings, reader)

    def _answer_of_versions(
        self,
        question: UnderstoodQuestion,
        retrieved: Sequence[RetrievedPassage],
        evidence: Evidence,
        readings: Readings,
        reader: Reader | None,
    ) -> Draft:
        current = current_versions(retrieved)
        draft = self._answer_from(question, current, evidence, readings, reader)
        if draft.status != "declined" or len(current) == len(retrieved):
            return draft
        earlier = self._answer_from(question, retrieved, evidence, readings, reader)
        if earlier.status == "declined" or not _leads_with(earlier, superseded_articles(retrieved)):
            return draft
        return replace(earlier, notices=(*earlier.notices, SUPERSEDED_NOTICE))

    def _answer_from(
        self,
        question: UnderstoodQuestion,
        retrieved: Sequence[RetrievedPassage],
        evidence: Evidence,
        readings: Readings,
        reader: Reader | None,
    ) -> Draft:
        own = {one.passage.id: readings[one.passage.id] for one in retrieved if one.passage.id in readings}
        reading = read(question, retrieved, evidence, own)
        choices = choose(reading, _article_text(evidence))
        if not choices:
            return Draft("declined", 0.0, NAME, reason="No passage bears on the question")
        order = passage_order(reading)
        judgement = _judge(read_as(question), reading, choices[0].item, reader)
        if judgement.status == "declined":
            return Draft("declined", judgement.confidence, NAME, reason=judgement.reason, order=order)
        disagreement = find_disagreement(reading, choices[0])
        short = _short_answer(reading, choices[0])
        first = choices[0].item.candidate
        dated = day_notice(short, first.text, first.retrieved.article)
        shown = _with_disagreement(reading, choices, disagreement, _article_text(evidence))
        return Draft(
            status=judgement.status,
            confidence=judgement.confidence,
            model=NAME,
            reason=judgement.reason,
            sentences=tuple(_draft_sentence(choice) for choice in shown),
            short_answer=short,
            notices=tuple(filter(None, (disagreement.notice if disagreement else None, dated))),
            order=order,
        )

    def order(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> tuple[str, ...]:
        """The passages by their best sentences, where there is a reader; nothing without one."""
        readings = readings_of(self._led_reader(evidence), read_as(question), retrieved)
        return passage_order(read(question, retrieved, evidence, readings))

    def _led_reader(self, evidence: Evidence) -> Reader | None:
        return None if self._reader is None else LedReader(self._reader, evidence)

    def stream(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Iterator[str | Draft]:
        """The sentences one by one, then the draft."""
        draft = self.answer(question, retrieved, evidence)
        for number, sentence in enumerate(draft.sentences):
            yield sentence.text if number == 0 else " " + sentence.text
        yield draft


def _judge(asked: str, reading: Reading, best: RankedCandidate, reader: Reader | None) -> Judgement:
    """What is to be thought of the best sentence, read again by itself; contrast questions are asked where
    the deed is not told, unless it is a sure answer among several articles.
    """
    judgement = judge(reading, best, read_narrowly(reader, asked, reading, best))
    if judgement.status == "declined" or reader is None:
        return judgement
    if reading.is_of_several and judgement.confidence >= calibration_of(reading).sure_from:
        return judgement
    if answers_any_deed(reader, asked, reading, best):
        return declined_all_the_same(reading, best, judgement)
    return judgement


def _leads_with(draft: Draft, articles: frozenset[str]) -> bool:
    """Whether the draft's first sentence stands in one of the articles."""
    return draft.sentences[0].quotes[0].passage.article.id in articles


def _article_text(evidence: Evidence) -> ArticleText:
    def text_of(candidate: Candidate) -> str | None:
        passage = candidate.retrieved.passage
        return evidence.article_text(passage.article_id, passage.article_version)

    return text_of


def _with_disagreement(
    reading: Reading, choices: Sequence[Choice], disagreement: Disagreement | None, article_text: ArticleText
) -> list[Choice]:
    """The choices with the contradicting sentence second, at most `MOST_SENTENCES`."""
    if disagreement is None:
        return list(choices)
    rival = quote_beside(reading, disagreement.item, article_text, [choice.item for choice in choices])
    others = [choice for choice in choices[1:] if choice.item.candidate is not disagreement.item.candidate]
    return [choices[0], rival, *others][:MOST_SENTENCES]


def _draft_sentence(choice: Choice) -> DraftSentence:
    own = QuoteRef(choice.item.candidate.retrieved, choice.start, choice.end)
    others = (QuoteRef(item.retrieved, item.start, item.end) for item in choice.also)
    return DraftSentence(choice.text, (own, *others), "quoted")


def _short_answer(reading: Reading, choice: Choice) -> str | None:
    span = None if is_poorly_named(reading, choice.item) else reading.short_answer(choice.item)
    return None if span is None else choice.item.candidate.text[span.start : span.end]
