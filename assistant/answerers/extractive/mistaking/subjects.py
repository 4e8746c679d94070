"""Answers about something else: another name, another place, the opposite, what is so for what is not."""

import re
from collections.abc import Collection, Sequence

from assistant.answerers.extractive.deeds import is_met, is_reversed
from assistant.answerers.extractive.doubting import near_keys, shown_keys
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.demand import deeds_asked
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import VALUE_KINDS, AnswerKind, asking_start
from assistant.understanding.subject import is_named, subject_of
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word, fold

_HELPERS = word_set(
    """
    has had have will would also officially formally already finally first
    """
)
_DOERS = word_set("winner winners loser losers")
"""Who is told of in words for a deed that is not asked about."""
_OF_A_PLACE = VALUE_KINDS | {AnswerKind.PERSON, AnswerKind.NAME}
_DENIED = re.compile(
    r"n['’]t\b|\b(?:(?<!if )(?<!for )not(?! (?:only|to)\b)|never|cannot|unable|no longer|neither|nor)\b",
    re.IGNORECASE,
)
"""Not "where do they go if not to the school" or "what does it cost not to vote"."""

_DENYING = re.compile(
    r"n['’]t\b|\b(?:not(?! only)|never|cannot|unable|no|none|nobody|nothing|neither|nor|without|except|few)\b"
    r"|\b(?:little|only|less|rather|instead|other than|but|in(?:ability|sufficient|complete))"
    r"|\b(?:lack|fail|refus|reject|prevent|prohibit|avoid|exclu[ds]|clos(?:ed|es|ing|ure)|den(?:y|ied|ies))|\bban(?:s|ned)?\b"
    r"|\bun\w{4}",
    re.IGNORECASE,
)


def tells_it_of_another(reading: Reading, item: RankedCandidate) -> bool:
    """Whether what is asked of one name is told of another: "When did Sweden join?" by "Finland joined"."""
    profile, words = reading.profile, item.candidate.words
    subject = subject_of(profile)
    if not subject or any(is_named(name, item.candidate.keys) for name in subject):
        return False
    rest = (word.key for word in profile.words if word.start > subject[-1].start and word not in subject)
    deed = next((key for key in rest if key), None)
    doers = (
        _before_helpers(words, at)
        for at, word in enumerate(words)
        if deed and is_met(deed, frozenset({word.key}))
    )
    return any(at is not None and _is_name_of_another(words, at, profile.keys) for at in doers)


def _before_helpers(words: Sequence[Word], at: int) -> int | None:
    """Where the word before a verb and its auxiliaries stands."""
    found = (place for place in range(at - 1, -1, -1) if words[place].surface not in _HELPERS)
    return next(found, None)


def _is_name_of_another(words: Sequence[Word], at: int, asked: Collection[str]) -> bool:
    word = words[at]
    is_name = word.is_capitalised and bool(word.key) and (at > 0 or word.key in PLACE_KEYS)
    return is_name and word.key not in asked


def tells_of_another_place(reading: Reading, item: RankedCandidate, *, whole_article: bool = False) -> bool:
    """Whether a value or a name is asked of a place, and the sentence and its headline name others alone.

    Args:
        whole_article: whether the place must be missing in all that was read of the article.
    """
    profile = reading.profile
    asked = frozenset(name.key for name in profile.names) & PLACE_KEYS
    if profile.kind not in _OF_A_PLACE or not asked:
        return False
    near = near_keys(reading, item)
    if whole_article:
        near |= reading.pool.article_keys[item.candidate.article_id]
    lacking = [name for name in profile.names if name.key in asked and not is_named(name, near)]
    return bool(lacking) and bool(item.candidate.keys & PLACE_KEYS - asked)


def tells_the_opposite(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the opposite of what is asked is told: "When did it reopen?" by the day on which it closed."""
    asking = asking_start(reading.profile.text)
    deeds = {
        word.key
        for word in reading.profile.words
        if word.start >= asking and fold(word.surface) not in _DOERS
    }
    shown, own = shown_keys(reading, item), item.candidate.keys
    return any(
        is_reversed(deed, shown) and is_reversed(deed, own) for deed in deeds_asked(reading.profile) & deeds
    )


def denies_nothing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked what is not so, and neither the sentence nor the one before denies anything."""
    profile = reading.profile
    if profile.kind is AnswerKind.YES_NO or not _DENIED.search(profile.text, asking_start(profile.text)):
        return False
    before = reading.before(item.candidate)
    return not any(_DENYING.search(text) for text in (item.candidate.text, before.text if before else ""))
