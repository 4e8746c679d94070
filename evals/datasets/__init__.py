"""Data sets by name, from a path that the user gives: `footnote eval run squad-v2:PATH?part=report`."""

from evals.datasets.address import is_address
from evals.datasets.registry import DATA_SETS, open_data_set

__all__ = ["DATA_SETS", "is_address", "open_data_set"]
