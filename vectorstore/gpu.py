"""Whether there is a GPU to embed passages with."""

import shutil
from pathlib import Path

DRIVER_FILES = (Path("/dev/nvidia0"), Path("/proc/driver/nvidia/version"))
DRIVER_PROGRAM = "nvidia-smi"


def may_have_gpu() -> bool:
    """Whether a driver for a GPU is there: enough reason to import torch and ask it, which takes seconds."""
    return any(file.exists() for file in DRIVER_FILES) or shutil.which(DRIVER_PROGRAM) is not None


def gpu_device() -> str | None:
    """The device of the GPU that torch can use, as torch names it; None where there is none."""
    if not may_have_gpu():
        return None
    import torch

    return "cuda" if torch.cuda.is_available() else None
