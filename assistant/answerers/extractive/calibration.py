"""What turns the evidence for an answer into a probability, and from which probability it is shown."""

from typing import NamedTuple


class Calibration(NamedTuple):
    """A logistic function and two thresholds.

    Attributes:
        intercept, coefficients: over `EvidenceFeatures`, in its order.
        answered_from: the confidence from which an answer is given without reserve, 0 to 1.
        tentative_from: the one from which it is given as "possibly"; below it there is none.
    """

    intercept: float
    coefficients: tuple[float, ...]
    answered_from: float
    tentative_from: float
