"""Keywords: the words of a question are never syntax, and scores are BM25."""

import math
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.keywords import MOST_TERMS, Fts5KeywordIndex, query_terms
from vectorstore.query import Filters

TEXTS = {
    "one": "zebra zebra lion",
    "two": "lion tiger panther jaguar puma",
    "three": "ocelot",
    "four": "tiger ocelot zebra",
    "five": "lynx lynx lynx",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create_or_open(tmp_path_factory.mktemp("keywords") / "home", WordEmbedder()) as made:
        articles = [
            article(name, text, title="Zoo", publisher=name, published_at=date(2023, 1, number + 1))
            for number, (name, text) in enumerate(TEXTS.items())
        ]
        put(made, WordEmbedder(), *articles)
        yield made


@pytest.fixture(scope="module")
def keywords(index: Index) -> Fts5KeywordIndex:
    return Fts5KeywordIndex(index._catalogue.database)


def named(index: Index, id_: str) -> str:
    """The name of the article that a passage is of."""
    return index._catalogue.held_passages([id_])[id_].head.location.removeprefix("test:")


def bm25(query: str, name: str) -> float:
    """Okapi BM25 by the textbook, title and text being one document."""
    documents = {key: ["zoo", *text.split()] for key, text in TEXTS.items()}
    average = sum(map(len, documents.values())) / len(documents)
    words = documents[name]
    total = 0.0
    for term in query.split():
        holding = sum(term in document for document in documents.values())
        weight = math.log((len(documents) - holding + 0.5) / (holding + 0.5))
        frequency = words.count(term)
        norm = 1.2 * (0.25 + 0.75 * len(words) / average)
        total += weight * frequency * 2.2 / (frequency + norm)
    return total


def test_scores_are_bm25(index: Index, keywords: Fts5KeywordIndex) -> None:
    query = "zebra ocelot"
    hits = keywords.search(query, 10, Filters())
    expected = {name: bm25(query, name) for name in ("one", "three", "four")}
    assert {named(index, hit.id): hit.score for hit in hits} == pytest.approx(expected, rel=1e-5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_filtered_scores_are_the_same(index: Index, keywords: Fts5KeywordIndex) -> None:
    everything = {hit.id: hit.score for hit in keywords.search("zebra ocelot", 10, Filters())}
    filtered = keywords.search("zebra ocelot", 10, Filters(since=date(2023, 1, 2)))
    assert {named(index, hit.id) for hit in filtered} == {"three", "four"}
    assert all(everything[hit.id] == hit.score for hit in filtered)


def test_words_are_found_in_other_forms(index: Index, keywords: Fts5KeywordIndex) -> None:
    assert {named(index, hit.id) for hit in keywords.search("ZÉBRAS’", 10, Filters())} == {"one", "four"}


@pytest.mark.parametrize("text", ["", "  ", "🙂 🙃", "?!… -- ()", "___", "\x00"])
def test_without_words_nothing_is_found(keywords: Fts5KeywordIndex, text: str) -> None:
    assert keywords.search(text, 10, Filters()) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
@example(text='zebra" OR "lion')
@example(text="zebra AND NOT lion NEAR(a b)")
@example(text="text:zebra -lion ^tiger lyn* {title}: +")
def test_a_question_is_never_syntax(index: Index, keywords: Fts5KeywordIndex, text: str) -> None:
    terms = set(re.findall(r"[a-z]+", text.casefold()))
    found = {named(index, hit.id) for hit in keywords.search(text, 10, Filters())}
    expected = {name for name, words in TEXTS.items() if terms & {*words.split(), "zoo"}}
    assert expected <= found


def test_stopwords_are_dropped_unless_nothing_else_is_asked() -> None:
    assert query_terms("Why was the Zebra sanctioned?") == ["zebra", "sanctioned"]
    assert query_terms("Who is who?") == ["who", "is"]


def test_very_long_questions_are_cut() -> None:
    assert len(query_terms(" ".join(f"word{number}" for number in range(100_000)))) == MOST_TERMS


def test_an_empty_index_has_no_hits(tmp_path: Path) -> None:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as empty:
        assert Fts5KeywordIndex(empty._catalogue.database).search("zebra", 5, Filters()) == []
        assert empty.term_weights(["zebra"])["zebra"] > 0
