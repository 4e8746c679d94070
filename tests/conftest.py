"""Fixtures that several folders' tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared" / "data"

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The data folder that FOOTNOTE_DATA names (else one beside the checkout); skips where there is none."""
    folder = Path(os.environ.get("FOOTNOTE_DATA", BESIDE_THE_CHECKOUT))
    if not folder.is_dir():
        pytest.skip(f"no data folder at {folder}")
    return folder


@pytest.fixture(scope="session")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the samples made with the real model, once for all tests, which only read it."""
    from ingest.sources import open_source
    from vectorstore.embedding import open_embedder
    from vectorstore.index import Index
    from vectorstore.sync import ingest_source

    home = tmp_path_factory.mktemp("samples")
    embedder = open_embedder("default")
    with Index.create_or_open(home, embedder) as index:
        ingest_source(index, embedder, open_source("samples"))
    return home
