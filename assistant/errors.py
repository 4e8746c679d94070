"""What can be wrong with a question, a setting, a model or an id, each with what to do next."""

from ingest.errors import FootnoteError, UsageError

QUESTION_LIMIT_CHARACTERS = 2_000
"""The longest question; the embedder reads some 1,000 characters and an answer rests on far fewer."""


class EmptyQuestionError(UsageError):
    """The question has no word in it: nothing, white space, punctuation or emoji alone."""

    code = "empty_question"

    def __init__(self) -> None:
        super().__init__("The question has no words in it.", "Ask it in words.")


class QuestionTooLongError(UsageError):
    """The question is longer than `QUESTION_LIMIT_CHARACTERS`."""

    code = "question_too_long"

    def __init__(self, characters: int) -> None:
        super().__init__(
            f"The question has {characters:,} characters; at most {QUESTION_LIMIT_CHARACTERS:,} are read.",
            "Ask it in one or two sentences; a longer text can be ingested as an article.",
        )


class SettingsError(UsageError):
    """A setting, given as an argument or as a FOOTNOTE_ variable, does not hold what it must."""

    code = "wrong_setting"


class ArticleMissingError(FootnoteError):
    """The index holds no article of that id, or not that version of it."""

    code = "article_missing"


class ModelError(FootnoteError):
    """The language model could not be reached, refused, or answered in a way that cannot be used.

    Attributes:
        output: what it had written so far, "" for nothing.
    """

    code = "model_failed"

    def __init__(self, message: str, advice: str = "", *, output: str = "") -> None:
        super().__init__(message, advice)
        self.output = output
