"""Files that hold many documents: archives, mailboxes, tables of articles. A new one is a file here.

Members are streamed: one document is in memory at a time, however large the file is.
"""

from ingest.archives.archive import Archive, Opening
from ingest.archives.expanding import count_in, documents_in, is_archive, is_readable, readable_suffixes
from ingest.archives.limits import DEFAULT_LIMITS, Limits

__all__ = [
    "DEFAULT_LIMITS",
    "Archive",
    "Limits",
    "Opening",
    "count_in",
    "documents_in",
    "is_archive",
    "is_readable",
    "readable_suffixes",
]
