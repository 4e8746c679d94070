"""Questions that cannot be answered whatever the articles say."""

from assistant.errors import QUESTION_LIMIT_CHARACTERS, EmptyQuestionError, QuestionTooLongError


def checked_question(asked: str) -> str:
    """The question on one line, without surrounding space or characters that cannot be encoded.

    Raises:
        EmptyQuestionError: there is no letter or digit in it.
        QuestionTooLongError: it has more than `QUESTION_LIMIT_CHARACTERS` characters.
    """
    if len(asked.strip()) > QUESTION_LIMIT_CHARACTERS:
        raise QuestionTooLongError(len(asked.strip()))
    encodable = asked.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    question = " ".join(encodable.split())
    if not any(character.isalnum() for character in question):
        raise EmptyQuestionError
    return question
