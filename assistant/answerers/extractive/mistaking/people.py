"""Answers about people: nobody is named, another is, or it is no longer so."""

import re

from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.mistaking.telling import names_somebody_new, told_here, told_so_far
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.demand import deed_of_person
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import AnswerKind
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import word_key, words_of

_HOLDS_OFFICE = re.compile(
    r"^\W*who (?:currently |now )?(?:leads|heads|rules|governs|runs)\b"
    r"|^\W*who(?:['’]s| is) (?:now |currently )?(?:the )?(?:new |current |present )?(?:[\w'’-]+ ){0,3}"
    r"(?:president|premier|minister|chancellor|king|queen|mayor|governor|leader|head|chief|chair\w*|director|ceo)\b",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"\b(?:c[ao]me|comes|finish\w*|placed?|rank\w*|ended?(?: up)?) (?:in )?"
    r"(second|third|fourth|fifth|last)\b",
    re.IGNORECASE,
)
_LEFT_OFFICE = re.compile(
    r"(?:[ ,]+[\w'’-]+){0,4}[ ,]+(?:fled|flees|resigned|resigns|quit|died|stepped down|steps down"
    r"|(?:was|has been|had been) (?:ousted|toppled|deposed|overthrown|sacked))\b",
    re.IGNORECASE,
)
_FORMERLY = re.compile(r"\b(?:former|ousted|deposed|outgoing|ex)[ -](?:[\w'’-]+ ){0,3}$", re.IGNORECASE)
_FIRMS = word_set(
    """
    company companies firm firms manufacturer manufacturers automaker carmaker airline airlines bank banks
    brand retailer startup contractor supplier publisher studio
    """
)
_BODIES = word_set(
    """
    council government ministry parliament senate congress court committee embassy
    """
)
_PEOPLE = (
    r"man|woman|(?:school)?(?:boy|girl)|person|victim|child|baby|son|daughter|wife|husband|brother|sister|mother|father"
    r"|uncle|aunt|niece|nephew|friend|neighbou?r|teacher|doctor|nurse|lawyer|officer"
    r"|(?:police|spokes|business|states|chair|fisher|camera|gun)(?:wo)?man|firefighter|driver|pilot|captain|soldier"
    r"|suspect|killer|murderer|player|coach|referee|author|singer|actor|actress|director|minister|president|mayor"
    r"|senator|judge|scientist|researcher|professor|student|owner|founder|spokesperson|survivor|patient|hostage|volunteer"
)
_NAME_OF_A_PERSON = re.compile(
    rf"\bnames? of (?:the |an? |his |her |their |its )?(?:[\w'’-]+ ){{0,2}}(?:{_PEOPLE})\b"
    rf"|\b(?:{_PEOPLE})['’]s (?:full |first |last )?name\b",
    re.IGNORECASE,
)
_A_SORT = re.compile(r"\b(?:sort|kind|type)s? of\b", re.IGNORECASE)
_OPENING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def names_no_firm(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "which company" is asked and the short answer has no name in it, that of a country alone, or a
    council's or a ministry's.
    """
    profile = reading.profile
    if profile.kind is not AnswerKind.NAME or _FIRMS.isdisjoint(_asked_for(reading)):
        return False
    if _A_SORT.search(profile.text):
        return False
    span = reading.short_answer(item)
    if span is None:
        return False
    named = _OPENING.sub("", item.candidate.text[span.start : span.end])
    words = words_of(named)
    if not _BODIES.isdisjoint(word.surface.lower() for word in words):
        return True
    names = [word.key for word in words if word.is_capitalised]
    return not any(map(str.isupper, named)) or (bool(names) and PLACE_KEYS.issuperset(names))


def _asked_for(reading: Reading) -> frozenset[str]:
    """The words, in lower case, whose keys name what is asked for."""
    profile = reading.profile
    return frozenset(word.surface.lower() for word in profile.words if word.key in profile.focus)


def names_nobody(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a person's name is asked for and the short answer has none: "a volunteer firefighter"."""
    if not _NAME_OF_A_PERSON.search(reading.profile.text):
        return False
    return not names_somebody_new(reading, item)


def names_no_doer(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "who did it" is asked of a deed that is not told, by a sentence that names nobody for it."""
    deed = deed_of_person(reading.profile) if reading.profile.kind is AnswerKind.PERSON else None
    if deed is None or reading.short_answer(item) is not None:
        return False
    return not is_met(deed, told_so_far(reading, item))


def names_who_left(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked who holds an office, and a sentence tells of the one it names that he left it."""
    if not _HOLDS_OFFICE.search(reading.profile.text):
        return False
    span, text = reading.short_answer(item), item.candidate.text
    if span is None:
        names = (word.end for word in item.candidate.words if word.is_capitalised)
        return any(_LEFT_OFFICE.match(text, end) for end in names)
    left = _LEFT_OFFICE.match(text, span.end) or _FORMERLY.search(text[: span.start])
    return left is not None


def names_no_holder(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked who holds an office, and no name but the asked ones is told: "The city council"."""
    if not _HOLDS_OFFICE.search(reading.profile.text):
        return False
    return not names_somebody_new(reading, item)


def ranks_another(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked who came third, and neither the sentence nor the one it leans on says "third"."""
    asked = _RANKED.search(reading.profile.text)
    return asked is not None and word_key(asked.group(1)) not in told_here(reading, item)
