"""Dates as documents write them. What is ambiguous or incomplete is no date: none is ever guessed."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from ingest.article import Moment

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDY_FORMATS = (
    "%d %B %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%A, %d %B %Y",
    "%A, %B %d, %Y",
)
_ZONE_AFTER_SPACE = re.compile(r"\s+(?=[+-]\d{2}:?\d{2}$|Z$)")
_ZONE_NAME = re.compile(r"\s+(UTC|GMT)$")


def read_moment(text: str) -> Moment | None:
    """A date, with its time where it states one, in ISO 8601, RFC 5322 or plain English; else None."""
    stated = text.strip()
    if _DAY.fullmatch(stated):
        return _day(stated)
    return _iso(_ZONE_NAME.sub("Z", stated)) or _mail(stated) or _wordy(stated)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", text) and not re.match(r"\d{8}T\d", text):
        return None
    try:
        return datetime.fromisoformat(_ZONE_AFTER_SPACE.sub("", text))
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    if ":" not in text:
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _wordy(text: str) -> date | None:
    for form in _WORDY_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
