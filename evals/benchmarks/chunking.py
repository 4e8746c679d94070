"""How well passages hold what answers a question.

Run `python -m evals.benchmarks.chunking DATA_FOLDER`. The data are Chroma's chunking evaluation (Smith and
Troynikov, "Evaluating Chunking Strategies for Retrieval", 2024): five corpora, questions, and the excerpts
that answer each. For each question the chunks of all corpora are ranked by the cosine of embeddings, and the
best `RETRIEVED` are compared with the excerpts, character by character as that project's own code does:

- recall: the share of the excerpts that the chunks hold,
- precision: the share of the chunks that is excerpt,
- IoU: the excerpt held, over the chunks and the excerpt not held together.

Footnote's passages stand beside LangChain's `RecursiveCharacterTextSplitter`, without overlap, at the same
largest size in tokens; the mean size is printed, because larger chunks always gain recall and lose precision.
No titles are used.
"""

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from ingest.article import Article
from ingest.sentences import Span
from ingest.splitting import SplitSettings, TokenCounter, split_article

RETRIEVED = 5
SIZES_TOKENS = (128, 200, 254)
"""Largest chunks, without special tokens; 254 fill the default embedder's window."""

SIZES_WORDS = (100, 120, 150)
"""Largest passages in words, which is how Footnote sets their size."""

Chunker = Callable[[str], Sequence[Span]]
Encoder = Callable[[Sequence[str]], NDArray[np.float32]]
"""From texts to embeddings of shape (texts, dimensions), unit length."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question on one corpus and the excerpts that answer it."""

    text: str
    corpus: str
    excerpts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ChunkingData:
    """The corpora's texts by name, and the questions."""

    corpora: dict[str, str]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of a corpus."""

    corpus: str
    span: Span


@dataclass(frozen=True, slots=True)
class Overlap:
    """Recall, precision and intersection over union, each 0 to 1."""

    recall: float
    precision: float
    iou: float


@dataclass(frozen=True, slots=True)
class ChunkingScore:
    """A chunker's mean overlap over the questions, and how many chunks of what size it makes."""

    overlap: Overlap
    chunks: int
    mean_tokens: float


def read_data(folder: Path) -> ChunkingData:
    """Read the data set from a data folder.

    Raises:
        FileNotFoundError: the set is not in the folder.
    """
    base = folder / "chunking_evaluation" / "general_evaluation_data"
    corpora = {path.stem: _verbatim(path) for path in sorted((base / "corpora").glob("*.md"))}
    with (base / "questions_df.csv").open(encoding="utf-8", newline="") as file:
        questions = tuple(_question(row) for row in csv.DictReader(file))
    return ChunkingData(corpora, questions)


def _verbatim(path: Path) -> str:
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def _question(row: dict[str, str]) -> Question:
    references = json.loads(row["references"])
    excerpts = tuple(Span(int(one["start_index"]), int(one["end_index"])) for one in references)
    return Question(row["question"], row["corpus_id"], excerpts)


def overlap(question: Question, chunks: Iterable[Chunk]) -> Overlap:
    """Compare the chunks retrieved for a question with its excerpts; chunks must not overlap one another."""
    taken = list(chunks)
    wanted = _merged(question.excerpts)
    held = sum(
        max(0, min(excerpt.end, chunk.span.end) - max(excerpt.start, chunk.span.start))
        for chunk in taken
        if chunk.corpus == question.corpus
        for excerpt in wanted
    )
    retrieved = sum(_length(chunk.span) for chunk in taken)
    excerpted = sum(map(_length, wanted))
    return Overlap(held / excerpted, held / retrieved, held / (retrieved + excerpted - held))


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _length(span: Span) -> int:
    return span.end - span.start


def evaluate(
    chunker: Chunker, data: ChunkingData, encode: Encoder, count_tokens: TokenCounter
) -> ChunkingScore:
    """Chunk the corpora, retrieve for every question, and compare."""
    chunks = [Chunk(name, span) for name, text in data.corpora.items() for span in chunker(text)]
    texts = [data.corpora[chunk.corpus][chunk.span.start : chunk.span.end] for chunk in chunks]
    similarities = encode([question.text for question in data.questions]) @ encode(texts).T
    nearest = np.argsort(-similarities, axis=1, kind="stable")[:, :RETRIEVED]
    overlaps = [
        overlap(question, (chunks[place] for place in places))
        for question, places in zip(data.questions, nearest, strict=True)
    ]
    mean = Overlap(
        fmean(one.recall for one in overlaps),
        fmean(one.precision for one in overlaps),
        fmean(one.iou for one in overlaps),
    )
    return ChunkingScore(mean, len(chunks), fmean(count_tokens(text) for text in texts))


def footnote_chunker(largest_tokens: int, count_tokens: TokenCounter, target_words: int = 10_000) -> Chunker:
    """Footnote's passages of at most `largest_tokens`, special tokens not counted."""
    settings = SplitSettings(window_tokens=largest_tokens + count_tokens(""), target_words=target_words)

    def chunk(text: str) -> list[Span]:
        article = Article.create(location="benchmark:", title="", text=text)
        return [
            Span(passage.start, passage.end) for passage in split_article(article, count_tokens, settings)
        ]

    return chunk


def recursive_chunker(largest_tokens: int, count_tokens: TokenCounter) -> Chunker:
    """LangChain's recursive splitter with chunks of at most `largest_tokens`, special tokens not counted."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    special = count_tokens("")
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=largest_tokens,
        chunk_overlap=0,
        length_function=lambda text: count_tokens(text) - special,
        add_start_index=True,
    )

    def chunk(text: str) -> list[Span]:
        documents = splitter.create_documents([text])
        starts = [int(document.metadata["start_index"]) for document in documents]
        return [
            Span(start, start + len(one.page_content)) for start, one in zip(starts, documents, strict=True)
        ]

    return chunk


def contenders(count_tokens: TokenCounter) -> Iterator[tuple[str, Chunker]]:
    """Every chunker that the table compares, with its name."""
    for size in SIZES_TOKENS:
        yield f"recursive, {size} tokens", recursive_chunker(size, count_tokens)
        yield f"footnote, {size} tokens", footnote_chunker(size, count_tokens)
    for words in SIZES_WORDS:
        yield f"footnote, {words} words", footnote_chunker(SIZES_TOKENS[-1], count_tokens, words)


def main(arguments: Sequence[str]) -> None:
    """Print the table for the data folder that is named."""
    from vectorstore.embedding import open_embedder

    parser = ArgumentParser(
        prog="python -m evals.benchmarks.chunking", description="Compare ways to cut texts."
    )
    parser.add_argument("data_folder", type=Path, help="holds chunking_evaluation/")
    data = read_data(parser.parse_args(arguments).data_folder)
    embedder = open_embedder("default")
    print(f"{'chunks':<24}{'recall':>8}{'precision':>11}{'IoU':>8}{'chunks':>8}{'mean tokens':>13}")
    for name, chunker in contenders(embedder.count_tokens):
        score = evaluate(chunker, data, embedder.encode_passages, embedder.count_tokens)
        found = score.overlap
        print(
            f"{name:<24}{found.recall:>8.3f}{found.precision:>11.3f}{found.iou:>8.3f}"
            f"{score.chunks:>8}{score.mean_tokens:>13.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
