"""The trials of a run in a file, and how long those that are left will take."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from evals.benchmarks.scale.trial import Trial

FILE = "scale.json"


def read_trials(folder: Path) -> list[Trial]:
    """The trials of a folder; none where there is no file."""
    file = folder / FILE
    return [Trial(**one) for one in json.loads(file.read_text("utf-8"))] if file.exists() else []


def write_trials(trials: Sequence[Trial], folder: Path) -> None:
    """Replace the file as a whole, so that one who is stopped meanwhile leaves the former one."""
    part = folder / f"{FILE}.part"
    part.write_text(json.dumps([asdict(one) for one in trials], indent=1) + "\n", "utf-8")
    part.replace(folder / FILE)


def is_final(trial: Trial, most_seconds: float) -> bool:
    """Whether another trial with so much time for writing would hold no more passages."""
    return trial.size >= trial.planned or trial.build_seconds >= most_seconds


def time_left(todo: Sequence[tuple[str, int]], trials: Sequence[Trial], most_seconds: float) -> str:
    """How long the engines will take at the sizes that are left, the next one first, in words."""
    expected = [expected_seconds(engine, size, trials, most_seconds) for engine, size in todo]
    known = [one for one in expected if one is not None]
    if not known:
        return "how long it takes is not known yet"
    first = "" if expected[0] is None else f"about {_minutes(expected[0])}, "
    least = "" if len(known) == len(expected) else "at least "
    return f"{first}{least}{_minutes(sum(known))} for all that is left"


def expected_seconds(engine: str, size: int, trials: Sequence[Trial], most_seconds: float) -> float | None:
    """Seconds that a trial should take, by the engine's largest two so far; None where there is none.

    Args:
        most_seconds: of writing; an engine that would take longer stops there.
    """
    done = sorted(
        (one for one in trials if one.engine == engine and one.wall_seconds), key=lambda one: one.size
    )
    if not done:
        return None
    last = done[-1]
    reached = min(size, last.size * most_seconds / max(last.build_seconds, 1e-9))
    former = done[-2] if len(done) > 1 and done[-2].size < last.size else None
    slope = last.wall_seconds / last.size
    if former is not None:
        slope = max(0.0, (last.wall_seconds - former.wall_seconds) / (last.size - former.size))
    return max(0.0, last.wall_seconds + slope * (reached - last.size))


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} minutes"
