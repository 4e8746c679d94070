"""What ranks answering sentences best: `python -m evals.benchmarks.sentence_rankers --data D --realtimeqa R`.

Compared on the same sentences: words; sentence vectors of the default embedder; late interaction over its
token vectors (Khattab and Zaharia, "ColBERT", 2020, without its training); a linear and a tree model of the
features; the reader alone and with words. Models are fitted on one half of the questions and measured on the
other.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answerers.extractive.features import SentenceFeatures
from assistant.answerers.extractive.reader.opening import open_reader
from assistant.answerers.extractive.scoring import READER_WEIGHTS, WEIGHTS
from evals.training.fit_ranking import RankingCase, fit, hits_by, load_sets

Scores = list[NDArray[np.float64]]
Ranker = Callable[[Sequence[RankingCase], Sequence[RankingCase]], Scores]
"""Scores of the second questions' sentences, learnt from the first ones, if anything is learnt."""

READ = [at for at, name in enumerate(SentenceFeatures._fields) if name in ("evidence", "span", "answers")]


def weighted_by(weights: Sequence[float]) -> Ranker:
    """A fixed sum of the features."""
    return lambda _, cases: [case.features @ np.array(weights) for case in cases]


def only(name: str) -> Ranker:
    """One feature alone."""
    at = SentenceFeatures._fields.index(name)
    return lambda _, cases: [case.features[:, at] for case in cases]


def linear(*, with_reader: bool) -> Ranker:
    """A conditional logit model."""

    def rank(learnt: Sequence[RankingCase], cases: Sequence[RankingCase]) -> Scores:
        weights = fit([[_seen(case, with_reader=with_reader) for case in learnt]])
        return [_seen(case, with_reader=with_reader).features @ weights for case in cases]

    return rank


def trees(*, with_reader: bool) -> Ranker:
    """Gradient-boosted trees that tell sentences that answer from others."""

    def rank(learnt: Sequence[RankingCase], cases: Sequence[RankingCase]) -> Scores:
        from sklearn.ensemble import HistGradientBoostingClassifier

        seen = [_seen(case, with_reader=with_reader) for case in learnt]
        model = HistGradientBoostingClassifier(max_iter=150, max_depth=4, learning_rate=0.06, random_state=0)
        model.fit(np.vstack([case.features for case in seen]), np.concatenate([case.holds for case in seen]))
        return [model.predict_proba(_seen(case, with_reader=with_reader).features)[:, 1] for case in cases]

    return rank


def sentence_vectors(model: Any) -> Ranker:
    """Cosine of the question's and the sentence's vector."""

    def rank(_: Sequence[RankingCase], cases: Sequence[RankingCase]) -> Scores:
        found = []
        for case in cases:
            vectors = model.encode([case.question, *case.sentences], normalize_embeddings=True)
            found.append(np.asarray(vectors[1:] @ vectors[0], np.float64))
        return found

    return rank


def late_interaction(model: Any) -> Ranker:
    """The mean over the question's tokens of the best cosine with any token of the sentence."""

    def rank(_: Sequence[RankingCase], cases: Sequence[RankingCase]) -> Scores:
        return [_most_alike(model, case) for case in cases]

    return rank


def _most_alike(model: Any, case: RankingCase) -> NDArray[np.float64]:
    tokens = model.encode([case.question, *case.sentences], output_value="token_embeddings")
    arrays = [_normalised(np.asarray(one.float().cpu().numpy())) for one in tokens]
    return np.array([float((arrays[0] @ other.T).max(axis=1).mean()) for other in arrays[1:]], np.float64)


def _normalised(vectors: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def _seen(case: RankingCase, *, with_reader: bool) -> RankingCase:
    if with_reader:
        return case
    features = case.features.copy()
    features[:, READ] = 0.0
    return RankingCase(case.question, case.sentences, features, case.holds, case.shown)


def rankers(model: Any) -> dict[str, Ranker]:
    """All that are compared, by name."""
    return {
        "words, weights by hand": weighted_by(WEIGHTS),
        "words, linear": linear(with_reader=False),
        "words, trees": trees(with_reader=False),
        "sentence vectors": sentence_vectors(model),
        "late interaction": late_interaction(model),
        "reader: evidence": only("evidence"),
        "reader: span": only("span"),
        "reader and words, as shipped": weighted_by(READER_WEIGHTS),
        "reader and words, linear": linear(with_reader=True),
        "reader and words, trees": trees(with_reader=True),
    }


def compare(cases: Sequence[RankingCase], ranker: Ranker) -> tuple[float, ...]:
    """`hits_by` over both halves, each ranked by what was learnt from the other."""
    first, second = cases[::2], cases[1::2]
    scores = [*ranker(second, first), *ranker(first, second)]
    return hits_by([*first, *second], scores)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table a set."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.sentence_rankers", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with squad and realtimeqa")
    parser.add_argument("--realtimeqa", type=Path, required=True, help="folder with the written corpus")
    parser.add_argument("--most", type=int, default=500, help="questions of a set")
    given = parser.parse_args(arguments)
    from vectorstore.model_files import find_model

    from sentence_transformers import SentenceTransformer  # isort: skip

    model = SentenceTransformer(str(find_model("default").path), device="cpu")
    compared = rankers(model)
    for name, cases in load_sets(given.data, given.realtimeqa, open_reader("default"), given.most).items():
        print(f"\n{name}, {len(cases)} questions: first, one of three; the same with the headline")
        for label, ranker in compared.items():
            print(f"{label:30} " + "  ".join(f"{value:.3f}" for value in compare(cases, ranker)), flush=True)


if __name__ == "__main__":
    main()
