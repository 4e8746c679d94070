"""`footnote eval`: run suites, compare two runs, hold a run against a baseline."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import BaseUrlOption, HomeOption, JsonOption, ModelOption, settings_from

if TYPE_CHECKING:
    from evals.run_folder import RunFolder
    from evals.suite import Suite

WORSE = 1

app = typer.Typer(
    no_args_is_help=True,
    help="Measure answers: run suites of questions, compare runs, stop regressions.",
    pretty_exceptions_enable=False,
)

ReportOption = Annotated[
    Path | None,
    typer.Option("--report", metavar="FOLDER", help="Where the run is kept; name it again to continue it."),
]


PricesOption = Annotated[
    str | None,
    typer.Option(
        "--prices", metavar="IN/OUT", help="US dollars for a million tokens that the model reads and writes."
    ),
]


@app.command("run")
def run(
    context: typer.Context,
    suites: Annotated[
        list[str],
        typer.Argument(
            metavar="SUITE...",
            help="Suite files, built-in suites (samples), or data sets as NAME:PATH?option=value.",
        ),
    ],
    home: HomeOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Only N cases, drawn by the seed.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="Of the draw and the intervals.")] = 0,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            min=1,
            metavar="N",
            help="Questions at a time; times mean less above 1. By default 1, or 4 where a model is asked.",
        ),
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option(
            "--judge", metavar="PROVIDER:NAME", help="A language model that grades the answers too."
        ),
    ] = None,
    judge_base_url: Annotated[
        str | None,
        typer.Option(
            "--judge-base-url",
            metavar="URL",
            help="The judge's server; by default that of --base-url, for a model of the same provider.",
        ),
    ] = None,
    prices: PricesOption = None,
    report: ReportOption = None,
) -> None:
    """Ask every question of the suites, check every answer, and write a report.

    A run that was stopped goes on where it was when the same command names the same folder.
    Ends with exit code 1 when a suite's threshold is missed, 2 when a suite cannot be run.
    """
    from evals.model_judge import open_judge
    from evals.runner import RunSettings
    from evals.running import default_jobs, run_on_collection
    from evals.suite_file import find_suite
    from evals.usage import Prices
    from evals.view import print_run

    found = [find_suite(name) for name in suites]
    settings = settings_from(context, home, model=model, base_url=base_url)
    opened = open_judge(settings, judge, judge_base_url) if judge is not None else None
    jobs = jobs or default_jobs(settings, opened)
    costs = None if prices is None else Prices.parse(prices)
    options = RunSettings(limit, seed, jobs, home, opened, costs)
    missed = False
    for suite, folder in _with_folders(found, report):
        result = run_on_collection(suite, folder, options, settings)
        print_run(result)
        missed = missed or bool(result.summary["thresholds_missed"])
    if missed:
        raise typer.Exit(WORSE)


@app.command("datasets")
def datasets(as_json: JsonOption = False) -> None:
    """List the data sets that can be run, each as NAME:PATH?option=value&option=value.

    None comes with Footnote: PATH is where you keep the set. Each has its own licence.
    """
    from assistant.cli.terminal import json_text, write_result
    from evals.datasets import DATA_SETS
    from evals.datasets.view import data_set_json, print_data_sets

    if as_json:
        write_result(json_text([data_set_json(one) for one in DATA_SETS.values()], indent=2))
    else:
        print_data_sets(DATA_SETS.values())


@app.command("compare")
def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="The folder of the earlier run.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The folder of the later run.")],
    as_json: JsonOption = False,
) -> None:
    """Show what got better and worse from run A to run B, figure by figure and case by case."""
    from assistant.cli.terminal import json_text, write_result
    from evals.comparing import compare_runs
    from evals.run_folder import RunFolder
    from evals.view import print_comparison

    comparison = compare_runs(RunFolder(first), RunFolder(second))
    if as_json:
        write_result(json_text(comparison.to_json(), indent=2))
    else:
        print_comparison(comparison)


@app.command("gate")
def gate(
    context: typer.Context,
    run_or_suite: Annotated[
        str,
        typer.Argument(
            metavar="RUN|SUITE", help="The folder of a finished run, or a suite, which is run first."
        ),
    ],
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline", metavar="FILE", help="The baseline; by default the one that comes with the suite."
        ),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Store this run as the baseline instead.")] = False,
    home: HomeOption = None,
    report: ReportOption = None,
) -> None:
    """Stop a change that made answers worse than the stored baseline, beyond what chance explains.

    Exit codes: 0 as good or better, 1 worse or below a threshold, 2 the two cannot be compared.
    """
    from evals.gate import built_in_baseline, check_gate, read_baseline, write_baseline
    from evals.run_folder import REPORT, RunFolder
    from evals.view import print_gate, print_stored

    given = RunFolder(Path(run_or_suite))
    folder = given if given.path.is_dir() else _run_now(context, run_or_suite, home, report)
    path = baseline or built_in_baseline(folder.manifest()["suite"]["name"])
    if accept:
        write_baseline(folder, path)
        print_stored(path)
        return
    result = check_gate(folder, read_baseline(path))
    print_gate(result, folder.path / REPORT)
    if not result.passed:
        raise typer.Exit(WORSE)


def _run_now(context: typer.Context, named: str, home: Path | None, report: Path | None) -> "RunFolder":
    """The folder of a run of the whole suite, made now."""
    from evals.runner import RunSettings
    from evals.running import run_on_collection
    from evals.suite_file import find_suite

    suite = find_suite(named)
    [(_, folder)] = _with_folders([suite], report)
    return run_on_collection(suite, folder, RunSettings(home=home), settings_from(context, home)).folder


def _with_folders(suites: "list[Suite]", report: Path | None) -> "list[tuple[Suite, Path]]":
    """Each suite with its run folder: the one named, or a folder in it for each of several suites."""
    from evals.running import default_folder

    if report is None:
        return [(suite, default_folder(suite.name)) for suite in suites]
    if len(suites) == 1:
        return [(suites[0], report)]
    return [(suite, report / suite.name) for suite in suites]
