"""The feeds benchmark counts what it says."""

from pathlib import Path

import pytest

from evals.benchmarks.feeds import count, main
from evals.errors import DataSetError

FEED = "<rss version='2.0'><channel><title>{}</title><item><title>{}</title></item></channel></rss>"


def test_feeds_entries_and_refusals_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "feedparser_feeds" / "sanitize"
    folder.mkdir(parents=True)
    (folder / "a.xml").write_text(FEED.format("News", "A &lt;script&gt;x()&lt;/script&gt; title"))
    (folder / "b.xml").write_text("no feed")
    assert main([str(tmp_path)]) == 0
    assert "hostile: 2 feeds, 1 refused, 1 entries, 0 not inert" in capsys.readouterr().out


def test_what_is_not_inert_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xml"
    path.write_text(FEED.format("javascript:x()", "javascript:y()"))
    assert count([path]).active == 2


def test_a_folder_without_feeds_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataSetError):
        main([str(tmp_path)])
