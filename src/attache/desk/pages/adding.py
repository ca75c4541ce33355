"""Add: paste text, upload files or name an address; watch it being read, then read the dossier."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import UploadFile as Uploaded

from attache.desk.jobs import Job, Outcome, Upload
from attache.desk.rendering import page
from attache.desk.state import Desk, the_desk
from attache.errors import UsageError
from attache.page.limits import MAX_TEXT
from attache.record import RunRow

router = APIRouter()
_URL = 2000


@dataclass(frozen=True)
class Add:
    """The page to hand things in: its limits, and what was ingested lately."""

    most_files: int
    most_megabytes: int
    runs: tuple[RunRow, ...]


@dataclass(frozen=True)
class Progress:
    """How far a job is; `state` is waiting, reading, done or failed."""

    id: str
    names: tuple[str, ...]
    state: str
    at: str
    outcomes: tuple[Outcome, ...]


class Handed(BaseModel):
    """Something to read, by JSON: a text or an address."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(default=None, max_length=MAX_TEXT)
    url: str | None = Field(default=None, max_length=_URL)
    name: str | None = Field(default=None, max_length=120)
    published: str | None = Field(default=None, max_length=10)


def add(desk: Desk = Depends(the_desk)) -> Add:
    """What may be handed in, and the last runs of ingest."""
    return Add(desk.settings.max_files, desk.settings.max_upload // 1_000_000, tuple(desk.record.runs(limit=6)))


def progress(job_id: str, desk: Desk = Depends(the_desk)) -> Progress:
    """How far a job is, and what became of each of its pages."""
    job = desk.jobs.get(job_id)
    if job is None:
        raise HTTPException(404, "There is no such job; jobs are forgotten when the desk ends, what they filed is in the record.")
    return _progress(job)


@router.post("/add", include_in_schema=False)
async def hand_in(
    request: Request, text: Annotated[str, Form(max_length=MAX_TEXT)] = "", url: Annotated[str, Form(max_length=_URL)] = "",
    published: Annotated[str, Form(max_length=10)] = "", files: list[UploadFile] | None = None, desk: Desk = Depends(the_desk),
) -> Response:  # fmt: skip
    """What the forms send."""
    uploads = [Upload(one.filename or "page.txt", await one.read()) for one in files or () if isinstance(one, Uploaded) and one.filename]
    job = _start(desk, [*uploads, *_typed(text, url, None)], published)
    return RedirectResponse(f"/add/{job.id}", 303)


@router.post("/add.json", tags=["adding"], response_model=Progress, status_code=202)
def hand_in_json(given: Handed, desk: Desk = Depends(the_desk)) -> Progress:
    """Hand a text or an address in; watch it at ``/add/{id}.json``."""
    return _progress(_start(desk, _typed(given.text or "", given.url or "", given.name), given.published or ""))


def _typed(text: str, url: str, name: str | None) -> list[Upload]:
    found = []
    if text.strip():
        data = text.replace("\r\n", "\n").encode("utf-8", "replace")
        found.append(Upload(f"{name or f'pasted-{hashlib.sha256(data).hexdigest()[:12]}'}.txt", data))
    if url.strip():
        if not url.strip().casefold().startswith(("http://", "https://")):
            raise UsageError(f"{url.strip()[:80]!r} is not an address that is read; give one that begins with http:// or https://")
        found.append(Upload(url.strip()))
    return found


def _start(desk: Desk, uploads: Sequence[Upload], published: str) -> Job:
    if not uploads:
        raise UsageError("nothing was handed in: paste a text, choose a file, or give an address")
    if len(uploads) > desk.settings.max_files:
        raise UsageError(f"{len(uploads)} files at once; {desk.settings.max_files} are the most, `attache ingest` takes any number")
    day = published.strip() or None
    try:
        day = date.fromisoformat(day).isoformat() if day else None
    except ValueError:
        raise UsageError(f"{published!r} is not a day; write it as 2021-03-23") from None
    desk.forget()
    return desk.jobs.add(uploads, day)


def _progress(job: Job) -> Progress:
    return Progress(job.id, job.names, job.state, job.at, tuple(job.outcomes))


page(router, "/add", "add.html", add, tag="adding")
page(router, "/add/{job_id:str}", "job.html", progress, tag="adding")
