"""`ingest_source`: every document is accounted for, and only what has changed costs anything."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.document import RawDocument, ReadFailure
from ingest.sources import SourceOptions, open_source
from ingest.splitting import SplitSettings
from tests.vectorstore.fakes import MemorySource, WordEmbedder
from vectorstore.embedding import Vectors
from vectorstore.index import Index
from vectorstore.query import Query
from vectorstore.sync import IngestReport, ingest_source

TEXTS: dict[str, str | None] = {
    "ants.md": "Ants carry leaves.",
    "bees.md": "Bees make honey.",
    "cats.md": "Cats.",
}


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def index(tmp_path: Path, embedder: WordEmbedder) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", embedder) as made:
        yield made


def counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    """Added, changed, unchanged, removed, failed."""
    return report.added, report.changed, report.unchanged, report.removed, len(report.failed)


def held(index: Index) -> set[str]:
    return {head.location for head in index.articles()}


def test_ingesting_again_changes_nothing_and_embeds_nothing(index: Index, embedder: WordEmbedder) -> None:
    assert counts(ingest_source(index, embedder, MemorySource(TEXTS))) == (3, 0, 0, 0, 0)
    before, generation = list(embedder.encoded), index.generation
    again = ingest_source(index, embedder, MemorySource(TEXTS), sync=True)
    assert counts(again) == (0, 0, 3, 0, 0)
    assert again.passages == 0
    assert embedder.encoded == before
    assert index.generation == generation


def test_only_the_changed_article_is_embedded_again(index: Index, embedder: WordEmbedder) -> None:
    ingest_source(index, embedder, MemorySource(TEXTS))
    embedder.encoded.clear()
    report = ingest_source(index, embedder, MemorySource({**TEXTS, "bees.md": "Bees sting."}))
    assert counts(report) == (0, 1, 2, 0, 0)
    assert ["Bees sting." in text for text in embedder.encoded] == [True]
    assert index.search(Query("bees"), 1)[0].passage.text == "Bees sting."


def test_sync_removes_what_has_gone_from_this_source_alone(index: Index, embedder: WordEmbedder) -> None:
    ingest_source(index, embedder, MemorySource(TEXTS))
    ingest_source(index, embedder, MemorySource({"dogs.md": "Dogs bark."}, key="memory-two:"))
    fewer = {"ants.md": TEXTS["ants.md"]}
    assert counts(ingest_source(index, embedder, MemorySource(fewer))) == (0, 0, 1, 0, 0)
    assert len(held(index)) == 4
    assert counts(ingest_source(index, embedder, MemorySource(fewer), sync=True)) == (0, 0, 1, 2, 0)
    assert held(index) == {"memory:ants.md", "memory-two:dogs.md"}


def test_a_key_of_one_file_covers_that_file_alone(index: Index, embedder: WordEmbedder) -> None:
    one, other = "file:///news/a.txt", "file:///news/a.txt.bak"
    ingest_source(index, embedder, MemorySource({"": "One file."}, key=one))
    ingest_source(index, embedder, MemorySource({"": "Another file."}, key=other))
    assert ingest_source(index, embedder, MemorySource({"": "One file."}, key=one), sync=True).removed == 0
    assert held(index) == {one, other}


def test_what_the_patterns_leave_out_has_not_gone(
    index: Index, embedder: WordEmbedder, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    (folder / "old").mkdir(parents=True)
    for name in ("a.md", "b.txt", "old/c d.md", "e.md"):
        (folder / name).write_text(f"Words of {name}.")
    with ZipFile(folder / "f.zip", "w") as archive:
        archive.writestr("g.md", "Words of g.")
    assert ingest_source(index, embedder, open_source(str(folder))).added == 5
    (folder / "b.txt").unlink()
    (folder / "e.md").unlink()
    some = open_source(str(folder), SourceOptions(include=("*.md",), exclude=("old/",)))
    assert counts(ingest_source(index, embedder, some, sync=True)) == (0, 0, 1, 2, 0)
    assert {head.title for head in index.articles()} == {"a", "c d", "g"}
    (folder / ".footnoteignore").write_text("old/\n")
    whole = open_source(str(folder))
    assert counts(ingest_source(index, embedder, whole, sync=True)) == (0, 0, 2, 1, 0)


def test_a_document_that_cannot_be_read_keeps_its_article(index: Index, embedder: WordEmbedder) -> None:
    ingest_source(index, embedder, MemorySource(TEXTS))
    damaged = {**TEXTS, "bees.md": None, "cats.md": "   "}
    report = ingest_source(index, embedder, MemorySource(damaged), sync=True)
    assert counts(report) == (0, 0, 1, 0, 2)
    assert [failure.location for failure in report.failed] == ["memory:bees.md", "memory:cats.md"]
    assert report.failed[0].reason == "It cannot be read."
    assert "no text" in report.failed[1].reason
    assert index.count_articles() == 3


def test_an_unreadable_folder_keeps_all_that_is_in_it(index: Index, embedder: WordEmbedder) -> None:
    ingest_source(
        index, embedder, MemorySource({"sub/a.md": "Ants.", "subway.md": "Trains.", "b.md": "Bees."})
    )
    report = ingest_source(index, embedder, MemorySource({"sub": None, "b.md": "Bees."}), sync=True)
    assert counts(report) == (0, 0, 1, 1, 1)
    assert held(index) == {"memory:sub/a.md", "memory:b.md"}


class BreakingSource(MemorySource):
    """Stops half way."""

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        documents = list(super().documents())
        yield from documents[: len(documents) // 2]
        raise ConnectionError("the listing broke off")


def test_a_source_that_breaks_off_removes_nothing(index: Index, embedder: WordEmbedder) -> None:
    ingest_source(index, embedder, MemorySource(TEXTS))
    with pytest.raises(ConnectionError):
        ingest_source(index, embedder, BreakingSource(TEXTS), sync=True)
    assert index.count_articles() == 3
    assert counts(ingest_source(index, embedder, MemorySource(TEXTS))) == (0, 0, 3, 0, 0)


class InterruptedEmbedder(WordEmbedder):
    """Ctrl-C comes while the second group is embedded."""

    groups = 0

    def encode_passages(self, texts: list[str]) -> Vectors:  # type: ignore[override]
        self.groups += 1
        if self.groups == 2:
            raise KeyboardInterrupt
        return super().encode_passages(texts)


def test_interrupting_loses_nothing_that_was_done(
    index: Index, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.preparing.grouped.__defaults__", (1,))
    with pytest.raises(KeyboardInterrupt):
        ingest_source(index, InterruptedEmbedder(), MemorySource(TEXTS))
    assert held(index) == {"memory:ants.md"}
    assert counts(ingest_source(index, embedder, MemorySource(TEXTS))) == (2, 0, 1, 0, 0)


class Recorder:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.totals: list[int | None] = []
        self.outcomes: dict[str, str] = {}
        self.written = 0

    def total(self, count: int | None) -> None:
        self.totals.append(count)

    def article(self, location: str, outcome: str) -> None:
        self.outcomes[location] = outcome

    def passages(self, count: int) -> None:
        self.written += count


def test_progress_is_told_of_every_document(index: Index, embedder: WordEmbedder) -> None:
    ingest_source(index, embedder, MemorySource({"ants.md": "Ants.", "bees.md": "Bees.", "gone.md": "Gone."}))
    recorder = Recorder()
    texts = {"ants.md": "Ants.", "bees.md": "Bees sting.", "cats.md": "Cats.", "dogs.md": None}
    report = ingest_source(index, embedder, MemorySource(texts), sync=True, progress=recorder)
    assert recorder.totals == [4]
    assert recorder.outcomes == {
        "memory:ants.md": "unchanged",
        "memory:bees.md": "changed",
        "memory:cats.md": "added",
        "memory:dogs.md": "failed",
        "memory:gone.md": "removed",
    }
    assert recorder.written == report.passages == 2


def test_nothing_is_longer_than_the_window(index: Index, embedder: WordEmbedder) -> None:
    text = "The heron stood in the water and waited for a fish, which did not come. " * 20
    settings_beyond = SplitSettings(window_tokens=500, target_words=400)
    ingest_source(index, embedder, MemorySource({"heron.md": text}), split_settings=settings_beyond)
    assert embedder.encoded
    assert all(embedder.count_tokens(one) <= embedder.identity.window_tokens for one in embedder.encoded)


documents = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d", "e"]),
    st.one_of(st.none(), st.sampled_from(["Ants.", "Bees.", " ", "Cats sleep.\n\nDogs bark."])),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(st.tuples(documents, st.booleans()), min_size=1, max_size=4))
def test_every_document_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[dict[str, str | None], bool]]
) -> None:
    embedder = WordEmbedder()
    expected: dict[str, str] = {}
    with Index.create_or_open(tmp_path_factory.mktemp("runs") / "home", embedder) as index:
        for texts, sync in runs:
            readable = {name: text for name, text in texts.items() if text and text.strip()}
            before = dict(expected)
            if sync:
                expected = {name: text for name, text in expected.items() if name in texts}
            report = ingest_source(index, embedder, MemorySource(texts), sync=sync)
            assert report.added + report.changed + report.unchanged + len(report.failed) == len(texts)
            assert report.added == len(readable.keys() - before.keys())
            assert report.removed == len(before) - len(expected)
            expected |= readable
            articles = [index.article(head.id) for head in index.articles()]
            assert {one.head.location[7:]: one.text for one in articles if one} == expected
            passages = sum(len(index.passages_of(head.id)) for head in index.articles())
            assert index.passage_count() == passages
            assert index._dense.for_writing().count() == passages
