"""The mean of two readers' weights."""

from pathlib import Path

import torch

from evals.training.reader.averaging import average, main


def test_weights_are_averaged_and_counters_are_the_last_ones() -> None:
    mean = average(
        [
            {"w": torch.tensor([1.0, 3.0]), "n": torch.tensor(1)},
            {"w": torch.tensor([3.0, 5.0]), "n": torch.tensor(7)},
        ]
    )
    assert mean["w"].tolist() == [2.0, 4.0]
    assert mean["n"].item() == 7


def test_files_become_a_file(tmp_path: Path) -> None:
    for name, value in (("a", 0.0), ("b", 1.0)):
        torch.save({"w": torch.tensor([value])}, tmp_path / f"{name}.pt")
    main([str(tmp_path / "a.pt"), str(tmp_path / "b.pt"), str(tmp_path / "out.pt")])
    assert torch.load(tmp_path / "out.pt", weights_only=True)["w"].tolist() == [0.5]
