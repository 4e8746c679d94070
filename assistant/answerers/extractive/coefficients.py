"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Feature order as in `EvidenceFeatures`; fitted on SQuAD, ClapNQ and questions in other words.
"""

from assistant.answerers.extractive.calibration import Calibration

WORDS = Calibration(
    intercept=-4.8107,
    coefficients=(
        1.8738,  # sentence
        1.0217,  # passage
        0.5137,  # heaviest_unmet_sentence
        -1.3306,  # names_unmet
        0.3234,  # pairs
        -0.4789,  # negation
        1.5980,  # length
        1.0624,  # score
        0.0726,  # unmet_words
        -0.1079,  # names_unmet_sentence
        -1.0484,  # deeds_unmet
        0.1113,  # fit
        0.2970,  # several
        0.0000,  # read_evidence
        0.0000,  # read_span
        0.0000,  # read_answers
        0.0000,  # read_most
        0.0000,  # read_short
        -1.7071,  # doubts
        -0.7795,  # unmet
        0.1056,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.234,
)
READER_OF_ONE = Calibration(
    intercept=-5.9064,
    coefficients=(
        1.7816,  # sentence
        0.0000,  # passage
        0.0000,  # heaviest_unmet_sentence
        0.7380,  # names_unmet
        0.0000,  # pairs
        0.0000,  # negation
        0.0000,  # length
        1.4893,  # score
        1.2672,  # unmet_words
        0.0635,  # names_unmet_sentence
        0.2685,  # deeds_unmet
        0.0000,  # fit
        0.0000,  # several
        -0.6837,  # read_evidence
        -1.3917,  # read_span
        2.6512,  # read_answers
        2.3705,  # read_most
        0.0544,  # read_short
        -1.0145,  # doubts
        -1.0483,  # unmet
        0.6392,  # demand_unmet
        1.0200,  # alone_answers
        0.4205,  # alone_span
        0.1284,  # near_answers
        0.3056,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.275,
)
READER = Calibration(
    intercept=-2.7325,
    coefficients=(
        0.2860,  # sentence
        0.3884,  # passage
        0.1710,  # heaviest_unmet_sentence
        -0.4819,  # names_unmet
        0.0752,  # pairs
        0.3057,  # negation
        0.4874,  # length
        1.4370,  # score
        -0.5344,  # unmet_words
        0.1592,  # names_unmet_sentence
        -0.1957,  # deeds_unmet
        -0.4042,  # fit
        0.0246,  # several
        0.5675,  # read_evidence
        0.7403,  # read_span
        0.5342,  # read_answers
        0.4139,  # read_most
        -0.0402,  # read_short
        0.2054,  # doubts
        -0.4346,  # unmet
        0.3340,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.439,
)
