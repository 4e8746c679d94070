"""Tokens that a language model reads and writes for an answer."""

from evals.judging import Judged
from evals.metric import Measure, Metric
from evals.tally import Tally


def _tokens(place: int) -> Measure:
    def apply(judged: Judged) -> Tally | None:
        used = None if judged.reply is None else judged.reply.tokens
        return None if used is None else Tally(used[place])

    return apply


TOKEN_METRICS: tuple[Metric, ...] = (
    Metric("prompt_tokens", "Tokens read for an answer", _tokens(0), "tokens", higher_is_better=False),
    Metric("answer_tokens", "Tokens written for an answer", _tokens(1), "tokens", higher_is_better=False),
)
