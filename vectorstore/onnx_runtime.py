"""ONNX Runtime, imported so that it reports to nobody."""

import os
from typing import Any

SILENCING_VARIABLE = "ORT_DISABLE_TELEMETRY"
"""Read once, when the library is first imported: later calls could not take back what was sent."""


def import_onnxruntime() -> Any:
    """The module `onnxruntime` without its telemetry.

    On Linux its wheels, from 1.32 at the latest, make an identifier of the machine in the user's cache folder
    and send events to their maker's host unless the environment forbids it.
    """
    os.environ[SILENCING_VARIABLE] = "1"
    import onnxruntime  # type: ignore[import-untyped]

    onnxruntime.disable_telemetry_events()
    return onnxruntime


def usable_cores() -> int:
    """How many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
