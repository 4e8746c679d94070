"""Holding a model's sentence to the passages it cites: the quote that carries it best, and how far it does.

The check is of words alone. It catches figures, names and quotations that the passage does not have, a
missing or added "not", and sentences about something else. It cannot see that the right words were put
together wrongly.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Support
from assistant.answerers.base import QuoteRef
from assistant.answerers.language_model.wording import Wording, holds, wording
from ingest.sentences import Span, split_sentences
from vectorstore.retrieved import RetrievedPassage

SUPPORTED_SHARE = 0.7
"""The least share of a supported sentence's content words that its passages hold."""

PARTIAL_SHARE = 0.3
FIGURE_WEIGHT = 2.0
"""How much a number or name counts in choosing a quote, next to another word."""

LENGTH_PENALTY = 0.002
"""Per character of a quote: of two that carry as much, the shorter."""

SHORTEST_QUOTATION_WORDS = 3
_QUOTATION = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")


@dataclass(frozen=True, slots=True)
class Grounding:
    """What a sentence stands on."""

    quotes: tuple[QuoteRef, ...]
    support: Support


def ground(sentence: str, cited: Sequence[RetrievedPassage]) -> Grounding:
    """Find a quote for a sentence in each passage it cites, and judge how far they carry it."""
    if not cited:
        return Grounding((), "unsupported")
    claim = wording(sentence)
    quotes = tuple(_best_quote(claim, passage) for passage in cited)
    return Grounding(quotes, _support(sentence, claim, cited, [_text(quote) for quote in quotes]))


def _best_quote(claim: Wording, retrieved: RetrievedPassage) -> QuoteRef:
    """The sentence of a passage that shares most with the claim."""
    passage = retrieved.passage
    spans = split_sentences(passage.text, retrieved.article.language) or [Span(0, len(passage.text))]
    best = max(spans, key=lambda span: _shared(claim, passage.text[span.start : span.end]))
    return QuoteRef(retrieved, passage.start + best.start, passage.start + best.end)


def _shared(claim: Wording, text: str) -> float:
    said = wording(text)
    figures = len(claim.numbers & said.numbers) + sum(holds(said, name) for name in claim.names)
    return len(claim.terms & said.terms) + FIGURE_WEIGHT * figures - LENGTH_PENALTY * len(text)


def _text(quote: QuoteRef) -> str:
    passage = quote.passage.passage
    return passage.text[quote.start - passage.start : quote.end - passage.start]


def _support(
    sentence: str, claim: Wording, cited: Sequence[RetrievedPassage], quotes: Sequence[str]
) -> Support:
    said = [wording(passage.passage.text) for passage in cited]
    heads = [wording(_head_text(passage)) for passage in cited]
    share = _carried_share(claim, said)
    numbers = frozenset().union(*(evidence.numbers for evidence in (*said, *heads)))
    if share < PARTIAL_SHARE or (claim.numbers and not claim.numbers & numbers):
        return "unsupported"
    whole = (
        share >= SUPPORTED_SHARE
        and claim.numbers <= numbers
        and all(any(holds(evidence, name) for evidence in (*said, *heads)) for name in claim.names)
        and any(wording(quote).negated == claim.negated for quote in quotes)
        and _quotations_stand(sentence, cited)
    )
    return "supported" if whole else "partial"


def _carried_share(claim: Wording, said: Sequence[Wording]) -> float:
    """The share, 0 to 1, of the claim's content words that the passages hold."""
    if not claim.terms:
        return 0.0
    held = sum(any(holds(evidence, term) for evidence in said) for term in claim.terms)
    return held / len(claim.terms)


def _head_text(retrieved: RetrievedPassage) -> str:
    """What the prompt said about a passage's article: its year and its title."""
    head = retrieved.article
    return f"{head.published_at.year if head.published_at else ''}. {head.title}"


def _quotations_stand(sentence: str, cited: Sequence[RetrievedPassage]) -> bool:
    """Whether what the sentence puts in quotation marks stands so in a cited passage."""
    quotations = [_evened(match[1]) for match in _QUOTATION.finditer(sentence)]
    passages = [_evened(passage.passage.text) for passage in cited]
    return all(
        any(quotation in passage for passage in passages)
        for quotation in quotations
        if len(quotation.split()) >= SHORTEST_QUOTATION_WORDS
    )


def _evened(text: str) -> str:
    straight = text.translate(str.maketrans("’‘“”", "''\"\""))
    return " ".join(straight.casefold().split()).strip(" .,;:")
