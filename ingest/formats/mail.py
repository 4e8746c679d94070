"""Email messages (RFC 5322), read with the standard library: what a reader would see, no attachments."""

import re
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from ingest.article import Moment
from ingest.decoding import decode_text
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats.dates import read_moment
from ingest.formats.extract import Extract, Format
from ingest.formats.html_text import text_of_fragment

MEDIA_TYPE = "message/rfc822"

_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_HEADER_NAMES = re.compile(
    rb"^(?:from|received|return-path|message-id|delivered-to|mime-version):", re.I | re.M
)
_HEADER = "mail header"


def extract(document: RawDocument) -> Extract:
    """Read a message. Its date is when it was sent.

    Raises:
        ExtractionError: it is no message, or has no text.
    """
    message = parsed_message(document.data)
    text = _body(message)
    sent = _moment(_header(message, "Date"))
    facts = {"title": _header(message, "Subject"), "authors": _header(message, "From"), "published_at": sent}
    return Extract(
        text=text,
        title=_header(message, "Subject"),
        authors=tuple(name or address for name, address in getaddresses([_header(message, "From")])),
        published_at=sent,
        language=_header(message, "Content-Language") or None,
        found={name: _HEADER for name, value in facts.items() if value},
    )


def parsed_message(data: bytes) -> EmailMessage:
    """The message that some bytes are.

    Raises:
        ExtractionError: they are none, or one that is nested too deeply.
    """
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
    except (MessageError, RecursionError, ValueError) as error:
        raise ExtractionError("The message is damaged or nested too deeply.", "Save it again.") from error
    if not message.keys():
        raise ExtractionError("It is no email message: it has no headers.", "Check what the file is.")
    return message


def _header(message: EmailMessage, name: str) -> str:
    """A header as text, "" for none; one that breaks the rules is taken as it stands."""
    try:
        return str(message.get(name) or "")
    except (ValueError, TypeError, IndexError, AttributeError):
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return " ".join(str(raw).split())


def _moment(text: str) -> Moment | None:
    return read_moment(text) if text else None


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        raise ExtractionError(
            "There is no text in the message.", "Attachments are not read: save them apart."
        )
    data = part.get_payload(decode=True)
    text = decode_text(data if isinstance(data, bytes) else b"", part.get_content_charset())
    return text_of_fragment(text) if part.get_content_subtype() == "html" else text


def _recognises(data: bytes) -> bool:
    head = data[:8192]
    return _HEADERS.match(head) is not None and _HEADER_NAMES.search(head) is not None


FORMAT = Format(
    "email message", (".eml",), recognises=_recognises, extract=extract, media_types=(MEDIA_TYPE,)
)
