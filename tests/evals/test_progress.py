"""Off a terminal a run tells where it is in plain lines; what an earlier run did is counted in."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from evals.progress import run_progress
from tests.evals.fakes import TownSubject, always, changed, records_of, town_suite


def test_the_last_line_counts_everything(tmp_path: Path) -> None:
    subject = changed(TownSubject(), declines=always(False))
    records = records_of(town_suite(tmp_path), subject)
    out = StringIO()
    with run_progress(Console(file=out), "town", total=4, done=2, failed=1) as shown:
        shown.case(records["opened"])
        shown.case(records["king"])
    assert out.getvalue().splitlines()[-1] == "town: 4 of 4 cases, 2 failed"


def test_a_terminal_gets_a_bar(tmp_path: Path) -> None:
    records = records_of(town_suite(tmp_path), TownSubject())
    out = StringIO()
    console = Console(file=out, force_terminal=True, width=100)
    with run_progress(console, "town", total=2, done=1, failed=0) as shown:
        shown.case(records["opened"])
    assert "2/2" in out.getvalue()
