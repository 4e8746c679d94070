"""What speaks against an answer: names and numbers that it lacks, and other reasons to doubt it."""

from calendar import month_name
from collections.abc import Iterator

from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.naming import unmet_phrases
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.demand import deeds_asked
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import FIGURE_KINDS, AnswerKind
from assistant.understanding.subject import has_name, is_named, is_year, phrase, subject_of
from assistant.understanding.words import word_key
from ingest.article import ArticleHead, day_of

_PEOPLE = frozenset({"person", "time"})
_VALUED = FIGURE_KINDS | {AnswerKind.REASON, AnswerKind.TIME, AnswerKind.DURATION}

SURE_WITHOUT_DEMAND = 0.33
"""The reader's view of a passage, -1 to 1, from which what is asked for need not be met in so many words."""

SURE_WITHOUT_DEED = 0.45
"""The same from which a deed or a thing may be told in other words."""

OPENING_SENTENCES = 3
"""Whom the first so many sentences of an article name, it is about."""

POOR_NAME = -0.3
"""The reader's view of a name, from -1 to 1, below which it is seldom who was asked for."""


def shown_keys(reading: Reading, item: RankedCandidate) -> frozenset[str]:
    """The keys of what is shown of a sentence: its own, its headline's, those of the one it leans on."""
    candidate = item.candidate
    before = reading.before(candidate) if leans_on_context(candidate) else None
    own = candidate.keys | reading.pool.title_keys[candidate.article_id]
    return own if before is None else own | before.keys


_COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
IN_WORDS = {str(number): word_key(word) for number, word in enumerate(_COUNTED, start=2)}
"""What the numbers below thirteen are written as: "3 Little Birds" is "Three Little Birds"."""


def unmet_numbers(reading: Reading, item: RankedCandidate) -> tuple[str, ...]:
    """Numbers and years of the question that neither the article, as far as it was read, nor its date has."""
    candidate = item.candidate
    passage = candidate.retrieved.passage
    met = reading.pool.article_keys[passage.article_id] | reading.pool.title_keys[passage.article_id]
    dated = _date_keys(candidate.retrieved.article)
    lacking = (number for number in reading.profile.numbers if number not in met | dated)
    return tuple(number for number in lacking if IN_WORDS.get(number) not in met)


def unmet_names(reading: Reading, item: RankedCandidate) -> tuple[str, ...]:
    """Names of the question that the article, as far as it was read, lacks; as they are written."""
    candidate = item.candidate
    passage = candidate.retrieved.passage
    met = reading.pool.article_keys[passage.article_id] | reading.pool.title_keys[passage.article_id]
    return tuple(word.surface for word in reading.profile.names if not has_name(word.key, met))


def unmet(reading: Reading, item: RankedCandidate) -> tuple[str, ...]:
    """What alone is enough to decline: a number or a name of several words that the evidence lacks, or all of
    the question's names.
    """
    numbers, names = unmet_numbers(reading, item), unmet_names(reading, item)
    without_any_name = names if len(names) == len(reading.profile.names) else ()
    return tuple(dict.fromkeys((*(without_any_name or _unmet_phrases(reading, item)), *numbers)))


def _unmet_phrases(reading: Reading, item: RankedCandidate) -> tuple[str, ...]:
    """Names of several words that neither the headline nor any passage of the article has as a name."""
    return unmet_phrases(reading.profile, _texts_read(reading, item))


def _texts_read(reading: Reading, item: RankedCandidate) -> Iterator[str]:
    """The headline and the passages of a sentence's article, one at a time, as they are asked for."""
    article = item.candidate.article_id
    yield item.candidate.retrieved.article.title
    read = (one.retrieved for one in reading.pool.candidates if one.article_id == article)
    yield from {one.passage.id: one.passage.text for one in (item.candidate.retrieved, *read)}.values()


def is_about_the_subject(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the subject of the question, if a name, stands in what is shown or in the sentence before, or,
    if it is no place, at the beginning of the article, which then tells of it as "he" or "the company".

    Of "Has it been banned?" the other words say enough.
    """
    subject = () if reading.profile.kind is AnswerKind.YES_NO else subject_of(reading.profile)
    near = near_keys(reading, item)
    if any(word.key in PLACE_KEYS for word in subject):
        return any(is_named(word, near) for word in subject)
    near |= _opening_keys(reading, item.candidate.article_id)
    return not subject or any(is_named(word, near) for word in subject)


def _opening_keys(reading: Reading, article: str) -> frozenset[str]:
    """The keys of an article's first sentences, where they are among those read."""
    opening = (
        candidate.keys
        for candidate in reading.pool.candidates
        if candidate.article_id == article
        and candidate.retrieved.passage.start == 0
        and candidate.position < OPENING_SENTENCES
    )
    return frozenset().union(*opening)


def names_everything(reading: Reading, item: RankedCandidate) -> bool:
    """Whether each name of the question stands in what is shown, of one of several words any."""
    shown = shown_keys(reading, item)
    return all(any(is_named(word, shown) for word in run) for run in reading.profile.name_runs())


def said_elsewhere(reading: Reading, item: RankedCandidate) -> tuple[str, ...]:
    """The subject and the years of the question where they are met in the article, and not in what is shown.

    "When did Hungary ratify it?" is not answered by the day on which Turkey did; a year counts where what is
    shown has another one.
    """
    shown = shown_keys(reading, item)
    about = is_about_the_subject(reading, item)
    lacking = "" if about else phrase(reading.profile, subject_of(reading.profile))
    years = frozenset(filter(is_year, reading.profile.numbers))
    near = near_keys(reading, item) | _date_keys(item.candidate.retrieved.article)
    others = not years & near and any(map(is_year, shown))
    return tuple(filter(None, (lacking, *(sorted(years) if others else ()))))


def is_poorly_named(reading: Reading, item: RankedCandidate) -> bool:
    """Whether, "who" being asked, the short answer is a name that the reader takes for none."""
    if reading.profile.kind is not AnswerKind.PERSON or not reading.readings:
        return False
    span = reading.short_answer(item)
    return span is not None and span.read < POOR_NAME


def near_keys(reading: Reading, item: RankedCandidate) -> frozenset[str]:
    """What is shown of a sentence and what stands in the one before."""
    before = reading.before(item.candidate)
    return shown_keys(reading, item) | (before.keys if before else frozenset())


def _date_keys(head: ArticleHead) -> frozenset[str]:
    if head.published_at is None:
        return frozenset()
    day = day_of(head.published_at)
    return frozenset({str(day.year), word_key(month_name[day.month]), str(day.day), day.isoformat()})


def doubts_about(reading: Reading, best: RankedCandidate) -> tuple[str, ...]:
    """What makes a near miss likely, each in a sentence."""
    profile, shown = reading.profile, shown_keys(reading, best)
    deeds = deeds_asked(profile)
    doubts = {
        f"The nearest sentence states no {profile.kind}.": profile.kind in _VALUED and not best.spans,
        "The nearest sentence does not speak of everything that the question names.": best.features.names > 0,
        "The nearest sentence names what the question is about, and nothing that it asks.": bool(
            deeds
            and profile.names
            and not any(is_met(deed, shown) for deed in deeds)
            and (profile.kind in _VALUED or len(deeds) > 1)
        ),
        "The nearest sentence counts something else.": bool(profile.counted - shown - _PEOPLE),
    }
    return tuple(text for text, holds in doubts.items() if holds)
