"""Where documents come from: a file, a folder, the web, the sample collection. A new source is one file here.

A source satisfies the `Source` protocol; `open_source` turns what a user wrote into one.
"""

from ingest.document import RawDocument, ReadFailure, UnchangedDocument
from ingest.sources.opening import open_list, open_source
from ingest.sources.source import DEFAULT_MAX_BYTES, SelectiveSource, Source, SourceOptions
from ingest.sources.web.source import RememberingSource

__all__ = [
    "DEFAULT_MAX_BYTES",
    "RawDocument",
    "ReadFailure",
    "RememberingSource",
    "SelectiveSource",
    "Source",
    "SourceOptions",
    "UnchangedDocument",
    "open_list",
    "open_source",
]
