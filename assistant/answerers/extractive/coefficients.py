"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Fitted on SQuAD v2 dev and ClapNQ (4000 squad, 298 clapnq, 302 clapnq-all, 999 found, 932 near, 976 absent examples; feature order: `EvidenceFeatures`).
"""

INTERCEPT = -3.0987
COEFFICIENTS = (
    1.4150,
    0.1796,
    0.0835,
    -1.0795,
    0.1892,
    -0.6407,
    1.5017,
    0.9255,
    -0.4714,
    -1.4036,
    -0.9438,
    0.0432,
    -0.1897,
)
ANSWERED_FROM = 0.500
TENTATIVE_FROM = 0.229
