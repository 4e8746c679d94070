"""A run on disk: manifest.json, cases.jsonl, summary.json, junit.xml, report.html."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from evals.errors import RunFolderError
from evals.record import CaseRecord

MANIFEST = "manifest.json"
CASES = "cases.jsonl"
SUMMARY = "summary.json"
JUNIT = "junit.xml"
REPORT = "report.html"
LOCK = ".lock"


class RunFolder:
    """The folder of one run. Lines are appended as cases end, so that a killed run loses at most one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()

    @property
    def started(self) -> bool:
        """Whether a run was begun here."""
        return (self.path / MANIFEST).is_file()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder and keep other runs out of it for as long as the context lasts.

        Raises:
            RunFolderError: another run is at work here, or the folder holds files that are no run.
        """
        from filelock import FileLock, Timeout

        self._make()
        try:
            with FileLock(self.path / LOCK, timeout=0):
                yield
                (self.path / LOCK).unlink(missing_ok=True)
        except Timeout as error:
            raise RunFolderError(
                self.path,
                "another run is at work in this folder",
                "wait for it, or name another with --report",
            ) from error

    def begin(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest of a run that begins here."""
        self.write_json(MANIFEST, manifest)

    def manifest(self) -> dict[str, Any]:
        """What the run was made with.

        Raises:
            RunFolderError: there is no readable manifest.
        """
        return self._read_json(MANIFEST)

    def summary(self) -> dict[str, Any]:
        """The figures of a finished run.

        Raises:
            RunFolderError: the run was not finished.
        """
        return self._read_json(SUMMARY)

    def append(self, record: CaseRecord) -> None:
        """Write down one finished case."""
        line = json.dumps(record.to_json(), ensure_ascii=False) + "\n"
        with self._lock, (self.path / CASES).open("a", encoding="utf-8") as stream:
            stream.write(line)

    def records(self) -> list[CaseRecord]:
        """The cases finished so far.

        Raises:
            RunFolderError: a line is no record.
        """
        return list(self.each_record())

    def each_record(self) -> Iterator[CaseRecord]:
        """The cases finished so far, read one at a time.

        Raises:
            RunFolderError: a line is no record.
        """
        path = self.path / CASES
        if path.is_file():
            with path.open("rb") as stream:
                for number, line in enumerate(stream, start=1):
                    if line.endswith(b"\n") and line.strip():
                        yield self._record(number, line)

    def drop_torn_line(self) -> None:
        """Cut off what a killed run left of its last line."""
        path = self.path / CASES
        if path.is_file():
            whole = path.read_bytes()
            path.write_bytes(whole[: whole.rfind(b"\n") + 1])

    def write_json(self, name: str, value: Mapping[str, Any]) -> None:
        """Write a JSON file of the folder."""
        self.write_text(name, json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def write_text(self, name: str, text: str) -> None:
        """Write a file of the folder as a whole: it is either the old one or the new one."""
        waiting = self.path / f".{name}.part"
        waiting.write_text(text, encoding="utf-8")
        waiting.replace(self.path / name)

    def _make(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise RunFolderError(
                self.path, "this is a file, and a run is a folder", "name a folder with --report"
            )
        others = [path.name for path in self.path.glob("*") if path.name != LOCK]
        if others and not self.started:
            raise RunFolderError(
                self.path, "this folder has files in it and is no run", "name a new folder with --report"
            )
        self.path.mkdir(parents=True, exist_ok=True)

    def _record(self, number: int, line: bytes) -> CaseRecord:
        try:
            return CaseRecord.from_json(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RunFolderError(
                self.path / CASES,
                f"line {number} is no case record",
                "delete that line, and run again to redo it",
            ) from error

    def _read_json(self, name: str) -> dict[str, Any]:
        try:
            value = json.loads((self.path / name).read_text("utf-8"))
        except FileNotFoundError as error:
            raise RunFolderError(
                self.path,
                f"no finished run is here ({name} is missing)",
                "run `footnote eval run` with --report",
            ) from error
        except ValueError as error:
            raise self._damaged(name) from error
        if not isinstance(value, dict):
            raise self._damaged(name)
        return value

    def _damaged(self, name: str) -> RunFolderError:
        return RunFolderError(self.path, f"{name} cannot be read", "run the suite again into a new folder")
