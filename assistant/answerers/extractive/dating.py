"""Which day a report means by "Thursday" or "yesterday": counted from the day it was published."""

import re
from datetime import date, timedelta

from ingest.article import ArticleHead, day_of

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_RELATIVE = re.compile(
    rf"^(?:on |late |early )*(?P<last>last )?(?P<word>{'|'.join((*_WEEKDAYS, *_NEAR))})"
    r"(?: (?:morning|afternoon|evening|night))?$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|announced|added|reported|confirmed|wrote|tweeted)\b[^,;.]*$", re.IGNORECASE
)
"""What was said on a day was said before: "said on Thursday that it will reopen"."""

_AHEAD = re.compile(r"\b(?:will|shall|would|is to|are to|plans? to|due|set to|scheduled)\b", re.IGNORECASE)


def relative_day(short_answer: str, sentence: str, published: date) -> date | None:
    """The day that a short answer names in relation to the day of publication; None for any other answer.

    Args:
        short_answer: "Thursday", "yesterday evening".
        sentence: the whole sentence: one that looks ahead means the weekday that follows.
        published: the day from which the report counts.
    """
    match = _RELATIVE.match(short_answer.strip())
    if match is None:
        return None
    try:
        return published + timedelta(days=_days_after(match, sentence, published))
    except OverflowError:  # of an article that is dated at the end of the calendar, as some that never expire
        return None


def _days_after(match: re.Match[str], sentence: str, published: date) -> int:
    """How many days after the day of publication lies the one that is meant; less than 0 for before."""
    word = match["word"].casefold()
    if word in _NEAR:
        return _NEAR[word]
    behind = (published.weekday() - _WEEKDAYS.index(word)) % 7
    before = sentence.partition(match["word"])[0]
    if _AHEAD.search(sentence) and not match["last"] and not _REPORTED.search(before):
        return (7 - behind) % 7
    return -7 if match["last"] and behind == 0 else -behind


def day_notice(short_answer: str | None, sentence: str, article: ArticleHead) -> str | None:
    """What a relative day in a short answer comes to, in words; None where there is none."""
    if short_answer is None or article.published_at is None:
        return None
    published = day_of(article.published_at)
    day = relative_day(short_answer, sentence, published)
    if day is None:
        return None
    return f"“{short_answer}” is {_written(day)}, counted from the article's date, {_written(published)}."


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
