"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Fitted on SQuAD v2 dev and ClapNQ; feature order as in `EvidenceFeatures`; examples:
4000 squad, 298 clapnq, 302 clapnq-all, 999 found, 934 near, 979 absent.
"""

INTERCEPT = -3.6712
COEFFICIENTS = (
    1.1058,
    0.1027,
    0.1976,
    -1.0386,
    0.4497,
    -0.6774,
    1.3921,
    1.2450,
    -0.3368,
    -1.4843,
    -1.0668,
    0.0230,
    -0.1803,
)
ANSWERED_FROM = 0.500
TENTATIVE_FROM = 0.233
