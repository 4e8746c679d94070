"""Whole reports as the reader meets them: cut into passages, later ones under the article's first sentence.

What misleads a reader of reports is mostly the report itself. Its opening names all that a question names and
answers few questions; the sentence that answers stands further down and says "it" and "the company".
"""

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.answerers.extractive.leading import MOST_LEAD_CHARACTERS, lead_of, under_lead
from assistant.understanding.words import keys_of, words_of
from evals.training.reader.examples import ReadingExample, Span
from ingest.article import Article
from ingest.passage import Passage
from ingest.splitting import SplitSettings, split_article

BESIDE = "beside"
"""The source of a question put to another passage of the report that answers it, or that it is about."""

TOKENS_PER_WORD = 2
_SETTINGS = SplitSettings(window_tokens=512)


def report_text(row: dict[str, Any]) -> str:
    """The paragraphs of a whole report, as an article's text."""
    return "\n\n".join(row["paragraphs"])


def report_examples(row: dict[str, Any], group: str, source: str) -> Iterator[ReadingExample]:
    """Each question beside the passage that answers it, and beside the likest one that does not.

    A question that nothing answers is put to the two likest passages. One whose answer stands in several
    passages is put to the first.

    Args:
        row: `title`, `paragraphs` and `qas`, lists of a question, its answer ("" for none) and perhaps a
            piece of the text that tells which of several places is meant.
        group: by which the examples are split into parts.
        source: of those that are not `BESIDE`.

    Raises:
        ValueError: an answer does not stand in the report.
    """
    title, text = row["title"], report_text(row)
    article = Article.create(location=title, title=title, text=text)
    passages = split_article(article, lambda part: TOKENS_PER_WORD * len(part.split()), _SETTINGS)
    lead = lead_of(text[:MOST_LEAD_CHARACTERS])
    of_lead = keys_of(words_of(lead))
    told = {one.id: keys_of(words_of(one.text)) for one in passages}
    of_title = keys_of(words_of(title))
    for question, answer, *where in row["qas"]:
        asked = keys_of(words_of(question))

        def beside(
            passage: Passage,
            name: str,
            spans: tuple[Span, ...] = (),
            question: str = question,
            asked: frozenset[str] = asked,
        ) -> ReadingExample:
            shown = of_title | told[passage.id]
            head = under_lead(title, lead, asked & of_lead, shown) if passage.start else title
            return ReadingExample(name, group, question, head, passage.text, bool(spans), spans)

        places = places_of(text, answer, *where) if answer else ()
        own = [_inside(passage, places) for passage in passages]
        if answer and not any(own):
            continue
        without = [one for one in passages if not answer or answer.casefold() not in one.text.casefold()]
        likest = sorted(without, key=lambda one: -len(asked & told[one.id]))
        if answer:
            yield next(beside(one, source, spans) for one, spans in zip(passages, own, strict=True) if spans)
            yield from (beside(one, BESIDE) for one in likest[:1])
        else:
            yield from (beside(one, name) for one, name in zip(likest, (source, BESIDE), strict=False))


def places_of(text: str, answer: str, where: str = "") -> tuple[Span, ...]:
    """Where an answer stands, inside the piece of text where one is told.

    Raises:
        ValueError: it does not stand there.
    """
    first = text.find(where)
    last = first + len(where) if where else len(text)
    found, at = [], text.find(answer, first) if first >= 0 else -1
    while 0 <= at <= last - len(answer):
        found.append((at, at + len(answer)))
        at = text.find(answer, at + 1)
    if not found:
        raise ValueError(f"{answer!r} does not stand in {text[:60]!r}")
    return tuple(found)


def _inside(passage: Passage, places: Sequence[Span]) -> tuple[Span, ...]:
    """Those places that a passage holds, as offsets into it."""
    return tuple(
        (start - passage.start, end - passage.start)
        for start, end in places
        if passage.start <= start and end <= passage.end
    )
