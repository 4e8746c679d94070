"""Whether a sentence has the one word, and the figure of the one place, that an answer cannot do without."""

from itertools import pairwise

from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.doubting import shown_keys
from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.placing import PLACE_UNSTATED, asked_places, placed
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.answerers.extractive.shortest import is_of_the_focus
from assistant.answerers.extractive.spans import PLACE_AS_PERSON
from assistant.understanding.demand import deed_of_person, deeds_asked, demanded
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import FIGURE_KINDS, VALUE_KINDS, AnswerKind, QuestionProfile


def lacks_demand(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the attribute or deed that is asked for is not met, or is of another place."""
    return not meets_demand(reading, item) or is_of_another_place(reading, item)


def meets_demand(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a sentence speaks of the attribute or deed asked for.

    A deed must stand in the sentence or in the one it leans on, an attribute there or next to it. A sum of
    money says that something costs, whatever the verb.
    """
    demand = demanded(reading.profile)
    if demand is None or (reading.profile.kind is AnswerKind.MONEY and item.spans):
        return True
    candidate = item.candidate
    keys = candidate.keys
    before, after = reading.before(candidate), reading.pool.after(candidate)
    if before and (leans_on_context(candidate) or not demand.is_deed):
        keys |= before.keys
    if after and not demand.is_deed:
        keys |= after.keys
    return is_met(demand.key, keys)


def speaks_of_deeds(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a value comes with anything of what is asked about the things named.

    "When was Assad born?" is not answered by the day on which he fled. What is shown of a sentence counts:
    its headline, and the sentence that it leans on.
    """
    profile = reading.profile
    deeds = deeds_asked(profile)
    if profile.kind not in VALUE_KINDS or not profile.names or not deeds:
        return True
    shown = shown_keys(reading, item)
    return any(is_met(deed, shown) for deed in deeds)


def states_no_figure(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "how many", a sum of money or a length of time is asked for and the sentence states none."""
    profile = reading.profile
    asked = bool(profile.counted) or profile.kind in (AnswerKind.MONEY, AnswerKind.DURATION)
    return asked and not item.spans


def states_no_time(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "when" is asked and the sentence names no time."""
    return reading.profile.kind is AnswerKind.TIME and not item.spans


def states_no_reason(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "why" is asked and no words of the sentence lead a reason in."""
    return reading.profile.kind is AnswerKind.REASON and not item.spans


def names_the_person(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a sentence, where "who" is asked, has a name and the deed; a place's name only as the doer."""
    if reading.profile.kind is not AnswerKind.PERSON:
        return True
    span, deed = reading.short_answer(item), deed_of_person(reading.profile)
    if span is None:
        return False
    if deed is None:
        return span.strength > PLACE_AS_PERSON
    following = next((word.key for word in item.candidate.words if word.start >= span.end), None)
    if following is not None and is_met(deed, frozenset({following})):
        return True
    return span.strength > PLACE_AS_PERSON and is_met(deed, item.candidate.keys)


def names_the_thing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a name, where "which law" or "which group" is asked, is said to be one."""
    if reading.profile.kind is not AnswerKind.NAME or not reading.profile.focus:
        return True
    span = reading.short_answer(item)
    return span is not None and is_of_the_focus(reading.profile, item.candidate, span)


def names_no_thing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a sentence, where "which law" or "which group" is asked, names nothing or only a place."""
    if reading.profile.kind is not AnswerKind.NAME or not reading.profile.focus:
        return False
    span = reading.short_answer(item)
    inside = [] if span is None else item.candidate.words
    named = {word.key for word in inside if span and span.start <= word.start < span.end and word.key}
    return named <= PLACE_KEYS


def names_by_number(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the short answer to "which resolution" is "Resolution 2375": the thing with its number."""
    span = reading.short_answer(item)
    inside = [word for word in item.candidate.words if span and span.start <= word.start < span.end]
    return len(inside) == 2 and inside[0].key in reading.profile.focus and inside[1].surface.isdecimal()


def states_a_place(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a sentence, where "where" is asked, states a place."""
    return reading.profile.kind is not AnswerKind.PLACE or bool(item.spans)


def is_of_another_place(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a figure asked for "in" a place may be of another one that the headline names."""
    asked, span = _places_asked_in(reading.profile), reading.short_answer(item)
    if reading.profile.kind not in FIGURE_KINDS or not asked or span is None:
        return False
    if placed(reading.profile, item.candidate.words, span) != PLACE_UNSTATED:
        return False
    headline = reading.pool.title_keys[item.candidate.article_id] & PLACE_KEYS
    return bool(headline & asked) and not headline <= asked


def _places_asked_in(profile: QuestionProfile) -> frozenset[str]:
    """The places that "in" leads in: "how many were hurt in Syria"."""
    led_in = {word.key for before, word in pairwise(profile.words) if before.surface.lower() == "in"}
    return asked_places(profile) & led_in
