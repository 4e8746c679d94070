"""What reaches the terminal: results on stdout, messages on stderr, nothing that could steer a terminal."""

import json
import os
import re
import sys
from typing import Any

from rich.console import Console
from rich.text import Text

_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|\x9c|$)"  # OSC and other strings: titles, links, clipboard
    r"|\x9b[0-?]*[ -/]*[@-~]"  # the one-character form of CSI
    r"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)
_DIRECTIONS = "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"
_STEERING = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_DIRECTIONS}{_SURROGATES}]")
_JSON_STEERING = re.compile(f"[\x7f-\x9f{_DIRECTIONS}{_SURROGATES}]")


def clean(text: str) -> str:
    """Text without escape sequences, control characters and direction marks; line breaks and tabs stay."""
    without_sequences = _SEQUENCE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _STEERING.sub("\ufffd", without_sequences)


def clean_line(text: str) -> str:
    """`clean` text on one line: runs of white space become one space."""
    return " ".join(clean(text).split())


def json_text(value: Any, *, indent: int | None = None) -> str:
    """JSON that is safe to print: what could steer a terminal is written as an escape of the same string."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _JSON_STEERING.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


class ResultConsole(Console):
    """Prints results; when the reader has gone (`| head`), the command goes on and its exit code stands."""

    def on_broken_pipe(self) -> None:
        """Throw away what is still to be printed."""
        abandon_stdout()


def result_console() -> Console:
    """The console for results: styled on a terminal, plain and unwrapped when piped."""
    return ResultConsole(markup=False, highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def message_console() -> Console:
    """The console for messages and progress, on stderr."""
    return Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)


def write_result(text: str) -> None:
    """Write one line, or several, of machine-readable results to stdout."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        abandon_stdout()


def finish_stdout() -> None:
    """Write out what is still buffered; a reader that has gone is no failure."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        abandon_stdout()


def abandon_stdout() -> None:
    """Point stdout at nothing, so that neither later output nor the interpreter's last flush complains."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def say(text: str, *, style: str = "") -> None:
    """Print a message for the person at the terminal, on stderr."""
    message_console().print(Text(clean(text), style=style))


def warn(text: str) -> None:
    """Print a warning on stderr."""
    say(f"warning: {clean_line(text)}", style="yellow")


def report_error(message: str, advice: str) -> None:
    """Print an error as one clear line, and what to do about it as a second."""
    console = message_console()
    console.print(Text.assemble(("error: ", "bold red"), clean_line(message)))
    if advice:
        console.print(Text.assemble(("  what to do: ", "bold"), clean_line(advice)))
