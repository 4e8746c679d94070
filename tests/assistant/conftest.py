"""What several of these tests ask: the sample articles, on the last day of 2024."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.core import Assistant
from assistant.settings import Settings


@pytest.fixture(scope="module")
def assistant(samples_home: Path) -> Iterator[Assistant]:
    with Assistant.open(samples_home, settings=Settings(home=samples_home)) as opened:
        opened._today = lambda: date(2024, 12, 31)
        yield opened
