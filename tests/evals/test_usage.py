"""Tokens, costs and times by stage are summed and bounded as they say."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from evals.errors import UsageValueError
from evals.usage import Prices, model_use, stage_times
from tests.evals.fakes import TownSubject, changed, records_of, town_suite


def with_tokens(folder: Path) -> list[Any]:
    records = records_of(town_suite(folder), TownSubject())
    used = {"prompt": 1000, "answer": 50, "estimated": False}
    return [
        replace(record, answer=(record.answer or {}) | {"tokens": used if record.id != "moon" else None})
        for record in records.values()
    ]


def test_tokens_are_summed_and_priced_where_prices_are_known(tmp_path: Path) -> None:
    records = with_tokens(tmp_path)
    use = model_use(records, {"prompt": 2.0, "answer": 10.0})
    assert use == {
        "answers": 5, "prompt_tokens": 5000, "answer_tokens": 250, "estimated": False,
        "usd": pytest.approx(5000 * 2e-6 + 250 * 10e-6),
    }  # fmt: skip
    assert (model_use(records, None) or {})["usd"] is None
    assert model_use([record for record in records if record.id == "moon"], None) is None


def test_tokens_are_a_metric_of_the_answers_that_a_model_wrote(tmp_path: Path) -> None:
    answer = TownSubject().answer

    def counted(*given: Any) -> dict[str, Any]:
        return answer(*given) | {"tokens": {"prompt": 700, "answer": 30, "estimated": True}}

    records = records_of(town_suite(tmp_path), changed(TownSubject(), answer=counted))
    assert {record.tallies["prompt_tokens"].value for record in records.values()} == {700}
    plain = records_of(town_suite(tmp_path), TownSubject())
    assert not [record for record in plain.values() if "prompt_tokens" in record.tallies]


def test_stage_times_have_quantiles_within_their_intervals(tmp_path: Path) -> None:
    records = [
        replace(record, answer=(record.answer or {}) | {"timings_ms": {"search": float(place)}})
        for place, record in enumerate(with_tokens(tmp_path))
    ]
    found = stage_times(records, seed=1)["search"]
    assert found["p50"]["value"] == 2.5
    for percent in ("p50", "p95", "p99"):
        low, value, high = (found[percent][name] for name in ("low", "value", "high"))
        assert low is not None
        assert value is not None
        assert high is not None
        assert 0 <= low <= value <= high <= 5


@pytest.mark.parametrize("text", ["", "1", "1/2/3", "one/two"])
def test_prices_are_two_amounts(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageValueError):
        Prices.parse(text)
    assert main(["eval", "run", "samples", "--prices", text or "-", "--report", str(tmp_path / "r")]) == 2
    assert "no pair of prices" in capsys.readouterr().err
    assert Prices.parse("0.25/2").usd(4_000_000, 1_000_000) == 3
