"""The extraction benchmark on two pages made up for it."""

import gzip
import json
from pathlib import Path

import pytest

from evals.benchmarks.extraction import (
    compare_metadata,
    main,
    names_within,
    same_day,
    same_words,
    score_bodies,
)
from evals.errors import DataSetError

PARAGRAPHS = (
    "The harbour board of Port Ellery met on Tuesday evening to speak about fees for the coming year.",
    "After three hours the members agreed that boats under nine metres would pay what they pay now.",
    "Larger boats, most of which belong to visitors, are to pay four per cent more from the first of May.",
)
SCRIPT = """
def evaluate(truth, prediction, resamples):
    assert truth.keys() == prediction.keys()
    right = [truth[key]["articleBody"] == prediction[key]["articleBody"] for key in truth]
    share = sum(right) / len(right)
    names = ("f1", "precision", "recall")
    return {name: share for name in names} | {f"{name}_std": resamples / 10_000 for name in names}
"""


def page(author: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Harbour fees - The Port</title>"
        f"<meta name='author' content='{author}'><meta property='og:site_name' content='The Port'>"
        "<meta property='article:published_time' content='2024-05-02T20:00:00+02:00'></head>"
        f"<body><nav>Home</nav><article><h1>Harbour fees</h1>{body}</article></body></html>"
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    bodies = tmp_path / "article_extraction_benchmark"
    (bodies / "html").mkdir(parents=True)
    (bodies / "html" / "a.html.gz").write_bytes(gzip.compress(page("Jane Roe").encode()))
    (bodies / "html" / "b.html.gz").write_bytes(gzip.compress(b"<html></html>"))
    truth = {"a": {"articleBody": "\n\n".join(PARAGRAPHS)}, "b": {"articleBody": "something"}}
    (bodies / "ground-truth.json").write_text(json.dumps(truth))
    (bodies / "evaluate.py").write_text(SCRIPT)
    expected = {
        "title": "Harbour Fees",
        "byline": "By Jane Roe, May 2, 2024",
        "siteName": "Port Gazette",
        "lang": None,
        "publishedTime": "2024-05-02",
    }
    made = tmp_path / "readability_pages" / "test-pages" / "harbour"
    made.mkdir(parents=True)
    (made / "expected-metadata.json").write_text(json.dumps(expected))
    (made / "source.html").write_text(page("Jane Roe"))
    return tmp_path


def test_bodies_are_scored_by_the_sets_own_script(data: Path) -> None:
    score = score_bodies(data / "article_extraction_benchmark")
    assert (score["f1"], score["f1_std"]) == (0.5, 0.1)


def test_each_expected_value_is_compared_and_no_other(data: Path) -> None:
    compared = {one.field: one for one in compare_metadata(data / "readability_pages" / "test-pages")}
    assert {name: one.right for name, one in compared.items()} == {
        "title": True,
        "byline": False,
        "names in the byline": True,
        "site name": False,
        "date of publication": True,
    }
    assert compared["site name"].read == "The Port"


def test_the_table_and_what_is_wrong(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(data), "--wrong"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "harbour, site name: expected 'Port Gazette', read 'The Port'" in lines
    assert "| title | 1 of 1 | 1.000 to 1.000 |" in lines
    assert "| article bodies, f1: Footnote | 0.500 | 0.304 to 0.696 |" in lines
    assert [line for line in lines if "trafilatura" in line and "0.958" in line]


def test_without_the_data_one_line_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "article_extraction_benchmark" / "evaluate.py").unlink()
    assert main([str(data)]) == 2
    assert "evaluate.py is not there" in capsys.readouterr().err
    with pytest.raises(DataSetError):
        list(compare_metadata(data / "nowhere"))


def test_words_are_compared_and_not_their_case_or_marks() -> None:
    assert same_words("Harbour&nbsp;Fees: up", "harbour fees up")
    assert not same_words("Harbour fees", "Harbour fees up")


@pytest.mark.parametrize(
    ("expected", "read", "right"),
    [
        ("By Jane Roe and John Doe", "Jane Roe;John Doe", True),
        ("By Jane Roe", "Jane Roe;John Doe", False),
        ("By Jane Roe", "", False),
        ("By Jane Roebuck", "Jane Roe", False),
    ],
)
def test_names_within_a_byline(expected: str, read: str, right: bool) -> None:
    assert names_within(expected, read) is right


@pytest.mark.parametrize(
    ("expected", "read", "right"),
    [
        ("2024-05-02T01:00:00Z", "2024-05-02", True),
        ("2024-05-02", "2024-05-03", False),
        ("2024-05-02", "", False),
        ("soon", "2024-05-02", False),
    ],
)
def test_days(expected: str, read: str, right: bool) -> None:
    assert same_day(expected, read) is right
