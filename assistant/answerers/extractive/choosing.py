"""Which sentences make the answer: the best, what it leans on, who else reports it, and what adds to it."""

import re
from collections.abc import Iterator, Sequence

from assistant.answerers.extractive.ages import states_the_age
from assistant.answerers.extractive.belonging import can_tell_what_belongs, likely_to_belong
from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.demands import (
    meets_demand,
    names_by_number,
    names_no_thing,
    names_the_person,
    names_the_thing,
    speaks_of_deeds,
    states_a_place,
)
from assistant.answerers.extractive.doubting import (
    SURE_WITHOUT_DEMAND,
    is_about_the_subject,
    names_everything,
    unmet,
    unmet_numbers,
)
from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.mistaking import (
    measures_nothing,
    ranks_another,
    says_nothing,
    tells_of_an_earlier_version,
    tells_the_past,
)
from assistant.answerers.extractive.placing import OF_SEVERAL_PLACES, placed
from assistant.answerers.extractive.quoting import SAME_FACT, ArticleText, Choice, quote_beside
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.question import FIGURE_KINDS, SHORT_KINDS, AnswerKind

MOST_SENTENCES = 3
MEETING_SCORE = 0.6
"""Least score of a sentence preferred for having the question's numbers and names, over the best's."""

PLACED_SCORE = 0.8
"""Least score of a sentence preferred for giving the figure of the place asked about, over the first's."""

NAMED_SCORE = 0.6
"""The same of one preferred for naming the person who did what is asked."""

ADDING_SCORE = 0.7
"""A further sentence's least score, as a share of the best one's."""

ADDING_OVERLAP = 0.5
"""Least share of the question that a further sentence and its headline meet, over that of the best."""

ADDING_SHARE = 0.5
"""Least share of the question's weight that a further sentence meets itself."""

STATED_REASON = 0.5
"""How clearly a further sentence must give a reason, from 0 to 1: "because" does, a bare "to" does not."""

EVIDENT = -0.2
"""The reader's view, from -1 to 1, from which a sentence of the same article as the best belongs to an answer
of several."""

EVIDENT_SCORE = 0.5
"""The least score of such a sentence, as a share of the best one's, unless it is clearly evident."""

CLEARLY_EVIDENT = 0.3
"""The reader's view from which any sentence is shown beside a reason, a definition or a yes or no that the
best one gives by itself; beside a figure, a date, a person or a place it is not asked."""

ADDING_KEYS = 3
"""How many telling words a further sentence must bring that neither the question nor the answer has."""

REPETITION = 0.5
"""Share of a further sentence's telling words that the answer may already have."""

_FURTHER = re.compile(r"\W*(?:an?|the) (?:second|third|fourth|further|later) |\W*another ", re.IGNORECASE)
_FURTHER_ASKED = re.compile(
    r"\b(?:second|third|fourth|further|later|other|another|next|last)\b|\bafter", re.IGNORECASE
)

_BRIEF_KINDS = (
    FIGURE_KINDS
    | {AnswerKind.TIME, AnswerKind.DURATION, AnswerKind.PLACE, AnswerKind.PERSON}
    | {AnswerKind.NAMED_PLACE}
)
"""Kinds of question whose further sentences must hold a span of that kind too."""

_SETTLED_KINDS = _BRIEF_KINDS | {AnswerKind.REASON, AnswerKind.DEFINITION}


def choose(reading: Reading, article_text: ArticleText) -> tuple[Choice, ...]:
    """The sentences of the answer, the one that answers first; none where there are no candidates."""
    if not reading.ranked:
        return ()
    best = _best(reading)
    chosen = _of_one_article(reading, best) if can_tell_what_belongs(reading) else _of_several(reading, best)
    ordered = _in_reading_order(chosen)
    return tuple(quote_beside(reading, item, article_text, chosen) for item in ordered)


def _of_one_article(reading: Reading, best: RankedCandidate) -> list[RankedCandidate]:
    """The best sentence and what a person would cite with it."""
    others = [
        item
        for item in reading.ranked
        if not _is_repeated_by(item.candidate, best.candidate) and not item.features.asks
    ]
    return likely_to_belong(best, others, MOST_SENTENCES)


def _of_several(reading: Reading, best: RankedCandidate) -> list[RankedCandidate]:
    """The best sentence, what belongs to it, and what other articles add."""
    chosen = [best]
    for item in (*_most_evident_first(reading, best), *reading.ranked):
        if len(chosen) == MOST_SENTENCES:
            break
        if _adds(reading, chosen, item):
            chosen.append(item)
    return chosen


def _best(reading: Reading) -> RankedCandidate:
    """The best sentence whose passage has the question's numbers and names.

    One that is nearly as good, with the same answer, comes before one that leans on its context.
    """
    best = _first_that_meets(reading)
    if not leans_on_context(best.candidate):
        return best
    for other in reading.ranked[1:6]:
        if other.score < 0.9 * best.score:
            break
        if not leans_on_context(other.candidate) and _same_answer(best, other):
            return other
    return best


def _first_that_meets(reading: Reading) -> RankedCandidate:
    stated = next((item for item in reading.ranked if states_the_age(reading, item)), None)
    if stated is not None:
        return stated
    ranked = [item for item in reading.ranked if not tells_of_an_earlier_version(item)] or reading.ranked
    best = ranked[0]
    least = min(MEETING_SCORE, _least_share(reading))
    good = [item for item in ranked if item.score >= least * best.score]
    meeting = [item for item in good if not unmet(reading, item)]
    first = _measured(reading, _about_the_subject(reading, meeting) or best, meeting)
    first = _not_a_further_one(reading, first, meeting)
    if _gives_what_is_asked(reading, first) and not names_no_thing(reading, first):
        return first if names_the_thing(reading, first) else next(_numbered(reading, meeting, first), first)
    near = (item for item in meeting if item.score >= _least_share(reading) * first.score)
    giving = (
        item
        for item in near
        if (item.spans or not first.spans) and item.features.names <= first.features.names
    )
    return next(
        (item for item in giving if _gives_what_is_asked(reading, item) and names_the_thing(reading, item)),
        first,
    )


def _about_the_subject(reading: Reading, meeting: Sequence[RankedCandidate]) -> RankedCandidate | None:
    """The first sentence; where it lacks the subject, one that has it and an answer of the kind."""
    first = next(iter(meeting), None)
    if first is None or first.features.answers >= SURE_WITHOUT_DEMAND or is_about_the_subject(reading, first):
        return first
    about = (item for item in meeting if bool(item.spans) >= bool(first.spans))
    return next((item for item in about if names_everything(reading, item)), first)


def _not_a_further_one(
    reading: Reading, first: RankedCandidate, meeting: Sequence[RankedCandidate]
) -> RankedCandidate:
    """The first sentence; where that tells of "a second shock" and no second one is asked for, one nearly as
    good, with an answer of the kind, that does not.
    """
    if reading.profile.kind not in FIGURE_KINDS or not _FURTHER.match(first.candidate.text):
        return first
    if _FURTHER_ASKED.search(reading.profile.text):
        return first
    near = (item for item in meeting if item.spans and item.score >= PLACED_SCORE * first.score)
    return next((item for item in near if not _FURTHER.match(item.candidate.text)), first)


def _measured(
    reading: Reading, first: RankedCandidate, meeting: Sequence[RankedCandidate]
) -> RankedCandidate:
    """The first sentence; where it counts something else than what is asked for, or tells of no reaction
    or rank where one is asked for, one that gives that.
    """
    for misses in (says_nothing, ranks_another, tells_the_past):
        if misses(reading, first):
            return next((item for item in meeting if not misses(reading, item)), first)
    if not measures_nothing(reading, first):
        return first
    measuring = (item for item in meeting if item.spans and not measures_nothing(reading, item))
    return next(measuring, first)


def _numbered(
    reading: Reading, meeting: Sequence[RankedCandidate], first: RankedCandidate
) -> Iterator[RankedCandidate]:
    """Sentences that name the thing asked for by its number, from the passage of one that names another."""
    passage = first.candidate.retrieved.passage.id
    for item in meeting:
        if item.candidate.retrieved.passage.id == passage and names_by_number(reading, item):
            yield item


def _least_share(reading: Reading) -> float:
    return NAMED_SCORE if reading.profile.kind is AnswerKind.PERSON else PLACED_SCORE


def _gives_what_is_asked(reading: Reading, item: RankedCandidate) -> bool:
    return (
        _is_placed(reading, item)
        and states_a_place(reading, item)
        and names_the_person(reading, item)
        and speaks_of_deeds(reading, item)
        and not measures_nothing(reading, item)
    )


def _is_placed(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the short answer, where it is a figure, is of the place asked about and not of another."""
    span = reading.short_answer(item)
    if span is None or reading.profile.kind not in FIGURE_KINDS:
        return True
    return placed(reading.profile, item.candidate.words, span) > OF_SEVERAL_PLACES


def _same_answer(one: RankedCandidate, other: RankedCandidate) -> bool:
    return bool({span.key for span in one.spans} & {span.key for span in other.spans})


def _is_evident(reading: Reading, best: RankedCandidate, item: RankedCandidate) -> bool:
    """Whether the reader takes a sentence of the best one's article for a part of an answer of several."""
    if not reading.readings or item.candidate.article_id != best.candidate.article_id:
        return False
    if _is_settled(reading, best) and reading.profile.kind in _BRIEF_KINDS:
        return False
    return (
        item.features.evidence >= EVIDENT
        and (item.score >= EVIDENT_SCORE * best.score or item.features.evidence >= CLEARLY_EVIDENT)
        and len(item.candidate.keys) >= ADDING_KEYS
        and _gives_the_kind(reading, best, item)
    )


def _is_beside_the_point(reading: Reading, best: RankedCandidate, item: RankedCandidate) -> bool:
    """Whether the reader sees too little in a sentence to show it beside an answer that is whole."""
    return (
        bool(reading.readings)
        and item.features.evidence < CLEARLY_EVIDENT
        and reading.profile.kind not in _BRIEF_KINDS
        and _is_settled(reading, best)
    )


def _most_evident_first(reading: Reading, best: RankedCandidate) -> list[RankedCandidate]:
    """What belongs to an answer told at length; a name, a figure or a date wants other reports of it."""
    if reading.profile.kind in SHORT_KINDS:
        return []
    evident = (item for item in reading.ranked if _is_evident(reading, best, item))
    return sorted(evident, key=lambda item: -item.features.evidence)


def _adds(reading: Reading, chosen: Sequence[RankedCandidate], item: RankedCandidate) -> bool:
    """Whether a sentence tells something that bears on the question and that the answer lacks."""
    best = chosen[0]
    if any(_is_repeated_by(item.candidate, other.candidate) for other in chosen) or item.features.asks:
        return False
    if set(unmet_numbers(reading, item)) - set(unmet_numbers(reading, best)):
        return False
    if _is_beside_the_point(reading, best, item):
        return False
    if _is_evident(reading, best, item):
        return True
    if item.score < ADDING_SCORE * best.score or _met(item) < ADDING_OVERLAP * _met(best):
        return False
    if _is_settled(reading, best) and not (_bears_itself(reading, best, item) and _stands_alone(best, item)):
        return False
    told = frozenset().union(*(other.candidate.keys for other in chosen))
    own = item.candidate.keys - frozenset(reading.weights)
    new = own - told
    if len(new) < ADDING_KEYS or len(own - new) > REPETITION * len(own):
        return False
    return _gives_the_kind(reading, best, item)


def _stands_alone(best: RankedCandidate, item: RankedCandidate) -> bool:
    """Whether a sentence needs no other one of its article to be understood, or is of the best one's."""
    return item.candidate.article_id == best.candidate.article_id or not leans_on_context(item.candidate)


def _is_repeated_by(candidate: Candidate, other: Candidate) -> bool:
    """Whether a sentence of the answer is this one, or stands for it in a copy of the report."""
    if candidate is other:
        return True
    is_copy = candidate.source == other.source and candidate.article_id != other.article_id
    common = len(candidate.keys & other.keys) / max(1, min(len(candidate.keys), len(other.keys)))
    return is_copy and common >= SAME_FACT


def _gives_the_kind(reading: Reading, best: RankedCandidate, item: RankedCandidate) -> bool:
    """Whether a further sentence has a span of the kind asked for, where the best one has."""
    if not _has_seen_span(best):
        return True
    if reading.profile.kind is AnswerKind.REASON:
        return item.features.kind >= min(STATED_REASON, best.features.kind)
    return bool(item.spans) or reading.profile.kind not in _BRIEF_KINDS


def _has_seen_span(item: RankedCandidate) -> bool:
    """Whether a sentence has a span of the kind asked for; what the reader alone sees leaves more to tell."""
    return any(span.is_seen for span in item.spans)


def _is_settled(reading: Reading, best: RankedCandidate) -> bool:
    """Whether the best sentence answers by itself: most of the question is met."""
    profile = reading.profile
    if profile.asks_for_several or best.features.overlap < ADDING_SHARE:
        return False
    if profile.kind is AnswerKind.YES_NO:
        return True
    return profile.kind in _SETTLED_KINDS and _has_seen_span(best) and _meets(reading, best)


def _meets(reading: Reading, item: RankedCandidate) -> bool:
    return meets_demand(reading, item) and names_the_person(reading, item)


def _bears_itself(reading: Reading, best: RankedCandidate, item: RankedCandidate) -> bool:
    """Whether a sentence meets most of the question without its headline, or as much as the best."""
    total = sum(reading.weights.values())
    met = sum(weight for key, weight in reading.weights.items() if is_met(key, item.candidate.keys))
    return met >= min(ADDING_SHARE * total, best.features.overlap * total)


def _met(item: RankedCandidate) -> float:
    return item.features.overlap + item.features.title


def _in_reading_order(chosen: Sequence[RankedCandidate]) -> list[RankedCandidate]:
    """The best sentence, then article by article, by the best of each; within one as in its text."""
    best, *others = chosen
    articles = list(dict.fromkeys(item.candidate.article_id for item in chosen))
    return [
        best,
        *sorted(others, key=lambda item: (articles.index(item.candidate.article_id), item.candidate.start)),
    ]
