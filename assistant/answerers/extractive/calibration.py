"""What turns the evidence for an answer into a probability, and from which probability it is shown."""

from typing import NamedTuple


class Calibration(NamedTuple):
    """A logistic function and three thresholds.

    Attributes:
        intercept, coefficients: over `EvidenceFeatures`, in its order.
        answered_from: the confidence from which an answer is given without reserve, 0 to 1.
        tentative_from: the one from which it is given as "possibly"; below it there is none.
        sure_from: the one from which a rule that only doubts is overruled: an answer need not repeat the
            attribute that is asked for ("strong") nor tell the deed in its words ("besieged" for
            "attacked"), nor its article have a name of the question (that an Aarhus school is Danish no
            report tells).
    """

    intercept: float
    coefficients: tuple[float, ...]
    answered_from: float
    tentative_from: float
    sure_from: float
