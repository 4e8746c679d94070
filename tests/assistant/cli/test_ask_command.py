"""`footnote ask`: the answer on stdout, exit codes, bad questions, bad indexes."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from ingest.article import Article
from ingest.passage import Passage
from tests.assistant.cli.conftest import Run
from tests.assistant.letters import LetterEmbedder
from vectorstore.catalogue import FILE_NAME, VECTORS_FOLDER_PREFIX
from vectorstore.index import Index

QUESTION = "Why was Turkey sanctioned by the United States?"
CONTRACT = {
    *(
        "question",
        "understood",
        "status",
        "confidence",
        "declined",
        "reason",
        "text",
        "short_answer",
        "sentences",
    ),
    *("citations", "retrieved", "searched", "nearest", "notices", "model", "timings_ms"),
}


def test_an_answer_shows_its_source(run: Run, filled: Path) -> None:
    outcome = run("ask", QUESTION)
    assert outcome.code == 0
    assert "[1]" in outcome.out
    assert "The Daily, 2020-12-14, Turkey sanctioned over missiles" in outcome.out
    assert "https://daily.example/turkey" in outcome.out
    assert "\x1b" not in outcome.out


def test_json_is_one_object_with_quotes_at_their_offsets(run: Run, filled: Path) -> None:
    outcome = run("ask", QUESTION, "--json")
    answer = json.loads(outcome.out)
    assert answer.keys() >= CONTRACT
    assert answer["citations"]
    for citation in answer["citations"]:
        with Index.open(filled) as index:
            article = index.article(citation["article"]["id"], citation["article"]["version"])
        assert article is not None
        assert article.text[citation["start"] : citation["end"]] == citation["quote"]


def test_declining_is_exit_code_3_and_shows_what_was_searched(run: Run, filled: Path) -> None:
    outcome = run("ask", QUESTION, "--since", "2022-01-01")
    assert outcome.code == 3
    assert "no articles" in outcome.out
    nearby = run("ask", "Who won the chess match in Reykjavik in 1972?")
    assert nearby.code == 3
    assert "3 articles" in nearby.out
    assert "Nearest passages" in nearby.out
    assert json.loads(run("ask", QUESTION, "--since", "2022-01-01", "--json").out)["declined"] is True


def test_filters_narrow_what_is_searched(run: Run, filled: Path) -> None:
    searched = json.loads(run("ask", QUESTION, "--publisher", "weekly", "--json").out)["searched"]
    assert searched == {"articles": 1, "first": "2021-03-04", "last": "2021-03-04"}


class TestBadQuestions:
    @pytest.mark.parametrize("question", ["", "   ", "\n\t", "🙂🙂", "?!", "\udcff\udcfe"])
    def test_no_words(self, run: Run, filled: Path, question: str) -> None:
        outcome = run("ask", question)
        assert outcome.code == 2
        assert outcome.error

    def test_a_hundred_thousand_characters(self, run: Run, filled: Path) -> None:
        outcome = run("ask", "why" + " why" * 25_000)
        assert outcome.code == 2
        assert "100,003 characters" in outcome.error

    @pytest.mark.parametrize(
        "options",
        [
            ["--as-of", "yesterday"],
            ["--since", "2020-02-30"],
            ["--since", "2021-01-01", "--until", "2020-01-01"],
            ["--publisher", ""],
            ["--model", "gpt"],
            ["--model", ""],
            ["--colour"],
            ["more", "words"],
        ],
    )
    def test_wrong_options(self, run: Run, filled: Path, options: list[str]) -> None:
        outcome = run("ask", QUESTION, *options)
        assert outcome.code == 2
        assert outcome.error
        assert outcome.out == ""

    def test_bytes_that_are_no_text_are_asked_as_far_as_they_are(self, run: Run, filled: Path) -> None:
        outcome = run("ask", f"{QUESTION} \udcff", "--json")
        assert outcome.code == 0
        json.loads(outcome.out)


class TestBadIndexes:
    def test_none(self, run: Run, home: Path) -> None:
        outcome = run("ask", QUESTION)
        assert outcome.code == 1
        assert "no index" in outcome.error
        assert "footnote ingest" in outcome.err
        assert not home.exists()

    def test_half_deleted_the_catalogue_gone(self, run: Run, filled: Path) -> None:
        for file in filled.glob(f"{FILE_NAME}*"):
            file.unlink()
        outcome = run("ask", QUESTION)
        assert outcome.code == 1
        assert outcome.error

    def test_half_deleted_the_vectors_gone(self, run: Run, filled: Path) -> None:
        for folder in filled.glob(f"{VECTORS_FOLDER_PREFIX}*"):
            shutil.rmtree(folder)
        assert run("ask", QUESTION).code == 0
        assert run("index", "rebuild").code == 0
        assert list(filled.glob(f"{VECTORS_FOLDER_PREFIX}*"))
        assert run("ask", QUESTION).code == 0

    def test_rubbish(self, run: Run, filled: Path) -> None:
        (filled / FILE_NAME).write_bytes(b"not a database at all" * 100)
        outcome = run("ask", QUESTION)
        assert outcome.code == 1
        assert outcome.error

    def test_of_another_version(self, run: Run, filled: Path) -> None:
        with sqlite3.connect(filled / FILE_NAME) as database:
            database.execute("PRAGMA user_version = 9999")
        database.close()
        outcome = run("ask", QUESTION)
        assert outcome.code == 1
        assert outcome.error

    def test_being_written_answers_all_the_same(self, run: Run, filled: Path) -> None:
        with Index.open(filled) as index, index.writer():
            assert run("ask", QUESTION).code == 0


def test_articles_cannot_steer_the_terminal(run: Run, filled: Path) -> None:
    article = Article.create(
        location="file:///evil\x1b[31m.txt",
        title="Missiles \x1b]0;owned\x07",
        publisher="Evil\x9b31m",
        url="https://evil.example/\x1b[2J",
        text="Evil missiles were bought\x1b[2J\x9b31m because\u202e they \x08 were cheap.",
    )
    passage = Passage.create(article, 0, len(article.text))
    with Index.create_or_open(filled, LetterEmbedder()) as index, index.writer() as writer:
        writer.put(article, [passage], LetterEmbedder().encode_passages([passage.text]))
    question = ["ask", "Why were evil missiles bought?"]
    declined = [*question, "--until", "1999-01-01"]
    lists = [["sources", "list"], ["sources", "export"], ["sources", "export", "--format", "csv"]]
    for words in (question, [*question, "--json"], declined, *lists, ["sources", "show", article.id]):
        outcome = run(*words)
        assert not set("\x1b\x07\x08\x9b\u202e") & set(outcome.out + outcome.err), words
    assert "were cheap" in run(*question).out
