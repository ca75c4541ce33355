"""Damage done on purpose: clean text or names made into what translated and spun copies look like, with a list of what was done.

::

    from attache.garble import garble
    copy = garble(text, seed=1, strength="medium")
    copy.text, copy.damages[0].kind, copy.damages[0].before
"""

from __future__ import annotations

from attache.garble.damage import SHARES, Damage, Garbled
from attache.garble.kinds import KINDS
from attache.garble.names import damage_name
from attache.garble.page import garble

__all__ = ["KINDS", "SHARES", "Damage", "Garbled", "damage_name", "garble"]
