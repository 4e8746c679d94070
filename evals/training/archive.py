"""Questions asked of a whole archive: the reports that the reader did not learn from, in a real index.

Each is searched for, read and answered as the product does it, so that what is fitted on them meets what
users bring: some hundreds of reports that share offices and words, cut into passages.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from assistant.answerers.base import UnderstoodQuestion
from assistant.answerers.extractive.asking import read_as
from assistant.answerers.extractive.leading import LedReader
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import Reading, read, readings_of
from assistant.answerers.versions import current_versions
from assistant.conversation import Conversation
from assistant.evidence import IndexEvidence
from assistant.searching import known_on, search
from assistant.settings import Settings
from assistant.understanding import understand
from assistant.understanding.slips import without_slips
from evals.answer_hit import holds
from evals.collection import corpus_home
from evals.corpus import Corpus, CorpusArticle
from evals.json_files import json_rows
from evals.parts import Part, part_of
from evals.training.reader.distant import EIGHTH, NINTH, WRITTEN, group_of
from evals.training.reader.reports import report_text
from ingest.article import ArticleHead, content_hash
from vectorstore.index import Index
from vectorstore.query import Filters

PASSAGES_READ = 10
KEY = "archive:"
UNDATED = date(2023, 1, 1)
"""The day on which a question is asked that has none."""


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """A report with its questions; reports of one story share `group`."""

    title: str
    text: str
    group: str
    asked: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AskedOfArchive:
    """A question of an archive as it was read.

    Attributes:
        question: as it was understood.
        answer: the words that answer it, "" where nothing does.
        group: of the report that it was written for.
        reading: the sentences of what was found, ranked.
        reader: read the passages; None where words alone decide.
        evidence: what the index knows.
        groups: of every report, by its article's location.
    """

    question: UnderstoodQuestion
    answer: str
    group: str
    reading: Reading
    reader: Reader | None
    evidence: IndexEvidence
    groups: dict[str, str]

    def is_answered_by(self, article: ArticleHead, text: str) -> bool:
        """Whether a text of this article holds the answer, and the article is of the report's story."""
        is_own = self.groups[article.location] == self.group
        return bool(self.answer) and is_own and holds(text, (self.answer,))


def archive_reports(parts: Sequence[Part]) -> list[ArchiveReport]:
    """The whole reports of these parts, as the reader's last two stages divide them."""
    found = []
    for name in (*EIGHTH, *NINTH):
        for _, row in json_rows(WRITTEN / f"{name}.jsonl"):
            if "paragraphs" not in row:
                continue
            text = report_text(row)
            group = group_of(row, text)
            if part_of(group) in parts:
                asked = tuple((question, answer) for question, answer, *_ in row["qas"])
                found.append(ArchiveReport(row["title"], text, group, asked))
    return found


@contextmanager
def opened(reports: Sequence[ArchiveReport], settings: Settings) -> Iterator[Index]:
    """An index of the reports, built where there is none."""
    articles = [CorpusArticle(str(at), one.title, one.text) for at, one in enumerate(reports)]
    digest = content_hash(*(f"{one.title}\n{one.text}" for one in articles))
    corpus = Corpus("archive", KEY, digest, len(articles), lambda: iter(articles))
    with Index.open(corpus_home(corpus, settings)) as index:
        yield index


def asked_of_archive(
    reader: Reader | None, reports: Sequence[ArchiveReport], every: int = 1
) -> Iterator[AskedOfArchive]:
    """The reports' questions, or one of `every` so many, each searched for and read as the answerer would.

    Left out are those that the whole index answers, and those that one report of a story does not answer:
    another of it may.
    """
    groups = {f"{KEY}{at}": one.group for at, one in enumerate(reports)}
    told = Counter(groups.values())
    questions = [
        (one.group, question, answer)
        for one in reports
        for question, answer in one.asked
        if answer or told[one.group] == 1
    ]
    with opened(reports, Settings()) as index:
        evidence = IndexEvidence(index)
        led = None if reader is None else LedReader(reader, evidence)
        for group, text, answer in questions[::every]:
            question, reading = asked_as_answered(index, evidence, led, text, None)
            if question.computation is None and reading.ranked:
                yield AskedOfArchive(question, answer, group, reading, led, evidence, groups)


def asked_as_answered(
    index: Index, evidence: IndexEvidence, reader: Reader | None, text: str, as_of: date | None
) -> tuple[UnderstoodQuestion, Reading]:
    """A question as it is understood, and what was read for it."""
    asked = without_slips(text, index.near_words).text
    question = understand(asked, Conversation(), known_on(as_of, Filters()), as_of or UNDATED)
    found = current_versions(search(index, question, PASSAGES_READ))
    return question, read(question, found, evidence, readings_of(reader, read_as(question), found))
