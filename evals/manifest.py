"""What a run was made with: enough to repeat it, and to refuse to mix two runs in one folder."""

import hashlib
import os
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evals.errors import RunFolderError
from evals.suite import Case, Suite
from ingest.article import ID_LENGTH, content_hash

MEASURED_PACKAGES = ("ingest", "vectorstore", "prompts", "assistant")
DISTRIBUTIONS = (
    "footnote-qa",
    "chromadb",
    "onnxruntime",
    "tokenizers",
    "torch",
    "sentence-transformers",
    "langchain",
)
SAME_WHEN_RESUMED = ("suite", "cases", "seed", "subject", "code", "measured_by", "judge")


def make_manifest(
    suite: Suite, cases: tuple[Case, ...], seed: int, subject: Mapping[str, Any], home: Path | None
) -> dict[str, Any]:
    """The manifest of a run that begins now.

    Args:
        cases: those of the suite that are run.
        subject: identity of the index, embedder and model.
    """
    return {
        "suite": {"name": suite.name, "path": str(suite.path), "digest": suite.digest, "about": suite.about},
        "cases": {"count": len(cases), "digest": content_hash("cases", *(case.digest for case in cases))},
        "seed": seed,
        "subject": dict(subject),
        "home": None if home is None else str(home),
        "thresholds": suite.thresholds,
        "data_set": None if suite.data_set is None else suite.data_set.to_json(),
        "code": code_digest(),
        "measured_by": _digest_of(path for path in _source_files("evals") if path.parent.name == "evals"),
        "versions": installed_versions(),
        "machine": machine(),
        "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def check_same_run(folder: Path, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Make sure that the run in a folder may be continued.

    Raises:
        RunFolderError: it was made from another suite, index, model, seed or code.
    """
    differing = [key for key in SAME_WHEN_RESUMED if before.get(key) != now.get(key)]
    if differing:
        raise RunFolderError(
            folder,
            f"the run in this folder was made with another {', '.join(differing)}",
            "name a new folder with --report, or delete this one",
        )


def code_digest(packages: tuple[str, ...] = MEASURED_PACKAGES) -> str:
    """Hash of the source files and prompts of the packages under test, so that a changed checkout shows."""
    return _digest_of(path for package in packages for path in _source_files(package))


def installed_versions() -> dict[str, str]:
    """Versions of Python and of the distributions that can change a result."""
    found = {"python": platform.python_version()}
    for name in DISTRIBUTIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def machine() -> dict[str, Any]:
    """The machine, without names that could tell whose it is."""
    return {"system": platform.system(), "architecture": platform.machine(), "cores": os.cpu_count()}


def _digest_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:ID_LENGTH]


def _source_files(package: str) -> list[Path]:
    spec = find_spec(package)
    roots = [] if spec is None else list(spec.submodule_search_locations or ())
    found = [path for root in roots for path in Path(root).rglob("*") if path.is_file()]
    return sorted(path for path in found if "__pycache__" not in path.parts)
