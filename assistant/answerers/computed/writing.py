"""What a computed answer says: a sentence with the figure, then the articles that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answerers.base import Computation, DraftSentence
from assistant.answerers.computed.finding import Found
from assistant.answerers.computed.quoting import quote_of
from assistant.answerers.computed.wording import (
    day_words,
    published_on,
    publisher_of,
    reference,
    span_words,
    undated_words,
)
from assistant.counting import count_of
from vectorstore.mentions import Mention

MOST_CITED = 50
"""Articles that are cited one by one; the count and `Answer.counted` hold all of them."""
LATEST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Written:
    """The sentences of a computed answer, its short answer, and what a reader should know besides."""

    sentences: tuple[DraftSentence, ...]
    short_answer: str
    notices: tuple[str, ...] = ()


def write(computation: Computation, found: Found) -> Written:
    """Write down what was found; there is at least one article."""
    if computation.listed == "publishers":
        return _publishers(found)
    dated = [(day, one) for one in found.mentions if (day := published_on(one.article))]
    if computation.kind == "first" and dated:
        return _by_date(found, dated[:1], "first")
    if computation.kind == "latest" and dated:
        return _by_date(found, dated[: -LATEST_SHOWN - 1 : -1], "latest")
    return _count(found) if computation.kind == "count" else _list(found)


def _count(found: Found) -> Written:
    number = count_of(len(found.mentions), "article")
    return Written((_sentence(_total(found), found.newest_first(), found),), number, _notices(found))


def _list(found: Found) -> Written:
    lines = [_sentence(reference(one.article), [one], found) for one in found.newest_first()[:MOST_CITED]]
    number = count_of(len(found.mentions), "article")
    return Written((_uncited(_total(found)), *lines), number, _notices(found))


def _total(found: Found) -> str:
    number = count_of(len(found.mentions), "article")
    verb = "is" if len(found.mentions) == 1 else "are"
    return f"There {verb} {number} {found.relation}{span_words(found.heads)}."


def _publishers(found: Found) -> Written:
    by_publisher: dict[str, list[Mention]] = {}
    for mention in found.newest_first():
        by_publisher.setdefault(publisher_of(mention.article), []).append(mention)
    ordered = sorted(by_publisher.items(), key=lambda item: (-len(item[1]), item[0]))
    number = count_of(len(ordered), "publisher")
    verb = "has" if len(ordered) == 1 else "have"
    lead = f"{number} {verb} {count_of(len(found.mentions), 'article')} {found.relation}."
    shown = max(1, MOST_CITED // len(ordered))
    lines = [_publisher(name, ones, shown, found) for name, ones in ordered]
    return Written((_uncited(lead), *lines), number)


def _publisher(name: str, mentions: Sequence[Mention], shown: int, found: Found) -> DraftSentence:
    heads = [mention.article for mention in mentions]
    text = f"{name}: {count_of(len(heads), 'article')}{span_words(heads)}."
    return _sentence(text, mentions[:shown], found)


def _by_date(found: Found, shown: Sequence[tuple[date, Mention]], which: str) -> Written:
    """The first or latest article with its date and what it says, then those next to it."""
    day, nearest = shown[0]
    quote = quote_of(nearest, found.keys)
    title = " ".join(nearest.article.title.split())
    text = (
        f"The {which} of {count_of(len(found.mentions), 'article')} {found.relation} was published on "
        f"{day_words(day)}: “{title}” ({publisher_of(nearest.article)})."
    )
    lead = DraftSentence(text, (quote.ref,), "computed")
    said = DraftSentence(quote.text, (quote.ref,), "quoted")
    others = [_sentence(reference(one.article), [one], found) for _, one in shown[1:]]
    undated = undated_words(found.heads)
    return Written((lead, said, *others), day_words(day), (undated,) if undated else _copies(found))


def _sentence(text: str, mentions: Sequence[Mention], found: Found) -> DraftSentence:
    quotes = tuple(quote_of(one, found.keys).ref for one in mentions[:MOST_CITED])
    return DraftSentence(text, quotes, "computed")


def _uncited(text: str) -> DraftSentence:
    return DraftSentence(text, (), "computed")


def _notices(found: Found) -> tuple[str, ...]:
    return (*_copies(found), *_only_newest_cited(found))


def _copies(found: Found) -> tuple[str, ...]:
    if not found.copies:
        return ()
    noun = "1 more article is a copy" if found.copies == 1 else f"{found.copies:,} more articles are copies"
    return (f"{noun} of these and counted once.",)


def _only_newest_cited(found: Found) -> tuple[str, ...]:
    number = len(found.mentions)
    return (f"The newest {MOST_CITED} of {number:,} articles are cited.",) if number > MOST_CITED else ()
