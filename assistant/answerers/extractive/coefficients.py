"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Feature order as in `EvidenceFeatures`. WORDS: fitted on SQuAD v2 dev and ClapNQ without a reader.
"""

from assistant.answerers.extractive.calibration import Calibration

WORDS = Calibration(
    intercept=-3.4843,
    coefficients=(
        1.0797,  # sentence
        0.1462,  # passage
        0.1611,  # heaviest_unmet_sentence
        -1.6479,  # names_unmet
        0.4955,  # pairs
        -0.6523,  # negation
        1.4339,  # length
        1.1267,  # score
        -0.3502,  # unmet_words
        -1.2025,  # names_unmet_sentence
        -1.0628,  # deeds_unmet
        0.1323,  # fit
        -0.1730,  # several
        0.0000,  # read_evidence
        0.0000,  # read_span
        0.0000,  # read_answers
        0.0000,  # read_most
        0.0000,  # read_short
    ),
    answered_from=0.500,
    tentative_from=0.239,
)
READER = WORDS
