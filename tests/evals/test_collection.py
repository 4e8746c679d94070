"""A collection is built once, again when anything in it changes, and never left half built under its name."""

import os
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals import collection
from evals.collection import collection_home, corpus_home
from evals.corpus import Corpus, CorpusArticle
from evals.errors import RunFolderError
from ingest.article import content_hash


class Builder:
    """Writes a file into each home that it is asked to fill."""

    def __init__(self, fails: bool = False) -> None:
        self.homes: list[Path] = []
        self.fails = fails

    def __call__(self, source: str, settings: Settings) -> None:
        self.homes.append(settings.home)
        (settings.home / "index.db").write_text(source, "utf-8")
        if self.fails:
            raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(collection, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.md").write_text("one", "utf-8")
    return folder


def test_a_collection_is_built_once(articles: Path) -> None:
    builder = Builder()
    first = collection_home(str(articles), Settings(), builder)
    assert collection_home(str(articles), Settings(), builder) == first
    assert len(builder.homes) == 1
    assert (first / "index.db").read_text("utf-8") == str(articles)


def test_a_changed_article_or_embedder_builds_anew(articles: Path) -> None:
    builder = Builder()
    homes = {collection_home(str(articles), Settings(), builder)}
    (articles / "one.md").write_text("another", "utf-8")
    homes.add(collection_home(str(articles), Settings(), builder))
    (articles / "two.md").write_text("two", "utf-8")
    homes.add(collection_home(str(articles), Settings(), builder))
    homes.add(collection_home(str(articles), Settings(embedder="other"), builder))
    assert len(homes) == len(builder.homes) == 4


def test_a_build_that_was_stopped_leaves_nothing(articles: Path, cache: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        collection_home(str(articles), Settings(), Builder(fails=True))
    assert list(cache.iterdir()) == []
    assert collection_home(str(articles), Settings(), Builder()).is_dir()


def test_the_samples_have_a_home_of_their_own(articles: Path) -> None:
    assert collection_home("samples", Settings(), Builder()) != collection_home(
        str(articles), Settings(), Builder()
    )


def test_another_run_that_was_quicker_wins(articles: Path, cache: Path) -> None:
    slow = Builder()

    def overtaken(source: str, settings: Settings) -> None:
        quick = collection_home(source, Settings(), Builder())
        (quick / "mine").write_text("quick", "utf-8")
        slow(source, settings)

    home = collection_home(str(articles), Settings(), overtaken)
    assert (home / "mine").exists()
    assert [path.name for path in cache.iterdir()] == [home.name]


def test_homes_long_unused_are_thrown_away(articles: Path) -> None:
    old = collection_home(str(articles), Settings(), Builder())
    (articles / "one.md").write_text("another", "utf-8")
    recent = collection_home(str(articles), Settings(), Builder())
    os.utime(old, (0, 0))
    (articles / "one.md").write_text("a third", "utf-8")
    newest = collection_home(str(articles), Settings(), Builder())
    assert (old.exists(), recent.exists(), newest.exists()) == (False, True, True)


def test_a_collection_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="nowhere"):
        collection_home(str(tmp_path / "nowhere"), Settings(), Builder())


def corpus(text: str = "one") -> Corpus:
    digest = content_hash(text)
    return Corpus("town", "town:", digest, 1, lambda: iter([CorpusArticle("a", "A", text)]))


def test_a_data_set_is_ingested_once_for_each_content_and_embedder() -> None:
    homes: list[Path] = []

    def fill(given: Corpus, settings: Settings) -> None:
        settings.home.mkdir(exist_ok=True)
        homes.append(settings.home)

    first = corpus_home(corpus(), Settings(), fill)
    assert corpus_home(corpus(), Settings(), fill) == first
    other = {
        corpus_home(corpus("two"), Settings(), fill),
        corpus_home(corpus(), Settings(embedder="o"), fill),
    }
    assert len(homes) == 3
    assert first not in other


def test_an_ingestion_of_a_data_set_that_was_stopped_goes_on() -> None:
    def stopped(given: Corpus, settings: Settings) -> None:
        settings.home.mkdir()
        (settings.home / "half").write_text("done", "utf-8")
        raise KeyboardInterrupt

    def finish(given: Corpus, settings: Settings) -> None:
        assert (settings.home / "half").read_text("utf-8") == "done"

    with pytest.raises(KeyboardInterrupt):
        corpus_home(corpus(), Settings(), stopped)
    assert (corpus_home(corpus(), Settings(), finish) / "half").exists()
