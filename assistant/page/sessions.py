"""The sessions of open pages, so that a page that is loaded again goes on where it was."""

import re
from collections import OrderedDict
from threading import Lock

from assistant.page.session import Session

MOST_KEPT = 500
"""Sessions that are remembered; the one that was loaded longest ago is forgotten first."""

_KEY = re.compile(r"[0-9a-f]{32}")


class Sessions:
    """Sessions by the secret of a browser's tab: 128 random bits that it made and shows to nobody else."""

    def __init__(self, most_kept: int = MOST_KEPT) -> None:
        self._most_kept = most_kept
        self._kept: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def of(self, key: object, opened: Session) -> Session:
        """The session of a tab: the kept one, or the one that its page was opened with.

        The latter where the tab has none yet, or where something was asked before the page was through
        loading. What is no key never gets the session of another.
        """
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            return opened
        with self._lock:
            session = self._kept.setdefault(key, opened)
            if opened.page.turns:
                session = self._kept[key] = opened
            self._kept.move_to_end(key)
            while len(self._kept) > self._most_kept:
                self._kept.popitem(last=False)
            return session
