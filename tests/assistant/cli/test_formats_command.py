"""Documents of several formats through the command line: what is stored, and what a citation says."""

import json
from pathlib import Path

from tests.assistant.cli.conftest import Run
from tests.ingest.formats.made_pdf import made_pdf

FILLING = "The council met again and talked about the budget of the town for a long time. " * 60
LAST = "The harbour bridge was painted green by twelve pupils."


def show(run: Run, what: str) -> dict[str, object]:
    shown: dict[str, object] = json.loads(run("sources", "show", what, "--json").out)
    return shown


def test_an_answer_from_a_pdf_says_on_which_page(run: Run, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(made_pdf([FILLING.strip(), FILLING.strip(), LAST], "Town report"))
    assert run("ingest", tmp_path / "report.pdf").code == 0
    asked = run("ask", "What colour was the harbour bridge painted?")
    assert LAST in asked.out
    assert "Town report, p. 2" in asked.out
    answer = json.loads(run("ask", "What colour was the harbour bridge painted?", "--json").out)
    assert answer["citations"][0]["place"] == "p. 2"
    location = answer["retrieved"][0]["article"]["location"]
    places = show(run, location)["places"]
    assert isinstance(places, list)
    assert [place["label"] for place in places] == ["p. 1", "p. 2"]


def test_rows_are_mapped_and_bad_ones_reported(run: Run, tmp_path: Path) -> None:
    rows = [
        json.dumps(
            {"_id": 1, "story": "Bees sleep.", "url": "https://wire.example/bees", "date": "2999-01-01"}
        ),
        "{no json",
        json.dumps({"_id": 2, "story": "Rye rises.", "date": "some day"}),
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    outcome = run("ingest", tmp_path / "rows.jsonl", "--map", "text=story")
    assert outcome.code == 0
    assert "added: 2" in outcome.out
    assert "Line 2 cannot be read" in outcome.out + outcome.err
    assert "a date in the future" in outcome.err
    assert "some day" in outcome.err
    bees = show(run, "https://wire.example/bees")
    assert bees["published_at"] == "2999-01-01"
    assert bees["publisher"] == "wire.example"
    assert bees["found"] == {
        "title": "text",
        "url": "field",
        "published_at": "field",
        "publisher": "address",
    }
    again = run("ingest", tmp_path / "rows.jsonl", "--map", "text=story")
    assert "unchanged: 2" in again.out


def test_a_mapping_of_nothing_is_a_wrong_usage(run: Run, articles: Path) -> None:
    outcome = run("ingest", articles, "--map", "colour=x")
    assert outcome.code == 2
    assert "colour=x" in outcome.error
