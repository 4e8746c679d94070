"""Making article text safe to stand inside a prompt: it cannot leave its fence, cite, refuse or hide."""

import re
import unicodedata

from assistant.siblings import REFUSAL

_BRACKETS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "【": "(", "】": ")"})
_KEPT_CONTROLS = "\n\t"
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPOKEN_REFUSAL = REFUSAL.replace("_", " ")


def visible(text: str) -> str:
    """The text without the characters that a reader does not see.

    Control characters (terminal escapes), direction overrides, tag characters that spell hidden instructions,
    private and unassigned code points.
    """
    return "".join(
        character
        for character in text
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in _HIDDEN_CATEGORIES
    )


def as_data(text: str) -> str:
    """Text for the inside of a fence.

    Angle brackets close no fence and form no chat template mark, square brackets no citation, and the word
    of refusal is spelt apart.
    """
    shown = visible(text).translate(_BRACKETS)
    return re.sub(re.escape(REFUSAL), _SPOKEN_REFUSAL, shown, flags=re.IGNORECASE)


def as_line(text: str) -> str:
    """The same on one line, for a title or a publisher."""
    return " ".join(as_data(text).split())
