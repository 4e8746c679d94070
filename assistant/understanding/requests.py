"""Requests as the questions that they are: "hey, can you tell me when it sank pls", "find its price"."""

import re

from assistant.understanding.question import PERSON_NOUNS
from assistant.understanding.words import words_of

_ASKING = r"(?:who|whom|whose|when|where|why|which|what|how)"
_GREETING = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|please|pls|plz|q|question)(?: there)?\b[\s,.!:]+)+(?=\w)", re.IGNORECASE
)
_THANKS = re.compile(r"[\s,]*\b(?:please|pls|plz|thanks|thank you|thx)\W*$", re.IGNORECASE)
_ASKED_TO_TELL = re.compile(
    r"^(?:(?:can|could|would|will|do|did) (?:you|u) (?:please |pls |happen to )?|please |pls )?"
    r"(?:tell(?: me| us)?|(?<=you )know|explain(?: to me)?|remind me|let me know|find out|look up)"
    rf"[,:]? (?={_ASKING}\b)"
    rf"|^i(?:'d| would|'m| am)? (?:like|want|need|love|trying|wondering|curious|interested)?,? ?"
    rf"(?:to (?:know|find out|learn)|wonder|wondering)?,? (?={_ASKING}\b)"
    rf"|^(?:any (?:idea|clue)|do we know|is it known),? (?={_ASKING}\b)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|u) )?(?:please |pls )?"
    r"(?:find(?: out)?|give|tell|state|name|identify|specify|look up|get)(?: me| us)? (?=the [\w$€£])",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\?|[.!]\s")
_TELLING_WORDS = 4
"""Words after "the" among which "who is" shows: "name the first president of it"."""


def as_question(text: str) -> str:
    """What a request asks, as a question; a question, or a request of another form, as it is."""
    plain = _THANKS.sub("", _GREETING.sub("", text)).strip()
    asked = _ASKED_TO_TELL.sub("", plain, count=1)
    if asked != plain:
        return _ended(asked)
    order = _ORDER.match(plain)
    if order is None:
        return _ended(plain) if plain and plain != text.strip() else text
    thing = plain[order.end() :]
    return _ended(f"{'Who' if _is_person(thing) else 'What'} is {thing}")


def _is_person(thing: str) -> bool:
    words = [word.surface.lower() for word in words_of(thing)][1 : 1 + _TELLING_WORDS]
    return any(word in PERSON_NOUNS for word in words[: _until_of(words)])


def _until_of(words: list[str]) -> int:
    return words.index("of") if "of" in words else len(words)


def _ended(text: str) -> str:
    """With a capital and a question mark."""
    opened = text[:1].upper() + text[1:]
    whole = opened.rstrip(" .!")
    return opened if _ENDED.search(whole) else f"{whole}?"
