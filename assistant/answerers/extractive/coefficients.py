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
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.144,
)
READER_OF_ONE = Calibration(
    intercept=-5.8074,
    coefficients=(
        1.8186,  # sentence
        -0.0095,  # passage
        -0.2327,  # heaviest_unmet_sentence
        0.4479,  # names_unmet
        -0.5428,  # pairs
        -0.4765,  # negation
        0.6188,  # length
        1.4072,  # score
        1.3428,  # unmet_words
        0.3776,  # names_unmet_sentence
        0.7827,  # deeds_unmet
        -0.2225,  # fit
        0.0000,  # several
        -0.7205,  # read_evidence
        -0.7890,  # read_span
        1.3374,  # read_answers
        1.2558,  # read_most
        -0.1025,  # read_short
        -1.0298,  # doubts
        -0.6163,  # unmet
        0.7053,  # demand_unmet
        1.7754,  # alone_answers
        0.0966,  # alone_span
        0.2618,  # near_answers
        0.9422,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.332,
)
READER = Calibration(
    intercept=-7.0645,
    coefficients=(
        2.5131,  # sentence
        -0.3444,  # passage
        0.2171,  # heaviest_unmet_sentence
        -0.6485,  # names_unmet
        -0.6617,  # pairs
        -0.2018,  # negation
        2.2673,  # length
        2.5650,  # score
        0.0697,  # unmet_words
        -0.3612,  # names_unmet_sentence
        -0.4534,  # deeds_unmet
        -1.1474,  # fit
        0.3651,  # several
        0.1354,  # read_evidence
        0.5400,  # read_span
        3.1863,  # read_answers
        -2.0162,  # read_most
        -0.0549,  # read_short
        -0.1807,  # doubts
        -0.0949,  # unmet
        0.2534,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.249,
)
