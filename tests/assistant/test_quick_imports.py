"""What is imported on the way to an answer without a language model."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.assistant.letters import LetterEmbedder
from tests.vectorstore.fakes import article, put
from vectorstore.index import Index

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


def test_the_commands_on_articles_import_no_web_framework() -> None:
    statement = "import assistant.cli.articles_view, assistant.cli.exporting, assistant.cli.sources"
    assert not _loaded_after(statement) & {"fastapi", "starlette", *HEAVY}


def test_importing_the_package_imports_neither_settings_nor_numbers() -> None:
    assert not _loaded_after("import assistant") & {"pydantic", "numpy", "sqlite3"}


def test_unknown_names_are_missing() -> None:
    import assistant

    with pytest.raises(AttributeError, match="Assistent"):
        _ = assistant.Assistent  # type: ignore[attr-defined]
    assert set(assistant.__all__) <= set(dir(assistant))


def test_an_extractive_answer_from_a_finished_index_imports_nothing_heavy(tmp_path: Path) -> None:
    with Index.create_or_open(tmp_path, LetterEmbedder()) as index:
        put(index, LetterEmbedder(), article("bees", "Bees make honey because they must eat in winter."))
    statement = (
        "from pathlib import Path; from assistant.core import Assistant; "
        "from vectorstore.index import Index; "
        "from assistant.answerers.extractive.answerer import ExtractiveAnswerer; "
        "from tests.assistant.letters import LetterEmbedder; "
        f"index = Index.open(Path({str(tmp_path)!r}), encoder=LetterEmbedder()); "
        "answer = Assistant(index, ExtractiveAnswerer()).ask('What do bees make?'); "
        "assert answer.status != 'declined', answer"
    )
    loaded = _loaded_after(statement)
    assert "numpy" in loaded
    assert not loaded & {*HEAVY, "trafilatura", "lxml", "matplotlib", "onnx"}
