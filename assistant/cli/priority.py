"""How a long piece of work leaves the processor to whoever waits for an answer."""

import os

BEHIND = 19
"""The niceness of an ingestion: it takes what is left, and all of it where nothing else runs."""


def step_back() -> None:
    """Let other processes come first, where the system knows priorities; told twice, it changes nothing."""
    if not hasattr(os, "setpriority"):
        return
    if os.getpriority(os.PRIO_PROCESS, 0) < BEHIND:
        os.setpriority(os.PRIO_PROCESS, 0, BEHIND)
