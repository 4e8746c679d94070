"""The word a model is told to answer with when the passages do not hold the answer."""

REFUSAL = "NO_ANSWER_IN_PASSAGES"
