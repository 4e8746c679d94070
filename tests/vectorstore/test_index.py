"""`Index`: what goes in comes out, in its current version, under filters, in one order."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article
from tests.vectorstore.fakes import WordEmbedder, article, paragraphs, put
from vectorstore import database
from vectorstore.catalogue import FILE_NAME
from vectorstore.errors import DimensionsError, IndexBusyError
from vectorstore.index import Index
from vectorstore.query import DateSpan, Filters, Query
from vectorstore.rows import vector_blob, vector_of

ANYTHING = Filters()
BEES = article(
    "bees",
    "Beekeepers feed their bees before winter.\n\nHives are wrapped against the frost.",
    publisher="The Rural Post",
    published_at=date(2022, 10, 3),
)
BREAD = article("bread", "Rye bread needs a sour dough.", publisher="Kitchen", published_at=date(2023, 1, 9))
TALKS = article(
    "talks",
    "The ministers met in Moscow.",
    title="Syria talks",
    published_at=datetime(2022, 12, 28, 9, tzinfo=UTC),
)
UNDATED = article("undated", "The library lends tools.", publisher="kitchen")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as made:
        yield made


def found(index: Index, text: str, filters: Filters = ANYTHING, limit: int = 10) -> list[str]:
    return [one.passage.text for one in index.search(Query(text, filters), limit)]


def test_articles_come_back_as_they_went_in(index: Index) -> None:
    put(index, WordEmbedder(), BEES, TALKS, UNDATED)
    assert index.article(BEES.id) == BEES
    assert index.article(TALKS.id) == TALKS
    assert index.passages_of(BEES.id) == paragraphs(BEES)
    assert index.head(UNDATED.id) == UNDATED.head
    assert index.article("unknown") is None
    assert index.passages_of("unknown") == []


def test_the_best_passage_is_first_and_carries_its_scores(index: Index) -> None:
    put(index, WordEmbedder(), BEES, BREAD, TALKS)
    results = index.search(Query("what do beekeepers feed their bees?"))
    assert results[0].passage == paragraphs(BEES)[0]
    assert results[0].article == BEES.head
    assert [one.rank for one in results] == list(range(1, len(results) + 1))
    assert [one.score for one in results] == sorted((one.score for one in results), reverse=True)
    assert all(one.similarity is not None and -1 <= one.similarity <= 1 for one in results)
    assert results[0].keyword_score is not None
    assert results[0].keyword_score > 0


def test_titles_count(index: Index) -> None:
    put(index, WordEmbedder(), BEES, BREAD, TALKS)
    assert found(index, "Syria")[0] == TALKS.text


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {BEES, BREAD, TALKS, UNDATED}),
        (Filters(since=date(2022, 12, 28)), {BREAD, TALKS}),
        (Filters(until=date(2022, 12, 28)), {BEES, TALKS}),
        (Filters(not_after=date(2022, 12, 28)), {BEES, TALKS, UNDATED}),
        (Filters(not_after=date(2023, 1, 9), until=date(2022, 12, 28)), {BEES, TALKS}),
        (Filters(publisher="KITCHEN "), {BREAD, UNDATED}),
        (Filters(publisher="kitchen", since=date(1900, 1, 1)), {BREAD}),
        (Filters(article_ids=(BEES.id, UNDATED.id)), {BEES, UNDATED}),
        (Filters(article_ids=("none",)), set()),
    ],
)
def test_filters_hold_on_every_way_in(index: Index, filters: Filters, expected: set[object]) -> None:
    put(index, WordEmbedder(), BEES, BREAD, TALKS, UNDATED)
    ids = {one.id for one in (BEES, BREAD, TALKS, UNDATED) if one in expected}
    results = index.search(Query("bees bread ministers library", filters))
    assert {one.article.id for one in results} == ids
    assert {head.id for head in index.articles(filters)} == ids
    assert index.count_articles(filters) == len(ids)


def test_articles_are_listed_newest_first_in_pages(index: Index) -> None:
    put(index, WordEmbedder(), BEES, BREAD, TALKS, UNDATED)
    assert [head.id for head in index.articles()] == [BREAD.id, TALKS.id, BEES.id, UNDATED.id]
    assert [head.id for head in index.articles(offset=1, limit=2)] == [TALKS.id, BEES.id]


def test_the_span_of_dates(index: Index) -> None:
    assert index.date_span() == DateSpan(None, None)
    put(index, WordEmbedder(), BEES, BREAD, TALKS, UNDATED)
    assert index.date_span() == DateSpan(date(2022, 10, 3), date(2023, 1, 9))
    assert index.date_span(Filters(publisher="kitchen")) == DateSpan(date(2023, 1, 9), date(2023, 1, 9))


def test_putting_again_changes_nothing(index: Index) -> None:
    assert put(index, WordEmbedder(), BEES) == ["added"]
    before = index.generation
    assert put(index, WordEmbedder(), BEES) == ["unchanged"]
    assert index.generation == before
    assert index.passage_count() == 2


def test_a_changed_article_replaces_all_of_its_passages(index: Index) -> None:
    changed = article("bees", "Wasps have taken over the hive.")
    put(index, WordEmbedder(), BEES)
    assert put(index, WordEmbedder(), changed) == ["changed"]
    assert found(index, "beekeepers feed their bees before winter wasps") == [changed.text]
    assert index.article(BEES.id) == changed
    assert index.article(BEES.id, BEES.version) == BEES
    assert index.count_articles() == 1


def test_an_article_can_change_back(index: Index) -> None:
    embedder = WordEmbedder()
    changed = article("bees", "Wasps have taken over the hive.")
    put(index, embedder, BEES)
    put(index, embedder, changed)
    assert put(index, embedder, BEES) == ["changed"]
    assert index.article(BEES.id) == BEES
    assert sorted(found(index, "bees wasps frost")) == sorted(one.text for one in paragraphs(BEES))


def test_every_version_is_kept(index: Index) -> None:
    versions = [article("bees", f"There are {number} hives.") for number in range(8)]
    for version in versions:
        put(index, WordEmbedder(), version)
    assert [index.article(one.id, one.version) for one in versions] == versions
    assert found(index, "hives bees") == [versions[-1].text]


def test_what_is_removed_is_gone_everywhere(index: Index) -> None:
    embedder = WordEmbedder()
    put(index, embedder, BEES, BREAD)
    put(index, embedder, article("bees", "Wasps have taken over the hive."))
    with index.writer() as writer:
        assert writer.remove(BEES.id)
        assert not writer.remove(BEES.id)
    assert found(index, "bees wasps hive frost bread") == [BREAD.text]
    assert index.article(BEES.id) is None
    assert index.article(BEES.id, BEES.version) is None
    assert b"Wasps" not in (index.home / "catalogue.sqlite3").read_bytes()
    with index._catalogue.database.reading() as connection:
        assert (
            connection.execute("SELECT count(*) FROM keywords WHERE keywords MATCH 'wasps'").fetchone()[0]
            == 0
        )
        assert connection.execute("SELECT count(*) FROM vectors").fetchone()[0] == 1


def test_one_article_twice_in_a_batch(index: Index) -> None:
    embedder = WordEmbedder()
    put(index, embedder, BEES, article("bees", "Wasps."), BEES)
    assert sorted(found(index, "bees wasps frost")) == sorted(one.text for one in paragraphs(BEES))


def test_an_article_without_passages_is_listed(index: Index) -> None:
    with index.writer() as writer:
        assert writer.put(BEES, [], np.zeros((0, 64), np.float32)) == "added"
    assert index.count_articles() == 1
    assert index.search(Query("bees")) == []


def test_vectors_are_checked_at_the_door(index: Index) -> None:
    with index.writer() as writer:
        with pytest.raises(DimensionsError, match=r"3 dimensions.*64"):
            writer.put(BEES, paragraphs(BEES), np.ones((2, 3), np.float32))
        with pytest.raises(ValueError, match="2 passages and 1 vectors"):
            writer.put(BEES, paragraphs(BEES), np.ones((1, 64), np.float32))
        with pytest.raises(ValueError, match="is not of article"):
            writer.put(BREAD, paragraphs(BEES), np.ones((2, 64), np.float32))
    assert index.count_articles() == 0


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\n\t", "🙂🙃", "?!…", '"', "NEAR(", "a OR", "*", "title:", "\x00", "^x -y", "\ud800 bees"],
)
def test_no_question_breaks_a_search(index: Index, text: str) -> None:
    put(index, WordEmbedder(), BEES)
    assert len(index.search(Query(text))) <= 2


def test_a_very_long_question(index: Index) -> None:
    put(index, WordEmbedder(), BEES, BREAD)
    assert found(index, "bees " + "padding " * 12_500)[0] == paragraphs(BEES)[0].text


def test_no_limit_no_results(index: Index) -> None:
    put(index, WordEmbedder(), BEES)
    assert index.search(Query("bees"), 0) == []
    assert index.search(Query("bees"), -1) == []


def test_near_identical_passages_show_once_and_the_newest(index: Index) -> None:
    text = "The council approved the new bridge over the river on Monday after years of debate about its cost"
    first = article("first", f"{text}.", title="Council votes", published_at=date(2023, 5, 1))
    syndicated = article("second", f"{text}!", title="Bridge approved", published_at=date(2023, 5, 2))
    differing = article("third", f"{text} of 4 million.", title="Bridge cost", published_at=date(2023, 5, 2))
    put(index, WordEmbedder(), first, syndicated, differing, BEES)
    results = index.search(Query("council bridge river"))
    assert {one.article.id for one in results[:2]} == {syndicated.id, differing.id}
    shown = next(one for one in results if one.article.id == syndicated.id)
    assert shown.repeats == (first.id,)


def test_rare_terms_weigh_more(index: Index) -> None:
    put(index, WordEmbedder(), BEES, BREAD, TALKS)
    weights = index.term_weights(["about", "bees", "bee", "unheard", "🙂", ""])
    assert weights["unheard"] > weights["bees"] > weights["about"] > 0
    assert weights["bees"] == weights["bee"]
    assert weights["🙂"] == weights["unheard"]


def test_searches_from_many_threads_agree(index: Index) -> None:
    put(index, WordEmbedder(), BEES, BREAD, TALKS)
    expected = index.search(Query("bees winter"))
    with ThreadPoolExecutor(8) as pool:
        assert all(results == expected for results in pool.map(index.search, [Query("bees winter")] * 40))


def test_a_search_sees_what_another_handle_wrote(index: Index) -> None:
    put(index, WordEmbedder(), BEES)
    with Index.open(index.home, encoder=WordEmbedder()) as reader:
        assert found(reader, "bread") == found(index, "bread")
        put(index, WordEmbedder(), BREAD)
        assert found(reader, "rye bread dough")[0] == BREAD.text
        with index.writer() as writer:
            writer.remove(BREAD.id)
        assert BREAD.text not in found(reader, "rye bread dough")


@settings(deadline=None)
@given(st.lists(st.floats(-10, 10, width=32), min_size=1, max_size=20))
def test_vectors_survive_storage(values: list[float]) -> None:
    vector = np.array(values, np.float32)
    assert np.array_equal(vector_of(vector_blob(vector)), vector)


def test_text_that_utf_8_cannot_hold_finds_nothing_and_breaks_nothing(index: Index) -> None:
    put(index, WordEmbedder(), BEES)
    assert index.article("\udc00") is None
    assert index.articles(Filters(publisher="\udc00", article_ids=("\ud800",))) == []
    assert index.search(Query("bees", Filters(publisher="\udc00"))) == []
    assert index.search(Query("bees", Filters(article_ids=("\udc00",)))) == []
    assert index.term_weights(["\ud800"])["\ud800"] > 0


def test_what_is_erased_leaves_no_trace_in_any_file(index: Index) -> None:
    embedder, word = WordEmbedder(), "zyxwvutq"
    secret = article("secret", f"The {word} was seen at the bridge.", title=f"A {word}", publisher=f"{word}s")
    changed = article("secret", f"Two {word} were seen at the bridge.", title=f"Two {word}")
    put(index, embedder, BEES, secret)
    put(index, embedder, changed)
    vector = embedder.encode_passages([f"Two {word}\n{changed.text}"])[0].tobytes()
    traces = [word.encode(), changed.text.encode(), secret.id.encode(), secret.head.location.encode(), vector]
    assert all(files_with(index, trace) for trace in traces)
    assert index.erase([secret.id, "0" * 16]) == 1
    assert [files_with(index, trace) for trace in traces] == [[]] * len(traces)
    assert found(index, f"{word} bees") == found(index, "bees")
    assert index.notices == ()


def test_a_reader_in_the_way_leaves_the_erasing_to_the_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0.2)
    with Index.create_or_open(tmp_path, WordEmbedder()) as index:
        secret = article("secret", "The zyxwvutq was seen at the bridge.")
        put(index, WordEmbedder(), BEES, secret)
        reader = database.Database(tmp_path / FILE_NAME)
        with reader.reading() as connection:
            connection.execute("SELECT count(*) FROM passages").fetchone()
            with pytest.raises(IndexBusyError, match="holds on to its log"):
                index.erase([secret.id])
        reader.close()
        assert index.article(secret.id) is None
        assert files_with(index, b"zyxwvutq")
        with index.writer():
            pass
        assert files_with(index, b"zyxwvutq") == []


def test_a_file_that_goes_while_sizes_are_taken_does_not_count(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(index, WordEmbedder(), BEES)
    before = index.figures().bytes_on_disk
    listed = sorted(index.home.rglob("*"))
    monkeypatch.setattr(Path, "rglob", lambda self, _: iter([*listed, self / "chroma-1" / "gone"]))
    assert index.figures().bytes_on_disk == before


def files_with(index: Index, trace: bytes) -> list[str]:
    """The files of an index that hold some bytes."""
    return [path.name for path in index.home.rglob("*") if path.is_file() and trace in path.read_bytes()]


def test_an_erased_upload_takes_its_file_along(index: Index, tmp_path: Path) -> None:
    inside, outside = index.home / "uploads" / "note.txt", tmp_path / "note.txt"
    beside = index.home / "articles" / "note.txt"
    for path in (inside, outside, beside):
        path.parent.mkdir(exist_ok=True)
        path.write_text("Bees make honey.")
        one = Article.create(location=path.as_uri(), title="Note", text="Bees make honey.")
        put(index, WordEmbedder(), one)
        index.erase([one.id])
    assert (inside.exists(), outside.exists(), beside.exists()) == (False, True, True)


def test_an_erased_member_of_an_upload_takes_the_archive_along(index: Index) -> None:
    uploaded = index.home / "uploads" / "notes.zip"
    uploaded.parent.mkdir()
    uploaded.write_bytes(b"PK")
    members = [
        Article.create(location=f"{uploaded.as_uri()}/{name}", title=name, text="Bees make honey.")
        for name in ("a/one.txt", "two.txt")
    ]
    put(index, WordEmbedder(), *members)
    assert index.erase([members[0].id]) == 1
    assert not uploaded.exists()
    assert index.erase([members[1].id]) == 1


@pytest.mark.parametrize("inside", ["", "/", "/../catalogue.sqlite3", "/%2e%2e/catalogue.sqlite3"])
def test_a_location_leads_to_no_other_file_of_the_index(index: Index, inside: str) -> None:
    uploads = index.home / "uploads"
    uploads.mkdir()
    (uploads / "kept.txt").write_text("Kept.")
    one = Article.create(location=f"{uploads.as_uri()}{inside}", title="Note", text="Bees make honey.")
    put(index, WordEmbedder(), one)
    assert index.erase([one.id]) == 1
    assert (uploads / "kept.txt").exists()
    assert index.count_articles() == 0


def test_threads_that_have_ended_keep_no_file_open(index: Index) -> None:
    put(index, WordEmbedder(), BEES)
    database = index._catalogue.database
    for _ in range(20):
        thread = Thread(target=index.count_articles)
        thread.start()
        thread.join()
    assert len(database._open) <= 2
    assert index.head(BEES.id) == BEES.head
