"""What is checked of a home before its index is opened or made."""

import os
from pathlib import Path

from vectorstore.catalogue import FILE_NAME, VECTORS_FOLDER_PREFIX
from vectorstore.embedding import EmbedderIdentity, QueryEncoder
from vectorstore.encoders import mismatch, require_setting
from vectorstore.errors import IndexDamagedError, IndexMissingError


def check_embedder(
    home: Path, made_with: EmbedderIdentity, encoder: QueryEncoder | None, setting: str | None
) -> None:
    """See that the encoder handed in and the embedder named, if any, are of those that made an index.

    Raises:
        EmbedderMismatchError: one of them is another.
        EmbedderUnavailableError: the one named is not there to be compared.
    """
    if encoder is not None and not encoder.identity.same_vectors(made_with):
        raise mismatch(home, made_with, encoder.identity)
    if setting is not None:
        require_setting(home, made_with, setting)


def check_folder(home: Path) -> None:
    """See that a home is a folder, or can become one.

    Raises:
        IndexMissingError: it is a file, or lies below one.
    """
    for path in (home, *home.parents):
        if os.path.exists(path) and not os.path.isdir(path):
            raise IndexMissingError(f"{path} is a file, not an index folder.", "Name a folder with `--home`.")


def check_not_half_deleted(home: Path) -> None:
    """See that a home without a catalogue never had one.

    Raises:
        IndexDamagedError: its vectors are still there.
    """
    if any(home.glob(f"{VECTORS_FOLDER_PREFIX}*")):
        raise IndexDamagedError(
            f"The index in {home} has lost its catalogue ({FILE_NAME}); the vectors alone cannot be used.",
            "Restore that file from a copy, or remove the folder and ingest the articles again.",
        )
