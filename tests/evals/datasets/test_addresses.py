"""A data set is named in one line; whatever is wrong with it is said in one line."""

import json
from pathlib import Path

import pytest

from assistant.cli import main
from evals.datasets import DATA_SETS, is_address, open_data_set
from evals.datasets.address import parse_address
from evals.errors import MissingExtraError
from evals.metrics import METRIC_BY_NAME
from tests.evals.datasets import made_up


def test_an_address_has_a_name_a_path_and_options(tmp_path: Path) -> None:
    address = parse_address("squad-v2:data/squad?part=report&from=all")
    assert (address.name, str(address.path)) == ("squad-v2", "data/squad")
    assert address.options == {"part": "report", "from": "all"}
    odd = tmp_path / "what?"
    odd.mkdir()
    assert parse_address(f"beir:{odd}").path == odd


@pytest.mark.parametrize("text", ["samples", "suites/my.yaml", "C:\\suites\\my.yaml", "/abs/my.yaml", ""])
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("squat-v2:{folder}", "no data set is called 'squat-v2'"),
        ("squad-v2:{folder}/absent", "there is nothing at"),
        ("squad-v2:{folder}?prat=report", "did you mean part"),
        ("squad-v2:{folder}?part=reports", "no part 'reports'"),
        ("squad-v2:{folder}?part", "is no option"),
        ("squad-v1:{folder}", "has no dev-v1.1.json"),
        ("clapnq:{folder}", "has no corpus.jsonl"),
        ("beir:{folder}/broken", "corpus.jsonl:2: not valid JSON"),
        ("clapnq:{folder}/lost", "queries.jsonl:1: passage p9 is not in"),
        ("realtimeqa:{folder}/news?year=1999", "no question for these options"),
        ("realtimeqa:{folder}/news?questions={folder}/absent.txt", "there is no file"),
        ("poisonedrag:{folder}", "has none of nq"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, told: str
) -> None:
    made_up.squad(tmp_path)
    made_up.realtimeqa(tmp_path / "news")
    made_up.beir(tmp_path / "broken")
    (tmp_path / "broken" / "corpus.jsonl").write_text('{"_id": "a", "text": "b"}\n{"_id": \n', "utf-8")
    lost = made_up.clapnq(tmp_path / "lost") / "queries.jsonl"
    lost.write_text(lost.read_text("utf-8").replace('"p1"', '"p9"'), "utf-8")
    assert main(["eval", "run", address.format(folder=tmp_path)]) == 2
    shown = capsys.readouterr().err
    assert told in " ".join(shown.split())
    assert "Traceback" not in shown


def test_every_set_says_what_it_is_and_names_metrics_that_exist() -> None:
    for data_set in DATA_SETS.values():
        assert data_set.measures.endswith(".")
        assert data_set.licence
        assert data_set.path
        for option in data_set.options:
            assert not option.values or option.default in option.values
        for row in data_set.published:
            assert row.source
            assert set(row.figures) <= set(METRIC_BY_NAME)
            assert all(0 < value < 1 for value in row.figures.values())


def test_the_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "datasets"]) == 0
    shown = capsys.readouterr().out
    assert all(f"{name}:PATH" in shown for name in DATA_SETS)
    assert main(["eval", "datasets", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["name"] for row in rows} == set(DATA_SETS)


def test_without_what_measures_rankings_the_install_line_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(MissingExtraError, match="ir-measures"):
        open_data_set(f"beir:{made_up.beir(tmp_path / 'set')}")
    assert open_data_set(f"bipia:{made_up.bipia(tmp_path / 'other')}").cases
