"""Cutting an article into passages: runs of whole sentences that fit an embedder's window with the title.

Where to cut is chosen for the whole text at once, by dynamic programming over its sentences (as in Knuth and
Plass, "Breaking paragraphs into lines", 1981): passages should be full, and end where paragraphs end.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.article import Article
from ingest.passage import Passage
from ingest.sentences import Span, paragraph_spans, split_sentences, trimmed

TokenCounter = Callable[[str], int]
"""How many tokens an embedder's own tokenizer makes of a text, its special tokens included."""

CHARACTERS_PER_WORD = 12
"""So many characters count as a word at least: text without spaces must not make passages without end."""

TITLE_SHARE = 4
"""The title takes at most the window divided by this."""

MOST_SENTENCES = 40
"""A passage has at most so many sentences, which keeps the time linear in texts of tiny ones."""

BREAK_IN_PARAGRAPH = 2.0
BREAK_AT_LINE_END = 0.1
BREAK_AFTER_HEADING = 1.0
UNFILLED = 1.0
"""What a passage costs for ending within a paragraph (in a line, or at its end), for ending after a heading,
and for being empty; that it is a passage at all costs 1."""

HEADING_WORDS = 12
_LINE_END = re.compile(r"[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class SplitSettings:
    """The size of passages.

    Attributes:
        window_tokens: the embedder's window; title and passage together never exceed it.
        target_words: passages are filled up to this; only a single long sentence may have more.
    """

    window_tokens: int = 256
    target_words: int = 120

    def __post_init__(self) -> None:
        if self.window_tokens < 8 or self.target_words < 1:
            raise ValueError(
                f"too small: window_tokens {self.window_tokens}, target_words {self.target_words}"
            )


DEFAULT_SETTINGS = SplitSettings()


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
    article: Article, count_tokens: TokenCounter, settings: SplitSettings = DEFAULT_SETTINGS
) -> list[Passage]:
    """Cut an article into passages.

    Every passage is a run of whole sentences; only a sentence that does not fit by itself is cut, at a word
    border, else at a character. Passages are in order, do not overlap and cover every character that is not
    white space. `embedding_text(embedding_title(article.title, …), passage.text)` never exceeds the window.

    Raises:
        ValueError: not even one character fits the window beside the title.
    """
    room = _Room.beside(article.title, count_tokens, settings)
    units = list(_units(article, room))
    runs = (units[start:end] for start, end in _best_runs(units, room))
    spans = (span for run in runs for span in _fitting(article.text, run, room))
    return [Passage.create(article, span.start, span.end) for span in spans]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is not cut again: a sentence, or a piece of one that is too long."""

    span: Span
    words: int
    tokens: int
    break_cost: float


@dataclass(frozen=True, slots=True)
class _Room:
    """What fits in one passage."""

    title: str
    count_tokens: TokenCounter
    special_tokens: int
    tokens: int
    words: int
    window_tokens: int

    @classmethod
    def beside(cls, title: str, count_tokens: TokenCounter, settings: SplitSettings) -> "_Room":
        short = embedding_title(title, count_tokens, settings.window_tokens)
        taken = count_tokens(embedding_text(short, ""))
        return cls(
            title=short,
            count_tokens=count_tokens,
            special_tokens=count_tokens(""),
            tokens=settings.window_tokens - taken,
            words=settings.target_words,
            window_tokens=settings.window_tokens,
        )

    def tokens_of(self, part: str) -> int:
        """The tokens of a part of a text, without the special ones."""
        return self.count_tokens(part) - self.special_tokens

    def admits(self, part: str) -> bool:
        """Whether a part fits the window beside the title, counted as it will be embedded."""
        return self.count_tokens(embedding_text(self.title, part)) <= self.window_tokens


def _units(article: Article, room: _Room) -> Iterator[_Unit]:
    text = article.text
    sentences = split_sentences(text, article.head.language)
    paragraphs = iter(paragraph_spans(text))
    paragraph = Span(0, 0)
    for sentence in sentences:
        while sentence.start >= paragraph.end:
            paragraph = next(paragraphs)
        for piece in _pieces(text, sentence, room):
            part = text[piece.start : piece.end]
            words = word_count(part)
            yield _Unit(piece, words, room.tokens_of(part), _break_cost(text, piece, paragraph))


def _break_cost(text: str, piece: Span, paragraph: Span) -> float:
    """What it costs to end a passage after a piece of a paragraph."""
    ends_paragraph = piece.end == paragraph.end
    ends_line = ends_paragraph or _LINE_END.match(text, piece.end) is not None
    if ends_line and _is_heading(text, piece, paragraph):
        return BREAK_AFTER_HEADING
    if ends_paragraph:
        return 0.0
    return BREAK_AT_LINE_END if ends_line else BREAK_IN_PARAGRAPH


def _is_heading(text: str, line_end: Span, paragraph: Span) -> bool:
    """Whether a piece that ends a line is a short line of its own without a stop at its end."""
    part = text[line_end.start : line_end.end]
    if not part[-1].isalnum() or word_count(part) > HEADING_WORDS:
        return False
    before = text[max(paragraph.start, line_end.start - 2) : line_end.start]
    return not before.strip(" \t\n") and (line_end.start == paragraph.start or "\n" in before)


def word_count(text: str) -> int:
    """Words between white space, or what so many characters count as, where that is more."""
    return max(len(text.split()), -(-len(text) // CHARACTERS_PER_WORD))


def _pieces(text: str, span: Span, room: _Room) -> Iterator[Span]:
    """The span whole if it fits the window, else equal parts of it, cut at word borders if it has any."""
    length = span.end - span.start
    parts = -(-length // (CHARACTERS_PER_WORD * room.words))
    if parts == 1:
        part = text[span.start : span.end]
        if room.admits(part):
            yield span
            return
        if length == 1:
            raise ValueError(f"a window of {room.window_tokens} tokens has no room for a character")
        parts = max(2, -(-room.tokens_of(part) // max(1, room.tokens)))
    for cut in _cut_evenly(text, span, min(parts, length)):
        yield from _pieces(text, cut, room)


def _cut_evenly(text: str, span: Span, parts: int) -> Iterator[Span]:
    start = span.start
    for number in range(1, parts):
        aim = span.start + (span.end - span.start) * number // parts
        end = max(_word_border(text, start + 1 + (aim - start) // 2, aim), start + 1)
        cut = trimmed(text, start, end)
        if cut.start < cut.end:
            yield cut
        start = end
    rest = trimmed(text, start, span.end)
    if rest.start < rest.end:
        yield rest


def _word_border(text: str, first: int, last: int) -> int:
    """The last position from `first` to `last` before which there is white space, else `last`."""
    return next((place for place in range(last, first, -1) if text[place - 1].isspace()), last)


def _best_runs(units: list[_Unit], room: _Room) -> list[tuple[int, int]]:
    """The cheapest way to cut the units into runs that fit, as (start, end) of each run."""
    cheapest = [0.0]
    cut_before = [0]
    for end in range(1, len(units) + 1):
        costs = ((cheapest[start] + cost, start) for start, cost in _run_costs(units, end, room))
        cost, start = min(costs)
        cheapest.append(cost)
        cut_before.append(start)
    runs = []
    end = len(units)
    while end:
        runs.append((cut_before[end], end))
        end = cut_before[end]
    return runs[::-1]


def _run_costs(units: list[_Unit], end: int, room: _Room) -> Iterator[tuple[int, float]]:
    """Each start of a run that ends before `end` and fits, with what the run costs."""
    fixed = 1.0 + (units[end - 1].break_cost if end < len(units) else 0.0)
    words = tokens = 0
    for start in range(end - 1, max(-1, end - 1 - MOST_SENTENCES), -1):
        words += units[start].words
        tokens += units[start].tokens
        filled = max(words / room.words, tokens / max(1, room.tokens))
        if filled > 1 and start < end - 1:
            return
        yield start, fixed + UNFILLED * (1 - min(1.0, filled)) ** 2


def _fitting(text: str, run: list[_Unit], room: _Room) -> Iterator[Span]:
    """The run's span, or two where tokens do not simply add up and together are too many."""
    span = Span(run[0].span.start, run[-1].span.end)
    if len(run) == 1 or room.admits(text[span.start : span.end]):
        yield span
        return
    middle = len(run) // 2
    yield from _fitting(text, run[:middle], room)
    yield from _fitting(text, run[middle:], room)


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
