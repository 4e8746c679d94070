"""Questions that nothing answers, made by putting another name or number into a question that is answered.

After the rules of Jia and Liang, "Adversarial Examples for Evaluating Reading Comprehension Systems" (2017):
the passage is about the right things, and not about the one that is asked for.
"""

import random
import re
from collections.abc import Iterator, Sequence

from evals.training.reader.examples import ReadingExample

_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w,.]*\d)")
_NAME = re.compile(r"(?<=\w )(?:[A-Z][\w'’.-]+)(?: (?:of |the |de )?[A-Z][\w'’.-]+)*")
_YEAR = re.compile(r"(?:1\d|20)\d\d")
TRIES = 8


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
