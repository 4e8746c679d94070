import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.readme_examples import CONSOLE, PYTHON, README, ROOT, Workspace, masked, rerun


@pytest.mark.model
def test_the_examples_print_what_the_readme_says(tmp_path: Path) -> None:
    if shutil.which("curl") is None and os.environ.get("CI") != "true":
        pytest.skip("needs curl")
    text = README.read_text("utf-8")
    assert masked(rerun(text, Workspace(tmp_path))) == masked(text)


def test_every_way_in_has_an_example() -> None:
    text = README.read_text("utf-8")
    commands = "\n".join(CONSOLE.findall(text))
    for command in ("footnote ask", "footnote ingest", "footnote sources list", "footnote eval run", "curl "):
        assert f"$ {command}" in commands
    assert PYTHON.search(text)


def test_the_two_lines_are_single_pastes() -> None:
    lines = [line for line in README.read_text("utf-8").splitlines() if line.startswith("python3 -m venv ")]
    assert len(lines) == 2
    for line in lines:
        subprocess.run(["bash", "-n", "-c", line], check=True)
        assert "-c constraints.txt" in line


def test_what_the_readme_links_to_is_there() -> None:
    import re

    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", README.read_text("utf-8")):
        assert (ROOT / target).exists(), target
