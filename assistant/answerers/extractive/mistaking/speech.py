"""Answers about what was said, by sentences that tell of no speech."""

import re

from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.mistaking.telling import told_so_far
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.subject import is_named, subject_of

_SAYING_ASKED = re.compile(
    r"\bwhat (?:did|has|have|had) (?!it mean)(?:[\w.'’-]+ ){1,6}(?:say|said|tell|told|claim|claimed)\b"
    r"|\bhow (?:did|has|have|had|do|does) (?:[\w.'’-]+ ){1,8}(?:react|reacted|respond|responded)\b"
    r"|\bwhat (?:is|was|were|are) (?:[\w.'’-]+ ){0,6}(?:reactions?|responses?)\b",
    re.IGNORECASE,
)
_REACTING = re.compile(r"\b(?:react|respond)(?:ed)?\b", re.IGNORECASE)
_SAYING = re.compile(
    r"[“”\"]|``|\b(?:sa(?:y|ys|id|ying)|tell(?:s|ing)?|told|add(?:s|ed)|ask(?:s|ed)?|answer(?:s|ed)?|repl(?:y|ies|ied)"
    r"|wr(?:ite|ites|ote|itten)|call(?:s|ed|ing)?|warn(?:s|ed|ing)?|argu(?:e|es|ed|ing)|announc(?:e|es|ed|ing)"
    r"|claim(?:s|ed|ing)?|describ(?:e|es|ed|ing)|(?<!united )stat(?:e|es|ed|ing|ement)"
    r"|declar(?:e|es|ed|ing)|explain(?:s|ed)?"
    r"|den(?:y|ies|ied)|promis(?:e|es|ed)|insist(?:s|ed)?|accus(?:e|es|ed|ing)|report(?:s|ed)?|accord(?:ing)?|vow(?:s|ed)?"
    r"|speak(?:s|ing)?|spoke|express(?:es|ed)?|note[sd]?|suggest(?:s|ed)?|prais(?:e|es|ed)|criti\w+|urg(?:e|es|ed)"
    r"|demand(?:s|ed)?|confirm(?:s|ed)?|admit(?:s|ted)?|comment(?:s|ed)?|mention(?:s|ed)?|predict(?:s|ed)?|hint(?:s|ed)?"
    r"|think(?:s)?|thought|believ(?:e|es|ed)|signal(?:s|ed|led)?|point(?:s|ed)?|recall(?:s|ed)?|refer(?:s|red)?"
    r"|react(?:s|ed)?|respond(?:s|ed)?|condemn(?:s|ed)?|denounc(?:e|es|ed)|welcom(?:e|es|ed)|hail(?:s|ed)?|protest(?:s|ed)?|deplor(?:e|es|ed)"
    r"|regret(?:s|ted)?|retaliat(?:e|es|ed)|object(?:s|ed)|defend(?:s|ed)?|applaud(?:s|ed)?"
    r"|compar(?:e|es|ed)|propos(?:e|es|ed)|thank(?:s|ed)?|apologi[sz]\w+|swor(?:e|n)|dismiss(?:es|ed)?|reject(?:s|ed)?)\b",
    re.IGNORECASE,
)


def says_nothing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked what somebody said or how they reacted, and neither the sentence nor the one before
    tells of speech, or of those whose reaction it is.
    """
    if not _SAYING_ASKED.search(reading.profile.text):
        return False
    before = reading.before(item.candidate)
    if not any(_SAYING.search(text) for text in (item.candidate.text, before.text if before else "")):
        return True
    told = told_so_far(reading, item) if leans_on_context(item.candidate) else item.candidate.keys
    return bool(_REACTING.search(reading.profile.text)) and not any(
        is_named(name, told) for name in subject_of(reading.profile) or reading.profile.names
    )
