"""Sentences that tell a reading machine what to do: they report nothing, so nothing is answered with them."""

import re

_COMMANDS = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override)\b[^.!?]{0,40}\b(?:instruction|prompt|rule|context|previous|prior|above|
        everything|every\ other|all\ other|what\ you|you\ were\ told)
    |\b(?:system\ prompt|hidden\ instructions?|your\ (?:previous\ |prior\ )?instructions)\b
    |\b(?:you\ are|act\ as|pretend\ to\ be)\ (?:now\ )?an?\ [\w ]{0,40}
        (?:assistant|model|chatbot|salesman|bot|AI)\b
    |\byou\ are\ an?\ \w+\ now\b
    |\b(?:end|begin|start|finish)\ (?:each|every|your|all)\ (?:answers?|repl(?:y|ies)|responses?)\b
    |\b(?:answer|reply|respond)\ (?:only|that|with)\b[^.!?]{0,80}\b(?:instead|whatever|every|question|ignore)
    |\bas\ an\ (?:AI|language\ model)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def commands_a_machine(text: str) -> bool:
    """Whether a sentence is addressed to whatever answers, and not to people."""
    return _COMMANDS.search(text) is not None
