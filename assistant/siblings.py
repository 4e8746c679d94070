"""Footnote's other packages, found even where a file of the user's has the same name.

Their names are everyday words. Python looks first in the folder of the running script, so a user's own
`prompts.py` there would be imported in place of ours. In a process that is ours (`footnote`, `python -m
assistant`) our packages come first. In the user's own program the prompts are loaded beside the user's module
under a private name, and a hidden `ingest` or `vectorstore` is an error that names the file.
"""

import importlib
import itertools
import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("ingest", "vectorstore")
OWN_COMMAND = "footnote"


class HiddenPackageError(ImportError):
    """A module of the user's hides a package of Footnote's."""


def guard() -> None:
    """See to it that `ingest` and `vectorstore` mean Footnote's own.

    Raises:
        HiddenPackageError: they do not, and the process is the user's own program.
    """
    if _is_own_process():
        _leave_working_folder()
        for name in (*NEEDED, "prompts", "evals"):
            if not _is_ours(name):
                _load(name, name)
        return
    for name in NEEDED:
        if not _is_ours(name):
            raise HiddenPackageError(
                f"Footnote's package {name!r} is hidden by {_found_at(name)}. "
                "Rename that file, or run the program from another folder."
            )


def own_prompts() -> ModuleType:
    """Footnote's `prompts` package, whatever `import prompts` would find."""
    if _is_ours("prompts"):
        return importlib.import_module("prompts")
    private = "_footnote_prompts"
    return sys.modules.get(private) or _load("prompts", private)


def _is_own_process() -> bool:
    started_as = sys.argv[0] if sys.argv else ""
    arguments = sys.orig_argv
    as_module = started_as == "-m" and any(
        pair == ("-m", "assistant") for pair in itertools.pairwise(arguments)
    )
    return as_module or Path(started_as).stem == OWN_COMMAND


def _leave_working_folder() -> None:
    """Undo what `python -m` does to the search path, so that no file lying about is imported."""
    if sys.argv[0] != "-m" or not sys.path or sys.flags.safe_path:
        return
    if Path(sys.path[0]).resolve() == Path.cwd() != ROOT:
        del sys.path[0]


def _is_ours(name: str) -> bool:
    spec = _spec(name)
    if spec is None or spec.origin is None:
        return False
    return Path(spec.origin).resolve().parent == ROOT / name


def _spec(name: str) -> ModuleSpec | None:
    loaded = sys.modules.get(name)
    return find_spec(name) if loaded is None else loaded.__spec__


def _found_at(name: str) -> str:
    spec = _spec(name)
    loaded = sys.modules.get(name)
    return (spec and spec.origin) or getattr(loaded, "__file__", None) or "another module of that name"


def _load(name: str, as_name: str) -> ModuleType:
    folder = ROOT / name
    spec = spec_from_file_location(as_name, folder / "__init__.py", submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None or not folder.is_dir():
        raise HiddenPackageError(f"Footnote's package {name!r} is missing from {ROOT}. Install it again.")
    module = module_from_spec(spec)
    sys.modules[as_name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[as_name]
        raise
    return module


if TYPE_CHECKING:
    from prompts import REFUSAL, Prompt, PromptError, load_prompt
else:
    guard()
    _prompts = own_prompts()
    REFUSAL, Prompt = _prompts.REFUSAL, _prompts.Prompt
    PromptError, load_prompt = _prompts.PromptError, _prompts.load_prompt

__all__ = ["REFUSAL", "HiddenPackageError", "Prompt", "PromptError", "guard", "load_prompt", "own_prompts"]
