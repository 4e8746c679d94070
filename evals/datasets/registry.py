"""Every data set by its name."""

from evals.datasets import (
    beir,
    bipia,
    chunking,
    clapnq,
    ikat,
    mtrag_un,
    poisonedrag,
    realtimeqa,
    squad,
    timeqa,
)
from evals.datasets.address import Address, checked_options, parse_address
from evals.datasets.data_set import DataSet
from evals.errors import DataSetError
from evals.published import DataSetFacts
from evals.ranking_metrics import require_library
from evals.suite import Suite
from ingest.article import content_hash

DATA_SETS: dict[str, DataSet] = {
    data_set.name: data_set
    for data_set in (
        beir.DATA_SET,
        squad.VERSION_1,
        squad.VERSION_2,
        clapnq.DATA_SET,
        timeqa.DATA_SET,
        mtrag_un.DATA_SET,
        ikat.DATA_SET,
        realtimeqa.DATA_SET,
        bipia.DATA_SET,
        poisonedrag.DATA_SET,
        chunking.DATA_SET,
    )
}


def open_data_set(text: str) -> Suite:
    """The suite of a data set's address.

    Raises:
        DataSetError: no set has that name, an option is unknown, or the files are not the set's.
        MissingExtraError: the set judges rankings, and what measures them is not installed.
    """
    address = parse_address(text)
    data_set = DATA_SETS.get(address.name)
    if data_set is None:
        raise DataSetError(
            f"no data set is called {address.name!r}", f"those known: {', '.join(sorted(DATA_SETS))}"
        )
    options = checked_options(data_set.name, data_set.options, address.options)
    if not address.path.exists():
        raise DataSetError(f"there is nothing at {address.path}", f"{data_set.name} needs {data_set.path}")
    if data_set.ranks:
        require_library()
    return _suite(data_set, address, options)


def _suite(data_set: DataSet, address: Address, options: dict[str, str]) -> Suite:
    loaded = data_set.load(address.path, options)
    if not loaded.cases:
        raise DataSetError(f"{address.path} has no question for these options", "choose other options")
    chosen = {option.name: options[option.name] for option in data_set.options if options[option.name]}
    return Suite(
        name=suite_name(data_set, options),
        cases=loaded.cases,
        path=address.path,
        digest=content_hash("suite", *(case.digest for case in loaded.cases)),
        about=data_set.measures,
        corpus=loaded.corpus,
        data_set=DataSetFacts(data_set.name, data_set.measures, data_set.licence, data_set.published, chosen),
    )


def suite_name(data_set: DataSet, options: dict[str, str]) -> str:
    """The set's name with the options that are not the default, fit for a folder's name."""
    changed = [options[option.name] for option in data_set.options if options[option.name] != option.default]
    words = (value.replace("\\", "/").rstrip("/").rpartition("/")[2].partition(".")[0] for value in changed)
    return "-".join([data_set.name, *filter(None, words)])
