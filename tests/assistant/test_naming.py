"""When a name of several words is met as a name."""

import pytest

from assistant.answerers.extractive.naming import unmet_phrases
from assistant.understanding.question import analyse


def unmet(question: str, *texts: str) -> tuple[str, ...]:
    return unmet_phrases(analyse(question), texts)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who won the Champions League?", "Inter lost the UEFA Champions League final."),
        ("What does Elon Musk own?", "He said that Musk owned the rocket firm."),
        ("What does Elon Musk own?", "Its owner, Mr Musk, said nothing."),
        ("When did President Macron speak?", "Emmanuel Macron spoke on Monday."),
        ("Who leads the World Health Organization?", "The WHO is led by a doctor."),
        ("When did Donald John Trump speak?", "Donald Trump spoke on Monday."),
        ("Who was Paul Krugmen?", "The economist Paul Krugman won a prize."),
        ("What is the Maria Curie-Smith Institute?", "The Maria Curie–Smith Institute opened."),
        ("Why did Ankara protest?", "Nothing of it stands here."),
        ("Why did the United States protest?", "The United Nations did not."),
        ("who won the champions league", "The Arab League met."),
        ("Besides Islam, what is tolerated?", "Islam is."),
    ],
)
def test_a_name_is_met_by_itself_by_part_of_it_and_by_more(question: str, text: str) -> None:
    assert unmet(question, text) == ()


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("Who won the Champions League?", "The Arab League met. Ding is a champion.", "Champions League"),
        ("When was John Boyle alive?", "Robert Boyle and John Mayow were chemists.", "John Boyle"),
        ("What did Hunter Biden say?", "Joe Biden said nothing.", "Hunter Biden"),
        ("What did President Macron say?", "President Biden said nothing.", ""),
        ("Who plays in the Europa League?", "They play in a league of Europa.", ""),
        ("Who is in the Little Heroic?", "The little man is heroic.", "Little Heroic"),
    ],
)
def test_a_word_of_another_name_or_of_none_does_not_meet_it(question: str, text: str, name: str) -> None:
    assert unmet(question, text) == ((name,) if name else ())


def test_any_of_the_texts_may_have_it() -> None:
    assert unmet("Who won the Champions League?", "A headline", "Of the Champions League.") == ()
