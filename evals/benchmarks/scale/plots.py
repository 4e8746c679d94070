"""Plots of cost against size, as SVG."""

from collections.abc import Callable, Sequence
from pathlib import Path

from evals.benchmarks.scale.trial import Trial

PLOTS: tuple[tuple[str, str, Callable[[Trial], float]], ...] = (
    ("write-rate", "passages written a second", lambda one: one.size / one.build_seconds),
    ("p50", "query p50, ms", lambda one: one.p50_ms),
    ("p99", "query p99, ms", lambda one: one.p99_ms),
    ("processor", "processor time of a query, ms", lambda one: one.processor_ms),
    ("memory", "memory of a reader, MB", lambda one: one.peak_bytes / 1e6),
    ("disk", "index on disk, MB", lambda one: one.index_bytes / 1e6),
)


def draw(trials: Sequence[Trial], folder: Path) -> list[Path]:
    """One file a measure, a line an engine; both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "footnote"
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, label, value in PLOTS:
        figure, axes = pyplot.subplots(figsize=(6, 3.6), layout="constrained")
        for engine in dict.fromkeys(one.engine for one in trials):
            points = sorted((one.size, value(one)) for one in trials if one.engine == engine)
            axes.plot(*zip(*points, strict=True), marker="o", label=engine)
        axes.set(xscale="log", yscale="log", xlabel="passages (synthetic)", ylabel=label)
        axes.grid(visible=True, alpha=0.3)
        axes.legend()
        files.append(folder / f"scale-{name}.svg")
        figure.savefig(files[-1], metadata={"Date": None})
        pyplot.close(figure)
    return files
