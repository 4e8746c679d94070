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
