"""Tantivy beside the catalogue's own table: both find the same, also of what is newer or gone."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.keyword_side import KeywordSide
from vectorstore.keywords import Fts5KeywordIndex
from vectorstore.locking import writer_lock
from vectorstore.query import Filters, Query

EMBEDDER = WordEmbedder()
TEXTS = {
    "one": "zebra zebra lion",
    "two": "lion tiger panther jaguar puma",
    "three": "ocelot",
    "four": "tigers ocelot Zébra",
    "five": "lynx lynx lynx",
}
ANYTHING = Filters()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", EMBEDDER) as made:
        articles = [
            article(
                name,
                text,
                title="Zoo",
                publisher=f"The {name}" if name != "one" else None,
                published_at=date(2023, 1, number + 1) if name != "two" else None,
            )
            for number, (name, text) in enumerate(TEXTS.items())
        ]
        put(made, EMBEDDER, *articles)
        catch_up(made)
        yield made


def catch_up(index: Index) -> None:
    with writer_lock(index.home):
        side(index).catch_up(longest_tail=0)
    assert side(index)._covered() == index.generation


def side(index: Index) -> KeywordSide:
    return index._keywords


def names(index: Index, text: str, filters: Filters = ANYTHING, limit: int = 10) -> list[str]:
    held = index._catalogue.held_passages
    hits = side(index).search(text, limit, filters)
    return [held([hit.id])[hit.id].head.location.removeprefix("test:") for hit in hits]


FILTERS = [
    ANYTHING,
    Filters(since=date(2023, 1, 3)),
    Filters(until=date(2023, 1, 3)),
    Filters(not_after=date(2023, 1, 3)),
    Filters(since=date(2023, 1, 2), not_after=date(2023, 1, 4)),
    Filters(publisher=" the FOUR "),
    Filters(article_ids=(article("one", "x").id, article("two", "x").id)),
    Filters(article_ids=(article("one", "x").id,), until=date(2022, 1, 1)),
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("text", ["zebra ocelot", "lion tigers", "zoo", "lynx", "unknown"])
def test_both_find_the_same(index: Index, text: str, filters: Filters) -> None:
    table = Fts5KeywordIndex(index._catalogue.database).search(text, 10, filters)
    found = side(index).search(text, 10, filters)
    assert {hit.id for hit in found} == {hit.id for hit in table}
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert all(hit.score > 0 for hit in found)
    assert side(index)._open is not None


def test_filters_change_no_score(index: Index) -> None:
    everything = {hit.id: hit.score for hit in side(index).search("zebra ocelot", 10, ANYTHING)}
    for hit in side(index).search("zebra ocelot", 10, Filters(since=date(2023, 1, 2))):
        assert hit.score == pytest.approx(everything[hit.id])


def test_the_best_come_first_and_no_more_than_asked(index: Index) -> None:
    assert names(index, "zebra lion", limit=1) == ["one"]
    assert side(index).search("zebra", 0, ANYTHING) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
@example(text='zebra" OR "lion')
@example(text="zebra AND NOT lion NEAR(a b)")
@example(text="text:zebra -lion ^tiger lyn* {title}: + row:1 [a TO b] IN")
def test_a_question_is_never_syntax(index: Index, text: str) -> None:
    terms = set(re.findall(r"[a-z]+", text.casefold()))
    expected = {name for name, words in TEXTS.items() if terms & {*words.casefold().split(), "zoo"}}
    assert expected <= set(names(index, text))
    assert side(index).notice == ""


@pytest.mark.parametrize("text", ["", "  ", "🙂 🙃", "?!… -- ()", "___", "\x00"])
def test_without_words_nothing_is_found(index: Index, text: str) -> None:
    assert side(index).search(text, 10, ANYTHING) == []


def test_what_came_since_is_found_and_what_is_gone_is_not(index: Index) -> None:
    with Index.open(index.home, encoder=EMBEDDER) as reader:
        assert names(reader, "zebra") == ["one", "four"]
        put(index, EMBEDDER, article("one", "A lion alone.", title="Zoo"))
        put(index, EMBEDDER, article("six", "zebra zebra zebra", title="Zoo", published_at=date(2023, 2, 1)))
        with index.writer() as writer:
            writer.remove(article("four", "x").id)
        assert names(reader, "zebra") == ["six"]
        assert names(reader, "zebra", Filters(until=date(2023, 1, 31))) == []
        assert set(names(reader, "lion")) == {"one", "two"}
        catch_up(index)
        assert names(reader, "zebra") == ["six"]
        assert set(names(reader, "lion")) == {"one", "two"}


def test_a_row_that_is_used_again_is_not_found_by_its_former_words(index: Index) -> None:
    last = article("last", "walrus", title="Zoo")
    put(index, EMBEDDER, last)
    catch_up(index)
    with index.writer() as writer:
        writer.remove(last.id)
    put(index, EMBEDDER, article("next", "seal", title="Zoo"))
    assert names(index, "walrus") == []
    assert names(index, "seal") == ["next"]
    catch_up(index)
    assert names(index, "walrus") == []
    assert names(index, "seal") == ["next"]


def test_documents_of_passages_that_are_gone_are_cleared_out(index: Index) -> None:
    for number in range(4):
        put(index, EMBEDDER, article("five", f"lynx {number}", title="Zoo"))
        catch_up(index)
    opened = side(index)._current()
    assert opened is not None
    assert opened.folder.count() == index.passage_count() == 5


def test_weights_are_as_the_table_gives_them(index: Index) -> None:
    terms = ["zebras", "zoo", "lynx", "unknown"]
    table = Fts5KeywordIndex(index._catalogue.database).term_weights(terms)
    assert side(index).term_weights(terms) == pytest.approx(table)
    put(index, EMBEDDER, article("six", "zebra", title="Zoo"))
    table = Fts5KeywordIndex(index._catalogue.database).term_weights(terms)
    assert side(index).term_weights(terms) == pytest.approx(table)


def test_what_was_written_and_not_noted_is_found_once(index: Index) -> None:
    """The process ended between Tantivy's commit and the catalogue's."""
    before = side(index)._covered()
    put(index, EMBEDDER, article("six", "zebra", title="Zoo"))
    catch_up(index)
    with index._catalogue.database.writing() as connection:
        connection.execute("UPDATE settings SET value = ? WHERE key = 'keywords_generation'", (str(before),))
    with Index.open(index.home, encoder=EMBEDDER) as reader:
        assert sorted(names(reader, "zebra")) == ["four", "one", "six"]


@pytest.mark.parametrize("damage", ["missing", "overwritten"])
def test_without_its_folder_the_table_answers_and_a_notice_says_so(index: Index, damage: str) -> None:
    folder = index.home / "keywords"
    index.close()
    if damage == "missing":
        shutil.rmtree(folder)
    else:
        for file in folder.iterdir():
            file.write_bytes(b"not what it was" * 400)
    with Index.open(index.home, encoder=EMBEDDER) as reader:
        assert set(names(reader, "zebra")) == {"one", "four"}
        assert "footnote index rebuild" in reader.notices[0]
        reader.rebuild()
        catch_up(reader)
        assert set(names(reader, "zebra")) == {"one", "four"}
        assert reader.notices == ()


def test_a_small_index_needs_none(tmp_path: Path) -> None:
    with Index.create_or_open(tmp_path / "small", EMBEDDER) as small:
        put(small, EMBEDDER, article("one", "zebra"))
        assert small.search(Query("zebra"))
        assert not (small.home / "keywords").exists()


def test_a_large_ingestion_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.keyword_side.LONGEST_TAIL", 1)
    with Index.create_or_open(tmp_path / "large", EMBEDDER) as large:
        put(large, EMBEDDER, article("one", "zebra"), article("two", "lion"))
        assert side(large)._covered() == large.generation
        assert names(large, "lion") == ["two"]


def test_a_reader_goes_back_to_a_folder_that_another_process_has_mended(index: Index) -> None:
    with Index.open(index.home, encoder=EMBEDDER) as reader:
        shutil.rmtree(index.home / "keywords")
        assert set(names(reader, "zebra")) == {"one", "four"}
        assert "footnote index rebuild" in reader.notices[0]
        index.rebuild()
        catch_up(index)
        assert set(names(reader, "zebra")) == {"one", "four"}
        assert reader.notices == ()
        assert side(reader)._open is not None
