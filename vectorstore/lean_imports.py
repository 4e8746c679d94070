"""Importing sentence-transformers without what only its rarer distances need."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

METRICS = "sklearn.metrics"


@contextmanager
def without_scikit_learn() -> Iterator[None]:
    """Keep scikit-learn, and pandas with it, from being imported along with sentence-transformers.

    That wants one function of it, for a distance that is not used here, at the price of 68 MB of memory and a
    second of the processor. It gets one that imports the real one when it is called.
    """
    if METRICS in sys.modules:
        yield
        return
    stand_in = ModuleType(METRICS)
    stand_in.__spec__ = ModuleSpec(METRICS, None)
    stand_in.__dict__["pairwise_distances"] = pairwise_distances
    sys.modules[METRICS] = stand_in
    try:
        yield
    finally:
        if sys.modules.get(METRICS) is stand_in:
            del sys.modules[METRICS]


def pairwise_distances(*arguments: Any, **options: Any) -> Any:
    """`sklearn.metrics.pairwise_distances`, imported now."""
    from sklearn import metrics

    return metrics.pairwise_distances(*arguments, **options)
