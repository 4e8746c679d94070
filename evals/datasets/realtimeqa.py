"""RealTimeQA: dated questions of a weekly news quiz, and the news articles found for them.

Reads corpus.jsonl (`_id`, `title`, `url`, `date`, `week`, `text`) and queries.jsonl (`_id`, `text`, `date`,
`week`, `answer`), as `evals.benchmarks.news_questions` describes them. A passage counts when it holds an
answer (`evals.answer_hit`); longer passages flatter. An index that `evals.benchmarks.retrieval` made can be
named with --home.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.benchmarks.news_questions import (
    NewsQuestion,
    NewsSource,
    article_rows,
    corpus_article,
    read_questions,
)
from evals.corpus import Corpus, CorpusArticle
from evals.datasets.data_set import DataSet, LoadedSet, Option
from evals.datasets.reading import corpus_digest, existing, finished
from evals.errors import DataSetError
from evals.published import Published
from evals.suite import Case, Expectation, RankingGold

NAME = "realtimeqa"
PUBLISHED_YEAR = "2022"
HERE = "measured beside Footnote: weeks of 2022, 451 questions, 49,728 passages of at most 150 words"
MODELS = "known of language models on the weeks of 2026, other questions than these"
NOT_DECLINED = "keywords, vectors and dates choose the passages; nothing is declined"
DEPTHS = (1, 3, 5, 10, 20)


def load(path: Path, options: Mapping[str, str]) -> LoadedSet:
    """The questions and articles of a year's weeks, or of all."""
    file, queries = existing(path, "corpus.jsonl"), existing(path, "queries.jsonl")
    year, wanted = options["year"], _wanted(options["questions"])
    source = NewsSource(path, year)

    def articles() -> Iterator[CorpusArticle]:
        return (corpus_article(row) for row in article_rows(path, year))

    name = "-".join(filter(None, (NAME, year)))
    corpus = Corpus(name, source.key, corpus_digest(name, file), source.count_hint(), articles)
    questions = read_questions(queries.parent, year, wanted)
    dated = options["as_of"] == "question"
    return LoadedSet(tuple(_case(one, dated) for one in questions if one.answers), corpus)


def _wanted(file: str) -> list[str] | None:
    if not file:
        return None
    path = Path(file).expanduser()
    if not path.is_file():
        raise DataSetError(f"there is no file {path}", "name a file with the ids of questions, one a line")
    return path.read_text("utf-8").split()


def _case(question: NewsQuestion, dated: bool) -> Case:
    case = Case(
        id=question.id,
        question=question.text.strip(),
        digest="",
        line=0,
        as_of=question.day if dated else None,
        expect=Expectation(short_answer=question.answers),
        answers=question.answers,
        ranking=RankingGold(answers=question.answers),
    )
    return finished(case)


def _search(system: str, *shares: float, mrr: float) -> Published:
    figures = {f"passages_answer_hit_{depth}": share for depth, share in zip(DEPTHS, shares, strict=True)}
    return Published(system, figures | {"passages_answer_mrr": mrr}, HERE)


def _sentence(
    system: str, first: float, three: float, titled: tuple[float, float] | None = None
) -> Published:
    figures = {"short_answer_leads": first, "answer_contained": three}
    if titled:
        figures |= {"leads_or_headline": titled[0], "contained_or_headline": titled[1]}
    return Published(system, figures, HERE, NOT_DECLINED)


DATA_SET = DataSet(
    name=NAME,
    measures="Whether news questions find a passage with the answer, and an answer that holds it.",
    path="a folder with corpus.jsonl and queries.jsonl",
    licence="none was given: for measuring only",
    load=load,
    options=(
        Option("year", "only the weeks of this year, questions and articles; all by default"),
        Option("questions", "a file with the ids of the questions to ask; all by default"),
        Option("as_of", "whether a question is asked as of its day", ("question", "none"), "question"),
    ),
    published=(
        _search("dense all-MiniLM-L6-v2", 0.488, 0.721, 0.798, 0.860, 0.900, mrr=0.620),
        _search("BM25, stemmed, with titles", 0.654, 0.796, 0.847, 0.905, 0.940, mrr=0.739),
        _search("reciprocal rank fusion, k = 10", 0.588, 0.794, 0.849, 0.900, 0.933, mrr=0.697),
        _search("half dense, half BM25", 0.632, 0.794, 0.849, 0.909, 0.942, mrr=0.729),
        _search("the same, and newness", 0.712, 0.847, 0.880, 0.914, 0.942, mrr=0.787),
        _sentence("best sentence by words", 0.392, 0.585),
        _sentence("best sentence by embedding", 0.328, 0.499),
        _sentence("both, and the passage's score", 0.399, 0.585),
        _sentence("words, passage and dates", 0.446, 0.663, (0.552, 0.727)),
        _sentence("the same, and a cross-encoder trained on SQuAD", 0.452, 0.659, (0.594, 0.727)),
        *(
            Published(f"language models with web search, {which}", figures, MODELS)
            for which, figures in (
                ("least", {"answer_contained": 0.43, "short_answer_exact": 0.28, "short_answer_f1": 0.39}),
                ("most", {"answer_contained": 0.48, "short_answer_exact": 0.36, "short_answer_f1": 0.48}),
            )
        ),
    ),
)
