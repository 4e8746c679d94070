"""Libraries that are imported when they are first needed, and made fit for use within a program."""

import logging
from functools import cache
from types import ModuleType


@cache
def quiet_trafilatura() -> ModuleType:
    """Trafilatura, whose log would otherwise appear on the terminal when no logging is set up."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "charset_normalizer"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura
