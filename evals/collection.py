"""The collection that a suite is asked about: ingested once into a cache, used while nothing has changed."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from glob import escape
from pathlib import Path
from tempfile import mkdtemp
from time import time
from typing import TYPE_CHECKING

from evals.errors import RunFolderError
from evals.manifest import code_digest
from ingest.article import ID_LENGTH, content_hash

if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.corpus import Corpus

    Ingest = Callable[[str, Settings], None]
    IngestCorpus = Callable[[Corpus, Settings], None]

SAMPLES = "samples"
BUILDING_CODE = ("ingest", "vectorstore")
SECONDS_KEPT = 14 * 24 * 3600


def cache_folder() -> Path:
    """Where collections are kept between runs."""
    from platformdirs import user_cache_path

    return user_cache_path("footnote", appauthor=False) / "evals"


def collection_home(collection: str, settings: "Settings", ingest: "Ingest | None" = None) -> Path:
    """A home folder that holds the collection, built if there is none for its present content.

    The folder's name is a hash of the articles, the embedder, and the code that ingests: a change in any of
    them builds anew, and a build that was killed leaves nothing that could be mistaken for a whole one.

    Args:
        collection: "samples", or the path of a file or folder of articles.
        ingest: puts the collection into the home of the settings that it is given.
    """
    key = content_hash("home", content_digest(collection), settings.embedder, code_digest(BUILDING_CODE))
    name = SAMPLES if collection == SAMPLES else Path(collection).name
    home = cache_folder() / f"{name}-{key}"
    if not home.is_dir():
        fill = ingest or ingest_into
        _forget_unused(home.parent, name)
        _build(home, lambda building: fill(collection, settings.model_copy(update={"home": building})))
    os.utime(home)
    return home


def corpus_home(corpus: "Corpus", settings: "Settings", ingest: "IngestCorpus | None" = None) -> Path:
    """A home folder that holds a data set's articles, built if there is none for its present content.

    Named as in `collection_home`. A set can take long, so a build that was stopped goes on where it was.

    Args:
        ingest: puts the articles into the home of the settings that it is given.
    """
    from filelock import FileLock

    key = content_hash("corpus", corpus.digest, settings.embedder, code_digest(BUILDING_CODE))
    home = cache_folder() / f"{corpus.name}-{key}"
    building = home.parent / f".building-{home.name}"
    home.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{building}.lock"):
        if not home.is_dir():
            _forget_unused(home.parent, corpus.name)
            (ingest or ingest_corpus)(corpus, settings.model_copy(update={"home": building}))
            os.rename(building, home)
    os.utime(home)
    return home


def ingest_corpus(corpus: "Corpus", settings: "Settings") -> None:
    """Put a data set's articles into the settings' home.

    Raises:
        FootnoteError: the embedder or the index cannot be used.
    """
    from assistant.cli.progress import shown_progress
    from assistant.cli.terminal import warn
    from assistant.service.ingestion import embedder_setting
    from vectorstore.embedding import open_embedder
    from vectorstore.index import Index
    from vectorstore.sync import ingest_source

    with shown_progress() as progress:
        progress.step("loading the embedding model")
        embedder = open_embedder(embedder_setting(settings))
        with Index.create_or_open(settings.home, embedder) as index:
            progress.step(f"ingesting {corpus.name}")
            report = ingest_source(index, embedder, corpus, progress=progress)
    for failure in report.failed:
        warn(f"not in the collection: {failure.location}: {failure.reason}")


def content_digest(collection: str) -> str:
    """Hash of what the collection holds: the samples' bytes, or the paths, sizes and times of files."""
    if collection == SAMPLES:
        from ingest.samples import sample_files

        return content_hash(
            *(f"{file.name}:{content_hash(file.read_text('utf-8'))}" for file in sample_files())
        )
    root = Path(collection)
    if not root.exists():
        raise RunFolderError(
            root, "the suite's collection is not there", "correct `collection` in the suite file"
        )
    paths = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
    facts = ((path, path.stat()) for path in paths)
    return content_hash(
        str(root.resolve()), *(f"{path}:{fact.st_size}:{fact.st_mtime_ns}" for path, fact in facts)
    )


def ingest_into(collection: str, settings: "Settings") -> None:
    """Ingest the collection into the settings' home, as `footnote ingest` does.

    Raises:
        FootnoteError: the collection, the embedder or the index cannot be used.
    """
    from assistant.cli.progress import shown_progress
    from assistant.cli.terminal import warn
    from assistant.service.ingestion import IngestRequest, ingest_sources

    with shown_progress() as progress:
        report = ingest_sources(settings, IngestRequest((collection,)), progress)
    for failure in report.failed:
        warn(f"not in the collection: {failure.location}: {failure.reason}")


def _build(home: Path, fill: Callable[[Path], None]) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    building = Path(mkdtemp(prefix=".building-", dir=home.parent))
    try:
        fill(building)
        with suppress(FileExistsError):
            _rename_to_new(building, home)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _forget_unused(folder: Path, name: str) -> None:
    """Throw away homes of the same collection that no run has used for long."""
    oldest = time() - SECONDS_KEPT
    for home in folder.glob(f"{escape(name)}-{'[0-9a-f]' * ID_LENGTH}"):
        if home.stat().st_mtime < oldest:
            shutil.rmtree(home, ignore_errors=True)


def _rename_to_new(building: Path, home: Path) -> None:
    """Give the finished folder its name, unless another run was quicker."""
    try:
        os.rename(building, home)
    except OSError as error:
        if home.is_dir():
            raise FileExistsError(home) from error
        raise
