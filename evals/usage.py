"""What answering took: tokens of a language model and what they cost, and time by stage."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.errors import UsageValueError
from evals.intervals import figure
from evals.metric import Metric
from evals.record import CaseRecord
from evals.tally import Tally

QUANTILES = (50, 95, 99)
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """What a model costs, in US dollars for a million tokens that it reads and writes."""

    prompt: float
    answer: float

    @classmethod
    def parse(cls, text: str) -> "Prices":
        """Read "0.25/2".

        Raises:
            UsageValueError: that is not two amounts.
        """
        amounts = text.split("/")
        try:
            prompt, answer = map(float, amounts)
        except ValueError as error:
            raise UsageValueError(
                f"{text!r} is no pair of prices",
                "write dollars for a million tokens read and written, for example 0.25/2",
            ) from error
        return cls(prompt, answer)

    def usd(self, prompt_tokens: int, answer_tokens: int) -> float:
        """What so many tokens cost."""
        return (prompt_tokens * self.prompt + answer_tokens * self.answer) / MILLION

    def to_json(self) -> dict[str, float]:
        """The prices as JSON values."""
        return asdict(self)


def model_use(records: Sequence[CaseRecord], prices: Mapping[str, float] | None) -> dict[str, Any] | None:
    """The tokens of a whole run, and what they cost where prices were named; None without a model.

    Only the questions of the cases are counted: earlier turns that were asked first are not.
    """
    used = [tokens for record in records if (tokens := (record.answer or {}).get("tokens"))]
    if not used:
        return None
    prompt, answer = (sum(int(tokens[kind]) for tokens in used) for kind in ("prompt", "answer"))
    return {
        "answers": len(used),
        "prompt_tokens": prompt,
        "answer_tokens": answer,
        "estimated": any(tokens["estimated"] for tokens in used),
        "usd": None if prices is None else round(Prices(**prices).usd(prompt, answer), 6),
    }


def stage_times(records: Sequence[CaseRecord], seed: int) -> dict[str, dict[str, dict[str, float | None]]]:
    """By stage and quantile ("p50"), the milliseconds with their 95% interval, as the answers report them."""
    times: defaultdict[str, list[Tally]] = defaultdict(list)
    for record in records:
        for stage, milliseconds in ((record.answer or {}).get("timings_ms") or {}).items():
            times[stage].append(Tally(float(milliseconds)))
    return {
        stage: {f"p{percent}": _quantile(tallies, percent, seed) for percent in QUANTILES}
        for stage, tallies in times.items()
    }


def _quantile(tallies: Sequence[Tally], percent: int, seed: int) -> dict[str, float | None]:
    metric = Metric(f"p{percent}", "", lambda _: None, "ms", higher_is_better=False, quantile=percent / 100)
    found = figure(metric, tallies, seed)
    known = {"value": found.value, "low": found.low, "high": found.high}
    return {name: None if value is None else round(value, 2) for name, value in known.items()}
