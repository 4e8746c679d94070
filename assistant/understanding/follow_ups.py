"""Questions that lean on the conversation, and what they take over from it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from assistant.conversation import Conversation, Turn
from assistant.understanding.dates import MONTHS
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import QuestionProfile, analyse
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word, fold, words_of

MOST_CARRIED = 8
MOST_FRAGMENT_WORDS = 4
MOST_ANSWER_CHARACTERS = 400

_PERSONAL = word_set(
    """
    he she it they him her them his hers its their theirs himself herself themselves
    """
)
_OF_A_PERSON = word_set("he she him her his hers himself herself")
_OF_A_THING = word_set("it its they them their")
_DEMONSTRATIVE = word_set("this that these those")
_POINTING_BACK = word_set("then there so same former latter")
_OPENING = re.compile(
    r"^\W*(?:and|but|or|so|(?:what|how) about|what of|(?:what|who|where|when) else"
    r"|(?:tell me )?more about)\b",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(
    r"^\W*(?:and|but|or|what about|how about|what of|and what about)\s+(?P<rest>.+?)\W*$", re.IGNORECASE
)
GENERIC = word_set(
    """
    happen say tell react respond reaction response start begin end stop finish mean matter cost pay
    people person die kill injur hurt involv lead caus reason result affect decid agre agree announc
    place exact exactli else more deal meet law ban plan vote decision approv win lose detail long often
    big larg old next previou chang work
    """
)
"""Keys that any story has: a question of these alone is about the story before."""

_ORGANISATIONS = frozenset({"nato", "un", "eu"})


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question made to stand alone.

    Attributes:
        text: the question with what it takes over; as asked when it stands alone.
        carried: what was taken over.
        is_complete: whether the text is a whole question again, so that nothing else need be looked up.
    """

    text: str
    carried: tuple[str, ...] = ()
    is_complete: bool = False


def resolve(text: str, conversation: Conversation) -> FollowUp:
    """Complete a question that leans on earlier turns; one that stands alone is left as it is."""
    if not conversation:
        return FollowUp(text)
    last = conversation.turns[-1]
    before = last.standalone or last.question
    swapped = _swap_name(text, before)
    if swapped is not None:
        return swapped
    profile = analyse(text)
    if not leans(profile):
        return FollowUp(text)
    own = {word.key for word in profile.words}
    topic = _pointed_at(profile, last) or _topic(profile, before, last)
    carried = [word for word in topic if fold(word) not in own]
    unique = tuple(dict.fromkeys(carried))[:MOST_CARRIED]
    return FollowUp(f"{text} ({' '.join(unique)})", unique) if unique else FollowUp(text)


def with_its_thing(text: str, carried: Sequence[str]) -> str:
    """A completed question as one would say it: of "Who signed it? (grain deal)" "Who signed grain deal?".

    Args:
        text: as `resolve` completed it.
        carried: what it took over.
    """
    base = text.removesuffix(f" ({' '.join(carried)})")
    pointing = next((word for word in words_of(base) if fold(word.surface) in _OF_A_THING), None)
    thing = " ".join(takewhile(_is_of_a_noun, carried))
    if base == text or pointing is None or not thing:
        return text
    ending = "'s" if fold(pointing.surface) in _POSSESSIVE else ""
    return f"{base[: pointing.start]}{thing}{ending}{base[pointing.end :]}"


def _is_of_a_noun(word: str) -> bool:
    return not word.endswith("ed")


def leans(profile: QuestionProfile) -> bool:
    """Whether a question cannot be understood without what came before it."""
    if _OPENING.match(profile.text):
        return True
    if not set(profile.keys) - GENERIC and not profile.names and not profile.numbers:
        return True
    return any(_points_back(profile, at) for at in range(len(profile.words)))


def _points_back(profile: QuestionProfile, at: int) -> bool:
    """Whether a word of the question refers to something outside it."""
    words = profile.words
    surface = words[at].surface.lower()
    named_before = any(name.start < words[at].start for name in profile.names)
    if surface in _PERSONAL:
        within = named_before or _refers_within(words, at) or _belongs_to_what_is_asked(profile, at)
        return not within and not _is_empty_it(profile.text, words[at])
    if surface in _DEMONSTRATIVE:
        relative = surface in ("that", "those") and at > 0 and bool(words[at - 1].key)
        return not profile.names and not relative and not _is_a_span_of_time(words, at)
    last = at == len(words) - 1
    return surface in _POINTING_BACK and last and not profile.names


_CLAUSE_OPENERS = word_set(
    "before after when while because if and that which as until since once so although"
)


def _refers_within(words: tuple[Word, ...], at: int) -> bool:
    """Whether a pronoun has a clause of its own after what it refers to: "a loaf, before it is cut"."""
    opened = any(word.surface.lower() in _CLAUSE_OPENERS for word in words[max(0, at - 2) : at])
    return opened and sum(bool(word.key) for word in words[:at]) > 1


_POSSESSIVE = word_set("its their his her themselves itself himself herself")


def _belongs_to_what_is_asked(profile: QuestionProfile, at: int) -> bool:
    """Whether "its" is of the noun asked for, after a verb: "which country elected its first woman"."""
    words = profile.words
    if words[at].surface.lower() not in _POSSESSIVE:
        return False
    asked = next((place for place, word in enumerate(words) if word.key in profile.focus), None)
    return asked is not None and any(word.key for word in words[asked + 1 : at])


_EMPTY_IT = re.compile(
    r"it (?:rain|snow|take|cost|feel|seem|possible|safe|true|legal|illegal|mean)", re.IGNORECASE
)
TIME_NOUNS = word_set(
    """
    year week month day morning evening summer winter spring autumn season
    """
)


def _is_empty_it(text: str, word: Word) -> bool:
    return _EMPTY_IT.match(text, word.start) is not None


def _is_a_span_of_time(words: tuple[Word, ...], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].surface.lower() in TIME_NOUNS


def _swap_name(text: str, before: str) -> FollowUp | None:
    """ "And Sweden?" after "When did Finland join NATO?" becomes "When did Sweden join NATO?"."""
    fragment = _FRAGMENT.match(text)
    if fragment is None:
        return None
    rest = words_of(fragment["rest"])
    places = [word for word in rest if word.key in PLACE_KEYS]
    if (
        not places
        or len(rest) > MOST_FRAGMENT_WORDS
        or any(word.surface.lower() in _PERSONAL for word in rest)
    ):
        return None
    earlier = [word for word in analyse(before).names if word.key in PLACE_KEYS - _ORGANISATIONS]
    if not earlier:
        return None
    replaced = earlier[-1]
    swapped = before[: replaced.start] + fragment["rest"] + before[replaced.end :]
    taken = tuple(word.surface for word in words_of(before) if word.key and word.key != replaced.key)
    return FollowUp(swapped, taken, is_complete=True)


def _pointed_at(profile: QuestionProfile, last: Turn) -> list[str]:
    """The thing in the last answer that "that section" or "this act" is: its name and number.

    Nothing where the question points back in another way too, or the answer names no such thing.
    """
    places = [at for at in range(len(profile.words)) if _points_back(profile, at)]
    nouns = [profile.words[at + 1].key for at in places if at + 1 < len(profile.words)]
    if len(places) != 1 or not nouns or profile.words[places[0]].surface.lower() not in _DEMONSTRATIVE:
        return []
    answer = analyse(last.answer_text[:MOST_ANSWER_CHARACTERS])
    for kind, number in pairwise(answer.words):
        if kind.key == nouns[0] and kind.is_capitalised and number.surface.isdecimal():
            return [kind.surface, number.surface]
    runs = (run for run in answer.name_runs() if len(run) > 1 and run[-1].key == nouns[0])
    return [word.surface for word in next(runs, [])]


def _topic(profile: QuestionProfile, before: str, last: Turn) -> list[str]:
    """What the turns before were about: all telling words of the last question, or its names alone.

    A question with telling words of its own takes over names, and no month, which means little without its
    year; a bare one ("Why?") takes over the whole subject.
    """
    earlier = analyse(before)
    telling = [word.surface for word in earlier.words if word.key]
    names = [word.surface for word in earlier.names if fold(word.surface) not in MONTHS]
    bare = not set(profile.keys) - GENERIC
    subject = telling if bare or not names or _speaks_of_a_person(profile) else names
    return [*_answer_names(profile, last), *subject]


def _speaks_of_a_person(profile: QuestionProfile) -> bool:
    return any(word.surface.lower() in _OF_A_PERSON for word in profile.words)


def _answer_names(profile: QuestionProfile, last: Turn) -> list[str]:
    """The first name of the last answer that is no place, for a question that speaks of a person."""
    if not _speaks_of_a_person(profile):
        return []
    answer = analyse(last.answer_text[:MOST_ANSWER_CHARACTERS])
    runs = [run for run in answer.name_runs() if not any(word.key in PLACE_KEYS for word in run)]
    return [word.surface for word in runs[0]] if runs else []
