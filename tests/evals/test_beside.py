"""A run's figures stand under those of others, in one table for each kind of figure."""

from typing import Any

from evals.beside import AT_LEAST, AT_MOST, OURS, beside
from evals.datasets.view import comparison_table
from evals.published import DataSetFacts, Published

HERE = "its paper"


def summary(published: tuple[Published, ...], **metrics: tuple[str, float, int]) -> dict[str, Any]:
    return {
        "data_set": DataSetFacts("made", "", "", published).to_json(),
        "metrics": {
            name: {"title": title, "value": value, "low": value - 0.1, "high": value + 0.1, "cases": cases}
            for name, (title, value, cases) in metrics.items()
        },
    }


def test_systems_that_share_a_figure_share_a_table() -> None:
    published = (
        Published("dense", {"hit_1": 0.5, "hit_5": 0.8}, HERE),
        Published("words", {"first": 0.4}, HERE, "nothing is declined"),
        Published("BM25", {"hit_5": 0.9}, HERE),
        Published("words and dates", {"headline": 0.6, "first": 0.5}, HERE),
    )
    search, sentences = beside(
        summary(
            published,
            hit_1=("Passages: hit at 1", 0.7, 20),
            hit_5=("Passages: hit at 5", 0.8, 20),
            first=("Answer in the first sentence", 0.5, 20),
            headline=("Answer or headline", 0.6, 20),
        )
    )
    assert (search.title, search.columns) == ("Passages", ("hit at 1", "hit at 5"))
    assert search.rows[:3] == (("dense", (0.5, 0.8)), ("BM25", (None, 0.9)), (OURS, (0.7, 0.8)))
    assert [label for label, _ in search.rows[3:]] == [AT_LEAST, AT_MOST]
    assert search.rows[3][1][0] < 0.7 < (search.rows[4][1][0] or 0)
    assert (sentences.title, sentences.columns) == (
        "",
        ("Answer in the first sentence", "Answer or headline"),
    )
    assert [row[0] for row in sentences.rows[:2]] == ["words", "words and dates"]
    assert sentences.sources == ("its paper; nothing is declined", "its paper")


def test_two_groups_become_one_when_a_system_has_figures_of_both() -> None:
    published = (
        Published("a", {"one": 0.1}, HERE),
        Published("b", {"two": 0.2}, HERE),
        Published("c", {"two": 0.3, "one": 0.4}, HERE),
    )
    [table] = beside(summary(published, one=("One", 0.5, 1), two=("Two", 0.6, 1)))
    assert [row[0] for row in table.rows[:3]] == ["a", "b", "c"]


def test_figures_that_the_run_does_not_have_are_left_out() -> None:
    published = (Published("a", {"one": 0.1, "two": 0.2}, HERE), Published("b", {"two": 0.3}, HERE))
    [table] = beside(summary(published, one=("One", 0.5, 4), two=("Two", 0.6, 0)))
    assert (table.columns, [row[0] for row in table.rows]) == (("One",), ["a", OURS, AT_LEAST, AT_MOST])
    assert beside(summary((), one=("One", 0.5, 4))) == ()
    assert beside({"data_set": None, "metrics": {}}) == ()


def test_the_terminal_cuts_no_figure_and_no_name() -> None:
    from rich.console import Console

    names = {f"hit_{depth}": (f"Passages by answer string: hit at {depth}", 0.123, 9) for depth in range(6)}
    system = "a system with a name that is longer than its column"
    figures = dict.fromkeys(names, 0.456)
    [table] = beside(summary((Published(system, figures, HERE),), **names))
    console = Console(width=80, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(comparison_table(table))
    shown = capture.get()
    assert shown.count("0.456") == shown.count("0.123") == 6
    assert "…" not in shown
