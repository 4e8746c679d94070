"""Questions about things that no sample article tells of are declined, however well a sentence would fit."""

import pytest

from assistant.core import Assistant

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "question",
    [
        "What did the crypto boss get locked up for?",
        "why did the head of the chip maker get fired?",
        "how much does a tesla model 3 cost",
        "who painted the mona lisa",
        "Why is the glacier melting?",
        "how was the bank robber caught",
    ],
)
def test_what_no_article_tells_of(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.citations) == ("declined", ())
