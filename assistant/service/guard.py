"""What stands before every route: Host, Origin and token are checked, bodies are limited, headers are set."""

import ipaddress
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service.errors import error_body

TOKEN_COOKIE = "footnote_token"  # noqa: S105 (the cookie's name, not a token)
OPEN_PATHS = frozenset({"/health"})
API_PREFIX = "/v1/"
API_BODY_BYTES = 1024 * 1024
PAGE_BODY_BYTES = 66 * 1024 * 1024
MOST_LENGTH_DIGITS = 20
"""Of a Content-Length; what is no length is not believed, and the body is counted as it comes."""

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
# Gradio starts from inline scripts and compiles its event handlers; everything still has to come from here.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; connect-src 'self'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not passed on."""

    status: int
    code: str
    message: str
    what_to_do: str

    def response(self) -> Response:
        """The refusal as a response."""
        return JSONResponse(error_body(self.code, self.message, self.what_to_do), self.status)


HOST_NOT_ALLOWED = Refusal(
    400,
    "host_not_allowed",
    "This service is not known by that host name.",
    "Use the address that `footnote serve` printed, or start it with --allow-host NAME.",
)
ORIGIN_NOT_ALLOWED = Refusal(
    403,
    "origin_not_allowed",
    "Requests that come from other sites are not answered.",
    "Open the address that `footnote serve` printed.",
)
BODY_TOO_LARGE = Refusal(
    413, "body_too_large", "The request body is too large.", "Send a shorter question or conversation."
)
TOKEN_NEEDED = Refusal(
    401,
    "token_needed",
    "This service asks for a token.",
    "Send it as `Authorization: Bearer TOKEN`, or open the address that `footnote serve` printed.",
)


@dataclass(frozen=True, slots=True)
class GuardPolicy:
    """Who may ask.

    Attributes:
        hosts: the names by which this service may be addressed, lower case, without port.
        any_address: whether any numeric address may be used too: a page that rebinds a name of its own to
            this machine still sends that name, never a number.
        token: what a request has to carry, None where nothing is asked for.
    """

    hosts: frozenset[str] = LOOPBACK_NAMES
    any_address: bool = False
    token: str | None = None

    @classmethod
    def listening_on(cls, host: str, token: str | None, names: Iterable[str] = ()) -> "GuardPolicy":
        """The policy of a service bound to `host`, which may also be called by `names`."""
        called = {host.lower(), *(name.lower() for name in names)}
        return cls(LOOPBACK_NAMES | called, any_address=not is_loopback(host), token=token)

    def allows_host(self, host: str) -> bool:
        """Whether a Host header names this service."""
        name = _host_name(host)
        return name in self.hosts or (self.any_address and _is_address(name))


LOCAL_ONLY = GuardPolicy()


def is_loopback(host: str) -> bool:
    """Whether a name or address to listen on is reachable from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Guard:
    """ASGI middleware that applies a `GuardPolicy` and sets the security headers."""

    def __init__(self, app: ASGIApp, policy: GuardPolicy) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here when it may not pass."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        sending = _with_headers(scope["path"], send)
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, sending)
        else:
            await self._app(scope, _limited(scope, receive), sending)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        origin = headers.get("origin")
        if not self._policy.allows_host(host):
            return HOST_NOT_ALLOWED.response()
        if origin is not None and not _same_origin(origin, host):
            return ORIGIN_NOT_ALLOWED.response()
        if _declared_bytes(headers) > _body_limit(scope["path"]):
            return BODY_TOO_LARGE.response()
        return self._token_refusal(scope, headers)

    def _token_refusal(self, scope: Scope, headers: Headers) -> Response | None:
        token = self._policy.token
        if token is None or scope["path"] in OPEN_PATHS or _matches(_sent_token(headers), token):
            return None
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
        if scope.get("method") == "GET" and _matches(dict(query).get("token"), token):
            return _welcome(scope, [(name, value) for name, value in query if name != "token"], token)
        refusal = TOKEN_NEEDED.response()
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return refusal


def _welcome(scope: Scope, query: list[tuple[str, str]], token: str) -> Response:
    """Keep the token of the address in a cookie, and lead to the same address without it."""
    target = scope["path"] + (f"?{urlencode(query)}" if query else "")
    response = RedirectResponse("/" + target.lstrip("/\\"), 303)
    secure = scope["scheme"] == "https"
    response.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict", secure=secure)
    return response


def _sent_token(headers: Headers) -> str | None:
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(TOKEN_COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None


def _matches(sent: str | None, token: str) -> bool:
    return sent is not None and secrets.compare_digest(sent.encode(), token.encode())


def _host_name(host: str) -> str:
    match = _HOST.fullmatch(host.lower())
    return match["name"].strip("[]").removesuffix(".") if match else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _same_origin(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc.lower() == host.lower() != ""
    except ValueError:
        return False


def _body_limit(path: str) -> int:
    return API_BODY_BYTES if path.startswith(API_PREFIX) else PAGE_BODY_BYTES


def _declared_bytes(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() and len(length) <= MOST_LENGTH_DIGITS else 0


def _limited(scope: Scope, receive: Receive) -> Receive:
    """`receive` that refuses a body which outgrows the limit without having declared it."""
    limit = _body_limit(scope["path"])
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        if message["type"] == "http.request":
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)
        return message

    return limited


def _with_headers(path: str, send: Send) -> Send:
    is_api = path.startswith(API_PREFIX) or path in OPEN_PATHS

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(SECURITY_HEADERS)
            headers["Content-Security-Policy"] = API_POLICY if is_api else PAGE_POLICY
            if is_api:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending
