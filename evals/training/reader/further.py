"""Further questions of people, each set optional: SQuADShifts, QAMR, QADiscourse and QED; and OneStopQA.

SQuADShifts (CC BY 4.0): questions over Wikipedia, reviews and comments, asked as SQuAD's were. QAMR (MIT) and
QADiscourse (CC BY 4.0): questions over single sentences of Wikipedia and Wikinews; sentences of one document
are put together again, so that there is something to choose from. QED (CC BY-SA 3.0): Natural Questions
beside a paragraph. OneStopQA (CC BY-SA 4.0): questions for readers of news, with what must be read for them.
"""

import csv
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.training.reader.examples import ReadingExample, Span, squad_article

MOST_OF_SENTENCE = 12
"""So many questions of one sentence are kept: QAMR has up to eighty, much alike."""

CONTEXT_SENTENCES = 6
"""At most so many sentences of a document stand together."""

RELATIONS = (
    "what is the reason",
    "what is the result of",
    "despite what",
    "after what",
    "before what",
    "since when",
    "until when",
    "in what case",
)
"""How the questions of QADiscourse begin that are kept: the others are seldom asked so."""

AS_NEWS_TOLD_IT = "Adv"
"""The wording of OneStopQA's paragraphs that was not made easier."""

_REASON = re.compile(r"^what is the reason\s+", re.IGNORECASE)
_WRITTEN = {
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "``": '"',
    "''": '"',
}
_NO_SPACE_BEFORE = frozenset(".,;:?!)]}%'") | {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m"}
_NO_SPACE_AFTER = frozenset("([{$£€#")


def further_examples(data: Path, chance: random.Random) -> list[ReadingExample]:
    """All questions of the sets that are there.

    Args:
        data: the folder that holds squadshifts, qamr, qadiscourse and qed, or some of them.
        chance: the source of randomness.
    """
    return [
        *_shifts(data / "squadshifts"),
        *_qamr(data / "qamr", chance),
        *_discourse(data / "qadiscourse", data / "qamr", chance),
        *_qed(data / "qed"),
    ]


def _shifts(folder: Path) -> Iterator[ReadingExample]:
    """Reviews and comments have no headline; what they are split by is their text."""
    for file in sorted(folder.glob("*.json")):
        headlines = file.name.startswith("new_wiki")
        for article in json.loads(file.read_text("utf-8"))["data"]:
            for one in squad_article(article, "shifts"):
                yield one if headlines else _untitled(one)


def _untitled(one: ReadingExample) -> ReadingExample:
    return ReadingExample(one.source, one.text, one.question, "", one.text, one.answerable, one.spans)


def _qamr(folder: Path, chance: random.Random) -> list[ReadingExample]:
    documents = SentenceDocuments(_sentences_of(folder))
    asked: dict[str, dict[str, tuple[str, set[Span]]]] = {}
    for name in ("dev.tsv", "test.tsv"):
        for row in _rows(folder / name):
            marked = [row[6], *(cell.partition(":")[2] for cell in row[7:9])]
            spans = {span for cell in marked if (span := _run(cell))}
            if spans:
                asked.setdefault(row[0], {})[row[5].casefold()] = (row[5], spans)
    examples = []
    for identifier in sorted(asked.keys() & documents.known):
        once = list(asked[identifier].values())
        chance.shuffle(once)
        for question, spans in once[:MOST_OF_SENTENCE]:
            examples.append(documents.example("qamr", identifier, question, spans, chance))
    return examples


def _discourse(folder: Path, qamr: Path, chance: random.Random) -> list[ReadingExample]:
    rows = [row for file in sorted(folder.glob("*.tsv")) for row in _rows(file)[1:]]
    documents = SentenceDocuments(_sentences_of(qamr) | {row[0]: row[1].split() for row in rows})
    examples = []
    for row in rows:
        span = _place(row[1].split(), row[8].split())
        question = row[3].strip()
        if span and question.casefold().startswith(RELATIONS):
            if _REASON.match(question) and chance.random() < 0.5:
                question = _REASON.sub("why ", question)
            question += "?" if chance.random() < 0.7 else ""
            examples.append(documents.example("discourse", row[0], question, {span}, chance))
    return examples


def _qed(folder: Path) -> Iterator[ReadingExample]:
    for file in sorted(folder.glob("*.jsonlines")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            given = [(part["start"], part["end"]) for parts in row["original_nq_answers"] for part in parts]
            if given:
                title, text = row["title_text"], row["paragraph_text"]
                spans = tuple(dict.fromkeys(given))
                yield ReadingExample("qed", title, row["question_text"], title, text, True, spans)


def news_examples(file: Path) -> Iterator[ReadingExample]:
    """OneStopQA's questions beside their paragraph as news told it; without spans."""
    for article in json.loads(file.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph[AS_NEWS_TOLD_IT]["context"]
            words = [match.span() for match in re.finditer(r"\S+", text)]
            for asked, bounds in zip(paragraph["qas"], paragraph[AS_NEWS_TOLD_IT]["a_spans"], strict=True):
                needed = tuple(
                    (words[first][0], words[last][1])
                    for first, last in zip(bounds[::2], bounds[1::2], strict=True)
                    if last < len(words)
                )
                if needed:
                    title = article["title"]
                    yield ReadingExample(
                        "onestop", title, asked["question"], title, text, True, evidence=needed
                    )


class SentenceDocuments:
    """Sentences that were taken out of documents, put together again.

    Args:
        sentences: the tokens of each, by an identifier that ends in its paragraph and its number there.
    """

    def __init__(self, sentences: dict[str, list[str]]) -> None:
        self._sentences = sentences
        self._documents: dict[str, list[str]] = {}
        for identifier in sorted(sentences, key=_place_in_document):
            self._documents.setdefault(_document_of(identifier), []).append(identifier)

    @property
    def known(self) -> frozenset[str]:
        """The identifiers of all sentences."""
        return frozenset(self._sentences)

    def example(
        self, source: str, identifier: str, question: str, spans: set[Span], chance: random.Random
    ) -> ReadingExample:
        """The question beside the sentence and others of its document.

        Args:
            source: the name of the set.
            identifier: of the sentence that answers.
            question: as it was asked.
            spans: first and last token of each answer.
            chance: the source of randomness.
        """
        document = _document_of(identifier)
        together = self._documents[document]
        at = together.index(identifier)
        first = at - chance.randint(0, min(at, CONTEXT_SENTENCES - 1))
        parts: list[str] = []
        places: tuple[Span, ...] = ()
        for other in together[first : first + CONTEXT_SENTENCES]:
            text, offsets = running_text(self._sentences[other])
            if other == identifier:
                shift = sum(len(part) + 1 for part in parts)
                places = tuple(
                    sorted((offsets[begin][0] + shift, offsets[last][1] + shift) for begin, last in spans)
                )
            parts.append(text)
        return ReadingExample(source, document, question, "", " ".join(parts), True, places)


def running_text(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Tokens of the Penn Treebank's form as text, and where each stands in it."""
    text, offsets, quoted, glued = "", [], False, True
    for written in (_WRITTEN.get(token, token) for token in tokens):
        closing = written == '"' and quoted
        if not (glued or closing or written in _NO_SPACE_BEFORE):
            text += " "
        offsets.append((len(text), len(text) + len(written)))
        text += written
        glued = written in _NO_SPACE_AFTER or (written == '"' and not closing)
        quoted ^= written == '"'
    return text, offsets


def _document_of(identifier: str) -> str:
    return identifier.rsplit(":", 2)[0]


def _place_in_document(identifier: str) -> tuple[str, int, int]:
    document, paragraph, sentence = identifier.rsplit(":", 2)
    return document, int(paragraph), int(sentence)


def _sentences_of(folder: Path) -> dict[str, list[str]]:
    file = folder / "wiki-sentences.tsv"
    return {row[0]: row[1].split() for row in _rows(file)} if file.exists() else {}


def _run(cell: str) -> Span | None:
    """First and last of token numbers that follow each other; None where they have gaps or there are none."""
    numbers = sorted(int(number) for number in cell.split() if number.isdigit())
    if not numbers or numbers[-1] - numbers[0] != len(numbers) - 1:
        return None
    return numbers[0], numbers[-1]


def _place(tokens: Sequence[str], answer: Sequence[str]) -> Span | None:
    """Where the answer's tokens stand, letter case and quotation marks apart."""
    wanted = [_folded(token) for token in answer]
    having = [_folded(token) for token in tokens]
    for at in range(len(having) - len(wanted) + 1 if wanted else 0):
        if having[at : at + len(wanted)] == wanted:
            return at, at + len(wanted) - 1
    return None


def _folded(token: str) -> str:
    return _WRITTEN.get(token, token).casefold()


def _rows(file: Path) -> list[list[str]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
