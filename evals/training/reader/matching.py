"""Finds the paragraphs that pairs of questions are about: `python -m evals.training.reader.matching`.

Zhu et al. (2019) give the pairs of SQuAD v2's training set with the place of the answer, as numbers of
tokens, and one part of them without the paragraphs. Where the answerable question itself stands among the
fragments, the paragraph is known. Else keywords find candidates, and one is taken where the reader sees the
answer at the very place that the pair gives.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from evals.benchmarks.reading_cases import KeywordPassages
from evals.training.reader.encoding import Encoded, encode
from evals.training.reader.examples import ReadingExample, Span
from evals.training.reader.fragments import folded, fragment_examples
from evals.training.reader.network import ReaderNetwork
from evals.training.reader.pairs import FUNCTION_WORDS, MATCHED_FILE, PlacedPair, placed_pairs, question_of
from evals.training.reader.scoring import Read, read_all
from vectorstore.model_files import find_model

CANDIDATES = 2
LEAST_SHARED_WORDS = 0.5
"""A candidate has at least this share of the question's words, by their first letters."""

LEAST_SPAN_SCORE = 3.0
"""The reader is right about nearly all spans of such a score, over that of none."""

NEAR_TOKENS, NEAR_SHARE, LENGTH_TOKENS = 2, 0.05, 3
"""Two ways of cutting a text into tokens differ by so many, or by this share of those that come before."""

STEM = 5
_TOKEN = re.compile(r"n't\b|\w+(?=n't\b)|['’]s\b|\w+(?:[-.,]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair beside a paragraph that it may have been asked about."""

    pair: PlacedPair
    text: str


def matched_pairs(
    pairs: Sequence[PlacedPair],
    fragments: Sequence[ReadingExample],
    network: ReaderNetwork,
    tokenizer: Any,
) -> Iterator[tuple[PlacedPair, str, Span]]:
    """The pairs whose paragraph was found, with it and where in it the answer stands.

    Args:
        pairs: those to find paragraphs for.
        fragments: questions beside the paragraphs that are at hand.
        network: a trained reader.
        tokenizer: the reader's.
    """
    known = {folded(one.question): one for one in fragments if one.spans}
    unknown = []
    for pair in pairs:
        one = known.get(folded(pair.answerable))
        if one is None:
            unknown.append(pair)
        else:
            yield pair, one.text, one.spans[0]
    candidates = list(_candidates(unknown, list({one.text: None for one in fragments})))
    examples = [_encoded(candidate, tokenizer) for candidate in candidates]
    taken: set[PlacedPair] = set()
    for candidate, example, read in zip(candidates, examples, read_all(network, examples), strict=True):
        place = _place(candidate.text, example, read, tokenizer)
        if candidate.pair not in taken and place and _agrees(candidate, place, read):
            taken.add(candidate.pair)
            yield candidate.pair, candidate.text, place


def _candidates(pairs: Sequence[PlacedPair], paragraphs: Sequence[str]) -> Iterator[Candidate]:
    rows = [{"title": "", "date": None, "text": text} for text in paragraphs]
    search = KeywordPassages(rows, whole=True)
    for pair in pairs:
        words = {word for word in re.findall(r"\w+", pair.answerable) if word not in FUNCTION_WORDS}
        for found in search.find(pair.answerable, None, CANDIDATES) if len(words) > 1 else ():
            text = found.passage.text
            having = {word[:STEM] for word in re.findall(r"\w+", text.casefold())}
            if sum(word[:STEM] in having for word in words) >= LEAST_SHARED_WORDS * len(words):
                yield Candidate(pair, text)


def _encoded(candidate: Candidate, tokenizer: Any) -> Encoded:
    asked = ReadingExample("matching", "", question_of(candidate.pair.answerable), "", candidate.text, False)
    example = encode(asked, tokenizer)
    if example is None:
        raise ValueError(f"A passage without an answer was not encoded: {candidate.text[:80]}")
    return example


def _place(text: str, example: Encoded, read: Read, tokenizer: Any) -> Span | None:
    """Offsets of the reader's span; None where it lies outside the passage."""
    offsets = tokenizer.encode(text, add_special_tokens=False).offsets
    shift = int((example.sentences >= 0).argmax())
    first, last = read.start - shift, read.end - shift
    return (offsets[first][0], offsets[last][1]) if 0 <= first <= last < len(offsets) else None


def _agrees(candidate: Candidate, place: Span, read: Read) -> bool:
    """Whether the span stands where the pair says that the answer does."""
    begin = len(_TOKEN.findall(candidate.text[: place[0]]))
    end = len(_TOKEN.findall(candidate.text[: place[1]])) - 1
    wanted, last = candidate.pair.place
    near = max(NEAR_TOKENS, NEAR_SHARE * wanted)
    alike = abs((end - begin) - (last - wanted)) <= LENGTH_TOKENS
    return read.span >= LEAST_SPAN_SCORE and alike and min(abs(begin - wanted), abs(end - last)) <= near


def main(arguments: Sequence[str] | None = None) -> None:
    """Match, and write the pairs beside the set's own files."""
    from evals.training.reader.train import load_tokenizer

    parser = argparse.ArgumentParser(prog="python -m evals.training.reader.matching")
    parser.add_argument("--data", type=Path, required=True, help="folder with unansq and fragments")
    parser.add_argument("weights", type=Path, help="weights of a reader")
    given = parser.parse_args(arguments)
    folder = find_model("default").path
    network = ReaderNetwork(folder)
    network.load_state_dict(torch.load(given.weights, weights_only=True))
    pairs = placed_pairs(given.data / "unansq", "train")
    fragments = fragment_examples(given.data / "fragments")
    found = matched_pairs(pairs, fragments, network.eval(), load_tokenizer(folder))
    rows = [
        {"answerable": pair.answerable, "unanswerable": pair.unanswerable, "text": text, "span": place}
        for pair, text, place in found
    ]
    with (given.data / "unansq" / MATCHED_FILE).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(f"{len(rows)} of {len(pairs)} pairs have a paragraph")


if __name__ == "__main__":
    main()
