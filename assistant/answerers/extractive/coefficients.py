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
    intercept=-6.5408,
    coefficients=(
        2.1146,  # sentence
        -0.1883,  # passage
        0.1955,  # heaviest_unmet_sentence
        -0.6698,  # names_unmet
        -0.5056,  # pairs
        -0.3896,  # negation
        1.4525,  # length
        2.7641,  # score
        -0.2600,  # unmet_words
        -0.9807,  # names_unmet_sentence
        -0.3232,  # deeds_unmet
        -1.0501,  # fit
        0.3887,  # several
        0.1874,  # read_evidence
        0.1777,  # read_span
        2.5237,  # read_answers
        -0.2282,  # read_most
        -0.4964,  # read_short
        -0.4199,  # doubts
        0.0082,  # unmet
        0.5219,  # demand_unmet
    ),
    answered_from=0.500,
    tentative_from=0.220,
)
