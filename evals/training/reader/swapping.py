"""Questions that nothing answers, made by changing a word or a name of a question that is answered.

Another name or number, or a word's opposite, after the rules of Jia and Liang, "Adversarial Examples for
Evaluating Reading Comprehension Systems" (2017): the passage is about the right things, and not about the one
that is asked for. A name that the passage has makes what people write to mislead ("entity swap" in Rajpurkar,
Jia and Liang, "Know What You Don't Know", 2018).
"""

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache

from evals.training.reader.examples import ReadingExample
from ingest.sentences import split_sentences

_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w,.]*\d)")
_NAME = re.compile(r"(?<=\w )(?:[A-Z][\w'’.-]+)(?: (?:of |the |de )?[A-Z][\w'’.-]+)*")
_YEAR = re.compile(r"(?:1\d|20)\d\d")
_WORD = re.compile(r"[^\W_]{4,}")
TRIES = 8
MOST_IN_COMMON = 1
"""The most words that a sentence with the other name may share with the question: more, and it may answer."""

_OPPOSITES = """
first last
before after
largest smallest
biggest smallest
highest lowest
higher lower
oldest youngest
older newer
oldest newest
longest shortest
most least
more fewer
best worst
early late
earliest latest
increase decrease
increased decreased
rise fall
rose fell
gained lost
won lost
win lose
began ended
begin end
start end
started ended
opened closed
open close
founded dissolved
created destroyed
built demolished
joined left
arrived departed
bought sold
allowed banned
legal illegal
accepted rejected
approved rejected
supported opposed
support oppose
agreed refused
succeeded failed
success failure
northern southern
eastern western
north south
east west
major minor
common rare
positive negative
maximum minimum
above below
inside outside
with without
male female
father mother
son daughter
brother sister
king queen
born died
birth death
public private
internal external
rural urban
majority minority
strong weak
fast slow
fastest slowest
heavy light
hot cold
wet dry
winter summer
"""
_NEGATED = {word: f"{word}n't" for word in ("did", "does", "do", "is", "are", "was", "were", "has", "have")}
NEGATED_SHARE = 0.1
"""How often a verb is denied where it could be: more, and "n't" alone would tell that nothing answers."""


def swapped_negatives(examples: Sequence[ReadingExample], chance: random.Random) -> list[ReadingExample]:
    """The questions that can be changed, beside their own passages, which no longer answer.

    Args:
        examples: answerable ones; names and numbers are drawn from the questions of all.
        chance: the source of randomness.
    """
    pools: dict[str, list[str]] = {}
    for example in examples:
        for kind, match in _replaceable(example.question):
            pools.setdefault(kind, []).append(match.group())
    found = []
    for example in examples:
        changed = _changed(example, pools, chance)
        if changed is not None:
            group, title, text = example.group, example.title, example.text
            found.append(ReadingExample("swapped", group, changed, title, text, answerable=False))
    return found


def turned_negatives(examples: Sequence[ReadingExample], chance: random.Random) -> list[ReadingExample]:
    """The questions that can be turned into others by a word's opposite or by another name of the passage.

    Args:
        examples: answerable ones.
        chance: the source of randomness.
    """
    found = []
    for example in examples:
        ways = [_with_opposite, _with_neighbour]
        chance.shuffle(ways)
        changed = next(filter(None, (way(example, chance) for way in ways)), None)
        if changed is not None:
            group, title, text = example.group, example.title, example.text
            found.append(ReadingExample("turned", group, changed, title, text, answerable=False))
    return found


def _with_opposite(example: ReadingExample, chance: random.Random) -> str | None:
    """The question with a word's opposite, which the passage must not have."""
    opposites = _NEGATED if chance.random() < NEGATED_SHARE else _opposites()
    words = [match for match in re.finditer(r"[a-z]+", example.question) if match.group() in opposites]
    if not words:
        return None
    match = chance.choice(words)
    other = opposites[match.group()]
    if re.search(rf"\b{re.escape(other)}\b", example.text.casefold()):
        return None
    return example.question[: match.start()] + other + example.question[match.end() :]


@cache
def _opposites() -> dict[str, str]:
    found: dict[str, str] = {}
    for one, other in (line.split() for line in _OPPOSITES.strip().splitlines()):
        found.setdefault(one, other)
        found.setdefault(other, one)
    return found


def _with_neighbour(example: ReadingExample, chance: random.Random) -> str | None:
    """The question with one of its names replaced by another of the passage, told of in other sentences."""
    names = list(_NAME.finditer(example.question))
    if not names or not example.spans:
        return None
    match = chance.choice(names)
    rest = example.question[: match.start()] + example.question[match.end() :]
    asked = {word.casefold() for word in _WORD.findall(rest)}
    answers = " ".join(example.text[start:end] for start, end in example.spans)
    known = f"{example.question} {answers} {example.title}".casefold()
    sentences = [example.text[span.start : span.end] for span in split_sentences(example.text)]
    others = [
        name
        for sentence in sentences
        if len(asked & {word.casefold() for word in _WORD.findall(sentence)}) <= MOST_IN_COMMON
        for name in (other.group().rstrip(".") for other in _NAME.finditer(sentence))
        if not any(word in known for word in name.casefold().split())
    ]
    if not others:
        return None
    return example.question[: match.start()] + chance.choice(others) + example.question[match.end() :]


def _changed(example: ReadingExample, pools: dict[str, list[str]], chance: random.Random) -> str | None:
    """The question with one of the passage's names or numbers replaced by one that the passage lacks."""
    text = f"{example.title} {example.text}".casefold()
    places = [
        (kind, match) for kind, match in _replaceable(example.question) if match.group().casefold() in text
    ]
    if not places:
        return None
    kind, match = chance.choice(places)
    for _ in range(TRIES):
        other = chance.choice(pools[kind])
        if not any(word in text for word in other.casefold().split()):
            return example.question[: match.start()] + other + example.question[match.end() :]
    return None


def _replaceable(question: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _NUMBER.finditer(question):
        yield ("year" if _YEAR.fullmatch(match.group()) else "number"), match
    for match in _NAME.finditer(question):
        yield "name", match
