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
    intercept=-7.6546,
    coefficients=(
        3.0654,  # sentence
        0.2692,  # passage
        0.2574,  # heaviest_unmet_sentence
        -1.4214,  # names_unmet
        -0.3183,  # pairs
        -0.2564,  # negation
        1.0516,  # length
        2.5489,  # score
        0.7599,  # unmet_words
        -1.1152,  # names_unmet_sentence
        0.0706,  # deeds_unmet
        -0.5955,  # fit
        0.2825,  # several
        0.7239,  # read_evidence
        -0.7626,  # read_span
        1.8375,  # read_answers
        -0.5168,  # read_most
        -0.2690,  # read_short
        -0.9923,  # doubts
        0.1437,  # unmet
        0.5583,  # demand_unmet
    ),
    answered_from=0.500,
    tentative_from=0.289,
)
