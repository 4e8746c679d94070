"""The command line. Importing it is cheap: each command imports what it needs when it runs."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 failed, 2 wrong usage, 3 the question was declined, 130 stopped by Ctrl-C.

    Args:
        arguments: the words after `footnote`; None takes those of this process.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words in (["--version"], ["-V"]):
        from assistant.version import installed_version

        print(f"footnote {installed_version()}")
        return 0
    from assistant.cli.boundary import run

    return run(words)
