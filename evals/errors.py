"""What can go wrong with suites, runs and baselines, each with what to do about it."""

from collections.abc import Sequence
from pathlib import Path

from ingest.errors import FootnoteError, UsageError

SHOWN_PROBLEMS = 20


class SuiteError(UsageError):
    """A suite file does not say what a suite must; every problem carries its file and line.

    Attributes:
        problems: "file:line: what is wrong", in the order of the file.
    """

    code = "suite_invalid"

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = "; ".join(self.problems[:SHOWN_PROBLEMS])
        more = len(self.problems) - SHOWN_PROBLEMS
        rest = f"; and {more} more" if more > 0 else ""
        super().__init__(f"{shown}{rest}", "mend the lines named, then run the same command again")


class SuiteMissingError(UsageError):
    """No suite has that name and no file has that path."""

    code = "suite_missing"


class RunFolderError(UsageError):
    """A folder is no run, or holds the run of something else."""

    code = "run_unusable"

    def __init__(self, folder: Path, reason: str, advice: str) -> None:
        super().__init__(f"{folder}: {reason}", advice)


class BaselineError(UsageError):
    """A run cannot be held against that baseline."""

    code = "baseline_unusable"


class AnswerShapeError(FootnoteError):
    """An answer does not have the fields that measuring needs."""

    code = "answer_malformed"


class MissingExtraError(UsageError):
    """Something is asked for that only an optional part of the installation can do."""

    code = "extra_missing"


class UsageValueError(UsageError):
    """A value on the command line is not of the form that it must have."""

    code = "value_invalid"


class DataSetError(UsageError):
    """A data set cannot be read: an option that it does not know, or a file that is not what it should be."""

    code = "data_set_unusable"
