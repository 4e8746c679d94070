"""SQuAD v1.1 and v2.0: questions on paragraphs of Wikipedia; half of v2's have no answer there."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from evals.corpus import Corpus, CorpusArticle, indexed_id
from evals.datasets.data_set import ALL, FROM, OWN, PART, DataSet, LoadedSet, in_part
from evals.datasets.reading import corpus_digest, existing, finished
from evals.errors import DataSetError
from evals.json_files import json_file, require_keys
from evals.published import Published
from evals.suite import Case, Expectation, RankingGold

LICENCE = "CC BY-SA 4.0"
BERT = "Devlin, Chang, Lee and Toutanova, BERT, 2019"
FILES = {
    "squad-v1": ("dev-v1.1.json", "train-v1.1.json"),
    "squad-v2": ("dev-v2.0.json", "train-v2.0.json"),
}


class Paragraph(NamedTuple):
    """A paragraph of an article, with its questions as the file has them."""

    id: str
    title: str
    text: str
    questions: list[dict[str, Any]]


def load(name: str, path: Path, options: Mapping[str, str]) -> LoadedSet:
    """Each paragraph is an article of its own, under its article's title."""
    file = existing(path, *FILES[name])
    paragraphs = list(_paragraphs(file))
    corpus = Corpus(
        name,
        f"{name}:",
        corpus_digest(name, file),
        len(paragraphs),
        lambda: (CorpusArticle(one.id, one.title, one.text) for one in paragraphs),
    )
    cases = (
        _case(question, paragraph, corpus.key, options["from"])
        for paragraph in paragraphs
        if in_part(paragraph.title, options)
        for question in paragraph.questions
    )
    return LoadedSet(tuple(cases), corpus)


def _paragraphs(file: Path) -> Iterator[Paragraph]:
    value = json_file(file)
    require_keys(str(file), value, "data")
    for article in value["data"]:
        require_keys(str(file), article, "title", "paragraphs")
        for number, paragraph in enumerate(article["paragraphs"]):
            require_keys(f"{file}: {article['title']}", paragraph, "context", "qas")
            title = article["title"].replace("_", " ")
            yield Paragraph(f"{article['title']}/{number}", title, paragraph["context"], paragraph["qas"])


def _case(question: dict[str, Any], paragraph: Paragraph, key: str, source: str) -> Case:
    require_keys(f"a question on {paragraph.id}", question, "id", "question", "answers")
    answers = tuple(dict.fromkeys(answer["text"] for answer in question["answers"]))
    declined = bool(question.get("is_impossible", False))
    if not declined and not answers:
        raise DataSetError(f"question {question['id']} has no answer", "check that the file is SQuAD's")
    own = indexed_id(key, paragraph.id)
    searched = source == ALL and not declined
    case = Case(
        id=question["id"],
        question=question["question"].strip(),
        digest="",
        line=0,
        expect=Expectation() if declined else Expectation(short_answer=answers),
        must_decline=declined,
        tags=("unanswerable",) if declined else ("answerable",),
        answers=() if declined else answers,
        within=(own,) if source == OWN else (),
        ranking=RankingGold((own,), answers) if searched else None,
        span_gold=True,
    )
    return finished(case)


VERSION_1 = DataSet(
    name="squad-v1",
    measures="Whether the span that answers is found, in a question's own paragraph or among all.",
    path="dev-v1.1.json, or the folder that holds it",
    licence=LICENCE,
    load=partial(load, "squad-v1"),
    options=(FROM, PART),
    published=(
        Published("BERT-base, trained on the set", {"span_exact": 0.808, "span_f1": 0.885}, BERT),
        Published("people", {"span_exact": 0.823, "span_f1": 0.912}, BERT, "the set's test questions"),
    ),
)
VERSION_2 = DataSet(
    name="squad-v2",
    measures="Whether the span that answers is found, and questions without an answer there are declined.",
    path="dev-v2.0.json, or the folder that holds it",
    licence=LICENCE,
    load=partial(load, "squad-v2"),
    options=(FROM, PART),
    published=(
        Published(
            "MiniLM reader (deepset/minilm-uncased-squad2)",
            {"span_exact": 0.761, "span_f1": 0.795},
            "its model card",
            "the whole of SQuAD v2's dev set, its own paragraph given",
        ),
    ),
)
