"""The chunking benchmark's arithmetic, and its chunkers on a small text."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.benchmarks.chunking import (
    Chunk,
    Chunker,
    ChunkingData,
    Question,
    evaluate,
    footnote_chunker,
    overlap,
    recursive_chunker,
)
from ingest.sentences import Span
from ingest.splitting import TokenCounter
from tests.ingest.counting import count_words_and_marks

TEXT = "\n\n".join(f"Paragraph {number} speaks of subject {number}. It says no more." for number in range(40))


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """A bag of hashed words: texts that share words are near each other."""
    vectors = np.zeros((len(texts), 512), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().replace(".", " ").split():
            vectors[row, int(hashlib.sha256(word.encode()).hexdigest(), 16) % 512] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_overlap_counts_characters_of_the_right_corpus() -> None:
    question = Question("?", "a", (Span(0, 10), Span(5, 20)))
    chunks = [Chunk("a", Span(10, 30)), Chunk("b", Span(0, 20))]
    found = overlap(question, chunks)
    assert found.recall == 10 / 20
    assert found.precision == 10 / 40
    assert found.iou == 10 / 50


def test_a_chunk_that_is_the_excerpt_is_perfect() -> None:
    found = overlap(Question("?", "a", (Span(3, 9),)), [Chunk("a", Span(3, 9))])
    assert (found.recall, found.precision, found.iou) == (1, 1, 1)


@pytest.mark.parametrize("make", [footnote_chunker, recursive_chunker])
def test_chunkers_stay_within_the_size_and_give_exact_spans(
    make: Callable[[int, TokenCounter], Chunker],
) -> None:
    if make is recursive_chunker:
        pytest.importorskip("langchain_text_splitters")
    spans = make(40, count_words_and_marks)(TEXT)
    assert len(spans) > 5
    for span in spans:
        part = TEXT[span.start : span.end]
        assert part == part.strip()
        assert count_words_and_marks(part) <= 42


def test_the_right_chunk_is_retrieved() -> None:
    start = TEXT.index("Paragraph 17")
    question = Question("subject 17 paragraph 17", "a", (Span(start, start + 10),))
    data = ChunkingData({"a": TEXT}, (question,))
    score = evaluate(footnote_chunker(16, count_words_and_marks), data, encode, count_words_and_marks)
    assert score.overlap.recall == 1
    assert 0 < score.overlap.iou < 1
    assert score.chunks >= 40
    assert score.mean_tokens == pytest.approx(15, abs=3)
