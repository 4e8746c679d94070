"""What speaks against an answer: names and numbers that it lacks, and other reasons to doubt it."""

from calendar import month_name

from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.demand import deeds_asked
from assistant.understanding.question import FIGURE_KINDS, AnswerKind
from assistant.understanding.words import word_key
from ingest.article import ArticleHead, day_of

_PEOPLE = frozenset({"person", "time"})
_VALUED = FIGURE_KINDS | {AnswerKind.REASON, AnswerKind.TIME, AnswerKind.DURATION}


def shown_keys(reading: Reading, item: RankedCandidate) -> frozenset[str]:
    """The keys of what is shown of a sentence: its own, its headline's, those of the one it leans on."""
    candidate = item.candidate
    before = reading.before(candidate) if leans_on_context(candidate) else None
    own = candidate.keys | reading.pool.title_keys[candidate.article_id]
    return own if before is None else own | before.keys


def unmet_numbers(reading: Reading, item: RankedCandidate) -> tuple[str, ...]:
    """Numbers and years of the question that neither the passage, its headline nor its article's date has."""
    candidate = item.candidate
    passage = candidate.retrieved.passage
    met = reading.pool.article_keys[passage.article_id] | reading.pool.title_keys[passage.article_id]
    dated = _date_keys(candidate.retrieved.article)
    return tuple(number for number in reading.profile.numbers if number not in met | dated)


def unmet_names(reading: Reading, item: RankedCandidate) -> tuple[str, ...]:
    """Names of the question that neither the passage nor its headline has, as they are written."""
    candidate = item.candidate
    passage = candidate.retrieved.passage
    met = reading.pool.article_keys[passage.article_id] | reading.pool.title_keys[passage.article_id]
    return tuple(word.surface for word in reading.profile.names if not has_name(word.key, met))


def unmet(reading: Reading, item: RankedCandidate) -> tuple[str, ...]:
    """What alone is enough to decline: a number that the evidence lacks, or all of the question's names."""
    numbers, names = unmet_numbers(reading, item), unmet_names(reading, item)
    without_any_name = names if len(names) == len(reading.profile.names) else ()
    return tuple(dict.fromkeys((*without_any_name, *numbers)))


def has_name(key: str, met: frozenset[str]) -> bool:
    """Whether a name occurs, or one that begins alike (Zelensky, Zelenskyy)."""
    return key in met or (len(key) > 5 and any(other.startswith(key[:-1]) for other in met))


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
