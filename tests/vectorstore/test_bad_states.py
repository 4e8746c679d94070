"""Whatever state an index's folder is in: one clear line, what to do next, and nothing lost."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import FootnoteError
from ingest.places import Place
from tests.vectorstore.fakes import MemorySource, WordEmbedder, article, put
from tests.vectorstore.first_layout import turn_into_first_layout
from vectorstore.database import Database, storage_errors
from vectorstore.errors import (
    DiskFullError,
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexReadOnlyError,
    IndexVersionError,
)
from vectorstore.index import Index
from vectorstore.query import Query
from vectorstore.schema import SCHEMA_VERSION
from vectorstore.sync import ingest_source

CATALOGUE = "catalogue.sqlite3"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A closed index with one article."""
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as index:
        put(index, WordEmbedder(), article("bees", "Bees make honey."))
    return tmp_path / "home"


def opening(home: Path) -> FootnoteError:
    with pytest.raises(FootnoteError) as caught:
        Index.open(home, encoder=WordEmbedder())
    assert caught.value.message
    assert caught.value.advice
    assert "\n" not in str(caught.value)
    return caught.value


def set_version(home: Path, version: int) -> None:
    connection = sqlite3.connect(home / CATALOGUE)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_no_folder(tmp_path: Path) -> None:
    error = opening(tmp_path / "nowhere")
    assert isinstance(error, IndexMissingError)
    assert "footnote ingest" in error.advice
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_without_an_index(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    assert isinstance(opening(tmp_path), IndexMissingError)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    assert "is a file" in opening(tmp_path / "file").message
    with pytest.raises(IndexMissingError, match="is a file"):
        Index.create_or_open(tmp_path / "file", WordEmbedder())
    with pytest.raises(FootnoteError):
        Index.create_or_open(tmp_path / "file" / "below", WordEmbedder())


def test_the_catalogue_was_deleted(home: Path) -> None:
    (home / CATALOGUE).unlink()
    assert isinstance(opening(home), IndexDamagedError)
    with pytest.raises(IndexDamagedError, match="lost its catalogue"):
        Index.create_or_open(home, WordEmbedder())


@pytest.mark.parametrize("content", [b"", b"no database at all " * 300])
def test_the_catalogue_is_something_else(home: Path, content: bytes) -> None:
    for file in home.glob(f"{CATALOGUE}*"):
        file.unlink()
    (home / CATALOGUE).write_bytes(content)
    assert isinstance(opening(home), IndexDamagedError)


def test_another_programs_database(home: Path) -> None:
    (home / CATALOGUE).unlink()
    connection = sqlite3.connect(home / CATALOGUE)
    connection.execute("CREATE TABLE other (a)")
    connection.close()
    assert "another program" in opening(home).message


def test_layouts_of_other_versions(home: Path) -> None:
    set_version(home, SCHEMA_VERSION + 1)
    newer = opening(home)
    assert isinstance(newer, IndexVersionError)
    assert "Update Footnote" in newer.advice
    set_version(home, 0)
    older = opening(home)
    assert isinstance(older, IndexVersionError)
    assert "again" in older.advice


def test_an_index_of_the_first_layout_is_brought_up_to_date(home: Path) -> None:
    turn_into_first_layout(home)
    paged = replace(article("hive", "Hives are wrapped."), places=(Place(0, "p. 1"),), section="Home")
    with Index.open(home, encoder=WordEmbedder()) as index:
        assert index.article(index.articles()[0].id) == article("bees", "Bees make honey.")
        assert [one.article.text for one in index.history(index.articles()[0].id)] == ["Bees make honey."]
        copy = article("reprint", "Bees make honey.", title="About bees")
        put(index, WordEmbedder(), copy)
        assert [head.id for head in index.copies_of(copy.id)] == [article("bees", "x").id]
        put(index, WordEmbedder(), paged)
    with Index.open(home, encoder=WordEmbedder()) as index:
        assert index.article(paged.id) == paged
        assert len(index.search(Query("bees"))) == 2


def test_damage_in_the_middle_is_told_as_damage(home: Path) -> None:
    data = bytearray((home / CATALOGUE).read_bytes())
    data[4096:] = b"\xab" * (len(data) - 4096)
    (home / CATALOGUE).write_bytes(data)
    with pytest.raises(IndexDamagedError), Index.open(home, encoder=WordEmbedder()) as index:
        index.search(Query("bees"))


def test_errors_of_the_system_have_names_of_ours(tmp_path: Path) -> None:
    expected = {
        errno.ENOSPC: DiskFullError,
        errno.EDQUOT: DiskFullError,
        errno.EROFS: IndexReadOnlyError,
        errno.EACCES: IndexReadOnlyError,
        errno.EIO: IndexDamagedError,
    }
    for number, kind in expected.items():
        with pytest.raises(kind), storage_errors(tmp_path):
            raise OSError(number, os.strerror(number))


def test_the_catalogue_cannot_grow(home: Path) -> None:
    """SQLite itself says that it is full; what was there stays, and the same article goes in later."""
    embedder = WordEmbedder()
    large = article("large", "A very long story. " * 20_000)
    with Index.create_or_open(home, embedder) as index:
        connection = index._catalogue.database.connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFullError, match="nothing that was there before is lost"):
            put(index, embedder, large)
        assert [one.passage.text for one in index.search(Query("bees"))] == ["Bees make honey."]
        connection.execute("PRAGMA max_page_count = 1000000000")
        assert put(index, embedder, large) == ["added"]
        assert index._dense.for_writing().count() == index.passage_count()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB; skips where none can be mounted."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    folder = tmp_path / "disk"
    folder.mkdir()
    options = [mount or "", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if not (mount and unmount) or subprocess.run(options, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run([unmount, "--lazy", str(folder)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    embedder = WordEmbedder()
    texts = {f"n{number}.md": f"Story {number}. " + "It goes on and on. " * 400 for number in range(400)}
    home = small_disk / "home"
    with Index.create_or_open(home, embedder) as index:
        ingest_source(index, embedder, MemorySource({"bees.md": "Bees make honey."}))
        with pytest.raises(DiskFullError):
            ingest_source(index, embedder, MemorySource(dict(texts)))
    with Index.open(home, encoder=embedder) as reader:
        assert reader.search(Query("bees honey"), 1)[0].passage.text == "Bees make honey."
        for head in reader.articles():
            assert reader.article(head.id) is not None


@pytest.mark.skipif(not hasattr(os, "geteuid") or sys.platform != "linux", reason="needs Linux")
def test_a_folder_that_cannot_be_written_to(home: Path, tmp_path: Path) -> None:
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    folder = tmp_path / "read-only"
    folder.mkdir()
    options = [mount or "", "--bind", "-o", "ro", str(home), str(folder)]
    if not (mount and unmount) or subprocess.run(options, capture_output=True, check=False).returncode:
        pytest.skip("no folder can be mounted here")
    try:
        with Index.open(folder, encoder=WordEmbedder()) as index:
            assert index.search(Query("bees"))[0].passage.text == "Bees make honey."
            with pytest.raises(IndexReadOnlyError, match="cannot be written to"), index.writer():
                pass
        with pytest.raises(IndexReadOnlyError), Index.create_or_open(folder, WordEmbedder()) as index:
            ingest_source(index, WordEmbedder(), MemorySource({"a.md": "Ants."}))
        with pytest.raises(IndexReadOnlyError):
            Index.create_or_open(folder / "below", WordEmbedder())
    finally:
        subprocess.run([unmount, "--lazy", str(folder)], check=True)


def test_a_catalogue_that_may_not_be_opened_is_not_said_to_be_unwritable(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite3"
    path.mkdir()
    with pytest.raises(IndexReadOnlyError, match="cannot be opened"), Database(path).reading():
        pass


def test_two_ingestions_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.locking.WAIT_SECONDS", 0.1)
    embedder = WordEmbedder()
    with (
        Index.create_or_open(home, embedder) as one,
        Index.create_or_open(home, embedder) as other,
        one.writer(),
        pytest.raises(IndexBusyError, match=f"pid {os.getpid()}"),
    ):
        ingest_source(other, embedder, MemorySource({"a.md": "Ants."}))


@pytest.mark.parametrize(("free", "kind"), [(0, DiskFullError), (10**9, IndexDamagedError)])
def test_an_input_error_on_a_full_disk_is_that_of_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, kind: type[FootnoteError]
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr("vectorstore.database.shutil.disk_usage", lambda _: usage)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    with pytest.raises(kind), storage_errors(tmp_path):
        raise error
