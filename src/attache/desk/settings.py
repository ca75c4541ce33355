"""What a desk may be told: who is let in, by which names, and how much may be handed in at once."""

from __future__ import annotations

from dataclasses import dataclass, field

LOCAL = "127.0.0.1"
LOCAL_NAMES = frozenset({LOCAL, "localhost", "::1"})


@dataclass(frozen=True)
class Settings:
    """Settings of one desk.

    `token`: who must be shown to be let in; None lets everybody in who reaches the address, which only 127.0.0.1 allows.
    `names`: host names answered to; IP addresses are answered to besides where `token` is set (a rebound name is never one).
    `max_upload`: bytes of one request. `max_files`: files of one upload. `allow_private`: whether the address of a page to
    read may lie in a private network. `secret`: signs the forms; drawn anew for each desk where empty.
    """

    token: str | None = None
    names: frozenset[str] = LOCAL_NAMES
    max_upload: int = 50_000_000
    max_files: int = 20
    allow_private: bool = False
    secret: bytes = field(default=b"", repr=False)
