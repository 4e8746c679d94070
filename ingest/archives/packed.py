"""One file packed with gzip, bzip2 or xz: what is in it, its name without the suffix tells."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from ingest.archives.archive import Archive, Documents, Opening
from ingest.archives.expanding import counted, member_documents

_SHORT = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def _unpacking(unpack: Callable[[BinaryIO], object]) -> Callable[[BinaryIO, Opening], Documents]:
    def documents(stream: BinaryIO, opening: Opening) -> Documents:
        path = PurePosixPath(opening.name)
        name = path.stem + _SHORT.get(path.suffix.lower(), "")
        unpacked = cast("BinaryIO", unpack(stream))
        with counted(unpacked, opening, packed=cast("gzip.GzipFile", stream)) as inner:
            yield from member_documents(cast("BinaryIO", inner), name, opening)

    return documents


ARCHIVES = (
    Archive(
        "gzip file",
        (".gz", ".tgz"),
        _unpacking(lambda stream: gzip.GzipFile(fileobj=stream)),
        ("application/gzip", "application/x-gzip"),
        wraps=True,
    ),
    Archive("bzip2 file", (".bz2", ".tbz2"), _unpacking(bz2.BZ2File), ("application/x-bzip2",), wraps=True),
    Archive("xz file", (".xz", ".txz"), _unpacking(lzma.LZMAFile), ("application/x-xz",), wraps=True),
)
