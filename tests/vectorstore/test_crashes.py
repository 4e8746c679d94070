"""Killed at any commit point, an index is as before or after an article, and the next run completes it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vectorstore.crash_script import FORMER, NEW, main
from tests.vectorstore.fakes import ExportingEmbedder, WordEmbedder
from tests.vectorstore.first_layout import turn_into_first_layout
from vectorstore import faults
from vectorstore.chroma import ChromaVectorStore
from vectorstore.embedding import EmbedderIdentity
from vectorstore.index import Index
from vectorstore.query import Query

ROOT = Path(__file__).resolve().parents[2]
CREATION = {"catalogue-unnamed", "encoder-exported"}
REBUILD = {point for point in faults.POINTS if point.startswith("rebuild")}
REEMBED = {point for point in faults.POINTS if point.startswith("reembed")}
MIGRATION = {point for point in faults.POINTS if point.startswith("migration")}
ERASE = {point for point in faults.POINTS if point.startswith("erase")}
INGEST = [point for point in faults.POINTS if point not in CREATION | REBUILD | REEMBED | MIGRATION | ERASE]


def run(task: str, home: Path, fault: str = "") -> int:
    environment = {**os.environ, faults.VARIABLE: fault, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.vectorstore.crash_script", task, str(home)]
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with the former articles."""
    home = tmp_path_factory.mktemp("former") / "home"
    assert run("ingest-former", home) == 0
    return home


@pytest.fixture
def home(former: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(former, tmp_path / "home"))


def texts_of(index: Index) -> dict[str, str]:
    """What the index holds, by name, having checked that every part of it tells the same."""
    heads = index.articles()
    held = {head.id: index.article(head.id) for head in heads}
    passages = {passage.id: passage for head in heads for passage in index.passages_of(head.id)}
    assert index.passage_count() == len(passages)
    found = index.search(Query("ants bees cats ducks carry leaves crumbs they walk in lines"), 50)
    assert {one.passage.id: one.passage for one in found} == passages
    for one in found:
        source = held[one.article.id]
        assert source is not None
        assert source.head == one.article
        assert source.text[one.passage.start : one.passage.end] == one.passage.text
    return {
        article.head.location.removeprefix("memory:"): article.text for article in held.values() if article
    }


def assert_complete(home: Path, texts: dict[str, str], embedder: WordEmbedder) -> None:
    """The index holds just these articles, and so does every derived store."""
    with Index.open(home, encoder=embedder) as index:
        assert texts_of(index) == texts
        assert index.notices == ()
        folder = index._catalogue.vectors_folder
        ids = set(index._catalogue.passage_ids())
        assert index._catalogue.unfinished_ingests() == 0
    assert [path.name for path in home.glob("chroma-*")] == [folder]
    assert not list(home.glob("reembedding*"))
    store = ChromaVectorStore(home / folder, embedder.identity.dimensions)
    assert set(store.ids()) == ids
    store.close()


def states_between(before: dict[str, str], after: dict[str, str]) -> list[dict[str, str]]:
    """Every state in which each article is either as before or as after."""
    states: list[dict[str, str]] = [{}]
    for name in sorted(before.keys() | after.keys()):
        choices = {before.get(name), after.get(name)}
        states = [{**state, name: text} for state in states for text in choices]
    return [{name: text for name, text in state.items() if text is not None} for state in states]


@pytest.mark.parametrize("point", INGEST)
def test_killed_while_ingesting(home: Path, point: str) -> None:
    assert run("ingest-new", home, fault=point) == faults.EXIT_CODE
    with Index.open(home, encoder=ExportingEmbedder()) as index:
        assert texts_of(index) in states_between(FORMER, NEW)
    main("ingest-new", home)
    assert_complete(home, NEW, ExportingEmbedder())


@pytest.mark.parametrize("point", sorted(CREATION))
def test_killed_at_the_first_ingestion(tmp_path: Path, point: str) -> None:
    home = tmp_path / "home"
    assert run("ingest-new", home, fault=point) == faults.EXIT_CODE
    main("ingest-new", home)
    assert_complete(home, NEW, ExportingEmbedder())


@pytest.mark.parametrize("point", sorted(REBUILD))
def test_killed_while_rebuilding(home: Path, point: str) -> None:
    assert run("rebuild", home, fault=point) == faults.EXIT_CODE
    with Index.open(home, encoder=ExportingEmbedder()) as index:
        assert texts_of(index) == FORMER
    main("rebuild", home)
    assert_complete(home, FORMER, ExportingEmbedder())


@pytest.mark.parametrize("point", sorted(MIGRATION))
def test_killed_while_brought_up_to_date(home: Path, point: str) -> None:
    turn_into_first_layout(home)
    assert run("migrate", home, fault=point) == faults.EXIT_CODE
    main("migrate", home)
    main("ingest-new", home)
    assert_complete(home, NEW, ExportingEmbedder())


@pytest.mark.parametrize("point", sorted(ERASE))
def test_killed_while_erasing(home: Path, point: str) -> None:
    assert run("erase", home, fault=point) == faults.EXIT_CODE
    left = {name: text for name, text in FORMER.items() if name != "b"}
    with Index.open(home, encoder=ExportingEmbedder()) as index:
        assert texts_of(index) == left
        with index.writer():
            pass
    assert_complete(home, left, ExportingEmbedder())
    assert not [path for path in home.rglob("*") if path.is_file() and b"honey" in path.read_bytes()]


@pytest.mark.parametrize("point", sorted(REEMBED))
def test_killed_while_reembedding(home: Path, point: str) -> None:
    former, other = ExportingEmbedder(), ExportingEmbedder("other", dimensions=32)
    assert run("reembed", home, fault=point) == faults.EXIT_CODE
    with Index.open(home) as index:
        identity: EmbedderIdentity = index.identity
    expected = other if point == "reembed-committed" else former
    assert identity == expected.identity
    with Index.open(home, encoder=expected) as index:
        assert texts_of(index) == FORMER
    main("reembed", home)
    assert_complete(home, FORMER, other)


def test_every_point_is_killed_at() -> None:
    assert {*INGEST, *CREATION, *REBUILD, *REEMBED, *MIGRATION, *ERASE} == set(faults.POINTS)
    with pytest.raises(ValueError, match="no fault point"):
        faults.reach("nowhere")
