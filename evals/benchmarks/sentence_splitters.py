"""How well sentence splitters find the borders of hand-written texts.

Run `python -m evals.benchmarks.sentence_splitters`.

A border lies between two sentences of one text. A splitter finds a border where one of its sentences begins;
precision, recall and their harmonic mean F1 are taken over the borders of all texts. Speed is measured on the
same texts, repeated.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.sentences import Span, split_sentences

Splitter = Callable[[str, str], Sequence[Span]]
"""From a text and its language code to spans in order."""

TEXT_SETS = ("sentences.txt", "sentences_held_back.txt")
REPEATS = 20


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with the offsets at which its sentences begin, but for the first.

    `optional` are offsets at which a border is neither right nor wrong.
    """

    language: str
    name: str
    text: str
    borders: frozenset[int]
    optional: frozenset[int]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of borders: found rightly, found wrongly, missed. Speed in characters a second."""

    right: int
    wrong: int
    missed: int
    characters_per_second: float = 0.0

    @property
    def precision(self) -> float:
        """Share of the found borders that are right, 0 to 1."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the borders that were found, 0 to 1."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def read_texts(name: str) -> list[MarkedText]:
    """The marked texts of a file beside this module; the notation stands at the head of `sentences.txt`."""
    lines = (files("evals.benchmarks") / "data" / name).read_text("utf-8").splitlines()
    texts: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("== "):
            texts.append((line[3:], []))
        elif line and not line.startswith("#"):
            texts[-1][1].append(line)
    return [_marked(head, sentences) for head, sentences in texts]


def _marked(head: str, lines: Sequence[str]) -> MarkedText:
    language, _, name = head.partition(" ")
    text = ""
    borders: set[int] = set()
    optional: set[int] = set()
    for line in lines:
        text += ("\n" if line.startswith("|") else " ") if text else ""
        if text:
            (optional if line.startswith("~") else borders).add(len(text))
        text += line.lstrip("|~").replace("⏎", "\n")
    return MarkedText(language, name, text, frozenset(borders), frozenset(optional))


def compare(marked: MarkedText, spans: Sequence[Span]) -> Score:
    """Compare a splitter's spans with a text's borders."""
    found = {span.start for span in spans[1:]} - marked.optional
    return Score(len(found & marked.borders), len(found - marked.borders), len(marked.borders - found))


def measure(splitter: Splitter, texts: Sequence[MarkedText], repeats: int = REPEATS) -> Score:
    """Score a splitter over texts, and time it over `repeats` runs through them."""
    scores = [compare(one, splitter(one.text, one.language)) for one in texts]
    began = time.perf_counter()
    for _ in range(repeats):
        for one in texts:
            splitter(one.text, one.language)
    seconds = time.perf_counter() - began
    return Score(
        sum(score.right for score in scores),
        sum(score.wrong for score in scores),
        sum(score.missed for score in scores),
        repeats * sum(len(one.text) for one in texts) / max(seconds, 1e-9),
    )


def spans_of(text: str, sentences: Sequence[str]) -> list[Span]:
    """Find a splitter's sentences in the text by their characters other than white space, in order."""
    positions = [index for index, character in enumerate(text) if not character.isspace()]
    spans = []
    taken = 0
    for sentence in sentences:
        length = min(sum(not character.isspace() for character in sentence), len(positions) - taken)
        if length:
            spans.append(Span(positions[taken], positions[taken + length - 1] + 1))
            taken += length
    return spans


def _footnote(text: str, language: str) -> Sequence[Span]:
    return split_sentences(text, language)


def _pysbd(text: str, language: str) -> Sequence[Span]:
    import pysbd

    known = language if language in pysbd.languages.LANGUAGE_CODES else "en"
    return spans_of(text, pysbd.Segmenter(language=known, clean=False).segment(text))


def _blingfire(text: str, _language: str) -> Sequence[Span]:
    import blingfire

    return spans_of(text, blingfire.text_to_sentences(text).split("\n"))


def _sentencex(text: str, language: str) -> Sequence[Span]:
    import sentencex

    return spans_of(text, sentencex.segment(language, text))


def _syntok(text: str, _language: str) -> Sequence[Span]:
    from syntok import segmenter

    sentences = [tokens for paragraph in segmenter.analyze(text) for tokens in paragraph]
    return [Span(tokens[0].offset, tokens[-1].offset + len(tokens[-1].value)) for tokens in sentences]


def _punkt_untrained(text: str, _language: str) -> Sequence[Span]:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    return [Span(start, end) for start, end in PunktSentenceTokenizer().span_tokenize(text)]


@cache
def _spacy_pipeline(language: str) -> Any:
    import spacy

    pipeline = spacy.blank(language)
    pipeline.add_pipe("sentencizer")
    return pipeline


def _spacy(text: str, language: str) -> Sequence[Span]:
    return [
        Span(sentence.start_char, sentence.end_char) for sentence in _spacy_pipeline(language)(text).sents
    ]


def candidates() -> Iterator[tuple[str, Splitter]]:
    """Footnote's splitter and the libraries that are installed."""
    from importlib.util import find_spec

    yield "footnote", _footnote
    libraries: tuple[tuple[str, str, Splitter], ...] = (
        ("pysbd", "pysbd", _pysbd),
        ("blingfire", "blingfire", _blingfire),
        ("sentencex", "sentencex", _sentencex),
        ("syntok", "syntok", _syntok),
        ("punkt, untrained", "nltk", _punkt_untrained),
        ("spaCy sentencizer", "spacy", _spacy),
    )
    yield from ((name, splitter) for name, module, splitter in libraries if find_spec(module) is not None)


def main() -> None:
    """Print the table."""
    sets = {name: read_texts(name) for name in TEXT_SETS}
    for name, texts in sets.items():
        count = sum(len(one.borders) + 1 for one in texts)
        print(f"\n{name}: {len(texts)} texts, {count} sentences")
        print(f"{'splitter':<20}{'F1':>7}{'precision':>11}{'recall':>8}{'wrong':>7}{'missed':>8}{'MB/s':>8}")
        for label, splitter in candidates():
            score = measure(splitter, texts)
            print(
                f"{label:<20}{score.f1:>7.3f}{score.precision:>11.3f}{score.recall:>8.3f}{score.wrong:>7}"
                f"{score.missed:>8}{score.characters_per_second / 1e6:>8.2f}"
            )


if __name__ == "__main__":
    main()
