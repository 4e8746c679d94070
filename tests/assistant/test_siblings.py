"""Footnote works, or says why it cannot, from a folder whose files have the names of its packages."""

import subprocess
import sys
from pathlib import Path

import pytest

import assistant

ROOT = Path(assistant.__file__).resolve().parent.parent
USERS_OWN = "print('the user\\'s own module ran')\nWHOSE = 'the user'\n"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in `folder`, with Footnote last on the search path, as an installed package is."""
    startup = folder.parent / "startup"
    startup.mkdir(exist_ok=True)
    (startup / "sitecustomize.py").write_text(f"import sys\nsys.path.append({str(ROOT)!r})\n")
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(startup), "PATH": "/usr/bin:/bin", "HOME": str(folder.parent)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder."""
    made = tmp_path / "work"
    made.mkdir()
    return made


SCRIPT = """
from assistant.siblings import REFUSAL, load_prompt
print(load_prompt("answer_system").render(refusal=REFUSAL).count(REFUSAL), "of ours")
import prompts
print(prompts.WHOSE)
"""


@pytest.mark.parametrize("order", ["ours first", "theirs first"])
def test_a_prompts_module_of_the_user_stays_the_users(folder: Path, order: str) -> None:
    (folder / "prompts.py").write_text(USERS_OWN)
    script = SCRIPT if order == "ours first" else "import prompts\n" + SCRIPT
    (folder / "script.py").write_text(script)
    done = run(folder, "script.py")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert sorted(lines) == sorted(["the user's own module ran", "1 of ours", "the user"])
    assert (lines[0] == "1 of ours") is (order == "ours first")


def test_a_prompts_folder_without_code_does_not_matter(folder: Path) -> None:
    (folder / "prompts").mkdir()
    (folder / "prompts" / "mine.txt").write_text("Hello.")
    (folder / "script.py").write_text(
        "from assistant.siblings import load_prompt\nprint(load_prompt('answer_system').version)"
    )
    done = run(folder, "script.py")
    assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr


@pytest.mark.parametrize("name", ["ingest", "vectorstore"])
def test_a_program_whose_module_hides_ours_is_told_which(folder: Path, name: str) -> None:
    (folder / f"{name}.py").write_text(USERS_OWN)
    (folder / "script.py").write_text("import assistant.siblings")
    done = run(folder, "script.py")
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert str(folder / f"{name}.py") in last
    assert "Rename that file" in last
    assert "own module ran" not in done.stdout


OWN_PROCESS = """
import sys
sys.argv[0] = {started_as!r}
import assistant.siblings
import ingest.errors, vectorstore, prompts, evals
print(ingest.errors.FootnoteError("a", "b"), prompts.REFUSAL)
"""


def test_the_command_finds_its_own_packages(folder: Path) -> None:
    for name in ("ingest", "vectorstore", "prompts", "evals"):
        (folder / f"{name}.py").write_text(USERS_OWN)
    (folder / "script.py").write_text(OWN_PROCESS.format(started_as="/usr/local/bin/footnote"))
    done = run(folder, "script.py")
    assert (done.returncode, done.stdout) == (0, "a b NO_ANSWER_IN_PASSAGES\n"), done.stderr


def test_running_the_module_imports_nothing_from_the_working_folder(folder: Path) -> None:
    for name in ("ingest", "vectorstore", "prompts", "evals", "typer", "rich", "numpy"):
        (folder / f"{name}.py").write_text(USERS_OWN)
    done = run(folder, "-m", "assistant", "--help")
    assert done.returncode == 0, done.stderr
    assert "own module ran" not in done.stdout
    assert "ask" in done.stdout
