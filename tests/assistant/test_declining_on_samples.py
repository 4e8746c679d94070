"""Questions about things that no sample article tells of are declined, however well a sentence would fit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.core import Assistant
from assistant.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def assistant(samples_home: Path) -> Iterator[Assistant]:
    with Assistant.open(samples_home, settings=Settings(home=samples_home)) as opened:
        opened._today = lambda: date(2024, 12, 31)
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "What did the crypto boss get locked up for?",
        "why did the CEO of OpenAI get fired?",
        "how much does a tesla model 3 cost",
        "who painted the mona lisa",
        "Why is the glacier melting?",
        "how was the bank robber caught",
    ],
)
def test_what_no_article_tells_of(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.citations) == ("declined", ())
