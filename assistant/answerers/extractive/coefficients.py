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
    intercept=-4.7390,
    coefficients=(
        0.5524,  # sentence
        0.0000,  # passage
        0.0000,  # heaviest_unmet_sentence
        0.5758,  # names_unmet
        0.0000,  # pairs
        0.0000,  # negation
        0.0000,  # length
        1.5430,  # score
        0.6799,  # unmet_words
        -0.3191,  # names_unmet_sentence
        0.2642,  # deeds_unmet
        0.0000,  # fit
        0.0000,  # several
        -0.6263,  # read_evidence
        -0.9481,  # read_span
        1.8431,  # read_answers
        1.6741,  # read_most
        0.1546,  # read_short
        -1.0272,  # doubts
        -1.2056,  # unmet
        0.4904,  # demand_unmet
        0.8206,  # alone_answers
        0.7657,  # alone_span
        0.5053,  # near_answers
        -0.0431,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.289,
)
READER = Calibration(
    intercept=-2.2281,
    coefficients=(
        0.0742,  # sentence
        0.2955,  # passage
        -0.1044,  # heaviest_unmet_sentence
        -0.2339,  # names_unmet
        0.0799,  # pairs
        0.5478,  # negation
        0.3554,  # length
        1.3269,  # score
        -0.3590,  # unmet_words
        -0.1809,  # names_unmet_sentence
        -0.3450,  # deeds_unmet
        -0.5128,  # fit
        0.0509,  # several
        0.6218,  # read_evidence
        0.8077,  # read_span
        0.3489,  # read_answers
        0.1663,  # read_most
        0.0852,  # read_short
        -0.0774,  # doubts
        -0.3570,  # unmet
        -0.1836,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.328,
)
