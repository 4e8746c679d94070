"""Named points at which a test can kill the process, to show that nothing is left half done."""

import os

VARIABLE = "FOOTNOTE_FAULT"
EXIT_CODE = 137

POINTS = (
    "catalogue-unnamed",
    "migration-uncommitted",
    "writer-opened",
    "document-read",
    "article-extracted",
    "passages-embedded",
    "vectors-unwritten",
    "vectors-written",
    "article-begun",
    "article-uncommitted",
    "article-committed",
    "replaced-vectors-deleted",
    "removal-uncommitted",
    "removal-committed",
    "removed-vectors-deleted",
    "encoder-exported",
    "erase-removed",
    "erase-rebuilt",
    "writer-closing",
    "rebuild-begun",
    "rebuild-filled",
    "reembed-begun",
    "reembed-filled",
    "reembed-committed",
)
"""Every fault point, in the order in which an ingestion and then the repairs pass them."""


def reach(name: str) -> None:
    """Pass the fault point `name`; the process ends here, at once, if FOOTNOTE_FAULT names it.

    Raises:
        ValueError: `name` is not one of `POINTS`.
    """
    if name not in POINTS:
        raise ValueError(f"no fault point is named {name!r}")
    if os.environ.get(VARIABLE) == name:
        os._exit(EXIT_CODE)
