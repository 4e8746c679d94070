"""The retrieval benchmark on a hand-made corpus: what is read, what counts as an answer, what is compared."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evals.benchmarks.news_questions import NewsQuestion, NewsSource, read_questions
from evals.benchmarks.retrieval import (
    ASSISTANT,
    DATED,
    KEYWORDS,
    NEWEST,
    NOT_FOUND,
    PLAIN,
    READ,
    UNDATED,
    VECTORS,
    as_json,
    differences,
    ingest,
    measure,
    reciprocal_rank_fusion,
    scores_of,
    table,
)
from ingest.document import RawDocument
from ingest.formats import extract_article
from tests.vectorstore.fakes import WordEmbedder
from vectorstore.index import Index
from vectorstore.sync import ingest_source

LIGHTHOUSE = "The old lighthouse on the cape was sold to a baker."


def write_lines(file: Path, rows: list[dict[str, Any]]) -> None:
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")


def article_row(name: str, text: str, **stated: str | None) -> dict[str, Any]:
    row = {
        "title": f"On {name}",
        "url": f"https://news.example/{name}",
        "date": "2022/06/15",
        "week": "20220617",
    }
    return {"_id": name, "text": text} | row | stated


def question_row(name: str, text: str, *answers: str, week: str = "20220617") -> dict[str, Any]:
    return {
        "_id": name,
        "text": text,
        "date": "2022/06/16",
        "week": week,
        "answer": list(answers),
        "choices": [],
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_lines(
        tmp_path / "corpus.jsonl",
        [
            article_row("lighthouse", f"{LIGHTHOUSE}\nHe will bake there."),
            article_row("older", "A lighthouse was sold to a painter.", date="2021/01/02"),
            article_row(
                "ferry", '# 1. *Ferries* [stop](x) at 5.30 p.m.\n- said: "no" & <b>left</b>', date="2022"
            ),
            article_row("long", "Sheep graze. " * 5_000),
            article_row("other-year", "Snow fell.", week="20230106"),
        ],
    )
    write_lines(
        tmp_path / "queries.jsonl",
        [
            question_row("q1", "Who recently bought the lighthouse on the cape?", "A baker"),
            question_row("q2", "When do the ferries stop?", "5:30 a.m.", "5.30 P.M"),
            question_row("q3", "Who won the chess game?", "nobody here"),
            question_row("q4", "What fell?", "snow", week="20230106"),
        ],
    )
    return tmp_path


def test_articles_come_out_of_their_markdown_as_they_are(data: Path) -> None:
    documents = list(NewsSource(data, "2022").documents())
    articles = [extract_article(one) for one in documents if isinstance(one, RawDocument)]
    lighthouse, _, ferry, long = articles
    assert (lighthouse.title, lighthouse.head.url) == ("On lighthouse", "https://news.example/lighthouse")
    assert lighthouse.head.published_at == date(2022, 6, 15)
    assert lighthouse.text == f"{LIGHTHOUSE}\n\nHe will bake there."
    assert ferry.text == '# 1. *Ferries* [stop](x) at 5.30 p.m.\n\n- said: "no" & <b>left</b>'
    assert ferry.head.published_at is None
    assert 39_000 < len(long.text) <= 40_000


def test_questions_of_the_year_that_are_wanted(data: Path) -> None:
    assert [one.id for one in read_questions(data, "2022")] == ["q1", "q2", "q3"]
    assert [one.id for one in read_questions(data, "2022", ["q3", "q4"])] == ["q3"]
    assert read_questions(data, "2023")[0].day == date(2022, 6, 16)


@pytest.mark.parametrize(
    ("answer", "passage", "held"),
    [
        ("A baker", LIGHTHOUSE, True),
        ("bake", LIGHTHOUSE, False),
        ("“The Cape”", "on a cape, they said", True),
        ("$1,000", "it cost 1 000 crowns", True),
        ("the", "the", False),
    ],
)
def test_what_holds_an_answer(answer: str, passage: str, held: bool) -> None:
    assert NewsQuestion("q", "?", None, ("no such thing", answer)).is_answered_by(passage) is held


def test_a_run_from_corpus_to_table(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    ingest(data, "2022", home, WordEmbedder)
    assert "4 articles" in capsys.readouterr().out
    result = measure(home, read_questions(data, "2022"), WordEmbedder())
    assert (result.questions, result.articles) == (3, 4)
    assert list(result.shares) == [KEYWORDS, VECTORS, PLAIN, UNDATED, NEWEST, DATED, READ, ASSISTANT]
    assert result.shares[DATED]["1"] == pytest.approx(2 / 3)
    assert result.shares[KEYWORDS]["20"] == pytest.approx(2 / 3)
    assert result.shares[ASSISTANT]["1"] == pytest.approx(2 / 3)
    low, high = result.intervals[DATED]["@1"]
    assert 0 <= low < 2 / 3 < high <= 1
    lines = list(table(result))
    assert lines[4].startswith(f"| BM25 alone | {result.shares[KEYWORDS]['1']:.3f} [")
    assert [line for line in lines if line.startswith(f"| {ASSISTANT} - {PLAIN} | +")]
    assert not [line for line in lines if line.startswith("| known")]
    assert [line for line in table(result, "2022") if line.startswith("| known: BM25")]
    assert json.loads(json.dumps(as_json(result, "2022")))["shares"][NEWEST]["20"] == pytest.approx(2 / 3)


def test_a_second_run_ingests_nothing(data: Path, tmp_path: Path) -> None:
    ingest(data, "2022", tmp_path / "home", WordEmbedder)
    with Index.open(tmp_path / "home", encoder=WordEmbedder()) as index:
        before = index.generation
    ingest(data, "2022", tmp_path / "home", lambda: pytest.fail("the model was loaded"))
    with Index.open(tmp_path / "home", encoder=WordEmbedder()) as index:
        assert index.generation == before


def test_an_index_of_other_articles_is_asked_as_it_is(data: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    embedder = WordEmbedder()
    with Index.create_or_open(home, embedder) as index:
        ingest_source(index, embedder, NewsSource(data, "2023", key="elsewhere:"))
        before = index.generation
    ingest(data, "2022", home, lambda: pytest.fail("the model was loaded"))
    with Index.open(home, encoder=embedder) as index:
        assert (index.generation, index.count_articles()) == (before, 1)


def test_an_ingestion_that_was_stopped_goes_on(data: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    ingest(data, "2023", home, WordEmbedder)
    ingest(data, "2022", home, WordEmbedder)
    with Index.open(home, encoder=WordEmbedder()) as index:
        assert index.count_articles() == 5


def test_plain_fusion_adds_reciprocal_ranks() -> None:
    assert reciprocal_rank_fusion([["a", "b", "c"], ["b", "d"]]) == ["b", "a", "d", "c"]


def test_reciprocal_ranks() -> None:
    scores = scores_of(np.array([1, 4, NOT_FOUND, 2]))
    assert scores["MRR"].tolist() == [1, 0.25, 0, 0.5]
    assert scores["@3"].tolist() == [1, 0, 0, 1]


def test_a_difference_is_taken_question_by_question() -> None:
    found = {"good": np.array([1] * 90 + [7] * 10), "bad": np.array([1] * 60 + [7] * 40)}
    clear, _, nothing, mean = differences(found, ["good"], ["bad"])
    assert (clear.depth, nothing.depth, mean.depth) == (1, 10, None)
    assert clear.difference == pytest.approx(0.3)
    assert 0.2 < clear.low < 0.3 < clear.high < 0.4
    assert clear.p < 0.001
    assert mean.difference == pytest.approx(0.3 * (1 - 1 / 7))
    assert differences(found, ["bad"], ["good"])[0].difference == pytest.approx(-0.3)
    assert (nothing.difference, nothing.low, nothing.high, nothing.p) == (0, 0, 0, 1)
