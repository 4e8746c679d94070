"""Finding and reading suites: by the name of a built-in one, or by the path of a file."""

from importlib.resources import as_file, files
from pathlib import Path

from evals.datasets import is_address, open_data_set
from evals.errors import SuiteError, SuiteMissingError
from evals.located import Located, Pair, read_json_lines, read_yaml
from evals.metrics import METRICS
from evals.schema import CASE_KEYS, SuiteHead, SuiteReader
from evals.suite import Suite
from ingest.article import content_hash

SAMPLES = "samples"
YAML_SUFFIXES = (".yaml", ".yml")
JSON_SUFFIXES = (".jsonl", ".ndjson")


def built_in_suites() -> tuple[str, ...]:
    """The names of the suites that come with Footnote."""
    folder = files("evals") / "suites"
    names = (entry.name for entry in folder.iterdir() if entry.name.endswith(YAML_SUFFIXES))
    return tuple(sorted(name.rsplit(".", 1)[0] for name in names))


def find_suite(named: str) -> Suite:
    """The suite of a file path, or of a built-in name or a data set ("squad-v2:PATH") where there is no file.

    Raises:
        SuiteMissingError: there is none of these.
        SuiteError: the file is no valid suite.
        DataSetError: the data set cannot be read.
    """
    path = Path(named).expanduser()
    if path.is_file():
        return read_suite(path)
    if is_address(named):
        return open_data_set(named)
    if named in built_in_suites():
        with as_file(files("evals") / "suites" / f"{named}.yaml") as kept:
            return read_suite(kept)
    names = ", ".join(built_in_suites())
    raise SuiteMissingError(
        f"no suite is called {named!r}, and no file has that path",
        f"built in: {names}; data sets: see `footnote eval datasets`",
    )


def read_suite(path: Path) -> Suite:
    """Read a suite from a YAML file, or from JSON lines (one case a line; a head may stand first).

    Raises:
        SuiteError: with every problem and its line.
    """
    text = _read_text(path)
    reader = SuiteReader(path, [metric.name for metric in METRICS])
    if path.suffix.lower() in JSON_SUFFIXES:
        rows = read_json_lines(path, text)
        heads = [row for row in rows[:1] if not _is_case(row)]
        head = reader.head(heads[0]) if heads else SuiteHead()
        values = rows[len(heads) :]
    else:
        document = read_yaml(path, text)
        head, values = reader.head(document), reader.case_values(document)
    return _assemble(path, reader, head, values)


def _assemble(path: Path, reader: SuiteReader, head: SuiteHead, values: list[Located]) -> Suite:
    cases = reader.cases(values, head.as_of)
    if not cases and not reader.problems:
        reader.problems.append(f"{path}:1: the suite has no case")
    if reader.problems:
        raise SuiteError(reader.problems)
    return Suite(
        name=head.name or path.stem,
        cases=cases,
        path=path,
        digest=content_hash("suite", *(case.digest for case in cases)),
        about=head.about,
        collection=_collection(head.collection, path),
        thresholds=head.thresholds,
    )


def _read_text(path: Path) -> str:
    known = (*YAML_SUFFIXES, *JSON_SUFFIXES)
    if path.suffix.lower() not in known:
        raise SuiteError([f"{path}: a suite's file name ends in one of {', '.join(known)}"])
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SuiteError([f"{path}: not UTF-8 text (byte {error.start})"]) from error


def _is_case(row: Located) -> bool:
    keys = {pair.key for pair in _pairs(row)}
    return bool(keys & set(CASE_KEYS) - {"as_of"})


def _pairs(row: Located) -> tuple[Pair, ...]:
    return row.content if isinstance(row.content, tuple) else ()


def _collection(named: str | None, path: Path) -> str | None:
    """A path in a suite file is meant from that file's folder."""
    if named is None or named == SAMPLES:
        return named
    return str((path.resolve().parent / Path(named).expanduser()).resolve())
