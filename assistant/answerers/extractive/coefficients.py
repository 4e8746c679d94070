"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Fitted on SQuAD v2 dev and ClapNQ; feature order as in `EvidenceFeatures`; examples:
4000 squad, 298 clapnq, 302 clapnq-all, 999 found, 934 near, 979 absent.
"""

INTERCEPT = -3.4843
COEFFICIENTS = (
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
)
ANSWERED_FROM = 0.500
TENTATIVE_FROM = 0.239
