"""Cutting an article into passages: runs of whole sentences that fit an embedder's window with the title."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.article import Article
from ingest.passage import Passage
from ingest.sentences import Span, paragraph_spans, split_sentences

TokenCounter = Callable[[str], int]
"""How many tokens an embedder's own tokenizer makes of a text, its special tokens included."""

CHARACTERS_PER_WORD = 12
"""So many characters count as a word at least: text without spaces must not make passages without end."""

TITLE_SHARE = 4
"""The title takes at most the window divided by this."""


@dataclass(frozen=True, slots=True)
class SplitSettings:
    """The size of passages.

    Attributes:
        window_tokens: the embedder's window; title and passage together never exceed it.
        target_words: passages are filled up to this; only one long sentence may be longer.
    """

    window_tokens: int = 256
    target_words: int = 150

    def __post_init__(self) -> None:
        if self.window_tokens < 16 or self.target_words < 1:
            raise ValueError(
                f"too small: window_tokens {self.window_tokens}, target_words {self.target_words}"
            )


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a sentence, or a piece of one that is too long."""

    span: Span
    words: int
    tokens: int
    opens_paragraph: bool


def embedding_text(title: str, passage_text: str) -> str:
    """What is embedded for a passage: the title on a line of its own, if there is one, and the passage."""
    return f"{title}\n{passage_text}" if title else passage_text


def embedding_title(title: str, count_tokens: TokenCounter, window_tokens: int) -> str:
    """The title, cut at a word border (else at a character) to at most a quarter of the window."""
    limit = window_tokens // TITLE_SHARE
    if count_tokens(title) <= limit:
        return title
    cut = title[: _longest_prefix(title, count_tokens, limit)]
    at_word = cut.rpartition(" ")[0] if " " in cut else cut
    return at_word.rstrip()


def split_article(
    article: Article, count_tokens: TokenCounter, settings: SplitSettings = SplitSettings()
) -> list[Passage]:
    """Cut an article into passages.

    Every passage is a run of whole sentences; only a sentence that does not fit by itself is cut, at a word
    border, else at a character. Passages are in order, do not overlap and cover every character that is not
    white space. `embedding_text(embedding_title(article.title), passage.text)` has at most `window_tokens`.

    Raises:
        ValueError: not even one character fits the window beside the title.
    """
    return [
        Passage.create(article, span.start, span.end)
        for span in _Splitter.of(article, count_tokens, settings).run()
    ]


@dataclass(frozen=True, slots=True)
class _Splitter:
    article: Article
    count_tokens: TokenCounter
    title: str
    special_tokens: int
    budget_tokens: int
    settings: SplitSettings

    @classmethod
    def of(cls, article: Article, count_tokens: TokenCounter, settings: SplitSettings) -> "_Splitter":
        title = embedding_title(article.title, count_tokens, settings.window_tokens)
        budget = settings.window_tokens - count_tokens(embedding_text(title, ""))
        return cls(article, count_tokens, title, count_tokens(""), budget, settings)

    def run(self) -> list[Span]:
        """The passages' spans."""
        spans: list[Span] = []
        pending: list[_Unit] = []
        for unit in self._units():
            if pending and not self._fits([*pending, unit]):
                spans_now, pending = self._break(pending, unit)
                spans += spans_now
            pending.append(unit)
        return [*spans, *([_joined(pending)] if pending else [])]

    def _fits(self, units: list[_Unit]) -> bool:
        words = sum(unit.words for unit in units)
        tokens = sum(unit.tokens for unit in units)
        return words <= self.settings.target_words and tokens <= self.budget_tokens

    def _break(self, pending: list[_Unit], following: _Unit) -> tuple[list[Span], list[_Unit]]:
        return [_joined(pending)], []

    def _units(self) -> Iterator[_Unit]:
        text = self.article.text
        openings = {paragraph.start for paragraph in paragraph_spans(text)}
        for sentence in split_sentences(text, self.article.head.language):
            for piece in self._pieces(sentence):
                yield self._unit(piece, piece.start in openings)

    def _unit(self, span: Span, opens_paragraph: bool) -> _Unit:
        part = self.article.text[span.start : span.end]
        return _Unit(span, _word_count(part), self.count_tokens(part) - self.special_tokens, opens_paragraph)

    def _pieces(self, sentence: Span) -> Iterator[Span]:
        yield sentence


def _joined(units: list[_Unit]) -> Span:
    return Span(units[0].span.start, units[-1].span.end)


def _word_count(text: str) -> int:
    return max(len(text.split()), -(-len(text) // CHARACTERS_PER_WORD))


def _longest_prefix(text: str, count_tokens: TokenCounter, limit: int) -> int:
    """The length of the longest prefix found by bisection that has at most `limit` tokens."""
    fits, too_long = 0, len(text) + 1
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if count_tokens(text[:middle]) <= limit:
            fits = middle
        else:
            too_long = middle
    return fits
