"""What was said before a question, weighed for the search: no language model is asked.

Historical query expansion (Yang, Lin, Wang, Lin and Tsai, "Query and Answer Expansion from Conversation
History", 2019) with learned weights: every word of earlier turns gets a weight from where it stood, and the
vectors of the last turns are added to the question's. The weights were fitted by a softmax over the passages
of one half of the iKAT conversations, so as to rank those that the answers came from first.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.conversation import Conversation, Turn
from assistant.understanding.words import FUNCTION_WORDS, word_key
from vectorstore.query import Context
from vectorstore.stopwords import STOPWORDS

MOST_TERMS = 24
LEAST_WEIGHT = 1 / 16
TEXT_CHARACTERS = 1_500
"""So much of a turn is looked at; an embedder's window holds less."""

TERM_WEIGHTS = {
    "last answer, not last question": -0.17,
    "last answer, per use up to 4": 0.055,
    "last answer, by how early": 0.085,
    "last answer, where it is short": 0.18,
    "last question": 0.03,
    "both of the last turn": -0.03,
    "question before": 0.115,
    "first question": 0.03,
    "older question": -0.06,
    "a name in the last turn": 0.03,
}
"""What each place of a word adds to its weight; a word of the question itself weighs 1."""

SHORT_ANSWER_WORDS = 30
VECTOR_WEIGHTS = {
    "last question": 0.18,
    "last answer": 0.44,
    "question before": 0.15,
    "answer before": 0.36,
    "first question": 0.22,
}
"""What each turn's vector counts beside the question's own."""

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_OPENS = re.compile(r"(?:^|[.!?:“\"•\n-])\s*$")


@dataclass
class _Seen:
    """Where a word stood. Ages count turns back: 0 is the last."""

    forms: dict[str, int] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    uses: int = 0
    earliness: float = 0.0
    is_name: bool = False


def context_of(question: str, conversation: Conversation) -> Context | None:
    """The turns before a question as context for its search; None where there are none."""
    if not conversation:
        return None
    return Context(tuple(_texts(conversation.turns)), tuple(_terms(question, conversation.turns)))


def texts_to_compare(conversation: Conversation) -> list[str]:
    """The turns that a question on the same subject would be like."""
    last, first = conversation.turns[-1], conversation.turns[0]
    texts = (last.question, last.answer_text, first.question)
    return [text[:TEXT_CHARACTERS] for text in dict.fromkeys(texts) if text.strip()]


def words_as_written(context: Context, conversation: Conversation, limit: int) -> tuple[str, ...]:
    """The weightiest words that a search takes over, as the conversation writes them most often.

    A word in the midst of a sentence counts before one that opens it, which has a capital for that alone.
    """
    forms = {term: Counter[tuple[bool, str]]() for term, _ in context.terms[:limit]}
    for text in (text for turn in conversation.turns for text in (turn.question, turn.answer_text)):
        for match in _WORD.finditer(text[:TEXT_CHARACTERS]):
            counted = forms.get(match.group().casefold())
            if counted is not None:
                counted[not _opens_sentence(text, match.start()), match.group()] += 1
    return tuple(
        max(counted, key=lambda form: (form[0], form[1][0].isupper(), counted[form]))[1]
        for counted in forms.values()
        if counted
    )


def _opens_sentence(text: str, start: int) -> bool:
    return _SENTENCE_OPENS.search(text[max(0, start - 4) : start]) is not None


def _texts(turns: tuple[Turn, ...]) -> Iterator[tuple[str, float]]:
    last, before = turns[-1], turns[-2] if len(turns) > 1 else turns[-1]
    weighed = (
        (last.question, "last question"),
        (last.answer_text, "last answer"),
        (before.question, "question before"),
        (before.answer_text, "answer before"),
        (turns[0].question, "first question"),
    )
    for text, place in weighed:
        if text.strip():
            yield text[:TEXT_CHARACTERS], VECTOR_WEIGHTS[place]


def _terms(question: str, turns: tuple[Turn, ...]) -> list[tuple[str, float]]:
    """The weightiest words of the turns that the question lacks."""
    own = {word_key(match.group()) for match in _WORD.finditer(question)}
    seen: dict[str, _Seen] = {}
    for age, turn in enumerate(reversed(turns)):
        _look(turn.question[:TEXT_CHARACTERS], age, seen, answer=False)
        _look(turn.answer_text[:TEXT_CHARACTERS], age, seen, answer=True)
    answer_words = max(1, len(turns[-1].answer_text.split()))
    weighed = [
        (max(one.forms, key=one.forms.__getitem__), _weight(one, len(turns) - 1, answer_words))
        for key, one in seen.items()
        if key not in own
    ]
    heavy = [(term, min(1.0, weight)) for term, weight in weighed if weight >= LEAST_WEIGHT]
    return sorted(heavy, key=lambda item: -item[1])[:MOST_TERMS]


def _look(text: str, age: int, seen: dict[str, _Seen], *, answer: bool) -> None:
    matches = list(_WORD.finditer(text))
    for at, match in enumerate(matches):
        surface = match.group()
        form = surface.casefold()
        key = word_key(surface)
        if not key or len(form) < 2 or form in STOPWORDS or form in FUNCTION_WORDS:
            continue
        one = seen.setdefault(key, _Seen())
        one.forms[form] = one.forms.get(form, 0) + 1
        (one.answered if answer else one.asked).add(age)
        one.is_name = one.is_name or (surface[0].isupper() and not _opens_sentence(text, match.start()))
        if answer and age == 0:
            one.uses += 1
            one.earliness = max(one.earliness, 1 - at / len(matches))


def _weight(one: _Seen, oldest: int, answer_words: int) -> float:
    asked, answered = 0 in one.asked, 0 in one.answered
    places = {
        "last answer, not last question": answered and not asked,
        "last answer, per use up to 4": min(one.uses, 4),
        "last answer, by how early": one.earliness,
        "last answer, where it is short": answered * min(1.0, SHORT_ANSWER_WORDS / answer_words),
        "last question": asked,
        "both of the last turn": asked and answered,
        "question before": 1 in one.asked,
        "first question": oldest in one.asked,
        "older question": any(age > 1 for age in one.asked),
        "a name in the last turn": one.is_name and (asked or answered),
    }
    return sum(TERM_WEIGHTS[place] * float(value) for place, value in places.items())
