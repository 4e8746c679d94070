"""Answers of the right kind to another question.

Other people's fate, another deed's day, the opposite of a deed, the price of many, another measure, another
place, no doer.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from assistant.answerers.extractive.ages import states_the_age_of_another
from assistant.answerers.extractive.deeds import is_met, is_reversed
from assistant.answerers.extractive.doubting import (
    SURE_WITHOUT_DEED,
    SURE_WITHOUT_DEMAND,
    near_keys,
    shown_keys,
)
from assistant.answerers.extractive.fates import fates_in
from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.measuring import (
    counts_no_amount,
    counts_only_ages,
    counts_only_time,
    lacks_measure,
)
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.dates import date_parts
from assistant.understanding.demand import deed_of_person, deed_of_time, deeds_asked, thing_priced
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import FIGURE_KINDS, VALUE_KINDS, AnswerKind, asking_start
from assistant.understanding.subject import is_named, is_year, subject_of
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word, word_key, words_of
from ingest.article import day_of

_HELPERS = word_set(
    """
    has had have will would also officially formally already finally first
    """
)
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
_TO_COME = re.compile(
    r"\bwhen (?:will|could|can|might|may)\b"
    r"|\bwhen (?:is|are) (?:[\w'’-]+ ){1,6}(?:due|going|expected|scheduled|set|planned|likely) to\b",
    re.IGNORECASE,
)
_EARLIER_VERSION = re.compile(
    r"\b(?:earlier|previous|original|prior) versions? of th(?:is|e) (?:article|story|report|post|headline)\b",
    re.IGNORECASE,
)
_GONE = re.compile(r"\b(?:last|ago|yesterday|previous)\b", re.IGNORECASE)
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
_ONE_OF_THEM = re.compile(
    r"\b(?:one|a single|each|an individual)\s+(?!(?:of|pay|spend|get|earn|need|have|make)\b)[^\W_]",
    re.IGNORECASE,
)
_BY_THE_PIECE = re.compile(
    r"\b(?:each|apiece|per|unit|single|costs?|costing|priced|sells?)\b"
    r"|(?:\d|thousand|million|billion) an? [a-z]",
    re.IGNORECASE,
)
_MEASURED_KINDS = FIGURE_KINDS | {AnswerKind.DURATION}
_OF_A_PLACE = VALUE_KINDS | {AnswerKind.PERSON, AnswerKind.NAME}
_OF_A_YEAR = FIGURE_KINDS | {AnswerKind.PERSON, AnswerKind.NAME, AnswerKind.NAMED_PLACE}
_IN_A_YEAR = re.compile(r"\b(?:in|during|of|for) (?:early |late )?(\d{4})\b", re.IGNORECASE)
LATE_REPORT = timedelta(days=60)
"""So long after a year's end reports still tell of it without naming it."""

_ANOTHER_TIME = re.compile(
    r"\b(?:after|before|(?<!\bhas )(?<!\bhave )(?<!\bhad )since|following)\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"n['’]t\b|\b(?:not(?! only)|never|cannot|unable|no longer|neither|nor)\b", re.IGNORECASE
)
_DENYING = re.compile(
    r"n['’]t\b|\b(?:not(?! only)|never|cannot|unable|no|none|nobody|nothing|neither|nor|without|except|few)\b"
    r"|\b(?:little|only|less|rather|instead|other than|but|in(?:ability|sufficient|complete))"
    r"|\b(?:lack|fail|refus|reject|prevent|prohibit|avoid|den(?:y|ied|ies))|\bun\w{4}",
    re.IGNORECASE,
)
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
_OPENING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def is_mistaken(reading: Reading, item: RankedCandidate, answers: float) -> bool:
    """Whether a sentence answers another question of the same kind.

    Args:
        answers: the reader's view of its passage, from -1 to 1; where that is sure, a deed or a thing may be
            told in other words.
    """
    if tells_of_another_fate(reading, item) or names_no_firm(reading, item) or names_nobody(reading, item):
        return True
    if prices_several(reading, item) or counts_another_event(reading, item) or says_nothing(reading, item):
        return True
    if measures_nothing(reading, item):
        return True
    if tells_the_opposite(reading, item) or denies_nothing(reading, item):
        return True
    if tells_it_of_another(reading, item) or names_who_left(reading, item) or names_no_holder(reading, item):
        return True
    if ranks_another(reading, item) or is_of_another_year(reading, item):
        return True
    if states_the_age_of_another(reading, item) or tells_the_past(reading, item):
        return True
    if answers < SURE_WITHOUT_DEED and (
        prices_another_thing(reading, item)
        or tells_of_another_place(reading, item, whole_article=True)
        or names_no_doer(reading, item)
    ):
        return True
    return answers < SURE_WITHOUT_DEMAND and (
        times_another_deed(reading, item) or tells_of_another_place(reading, item)
    )


def tells_of_another_fate(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a figure of the injured is asked for, and the sentence tells of the dead alone, or the like."""
    if reading.profile.kind not in FIGURE_KINDS:
        return False
    asked = fates_in(reading.profile.keys)
    told = _told(reading, item)
    others = bool(fates_in(told))
    return bool(asked) and others and all(fate.isdisjoint(told) for fate in asked)


def names_no_firm(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "which company" is asked and the short answer has no name in it, or that of a country alone."""
    profile = reading.profile
    if profile.kind is not AnswerKind.NAME or _FIRMS.isdisjoint(_asked_for(reading)):
        return False
    span = reading.short_answer(item)
    if span is None:
        return False
    named = _OPENING.sub("", item.candidate.text[span.start : span.end])
    names = [word.key for word in words_of(named) if word.is_capitalised]
    return not any(map(str.isupper, named)) or (bool(names) and PLACE_KEYS.issuperset(names))


def names_nobody(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a person's name is asked for and the short answer has none: "a volunteer firefighter"."""
    if not _NAME_OF_A_PERSON.search(reading.profile.text):
        return False
    return not _names_told(reading, item)


def _names_told(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the short answer, or else the sentence, has a name that the question lacks."""
    span, words = reading.short_answer(item), item.candidate.words
    inside = words[1:] if span is None else [word for word in words if span.start <= word.start < span.end]
    asked = {word.key for word in reading.profile.words}
    return any(word.is_capitalised and word.key and word.key not in asked for word in inside)


def says_nothing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked what somebody said or how they reacted, and neither the sentence nor the one before
    tells of speech, or of those whose reaction it is.
    """
    if not _SAYING_ASKED.search(reading.profile.text):
        return False
    before = reading.before(item.candidate)
    if not any(_SAYING.search(text) for text in (item.candidate.text, before.text if before else "")):
        return True
    told = _told_so_far(reading, item) if leans_on_context(item.candidate) else item.candidate.keys
    return bool(_REACTING.search(reading.profile.text)) and not any(
        is_named(name, told) for name in subject_of(reading.profile) or reading.profile.names
    )


def times_another_deed(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "when" is asked of a deed that neither the sentence nor the one before tells."""
    deed = deed_of_time(reading.profile)
    return deed is not None and not is_met(deed, _told_so_far(reading, item))


def tells_the_opposite(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the opposite of what is asked is told: "When did it reopen?" by the day on which it closed."""
    asking = asking_start(reading.profile.text)
    asked = {word.key for word in reading.profile.words if word.start >= asking}
    shown = shown_keys(reading, item)
    return any(is_reversed(deed, shown) for deed in deeds_asked(reading.profile) & asked)


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
    return not _names_told(reading, item)


def ranks_another(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked who came third, and neither the sentence nor the one it leans on says "third"."""
    asked = _RANKED.search(reading.profile.text)
    return asked is not None and word_key(asked.group(1)) not in _told(reading, item)


def is_of_another_year(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a name or a figure of one year is asked for, and a report of another year tells it without it.

    "Who won the prize in 2022?" is not answered by a report of October 2023 that speaks of the prize; nor
    does it help that a later sentence compares with 2022. A report of early 2023 may tell of 2022. A year
    that belongs to a name ("the 2017 act") is none.
    """
    profile, head = reading.profile, item.candidate.retrieved.article
    years = [year for year in _IN_A_YEAR.findall(profile.text) if is_year(year)]
    if len(years) != 1 or profile.kind not in _OF_A_YEAR or head.published_at is None:
        return False
    day = day_of(head.published_at)
    if date(int(years[0]), 1, 1) <= day <= date(int(years[0]) + 1, 1, 1) + LATE_REPORT:
        return False
    earlier = (
        one.keys
        for one in reading.pool.candidates
        if one.article_id == item.candidate.article_id and one.start <= item.candidate.start
    )
    return years[0] not in reading.pool.title_keys[head.id].union(*earlier)


def tells_of_an_earlier_version(item: RankedCandidate) -> bool:
    """Whether a sentence only says what an article used to say: "An earlier version of this story gave 9"."""
    return _EARLIER_VERSION.search(item.candidate.text) is not None


def tells_the_past(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked when something will be, and the answer is before the report: "last November"."""
    published = item.candidate.retrieved.article.published_at
    span = reading.short_answer(item) if _TO_COME.search(reading.profile.text) else None
    if span is None or published is None:
        return False
    told = item.candidate.text[span.start : span.end]
    year = date_parts(told).get("year")
    return _GONE.search(told) is not None or (year is not None and year < day_of(published).year)


def denies_nothing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked what is not so, and neither the sentence nor the one before denies anything."""
    profile = reading.profile
    if profile.kind is AnswerKind.YES_NO or not _DENIED.search(profile.text, asking_start(profile.text)):
        return False
    before = reading.before(item.candidate)
    return not any(_DENYING.search(text) for text in (item.candidate.text, before.text if before else ""))


def prices_several(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the price of "one jet" is asked for, and the sentence states a sum and no price of one."""
    profile = reading.profile
    if profile.kind is not AnswerKind.MONEY or _ONE_OF_THEM.search(profile.text) is None:
        return False
    return _BY_THE_PIECE.search(item.candidate.text) is None


def measures_nothing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a sum, a weight, a length, a time, a speed or a number is asked for, and none is told."""
    if reading.profile.kind not in _MEASURED_KINDS:
        return False
    before = reading.before(item.candidate) if leans_on_context(item.candidate) else None
    told = item.candidate.text if before is None else f"{before.text} {item.candidate.text}"
    missing = (lacks_measure, counts_only_time, counts_only_ages, counts_no_amount)
    return any(lacks(reading.profile.text, told) for lacks in missing)


def prices_another_thing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the cost of a thing is asked for that neither the sentence nor its headline speaks of."""
    thing = thing_priced(reading.profile)
    return thing is not None and not is_met(thing, shown_keys(reading, item))


def counts_another_event(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a figure is that of what came before or after the thing that is named.

    "It came a week after a bomb killed six people" does not tell how many "it" killed. "After a final that
    ended 3-3" tells of the final that is asked about.
    """
    profile, span = reading.profile, reading.short_answer(item)
    if profile.kind not in FIGURE_KINDS or span is None or not profile.names:
        return False
    if _ANOTHER_TIME.search(profile.text):
        return False
    text = item.candidate.text
    times = list(_ANOTHER_TIME.finditer(text, 0, span.start))
    if not times or not text[: times[-1].start()].strip() or "," in text[times[-1].end() : span.start]:
        return False
    after = [word.key for word in item.candidate.words if word.start >= times[-1].end() and word.key]
    if after[:1] and after[0] in profile.keys:
        return False
    return not any(is_named(name, frozenset(after)) for name in profile.names)


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


def names_no_doer(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "who did it" is asked of a deed that is not told, by a sentence that names nobody for it."""
    deed = deed_of_person(reading.profile) if reading.profile.kind is AnswerKind.PERSON else None
    if deed is None or reading.short_answer(item) is not None:
        return False
    return not is_met(deed, _told_so_far(reading, item))


def _told_so_far(reading: Reading, item: RankedCandidate) -> frozenset[str]:
    """The keys of a sentence and of the one before."""
    before = reading.before(item.candidate)
    return item.candidate.keys | (before.keys if before else frozenset())


def _asked_for(reading: Reading) -> frozenset[str]:
    """The words, in lower case, whose keys name what is asked for."""
    profile = reading.profile
    return frozenset(word.surface.lower() for word in profile.words if word.key in profile.focus)


def _told(reading: Reading, item: RankedCandidate) -> frozenset[str]:
    """The keys of a sentence and of the one that it leans on."""
    candidate = item.candidate
    before = reading.before(candidate) if leans_on_context(candidate) else None
    return candidate.keys if before is None else candidate.keys | before.keys
