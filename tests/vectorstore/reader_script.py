"""Run by test_processes.py in processes of their own: `reader_script ROLE HOME`, talking line by line."""

import sys
from pathlib import Path

from tests.vectorstore.fakes import MemorySource, WordEmbedder
from vectorstore.index import Index
from vectorstore.query import Query
from vectorstore.sync import ingest_source


def answer_questions(home: Path) -> None:
    """For every line on standard input: the best passage for it."""
    with Index.open(home, encoder=WordEmbedder()) as index:
        print("ready", flush=True)
        for line in sys.stdin:
            results = index.search(Query(line), 1)
            print(results[0].passage.text if results else "nothing", flush=True)


def hold_the_lock(home: Path) -> None:
    """Be the writer until standard input ends."""
    with Index.create_or_open(home, WordEmbedder()) as index, index.writer():
        print("ready", flush=True)
        sys.stdin.read()


def ingest_many(home: Path) -> None:
    """Ingest 120 articles, several times changed."""
    embedder = WordEmbedder()
    with Index.create_or_open(home, embedder) as index:
        print("ready", flush=True)
        for turn in range(3):
            texts: dict[str, str | None] = {
                f"n{number}": f"Heron {number} was seen on walk {turn}.\n\nThe river was high."
                for number in range(40 * (turn + 1))
            }
            ingest_source(index, embedder, MemorySource(texts))


ROLES = {"answer": answer_questions, "lock": hold_the_lock, "ingest": ingest_many}

if __name__ == "__main__":
    ROLES[sys.argv[1]](Path(sys.argv[2]))
