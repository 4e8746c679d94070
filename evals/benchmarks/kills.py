"""Whether an ingestion that is killed again and again loses or doubles anything.

Run `python -m evals.benchmarks.kills [--kills 200] [--articles 300] [--quick]`.

Articles are made up, written as files and ingested by `footnote ingest` in a process of its own (with
`--quick` by one that embeds with checksums, and so spends its time at writing), which is killed (SIGKILL) at
a random moment; then the index is opened and checked, some articles are changed or
removed, and the ingestion is started again, until all kills are done. At the end it runs once undisturbed,
and the index must hold exactly the articles of the folder, each once, in all of its stores.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from evals.benchmarks.ingestion import HashEmbedder
from ingest.sources import open_source
from vectorstore.chroma import ChromaVectorStore
from vectorstore.index import Index
from vectorstore.sync import ingest_source

SHORTEST_SECONDS = 0.5
WORDS = ("river", "mayor", "council", "bridge", "harvest", "strike", "museum", "border", "treaty", "storm")


@dataclass
class Trial:
    """One folder of articles and the index made of it.

    Attributes:
        possible: by file name, every text that the file has had since the last complete ingestion, and
            None where it may be absent.
        problems: what was found lost, doubled or half done.
    """

    folder: Path
    home: Path
    quick: bool
    random: random.Random
    possible: dict[str, set[str | None]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def fill(self, count: int) -> None:
        """Write so many articles."""
        for number in range(count):
            self.write(f"article-{number:05}.txt")

    def write(self, name: str) -> None:
        """Write or change one article."""
        text = self._text(name)
        (self.folder / name).write_text(f"Report {name}\n\n{text}\n", "utf-8")
        self.possible.setdefault(name, {None}).add(text)

    def remove(self, name: str) -> None:
        """Remove one article's file."""
        (self.folder / name).unlink()
        self.possible.setdefault(name, {None}).add(None)

    def disturb(self) -> None:
        """Change, add and remove some articles, as an editor does between two runs."""
        names = sorted(path.name for path in self.folder.iterdir())
        for name in self.random.sample(names, min(8, len(names))):
            self.write(name)
        self.remove(self.random.choice(names))
        self.write(f"article-{self.random.randrange(10**5):05}-new.txt")

    def start(self) -> "subprocess.Popen[bytes]":
        """Begin an ingestion that also removes what has gone."""
        own = ["evals.benchmarks.kills", "--here", str(self.home), str(self.folder)]
        product = ["assistant", "--home", str(self.home), "ingest", str(self.folder), "--sync"]
        command = [sys.executable, "-m", *(own if self.quick else product)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def check(self) -> None:
        """Note every article that is in none of its possible states, or is not whole."""
        if not (self.home / "catalogue.sqlite3").exists():
            return
        with Index.open(self.home) as index:
            heads = index.articles()
            if len({head.location for head in heads}) != len(heads):
                self.problems.append("an article is there twice")
            for head in heads:
                self._check_article(index, head.id, head.location.rsplit("/", 1)[-1])

    def _check_article(self, index: Index, article_id: str, name: str) -> None:
        article = index.article(article_id)
        if article is None or article.text not in self.possible.get(name, ()):
            self.problems.append(f"{name} is in a state that it never had")
            return
        passages = index.passages_of(article_id)
        if not passages or any(
            article.text[one.start : one.end] != one.text or one.article_version != article.version
            for one in passages
        ):
            self.problems.append(f"{name} is half there")

    def settle(self) -> None:
        """What the folder holds now is from here on the only state that is right."""
        texts = {path.name: path.read_text("utf-8") for path in self.folder.iterdir()}
        self.possible = {name: {text.partition("\n\n")[2].strip()} for name, text in texts.items()}

    def _text(self, name: str) -> str:
        sentences = [
            f"The {self.random.choice(WORDS)} of {name} met the {self.random.choice(WORDS)} "
            f"on day {self.random.randrange(10**6)}."
            for _ in range(self.random.randrange(3, 30))
        ]
        return " ".join(sentences)


def ingest_here(home: Path, folder: Path) -> None:
    """Ingest a folder with an embedder that costs nothing; run in the process that is killed."""
    with Index.create_or_open(home, HashEmbedder()) as index:
        ingest_source(index, HashEmbedder(), open_source(str(folder)), sync=True)


def run_undisturbed(trial: Trial) -> float:
    """One complete ingestion; its seconds.

    Raises:
        RuntimeError: it failed.
    """
    started = time.perf_counter()
    process = trial.start()
    if process.wait() != 0:
        raise RuntimeError(f"the undisturbed ingestion ended with {process.returncode}")
    return time.perf_counter() - started


def kill_once(trial: Trial, longest_seconds: float) -> bool:
    """Start an ingestion and kill it at a random moment; False where it had ended before."""
    process = trial.start()
    try:
        process.wait(trial.random.uniform(SHORTEST_SECONDS, longest_seconds))
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def check_complete(trial: Trial) -> None:
    """Note what the index holds beyond or without the folder's articles, in each of its stores."""
    trial.settle()
    trial.check()
    with Index.open(trial.home) as index:
        held = {head.location.rsplit("/", 1)[-1] for head in index.articles()}
        if held != trial.possible.keys():
            trial.problems.append(f"{len(held ^ trial.possible.keys())} articles are missing or left over")
        passages = {one.id for head in index.articles() for one in index.passages_of(head.id)}
        if passages != vectors_held(trial.home, index.identity.dimensions):
            trial.problems.append("the vector store and the catalogue hold different passages")


def vectors_held(home: Path, dimensions: int) -> set[str]:
    """The ids in the one vector store of an index."""
    (folder,) = home.glob("chroma-*")
    store = ChromaVectorStore(folder, dimensions)
    try:
        return set(store.ids())
    finally:
        store.close()


def main() -> None:
    """Kill so many ingestions and tell what was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--quick", action="store_true", help="with an embedder that costs nothing")
    parser.add_argument("--here", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.here:
        ingest_here(*given.here)
        return
    root = Path(tempfile.mkdtemp(prefix="footnote-kills-"))
    trial = Trial(root / "articles", root / "home", given.quick, random.Random(given.seed))
    trial.folder.mkdir()
    trial.fill(given.articles)
    try:
        whole = run_undisturbed(trial)
        trial.settle()
        killed = _killed(trial, given.kills, whole)
        run_undisturbed(trial)
        check_complete(trial)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(f"{killed} kills, {given.articles} articles, {whole:.1f} s undisturbed")
    print(f"problems: {len(trial.problems)}")
    for problem in trial.problems:
        print(problem)
    raise SystemExit(1 if trial.problems else 0)


def _killed(trial: Trial, kills: int, whole: float) -> int:
    """Kill so many times; the index is made anew every tenth time, so that the first ingestion is met too."""
    killed, turn = 0, 0
    while killed < kills:
        turn += 1
        if turn % 10 == 0:
            shutil.rmtree(trial.home, ignore_errors=True)  # a kill may have come before it was made
            for states in trial.possible.values():
                states.add(None)
        trial.disturb()
        killed += kill_once(trial, whole)
        trial.check()
    return killed


if __name__ == "__main__":
    main()
