"""Signs the forms of a session and checks what comes back, so that no other site can write into the record."""

from __future__ import annotations

import hmac
from hashlib import sha256
from urllib.parse import urlsplit

from fastapi import HTTPException, Request

FIELD = "csrf"


def signature(request: Request) -> str:
    """What a form of this session must carry."""
    secret: bytes = request.app.state.desk.secret
    return hmac.new(secret, request.scope["session_id"].encode(), sha256).hexdigest()


async def checked(request: Request) -> None:
    """Let a writing request pass where its form is signed, or where it is JSON, which no foreign form can send."""
    if request.method in ("GET", "HEAD", "DELETE"):
        return  # no form of any site can send a DELETE
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        return
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise HTTPException(415, "Send a form, or application/json.")
    form = await request.form(max_files=request.app.state.desk.settings.max_files, max_fields=50, max_part_size=5_000_000)
    if not hmac.compare_digest(str(form.get(FIELD, "")).encode(), signature(request).encode()):
        raise HTTPException(403, "This form is out of date: load the page anew and send it again.")


def local_path(address: str) -> str:
    """Where a form may send the reader back to: a path of this desk, never another site."""
    parts = urlsplit(address.replace("\\", "/"))
    path = "/" + parts.path.lstrip("/")
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return path + (f"?{parts.query}" if parts.query else "") + fragment
