"""Addresses of the web: one spelling for each, and which of them are asked for at all."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from ingest.sources.web.errors import AddressError

SCHEMES = frozenset({"http", "https"})
LONGEST_ADDRESS = 8_000
"""Characters; servers refuse longer ones."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SHOWN_CHARACTERS = 200
_PATH_SAFE = "/%:=&?~#+!$,;'@()*[]|"
_QUERY_SAFE = f"{_PATH_SAFE}{{}}^`"
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Host:
    """Where a request goes. `port` is always told."""

    scheme: str
    name: str
    port: int

    @property
    def origin(self) -> str:
        """The host as the beginning of an address."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        own = self.port != _DEFAULT_PORTS[self.scheme]
        return f"{self.scheme}://{name}:{self.port}" if own else f"{self.scheme}://{name}"


def host_of(address: str) -> Host:
    """The host of an address that `normalised` has made."""
    parts = urlsplit(address)
    return Host(parts.scheme, parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme])


def normalised(text: str, base: str | None = None) -> str:
    """An address in its one spelling: lower case host in ASCII, no fragment, everything percent-encoded.

    Args:
        text: the address, or with `base` a reference that is relative to it.
        base: the address of the document that the reference stands in.

    Raises:
        AddressError: it is none of http or https, names no host, or carries a user name.
    """
    written = "".join(text.split("\n")).replace("\r", "").replace("\t", "").strip()
    try:
        parts = urlsplit(urljoin(base, written) if base else written)
        port = parts.port
    except ValueError as error:
        raise _refused(text, "it is no address") from error
    if parts.scheme not in SCHEMES:
        raise _refused(text, "only http and https are fetched")
    if not parts.hostname:
        raise _refused(text, "it names no host")
    if parts.username is not None or parts.password is not None:
        raise _refused(f"{parts.scheme}://…@{parts.hostname}", "it carries a user name, and none is sent")
    host = _ascii_host(parts.hostname, text)
    own_port = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    path = _quoted(parts.path or "/", _PATH_SAFE)
    address = urlunsplit((parts.scheme, f"{host}{own_port}", path, _quoted(parts.query, _QUERY_SAFE), ""))
    if len(address) > LONGEST_ADDRESS:
        raise _refused(text, f"it has more than {LONGEST_ADDRESS:,} characters")
    return address


def shown(address: str) -> str:
    """An address for a message, of one line's length."""
    return address if len(address) <= _SHOWN_CHARACTERS else f"{address[:_SHOWN_CHARACTERS]}…"


def is_address(text: str) -> bool:
    """Whether a text is an address of the web that would be asked for."""
    try:
        return bool(normalised(text))
    except AddressError:
        return False


def _quoted(text: str, safe: str) -> str:
    quoted = quote(text.encode("utf-8", "replace"), safe=safe)
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quoted)


def _ascii_host(host: str, text: str) -> str:
    """The host's name as DNS knows it."""
    import idna

    if _UNSAFE.search(host):
        raise _refused(text, "its host is no name")
    if ":" in host:
        return f"[{host.lower()}]"
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise _refused(text, "its host is no name") from error


def _refused(text: str, reason: str) -> AddressError:
    return AddressError(
        f"{shown(' '.join(text.split()))} is not fetched: {reason}.", "Write it as https://host/path."
    )
