"""Stands before every answer: host names, the token, the size of requests, and the headers that fence the browser in."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attache.desk.settings import Settings

SESSION = "attache_session"
ENTRY = "attache_token"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """ASGI middleware; the session of a request stands in ``scope["session_id"]`` for those who sign forms."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse, or pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, made = Headers(scope=scope), ""
        cookies = _cookies(headers.get("cookie", ""))
        session = cookies.get(SESSION, "")
        if not (len(session) == 32 and session.isalnum()):
            session = made = secrets.token_hex(16)
        scope["session_id"] = session
        fenced = _fenced(send, scope, made)
        refusal = self._refusal(scope, headers, cookies)
        if refusal is not None:
            await refusal(scope, receive, fenced)
        else:
            await self._app(scope, _measured(receive, self._settings.max_upload), fenced)

    def _refusal(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        if not self._answers_to(headers.get("host", "")):
            return PlainTextResponse("This desk does not answer to that host name.\n", 421)
        if scope["method"] not in ("GET", "HEAD") and not _same_origin(headers):
            return PlainTextResponse("Refused: the request comes from another site.\n", 403)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and len(length) < 16) or int(length) > self._settings.max_upload:
            return PlainTextResponse(f"Too large: the limit is {self._settings.max_upload // 1_000_000} MB.\n", 413)
        return self._entry(scope, headers, cookies) if self._settings.token else None

    def _entry(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        """Where a token is demanded: let in by header or cookie; ``?token=`` once, which becomes the cookie."""
        token = self._settings.token or ""
        shown = headers.get("authorization", "").removeprefix("Bearer ").strip() or cookies.get(ENTRY, "")
        if hmac.compare_digest(shown.encode(), token.encode()):
            return None
        query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        if scope["method"] == "GET" and hmac.compare_digest(query.pop("token", "").encode(), token.encode()):
            path = "/" + scope["path"].lstrip("/\\")
            answer = RedirectResponse(path + (f"?{urlencode(query)}" if query else ""), 303)
            answer.set_cookie(ENTRY, token, httponly=True, samesite="strict")
            return answer
        return PlainTextResponse("A token is needed: open the address that the desk printed when it was started.\n", 401)

    def _answers_to(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in self._settings.names:
            return True
        return self._settings.token is not None and _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _same_origin(headers: Headers) -> bool:
    """Browsers say where a request comes from; programs that say nothing are no browsers."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _fenced(send: Send, scope: Scope, made: str) -> Send:
    """Adds the headers to every answer, and the session's cookie where it is new."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if not scope["path"].startswith("/static/"):
                headers.setdefault("Cache-Control", "no-store")
                if made:
                    headers.append("Set-Cookie", f"{SESSION}={made}; Path=/; HttpOnly; SameSite=Strict")
        await send(message)

    return sending


class TooLarge(HTTPException):
    """More bytes came than the settings allow."""

    def __init__(self, most: int) -> None:
        super().__init__(413, f"Too large: the limit is {most // 1_000_000} MB.")


def _measured(receive: Receive, most: int) -> Receive:
    """Counts what really comes, whatever the header said."""
    count = 0

    async def receiving() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > most:
            raise TooLarge(most)
        return message

    return receiving
