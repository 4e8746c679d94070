"""Spans of a sentence that could be the short answer, by the kind of answer asked for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.understanding.dates import DATE_EXPRESSION, date_parts
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import AnswerKind
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word, fold


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """A possible short answer at `sentence[start:end]`.

    Attributes:
        key: what two spans of the same value have in common.
        read: what the reader thinks of it, -1 to 1; 0 where nothing was read.
        told: of a clause, the keys of its telling words; any of them is enough to have it in common.
        strength: how fully it answers, 0 to 1: a year answers "when" better than "on Monday".
        is_seen: whether a pattern for the kind of answer sees it, or the reader alone.
    """

    start: int
    end: int
    key: str
    strength: float = 1.0
    told: frozenset[str] = frozenset()
    read: float = 0.0
    is_seen: bool = True


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """A sentence, its words, and the keys of the question's words, which answer nothing."""

    text: str
    words: Sequence[Word]
    asked: frozenset[str]


NUMBER_WORD = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozens?|half|both|hundreds|thousands)"
)
_SCALE = r"(?:[ -](?:hundred|thousand|million|billion|trillion|bn|m\b|dozen))"
_FIGURE = rf"(?:\d(?:[\d,]*\d)?(?:\.\d+)?|\b{NUMBER_WORD}(?:-{NUMBER_WORD})?\b){_SCALE}*"
NUMBER = re.compile(rf"(?<![\w.:$€£-]){_FIGURE}(?!\w|-\d|:\d)", re.IGNORECASE)
CURRENCIES = (
    r"dollars?|bucks?|euros?|pounds?|sterling|liras?|ro?ubles?|rupees?|yen|yuan|renminbi|cents?|pence|pennies"
    r"|crowns?|kron(?:or|er|ur|a|e)|francs?|pesos?|shillings?|guilders?|r[iy]yals?|rials?|dirhams?|dinars?"
    r"|shekels?|baht|rands?|zlot(?:y|ys|ych)|forints?|korun(?:a|y)|hryvnias?|lev[as]|lei|leu|reais"
    r"|ringgit|rupiahs?|nairas?|cedis?|birr|tenge|takas?|kyats?|pesetas?|drachmas?|escudos?|ducats?|kwachas?"
    r"|drams?|soms?|manats?|laris?|kunas?|riels?|rufiyaas?|tugriks?|afghanis?|bitcoins?|crores?|lakhs?"
)
"""Names of what money is counted in, as an alternation."""

MONEY = re.compile(
    rf"(?:(?:US|A|C|R|HK|NZ)?[$€£¥₺₽₹₩₴₦₪]\s?\d[\d,]*(?:\.\d+)?(?:{_SCALE}|(?:m|bn)\b)*"
    rf"|\b(?:USD|EUR|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|Rs\.?) ?\d[\d,]*(?:\.\d+)?{_SCALE}*"
    rf"|(?<!\w){_FIGURE} (?:(?:US|Turkish|[A-Z][a-z]+(?:an|ish|ese|ch|ss)) )?(?:{CURRENCIES})\b)",
    re.IGNORECASE,
)
PERCENT = re.compile(rf"(?<!\w){_FIGURE}(?:\s?%|[ -]per ?cent\b| percentage points?\b)", re.IGNORECASE)
DURATION = re.compile(
    rf"(?<!\w){_FIGURE}(?: and a half)?[ -]"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century)\b",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?<![\w:.])(?:\d{1,2}:\d\d(?!:?\d)(?:\s?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\b\.?|noon\b|midnight\b)",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"(?<!\w){_FIGURE}[ -](?:(?:kilo|centi|milli)?met(?:er|re)s?|km|miles?|feet|foot|yards?|inch(?:es)?)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"(?<!\w){_FIGURE}(?:\s?%|[ -]per ?cent\b|(?: percentage| basis)? points?\b)", re.IGNORECASE
)
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE = re.compile(
    r"\W*(?P<place>[A-Z][\w.'’-]*(?:[ ,]+[A-Z][\w.'’-]*){0,4}?)"
    rf"(?P<date>,? (?:{_MONTHS} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTHS}(?: \d{{4}})?))?"
    r"(?P<agency> ?\([A-Z][\w .&/]{1,25}\))?\s*(?:--|[-–—])\s+"
)
_QUOTED = re.compile(r"[“\"‘]([^“”\"‘’]{2,60})[”\"’]")
_NAME_LINK = word_set(
    """
    of de van von bin al el da di du la le the und der for and
    """
)
_CALENDAR = word_set(
    """
    january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday
    """
)
_PLACE_LEAD = word_set(
    """
    in at from near to of across outside inside into around throughout
    """
)


NOBODY = word_set(
    """
    ceo cfo coo chief chairman chairwoman chair director president minister senator governor mayor judge
    democratic republican
    """
)
"""What, with a capital, only tells what somebody is."""

OFFICES = word_set(
    """
    minister ministers president presidents king queen emperor chancellor premier leader leaders ambassador
    ambassadors envoy head heads government governments parliament army ministry secretary governor mayor
    people citizens nationals delegation representative representatives
    """
)
"""What is of a place and not in it."""


def dateline_length(text: str) -> int:
    """How many characters of a report's first sentence only say where and when it was sent; 0 for none.

    "ELVIK, June 21 - ", "Paris (Reuters) — ": a name in capitals, or any with a day or an agency.
    """
    match = _DATELINE.match(text)
    if match is None:
        return 0
    place = match["place"].split(",")[0].strip()
    is_one = match["date"] or match["agency"] or (len(place) > 2 and place.isupper())
    return match.end() if is_one else 0


def answer_spans(kind: AnswerKind, sentence: SentenceWords) -> list[AnswerSpan]:
    """The spans of a sentence that a question of this kind could be answered with, in order."""
    finder = _FINDERS.get(kind)
    return [] if finder is None else list(finder(sentence))


def _by_pattern(pattern: re.Pattern[str]) -> Callable[[SentenceWords], Iterator[AnswerSpan]]:
    def find(sentence: SentenceWords) -> Iterator[AnswerSpan]:
        for match in pattern.finditer(sentence.text):
            key = " ".join(match.group().casefold().replace(",", "").split())
            if key not in sentence.asked:
                yield AnswerSpan(match.start(), match.end(), key)

    return find


def _dates(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    for match in DATE_EXPRESSION.finditer(sentence.text):
        inside = [word for word in sentence.words if match.start() <= word.start < match.end() and word.key]
        if any(word.key not in sentence.asked for word in inside):
            stated = date_parts(match.group())
            strength = 1.0 if "year" in stated else 0.7 if stated else 0.3
            yield AnswerSpan(match.start(), match.end(), fold(match.group()), strength)
    for match in CLOCK.finditer(sentence.text):
        yield AnswerSpan(match.start(), match.end(), fold(match.group()), TIME_OF_DAY)


def _counts(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    """Figures that are no part of a date, a percentage or a sum of money."""
    taken = [
        match.span() for pattern in (DATE_EXPRESSION, PERCENT) for match in pattern.finditer(sentence.text)
    ]
    for span in _by_pattern(NUMBER)(sentence):
        if not any(start <= span.start < end for start, end in taken):
            yield span


def _lengths(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    """How long something lasts, or is."""
    found = [*_by_pattern(DURATION)(sentence), *_by_pattern(_LENGTH)(sentence)]
    yield from sorted(found, key=lambda span: span.start)


def _changes(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    """By how much something changed: a percentage or points; less well, money or another figure."""
    found = list(_by_pattern(_CHANGE)(sentence))
    for span in (*_by_pattern(MONEY)(sentence), *_counts(sentence)):
        if not any(one.start < span.end and span.start < one.end for one in found):
            found.append(replace(span, strength=BARE_CHANGE))
    yield from sorted(found, key=lambda span: span.start)


def _names(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    """Names that the question does not contain, and quoted titles."""
    for start, end in name_runs(sentence):
        inside = [word for word in sentence.words[start:end] if word.key]
        if not _is_numbered(inside, sentence.asked) and (
            inside[-1].key in sentence.asked or all(_names_nothing(word, sentence.asked) for word in inside)
        ):
            continue
        first, last = sentence.words[start], sentence.words[end - 1]
        yield AnswerSpan(first.start, last.end - possessive_length(last), _name_key(inside))
    for match in _QUOTED.finditer(sentence.text):
        inside = [word for word in sentence.words if match.start() <= word.start < match.end() and word.key]
        titled = match.group(1)[:1].isupper() and match.group(1)[-1:] not in ",.!?"
        if titled and any(word.key not in sentence.asked for word in inside):
            yield AnswerSpan(match.start(1), match.end(1), _name_key(inside))


def _names_nothing(word: Word, asked: frozenset[str]) -> bool:
    """Whether a word of a run of capitalised ones is no name: asked about, of the calendar, or a number."""
    return word.key in asked or fold(word.surface) in _CALENDAR or word.surface.isdecimal()


def _is_numbered(inside: Sequence[Word], asked: frozenset[str]) -> bool:
    """Whether a thing that is asked for is named by its number: "which resolution": "Resolution 2375"."""
    *kind, number = inside
    return (
        len(kind) == 1
        and kind[0].is_capitalised
        and kind[0].key in asked - PLACE_KEYS
        and fold(kind[0].surface) not in _CALENDAR
        and number.surface.isdecimal()
        and number.key not in asked
    )


def possessive_length(word: Word) -> int:
    """How many characters of a word are the ending of a possessive."""
    return 2 if word.surface.endswith(("'s", "’s")) else 0


BARE_CHANGE = 0.6
"""How well a figure without a percentage answers "by how much"."""

TIME_OF_DAY = 0.3
"""How well a time of day answers "when", which asks for a day more often."""

PLACE_AS_PERSON = 0.3
"""How well a place's name answers "who": it may be the country that won, and rarely is."""

PLACE_BY_THE_WAY = 0.4
"""How well a place answers "where" that no word like "in" leads in."""


UNKNOWN_PLACE = 0.6
"""How well a name that is not known for a place's answers "which city"."""


def _people(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    """Names; those of places alone (a country that wins) answer less well."""
    for span in _names(sentence):
        inside = [word for word in sentence.words if span.start <= word.start < span.end and word.key]
        worded = [word for word in inside if not word.has_digit]
        if worded and any(fold(word.surface) not in NOBODY for word in worded):
            before = [word for word in sentence.words if word.end <= span.start][-1:]
            led_in = any(fold(word.surface) in ("in", "at", "near") for word in before)
            place = led_in or all(word.key in PLACE_KEYS for word in worded)
            end = max(worded[-1].end - possessive_length(worded[-1]), span.start + 1)
            yield replace(span, end=end, strength=PLACE_AS_PERSON if place else 1.0)


def _places(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    """Names that follow "in", "at" and the like; less well, other names of known places."""
    for span in _names(sentence):
        at = next((at for at, word in enumerate(sentence.words) if word.start >= span.start), 0)
        leading = [fold(word.surface) for word in sentence.words[max(0, at - 2) : at]]
        inside = [word for word in sentence.words if span.start <= word.start < span.end]
        if follows_an_office(sentence.words, span.start):
            continue
        if not _PLACE_LEAD.isdisjoint(leading):
            yield span
        elif inside and inside[-1].key in PLACE_KEYS:  # "Turkish Minister Cavusoglu" is no place
            yield replace(span, strength=PLACE_BY_THE_WAY)


def follows_an_office(words: Sequence[Word], start: int) -> bool:
    """Whether what begins at `start` only says whose office is spoken of: "the foreign minister of Syria"."""
    leading = [fold(word.surface) for word in words if word.end <= start][-2:]
    return len(leading) == 2 and leading[0] in OFFICES and leading[1] == "of"


def _named_places(sentence: SentenceWords) -> Iterator[AnswerSpan]:
    """Names of known places; less well, other names, which may be of places that are not known."""
    for span in _names(sentence):
        inside = [word for word in sentence.words if span.start <= word.start < span.end and word.key]
        known = all(word.key in PLACE_KEYS for word in inside)
        yield span if known else replace(span, strength=UNKNOWN_PLACE)


def name_runs(sentence: SentenceWords) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, with small words between; positions of the first and after the last word."""
    words, at = sentence.words, 0
    while at < len(words):
        if not _in_name(words, at) and not (at == 0 and _is_numbered(words[:2], sentence.asked)):
            at += 1
            continue
        end = at + 1
        while end < len(words) and _joined(sentence.text, words[end - 1], words[end]):
            if _in_name(words, end) or (words[end].has_digit and words[end].surface[0].isdigit()):
                end += 1
            elif _links(words, end) and _joined(sentence.text, words[end], words[end + 1]):
                end += 2
            else:
                break
        yield at, end
        at = end


def _links(words: Sequence[Word], at: int) -> bool:
    """Whether a small word stands within a name: "Bank of China", "Adversaries Through Sanctions Act"."""
    if at + 1 >= len(words) or not _in_name(words, at + 1):
        return False
    small = fold(words[at].surface)
    return (small in _NAME_LINK and small not in ("and", "for")) or (
        words[at].is_capitalised and words[at].is_function_word
    )


def _in_name(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if not word.is_capitalised or not word.key:
        return False
    if at > 0:
        return True
    following = words[1] if len(words) > 1 else None
    return word.key in PLACE_KEYS or bool(
        following and (following.is_capitalised or fold(following.surface) in _AFTER_A_NAME)
    )


_AFTER_A_NAME = word_set(
    """
    is was has had will said says told won announced became and who did also would can could
    """
)


def _joined(text: str, left: Word, right: Word) -> bool:
    between = text[left.end : right.start]
    return between in (" ", "-", "'", "’", " & ", ". ", " '", "–") and not (
        between == ". " and len(left.surface) > 3
    )


def _name_key(inside: Sequence[Word]) -> str:
    """The last word's key: "Erdogan" for "Recep Tayyip Erdogan"."""
    return inside[-1].key if inside else ""


_FINDERS: dict[AnswerKind, Callable[[SentenceWords], Iterator[AnswerSpan]]] = {
    AnswerKind.TIME: _dates,
    AnswerKind.DURATION: _lengths,
    AnswerKind.NUMBER: _counts,
    AnswerKind.MONEY: _by_pattern(MONEY),
    AnswerKind.PERCENT: _by_pattern(PERCENT),
    AnswerKind.CHANGE: _changes,
    AnswerKind.PERSON: _people,
    AnswerKind.PLACE: _places,
    AnswerKind.NAMED_PLACE: _named_places,
    AnswerKind.NAME: _names,
}
