"""Ingesting behind whoever asks."""

import os
import subprocess
import sys

import pytest

from assistant.cli.priority import BEHIND

SCRIPT = """
import os
from assistant.cli.priority import step_back
step_back()
step_back()
print(os.getpriority(os.PRIO_PROCESS, 0))
"""


@pytest.mark.skipif(not hasattr(os, "setpriority"), reason="this system knows no niceness")
def test_stepping_back_twice_is_stepping_back_once() -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert int(done.stdout) == max(own, BEHIND)
