"""Run the README's examples: each ```console or ```python block, with the output that stands below it.

`python tests/readme_examples.py --write` puts the real output into the README; tests/test_readme.py checks
that it is still what comes out. In a console block a line that starts with "$ " is a command and the lines
after it its output; a python block's output is the ```text block that follows it. Other blocks are not run.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
SERVER = "127.0.0.1:7860"
CONSOLE = re.compile(r"^```console\n(?P<commands>.*?)^```$", re.M | re.S)
PYTHON = re.compile(r"^```python\n(?P<code>.*?)^```\n\n```text\n(?P<output>.*?)^```$", re.M | re.S)
EXAMPLE = re.compile(f"{CONSOLE.pattern}|{PYTHON.pattern}", re.M | re.S)
VARYING = re.compile(r"\b\d+(\.\d+)?( ?(ms|s|%|min)\b|(?= (articles|passages)/s))|\b\d\.\d+\b")
PROGRESS = re.compile(r"^.*\b\d+ of \d+ (articles|passages|cases),.*\n", re.M)
BIN = Path(sys.executable).parent


def masked(text: str) -> str:
    """The text without what differs from run to run: progress, durations, rates, scores, padding."""
    return re.sub(r"[ \t]+", " ", VARYING.sub("#", PROGRESS.sub("", text)))


class Workspace:
    """A folder with its own index in which examples run as a user would run them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "FOOTNOTE_HOME": str(folder / "home"),
            "COLUMNS": "100",
            "LC_ALL": "C.UTF-8",
        }
        (folder / "articles").mkdir()
        source = (
            "Harbour fees rise in Port Ellery\n\nThe harbour board raised its fees by 4% on 2 May 2024.\n"
        )
        (folder / "articles" / "harbour.txt").write_text(source, "utf-8")

    def shell(self, command: str) -> str:
        """What a command prints, errors included."""
        return self._output(["bash", "-c", command])

    def python(self, code: str) -> str:
        """What a Python program prints."""
        return self._output([sys.executable, "-c", code])

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Run the service; gives its host and port."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [str(BIN / "footnote"), "serve", "--no-open", "--port", str(port)]
        with (
            (self.folder / "serve.log").open("wb") as log,
            subprocess.Popen(command, env=self._environment, stdout=log, stderr=log) as server,
        ):
            try:
                self._wait_for(f"http://127.0.0.1:{port}/health", server)
                yield f"127.0.0.1:{port}"
            finally:
                server.terminate()

    def _wait_for(self, address: str, server: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and server.poll() is None:
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError((self.folder / "serve.log").read_text("utf-8"))

    def _output(self, command: list[str]) -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=240,
            check=False,
        )
        return done.stdout.decode("utf-8")


def rerun(text: str, workspace: Workspace) -> str:
    """The README's text with every example's output as it comes out now, run in the order of the text."""

    def run(block: re.Match[str]) -> str:
        if block["commands"] is None:
            return _python_block(block["code"], workspace)
        return f"```console\n{_session(block['commands'], workspace)}```"

    return EXAMPLE.sub(run, text)


def _python_block(code: str, workspace: Workspace) -> str:
    return f"```python\n{code}```\n\n```text\n{workspace.python(code).rstrip()}\n```"


def _session(block: str, workspace: Workspace) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    if not any(SERVER in command for command in commands):
        return "".join(_shown(command, workspace.shell(command)) for command in commands)
    with workspace.serving() as address:
        return "".join(
            _shown(command, workspace.shell(command.replace(SERVER, address))) for command in commands
        )


def _shown(command: str, output: str) -> str:
    lines = [line.rstrip() for line in output.rstrip().splitlines()]
    return "\n".join([f"$ {command}", *lines]) + "\n"


def main() -> None:
    """Write the examples' real output into the README."""
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(rerun(README.read_text("utf-8"), Workspace(Path(folder))), "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/readme_examples.py --write")
    main()
