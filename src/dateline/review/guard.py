"""What every request passes: host, origin, size, who calls; and the headers of every answer."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.review.accounts import Caller
from dateline.review.desk import Desk
from dateline.review.schemas.shared import Role
from dateline.review.session import COOKIE, address, set_cookie

LARGEST = 2 * 1024 * 1024  # bytes of a body
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-frame-options": "DENY",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})


class Guard:
    """ASGI middleware around the whole desk."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request = Request(scope)
        guarded = _headed(send, scope["path"])
        refusal = self._refusal(scope["method"], headers)
        if refusal is None:
            refusal = await self._known(request, headers)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self._app(scope, _counted(receive), guarded)

    def _refusal(self, method: str, headers: Headers) -> Response | None:
        """Why a request may not even be looked at."""
        if not _allowed(headers.get("host", ""), self._desk.settings.hosts):
            return _no(421, "The desk is not served under this name.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return _no(413, "The body is too large.")
        if method in _SAFE or headers.get("authorization", "").startswith("Bearer "):
            return None  # a program that has a key is no browser led astray
        if not _own(headers):
            return _no(403, "Another site may not change anything here.")
        kind = headers.get("content-type", "").partition(";")[0].strip()
        if length != "0" and kind != "application/json":
            return _no(415, "A body is JSON.")
        return None

    async def _known(self, request: Request, headers: Headers) -> Response | None:
        """Note who calls; the launch link is answered with the session's cookie."""
        settings = self._desk.settings
        request.state.caller = None
        if settings.team:
            request.state.caller = await run_in_threadpool(self._account, request, headers)
            return None
        owner = Caller(settings.person, Role.owner)
        secret = request.cookies.get(COOKIE, "")
        if _same(secret, settings.token):
            request.state.caller = owner
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if _same(given, settings.token):
            request.state.caller = owner
        return self._launched(request)

    def _launched(self, request: Request) -> Response | None:
        """The answer to the launch link; None to any other address."""
        told = request.query_params.get("token")
        if told is None or request.method not in _SAFE or request.url.path.startswith("/api/"):
            return None
        key = f"launch {address(request)}"
        try:
            self._desk.accounts.throttle.check(key)
        except HTTPException as cause:
            return JSONResponse({"detail": cause.detail}, cause.status_code, cause.headers)
        if not _same(told, self._desk.settings.token):
            self._desk.accounts.throttle.fail(key)
            return _no(403, "This link is not that of the desk that runs now.")
        answer = RedirectResponse("/" + request.url.path.lstrip("/\\"), status_code=303)
        set_cookie(self._desk, answer, self._desk.settings.token)
        return answer

    def _account(self, request: Request, headers: Headers) -> Caller | None:
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        if scheme == "Bearer":
            return self._desk.accounts.of_token(secret)
        cookie = request.cookies.get(COOKIE)
        return self._desk.accounts.of_session(cookie) if cookie else None


def _own(headers: Headers) -> bool:
    """Whether a browser sends this from the desk's own pages; one of the two tells in all."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return False
    if site is not None and site not in _OWN:
        return False
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _allowed(host: str, hosts: tuple[str, ...]) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    port = host[len(name) + 1 :]
    return name.lower() in hosts and (not port or port.isdecimal())


def _same(told: str, kept: str) -> bool:
    return hmac.compare_digest(told.encode("utf-8", "replace"), kept.encode())


def _no(status: int, why: str) -> Response:
    return JSONResponse({"detail": why}, status)


def _headed(send: Send, path: str) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if "cache-control" not in headers:
                lasting = path.startswith("/assets/") and message["status"] == 200
                headers["cache-control"] = (
                    "public, max-age=31536000, immutable" if lasting else "no-store"
                )
        await send(message)

    return answer


def _counted(receive: Receive) -> Callable[[], Awaitable[Any]]:
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > LARGEST:
            raise HTTPException(413, "The body is too large.")
        return message

    return counted
