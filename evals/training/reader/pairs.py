"""Questions in pairs, one that a passage answers and one much like it that it does not.

Zhu et al., "Learning to Ask Unanswerable Questions for Machine Reading Comprehension" (2019), put the
questions that people wrote to mislead for SQuAD v2's training set (CC BY-SA 4.0) beside those they were made
from. Those of one part stand beside their paragraphs; of the other part's the sentence is known where Du,
Shao and Cardie, "Learning to Ask" (2017), have the question in the part that they test on, which is of the
training set too. From all of them an `EditList` learns which words people put in the place of which, and
makes such questions over other passages.
"""

import difflib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.understanding.wordlists import word_set
from evals.training.reader.examples import ReadingExample
from evals.training.reader.further import running_text

PARTS = ("train", "dev")
PAIRED = "dev"
"""The part whose paragraphs are at hand."""

MOST_EDITED_WORDS = 3
COMMON_EDIT = 12
"""More of one edit count as so many: else a few, "last" for "first" among them, would drown the rest."""

GROUP_CHARACTERS = 60
"""So much of a paragraph stands for it where sets are split."""

MATCHED_FILE = "matched.jsonl"
"""What `evals.training.reader.matching` writes: pairs of the other part whose paragraphs it found."""

_KINDS = ("answerable-questions", "unanswerable-questions")
_ENDS = frozenset(".?!")
_DENYING = frozenset({"not", "n't", "never", "no", "non"})
FUNCTION_WORDS = word_set(
    "the a an did does do is are was were be been has have had can will would could should may might what "
    "who whom whose when where which how why he she it his her its they their them in of to by for from with "
    "on at as and or that this these those there if any some"
)
_TOKEN = re.compile(r"n't\b|\w+(?:[-.,]\w+)*?(?=n't\b)|['’]s\b|\w+(?:[-.,]\w+)*|[^\w\s]")
_CONTRACTED = re.compile(r"(?<=\w) (?=n't\b|'s\b)")

Edit = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class QuestionPair:
    """Two questions as tokens, in lower case, the second made from the first."""

    answerable: tuple[str, ...]
    unanswerable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedPair:
    """Two questions, the second made from the first.

    Attributes:
        place: the numbers of the first and the last token of the answer in its paragraph.
    """

    answerable: str
    unanswerable: str
    place: tuple[int, int]


def placed_pairs(folder: Path, part: str) -> list[PlacedPair]:
    """The pairs of one part, with the places of their answers."""
    first, second = (_rows(folder / f"{part}-{kind}.txt") for kind in _KINDS)
    return [
        PlacedPair(one[1], other[1], (int(one[2]), int(one[3])))
        for one, other in zip(first, second, strict=True)
    ]


def matched_examples(folder: Path) -> Iterator[ReadingExample]:
    """Both questions of each pair whose paragraph was found; none where nobody looked for them."""
    file = folder / MATCHED_FILE
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        row = json.loads(line)
        text, span = row["text"], tuple(row["span"])
        group, first, second = text[:GROUP_CHARACTERS], question_of(row["answerable"]), row["unanswerable"]
        yield ReadingExample("paired", group, first, "", text, True, (span,))
        yield ReadingExample("paired", group, question_of(second), "", text, answerable=False)


def question_of(line: str) -> str:
    """The question as it is written, from its tokens with spaces between them."""
    return _question(line.split())


def question_pairs(folder: Path) -> list[QuestionPair]:
    """All pairs, of every part."""
    return [
        QuestionPair(tuple(pair.answerable.split()), tuple(pair.unanswerable.split()))
        for part in PARTS
        for pair in placed_pairs(folder, part)
    ]


def paired_examples(folder: Path) -> Iterator[ReadingExample]:
    """Both questions of each pair whose paragraph is known, beside it; the groups are the paragraphs."""
    contexts = _rows(folder / f"{PAIRED}-context.txt")
    rows = [_rows(folder / f"{PAIRED}-{kind}.txt") for kind in _KINDS]
    for context, first, second in zip(contexts, *rows, strict=True):
        text, offsets = _cased(context[0].split())
        begin, end = int(first[2]), int(first[3])
        span = (offsets[begin][0], offsets[end][1])
        group = text[:GROUP_CHARACTERS]
        yield ReadingExample("paired", group, _question(first[1].split()), "", text, True, (span,))
        yield ReadingExample("paired", group, _question(second[1].split()), "", text, answerable=False)


def sentence_pairs(pairs: Sequence[QuestionPair], folder: Path) -> Iterator[ReadingExample]:
    """Both questions of each pair beside the sentence that answers the first, its span unknown."""
    questions, asked_of = (
        (folder / f"{kind}-test.txt").read_text("utf-8").splitlines() for kind in ("tgt", "src")
    )
    known = dict(zip(questions, asked_of, strict=True))
    for pair in pairs:
        sentence = known.get(" ".join(pair.answerable))
        if sentence is not None:
            text, _ = _cased(sentence.split())
            group, whole = text[:GROUP_CHARACTERS], ((0, len(text)),)
            asked, misleading = _question(pair.answerable), _question(pair.unanswerable)
            yield ReadingExample("paired", group, asked, "", text, True, evidence=whole)
            yield ReadingExample("paired", group, misleading, "", text, answerable=False)


class EditList:
    """What people put in the place of what, to make a question that the passage does not answer.

    Args:
        pairs: only those that differ in one place teach something: elsewhere it is not known which of the
            differences misleads.
    """

    def __init__(self, pairs: Sequence[QuestionPair]) -> None:
        self._by_first: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        taken: dict[Edit, int] = {}
        for pair in pairs:
            edit = _only_edit(pair)
            if edit is not None and taken.get(edit, 0) < COMMON_EDIT:
                taken[edit] = taken.get(edit, 0) + 1
                self._by_first.setdefault(edit[0], []).append(edit[1])

    def __len__(self) -> int:
        return sum(map(len, self._by_first.values()))

    def edited(self, examples: Sequence[ReadingExample], chance: random.Random) -> list[ReadingExample]:
        """Answerable questions with such an edit, beside their own passages, which lack what it puts in."""
        found = []
        for one in examples:
            question = self._changed(one, chance)
            if question is not None:
                found.append(ReadingExample("edited", one.group, question, one.title, one.text, False))
        return found

    def _changed(self, example: ReadingExample, chance: random.Random) -> str | None:
        words = _TOKEN.findall(example.question.casefold())
        having = set(_TOKEN.findall(f"{example.title} {example.text}".casefold()))
        places = [
            (at, width)
            for width in range(1, MOST_EDITED_WORDS + 1)
            for at in range(len(words) - width + 1)
            if tuple(words[at : at + width]) in self._by_first
        ]
        chance.shuffle(places)
        for at, width in places:
            other = chance.choice(self._by_first[tuple(words[at : at + width])])
            if not set(other) <= having:
                return _question([*words[:at], *other, *words[at + width :]])
        return None


def _only_edit(pair: QuestionPair) -> Edit | None:
    """The words that were replaced, where that is all that differs and neither side only denies."""
    matcher = difflib.SequenceMatcher(None, pair.answerable, pair.unanswerable, autojunk=False)
    places = [place for place in matcher.get_opcodes() if place[0] != "equal"]
    if len(places) != 1 or places[0][0] != "replace":
        return None
    _, begin, end, other_begin, other_end = places[0]
    edit = pair.answerable[begin:end], pair.unanswerable[other_begin:other_end]
    return edit if all(map(_replaceable, edit)) else None


def _replaceable(words: tuple[str, ...]) -> bool:
    return (
        len(words) <= MOST_EDITED_WORDS
        and not _DENYING.intersection(words)
        and any(word not in FUNCTION_WORDS for word in words)
        and not any("'" in word for word in words)
        and all(any(map(str.isalnum, word)) for word in words)
    )


def _cased(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Running text with capitals where sentences begin, which is how they are told apart."""
    raised, begins = [], True
    for token in tokens:
        raised.append(token.capitalize() if begins else token)
        begins = token in _ENDS or (begins and not token[0].isalnum())
    return running_text(raised)


def _question(tokens: Sequence[str]) -> str:
    return _CONTRACTED.sub("", running_text(tokens)[0])


def _rows(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text("utf-8").splitlines()]
