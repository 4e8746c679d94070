"""scikit-learn stays out of an ingestion, and is there for who needs it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.model
def test_embedding_imports_no_scikit_learn_and_takes_it_from_nobody() -> None:
    script = """
import sys
from vectorstore.sentence_embedder import SentenceEmbedder
SentenceEmbedder.load("default").encode_passages(["Bees dance."])
print(sorted({"sklearn", "sklearn.metrics", "pandas"} & set(sys.modules)))
from sentence_transformers.util import euclidean_sim, manhattan_sim, similarity
print(float(similarity.pairwise_distances([[0.0, 0.0]], [[3.0, 4.0]])[0, 0]))
from sklearn.metrics import accuracy_score
print(accuracy_score([1], [1]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines() == ["[]", "5.0", "1.0"], done.stderr
