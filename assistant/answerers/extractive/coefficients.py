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
    intercept=-7.3110,
    coefficients=(
        3.1640,  # sentence
        -0.3250,  # passage
        0.5897,  # heaviest_unmet_sentence
        -0.4507,  # names_unmet
        -0.4583,  # pairs
        -0.7909,  # negation
        1.5388,  # length
        2.5753,  # score
        0.3506,  # unmet_words
        -0.6817,  # names_unmet_sentence
        -0.4563,  # deeds_unmet
        -1.0619,  # fit
        0.5835,  # several
        -0.1153,  # read_evidence
        -0.1704,  # read_span
        2.3984,  # read_answers
        -0.4092,  # read_most
        -0.1029,  # read_short
        -0.0830,  # doubts
        -0.5551,  # unmet
        0.3748,  # demand_unmet
    ),
    answered_from=0.500,
    tentative_from=0.354,
)
