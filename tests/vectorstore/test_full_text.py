"""The Tantivy folder: what is written again takes the place of what was there."""

from pathlib import Path

from vectorstore.full_text import FullTextDocument, FullTextFolder


def documents(**texts: str) -> list[FullTextDocument]:
    """A document for each word, in the row that its name ends with."""
    return [FullTextDocument(int(name[1:]), text, "article", None, None) for name, text in texts.items()]


def test_a_document_takes_the_place_of_the_one_in_its_row(tmp_path: Path) -> None:
    folder = FullTextFolder(tmp_path / "keywords")
    folder.write(documents(r0="heron", r1="otter", r2="stork"), anew=False)
    folder.write(documents(r2="crane", r3="stork", r1="beaver"), anew=False)
    assert folder.count() == 4
    assert {word: folder.matching(word) for word in ("heron", "otter", "stork", "crane", "beaver")} == {
        "heron": 1,
        "otter": 0,
        "stork": 1,
        "crane": 1,
        "beaver": 1,
    }


def test_written_anew_nothing_of_before_is_left(tmp_path: Path) -> None:
    folder = FullTextFolder(tmp_path / "keywords")
    folder.write(documents(r0="heron", r7="otter"), anew=False)
    folder.write(documents(r0="stork", r1="crane"), anew=True)
    assert folder.count() == 2
    assert folder.matching("otter") == 0
