"""What is imported on the way to an answer without a language model."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "torch",
    "sentence_transformers",
    "gradio",
    "langchain",
    "langchain_core",
    "chromadb",
    "transformers",
    "nltk",
)
ROOT = Path(__file__).resolve().parents[2]


def _loaded_after(statement: str) -> set[str]:
    script = f"{statement}; import sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import assistant",
        "from assistant import Assistant, Answer, Conversation",
        "from assistant.answerers.extractive.answerer import ExtractiveAnswerer",
    ],
)
def test_nothing_heavy_is_imported(statement: str) -> None:
    assert not _loaded_after(statement) & set(HEAVY)


def test_importing_the_package_imports_neither_settings_nor_numbers() -> None:
    assert not _loaded_after("import assistant") & {"pydantic", "numpy", "sqlite3"}


def test_unknown_names_are_missing() -> None:
    import assistant

    with pytest.raises(AttributeError, match="Assistent"):
        _ = assistant.Assistent  # type: ignore[attr-defined]
    assert set(assistant.__all__) <= set(dir(assistant))
