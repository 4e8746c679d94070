"""The page: a chat in the browser, served by the same process as the API."""

from assistant.page.mounting import build_blocks, mount
from assistant.page.service import PageService

__all__ = ["PageService", "build_blocks", "mount"]
