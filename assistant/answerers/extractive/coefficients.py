"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Feature order as in `EvidenceFeatures`; fitted on SQuAD v2 dev and ClapNQ.
"""

from assistant.answerers.extractive.calibration import Calibration

WORDS = Calibration(
    intercept=-2.3163,
    coefficients=(
        1.0887,  # sentence
        -0.1455,  # passage
        -0.0320,  # heaviest_unmet_sentence
        -1.3025,  # names_unmet
        0.5503,  # pairs
        -0.5910,  # negation
        2.0165,  # length
        0.6551,  # score
        -0.9494,  # unmet_words
        -1.3864,  # names_unmet_sentence
        -1.0560,  # deeds_unmet
        0.4467,  # fit
        -0.1847,  # several
        0.0000,  # read_evidence
        0.0000,  # read_span
        0.0000,  # read_answers
        0.0000,  # read_most
        0.0000,  # read_short
    ),
    answered_from=0.500,
    tentative_from=0.211,
)
READER = Calibration(
    intercept=-7.3487,
    coefficients=(
        2.7813,  # sentence
        0.1884,  # passage
        0.0516,  # heaviest_unmet_sentence
        -1.1394,  # names_unmet
        -0.2640,  # pairs
        -0.3742,  # negation
        0.3175,  # length
        2.6552,  # score
        1.3019,  # unmet_words
        -1.5628,  # names_unmet_sentence
        0.0665,  # deeds_unmet
        -0.6322,  # fit
        0.0116,  # several
        0.2516,  # read_evidence
        -1.1043,  # read_span
        2.0477,  # read_answers
        0.1187,  # read_most
        -0.1765,  # read_short
    ),
    answered_from=0.500,
    tentative_from=0.316,
)
