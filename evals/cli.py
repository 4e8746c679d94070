"""`footnote eval`: run suites, compare two runs, hold a run against a baseline."""

from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import BaseUrlOption, HomeOption, JsonOption, ModelOption, settings_from
from evals.options import (
    PAGE,
    DeclinedOption,
    JobsOption,
    JudgeBaseUrlOption,
    JudgeOption,
    LimitOption,
    PricesOption,
    ReportOption,
    RightOption,
    SeedOption,
    SuitesArgument,
    WrongOption,
)

if TYPE_CHECKING:
    from evals.run_folder import RunFolder
    from evals.suite import Suite

WORSE = 1

app = typer.Typer(
    no_args_is_help=True,
    help="Measure answers: run suites of questions, compare runs, stop regressions.",
    pretty_exceptions_enable=False,
)


@app.command("run")
def run(
    context: typer.Context,
    suites: SuitesArgument,
    home: HomeOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    limit: LimitOption = None,
    seed: SeedOption = 0,
    jobs: JobsOption = None,
    judge: JudgeOption = None,
    judge_base_url: JudgeBaseUrlOption = None,
    prices: PricesOption = None,
    report: ReportOption = None,
) -> None:
    """Ask every question of the suites, check every answer, and write a report.

    A run that was stopped goes on where it was when the same command names the same folder.
    Ends with exit code 1 when a suite's threshold is missed, 2 when a suite cannot be run.
    """
    from evals.model_judge import open_judge
    from evals.run_folder import REPORT
    from evals.runner import RunSettings
    from evals.running import default_jobs, run_on_collection, telling_where
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
        with telling_where(folder):
            result = run_on_collection(suite, folder, options, settings)
        if report is not None and report.suffix == PAGE:
            copyfile(folder / REPORT, report)
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


@app.command("draw")
def draw_answers(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.")],
    right: RightOption = 10,
    wrong: WrongOption = 10,
    seed: SeedOption = 0,
    declined: DeclinedOption = False,
) -> None:
    """Print answers of a run, drawn at random, as Markdown to read and comment: question, expected, shown.

    Answers that were right and answers that were wrong are drawn apart; the same seed draws the same.
    """
    from assistant.cli.terminal import write_result
    from evals.drawing import as_markdown, draw
    from evals.run_folder import RunFolder

    folder = RunFolder(run)
    suite = folder.manifest()["suite"]["name"]
    records = [record.without_passages() for record in folder.each_record()]
    drawn = draw(records, right, wrong, seed, declined=declined)
    write_result(as_markdown(drawn, suite, seed).removesuffix("\n"))


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
    from evals.running import default_folder, folder_name

    if report is None:
        return [(suite, default_folder(suite.name)) for suite in suites]
    if len(suites) == 1:
        return [(suites[0], report.with_suffix("") if report.suffix == PAGE else report)]
    if report.suffix == PAGE:
        raise typer.BadParameter("several suites need a folder, not one page", param_hint="'--report'")
    names = [folder_name(suite.name) for suite in suites]
    repeated = [f"{name}-{place}" for place, name in enumerate(names, start=1)]
    chosen = names if len(set(names)) == len(names) else repeated
    return [(suite, report / name) for suite, name in zip(suites, chosen, strict=True)]
