"""Where documents come from: a file, a folder, the sample collection. A new source is one file here.

A source satisfies the `Source` protocol; `open_source` turns what a user wrote into one.
"""

from ingest.document import RawDocument, ReadFailure
from ingest.sources.opening import open_source
from ingest.sources.source import DEFAULT_MAX_BYTES, Source, SourceOptions

__all__ = ["DEFAULT_MAX_BYTES", "RawDocument", "ReadFailure", "Source", "SourceOptions", "open_source"]
