"""Answers drawn from a run: the same for a seed, right and wrong apart, no mark of Markdown in them."""

from pathlib import Path

import pytest

from assistant.cli import main
from evals.drawing import as_markdown, draw
from evals.runner import RunSettings, run_suite
from ingest.article import Article
from tests.evals.fakes import BRIDGE, QUESTIONS, TownSubject, always, changed, records_of, town_suite
from tests.evals.test_runner import silent

WRONG = QUESTIONS.replace('contains: ["1904"]', 'contains: ["1905"]')


def test_right_and_wrong_are_drawn_apart_and_the_same_for_a_seed(tmp_path: Path) -> None:
    records = list(records_of(town_suite(tmp_path, WRONG), TownSubject()).values())
    drawn = draw(records, 2, 5, 1, declined=False)
    assert (len(drawn.right), drawn.of_right) == (2, 3)
    assert [record.id for record in drawn.wrong] == ["burnt"]
    assert draw(records, 2, 5, 1, declined=False) == drawn
    draws = {
        tuple(record.id for record in draw(records, 2, 0, seed, declined=False).right) for seed in range(20)
    }
    assert len(draws) == 3


def test_declined_questions_are_drawn_when_asked_for(tmp_path: Path) -> None:
    records = list(records_of(town_suite(tmp_path), TownSubject()).values())
    assert draw(records, 9, 9, 0, declined=False).of_right == 4
    assert draw(records, 9, 9, 0, declined=True).of_right == 6


def test_a_question_that_could_not_be_asked_has_no_answer_to_draw(tmp_path: Path) -> None:
    def broken(case: object) -> None:
        raise ValueError("no")

    records = list(records_of(town_suite(tmp_path), changed(TownSubject(), ask=broken)).values())
    drawn = draw(records, 9, 9, 0, declined=True)
    assert (drawn.of_right, drawn.of_wrong) == (0, 0)


def test_a_case_shows_what_was_expected_shown_and_quoted(tmp_path: Path) -> None:
    records = list(records_of(town_suite(tmp_path, WRONG), TownSubject()).values())
    text = as_markdown(draw(records, 3, 1, 0, declined=False), "town", 0)
    wrong = text.partition("## Wrong (1 of 1)")[2]
    assert "### 1. When was the mill of Birk burnt down?" in wrong
    assert "- expected: says: 1905" in wrong
    assert "- wrong: not said: 1905" in wrong
    assert (
        "- shown (answered, confidence 0.5): The mill of Birk \\<b\\>burnt\\</b\\> down in 1904. \\[1\\]"
        in wrong
    )
    assert "  - 1: “The mill of Birk \\<b\\>burnt\\</b\\> down in 1904.” (The mill of Birk)\n" in wrong
    assert wrong.endswith("- comment:\n")
    assert "- short answer: 3 May 2011" in text


def test_text_of_articles_makes_no_markup(tmp_path: Path) -> None:
    hostile = "\n# The [mill](http://x) of ![Birk](y) burnt `down` in *1904*."
    mill = Article.create(location="town:mill.md", title="# <b>Mill</b>", text=hostile)
    subject = changed(TownSubject([mill, BRIDGE]), span=always((0, 1)))
    text = as_markdown(
        draw(list(records_of(town_suite(tmp_path), subject).values()), 9, 9, 0, declined=True), "town", 0
    )
    assert "\\[mill\\](http://x)" in text
    assert "NOT VERBATIM" in text
    assert all(line.startswith(("#", "- ", "  - ")) or not line for line in text.splitlines())
    assert "\n# The" not in text


def test_the_command_prints_the_answers_of_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_suite(town_suite(tmp_path, WRONG), TownSubject(), tmp_path / "run", RunSettings(), silent)
    assert main(["eval", "draw", str(tmp_path / "run"), "--right", "1", "--wrong", "1", "--seed", "4"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("# Answers of town, drawn at random with seed 4\n")
    assert "## Right (1 of 3)" in shown
    assert "## Wrong (1 of 1)" in shown
    assert main(["eval", "draw", str(tmp_path / "absent")]) == 2
