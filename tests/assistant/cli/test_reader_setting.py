"""FOOTNOTE_READER on the command line: none, a CrossEncoder in a folder, and what is no model."""

import json
from pathlib import Path

import pytest

from tests.assistant.cli.conftest import Run
from tests.assistant.reader.tiny_cross_encoder import write_cross_encoder

QUESTION = "Why was Turkey sanctioned?"


@pytest.mark.filterwarnings("ignore")
def test_a_cross_encoder_reads_for_an_answer(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "reader"
    folder.mkdir()
    scores = {}
    for name, setting in (("words", "none"), ("read", str(write_cross_encoder(folder)))):
        monkeypatch.setenv("FOOTNOTE_READER", setting)
        outcome = run("ask", QUESTION, "--json")
        assert outcome.code in (0, 3), outcome.err
        answer = json.loads(outcome.out)
        assert answer["model"] == "extractive"
        assert answer["retrieved"][0]["article"]["title"] == "Turkey sanctioned over missiles"
        scores[name] = answer["confidence"]
    assert scores["words"] != scores["read"]


@pytest.mark.filterwarnings("ignore")
def test_a_model_of_several_scores_is_wrong_usage(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_READER", str(write_cross_encoder(tmp_path, labels=2)))
    outcome = run("ask", QUESTION)
    assert outcome.code == 2
    assert "2 scores" in outcome.error


def test_a_folder_without_a_model_is_wrong_usage(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_READER", str(tmp_path))
    outcome = run("ask", QUESTION)
    assert outcome.code == 2
    assert "cannot be loaded" in outcome.error
