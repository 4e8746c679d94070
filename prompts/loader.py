"""Prompt files: front matter (name, version, placeholders) above a text with `{{placeholder}}` marks."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
BRACES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}", re.DOTALL)
FIELDS = frozenset({"name", "version", "placeholders"})
SUFFIX = ".md"


class PromptError(Exception):
    """A prompt file, or a use of one, is wrong.

    Attributes:
        message: one line, what is wrong and in which prompt.
        advice: one line, what to change.
    """

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(f"{message} {advice}")
        self.message = message
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt text whose placeholders are known to be exactly those it declares.

    Attributes:
        version: from 1 upwards; a changed text gets a new one.
        placeholders: in the order declared, each used at least once in `text`.
    """

    name: str
    version: int
    placeholders: tuple[str, ...]
    text: str

    def render(self, **values: str) -> str:
        """The text with every placeholder filled; marks inside the values are left as they are.

        Raises:
            PromptError: a value is missing, or one is given that the prompt does not declare.
        """
        _check_same_names(
            declared=frozenset(self.placeholders),
            found=frozenset(values),
            missing=f"The prompt {self.name!r} was rendered without",
            unknown=f"The prompt {self.name!r} has no placeholder",
        )
        return PLACEHOLDER.sub(lambda mark: values[mark[1]], self.text)


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt in the file `<name>.md` of this package.

    Raises:
        PromptError: there is no such prompt, or its file is malformed.
    """
    if name not in prompt_names():
        raise PromptError(f"There is no prompt {name!r}.", f"The prompts are {', '.join(prompt_names())}.")
    source = (_folder() / f"{name}{SUFFIX}").read_text(encoding="utf-8")
    prompt = parse_prompt(source)
    if prompt.name != name:
        raise PromptError(
            f"The file {name}{SUFFIX} says that its name is {prompt.name!r}.",
            "Give the file and its front matter one name.",
        )
    return prompt


def prompt_names() -> tuple[str, ...]:
    """The names of all prompts of this package, sorted."""
    found = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


def parse_prompt(source: str) -> Prompt:
    """Read a prompt from the text of its file.

    Raises:
        PromptError: the front matter is missing or malformed, or its placeholders are not those of the text.
    """
    metadata, text = _front_matter(source)
    _check_same_names(
        declared=FIELDS,
        found=frozenset(metadata),
        missing="A prompt's front matter lacks",
        unknown="A prompt's front matter has the unknown field",
    )
    prompt = Prompt(
        name=_name(metadata["name"]),
        version=_version(metadata["version"]),
        placeholders=_placeholders(metadata["placeholders"]),
        text=text.strip(),
    )
    _check_text(prompt)
    return prompt


def _folder() -> Any:
    return files(__package__) / "texts"


def _front_matter(source: str) -> tuple[dict[str, object], str]:
    import frontmatter
    import yaml

    try:
        post = frontmatter.loads(source)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise PromptError(
            f"A prompt's front matter is not YAML: {reason}.", "Write it between two lines of ---."
        ) from error
    return dict(post.metadata), str(post.content)


def _name(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise PromptError(f"A prompt's name is {value!r}.", "Write the file's name without its suffix.")


def _version(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    raise PromptError(f"A prompt's version is {value!r}.", "Write a whole number from 1 upwards.")


def _placeholders(value: object) -> tuple[str, ...]:
    names = tuple(value) if isinstance(value, list) else (None,)
    good = all(isinstance(name, str) and PLACEHOLDER.fullmatch("{{" + name + "}}") for name in names)
    if good and len(set(names)) == len(names):
        return tuple(str(name) for name in names)
    raise PromptError(
        f"A prompt's placeholders are {value!r}.",
        "Write a list of different names in lower case, or [] where there are none.",
    )


def _check_text(prompt: Prompt) -> None:
    if not prompt.text:
        raise PromptError(f"The prompt {prompt.name!r} is empty.", "Write its text below the front matter.")
    malformed = [mark for mark in BRACES.findall(prompt.text) if not PLACEHOLDER.fullmatch(mark)]
    if malformed:
        raise PromptError(
            f"The prompt {prompt.name!r} has a malformed placeholder: {malformed[0]!r}.",
            "Write {{name}}, in lower case.",
        )
    _check_same_names(
        declared=frozenset(prompt.placeholders),
        found=frozenset(PLACEHOLDER.findall(prompt.text)),
        missing=f"The prompt {prompt.name!r} declares, and its text does not use,",
        unknown=f"The prompt {prompt.name!r} uses, and does not declare,",
    )


def _check_same_names(declared: frozenset[str], found: frozenset[str], missing: str, unknown: str) -> None:
    if absent := sorted(declared - found):
        raise PromptError(f"{missing} {', '.join(absent)}.", "Add what is missing.")
    if extra := sorted(found - declared):
        known = ", ".join(sorted(declared)) or "none"
        raise PromptError(f"{unknown} {', '.join(extra)}.", f"It takes {known}.")
