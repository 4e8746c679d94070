"""Building HTML: whatever is not markup already is escaped, so article text cannot become markup."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup

_NAMES_THAT_LEAD_NOWHERE = (".example", ".test", ".invalid", ".localhost")
_NO_DOCUMENT_HOLDS = re.compile("[\x00\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_VOID = frozenset({"br", "hr", "input"})


def text(value: str) -> Markup:
    """Text as markup that a browser reads back as the same text.

    Characters that no document can hold (NUL, lone surrogates) become U+FFFD; a carriage return is written as
    a reference, since a browser would read it as a line feed.
    """
    return Markup.escape(_NO_DOCUMENT_HOLDS.sub("\ufffd", value)).replace("\r", Markup("&#13;"))


def element(name: str, *content: str, **attributes: str | int | bool | None) -> Markup:
    """An element. Content that is not `Markup` is escaped, and every attribute value is.

    Args:
        name: the element's name.
        content: what stands in it, in order.
        attributes: None and False leave an attribute out, True gives it without a value; "_" in a name
            stands for "-", and a name that is a Python keyword ends in "_".
    """
    opening = Markup("<{}{}>").format(name, _attributes(attributes))
    return opening if name in _VOID else opening + join(content) + Markup("</{}>").format(name)


def join(parts: Iterable[str], separator: str = "") -> Markup:
    """Parts one after the other; those that are not `Markup` are escaped."""
    return text_or_markup(separator).join(text_or_markup(part) for part in parts)


def text_or_markup(value: str) -> Markup:
    """Markup as it is, anything else escaped."""
    return value if isinstance(value, Markup) else text(value)


def isolated(value: str) -> Markup:
    """Text whose writing direction cannot spill over into what stands beside it."""
    return element("bdi", value)


def web_address(url: str | None) -> str | None:
    """The address when a link may lead there (http or https, with a host), None otherwise."""
    if not url or any(character.isspace() or ord(character) < 0x20 for character in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and host else None


def address(url: str | None) -> Markup:
    """An address as a link where it can lead somewhere, as plain text otherwise; nothing for none."""
    if not url:
        return Markup("")
    target = web_address(url)
    if target is None or str(urlsplit(target).hostname).endswith(_NAMES_THAT_LEAD_NOWHERE):
        return element("span", isolated(url), class_="fn-address")
    return element(
        "a",
        isolated(url),
        class_="fn-address",
        href=target,
        target="_blank",
        rel="noopener noreferrer nofollow",
    )


def language_tag(language: str | None) -> str | None:
    """A language code fit for a `lang` attribute, None for anything else."""
    return language if language and _LANGUAGE.fullmatch(language) else None


def _attributes(attributes: dict[str, str | int | bool | None]) -> Markup:
    return join(_attribute(name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())


def _attribute(name: str, value: str | int | bool | None) -> Markup:
    if value is None or value is False:
        return Markup("")
    if value is True:
        return Markup(" {}").format(name)
    return Markup(' {}="{}"').format(name, text(str(value)))
