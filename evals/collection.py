"""The collection that a suite is asked about: ingested once into a cache, used while nothing has changed."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from evals.errors import RunFolderError
from evals.manifest import code_digest
from ingest.article import content_hash

if TYPE_CHECKING:
    from assistant.settings import Settings

SAMPLES = "samples"
BUILDING_CODE = ("ingest", "vectorstore")
Ingest = Callable[[str, Path, str], None]


def cache_folder() -> Path:
    """Where collections are kept between runs."""
    from platformdirs import user_cache_path

    return user_cache_path("footnote", appauthor=False) / "evals"


def collection_home(collection: str, settings: "Settings", ingest: Ingest | None = None) -> Path:
    """A home folder that holds the collection, built if there is none for its present content.

    The folder's name is a hash of the articles, the embedder, and the code that ingests: a change in any of
    them builds anew, and a build that was killed leaves nothing that could be mistaken for a whole one.

    Args:
        collection: "samples", or the path of a file or folder of articles.
        ingest: puts a source into a home; given its text, the home and the embedder's setting.
    """
    embedder = settings.embedder
    key = content_hash("home", content_digest(collection), embedder, code_digest(BUILDING_CODE))
    name = SAMPLES if collection == SAMPLES else Path(collection).name
    home = cache_folder() / f"{name}-{key}"
    if not home.is_dir():
        _build(home, lambda building: (ingest or ingest_into)(collection, building, embedder))
    return home


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


def ingest_into(collection: str, home: Path, embedder_setting: str) -> None:
    """Ingest the collection as `footnote ingest` does.

    Raises:
        FootnoteError: the collection, the embedder or the index cannot be used.
    """
    from assistant.cli.progress import ingest_progress
    from ingest.sources import SourceOptions, open_source
    from ingest.splitting import SplitSettings
    from vectorstore.embedding import open_embedder
    from vectorstore.index import Index
    from vectorstore.sync import ingest_source

    embedder = open_embedder(embedder_setting)
    source = open_source(collection, SourceOptions())
    with Index.create_or_open(home, embedder) as index, ingest_progress() as progress:
        progress.source(collection)
        ingest_source(index, embedder, source, split_settings=SplitSettings(), progress=progress)


def _build(home: Path, fill: Callable[[Path], None]) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    building = Path(mkdtemp(prefix=".building-", dir=home.parent))
    try:
        fill(building)
        with suppress(FileExistsError):
            _rename_to_new(building, home)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _rename_to_new(building: Path, home: Path) -> None:
    """Give the finished folder its name, unless another run was quicker."""
    try:
        os.rename(building, home)
    except OSError as error:
        if home.is_dir():
            raise FileExistsError(home) from error
        raise
