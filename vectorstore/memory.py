"""Giving memory back to the system."""

import sys


def give_back_memory() -> None:
    """Hand back what the C library holds of freed memory; does nothing but with glibc.

    Every thread that works with large arrays has an arena of its own in glibc, of which only the top is given
    back by itself: several hundred megabytes were seen to lie unused there.
    """
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
