"""What someone or something is said to be, as the short answer to "who is Akgun?"."""

import pytest

from assistant.answerers.extractive.describing import WRONG_SPAN, descriptions, of_descriptions
from assistant.answerers.extractive.opinions import NO_OPINION, Opinion
from assistant.answerers.extractive.reader.readings import ReadSpan
from assistant.answerers.extractive.spans import SentenceWords
from assistant.understanding.question import analyse
from assistant.understanding.words import words_of

CALL = "In a call with Russian President Vladimir Putin on Monday, Erdogan asked for real steps."
TEACHER = "Mensur Akgun, a professor of law, said that the region had changed."


def sentence_for(question: str, text: str) -> SentenceWords:
    asked = frozenset(word.key for word in analyse(question).words if word.key)
    return SentenceWords(text, tuple(words_of(text)), asked)


def described(question: str, text: str) -> list[str]:
    return [text[span.start : span.end] for span in descriptions(sentence_for(question, text))]


def seen(question: str, text: str, words: str) -> tuple[str | None, float]:
    """What becomes of the words that the reader sees, and of its view of the sentence."""
    start = text.index(words)
    opinion = Opinion(0.5, 0.6, 0.5, ReadSpan(start, start + len(words), 5.0))
    found = of_descriptions(analyse(question), sentence_for(question, text), opinion)
    return (text[found.best.start : found.best.end] if found.best else None), found.span


@pytest.mark.parametrize(
    ("question", "text", "descriptions"),
    [
        ("Who is Akgun?", TEACHER, ["a professor of law"]),
        ("Who is Akgun?", "Mensur Akgun, who teaches law, sees it so.", ["teaches law"]),
        ("Who is Akgun?", "Mensur Akgun, who said so twice, was right.", []),
        ("Who is Putin?", CALL, ["Russian President"]),
        (
            "Who is Ned Price?",
            "Then State Department spokesman Ned Price left.",
            ["State Department spokesman"],
        ),
        ("Who is Abbas?", "Ada Rossi and Lt. Gen. Ali Abbas met.", ["Lt. Gen."]),
        ("Who is Ada Rossi?", "It went to Ada Rossi of Alder, a historian.", ["a historian"]),
        ("Who is Fenn?", "So said the head librarian, Mr. Tobias Fenn.", ["head librarian"]),
        ("What is the SSB?", "For the Turkish agency, the SSB, it was the milder end.", ["Turkish agency"]),
        ("What is Halkbank?", "They charged Halkbank, which is owned by the state.", ["owned by the state"]),
        ("What is Sinop?", "Sinop is a city on the Black Sea.", ["a city on the Black Sea"]),
        ("Who is Akgun?", "Professor Lee spoke after Mensur Akgun had gone.", []),
    ],
)
def test_the_words_that_describe(question: str, text: str, descriptions: list[str]) -> None:
    assert described(question, text) == descriptions


@pytest.mark.parametrize(
    ("question", "text", "words", "shown"),
    [
        ("Who is Akgun?", TEACHER, "a professor of law", "a professor of law"),
        ("Who is Golani?", "Its leader, Ahmed Sharaa, long used the name Golani.", "Sharaa", "Ahmed Sharaa"),
        ("What is CAATSA?", "They passed the Safe Trade Act, or CAATSA.", "Trade Act", "Safe Trade Act"),
        ("Who is Putin?", CALL, "Vladimir", "Russian President"),
        ("Who was Emma's brother?", "Emma wrote to Duke Richard.", "Duke Richard", "Duke Richard"),
        ("Who is the pope?", "Pope Francis spoke to Vladimir Putin.", "Francis", "Francis"),
    ],
)
def test_what_the_reader_sees_is_shown_whole(question: str, text: str, words: str, shown: str) -> None:
    assert seen(question, text, words) == (shown, 0.6)


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("Who is Akgun?", "Mensur Akgun sees it so.", "Mensur"),
        ("Who is Erdogan?", "Vladimir Putin called Erdogan on Monday.", "Vladimir Putin"),
        ("Who is Abbas?", "Ali Abbas met Hakan Fidan, who heads the service known as MIT.", "Hakan Fidan"),
        ("Who is Ada Rossi?", "The Alder jury gave the prize to Ada Rossi.", "The Alder jury"),
        ("What is the SSB?", "On 14 December the SSB was punished.", "14"),
        ("What is Halkbank?", "Prosecutors charged Halkbank in New York.", "Prosecutors charged Halkbank"),
    ],
)
def test_another_name_a_part_of_the_name_and_a_bare_figure_describe_nobody(
    question: str, text: str, words: str
) -> None:
    assert seen(question, text, words) == (None, WRONG_SPAN)


def test_a_sentence_that_describes_keeps_its_view_where_the_reader_sees_other_words() -> None:
    assert seen("Who is Akgun?", TEACHER, "Mensur") == (None, 0.6)
    sentence = sentence_for("Who is Akgun?", TEACHER)
    assert of_descriptions(analyse("Who is Akgun?"), sentence, NO_OPINION) == NO_OPINION
