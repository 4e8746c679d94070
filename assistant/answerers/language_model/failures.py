"""From what a provider's package raises to `ModelCallError`: what went wrong, and may a retry help."""

from datetime import UTC, datetime

from assistant.answerers.language_model.chat import ModelCallError, ModelTimeoutError
from assistant.answerers.language_model.secrecy import Redact, detail

RETRIED_STATUSES = frozenset({408, 409, 425, 429})
FINAL_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
ADVICE = {
    401: "Check the model's key: FOOTNOTE_API_KEY, or the provider's own variable (OPENAI_API_KEY goes to "
    "OpenAI alone).",
    403: "Check that the key may use this model.",
    404: "Check the model's name and --base-url.",
    413: "Lower FOOTNOTE_BUDGET_TOKENS.",
    429: "Wait a little, or check the account's limits.",
}


def call_error(error: Exception, redact: Redact, *, begun: bool = False) -> ModelCallError:
    """What a failed call says to a reader. The error itself is left behind: it may hold keys.

    Args:
        begun: whether some of the reply had arrived.
    """
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _status_error(error, status, redact)
    kind = type(error).__name__
    if "Timeout" in kind:
        return ModelTimeoutError(
            "it did not answer in time", "Raise FOOTNOTE_TIMEOUT_SECONDS.", can_retry=False
        )
    if "Connect" in kind and not begun:
        return ModelCallError(
            "it cannot be reached", "Check that the model's server runs, and --base-url.", can_retry=True
        )
    words = detail(f"{kind}: {error}", redact)
    return ModelCallError(f"its reply broke off or could not be read: {words}", can_retry=True)


def _status_error(error: Exception, status: int, redact: Redact) -> ModelCallError:
    words = detail(_server_words(error), redact)
    passing = status in RETRIED_STATUSES or status >= 500
    return ModelCallError(
        f"the server said HTTP {status}" + (f": {words}" if words else ""),
        ADVICE.get(status, ""),
        can_retry=passing and getattr(error, "code", None) not in FINAL_CODES,
        retry_after_seconds=_retry_after_seconds(error),
    )


def _server_words(error: Exception) -> str:
    """The message in the body of an error response, "" where it has none."""
    body = getattr(error, "body", None)
    message = body.get("message") if isinstance(body, dict) else None
    return message if isinstance(message, str) else ""


def _retry_after_seconds(error: Exception) -> float | None:
    """The Retry-After header in seconds, whether it gives seconds or a date; None where there is none."""
    from ingest.sources.web.pacing import retry_after_seconds

    headers = getattr(getattr(error, "response", None), "headers", None)
    value = headers.get("retry-after") if headers is not None else None
    return retry_after_seconds(value, datetime.now(UTC))
