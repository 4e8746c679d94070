"""The goals of speed and size, each beside what was measured and the best peer of the same run."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from evals.benchmarks.peers.environments import DIMENSIONS
from evals.benchmarks.peers.figures import Figures
from evals.benchmarks.scale.trial import Trial

MILLION = 1_000_000
FEW = 10_000
VECTOR_MB = 4 * DIMENSIONS / 1e6
NOT_MEASURED = "not measured in this run"
HEADS = ("", "best peer in this run", "Footnote", "times as good", "goal", "")

Trials = Mapping[tuple[str, int], Trial]
"""By engine and planned size."""


class Goal(NamedTuple):
    """Something measured of Footnote, and mostly of the peers.

    Attributes:
        form: how the value is printed.
        of, peers: the value; None where the peers have no such thing.
        bound: at most this, or where `more_is_better` at least; None where nothing was set as a goal.
        passages: that Footnote's index should hold; None takes the same articles as the peers have.
        times_best: whether the bound is in times the best peer's value.
    """

    what: str
    form: str
    unit: str
    bound: float | None
    of: Callable[[Figures], float | None]
    peers: Callable[[Figures], float | None] | None = None
    passages: int | None = None
    more_is_better: bool = False
    times_best: bool = False


class IndexGoal(NamedTuple):
    """Something measured of engines of the index on synthetic passages.

    Attributes:
        engines: all of those that it takes.
        sizes: all of those that it takes, planned.
        of: the value.
    """

    what: str
    form: str
    unit: str
    bound: float
    engines: tuple[str, ...]
    sizes: tuple[int, ...]
    of: Callable[[Sequence[Trial]], float]
    more_is_better: bool = False


def beside_vectors(peak_mb: float | None, passages: int) -> float | None:
    """What is left of a peak of memory without the passages' vectors."""
    return None if peak_mb is None else peak_mb - passages * VECTOR_MB


def _p99(trials: Sequence[Trial]) -> float:
    """Of one engine after the other: at most the sum."""
    return sum(one.p99_ms for one in trials)


def _write_ratio(trials: Sequence[Trial]) -> float:
    few, many = (one.size / one.build_seconds for one in trials)
    return many / few


def _serving(of: Figures) -> float | None:
    return beside_vectors(of.serve_peak_mb, of.passages)


def _ingesting(of: Figures) -> float | None:
    return beside_vectors(of.ingest_peak_mb, of.passages)


GOALS = (
    Goal(
        "cold start to the cited answer (peers: to the first passage)",
        ".2f",
        "s",
        1.0,
        lambda of: of.answer_seconds,
        lambda of: of.cold_seconds,
        passages=10_000,
    ),
    Goal("`footnote --help`, cold", ".2f", "s", 0.2, lambda of: of.help_seconds, passages=10_000),
    Goal("`footnote --version`, cold", ".2f", "s", 0.2, lambda of: of.version_seconds, passages=10_000),
    Goal(
        "warm whole answer without a reader, p50",
        ".1f",
        "ms",
        60,
        lambda of: of.plain_p50_ms,
        passages=10_000,
    ),
    Goal(
        "warm whole answer without a reader, p95",
        ".1f",
        "ms",
        120,
        lambda of: of.plain_p95_ms,
        passages=10_000,
    ),
    Goal("warm whole answer, p50", ".1f", "ms", None, lambda of: of.read_p50_ms, passages=10_000),
    Goal("warm whole answer, p95", ".1f", "ms", None, lambda of: of.read_p95_ms, passages=10_000),
    Goal(
        "warm retrieval, p50",
        ".1f",
        "ms",
        5,
        lambda of: of.warm_p50_ms,
        lambda of: of.warm_p50_ms,
        passages=10_000,
    ),
    Goal(
        "articles ingested a second, start-up apart",
        ".2f",
        "",
        3,
        lambda of: of.articles_a_second,
        lambda of: of.articles_a_second,
        more_is_better=True,
        times_best=True,
    ),
    Goal(
        "peak memory serving retrieval, less passages x 384 x 4 bytes for the vectors",
        ".0f",
        "MB",
        350,
        _serving,
        _serving,
        passages=50_000,
    ),
    Goal(
        "peak memory serving whole answers, less the vectors",
        ".0f",
        "MB",
        350,
        lambda of: beside_vectors(of.read_peak_mb, of.passages),
        passages=50_000,
    ),
    Goal(
        "peak memory ingesting, less the vectors",
        ".0f",
        "MB",
        800,
        _ingesting,
        _ingesting,
        passages=50_000,
    ),
)

INDEX_GOALS = (
    IndexGoal("keyword retrieval, p99", ".1f", "ms", 50, ("tantivy",), (MILLION,), _p99),
    IndexGoal("vector retrieval, p99", ".1f", "ms", 50, ("chroma",), (MILLION,), _p99),
    IndexGoal("both in turn, sum of the p99", ".1f", "ms", 50, ("tantivy", "chroma"), (MILLION,), _p99),
    IndexGoal(
        "keywords written a second, over that of 10,000 passages",
        ".2f",
        "",
        0.8,
        ("tantivy",),
        (FEW, MILLION),
        _write_ratio,
        more_is_better=True,
    ),
    IndexGoal(
        "vectors written a second, over that of 10,000 passages",
        ".2f",
        "",
        0.8,
        ("chroma",),
        (FEW, MILLION),
        _write_ratio,
        more_is_better=True,
    ),
)


def goals_table(
    own: Sequence[Figures], peers: Mapping[str, Figures], trials: Sequence[Trial]
) -> Iterator[str]:
    """Every goal as a row of a Markdown table.

    Args:
        own: Footnote with the articles that the peers have, and then grown ones.
        peers: by name.
        trials: of the scale benchmark; none where it was not run.
    """
    yield f"| {' | '.join(HEADS)} |"
    yield "|---" * len(HEADS) + "|"
    for goal in GOALS:
        yield _row(goal, chosen(own, goal.passages), peers)
    known = {one.key: one for one in trials}
    for index_goal in INDEX_GOALS:
        yield _index_row(index_goal, known)


def chosen(own: Sequence[Figures], passages: int | None) -> Figures:
    """The smallest that holds so many passages, else the largest; None takes the first."""
    if passages is None:
        return own[0]
    enough = [one for one in own if one.passages >= passages]
    by_size = sorted(enough or own, key=lambda one: one.passages)
    return by_size[0] if enough else by_size[-1]


def _row(goal: Goal, ours: Figures, peers: Mapping[str, Figures]) -> str:
    value, best = goal.of(ours), _best(goal, peers)
    times = None
    if value and best:
        times = value / best[1] if goal.more_is_better else best[1] / value
    judged = times if goal.times_best else value
    what = f"{goal.what}, {ours.passages:,} passages"
    bound = "-" if goal.bound is None else _with_unit(goal.bound, "g", goal.unit)
    cells = (
        what,
        f"{best[0]} {_with_unit(best[1], goal.form, goal.unit)}" if best else "-",
        "-" if value is None else _with_unit(value, goal.form, goal.unit),
        f"{times:.2f}" if times else "-",
        f"{goal.bound:g} times the best peer" if goal.times_best else bound,
        _verdict(goal, judged, ours.passages),
    )
    return f"| {' | '.join(cells)} |"


def _verdict(goal: Goal, judged: float | None, passages: int) -> str:
    told = verdict(judged, goal.bound, goal.more_is_better)
    wanted = goal.passages or 0
    return f"met, with fewer than {wanted:,} passages" if told == "met" and passages < wanted else told


def _best(goal: Goal, peers: Mapping[str, Figures]) -> tuple[str, float] | None:
    """The best peer by a goal, and its value."""
    if goal.peers is None:
        return None
    values = {name: goal.peers(one) for name, one in peers.items()}
    known = [(name, value) for name, value in values.items() if value is not None]
    if not known:
        return None
    return (max if goal.more_is_better else min)(known, key=lambda one: one[1])


def _index_row(goal: IndexGoal, known: Trials) -> str:
    keys = [(engine, size) for size in goal.sizes for engine in goal.engines]
    trials = [known[key] for key in keys if key in known]
    complete = len(trials) == len(keys)
    value = goal.of(trials) if complete else None
    largest = max(goal.sizes)
    reached = min((one.size for one in trials if one.key[1] == largest), default=largest)
    cells = (
        f"{goal.what}, {' and '.join(goal.engines)}, {reached:,} synthetic passages",
        "-",
        "-" if value is None else _with_unit(value, goal.form, goal.unit),
        "-",
        _with_unit(goal.bound, "g", goal.unit),
        _index_verdict(goal, value, reached < largest),
    )
    return f"| {' | '.join(cells)} |"


def _index_verdict(goal: IndexGoal, value: float | None, stopped: bool) -> str:
    judged = verdict(value, goal.bound, goal.more_is_better)
    return "not known: writing stopped before the size" if stopped and judged == "met" else judged


def verdict(value: float | None, bound: float | None, more_is_better: bool) -> str:
    """Whether a goal is met, or how far off it is."""
    if value is None:
        return NOT_MEASURED
    if bound is None:
        return "no goal was set"
    short = bound / value if more_is_better else value / bound
    return "met" if short <= 1 else f"short by {short:.2f}x"


def _with_unit(value: float, form: str, unit: str) -> str:
    return f"{value:{form}} {unit}".rstrip()
