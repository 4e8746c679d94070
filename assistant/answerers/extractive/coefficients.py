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
    tentative_from=0.349,
)
READER = Calibration(
    intercept=-3.7424,
    coefficients=(
        0.3541,  # sentence
        -0.1635,  # passage
        0.0015,  # heaviest_unmet_sentence
        -0.1187,  # names_unmet
        0.2403,  # pairs
        0.4081,  # negation
        0.8786,  # length
        1.6369,  # score
        -0.1646,  # unmet_words
        -0.3219,  # names_unmet_sentence
        -0.3808,  # deeds_unmet
        -0.9137,  # fit
        0.1488,  # several
        0.7416,  # read_evidence
        0.4858,  # read_span
        0.9970,  # read_answers
        0.6066,  # read_most
        0.3946,  # read_short
        -0.0225,  # doubts
        -0.2099,  # unmet
        -0.2634,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.223,
)
