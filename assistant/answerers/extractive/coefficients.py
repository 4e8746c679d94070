"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Fitted on SQuAD v2 dev and ClapNQ; feature order as in `EvidenceFeatures`; examples:
4000 squad, 298 clapnq, 302 clapnq-all, 999 found, 932 near, 978 absent.
"""

INTERCEPT = -3.0464
COEFFICIENTS = (
    1.2873,
    0.1722,
    0.1104,
    -1.0081,
    0.3863,
    -0.6492,
    1.4749,
    0.8898,
    -0.4276,
    -1.4709,
    -1.0251,
    0.1458,
    -0.1754,
)
ANSWERED_FROM = 0.500
TENTATIVE_FROM = 0.220
