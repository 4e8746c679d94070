"""Which query encoder an index is asked with: the exported one beside it, else the whole embedder."""

import shutil
import threading
from pathlib import Path

from vectorstore.embedding import (
    Embedder,
    EmbedderIdentity,
    ExportableEmbedder,
    QueryEncoder,
    open_embedder,
)
from vectorstore.errors import EmbedderMismatchError, EmbedderUnavailableError, EncoderExportError
from vectorstore.faults import reach
from vectorstore.gpu import may_have_gpu
from vectorstore.model_files import DEFAULT_NAME, DEFAULT_SETTING, DEFAULT_SETTINGS, find_model

ENCODER_FOLDER = "encoder"


class QueryEncoders:
    """Opens the encoder that belongs to an index when it is first needed; safe to share among threads.

    Attributes:
        notice: one line, why answering is slower to start than it could be; empty when it is not.
    """

    def __init__(self, home: Path, given: QueryEncoder | None) -> None:
        self._home = home
        self._given = given
        self._opened: QueryEncoder | None = None
        self._lock = threading.Lock()
        self.notice = ""

    def of(self, identity: EmbedderIdentity) -> QueryEncoder:
        """The encoder whose vectors compare with those of `identity`.

        Raises:
            EmbedderMismatchError: another one was handed in.
            EmbedderUnavailableError: there is none and the embedder cannot be loaded.
        """
        if self._given is not None:
            if not self._given.identity.same_vectors(identity):
                raise mismatch(self._home, identity, self._given.identity)
            return self._given
        with self._lock:
            if self._opened is None or not self._opened.identity.same_vectors(identity):
                self._opened = self._open(identity)
            return self._opened

    def _open(self, identity: EmbedderIdentity) -> QueryEncoder:
        folder = encoder_folder(self._home, identity)
        self.notice = ""
        if folder.is_dir():
            from vectorstore.onnx_encoder import OnnxQueryEncoder

            try:
                return OnnxQueryEncoder(folder)
            except EmbedderUnavailableError as error:
                self.notice = str(error)
        self.notice = self.notice or "The index has no query encoder; the embedding model itself is loaded."
        embedder = open_embedder(setting_of(identity), may_download=False)
        if not embedder.identity.same_vectors(identity):
            raise mismatch(self._home, identity, embedder.identity)
        return embedder


def encoder_folder(home: Path, identity: EmbedderIdentity) -> Path:
    """Where the exported query side of an embedder lies in an index's home."""
    return home / ENCODER_FOLDER / f"{identity.revision}-{identity.window_tokens}"


def setting_of(identity: EmbedderIdentity) -> str:
    """The setting with which `open_embedder` opens the embedder of an index."""
    return DEFAULT_SETTING if identity.name == DEFAULT_NAME else identity.name


def settings_of(identity: EmbedderIdentity) -> frozenset[str]:
    """Every setting that names the embedder of an index, whatever files are there now."""
    return DEFAULT_SETTINGS if identity.name == DEFAULT_NAME else frozenset({identity.name})


def exported_embedder(home: Path, identity: EmbedderIdentity) -> Embedder | None:
    """The int8 form of an index's embedder, which loads without torch; None where there is none, or a GPU.

    Raises:
        EmbedderUnavailableError: it is damaged.
    """
    from vectorstore.onnx_encoder import OnnxEmbedder, embeds_passages

    folder = encoder_folder(home, identity)
    return OnnxEmbedder(folder) if embeds_passages(folder) and not may_have_gpu() else None


def lacks_int8_form(home: Path, identity: EmbedderIdentity) -> bool:
    """Whether an index's embedder was exported and has no int8 form that is near enough."""
    from vectorstore.onnx_encoder import embeds_passages, is_of_this_form

    folder = encoder_folder(home, identity)
    return is_of_this_form(folder) and not embeds_passages(folder)


def ensure_exported(home: Path, embedder: Embedder) -> str:
    """Write the query side of an embedder beside the index unless it is there; a notice where that fails."""
    from vectorstore.onnx_encoder import is_of_this_form

    folder = encoder_folder(home, embedder.identity)
    if is_of_this_form(folder) or not isinstance(embedder, ExportableEmbedder):
        return ""
    try:
        embedder.export_query_encoder(folder)
    except EncoderExportError as error:
        return str(error)
    reach("encoder-exported")
    return ""


def remove_other_encoders(home: Path, identity: EmbedderIdentity) -> None:
    """Delete what was exported from embedders that the index no longer uses."""
    kept = encoder_folder(home, identity)
    for folder in kept.parent.glob("*"):
        if folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


def require_setting(home: Path, identity: EmbedderIdentity, setting: str) -> None:
    """Check that the embedder that a user names is the one that made an index, without loading it.

    Raises:
        EmbedderMismatchError: it is another one.
        EmbedderUnavailableError: it is not known by that name, and its files are not there to be compared.
    """
    if setting not in settings_of(identity) and find_model(setting).revision != identity.revision:
        raise EmbedderMismatchError(
            f"The index in {home} was made with the embedder {identity.name}, not with {setting}.",
            f"Run `footnote index reembed --embedder {setting}`, or name none to use {setting_of(identity)}.",
        )


def mismatch(home: Path, made_with: EmbedderIdentity, given: EmbedderIdentity) -> EmbedderMismatchError:
    """The error for an index that was made with another embedder than the one at hand."""
    setting = setting_of(given)
    return EmbedderMismatchError(
        f"The index in {home} was made with the embedder {made_with.name} "
        f"({made_with.dimensions} dimensions, revision {made_with.revision}), not with {given.name} "
        f"({given.dimensions} dimensions, revision {given.revision}).",
        f"Run `footnote index reembed --embedder {setting}`, or use the embedder {setting_of(made_with)}.",
    )
