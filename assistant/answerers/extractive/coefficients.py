"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.

Fitted on SQuAD v2 dev and ClapNQ (4000 squad, 298 clapnq, 977 absent examples; feature order: `EvidenceFeatures`).
"""

INTERCEPT = -2.9757
COEFFICIENTS = (1.8227, 0.3388, 2.1477, 0.9071, -0.5131, -2.3340, -0.1093, -0.2199, -0.8614, 0.1489, 0.2192)
ANSWERED_FROM = 0.477
TENTATIVE_FROM = 0.239
