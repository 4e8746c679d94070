"""The empty chat: honest about the samples, and no examples for other collections."""

from assistant.page.state import Problem
from assistant.page.welcome import (
    SAMPLE_QUESTIONS,
    Collection,
    banner_view,
    brand_view,
    trouble_view,
    welcome_view,
)
from tests.assistant.page.fakes import make_article
from tests.assistant.page.reading import read

SAMPLES = Collection.of([make_article().head, make_article(location="samples:x").head], 54)
OTHERS = Collection.of([make_article().head], 1)


def test_the_samples_are_said_to_be_samples() -> None:
    assert "written for Footnote" in read(banner_view(SAMPLES)).text
    assert banner_view(OTHERS) == ""


def test_examples_are_offered_for_the_samples_only() -> None:
    offered = [button.text for button in read(welcome_view(SAMPLES)).all("button", data_fn="example")]
    assert offered == list(SAMPLE_QUESTIONS)
    assert read(welcome_view(OTHERS)).all("button") == []


def test_an_empty_collection_says_how_to_fill_it() -> None:
    assert "footnote ingest" in read(welcome_view(Collection(0))).text


def test_an_index_that_cannot_be_read_is_explained() -> None:
    shown = read(trouble_view(Problem("The index is damaged.", "Run footnote index rebuild.")))
    assert shown.one("p", role="alert").text == "The index is damaged. Run footnote index rebuild."


def test_the_size_is_shown() -> None:
    assert "54 articles" in read(brand_view(SAMPLES)).text
    assert read(brand_view(OTHERS)).text.endswith("1 article")
