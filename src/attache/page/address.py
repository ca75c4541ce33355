"""Fetches a page from the web, and only from the web: addresses inside the own network are refused.

The name is resolved once, every address it gives is checked, and the connection goes to the checked one, so that a name cannot
change its meaning between check and use. Each redirect is checked anew.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from attache.errors import SourceEmpty, SourceMissing, SourceRefused, SourceTooLarge, SourceUnreadable
from attache.page.limits import MAX_BYTES, MAX_REDIRECTS, URL_SECONDS

AGENT = "attache (reads one page)"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HEADERS = {"User-Agent": AGENT, "Accept": "text/html, text/plain, */*;q=0.1", "Accept-Encoding": "identity"}
_SAFE = "/%:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True)
class Answer:
    """What a server sent."""

    data: bytes
    media_type: str | None
    charset: str | None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    """The page is as it was when `etag` or `modified` were given (HTTP 304); there is no data then."""


class _Plain(http.client.HTTPConnection):
    """A connection to an address that was checked."""

    address = ""

    def connect(self) -> None:
        """Connects to the address, whatever the name means by now."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secure(http.client.HTTPSConnection):
    """The same with TLS, verified against the name."""

    address = ""

    def connect(self) -> None:
        """Connects to the address and proves the name."""
        plain = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def fetch(url: str, *, allow_private: bool = False, etag: str | None = None, modified: str | None = None) -> Answer:
    """The bytes at an address, after at most ``MAX_REDIRECTS`` redirects; only if changed, where `etag` or `modified` say from what."""
    known = {"If-None-Match": etag, "If-Modified-Since": modified}
    conditions = {name: value for name, value in known.items() if value}
    end = time.monotonic() + URL_SECONDS
    at = url
    for _ in range(MAX_REDIRECTS + 1):
        found = _step(at, url, end, allow_private, conditions)
        if isinstance(found, Answer):
            return found
        at = urljoin(at, found)
    raise SourceUnreadable(f"{url}: more than {MAX_REDIRECTS} redirects")


def _step(at: str, url: str, end: float, allow_private: bool, conditions: dict[str, str]) -> Answer | str:
    """The answer, or where it redirects to."""
    connection, path = _connection(at, url, end, allow_private)
    # A server that sends a byte now and then would never run into the socket's own time limit.
    alarm = threading.Timer(max(0.1, end - time.monotonic()), lambda: _cut_off(connection))
    alarm.daemon = True
    alarm.start()
    try:
        connection.request("GET", path, headers=_HEADERS | conditions)
        return _answer(connection.getresponse(), url)
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
        if time.monotonic() >= end or isinstance(error, TimeoutError):
            raise SourceUnreadable(f"{url}: no complete answer within {URL_SECONDS:.0f} seconds") from error
        raise SourceUnreadable(f"{url}: cannot be fetched ({error or type(error).__name__})") from error
    finally:
        alarm.cancel()
        connection.close()


def _connection(at: str, url: str, end: float, allow_private: bool) -> tuple[_Plain | _Secure, str]:
    try:
        parts = urlsplit(at)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise SourceRefused(f"{url}: not an address ({error})") from error
    if parts.scheme not in ("http", "https") or not host:
        raise SourceRefused(f"{url}: only http and https addresses are read, not {at[:80]}")
    number = port or (443 if parts.scheme == "https" else 80)
    address = _resolved(host, number, url, allow_private)
    wait = max(0.1, end - time.monotonic())
    connection = _Secure(host, number, timeout=wait) if parts.scheme == "https" else _Plain(host, number, timeout=wait)
    connection.address = address
    return connection, quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")


def _resolved(host: str, port: int, url: str, allow_private: bool) -> str:
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise SourceMissing(f"{url}: no such address ({host})") from error
    if not allow_private and not all(is_public(address) for address in found):
        raise SourceRefused(f"{url}: {host} is inside a private network; allow private addresses if you mean it")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address lies in the open internet, also where one address is wrapped in another."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(wrapped is not None and not is_public(str(wrapped)) for wrapped in inner):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def _answer(response: http.client.HTTPResponse, url: str) -> Answer | str:
    location = response.getheader("Location")
    if response.status in (301, 302, 303, 307, 308) and location:
        return location
    if response.status == 304:
        return Answer(b"", None, None, unchanged=True)
    if response.status in (404, 410):
        raise SourceMissing(f"{url}: no such page (HTTP {response.status})")
    if response.status != 200:
        raise SourceUnreadable(f"{url}: the server refuses it (HTTP {response.status})")
    data = response.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"{url}: more than {MAX_BYTES // 1_000_000} MB")
    if not data.strip():
        raise SourceEmpty(f"{url}: the page is empty")
    headers = response.headers
    return Answer(data, headers.get_content_type(), headers.get_content_charset(), headers.get("ETag"), headers.get("Last-Modified"))


def _cut_off(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            connection.sock.close()
