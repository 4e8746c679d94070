"""What a museum's or a company's own page leaves unsaid is read from who published it."""

import pytest

from assistant.answerers.extractive.leading import LedReader
from assistant.speaking import full_headline
from tests.assistant.made_passages import (
    MadeEvidence,
    answer_from,
    made_article,
    paragraph_passages,
    texts,
)
from tests.assistant.test_leading import Noting

OPEN = "We are open from ten to six.\n\nDogs must stay outside. Tram 6 stops at the door."
MUSEUM = "Museum of Looms, Alder"


@pytest.mark.parametrize(
    ("title", "publisher", "text", "headline"),
    [
        ("Opening hours", MUSEUM, OPEN, f"Opening hours. {MUSEUM}"),
        ("Visit us", MUSEUM, "Tram 6 stops at the door.", f"Visit us. {MUSEUM}"),
        ("Recall", "Loom Ltd.", "Our looms are safe.", "Recall. Loom Ltd."),
        ("Loom Ltd. recalls looms", "Loom Ltd.", "Our looms are safe.", "Loom Ltd. recalls looms"),
        ("Tram 6", "Alder News", "“We are open,” the museum said.", "Tram 6"),
        ("Tram 6", "Alder News", '"Our tram," she said, "is old." It stops there.', "Tram 6"),
        ("Tram 6", "Alder News", "The US and the WE league paid for it.", "Tram 6"),
        ("Tram 6", None, OPEN, "Tram 6"),
    ],
)
def test_a_publisher_belongs_to_the_headline_where_the_article_speaks_for_it(
    title: str, publisher: str | None, text: str, headline: str
) -> None:
    assert full_headline(made_article(text, title=title, publisher=publisher).head, [text]) == headline


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Which tram goes to the Museum of Looms?", f"Getting here. {MUSEUM}"),
        ("Which tram goes there?", "Getting here"),
    ],
)
def test_the_reader_sees_it_where_the_question_names_it(question: str, title: str) -> None:
    article = made_article(OPEN, title="Getting here", publisher=MUSEUM)
    reader = Noting()
    LedReader(reader, MadeEvidence([article])).read(question, paragraph_passages(article)[1:])
    assert reader.titles == [title]


def test_a_page_of_its_own_answers_about_its_publisher_and_a_report_does_not() -> None:
    question = "Where must dogs stay at the Museum of Looms?"
    own = made_article(OPEN, title="Visit", publisher=MUSEUM)
    other = made_article(OPEN.replace("We are", "It is"), title="Visit", publisher=MUSEUM)
    assert texts(answer_from(question, own))[0] == "Dogs must stay outside."
    assert answer_from(question, own).confidence > answer_from(question, other).confidence
