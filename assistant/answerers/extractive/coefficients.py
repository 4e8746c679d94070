"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Feature order as in `EvidenceFeatures`; fitted on SQuAD v2 dev, ClapNQ and two suites.
"""

from assistant.answerers.extractive.calibration import Calibration

WORDS = Calibration(
    intercept=-3.2758,
    coefficients=(
        1.3374,  # sentence
        -0.1570,  # passage
        0.3699,  # heaviest_unmet_sentence
        -1.1471,  # names_unmet
        0.6907,  # pairs
        -0.6041,  # negation
        2.3868,  # length
        0.9254,  # score
        -0.9091,  # unmet_words
        -0.5333,  # names_unmet_sentence
        -1.4304,  # deeds_unmet
        0.2627,  # fit
        -0.0907,  # several
        0.0000,  # read_evidence
        0.0000,  # read_span
        0.0000,  # read_answers
        0.0000,  # read_most
        0.0000,  # read_short
        -1.2888,  # doubts
        -0.4611,  # unmet
        0.1138,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.216,
)
READER_OF_ONE = Calibration(
    intercept=-5.9490,
    coefficients=(
        2.2693,  # sentence
        -0.8567,  # passage
        -0.0459,  # heaviest_unmet_sentence
        0.6788,  # names_unmet
        -0.4261,  # pairs
        -0.5391,  # negation
        1.1702,  # length
        1.4451,  # score
        1.2013,  # unmet_words
        0.2742,  # names_unmet_sentence
        0.7736,  # deeds_unmet
        0.0583,  # fit
        0.0000,  # several
        -0.6954,  # read_evidence
        -0.1369,  # read_span
        1.0446,  # read_answers
        1.0666,  # read_most
        -0.1541,  # read_short
        -0.6777,  # doubts
        -1.2083,  # unmet
        0.5643,  # demand_unmet
        1.7497,  # alone_answers
        0.4026,  # alone_span
        0.0535,  # near_answers
        0.5713,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.296,
)
READER = Calibration(
    intercept=-6.2500,
    coefficients=(
        1.2688,  # sentence
        -0.9367,  # passage
        -0.0116,  # heaviest_unmet_sentence
        -0.8653,  # names_unmet
        -0.8537,  # pairs
        0.3654,  # negation
        3.1548,  # length
        2.8173,  # score
        -1.3683,  # unmet_words
        -0.5594,  # names_unmet_sentence
        -0.1065,  # deeds_unmet
        -0.6673,  # fit
        0.3851,  # several
        1.6956,  # read_evidence
        -0.2801,  # read_span
        4.0533,  # read_answers
        -2.6137,  # read_most
        -0.2242,  # read_short
        -0.4120,  # doubts
        -0.4820,  # unmet
        -0.2353,  # demand_unmet
        0.0000,  # alone_answers
        0.0000,  # alone_span
        0.0000,  # near_answers
        0.0000,  # near_span
    ),
    answered_from=0.500,
    tentative_from=0.306,
)
