"""ONNX Runtime, imported so that it reports to nobody."""

import os
from pathlib import Path
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


EXACT_PRODUCTS = "session.x64quantprecision"
"""Where a processor has no instructions for them (VNNI), products of int8 are added in pairs of 16 bits, and
what does not fit is cut off. With this option ONNX Runtime makes the weights unsigned there when it optimises
a graph; their products are added in 32 bits."""


def open_session(model: Path | bytes, threads: int = 1, *, as_written: bool = False) -> Any:
    """A session on the processor, whose int8 products are the same on every one.

    Args:
        model: a file, or its bytes.
        threads: how many work on one operation.
        as_written: whether the graph runs as it is, nothing optimised: for graphs in float32 that were
            optimised when they were stored.
    """
    onnxruntime = import_onnxruntime()
    options = session_options(threads)
    if as_written:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    source = str(model) if isinstance(model, Path) else model
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def session_options(threads: int) -> Any:
    """What every session is opened with: as many threads, which sleep while they wait."""
    options = import_onnxruntime().SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry(EXACT_PRODUCTS, "1")
    return options


def usable_cores() -> int:
    """How many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
