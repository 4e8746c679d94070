"""Dates as PDF files write them: D:20230109143000+03'00'."""

import re
from datetime import datetime

_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?)?.*")


def pdf_moment(text: str) -> datetime | None:
    """The moment that a PDF date states (ISO 32000-1, 7.9.4); None for what is no date and time."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, sign, offset_hours, offset_minutes = found.groups()
    zone = "+00:00" if utc else f"{sign}{offset_hours}:{offset_minutes or '00'}" if sign else ""
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}")
    except ValueError:
        return None
