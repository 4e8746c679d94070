"""`Tally`: what one case adds to a metric, so that any metric can be summed, resampled and compared."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """A numerator and a denominator; a metric over cases is the sum of the first over that of the second.

    A case's score is `Tally(score, 1)`; a share counted over many things (quotes, citations) is pooled, so
    that an answer with five quotes weighs five times as much as one with a single quote.
    """

    numerator: float
    denominator: float = 1.0

    @classmethod
    def of(cls, truth: bool) -> "Tally":
        """1 of 1, or 0 of 1."""
        return cls(float(truth))

    @property
    def value(self) -> float:
        """The case's own value.

        Raises:
            ZeroDivisionError: the denominator is 0.
        """
        return self.numerator / self.denominator
