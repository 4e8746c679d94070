"""Places: which page an offset lies on."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.places import Place, PlacedText, place_at
from ingest.text import stored_text

PAGES = (Place(4, "p. 1"), Place(10, "p. 2"), Place(20, "p. 3"))


def test_a_place_reaches_to_the_next_one() -> None:
    labels = [place_at(PAGES, offset) for offset in (0, 3, 4, 9, 10, 19, 20, 1000)]
    assert labels == [None, None, "p. 1", "p. 1", "p. 2", "p. 2", "p. 3", "p. 3"]
    assert place_at((), 5) is None


@given(st.lists(st.tuples(st.text(" \n\tab\u00adé\u0301\ufeff", max_size=8), st.sampled_from("123"))))
def test_every_piece_lies_where_its_place_says(pieces: list[tuple[str, str]]) -> None:
    placed = PlacedText()
    for piece, label in pieces:
        placed.add(piece, label)
    kept = [(stored_text(piece), label) for piece, label in pieces if stored_text(piece)]
    assert placed.text == "\n\n".join(piece for piece, _ in kept)
    offset = 0
    for piece, label in kept:
        assert place_at(placed.places, offset) == label
        assert place_at(placed.places, offset + len(piece) - 1) == label
        offset += len(piece) + 2


def test_pieces_of_one_place_are_one_place() -> None:
    placed = PlacedText()
    for piece, label in [("a", "p. 1"), ("b", "p. 1"), ("c", "p. 2"), ("d", "p. 1")]:
        placed.add(piece, label, " ")
    assert placed.text == "a b c d"
    assert placed.places == [Place(0, "p. 1"), Place(4, "p. 2"), Place(6, "p. 1")]
