"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Feature order as in `EvidenceFeatures`; fitted on SQuAD, ClapNQ and questions in other words.
"""

from assistant.answerers.extractive.calibration import Calibration

WORDS = Calibration(
    intercept=-3.2523,
    coefficients=(
        1.3336,  # sentence
        -0.1649,  # passage
        0.3724,  # heaviest_unmet_sentence
        -1.0820,  # names_unmet
        0.6904,  # pairs
        -0.6036,  # negation
        2.4040,  # length
        0.9167,  # score
        -0.9194,  # unmet_words
        -0.4661,  # names_unmet_sentence
        -1.4460,  # deeds_unmet
        0.2759,  # fit
        -0.0905,  # several
        0.0000,  # read_evidence
        0.0000,  # read_span
        0.0000,  # read_answers
        0.0000,  # read_most
        0.0000,  # read_short
        -1.2519,  # doubts
        -0.6517,  # unmet
        0.1145,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.227,
)
READER_OF_ONE = Calibration(
    intercept=-5.9705,
    coefficients=(
        1.7974,  # sentence
        0.0000,  # passage
        0.0000,  # heaviest_unmet_sentence
        0.7279,  # names_unmet
        0.0000,  # pairs
        0.0000,  # negation
        0.0000,  # length
        1.5071,  # score
        1.2136,  # unmet_words
        0.0245,  # names_unmet_sentence
        0.3497,  # deeds_unmet
        0.0000,  # fit
        0.0000,  # several
        -0.6867,  # read_evidence
        -1.3688,  # read_span
        2.6353,  # read_answers
        2.3680,  # read_most
        0.0715,  # read_short
        -0.8367,  # doubts
        -1.0492,  # unmet
        0.6327,  # demand_unmet
        1.0518,  # alone_answers
        0.4082,  # alone_span
        0.1579,  # near_answers
        0.2648,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.265,
)
READER = Calibration(
    intercept=-2.6016,
    coefficients=(
        0.4165,  # sentence
        0.1903,  # passage
        -0.1126,  # heaviest_unmet_sentence
        -0.1452,  # names_unmet
        0.2154,  # pairs
        0.3080,  # negation
        0.4334,  # length
        1.1878,  # score
        -0.3639,  # unmet_words
        -0.1403,  # names_unmet_sentence
        -0.2709,  # deeds_unmet
        -0.3324,  # fit
        0.0164,  # several
        0.7543,  # read_evidence
        0.8333,  # read_span
        0.4513,  # read_answers
        0.2926,  # read_most
        0.0256,  # read_short
        -0.0320,  # doubts
        -0.2496,  # unmet
        0.1985,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.303,
)
