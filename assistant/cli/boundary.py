"""The edge of the command line: every exception becomes one clear line and an exit code."""

import os
import sqlite3
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS

import typer

from assistant.cli.terminal import finish_stdout, report_error, say
from ingest.errors import FootnoteError

FAILED = 1
WRONG_USAGE = 2
DECLINED = 3
INTERRUPTED = 130

_NO_SPACE = "free some space on that disk, then run the same command again; what was finished is kept"
_OS_ADVICE = {
    ENOSPC: _NO_SPACE,
    EDQUOT: _NO_SPACE,
    EACCES: "check who owns that path and its permissions, or name another folder with --home",
    EPERM: "check who owns that path and its permissions, or name another folder with --home",
    EROFS: "that disk cannot be written; name another folder with --home",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """How a failed command ends: one line, what to do, and the exit code."""

    message: str
    advice: str
    exit_code: int


def run(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name; no exception leaves, and the exit code is returned."""
    _let_streams_print_anything()
    try:
        return _run_command(arguments)
    except (KeyboardInterrupt, typer.Abort):
        say("stopped")
        return INTERRUPTED
    except SystemExit as ended:  # a reader of the help that has gone
        return ended.code if isinstance(ended.code, int) else FAILED
    except Exception as error:
        if os.environ.get("FOOTNOTE_DEBUG"):
            traceback.print_exc()
        failure = failure_of(error)
        report_error(failure.message, failure.advice)
        return failure.exit_code
    finally:
        finish_stdout()


def failure_of(error: Exception) -> Failure:
    """What to tell a person about an exception."""
    if isinstance(error, FootnoteError):
        return Failure(error.message, error.advice, error.exit_code)
    if isinstance(error, typer.TyperException):
        return _usage_failure(error)
    if isinstance(error, OSError) and error.errno in _OS_ADVICE:
        where = f": {error.filename}" if error.filename else ""
        return Failure(f"{error.strerror}{where}", _OS_ADVICE[error.errno], FAILED)
    if isinstance(error, sqlite3.OperationalError) and "disk is full" in str(error):
        return Failure("the disk is full", _NO_SPACE, FAILED)
    return Failure(
        f"something unexpected happened ({type(error).__name__}: {error})",
        "run the same command with FOOTNOTE_DEBUG=1 in the environment to see the details, and report them",
        FAILED,
    )


def _run_command(arguments: Sequence[str]) -> int:
    from assistant.cli.app import build_command

    result = build_command().main(list(arguments), prog_name="footnote", standalone_mode=False)
    if result == INTERRUPTED:
        say("stopped")
    return result if isinstance(result, int) else 0


def _usage_failure(error: typer.TyperException) -> Failure:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "footnote"
    return Failure(error.format_message(), f"see {command} --help", error.exit_code)


def _let_streams_print_anything() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
