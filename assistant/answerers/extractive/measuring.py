"""Whether a text gives the measure that is asked for: a weight in kilograms and not in dollars, a price
in dollars and not in people, a number of people and not of days, an amount and not a number of things."""

import re
from typing import NamedTuple

from assistant.answerers.extractive.spans import CURRENCIES, DURATION, NUMBER, NUMBER_WORD


class _Measure(NamedTuple):
    """What asks for a measure and what gives one."""

    asked: re.Pattern[str]
    given: re.Pattern[str]


_LENGTHS = (
    r"(?:milli|centi|kilo|micro|nano)?met(?:er|re)s?|[mckμµn]?m|miles?|feet|foot|ft|inch(?:es)?|yards?"
    r"|light[- ]years?|fathoms?|stor(?:e?y|eys|ies)|floors?|leagues?|blocks?"
)
_WEIGHTS = (
    r"(?:milli|kilo|micro)?grams?|kilos?|kg|g|mg|tonn?es?|tons?|t|pounds?|lbs?|ounces?|oz|stones?|carats?"
    r"|daltons?|weigh(?:s|ed|ing)?|weight|light|heav(?:y|ier|iest)|lighter|lightweight"
)
_SUMS = (
    rf"{CURRENCIES}|pen(?:ny|nies)|marks?|leva?|reals?|sols?|dong|ethers?|tokens?|credits?"
    r"|dolar|avro|tl|usd|eur|gbp|gold|silver|free|nothing|[a-z]{2,3}[$£]"
    r"|percent|per cent|times|half|twice|k|cheap(?:er)?|expensive|affordable|inexpensive"
)
_WON = r"(?:\d|thousand|million|billion|trillion) won\b"
"""Korean money, and not a victory."""

_PRICED = (
    r"\b(?:costs?|price[sd]?|pa(?:id|ys?)|worth|spen[dt]|sold|fees?|fares?|tolls?|charge[sd]?|earn(?:s|ed)?)"
    rf"\W+(?:[^\W\d]+\W+){{0,3}}?(?:\d|{NUMBER_WORD}\b)"
)
"""What is priced by words before the figure, whatever it is counted in."""
_TIMES = r"hours?|minutes?|seconds?|days?"
_DURATIONS = (
    r"hrs?|mins?|secs?|yrs?|mos?|wks?|weeks?|months?|years?|decades?|centur(?:y|ies)|millenni(?:a|um)|milliseconds?"
    r"|generations?|seasons?|semesters?|terms?|nights?|mornings?|afternoons?|weekends?|eras?|ages?|eons?|quarters?"
    r"|half|since|until|till|from|between|during|throughout|ever|never|always|forever|life(?:time)?|lives"
    r"|long(?:er|est|time)?|short(?:er|ly)?|brief(?:ly)?|overnight|permanent(?:ly)?|temporar(?:y|ily)"
    r"|indefinitely|quick(?:ly)?|immediate(?:ly)?|instant(?:ly)?|soon|while|periods?|(?:some|of) time"
    r"|eternity|death|childhood|summer|winter|spring|autumn|holidays|pages?|words?|characters?|episodes?|chapters?"
)


def _units(names: str, signs: str = r"\d ?['\"′″°]") -> re.Pattern[str]:
    """One of the words right after a figure or by itself, or a sign, by default of feet or degrees."""
    return re.compile(rf"(?<![^\W\d_])(?:{names})(?![^\W_])|{signs}", re.IGNORECASE)


_MEASURES = (
    _Measure(
        re.compile(
            r"\bhow much\b(?! (?:time|of|points)\b)"
            r".*\b(?:costs?|pays?|paid|spen[dt]|earn(?:s|ed)?|worth|charge[sd]?)\b"
            r"|\bwhat (?:is|was|were|are) (?:[\w'’-]+ ){1,4}"
            r"(?:price|cost|salary|prize[- ]money|ransom|bounty)\b",
            re.IGNORECASE,
        ),
        _units(_SUMS, rf"[$£€¥₺₽₹₩₴₦₪¢%]|\d\.\d\d\b|\ba lot\b|{_WON}|{_PRICED}"),
    ),
    _Measure(
        re.compile(r"\bhow (?:heavy\b|much\b.*\bweigh(?:s|ed)?\W*$)", re.IGNORECASE),
        _units(_WEIGHTS),
    ),
    _Measure(
        re.compile(r"\bhow (?:tall|deep|wide|thick)\b", re.IGNORECASE),
        _units(
            rf"{_LENGTHS}|tall(?:er|est)?|deep(?:er|est)?|wide(?:r|st)?|thick(?:er|est)?|width|depth|height"
        ),
    ),
    _Measure(
        re.compile(r"\bhow long\b(?! ago)", re.IGNORECASE),
        _units(
            rf"{_LENGTHS}|{_TIMES}|{_DURATIONS}",
            r"\d ?['\"′″°]|\d ?[-–] ?\d|\d(?:h|hrs?|min|mins|s|m|yrs?|y|mo|d|[kcm]m|ft|in)s?\b|\d{4}s",
        ),
    ),
    _Measure(
        re.compile(r"\bhow far\b(?! back| along| ahead)", re.IGNORECASE),
        _units(rf"{_LENGTHS}|{_TIMES}|far(?:ther)?|near|from|to|way|distance|degrees?|half"),
    ),
    _Measure(
        re.compile(r"\bhow old\b|\b(?:what|at which)\b.*\bage\b(?! (?:group|limit))", re.IGNORECASE),
        _units(
            r"years?|months?|weeks?|days?|decades?|centur(?:y|ies)|millenni(?:a|um)|aged?|old(?:er|est)?|born|birthday"
            r"|young(?:er|est)?|since|founded|built|dat(?:es?|ed|ing)|teen\w*|(?:twen|thir|for|fif|six|seven|eigh|nine)ties",
            r"\w, \d{1,3}(?=[,.;)]|$)|\(\d{1,3}\)",
        ),
    ),
    _Measure(
        re.compile(
            r"\bhow (?:strong|powerful)\b.*\b(?:(?:earth)?quakes?|tremors?|(?:after)?shocks?)\b", re.I
        ),
        re.compile(r"\bmagnitude|\brichter\b|\bscale\b|\d[- ]magnitude", re.IGNORECASE),
    ),
    _Measure(
        re.compile(r"\bhow fast\b", re.IGNORECASE),
        _units(
            rf"{_TIMES}|mph|km/?h|kph|m/s|knots?|per|an? (?:hour|minute|second)|times|percent|speeds?|mach"
            r"|fast(?:er|est)?|quick(?:ly)?|slow(?:ly|er)?"
        ),
    ),
)


_ASKS_AMOUNT = re.compile(
    r"\bhow much (?!(?:time|of|money|points|did|does|do|is|was|were|are|will|would|can|could|should|has|have"
    r"|had|more|less|longer|larger|bigger|better|worse|lower|higher|an?|the|in|to|you|we|they|he|she|it|i)\b)([a-z]+)",
    re.IGNORECASE,
)
_AMOUNTS = (
    r"\w*grams?|\w*lit(?:er|re)s?|gallons?|barrels?|bushels?|cups?|pints?|quarts?|qts?|bags?|bottles?|drops?|scoops?"
    r"|slices?|pinch|tbsp|tsp|(?:table|tea)?spoons?|acres?|hectares?|square|cubic|sq|k?cals?|calories|joules?|[kmg]?w"
    r"|[kmgt]?wh|\w*watts?|volts?|amps?|\w*bytes?|[kmgt]b|bits?|degrees?|units?|points?|percentage|third|quarter|most"
    r"|all|some|much|more|less|fewer|little|lots?|enough|none|no|zero|any|every|double|equal|majority|minimal|limited"
    r"|full|amounts?|quantit(?:y|ies)|years?|months?|weeks?"
)
_AMOUNT_GIVEN = _units(
    f"{_LENGTHS}|{_WEIGHTS}|{_SUMS}|{_TIMES}|{_AMOUNTS}", r"[%$£€¥₺₽₹¢°]|\d ?['\"′″/]|\d\.\d"
)
_STEM = 4

_ASKS_COUNT = re.compile(
    r"\bhow many\b"
    r"(?!.*\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies))\b)",
    re.IGNORECASE,
)
_VAGUE_COUNT = re.compile(
    r"\d|\b(?:millions?|billions?|several|many|multiple|most|few|some|all|third|quarter|pair|couple|single|once"
    r"|twice|no|none|nobody|nothing|never|only|numerous|majority|countless|any|every|each|an?)\b",
    re.IGNORECASE,
)
"""What may stand for a number where `NUMBER` finds none, figures that are a part of something among it."""


_AGE = re.compile(
    rf"\b(?:under|aged?|(?:old|young)er than) (?:the age of )?(?:\d{{1,2}}|{NUMBER_WORD})\b(?! [a-z]+s\b)",
    re.IGNORECASE,
)


def lacks_measure(question: str, text: str) -> bool:
    """Whether a sum of money, a weight, a length or a speed is asked for and the text has no unit of one.

    Args:
        question: as it is asked.
        text: what is shown as the answer.
    """
    return any(measure.asked.search(question) and not measure.given.search(text) for measure in _MEASURES)


def counts_only_ages(question: str, text: str) -> bool:
    """Whether a number of things is asked for, and all figures of the text are ages: "children under five".

    Args:
        question: as it is asked.
        text: what is shown as the answer.
    """
    rest = _AGE.sub(" ", text)
    figures = {match.group().lower() for match in NUMBER.finditer(rest)} - {"half"}
    return bool(_ASKS_COUNT.search(question)) and rest != text and not figures


def counts_only_time(question: str, text: str) -> bool:
    """Whether a number of things is asked for, and all that the text counts is days or the like.

    Args:
        question: as it is asked.
        text: what is shown as the answer.
    """
    if not _ASKS_COUNT.search(question):
        return False
    rest = DURATION.sub(" ", text)
    return rest != text and not (NUMBER.search(rest) or _VAGUE_COUNT.search(rest))


def counts_no_amount(question: str, text: str) -> bool:
    """Whether "how much honey" is asked, and all figures of the text count other things, as in "50,000 bees".

    Args:
        question: as it is asked.
        text: what is shown as the answer.
    """
    asked = _ASKS_AMOUNT.search(question)
    if asked is None or _AMOUNT_GIVEN.search(text):
        return False
    stem = asked.group(1)[:_STEM].casefold()
    figures = list(NUMBER.finditer(text))
    return bool(figures) and not any(
        text[figure.end() :].lstrip().casefold().startswith(stem) for figure in figures
    )
