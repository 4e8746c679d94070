"""How well copies are recognised, on pairs of articles labelled by hand.

Run `python -m evals.benchmarks.copies CORPUS`, where CORPUS is the RealTimeQA collection as JSON lines with
`_id`, `title` and `text`. The labels hold ids alone; a pair is a copy where most of the shorter text stands
word for word in the other and both tell the same news: a reprint, a part, or a later edition of one text.
Pairs were drawn from all bands of resemblance, so the share of copies among them says nothing about the
collection.
"""

import argparse
import csv
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ingest.errors import UsageError
from vectorstore.sketches import (
    LEAST_OPENING_SHARED,
    LEAST_SHARED,
    Wording,
    bands_of,
    share,
    tell_their_titles,
)

LABELS = ("copies.csv", "copies_held_back.csv")
"""The pairs on which the thresholds were chosen, and pairs that were labelled afterwards."""
THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two articles by their ids, and whether they are copies."""

    one: str
    other: str
    is_copy: bool


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What is known of a pair.

    Attributes:
        shared: share of the shorter text's runs that the longer has, 0 to 1; resemblance is Jaccard's.
        opening: the same for the shorter text's opening.
        titled: whether each text tells of the other's title.
        met: whether the sketches agree in a band, so that the pair is compared at all.
    """

    is_copy: bool
    shared: float
    resemblance: float
    opening: float
    titled: bool
    met: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision and recall, 0 to 1, of some rule."""

    rule: str
    precision: float
    recall: float
    found: int


def read_labels(name: str = LABELS[0]) -> list[LabelledPair]:
    """The labelled pairs of a file."""
    text = files("evals.benchmarks").joinpath("data", name).read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return [LabelledPair(row["one"], row["other"], row["copy"] == "1") for row in rows]


def read_wordings(corpus: Path, wanted: Iterable[str]) -> dict[str, Wording]:
    """The wordings of the wanted articles.

    Raises:
        UsageError: the corpus cannot be read, or lacks one of them.
    """
    missing, found = set(wanted), {}
    try:
        with corpus.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["_id"] in missing:
                    missing.remove(row["_id"])
                    found[row["_id"]] = Wording.of(row["title"], row["text"])
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(
            f"{corpus} cannot be read: {error}.", "Name the collection's corpus.jsonl."
        ) from error
    if missing:
        raise UsageError(
            f"{corpus} lacks {len(missing)} of the labelled articles.", "Name RealTimeQA's corpus.jsonl."
        )
    return found


def facts_of(pair: LabelledPair, wordings: Mapping[str, Wording]) -> PairFacts:
    """Compare the two articles of a pair."""
    one, other = wordings[pair.one], wordings[pair.other]
    shorter, longer = sorted((one, other), key=lambda wording: wording.words)
    return PairFacts(
        pair.is_copy,
        share(shorter.runs, longer.runs),
        len(one.runs & other.runs) / len(one.runs | other.runs),
        share(shorter.opening, longer.runs),
        tell_their_titles(one, other),
        not set(bands_of(one)).isdisjoint(bands_of(other)),
    )


def rates_of(rule: str, facts: Sequence[PairFacts], found: Sequence[bool]) -> Rates:
    """Precision and recall where `found` says which pairs a rule takes for copies."""
    right = sum(one.is_copy and is_found for one, is_found in zip(facts, found, strict=True))
    copies = sum(one.is_copy for one in facts)
    return Rates(rule, right / max(1, sum(found)), right / max(1, copies), sum(found))


def all_rates(facts: Sequence[PairFacts]) -> Iterator[Rates]:
    """The rules that were compared, each at several thresholds; the last is the one in use."""
    for least in THRESHOLDS:
        found = [one.resemblance >= least for one in facts]
        yield rates_of(f"resemblance >= {least}", facts, found)
    for least in THRESHOLDS:
        found = [one.shared >= least for one in facts]
        yield rates_of(f"shared >= {least}", facts, found)
    for least in THRESHOLDS:
        found = [one.shared >= least and one.opening >= LEAST_OPENING_SHARED for one in facts]
        yield rates_of(f"shared >= {least}, opening", facts, found)
    for least in THRESHOLDS:
        found = [one.shared >= least and one.opening >= LEAST_OPENING_SHARED and one.titled for one in facts]
        yield rates_of(f"shared >= {least}, opening, titles", facts, found)
    used = [
        one.met and one.shared >= LEAST_SHARED and one.opening >= LEAST_OPENING_SHARED and one.titled
        for one in facts
    ]
    yield rates_of("in use (with sketches)", facts, used)


def main() -> None:
    """Print precision and recall by rule and threshold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path, help="RealTimeQA as JSON lines")
    corpus = parser.parse_args().corpus
    for name in LABELS:
        print_rates(name, corpus)


def print_rates(name: str, corpus: Path) -> None:
    """Compare the pairs of a file and print the rates of every rule."""
    labels, started = read_labels(name), time.perf_counter()
    wordings = read_wordings(corpus, {id_ for pair in labels for id_ in (pair.one, pair.other)})
    facts = [facts_of(pair, wordings) for pair in labels]
    counts = Counter(one.is_copy for one in facts)
    print(f"{name}: {len(facts)} pairs, {counts[True]} copies ({time.perf_counter() - started:.0f} s)")
    print(f"{'rule':36} precision  recall  found")
    for rates in all_rates(facts):
        print(f"{rates.rule:36} {rates.precision:9.3f} {rates.recall:7.3f} {rates.found:6d}")


if __name__ == "__main__":
    main()
