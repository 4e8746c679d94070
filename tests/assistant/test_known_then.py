"""Articles that were changed: the notice that says so, and the edition of the day that is asked about."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.core import Assistant
from ingest.article import Article
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index

PUBLISHED, BETWEEN, CHANGED = date(2023, 2, 1), date(2023, 2, 4), date(2023, 2, 9)
QUESTION = "How many people did the flood in Alder kill?"
EARLY, LATE = (
    "The flood in Alder killed 12 people, police said.",
    "The flood in Alder killed 31 people, police said.",
)
OTHERS = [article(f"t{n}", f"Trams run in town {n}.", published_at=PUBLISHED) for n in range(5)]


def story(name: str, text: str, changed: date | None = None) -> Article:
    """The story at its one address."""
    return Article.create(
        location=f"test:{name}",
        title="Flood in Alder",
        text=text,
        url="https://alder.example/flood",
        publisher="Alder Daily",
        published_at=PUBLISHED,
        modified_at=changed,
    )


@pytest.fixture(params=["one article with two versions", "two articles at one address"])
def assistant(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Assistant]:
    """An index in which the story was changed after its publication."""
    second = "flood" if request.param.startswith("one") else "flood-update"
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, *OTHERS, story("flood", EARLY))
        put(index, embedder, story(second, LATE, CHANGED))
        yield Assistant(index, ExtractiveAnswerer(), today=lambda: date(2023, 6, 1))


def check_quotes(assistant: Assistant, answer: Answer) -> None:
    """Every quote stands in the version that it is of."""
    for citation in answer.citations:
        quoted = assistant.index.article(citation.article.id, citation.passage.article_version)
        assert quoted is not None
        assert quoted.text[citation.start : citation.end] == citation.quote


def test_an_answer_from_an_updated_article_says_so(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assert answer.short_answer == "31"
    assert answer.notices == (
        "“Flood in Alder” (Alder Daily) was updated on 2023-02-09; the answer uses the updated version.",
    )
    check_quotes(assistant, answer)


def test_a_question_as_of_a_day_before_the_update_is_answered_from_what_stood_then(
    assistant: Assistant,
) -> None:
    answer = assistant.ask(QUESTION, as_of=BETWEEN)
    assert answer.short_answer == "12"
    assert answer.notices == (
        "“Flood in Alder” (Alder Daily) was updated on 2023-02-09; the answer uses the version that stood on "
        "2023-02-04.",
    )
    assert "31" not in "".join(one.passage.text for one in answer.retrieved)
    assert [one.rank for one in answer.retrieved] == list(range(1, len(answer.retrieved) + 1))
    check_quotes(assistant, answer)


def test_the_same_day_may_stand_in_the_question(assistant: Assistant) -> None:
    answer = assistant.ask("How many people did the flood in Alder kill as of 4 February 2023?")
    assert answer.short_answer == "12"


def test_as_of_the_day_of_the_update_the_updated_version_counts(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION, as_of=CHANGED)
    assert answer.short_answer == "31"
    assert "the answer uses the updated version" in answer.notices[0]


def test_an_update_whose_earlier_version_is_not_at_hand_is_read_with_a_warning(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, *OTHERS, story("flood", LATE, CHANGED))
        assistant = Assistant(index, ExtractiveAnswerer(), today=lambda: date(2023, 6, 1))
        assert assistant.ask(QUESTION).notices == ()
        (notice,) = assistant.ask(QUESTION, as_of=BETWEEN).notices
    assert "was changed on 2023-02-09, after 2023-02-04" in notice


def test_an_article_that_never_changed_gets_no_notice(assistant: Assistant) -> None:
    assert assistant.ask("Where do trams run?").notices == ()
