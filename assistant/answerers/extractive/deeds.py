"""Words for the same deed or measure, for judging whether a sentence speaks of what is asked."""

from assistant.understanding.words import word_key

_LINES = """
killed kill kills died die dies dead death deaths toll fatalities fatality victims lives perished murdered
injured injuries injury hurt wounded wounds
phone phoned telephone telephoned call called spoke
head headed heads led lead leads leader president chief ceo commander chaired chairman director ran
cost costs worth price priced paid pay valued value fee sum bill spend spent
won win wins winner victory beat beaten beating defeated defeat champion champions title
wrote write written author wrote authored penned
began begin begun started start starts opened
ended end ends finished finish over
bought buy purchase purchased acquired acquisition ordered order
sold sell sale sales
received receive got get given gave awarded award went prize
signed sign signing signature
approved approve ratified ratify ratification voted passed vote votes
represented represent attended took
arrived arrive delivered delivery received landed
removed remove removal kicked kick dropped drop expelled excluded suspended ousted
law laws act acts legislation statute
allow allowed permit permitted release released free freed
large largest biggest size
"""
"""A line for each deed."""


def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _LINES.strip().splitlines():
        keys = frozenset(key for key in map(word_key, line.split()) if key)
        for key in keys:
            found[key] = found.get(key, frozenset()) | keys
    return found


SAME_DEED: dict[str, frozenset[str]] = _groups()
"""The keys of all words for a deed, by the key of one of them."""


def is_met(key: str, keys: frozenset[str]) -> bool:
    """Whether a word, or another word for the same deed, is among keys."""
    return key in keys or not keys.isdisjoint(SAME_DEED.get(key, frozenset()))
