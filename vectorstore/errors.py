"""What can be wrong with an index, each with what to do next."""

from ingest.errors import FootnoteError


class IndexMissingError(FootnoteError):
    """There is no index where one was looked for."""

    code = "index_missing"


class IndexVersionError(FootnoteError):
    """The index was written in a layout that this program does not read."""

    code = "index_version"


class IndexDamagedError(FootnoteError):
    """A file of the index is missing, unreadable or not what it should be."""

    code = "index_damaged"


class EmbedderMismatchError(FootnoteError):
    """The index was made with another embedder than the one at hand."""

    code = "embedder_mismatch"


class IndexBusyError(FootnoteError):
    """Another process is writing to the index."""

    code = "index_busy"


class IndexReadOnlyError(FootnoteError):
    """The index's folder cannot be written to."""

    code = "index_read_only"


class DiskFullError(FootnoteError):
    """The disk has no room for what was to be written; what the index held before is still there."""

    code = "disk_full"


class EmbedderUnavailableError(FootnoteError):
    """The embedding model cannot be found or loaded, or its files are not the expected ones."""

    code = "embedder_unavailable"


class DimensionsError(FootnoteError):
    """Vectors have another number of dimensions than the store holds."""

    code = "wrong_dimensions"

    def __init__(self, given: int, expected: int) -> None:
        super().__init__(
            f"The vectors have {given} dimensions and the index holds vectors of {expected}.",
            "Use the embedder that made the index, or run `footnote index reembed`.",
        )


class EncoderExportError(FootnoteError):
    """The embedding model cannot be written in the form that answers without torch."""

    code = "encoder_not_exportable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            reason, "Questions are encoded with sentence-transformers instead, which starts slower."
        )
