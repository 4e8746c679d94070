"""What the reader's view adds to a sentence's own spans."""

import numpy as np
import pytest

from assistant.answerers.extractive.candidates import Candidate, collect_candidates
from assistant.answerers.extractive.opinions import NO_OPINION, Opinion, opinion_of, scaled, with_read_spans
from assistant.answerers.extractive.reader import PassageReading, ReadSpan
from assistant.answerers.extractive.spans import AnswerSpan, SentenceWords, answer_spans
from assistant.understanding.question import AnswerKind
from assistant.understanding.words import word_key
from tests.assistant.made_passages import made_article, whole_passages

TEXT = "The bridge was closed. Ada Byron designed it in 1840."


def second_sentence() -> Candidate:
    passages = whole_passages([made_article(TEXT)])
    return collect_candidates(passages).candidates[1]


def reading_of(words: str) -> PassageReading:
    """A reading that is sure of these words and of nothing else."""
    at = TEXT.index(words)
    starts = np.full(len(TEXT), -9.0, np.float32)
    ends = starts.copy()
    starts[at], ends[at + len(words) - 1] = 6.0, 6.0
    offsets = np.array([(place, place + 1) for place in range(len(TEXT))])
    return PassageReading(4.0, offsets, np.full(len(TEXT), 2.0, np.float32), starts, ends)


def test_the_opinion_is_of_the_sentence_and_its_offsets_too() -> None:
    candidate = second_sentence()
    opinion = opinion_of(candidate, {candidate.retrieved.passage.id: reading_of("Ada Byron")})
    assert opinion.best is not None
    assert candidate.text[opinion.best.start : opinion.best.end] == "Ada Byron"
    assert opinion.answers == scaled(4.0)
    assert opinion.evidence == scaled(2.0)


def test_a_passage_that_was_not_read_has_no_opinion() -> None:
    assert opinion_of(second_sentence(), {}) is NO_OPINION


def test_scaled_logits_stay_within_one() -> None:
    assert scaled(1e9) == 1.0
    assert scaled(-1e9) == -1.0
    assert scaled(0) == 0


def test_the_readers_span_takes_the_place_of_the_patterns_overlapping_one() -> None:
    candidate = second_sentence()
    start = candidate.text.index("Ada")
    pattern = AnswerSpan(start, start + 3, "ada")
    opinion = Opinion(best=ReadSpan(start, start + len("Ada Byron"), 3.0))
    spans = with_read_spans(AnswerKind.PERSON, candidate, [pattern], opinion, {})
    assert [candidate.text[span.start : span.end] for span in spans] == ["Ada Byron"]


@pytest.mark.parametrize(
    ("kind", "name", "read", "expected"),
    [
        (AnswerKind.NAME, "Warmth Through Winter Act", "Winter Act", "Warmth Through Winter Act"),
        (AnswerKind.NAME, "Resolution 12", "12", "Resolution 12"),
        (AnswerKind.NAME, "American Alder Boats", "Alder Boats", "Alder Boats"),
        (AnswerKind.NAME, "Alder Boats Prize", "Alder Boats", "Alder Boats"),
        (AnswerKind.PERSON, "Secretary Jo Park", "Jo Park", "Jo Park"),
    ],
)
def test_the_name_of_a_thing_is_not_cut_off_at_its_beginning(
    kind: AnswerKind, name: str, read: str, expected: str
) -> None:
    text = f"It is the {name} that counts."
    [candidate] = collect_candidates(whole_passages([made_article(text)])).candidates
    start, end = text.index(name), text.index(name) + len(name)
    place = text.index(read)
    opinion = Opinion(best=ReadSpan(place, place + len(read), 3.0))
    [span] = with_read_spans(kind, candidate, [AnswerSpan(start, end, "key")], opinion, {})
    assert candidate.text[span.start : span.end] == expected


def test_a_span_that_the_reader_doubts_is_not_added() -> None:
    opinion = Opinion(best=ReadSpan(0, 3, -1.0))
    assert with_read_spans(AnswerKind.PERSON, second_sentence(), [], opinion, {}) == []


@pytest.mark.parametrize("kind", [AnswerKind.TIME, AnswerKind.PERSON, AnswerKind.PLACE])
@pytest.mark.parametrize(("score", "found"), [(3.9, 0), (4.0, 1)])
def test_what_no_pattern_sees_is_taken_from_a_sure_reader(kind: AnswerKind, score: float, found: int) -> None:
    opinion = Opinion(best=ReadSpan(0, 3, score))
    assert len(with_read_spans(kind, second_sentence(), [], opinion, {})) == found


@pytest.mark.parametrize(
    ("kind", "text", "seen", "read", "expected"),
    [
        (AnswerKind.NUMBER, "It needs 15 to 20 kilos now.", "15", "15 to 20 kilos", "15 to 20 kilos"),
        (AnswerKind.NUMBER, "It eats ten times its size.", "ten", "ten times its size", "ten times its size"),
        (
            AnswerKind.TIME,
            "It opened on May 7, 2023, to let ships of the port in.",
            "May 7, 2023",
            "May 7, 2023, to let ships of the port in",
            "May 7, 2023",
        ),
    ],
)
def test_a_value_has_the_borders_that_the_reader_sees(
    kind: AnswerKind, text: str, seen: str, read: str, expected: str
) -> None:
    [candidate] = collect_candidates(whole_passages([made_article(text)])).candidates
    start, place = text.index(seen), text.index(read)
    opinion = Opinion(best=ReadSpan(place, place + len(read), 2.0))
    [span] = with_read_spans(kind, candidate, [AnswerSpan(start, start + len(seen), "key", 0.7)], opinion, {})
    assert candidate.text[span.start : span.end] == expected
    assert (span.key, span.strength) == ("key", 0.7)


def test_a_person_must_be_named_where_the_reader_is_not_sure() -> None:
    candidate = second_sentence()
    start = candidate.text.index("designed")
    opinion = Opinion(best=ReadSpan(start, start + len("designed"), 3.0))
    assert with_read_spans(AnswerKind.PERSON, candidate, [], opinion, {}) == []
    assert with_read_spans(AnswerKind.NAME, candidate, [], opinion, {})


def test_words_of_the_question_alone_are_no_answer() -> None:
    candidate = second_sentence()
    start = candidate.text.index("designed")
    opinion = Opinion(best=ReadSpan(start, start + len("designed"), 9.0))
    asked = frozenset({word_key("design")})
    assert with_read_spans(AnswerKind.NAME, candidate, [], opinion, {}, asked) == []


def test_every_span_has_the_readers_view() -> None:
    candidate = second_sentence()
    start = candidate.text.index("1840")
    readings = {candidate.retrieved.passage.id: reading_of("1840")}
    year = AnswerSpan(start, start + 4, "1840")
    (span,) = with_read_spans(AnswerKind.TIME, candidate, [year], NO_OPINION, readings)
    assert span.read == scaled(30.0)


def test_a_country_whose_minister_is_spoken_of_is_no_place() -> None:
    text = "He spoke with the foreign minister of Syria."
    [candidate] = collect_candidates(whole_passages([made_article(text)])).candidates
    start = text.index("Syria")
    opinion = Opinion(best=ReadSpan(start, start + len("Syria"), 9.0))
    assert with_read_spans(AnswerKind.PLACE, candidate, [], opinion, {}) == []
    words = SentenceWords(candidate.text, candidate.words, frozenset())
    assert answer_spans(AnswerKind.PLACE, words) == []


@pytest.mark.parametrize(
    ("text", "read", "asked", "found"),
    [
        ("The minister is Rasmus Feld.", "Rasmus Feld", "Feld", 0),
        ("The minister is Rasmus Feld.", "Rasmus Feld", "Thole", 1),
        ("So said Prime Minister Rasmus Feld.", "Prime Minister", "Feld", 0),
        ("So said Prime Minister Anneke Thole.", "Anneke Thole", "Feld", 1),
    ],
)
def test_who_it_was_is_not_answered_by_the_one_whom_the_question_names(
    text: str, read: str, asked: str, found: int
) -> None:
    [candidate] = collect_candidates(whole_passages([made_article(text)])).candidates
    start = text.index(read)
    opinion = Opinion(best=ReadSpan(start, start + len(read), 8.0))
    key = word_key(asked)
    assert len(with_read_spans(AnswerKind.PERSON, candidate, [], opinion, {}, frozenset({key}))) == found
