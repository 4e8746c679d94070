"""The root of Footnote's own errors: every one says what went wrong and what to do next."""


class FootnoteError(Exception):
    """Something that a user can act on.

    Attributes:
        message: one line, what went wrong.
        advice: one line, what to do next; empty only where the message says it already.
        code: stable machine-readable name, the `code` of HTTP errors.
        exit_code: what the command line exits with (1 failed, 2 wrong usage).
    """

    code = "failed"
    exit_code = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class UsageError(FootnoteError):
    """The request itself cannot be carried out as it was written."""

    code = "wrong_usage"
    exit_code = 2


class OptionalDependencyError(FootnoteError):
    """A format or model needs a package that is not installed; the advice names the install line."""

    code = "missing_dependency"


class SourceError(FootnoteError):
    """A source (file, folder) cannot be read at all."""

    code = "source_unreadable"


class ExtractionError(FootnoteError):
    """A document was read, and no article can be had from it."""

    code = "not_extractable"
