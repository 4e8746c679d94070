"""The network that ships: passages read at the same time are read as if each stood alone."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.answerers.extractive.reader import PassageReader, PassageReading
from tests.assistant.made_passages import BRIDGE, PRIZE, made_article, whole_passages

QUESTION = "Who won the music prize?"
PASSAGES = whole_passages(
    [
        made_article(PRIZE, "one"),
        made_article(" ".join([BRIDGE] * 9), "two"),
        made_article("Nothing was said.", "three"),
        made_article(BRIDGE, "four"),
    ]
)


@pytest.fixture(scope="module")
def reader() -> PassageReader:
    return PassageReader()


def assert_same(one: PassageReading, other: PassageReading) -> None:
    assert one.answers == other.answers
    for name in ("offsets", "evidence", "starts", "ends"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


def test_passages_read_together_are_read_as_each_alone_in_their_order(reader: PassageReader) -> None:
    together = reader.read(QUESTION, PASSAGES)
    for one, passage in zip(together, PASSAGES, strict=True):
        assert_same(one, reader.read(QUESTION, [passage])[0])
    assert max(together, key=lambda reading: reading.answers) is together[0]


def test_many_questions_at_once_are_read_as_one(reader: PassageReader) -> None:
    alone = reader.read(QUESTION, PASSAGES)
    with ThreadPoolExecutor(6) as askers:
        for found in askers.map(lambda _: reader.read(QUESTION, PASSAGES), range(6)):
            for one, other in zip(found, alone, strict=True):
                assert_same(one, other)


def test_no_passages_have_no_readings(reader: PassageReader) -> None:
    assert reader.read(QUESTION, []) == []
