"""Whether a question stands alone after a conversation, so that nothing said before is read into it."""

import re

from assistant.conversation import Conversation
from assistant.understanding.follow_ups import GENERIC, TIME_NOUNS
from assistant.understanding.question import AUXILIARIES, QUESTION_WORDS, AnswerKind, QuestionProfile
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import keys_of, word_key, words_of

UNLIKE = 0.1
"""A whole question that is less like the last turns (cosine) is about something else, whatever its words."""

ALIKE = 0.35
"""One that is more like them is about the same, whatever its words."""

MOST_SHARED_BESIDE_NAMES = 1 / 3
"""Share of its telling words that the conversation may have, where all of its names are new."""

MOST_SHARED = 1 / 4
"""The same where some of its names are new, among at least `MANY_WORDS` telling words."""

MANY_WORDS = 3
MANY_WORDS_OF_A_STATEMENT = 4

_ASKS_FOR_ANYTHING = word_set("tell explain describe list name give show find")
_SAYS_LITTLE = frozenset(
    word_key(word)
    for word in TIME_NOUNS
    | word_set(
        """
        suggest recommend provide explain describe know example idea option help think want need tip advice
        common special today yesterday tomorrow recently new first million billion percent country
        """
    )
)
_POINTS_BESIDE = re.compile(
    r"\b(?:other|others|another|else|instead|too|again|either|neither|both|also|more)\b", re.I
)
_CLAUSE_OPENING = re.compile(r"(?:^|[.!?,]\s+)\W*([^\W\d_]+)")
_DEFINITE = re.compile(r"\bthe\s+", re.IGNORECASE)
_COMPLETED = re.compile(
    r"(?:[\w'’-]+\s+){0,4}?(?:of|in|for|from|to|between|that|which|who|on|at|by|with)\b", re.IGNORECASE
)
_NAMED = re.compile(r"(?:[\w'’-]+\s+){0,2}[A-Z0-9]")
_LEAST_BEGINNING = 5


def stands_alone(profile: QuestionProfile, conversation: Conversation, similarity: float) -> bool:
    """Whether a question is whole by itself and about something else than the turns before it.

    Args:
        profile: the question, which does not lean on them by its words.
        conversation: the turns before it.
        similarity: the cosine of the question with the turn that is most like it, -1 to 1.
    """
    if similarity >= ALIKE or not _is_whole(profile):
        return False
    telling, names = _telling(profile), _names(profile)
    said = _said(conversation)
    shared = {key for key in telling if _occurs(key, said)}
    if similarity < UNLIKE:
        return True
    if not names - shared:
        return not shared and not _points_outside(profile.text)
    share = len(shared) / len(telling)
    if names & shared - frozenset(profile.numbers):
        return share <= MOST_SHARED and len(telling) >= MANY_WORDS
    return share <= MOST_SHARED_BESIDE_NAMES


def _is_whole(profile: QuestionProfile) -> bool:
    """Whether a question says what it is about: a verb to ask with, and enough words that tell something."""
    telling, names = _telling(profile), _names(profile)
    if profile.kind is AnswerKind.DEFINITION:
        return bool(telling)
    if len(telling) >= MANY_WORDS_OF_A_STATEMENT:
        return True
    if not _asks(profile):
        return False
    needs_more = profile.kind is AnswerKind.YES_NO or _points_outside(profile.text)
    says_what = bool(telling - names) or len(profile.name_runs()) > 1
    return len(telling) >= MANY_WORDS or (len(telling) == MANY_WORDS - 1 and says_what and not needs_more)


def _telling(profile: QuestionProfile) -> frozenset[str]:
    return keys_of(profile.words) - GENERIC - _SAYS_LITTLE


def _names(profile: QuestionProfile) -> frozenset[str]:
    return (frozenset(name.key for name in profile.names) | frozenset(profile.numbers)) & _telling(profile)


def _said(conversation: Conversation) -> frozenset[str]:
    """The keys of everything in the conversation, headlines of what was cited included."""
    texts = (text for turn in conversation.turns for text in (turn.question, turn.answer_text, *turn.titles))
    return keys_of(words_of("\n".join(texts)))


def _occurs(key: str, said: frozenset[str]) -> bool:
    """Whether a word was said, in this or another form."""
    return key in said or (len(key) > _LEAST_BEGINNING and any(other.startswith(key[:-1]) for other in said))


def _asks(profile: QuestionProfile) -> bool:
    openings = {match.group(1).lower() for match in _CLAUSE_OPENING.finditer(profile.text)}
    asking = any(word.surface.lower().removesuffix("'s") in QUESTION_WORDS for word in profile.words)
    return asking or bool(openings & (AUXILIARIES | _ASKS_FOR_ANYTHING))


def _points_outside(text: str) -> bool:
    """Whether a word points to something that the question does not name: "another", "the results"."""
    return _POINTS_BESIDE.search(text) is not None or _has_definite_reference(text)


def _has_definite_reference(text: str) -> bool:
    """Whether a "the" is neither completed ("the mayor of ...") nor a name's or number's ("the 2018 ...")."""
    return any(
        not _COMPLETED.match(rest) and not _NAMED.match(rest)
        for match in _DEFINITE.finditer(text)
        if (rest := text[match.end() :])
    )
