"""Folders that appear complete or not at all."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from vectorstore.errors import EncoderExportError

NO_ROOM_BYTES = 1 << 20
"""A disk with less room than this, after a write failed, is full."""


def write_encoder_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write an exported encoder into an empty folder, which then takes the place of `folder`.

    Raises:
        EncoderExportError: it could not be written; `folder` is as it was.
    """
    workplace = folder.with_name(f"{folder.name}.{os.getpid()}.partial")
    shutil.rmtree(workplace, ignore_errors=True)
    try:
        workplace.mkdir(parents=True)
        fill(workplace)
        shutil.rmtree(folder, ignore_errors=True)  # of an older form
        os.replace(workplace, folder)
    except EncoderExportError:
        raise
    except Exception as error:
        raise EncoderExportError(f"The model cannot be exported: {_reason(error, workplace)}.") from error
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _reason(error: Exception, workplace: Path) -> str:
    """Why an export failed; torch and ONNX Runtime do not say it when the disk is full."""
    place = workplace if workplace.is_dir() else workplace.parent
    if place.is_dir() and shutil.disk_usage(place).free < NO_ROOM_BYTES:
        return "there is no room left on the disk"
    return " ".join(str(error).split()).rstrip(".")
