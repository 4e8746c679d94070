"""What the reader learns from: questions beside passages, with the spans and the sentences that answer.

SQuAD v1.1 and v2.0 (CC BY-SA 4.0), ClapNQ (Apache-2.0, its text CC BY-SA 3.0) and TimeQA (BSD-3), each split
by article. For answerable questions, passages that do not answer them are found by keywords among the other
ones, so that the reader meets what retrieval will hand to it.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.answer_hit import holds
from evals.benchmarks.reading_cases import KeywordPassages
from evals.json_files import json_rows

TIMEQA_LEAST_WORDS = 12
NEGATIVES_FROM = 6
"""A passage without an answer is drawn from this many best ones."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadingExample:
    """A question beside one passage.

    Attributes:
        source: the set ("squad", "clapnq", "timeqa", "shifts", "qamr", "discourse", "qed", "onestop",
            "paired", "distant", "beside"), or how it was made ("mined", "swapped", "edited", "written").
        group: the title of the article, by which sets are split.
        answerable: whether the passage answers the question.
        spans: offsets into `text` of the answers, each as good as the other; empty where no span is known.
        evidence: offsets of the sentences that answer; where there are none, they are those of the spans.
    """

    source: str
    group: str
    question: str
    title: str
    text: str
    answerable: bool
    spans: tuple[Span, ...] = ()
    evidence: tuple[Span, ...] = ()

    @property
    def knows_spans(self) -> bool:
        """Whether the span head can learn from it: the answer is a span, or there is none."""
        return bool(self.spans) or not self.answerable


def squad_examples(folder: Path) -> list[ReadingExample]:
    """Every question of both versions once, beside its paragraph; what version 2 says comes first."""
    found: dict[tuple[str, str], ReadingExample] = {}
    for name in ("dev-v2.0.json", "dev-v1.1.json"):
        for article in json.loads((folder / name).read_text("utf-8"))["data"]:
            for example in squad_article(article, "squad"):
                found.setdefault((example.question, example.text), example)
    return list(found.values())


def squad_article(article: dict[str, Any], source: str) -> Iterator[ReadingExample]:
    """The questions of one article in SQuAD's form, each beside its paragraph."""
    title = article["title"].replace("_", " ")
    for paragraph in article["paragraphs"]:
        for asked in paragraph["qas"]:
            spans = tuple(
                dict.fromkeys(
                    (answer["answer_start"], answer["answer_start"] + len(answer["text"]))
                    for answer in asked["answers"]
                )
            )
            impossible = asked.get("is_impossible", False)
            yield ReadingExample(
                source,
                title,
                asked["question"].strip(),
                title,
                paragraph["context"],
                not impossible,
                () if impossible else spans,
            )


def clapnq_examples(folder: Path) -> list[ReadingExample]:
    """Every question beside its passage, with the sentences that people chose."""
    corpus = {row["_id"]: row for _, row in json_rows(folder / "corpus.jsonl")}
    examples = []
    for _, row in json_rows(folder / "queries.jsonl"):
        source = corpus[row["passages"][0]]
        chosen = {sentence for picked in row["selected_sentences"] for sentence in picked}
        evidence = tuple(span for sentence in chosen if (span := _find(source["text"], sentence)))
        if row["answerable"] and not evidence:
            continue
        examples.append(
            ReadingExample(
                "clapnq",
                source["title"],
                row["text"],
                source["title"],
                source["text"],
                row["answerable"],
                evidence=tuple(sorted(evidence)),
            )
        )
    return examples


def timeqa_examples(folder: Path) -> list[ReadingExample]:
    """Answerable questions beside a paragraph that is judged to answer them."""
    corpus = {row["_id"]: row for _, row in json_rows(folder / "corpus.jsonl")}
    judged: dict[str, list[str]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, _ = line.split("\t")
        judged.setdefault(query, []).append(document)
    examples = []
    for _, row in json_rows(folder / "queries.jsonl"):
        for document in judged.get(row["_id"], ())[:1]:
            source = corpus[document]
            spans = tuple(span for answer in row["answers"] for span in _spans_of(source["text"], answer))
            if spans:
                title = source["title"].replace("_", " ")
                examples.append(
                    ReadingExample("timeqa", title, row["text"], title, source["text"], True, spans)
                )
    return examples


def mined_negatives(
    examples: Sequence[ReadingExample],
    among: Sequence[ReadingExample],
    chance: random.Random,
    answers: dict[str, list[str]],
) -> list[ReadingExample]:
    """For each answerable example, a passage that keywords find among others' and that holds no answer.

    Args:
        examples: whose questions are asked.
        among: whose passages are searched.
        chance: the source of randomness.
        answers: by question, the strings that answer it.
    """
    passages = list({(example.title, example.text): None for example in among})
    search = KeywordPassages(
        [{"title": title, "date": None, "text": text} for title, text in passages], whole=True
    )
    mined = []
    for example in examples:
        if not example.answerable:
            continue
        found = search.find(example.question, None, NEGATIVES_FROM + 2)
        other = [
            item
            for item in found
            if item.passage.text != example.text
            and not holds(item.passage.text, answers.get(example.question, ()))
        ][:NEGATIVES_FROM]
        if other:
            drawn = chance.choice(other)
            mined.append(
                ReadingExample(
                    "mined",
                    example.group,
                    example.question,
                    drawn.article.title,
                    drawn.passage.text,
                    answerable=False,
                )
            )
    return mined


def answers_by_question(examples: Iterable[ReadingExample]) -> dict[str, list[str]]:
    """The strings that answer each question."""
    found: dict[str, list[str]] = {}
    for example in examples:
        found.setdefault(example.question, []).extend(example.text[start:end] for start, end in example.spans)
    return found


def timeqa_paragraphs(folder: Path) -> list[tuple[str, str]]:
    """Titles and paragraphs that are long enough to ask about."""
    return [
        (row["title"].replace("_", " "), row["text"])
        for _, row in json_rows(folder / "corpus.jsonl")
        if len(row["text"].split()) >= TIMEQA_LEAST_WORDS
    ]


def _find(text: str, sentence: str) -> Span | None:
    at = text.find(sentence)
    return None if at < 0 else (at, at + len(sentence))


def _spans_of(text: str, answer: str) -> Iterator[Span]:
    for match in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text):
        yield match.span()
