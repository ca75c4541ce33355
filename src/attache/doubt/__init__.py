"""What to doubt about a page: one checker a file, each reads what the rooms before it found.

Public: :func:`reliability` and :func:`findings_of`; the spaCy component is ``attache_doubt``.
"""

from __future__ import annotations

from attache.doubt.component import DoubtComponent, findings_of
from attache.doubt.reliability import reliability

__all__ = ["DoubtComponent", "findings_of", "reliability"]
