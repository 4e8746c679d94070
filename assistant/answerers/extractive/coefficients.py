"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Feature order as in `EvidenceFeatures`; fitted on SQuAD v2 dev and ClapNQ.
"""

from assistant.answerers.extractive.calibration import Calibration

WORDS = Calibration(
    intercept=-2.5234,
    coefficients=(
        1.3535,  # sentence
        -0.2154,  # passage
        0.1826,  # heaviest_unmet_sentence
        -1.0765,  # names_unmet
        0.7017,  # pairs
        -0.5542,  # negation
        2.7284,  # length
        0.5818,  # score
        -1.4746,  # unmet_words
        -0.6598,  # names_unmet_sentence
        -1.1703,  # deeds_unmet
        0.4982,  # fit
        -0.0836,  # several
        0.0000,  # read_evidence
        0.0000,  # read_span
        0.0000,  # read_answers
        0.0000,  # read_most
        0.0000,  # read_short
        -1.6350,  # doubts
        -0.2205,  # unmet
        0.4124,  # demand_unmet
    ),
    answered_from=0.500,
    tentative_from=0.144,
)
READER = Calibration(
    intercept=-6.4469,
    coefficients=(
        1.9217,  # sentence
        0.0264,  # passage
        0.0782,  # heaviest_unmet_sentence
        -0.5004,  # names_unmet
        -0.3982,  # pairs
        -0.0443,  # negation
        1.8395,  # length
        2.2035,  # score
        0.2510,  # unmet_words
        -0.9718,  # names_unmet_sentence
        -0.2309,  # deeds_unmet
        -1.1068,  # fit
        0.3790,  # several
        -0.0455,  # read_evidence
        0.4011,  # read_span
        4.1713,  # read_answers
        -1.8073,  # read_most
        -0.0830,  # read_short
        -0.0746,  # doubts
        0.1155,  # unmet
        0.1899,  # demand_unmet
    ),
    answered_from=0.500,
    tentative_from=0.255,
)
