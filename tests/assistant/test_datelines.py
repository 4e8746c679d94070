"""Where and when a report was sent is no answer to what it tells."""

import pytest

from assistant.answerers.extractive.spans import dateline_length
from tests.assistant.made_passages import answer_from, made_article


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("ELVIK, June 21 - Five days of talks broke up.", "ELVIK, June 21 - "),
        ("STRELLEN - The bank raised its rate.", "STRELLEN - "),
        ("Paris (Wire) — A man was hurt.", "Paris (Wire) — "),
        ("NEW YORK, N.Y. -- He won.", "NEW YORK, N.Y. -- "),
        ("Kyiv, Oct 16, 2023 – The mayor left.", "Kyiv, Oct 16, 2023 – "),
        ("ARTA, 4 May — The ferry left.", "ARTA, 4 May — "),
        ("Utrecht, 3 September 2025 — The filter works.", "Utrecht, 3 September 2025 — "),
        ("Turkey – a member of the alliance – agreed.", ""),
        ("Lantern - a probe - was launched.", ""),
        ("He won - at last.", ""),
        ("", ""),
    ],
)
def test_what_is_a_dateline(text: str, dateline: str) -> None:
    assert text[: dateline_length(text)] == dateline


def test_the_day_of_a_dateline_is_not_that_of_the_deed() -> None:
    article = made_article("ALDER, June 21 - The Alder bridge was opened on Monday by Mayor Ida Holt.")
    assert answer_from("When was the Alder bridge opened?", article).short_answer == "Monday"
    article = made_article("ALDER, June 21 - Ida Holt opened the Birch bridge.")
    assert answer_from("Who opened the Birch bridge?", article).short_answer == "Ida Holt"
