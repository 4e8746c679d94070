"""Run by test_crashes.py in a process that a fault point may kill: `crash_script TASK HOME`."""

import sys
from pathlib import Path

from tests.vectorstore.fakes import ExportingEmbedder, MemorySource
from vectorstore.index import Index
from vectorstore.sync import ingest_source

FORMER = {"a": "Ants carry leaves.", "b": "Bees make honey.", "d": "Ducks swim."}
NEW = {"a": "Ants carry crumbs.\n\nThey walk in lines.", "c": "Cats sleep.", "d": "Ducks swim."}


def ingest(home: Path, texts: dict[str, str]) -> None:
    embedder = ExportingEmbedder()
    with Index.create_or_open(home, embedder) as index:
        ingest_source(index, embedder, MemorySource(dict(texts)), sync=True)


def rebuild(home: Path) -> None:
    with Index.open(home) as index:
        index.rebuild()


def reembed(home: Path) -> None:
    with Index.open(home) as index:
        index.reembed(ExportingEmbedder("other", dimensions=32))


def main(task: str, home: Path) -> None:
    if task == "ingest-former":
        ingest(home, FORMER)
    elif task == "ingest-new":
        ingest(home, NEW)
    elif task == "migrate":
        Index.open(home).close()
    elif task == "erase":
        with Index.open(home) as index:
            index.erase([head.id for head in index.articles() if head.location.endswith(":b")])
    elif task == "rebuild":
        rebuild(home)
    elif task == "reembed":
        reembed(home)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
