"""Which sentences answer another question of the same kind."""

from collections.abc import Callable
from functools import partial

from assistant.answerers.extractive.ages import states_the_age_of_another
from assistant.answerers.extractive.doubting import SURE_WITHOUT_DEED, SURE_WITHOUT_DEMAND
from assistant.answerers.extractive.mistaking.figures import (
    counts_another_event,
    measures_nothing,
    prices_another_thing,
    prices_several,
    tells_of_another_fate,
)
from assistant.answerers.extractive.mistaking.people import (
    names_no_doer,
    names_no_firm,
    names_no_holder,
    names_nobody,
    names_who_left,
    ranks_another,
)
from assistant.answerers.extractive.mistaking.roles import names_the_other_side
from assistant.answerers.extractive.mistaking.speech import says_nothing
from assistant.answerers.extractive.mistaking.subjects import (
    denies_nothing,
    tells_it_of_another,
    tells_of_another_place,
    tells_the_opposite,
)
from assistant.answerers.extractive.mistaking.times import (
    is_of_another_year,
    tells_the_past,
    times_another_deed,
)
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate

Rule = Callable[[Reading, RankedCandidate], bool]

ALWAYS: tuple[Rule, ...] = (
    tells_of_another_fate,
    names_no_firm,
    names_nobody,
    prices_several,
    counts_another_event,
    says_nothing,
    measures_nothing,
    tells_the_opposite,
    denies_nothing,
    names_who_left,
    names_no_holder,
    names_the_other_side,
    ranks_another,
    is_of_another_year,
    states_the_age_of_another,
    tells_the_past,
)
WHERE_A_DEED_IS_NEEDED: tuple[Rule, ...] = (
    prices_another_thing,
    partial(tells_of_another_place, whole_article=True),
    names_no_doer,
)
WHERE_ALL_IS_NEEDED: tuple[Rule, ...] = (
    times_another_deed,
    tells_of_another_place,
    tells_it_of_another,
)


def is_mistaken(reading: Reading, item: RankedCandidate, answers: float) -> bool:
    """Whether a sentence answers another question of the same kind.

    Args:
        answers: the reader's view of its passage, from -1 to 1; where that is sure, a deed or a thing may be
            told in other words.
    """
    rules = ALWAYS
    if answers < SURE_WITHOUT_DEED:
        rules += WHERE_A_DEED_IS_NEEDED
    if answers < SURE_WITHOUT_DEMAND:
        rules += WHERE_ALL_IS_NEEDED
    return any(rule(reading, item) for rule in rules)
