"""Which questions stand alone after a conversation, and which are read with it."""

import pytest

from assistant.conversation import Conversation
from assistant.understanding.follow_ups import leans, with_its_thing
from assistant.understanding.question import analyse
from assistant.understanding.standing import ALIKE, UNLIKE, stands_alone

SANCTIONS = Conversation.from_pairs(
    [
        (
            "why was Turkey sanctioned?",
            "The United States imposed sanctions on Turkey's Presidency of Defense Industries on December "
            "14, 2020, because the agency had bought the S-400 air defense system from Rosoboronexport.",
        )
    ]
)
BETWEEN = (UNLIKE + ALIKE) / 2


@pytest.mark.parametrize(
    "question",
    [
        "who won the 2018 World Cup?",
        "Who won the world chess championship in 2023?",
        "who won the 2020 World Cup?",
        "How many bike lanes does Port Ellery have?",
        "when did finland join nato?",
        "How do you bake rye bread?",
        "what did argentina win in qatar?",
        "Which country elected its first woman as president in Prague?",
    ],
)
def test_a_whole_question_about_something_else_stands_alone(question: str) -> None:
    profile = analyse(question)
    assert not leans(profile)
    assert stands_alone(profile, SANCTIONS, BETWEEN)
    assert not stands_alone(profile, SANCTIONS, ALIKE)


@pytest.mark.parametrize(
    "question",
    [
        "What did Erdogan say?",
        "What did the State Department say?",
        "Did Russia react?",
        "Did NATO offer help?",
        "Which agency was hit?",
        "When were the S-400 missiles delivered?",
        "Was the F-35 programme affected?",
        "Regional differences",
        "What other reactions came from Brussels?",
        "How were the facilities where the tests were made?",
        "What are the causes and treatments?",
        "How many people did Turkey's defense agency employ?",
    ],
)
def test_a_question_on_the_same_subject_or_without_one_of_its_own_does_not(question: str) -> None:
    assert not stands_alone(analyse(question), SANCTIONS, BETWEEN)


def test_headlines_that_were_cited_count_as_said() -> None:
    question = analyse("How did the Lunar Gateway station begin?")
    plain = Conversation.from_pairs([("What was built?", "A station.")])
    titled = Conversation.from_json(
        [{"question": "What was built?", "answer": "A station.", "titles": ["Lunar Gateway begins"]}]
    )
    assert stands_alone(question, plain, BETWEEN)
    assert not stands_alone(question, titled, BETWEEN)


def test_what_is_unlike_the_last_turns_stands_alone_only_when_it_is_whole() -> None:
    assert stands_alone(analyse("Which missiles did Turkey buy in December?"), SANCTIONS, UNLIKE - 0.01)
    assert not stands_alone(analyse("Regional differences"), SANCTIONS, UNLIKE - 0.01)


@pytest.mark.parametrize(
    ("question", "leaning"),
    [
        ("Which country elected its first leader this week?", False),
        ("What colour is its roof?", True),
        ("Which party did he leave?", True),
    ],
)
def test_its_may_belong_to_what_is_asked_for(question: str, leaning: bool) -> None:
    assert leans(analyse(question)) is leaning


@pytest.mark.parametrize(
    ("text", "carried", "said"),
    [
        ("Who signed it? (grain deal signed)", ("grain", "deal", "signed"), "Who signed grain deal?"),
        ("How wide is its dish? (Alder station)", ("Alder", "station"), "How wide is Alder station's dish?"),
        ("Where did he go? (Ada)", ("Ada",), "Where did he go? (Ada)"),
        ("Why? (the fire)", ("the", "fire"), "Why? (the fire)"),
        ("Who opened it?", (), "Who opened it?"),
        ("Who opened it? (opened)", ("opened",), "Who opened it? (opened)"),
    ],
)
def test_a_completed_question_is_read_as_one_would_say_it(
    text: str, carried: tuple[str, ...], said: str
) -> None:
    assert with_its_thing(text, carried) == said
