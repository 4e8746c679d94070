"""Whether a question asks how things stand now."""

import re

_ASKS_HOW_IT_IS = re.compile(
    r"^(?:so |and )?(?:who|what|which|where|how many|how much)(?:['’]s| is| are)\b"
    r"|\b(?:current|currently|now|newest|latest|still|at present|these days)\b"
    r"|\bnew (?:\w+ ){0,2}(?:president|minister|leader|ceo|head|chief|king|coach|owner)\b",
    re.IGNORECASE,
)


def asks_for_the_present(question: str) -> bool:
    """Whether the newest report is the one wanted: "Who is the prime minister?", "the current price of oil".

    A question in the past tense, or one about what happened, is none.
    """
    return _ASKS_HOW_IT_IS.search(question.strip()) is not None
