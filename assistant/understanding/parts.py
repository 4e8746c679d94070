"""Two questions in one sentence: "Who coined the word, and what does it mean?"."""

import re

from assistant.understanding.question import AUXILIARIES, analyse

_AUXILIARY = rf"(?:{'|'.join(sorted(AUXILIARIES))})\b"
_NO_SUBJECT = r"(?!(?:it|he|she|they|we|you|i|this|that|these|those|the|an?|his|her|its|their)\b)"
_SECOND = re.compile(
    r"(?:,\s*|\s+)(?:and|but)\s+(?:also\s+)?(?P<second>"
    rf"(?:when|where|why|how|whom)\s+{_AUXILIARY}"
    rf"|(?:what|which|how (?:many|much|long|far|old|big))\s+(?:{_NO_SUBJECT}[\w'’-]+\s+){{0,3}}?{_AUXILIARY}"
    rf"|who\s+{_NO_SUBJECT}\w|what\s+happened|how (?:many|much)\s+{_NO_SUBJECT}[^\W\d]"
    rf"|why\s+{_NO_SUBJECT}\w+\W*$)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\W*(?:(?:in|at|on|by|from|to|for) )?"
    rf"(?:(?:who|whom|whose|what|when|where|why|which|how)\b|{_AUXILIARY})",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"\b(?:it|its|he|she|him|his|her|they|them|their|there|that|this|those)\b", re.IGNORECASE
)
LEAST_TELLING_WORDS = 3
"""So many telling words make the first part a question by itself, whatever the second says."""


def two_questions(text: str) -> tuple[str, str] | None:
    """The two questions that a sentence asks, each with its question mark; None where it asks one.

    The first must stand by itself: "Who wrote and who directed the film?" is one question. The second may
    lean on it ("what does it mean?").
    """
    for match in _SECOND.finditer(text):
        first, second = text[: match.start()].rstrip(" ,"), text[match.start("second") :].rstrip(" ?!.")
        if _ASKING.match(first) and _are_two(first, second):
            return f"{first}?", f"{second[:1].upper()}{second[1:]}?"
    return None


def _are_two(first: str, second: str) -> bool:
    profile = analyse(first)
    if len(profile.keys) >= LEAST_TELLING_WORDS:
        return True
    leans = _LEANING.search(second) is not None
    return bool(profile.keys) and (leans or bool(profile.names and analyse(second).names))
