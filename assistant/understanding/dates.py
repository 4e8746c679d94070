"""Dates as articles write them, and the days that a question names relative to the day it is asked on."""

import calendar
import re
from collections.abc import Callable
from datetime import MINYEAR, date, timedelta

from assistant.answerers.base import Period

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_BY_PREFIX = {name[:3]: number for name, number in MONTHS.items()}
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:1[0-9]|20)\d{2}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

DATE_EXPRESSION = re.compile(
    rf"\b(?:{_DAY} (?:of )?(?:{_MONTH}|{_SHORT})(?:,? {_YEAR})?"
    rf"|(?:(?:early|late|mid)[- ])?(?:{_MONTH}|{_SHORT}) {_DAY}(?:(?:, | ){_YEAR})?(?!\d)"
    rf"|(?:(?:early|late|mid)[- ])?{_MONTH}(?: of)?(?:,)? {_YEAR}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|(?:{_YEAR})s"
    rf"|(?:last|next|this) (?:{_WEEKDAY}|{_MONTH})"
    rf"|(?:last|next|this) (?:week|month|year|spring|summer|autumn|fall|winter)"
    rf"|(?<=in )(?:{_MONTH})\b|(?<=since )(?:{_MONTH})\b|(?<=by )(?:{_MONTH})\b"
    rf"|{_WEEKDAY}"
    rf"|\d{{1,2}}(?:st|nd|rd|th) century"
    rf"|{_YEAR}(?: (?:AD|BC|BCE|CE))?"
    rf"|yesterday|tomorrow|today)\b",
    re.IGNORECASE,
)
"""A date or part of one, as articles write it."""

_YEAR_ALONE = re.compile(rf"\b{_YEAR}\b")
_MONTH_ALONE = re.compile(rf"\b(?:{_MONTH}|{_SHORT})", re.IGNORECASE)
_DAY_ALONE = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def date_parts(text: str) -> dict[str, int]:
    """The "year", "month" and "day" that a date expression states, those that it states."""
    iso = _ISO.search(text)
    if iso:
        return dict(zip(("year", "month", "day"), map(int, iso.groups()), strict=True))
    parts: dict[str, int] = {}
    year, month, day = _YEAR_ALONE.search(text), _MONTH_ALONE.search(text), _DAY_ALONE.search(text)
    if year:
        parts["year"] = int(year.group())
    if month:
        parts["month"] = _BY_PREFIX[month.group().lower()[:3]]
        if day and 1 <= int(day.group(1)) <= 31:
            parts["day"] = int(day.group(1))
    return parts


def find_period(text: str, as_of: date) -> Period | None:
    """The stretch of days that a question names, None where it names none.

    "In January 2023", "on 5 January 2023", "in 2017", "since May", "last December", "yesterday", "two weeks
    ago", "between March and May 2022", "before the election on 14 May 2023" are stretches; a year that
    belongs to a name ("the 2017 act", "the 2018 World Cup") is none.
    """
    for pattern, reading in _READINGS:
        for match in pattern.finditer(text):
            period = _within_calendar(reading, match, as_of)
            if period is not None:
                return period
    return None


_Reading = Callable[[re.Match[str], date], Period | None]
_LEAD = r"(?P<lead>in|on|during|since|before|after|until|by|as of|from|of|around|throughout)"
_LED_EVENT = r"(?P<lead>since|before|after|until)"
_FULL = rf"(?:{_DAY} (?:of )?{_MONTH},? {_YEAR}|{_MONTH} {_DAY},? {_YEAR}|\d{{4}}-\d{{2}}-\d{{2}})"


def _within_calendar(reading: _Reading, match: re.Match[str], as_of: date) -> Period | None:
    """What a reading makes of some words; None for days before the year 1 or after the year 9999."""
    try:
        return reading(match, as_of)
    except (OverflowError, ValueError):
        return None


def _stated(match: re.Match[str], as_of: date) -> Period | None:
    """A date with a year, behind a word like "in"."""
    parts = date_parts(match["when"])
    days = _days_of(parts)
    if days is None or days[0] > as_of.replace(year=as_of.year + 1, day=1):
        return None
    return _led(match["lead"].lower(), days, match.group())


def _month_without_year(match: re.Match[str], as_of: date) -> Period | None:
    """ "In May", "last December": the latest such month that has begun; after "last", before this month."""
    month = _BY_PREFIX[match["when"].lower()[:3]]
    last = match["lead"].lower() == "last"
    past = month < as_of.month or (month == as_of.month and not last)
    days = _days_of({"year": as_of.year if past else as_of.year - 1, "month": month})
    return None if days is None else _led(match["lead"].lower(), days, match.group())


def _relative(match: re.Match[str], as_of: date) -> Period:
    words = " ".join(match.group().lower().split())
    first, last = _RELATIVE[words](as_of)
    return Period(first, last, match.group(), is_relative=True)


def _ago(match: re.Match[str], as_of: date) -> Period | None:
    """ "Two weeks ago": the unit of time that lies so far back, a day on either side for days."""
    back = _back(match, as_of)
    if back is None:
        return None
    unit = match["unit"].lower()
    if unit == "year":
        first, last = date(back.year, 1, 1), date(back.year, 12, 31)
    elif unit == "month":
        first, last = _month_of(back)
    else:
        around = timedelta(days=1 if unit == "day" else 4)
        first, last = back - around, back + around
    return Period(first, min(last, as_of), match.group(), is_relative=True)


def _within(match: re.Match[str], as_of: date) -> Period | None:
    """ "In the past two weeks", "over the last six months"."""
    back = _back(match, as_of)
    return None if back is None else Period(back, as_of, match.group(), is_relative=True)


def _back(match: re.Match[str], as_of: date) -> date | None:
    """The day that lies so many units back; None where the calendar does not go so far."""
    count = match["count"]
    number = int(count) if count and count.isdigit() else _NUMBERS.get((count or "one").lower(), 1)
    unit = match["unit"].lower()
    if unit in _UNIT_DAYS:
        return as_of - timedelta(days=number * _UNIT_DAYS[unit]) if number < MOST_BACK else None
    months = as_of.year * 12 + as_of.month - 1 - number * (12 if unit == "year" else 1)
    if months < 12:
        return None
    year, month = divmod(months, 12)
    return date(year, month + 1, min(as_of.day, calendar.monthrange(year, month + 1)[1]))


def _month_of(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _between(match: re.Match[str], as_of: date) -> Period | None:
    """ "Between March and May 2022", "from 2019 to 2021": an end without a year takes the other's."""
    first, last = date_parts(match["from"]), date_parts(match["to"])
    year = last.get("year", as_of.year)
    begins = _days_of({"year": year} | first)
    ends = _days_of({"year": year} | last)
    if begins is None or ends is None or begins[0] > ends[1]:
        return None
    return Period(begins[0], ends[1], match.group())


def _days_of(parts: dict[str, int]) -> tuple[date, date] | None:
    """The first and last day of a year, a month or a day; None for a day that does not exist."""
    year, month = parts.get("year", 0), parts.get("month")
    if year < MINYEAR:
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    length = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
    day = parts.get("day")
    if day is None:
        return (date(year, month, 1), date(year, month, length)) if length else None
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= length else None


def _led(lead: str, days: tuple[date, date], words: str) -> Period:
    """What "since", "before" and the like make of a stretch of days."""
    first, last = days
    if lead in ("since", "after", "from"):
        return Period(first, None, words)
    if lead in ("before", "until", "by", "as of"):
        return Period(None, last, words)
    return Period(first, last, words)


def _week(as_of: date) -> tuple[date, date]:
    monday = as_of - timedelta(days=as_of.weekday())
    return monday, as_of


def _last_week(as_of: date) -> tuple[date, date]:
    monday = as_of - timedelta(days=as_of.weekday() + 7)
    return monday, monday + timedelta(days=6)


def _last_month(as_of: date) -> tuple[date, date]:
    last = as_of.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


MOST_BACK = 10_000
_UNIT_DAYS = {"day": 1, "week": 7}
_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS.split(), start=1)}
_NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "a few": 3, "several": 4}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_PART = rf"(?:(?:{_DAY} (?:of )?)?{_MONTH}(?: {_DAY})?(?:,? {_YEAR})?|{_YEAR}|\d{{4}}-\d{{2}}-\d{{2}})"

_RELATIVE: dict[str, Callable[[date], tuple[date, date]]] = {
    "yesterday": lambda day: (day - timedelta(days=1), day - timedelta(days=1)),
    "today": lambda day: (day, day),
    "this week": _week,
    "last week": _last_week,
    "this month": lambda day: (day.replace(day=1), day),
    "last month": _last_month,
    "this year": lambda day: (date(day.year, 1, 1), day),
    "last year": lambda day: (date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)),
}

_READINGS: tuple[tuple[re.Pattern[str], _Reading], ...] = (
    (
        re.compile(rf"\b(?:between|from) (?P<from>{_PART}) (?:and|to|until|till) (?P<to>{_PART})\b", re.I),
        _between,
    ),
    (re.compile(rf"\b{_LED_EVENT} (?:\w+ ){{1,5}}?(?:on|of|in) (?P<when>{_FULL})\b", re.IGNORECASE), _stated),
    (re.compile(rf"\b{_LEAD} (?P<when>{_FULL})\b", re.IGNORECASE), _stated),
    (
        re.compile(rf"\b{_LEAD} (?:early |late |mid-)?(?P<when>{_MONTH}(?: of|,)? {_YEAR})\b", re.IGNORECASE),
        _stated,
    ),
    (re.compile(rf"\b{_LEAD} (?P<when>{_YEAR})\b(?! [A-Z])", re.IGNORECASE), _stated),
    (
        re.compile(rf"\b(?P<lead>last|this|in|since|during) (?P<when>{_MONTH})\b", re.IGNORECASE),
        _month_without_year,
    ),
    (re.compile(rf"\b{_COUNT} {_UNIT} (?:ago|earlier|back)\b", re.IGNORECASE), _ago),
    (
        re.compile(rf"\b(?:in|over|during|within|for) the (?:past|last) (?:{_COUNT} )?{_UNIT}\b", re.I),
        _within,
    ),
    (re.compile(rf"\b(?:{'|'.join(_RELATIVE)})\b", re.IGNORECASE), _relative),
)


_AS_OF = re.compile(rf"\b(?:as of|as at) (?P<when>{_FULL})\b", re.IGNORECASE)
_YEAR_ANYWHERE = re.compile(rf"\b{_YEAR}\b")


def stated_day(text: str, as_of: date) -> date | None:
    """The day that a question wants to be answered as of ("as of 3 March 2023"), None where it names none."""
    match = _AS_OF.search(text)
    days = _days_of(date_parts(match["when"])) if match else None
    return None if days is None or days[1] > as_of else days[1]


def without_stated_day(text: str) -> str:
    """A question without the words that say what day it is to be answered as of: no article repeats them."""
    rest = re.sub(r"\s+(?=[?.!,;])", "", _AS_OF.sub("", text))
    return " ".join(rest.split()).strip(" ,;")


def names_past_year(text: str, as_of: date) -> bool:
    """Whether a year stands in the question that lies before last year: it is about history."""
    return any(int(match.group()) < as_of.year - 1 for match in _YEAR_ANYWHERE.finditer(text))


def describe_period(period: Period) -> str:
    """The days of a period as a phrase: "December 2022", "from 2023-01-05 on"."""
    first, last = period.first, period.last
    if first is None or last is None:
        return f"up to {last}" if last else f"from {first} on"
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if (first, last) == _days_of({"year": first.year, "month": first.month}):
        return f"{calendar.month_name[first.month]} {first.year}"
    return f"{first.isoformat()} to {last.isoformat()}"
