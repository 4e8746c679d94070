"""Prompt files are checked when they load, and rendering fills each placeholder exactly once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts import REFUSAL, PromptError, load_prompt, parse_prompt, prompt_names

HEAD = "---\nname: greet\nversion: 2\nplaceholders: [who, day]\n---\n"
GOOD = HEAD + "Hello {{who}}, it is {{ day }}. Bye, {{who}}.\n"


def changed(old: str, new: str) -> str:
    """The good prompt file with one piece replaced."""
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_prompt_is_read_and_rendered() -> None:
    prompt = parse_prompt(GOOD)
    assert (prompt.name, prompt.version, prompt.placeholders) == ("greet", 2, ("who", "day"))
    assert prompt.render(who="Ada", day="Monday") == "Hello Ada, it is Monday. Bye, Ada."


@given(st.text(), st.text())
def test_values_are_inserted_as_they_are(who: str, day: str) -> None:
    assert parse_prompt(GOOD).render(who=who, day=day) == f"Hello {who}, it is {day}. Bye, {who}."


def test_a_mark_inside_a_value_is_not_filled() -> None:
    assert parse_prompt(GOOD).render(who="{{day}}", day="x").startswith("Hello {{day}}, it is x.")


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (changed("[who, day]", "[who, day, city]"), "city"),
        (changed("[who, day]", "[who]"), "day"),
        (changed("[who, day]", "who"), "placeholders"),
        (changed("[who, day]", "[who, who, day]"), "placeholders"),
        (changed("[who, day]", "[Who, day]"), "Who"),
        (changed("{{who}}, it", "{{WHO}}, it"), "{{WHO}}"),
        (changed("{{who}}, it", "{{who}, it"), "{{"),
        (changed("version: 2", "version: two"), "version"),
        (changed("version: 2", "version: 0"), "version"),
        (changed("version: 2\n", ""), "version"),
        (changed("version: 2", "version: 2\nauthor: me"), "author"),
        (changed("name: greet", "name: ''"), "name"),
        (changed("name: greet", "name: [unclosed"), "YAML"),
        ("Hello.", "front matter"),
        ("---\nname: empty\nversion: 1\nplaceholders: []\n---\n", "empty"),
    ],
)
def test_a_malformed_file_is_rejected_by_name(source: str, named: str) -> None:
    with pytest.raises(PromptError) as caught:
        parse_prompt(source)
    assert named in caught.value.message
    assert caught.value.advice


def test_rendering_needs_exactly_the_declared_values() -> None:
    prompt = parse_prompt(GOOD)
    with pytest.raises(PromptError, match="without day"):
        prompt.render(who="Ada")
    with pytest.raises(PromptError, match="no placeholder city"):
        prompt.render(who="Ada", day="Monday", city="Rome")


def test_every_prompt_of_the_package_loads() -> None:
    assert {"answer_system", "answer_passage", "answer_question"} <= set(prompt_names())
    assert [load_prompt(name).name for name in prompt_names()] == list(prompt_names())


def test_an_unknown_prompt_is_named() -> None:
    with pytest.raises(PromptError, match="no prompt 'nowhere'"):
        load_prompt("nowhere")
    with pytest.raises(PromptError, match="no prompt"):
        load_prompt("../texts/answer_system")


def test_the_refusal_has_one_home() -> None:
    written = {name: load_prompt(name).text for name in prompt_names()}
    assert [name for name, text in written.items() if REFUSAL in text] == []
    assert REFUSAL in load_prompt("answer_system").render(refusal=REFUSAL)
