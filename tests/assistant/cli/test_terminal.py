"""What may reach a terminal, and how progress looks there."""

import io
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from assistant.cli import progress
from assistant.cli.progress import BarProgress, LineProgress
from assistant.cli.terminal import clean, clean_line, json_text

ANYTHING = st.text(st.characters(codec=None)) | st.text("\x1b[]0;31m\x07\x9b\x9d\\\n\r\tab\u202e\ud800")
SAFE_CONTROLS = {"\n", "\t"}


def steers(text: str) -> bool:
    controls = {"Cc", "Cs"}
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return any(
        character not in SAFE_CONTROLS
        and (unicodedata.category(character) in controls or unicodedata.bidirectional(character) in bidi)
        for character in text
    )


@given(ANYTHING)
def test_cleaned_text_steers_nothing(text: str) -> None:
    assert not steers(clean(text))
    assert clean(clean(text)) == clean(text)
    assert not set("\n\t") & set(clean_line(text))


@given(st.text(st.characters(categories=["L", "N", "P", "Zs", "S"])))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP+q544e\x1b\\x", "x"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_whole_sequences_go(text: str, left: str) -> None:
    assert clean(text) == left


@given(ANYTHING)
def test_json_is_the_same_value_and_steers_nothing(text: str) -> None:
    written = json_text({"text": text})
    assert json.loads(written) == {"text": text}
    assert not steers(written)


class TestProgress:
    def ingest(self, progress: BarProgress | LineProgress) -> None:
        with progress:
            progress.step("ingesting articles\x1b[2J")
            progress.total(4)
            for number in range(4):
                progress.article(f"file:///{number}", "added")
            progress.passages(12)

    def test_a_terminal_sees_a_bar_with_counts_and_rate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("assistant.cli.progress.SECONDS_BEFORE_A_RATE", 0.0)
        screen = io.StringIO()
        self.ingest(BarProgress(Console(file=screen, force_terminal=True, width=120)))
        assert "4/4" in screen.getvalue()
        assert "articles/s" in screen.getvalue()
        assert "\x1b[2J" not in screen.getvalue()

    def test_a_log_sees_plain_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        moments = iter(range(0, 1000, 4))
        monkeypatch.setattr("assistant.cli.progress.monotonic", lambda: float(next(moments)))
        log = io.StringIO()
        progress = LineProgress(Console(file=log))
        with progress:
            progress.step("ingesting articles")
            progress.total(10)
            for number in range(6):
                progress.article(f"file:///{number}", "unchanged")
        lines = log.getvalue().splitlines()
        assert lines[0] == "ingesting articles"
        line_form = r"(\d+) of 10 articles, [\d.]+ articles/s, about (\d+) s left"
        told = [re.fullmatch(line_form, line) for line in lines[1:]]
        assert told
        assert all(told)
        assert "\x1b" not in log.getvalue()

    def test_passages_fill_a_bar_of_passages(self) -> None:
        screen = io.StringIO()
        progress = BarProgress(Console(file=screen, force_terminal=True, width=120), "passages")
        with progress:
            progress.total(8)
            progress.passages(3)
            progress.passages(5)
        assert "8/8" in screen.getvalue()


def test_the_time_left_is_told_by_the_pace_of_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand articles that had not changed, passed in a moment, say nothing of those to be embedded."""
    now = 0.0
    monkeypatch.setattr(progress, "monotonic", lambda: now)
    tally = progress.Tally("articles")
    tally.expect(20_000)
    for _ in range(10_000):
        tally.count("unchanged")
    now = 10.0
    assert tally.rate_text() == "1000.0 articles/s, about 10 s left"
    for _ in range(100):
        now += 1
        for _ in range(5):
            tally.count("added")
        told = tally.rate_text()
    assert told == "5.0 articles/s, about 1900 s left"
