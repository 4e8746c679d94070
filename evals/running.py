"""From a suite to an open assistant on the right collection, and back to a finished run."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assistant.cli.terminal import message_console, say
from assistant.settings import Settings
from evals.collection import collection_home, corpus_home
from evals.opinion import AnswerJudge
from evals.progress import RunProgress, run_progress
from evals.runner import RunResult, RunSettings, run_suite
from evals.subject import AssistantSubject, Subject
from evals.suite import Suite

RUNS = "footnote-runs"
JOBS_WITH_MODEL = 4
LONGEST_NAME = 80


def run_on_collection(suite: Suite, folder: Path, options: RunSettings, settings: Settings) -> RunResult:
    """Run the suite with an assistant on its collection.

    The home that `options` name is used as it is. Without one, a suite that names a collection gets a cached
    home with exactly that; a suite that names none is asked of the home in the settings.

    Raises:
        FootnoteError: the suite, the collection, the index or the folder cannot be used.
    """
    with opened_subject(suite, options.home, settings) as (subject, home):
        return run_suite(suite, subject, folder, replace(options, home=home), _shown)


@contextmanager
def opened_subject(suite: Suite, home: Path | None, settings: Settings) -> Iterator[tuple[Subject, Path]]:
    """An assistant on the suite's collection, ready to be asked, and the home that it reads.

    Args:
        home: used as it is; None takes the collection that the suite names, else the settings' home.

    Raises:
        FootnoteError: the collection or the index cannot be used.
    """
    from assistant.core import Assistant

    used = home or _home_of(suite, settings)
    chosen = settings.model_copy(update={"home": used})
    with Assistant.open(used, settings=chosen) as assistant:
        assistant.warm_up()
        yield AssistantSubject(assistant, chosen), used


@contextmanager
def telling_where(folder: Path) -> Iterator[None]:
    """When a run is stopped by hand, say where it lies and how it goes on."""
    try:
        yield
    except KeyboardInterrupt:
        if folder.is_dir():
            say(f"the run so far is in {folder}; the same command with --report {folder} goes on")
        raise


def default_jobs(settings: Settings, judge: AnswerJudge | None) -> int:
    """How many questions to ask at a time: several where the machine waits for a model, else one."""
    return JOBS_WITH_MODEL if settings.uses_language_model or judge is not None else 1


def default_folder(suite_name: str) -> Path:
    """A new folder for a run, in the current one."""
    moment = datetime.now().strftime("%Y%m%d-%H%M%S")
    return Path(RUNS) / f"{folder_name(suite_name)}-{moment}"


def folder_name(suite_name: str) -> str:
    """The suite's name as the name of one folder: no separators, no leading dot, not too long."""
    return re.sub(r"[^\w.-]+", "-", suite_name).strip(".-")[:LONGEST_NAME] or "suite"


def _home_of(suite: Suite, settings: Settings) -> Path:
    if suite.corpus is not None:
        return corpus_home(suite.corpus, settings)
    return settings.home if suite.collection is None else collection_home(suite.collection, settings)


def _shown(name: str, total: int, done: int, failed: int) -> AbstractContextManager[RunProgress]:
    return run_progress(message_console(), name, total, done, failed)
