"""Answers about times: another deed's day, another year, the past for what is to come."""

import re
from datetime import date, timedelta

from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.mistaking.telling import told_so_far
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.dates import date_parts
from assistant.understanding.demand import deed_of_time
from assistant.understanding.question import FIGURE_KINDS, AnswerKind
from assistant.understanding.subject import is_year
from ingest.article import day_of

_OF_A_YEAR = FIGURE_KINDS | {AnswerKind.PERSON, AnswerKind.NAME, AnswerKind.NAMED_PLACE}
_IN_A_YEAR = re.compile(r"\b(?:in|during|of|for) (?:early |late )?(\d{4})\b", re.IGNORECASE)
LATE_REPORT = timedelta(days=60)
"""So long after a year's end reports still tell of it without naming it."""

_EARLIER_VERSION = re.compile(
    r"\b(?:earlier|previous|original|prior) versions? of th(?:is|e) (?:article|story|report|post|headline)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\bwhen (?:will|could|can|might|may)\b"
    r"|\bwhen (?:is|are) (?:[\w'’-]+ ){1,6}(?:due|going|expected|scheduled|set|planned|likely) to\b",
    re.IGNORECASE,
)
_GONE = re.compile(r"\b(?:last|ago|yesterday|previous)\b", re.IGNORECASE)


def times_another_deed(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "when" is asked of a deed that neither the sentence nor the one before tells."""
    deed = deed_of_time(reading.profile)
    return deed is not None and not is_met(deed, told_so_far(reading, item))


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
