"""Memory that was freed goes back to the system."""

import sys
from pathlib import Path

import numpy as np
import pytest

from vectorstore.memory import give_back_memory

MEGABYTE = 1_000_000


def own_bytes() -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("RssAnon"))


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own figures")
def test_what_was_freed_below_something_in_use_is_given_back() -> None:
    """Small arrays come from the heap, of which the C library by itself gives back only the top."""
    arrays = [np.ones(2_000) for _ in range(6_000)]
    kept = arrays[-1]
    full = own_bytes()
    del arrays
    give_back_memory()
    assert full - own_bytes() > 60 * MEGABYTE
    assert kept[0] == 1


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    give_back_memory()
