"""The clause of a sentence that gives a reason."""

import re

from assistant.answerers.extractive.spans import AnswerSpan

_SCHEDULED = (
    r"retire|take|arrive|open|reopen|close|start|begin|resume|meet|return|leave|end|expire|vote|hold|be|go|come|visit"
    r"|play|speak|publish|appear|run|finish|report|sign|face|land|launch|become|make|have|give|testify|travel|attend"
    r"|receive|fly|sail|depart|stand|serve|deliver|pay|move|join|complete|host|address|present|announce|decide"
)
"""What follows a "due to" that tells a time: "due to retire in August"."""

_CONNECTIVES = (
    r"\b(?:mainly |mostly |partly |largely |simply |in part )?because\b",
    rf"\bdue to\b(?! (?:{_SCHEDULED})\b)",
    r"\b(?:in response to|in retaliation for|as punishment for|on account of|on suspicion of"
    r"|as a result of|owing to|thanks to)\b",
    r"\bon the grounds? that\b",
    r"\b(?:citing|cited as|as (?:the|its|his|her|their|one|a) (?:main |official )?reasons?)\b",
    r"\b(?:nedeniyle|dolayı|yüzünden|gerekçesiyle)\b",
    r"\b(?:in order to|so that|so as to)\b",
    r"\bfor (?:the |its |his |her |their |having |not |allegedly |illegally |failing )*[a-z]+ing\b",
    r"\b(?:link(?:s|ed)?|attribut(?:e|es|ed)|trac(?:e|es|ed)) (?:[^\W\d_]+ ){0,5}?to\b|\bblam(?:e|es|ed)\b",
    r"\b(?:prompted|caused|triggered|driven|motivated|forced|sparked) by\b",
    r"\bover\b(?! (?:the (?:past|last|next|course)|a|\d|two|three|four|five|ten|more))",
    r"\bfor (?:its|his|her|their|alleged)\b",
    r"\bfor the (?:purchase|sale|use|killing|murder|role|failure|lack|alleged|death)\w*\b",
    r"\b(?:after|following)\b(?! (?:the|a|an) (?:meeting|talks|hours?))",
    r"\bamid\b",
    r"\bsince\b(?! (?:\d|[A-Z]|then\b|the (?:start|beginning|end|first|last)\b))",
    r"(?<!due )\bto (?!the\b|a\b|an\b|about\b|around\b|over\b|more\b|some\b|nearly\b|almost\b|under\b"
    r"|within\b|only\b|just\b|most\b|all\b|both\b|each\b|every\b|one\b|two\b|three\b|four\b|five\b|six\b|ten\b|this\b|that\b"
    r"|what\b|any\b|be (?:held|released)\b|date\b|his\b|her\b|their\b|its\b|[A-Z])[a-z]{3,}\b",
)
_COMPLEMENT = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:on|for|upon)|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|t(?:ell|ells|old|elling)"
    r"|order(?:s|ed)?|invit(?:e|es|ed)|vow(?:s|ed)?|pledge[sd]?|promise[sd]?|threaten(?:s|ed)?|permit(?:s|ted)?"
    r"|allow(?:s|ed)?|(?:un)?able|obliged|supposed|expected|(?:un)?likely|willing|reluctant|fail(?:s|ed)?)"
    r"\b(?: [\w’'-]+){0,3}? to\b",
    re.IGNORECASE,
)
"""Words that "to" and a verb complete: what somebody is called on or allowed to do is no purpose."""

_SURE = 8
"""How many of the connectives, from the first, are sure wherever they stand."""

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE if number < _SURE else 0) for number, pattern in enumerate(_CONNECTIVES)
)
_VAGUE_STRENGTH = {
    number: max(0.2, 0.8 - 0.1 * (number - _SURE)) for number in range(_SURE, len(_CONNECTIVES))
}
_CHARGE = re.compile(
    r"\b(?:charged|accused|convicted|indicted|suspected|acquitted)\b(?:[^.;]{0,120}?\s)"
    r"(?P<clause>(?:with|of|for) (?:[a-z]+ly )?[a-z]+ing\b)"
)
"""What somebody is charged with, convicted of or suspected of is why."""

_CHARGE_STRENGTH = 0.8
_BORDER = re.compile(
    r";|\s[—–]\s|,\s(?=(?:which|who|while|but|according|officials|he said|she said|said|they said)\b)|[”\"]\s"
)
_NOMINAL = re.compile(
    r"(?:due to|over|amid|in response to|in retaliation for|as punishment for|on account of|on suspicion of"
    r"|as a result of|owing to|thanks to)\b",
    re.IGNORECASE,
)
"""What opens no clause: in "recalled over fire risks should be parked outside" the verb is another's."""

_VERB = re.compile(r"\s(?=(?:should|will|would|can|could|may|might|must)\s)")
_CLOSING = " .!?\"”’')"


def reason_clause(text: str, after: int = 0) -> AnswerSpan | None:
    """The clause that gives the reason, with the word that opens it; None where no such word is found.

    Connectives are tried from the surest ("because") to the vaguest ("to" and a verb).

    Args:
        text: one sentence.
        after: where a vague connective may stand at the earliest: behind what the question is about.
    """
    purposes = _COMPLEMENT.sub(lambda match: "_" * len(match.group()), text)
    found = (
        *((pattern.search(text), "", 1.0) for pattern in _PATTERNS[:_SURE]),
        (_CHARGE.search(text), "clause", _CHARGE_STRENGTH),
        *(
            (_PATTERNS[number].search(purposes, after), "", strength)
            for number, strength in _VAGUE_STRENGTH.items()
        ),
    )
    for match, group, strength in found:
        if match:
            span = _clause_from(text, match.start(group or 0), strength)
            if len(text[span.start : span.end].split()) > 1:
                return span
    return None


def _clause_from(text: str, start: int, strength: float) -> AnswerSpan:
    """From a connective to the end of its clause; at the start of a sentence, to the first comma."""
    border = _BORDER.search(text, start + 1)
    end = border.start() if border else len(text)
    verb = _VERB.search(text, start, end) if _NOMINAL.match(text, start) else None
    end = verb.start() if verb else end
    if start == 0:
        comma = text.find(", ", start)
        end = min(end, comma) if comma > 0 else end
    clause = text[start:end].rstrip(_CLOSING)
    return AnswerSpan(start, start + len(clause), clause.casefold(), strength)
