"""Exporting an embedder in a process of its own: torch takes 600 MB, and what has loaded it keeps them.

`python -m vectorstore.exporting SETTING FOLDER` writes the int8 form of a model that is on this machine
into an empty folder. It exits with 0 where there is one near enough to the model, else with `NO_INT8_FORM`.
"""

import shutil
import subprocess
import sys
import tempfile
import weakref
from pathlib import Path

from vectorstore.embedding import Embedder
from vectorstore.gpu import may_have_gpu
from vectorstore.model_files import ModelFolder
from vectorstore.onnx_encoder import OnnxEmbedder
from vectorstore.whole_folder import write_encoder_folder

NO_INT8_FORM = 3
INT8_KIND = "bert"
"""The kind of model, as its config.json names it, that may have an int8 form."""


class ExportedEmbedder(OnnxEmbedder):
    """An embedder's int8 form in a folder of its own, which goes when this does; meets `Embedder`."""

    def __init__(self, folder: Path) -> None:
        """Load what the exporter left in `folder`.

        Raises:
            EmbedderUnavailableError: a file is missing or damaged.
        """
        self._folder = folder
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        super().__init__(folder)

    def export_query_encoder(self, folder: Path) -> None:
        """Copy the exported model into `folder`, complete or not at all.

        Raises:
            EncoderExportError: there is no room.
        """
        write_encoder_folder(folder, self._copy)

    def _copy(self, folder: Path) -> None:
        shutil.copytree(self._folder, folder, dirs_exist_ok=True)


def exported_apart(setting: str, model: ModelFolder) -> Embedder | None:
    """The int8 form of a model, exported by another process; None where it has none or a GPU embeds faster.

    Args:
        setting: names the model, see `open_embedder`.
        model: its folder.

    Raises:
        EmbedderUnavailableError: the other process left something that cannot be loaded.
    """
    if may_have_gpu() or _kind(model) != INT8_KIND:
        return None
    folder = Path(tempfile.mkdtemp(prefix="footnote-encoder-"))
    if _export_in_other_process(setting, folder):
        return ExportedEmbedder(folder)
    shutil.rmtree(folder, ignore_errors=True)
    return None


def _kind(model: ModelFolder) -> str:
    """What kind of model it is; "" where its files do not say, which loading it complains of."""
    try:
        config = model.read_json("config.json")
    except ValueError:
        return ""
    return str(config.get("model_type", "")) if isinstance(config, dict) else ""


def _export_in_other_process(setting: str, folder: Path) -> bool:
    """Whether it worked; why it did not is told by loading the model here, which then has to be done."""
    command = [sys.executable, "-P", "-m", "vectorstore.exporting", setting, str(folder)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return False
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return done.returncode == 0


def main() -> int:
    """Export what the command line names."""
    from vectorstore.onnx_export import write_int8
    from vectorstore.sentence_embedder import SentenceEmbedder

    setting, folder = sys.argv[1], Path(sys.argv[2])
    return 0 if write_int8(SentenceEmbedder.load(setting), folder) else NO_INT8_FORM


if __name__ == "__main__":
    sys.exit(main())
