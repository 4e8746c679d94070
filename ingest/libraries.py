"""Libraries that are imported when they are first needed, and made fit for use within a program."""

import importlib
import logging
from functools import cache
from types import ModuleType

from ingest.errors import OptionalDependencyError


@cache
def quiet_trafilatura() -> ModuleType:
    """Trafilatura, whose log would otherwise appear on the terminal when no logging is set up."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "charset_normalizer"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura


def required(module: str, extra: str) -> ModuleType:
    """A module of an optional package.

    Raises:
        OptionalDependencyError: it is not installed; the advice is the line that installs the extra.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise OptionalDependencyError(
            f"Reading this needs the package {package}, which is not installed.",
            f"Run `pip install 'footnote-qa[{extra}]'`.",
        ) from error
