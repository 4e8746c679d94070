"""The benchmark of answer sentences on made-up sets: what counts as held, what the tables show."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answerers import open_answerer
from assistant.core import Assistant
from assistant.settings import Settings
from evals.benchmarks.answer_sentences import (
    SELECTED,
    Asked,
    containment,
    known_rows,
    main,
    news_asked,
    pick,
    selected,
    short_answers,
    table,
)
from evals.benchmarks.news_questions import NewsSource
from evals.benchmarks.reading_cases import CollectionEvidence, ReadingCase, retrieved_passage
from tests.vectorstore.fakes import WordEmbedder
from vectorstore.index import Index
from vectorstore.sync import ingest_source

HARBOUR = "The harbour of Ellery was closed by a storm. Sheep graze on the hill. Bread is sold on Mondays."


def asked(*cases: tuple[str, str, tuple[str, ...]]) -> Asked:
    made = tuple(
        ReadingCase(question, (retrieved_passage(title, HARBOUR),), title, answers=answers)
        for question, title, answers in cases
    )
    return Asked(made, CollectionEvidence.of([HARBOUR, "Nothing else."]))


def test_sentences_hold_answers_alone_or_with_their_headlines() -> None:
    question = "What closed the harbour of Ellery?"
    found = containment(
        list(
            pick(
                asked(
                    (question, "Ellery", ("a storm",)),
                    (question, "Hurricane at Ellery", ("hurricane",)),
                    (question, "Ellery", ("a flood",)),
                )
            )
        )
    )
    assert found["best one"].value == pytest.approx(1 / 3)
    assert found["or its headline"].value == pytest.approx(2 / 3)
    assert found["best three"].value == pytest.approx(1 / 3)
    assert found["or a headline shown"].value == pytest.approx(2 / 3)
    assert 0 <= found["best one"].low < 1 / 3 < found["best one"].high <= 1


def test_sentences_that_people_chose() -> None:
    passage = (retrieved_passage("Ellery", HARBOUR),)
    chosen = (("The harbour of Ellery was closed by a storm.",),)
    cases = (
        ReadingCase("What closed the harbour of Ellery?", passage, "a", selected=chosen),
        ReadingCase("What is sold on Mondays?", passage, "a", selected=chosen, answerable=False),
    )
    picked = list(pick(Asked(cases, CollectionEvidence.of([HARBOUR]))))
    found = selected(picked)
    assert found["F1 of the sentences shown"].value == pytest.approx(
        2 / (1 + found["sentences shown"].value), abs=1e-9
    )
    lines = list(table(SELECTED, {"made": found}))
    assert lines[0] == "| set | F1 of the sentences shown | sentences shown |"
    assert lines[2].startswith("| made | ")


def test_short_answers_are_compared_with_the_nearest() -> None:
    picked = list(pick(asked(("Who closed it?", "Ellery", ("nobody",)))))
    found = short_answers(picked)
    assert (found["exact match"].value, found["token F1"].value) == (0, 0)


def test_known_rows_have_a_cell_for_every_head() -> None:
    rows = list(known_rows())
    assert any("0.446 | 0.552 | 0.663 | 0.727" in row for row in rows)
    assert {row.count("|") for row in rows} == {8}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    articles: list[dict[str, Any]] = [
        {"_id": "a", "title": "Ellery", "url": "", "date": "2022/06/09", "week": "20220610", "text": HARBOUR},
        {"_id": "b", "title": "Later", "url": "", "date": "2022/07/09", "week": "20220710", "text": HARBOUR},
    ]
    question = {"date": "2022/06/10", "week": "20220610"}
    questions = [
        question | {"_id": "q1", "text": "What closed the harbour of Ellery?", "answer": ["a storm"]},
        question | {"_id": "q2", "text": "Why?", "answer": ["because it rained for so many days"]},
    ]
    for name, rows in (("corpus", articles), ("queries", questions)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path


def open_over(home: Path, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have `Assistant.open` open an index of the news that needs no model."""
    embedder = WordEmbedder()
    index = Index.create_or_open(home, embedder)
    ingest_source(index, embedder, NewsSource(news, "2022"))
    settings = Settings(home=home, reader="none")
    assistant = Assistant(index, open_answerer(settings), settings)
    monkeypatch.setattr(Assistant, "open", lambda *_, **__: assistant)


def test_an_index_gives_the_passages_known_on_the_day(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_over(tmp_path / "home", news, monkeypatch)
    with news_asked(news, "2022", None, tmp_path / "home") as found:
        [case] = found.cases
        assert [item.article.title for item in case.passages] == ["Ellery"]
        assert containment(list(pick(found)))["best one"].value == 1


def test_the_command_prints_a_row_of_intervals(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_over(tmp_path / "home", news, monkeypatch)
    words = ["--data", str(news), "--realtimeqa", str(news), "--year", "2022", "--reader", "none"]
    main([*words, "--home", str(tmp_path / "home"), "--set", "realtimeqa", "--limit", "1"])
    shown = capsys.readouterr().out
    assert "| RealTimeQA 2022 (1) | 1.000 [1.000, 1.000]" in shown
    assert "| known: " in shown
    assert "| set | short answer given | exact match | token F1 |" in shown
