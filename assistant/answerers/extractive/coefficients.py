"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Feature order as in `EvidenceFeatures`; fitted on SQuAD, ClapNQ and questions in other words.
"""

from assistant.answerers.extractive.calibration import Calibration

WORDS = Calibration(
    intercept=-5.6310,
    coefficients=(
        1.5840,  # sentence
        1.5346,  # passage
        0.1005,  # heaviest_unmet_sentence
        -1.0352,  # names_unmet
        0.6235,  # pairs
        -0.4815,  # negation
        2.7702,  # length
        1.1306,  # score
        -0.5603,  # unmet_words
        0.0366,  # names_unmet_sentence
        -0.0258,  # deeds_unmet
        -0.0819,  # fit
        0.1873,  # several
        0.0000,  # read_evidence
        0.0000,  # read_span
        0.0000,  # read_answers
        0.0000,  # read_most
        0.0000,  # read_short
        -1.5195,  # doubts
        -0.6001,  # unmet
        0.2042,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.287,
    sure_from=1.000,
)
READER_OF_ONE = Calibration(
    intercept=-5.8144,
    coefficients=(
        1.9038,  # sentence
        0.0000,  # passage
        0.0000,  # heaviest_unmet_sentence
        0.9388,  # names_unmet
        0.0000,  # pairs
        0.0000,  # negation
        0.0000,  # length
        1.4620,  # score
        1.2147,  # unmet_words
        0.0622,  # names_unmet_sentence
        0.4073,  # deeds_unmet
        0.0000,  # fit
        0.0000,  # several
        -0.4358,  # read_evidence
        -1.5121,  # read_span
        2.5160,  # read_answers
        2.1875,  # read_most
        0.0378,  # read_short
        -1.3903,  # doubts
        -1.1793,  # unmet
        0.6243,  # demand_unmet
        0.9600,  # alone_answers
        0.5710,  # alone_span
        -0.0435,  # near_answers
        0.4239,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.291,
    sure_from=0.411,
)
READER = Calibration(
    intercept=-2.6135,
    coefficients=(
        0.1362,  # sentence
        0.4287,  # passage
        0.0880,  # heaviest_unmet_sentence
        -0.3127,  # names_unmet
        0.1370,  # pairs
        0.2780,  # negation
        0.5234,  # length
        1.3599,  # score
        -0.4420,  # unmet_words
        0.2500,  # names_unmet_sentence
        -0.2778,  # deeds_unmet
        -0.2011,  # fit
        0.0153,  # several
        0.6649,  # read_evidence
        0.8383,  # read_span
        0.4652,  # read_answers
        0.3006,  # read_most
        -0.0333,  # read_short
        0.1529,  # doubts
        -0.4673,  # unmet
        0.1314,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.425,
    sure_from=0.599,
)
