"""Questions written by rules out of plain paragraphs: a name, date or figure is taken out of its clause.

After the cloze questions of Lewis, Denoyer and Riedel, "Unsupervised Question Answering by Cloze Translation"
(2019): the clause around an answer, with a question word in its place and some words left out, so that the
reader cannot rely on matching words alone.
"""

import random
import re
from collections.abc import Iterator, Sequence

from assistant.answerers.extractive.spans import AnswerSpan, SentenceWords, answer_spans
from assistant.understanding.question import AnswerKind
from assistant.understanding.words import words_of
from evals.training.reader.examples import ReadingExample
from ingest.sentences import split_sentences

LEAST_CLAUSE_WORDS = 6
MOST_CLAUSE_WORDS = 24
LEFT_OUT = (0.05, 0.35)
"""Share of the clause's words that a question leaves out, drawn between these."""

_KINDS: dict[AnswerKind, tuple[str, ...]] = {
    AnswerKind.TIME: ("when", "when", "what year", "on what date"),
    AnswerKind.MONEY: ("how much", "how much money"),
    AnswerKind.PERCENT: ("what percentage", "how much"),
    AnswerKind.DURATION: ("how long", "for how long"),
    AnswerKind.NUMBER: ("how many", "how many", "what number of"),
    AnswerKind.PERSON: ("who", "who", "what", "which", "what is the name of"),
    AnswerKind.PLACE: ("where", "which place", "what city", "what country"),
}
_BREAKS = re.compile(r"[,;:()–—]|\s-+\s")
_PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
_SMALL_BEFORE = re.compile(
    r"(?:\b(?:in|on|at|by|from|of|to|for|since|until|during|the|a|an|with)\s+)+$", re.IGNORECASE
)


def written_examples(
    paragraphs: Sequence[tuple[str, str]], count: int, chance: random.Random
) -> list[ReadingExample]:
    """At most `count` examples, about a third of them beside another paragraph that does not answer.

    Args:
        paragraphs: titles and texts.
        count: the most examples.
        chance: the source of randomness.
    """
    order = list(paragraphs)
    chance.shuffle(order)
    by_title: dict[str, list[str]] = {}
    for title, text in order:
        by_title.setdefault(title, []).append(text)
    found: list[ReadingExample] = []
    for title, text in order:
        found += [_moved(example, by_title[title], chance) for example in _questions_of(title, text, chance)]
        if len(found) >= count:
            break
    return found[:count]


def _moved(example: ReadingExample, texts: Sequence[str], chance: random.Random) -> ReadingExample:
    """A third of the time, the same question beside another paragraph of the article."""
    others = [
        text for text in texts if text != example.text and example.text[slice(*example.spans[0])] not in text
    ]
    if not others or chance.random() > 0.33:
        return example
    return ReadingExample(
        "written", example.group, example.question, example.title, chance.choice(others), answerable=False
    )


def _questions_of(title: str, text: str, chance: random.Random) -> Iterator[ReadingExample]:
    """Up to two questions of a paragraph, of different sentences."""
    sentences = list(split_sentences(text))
    chance.shuffle(sentences)
    written = 0
    for sentence in sentences:
        if written == 2:
            return
        asked = _question(title, text[sentence.start : sentence.end], chance)
        if asked is not None:
            question, span = asked
            written += 1
            start, end = sentence.start + span.start, sentence.start + span.end
            yield ReadingExample("written", title, question, title, text, True, ((start, end),))


def _question(title: str, sentence: str, chance: random.Random) -> tuple[str, AnswerSpan] | None:
    words = words_of(sentence)
    if not 8 <= len(words) <= 60:
        return None
    titled = frozenset(word.key for word in words_of(title))
    kinds = list(_KINDS)
    chance.shuffle(kinds)
    for kind in kinds:
        spans = [
            span
            for span in answer_spans(kind, SentenceWords(sentence, words, titled))
            if span.strength >= 0.6 and span.end - span.start <= 60
        ]
        if spans:
            span = chance.choice(spans)
            clause = _clause(sentence, span)
            if clause is not None:
                return _worded(title, chance.choice(_KINDS[kind]), *clause, chance), span
    return None


def _clause(sentence: str, span: AnswerSpan) -> tuple[str, str] | None:
    """What stands before and after the answer in its clause, widened until it says enough."""
    breaks = [0, *(match.start() for match in _BREAKS.finditer(sentence)), len(sentence)]
    left = max((at for at in breaks if at <= span.start), default=0)
    right = min((at for at in breaks if at >= span.end), default=len(sentence))
    while len((sentence[left : span.start] + sentence[span.end : right]).split()) < LEAST_CLAUSE_WORDS:
        wider_left = max((at for at in breaks if at < left), default=None)
        wider_right = min((at for at in breaks if at > right), default=None)
        if wider_left is None and wider_right is None:
            return None
        if wider_left is not None:
            left = wider_left
        else:
            right = wider_right if wider_right is not None else right
    before, after = sentence[left : span.start].strip(" ,;:()"), sentence[span.end : right].strip(" ,;:().!?")
    if len(before.split()) + len(after.split()) > MOST_CLAUSE_WORDS:
        before = " ".join(before.split()[-MOST_CLAUSE_WORDS // 2 :])
        after = " ".join(after.split()[: MOST_CLAUSE_WORDS // 2])
    return before, after


def _worded(title: str, asking: str, before: str, after: str, chance: random.Random) -> str:
    """The question: its word first or last, some words left out, a pronoun replaced by the title at times."""
    share = chance.uniform(*LEFT_OUT)
    before = _SMALL_BEFORE.sub("", before + " ").strip() if chance.random() < 0.7 else before
    parts = [asking, after, before] if chance.random() < 0.5 else [asking, before, after]
    kept = [
        title if word.casefold() in _PRONOUNS and chance.random() < 0.5 else word
        for word in " ".join(parts[1:]).split()
        if chance.random() >= share
    ]
    question = " ".join([asking, *kept])
    if chance.random() < 0.2:
        question = " ".join([*kept, asking])
    if chance.random() < 0.5:
        question = question.lower()
    return question + ("?" if chance.random() < 0.7 else "")
