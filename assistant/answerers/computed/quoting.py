"""The sentence of an article that shows why it was counted."""

from collections.abc import Set
from dataclasses import dataclass

from assistant.answerers.base import QuoteRef
from assistant.understanding.words import keys_of, words_of
from ingest.sentences import Span, split_sentences
from vectorstore.mentions import Mention
from vectorstore.retrieved import RetrievedPassage


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a passage, and where it stands in its article."""

    text: str
    ref: QuoteRef


def quote_of(mention: Mention, keys: Set[str]) -> Quote:
    """The first sentence of the mention's passage that holds most of the topic's words.

    Args:
        keys: of the topic's words, as `word_key` makes them.
    """
    passage = mention.passage
    spans = split_sentences(passage.text, mention.article.language) or [Span(0, len(passage.text))]
    best = max(spans, key=lambda span: len(keys & keys_of(words_of(passage.text[span.start : span.end]))))
    found = RetrievedPassage(passage, mention.article, None, None, 0.0, 1)
    ref = QuoteRef(found, passage.start + best.start, passage.start + best.end)
    return Quote(passage.text[best.start : best.end], ref)
