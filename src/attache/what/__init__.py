"""What happened and what was said: events in a small vocabulary, with PLOVER and CAMEO codes.

Adding the component ``attache_what`` to a spaCy pipeline fills ``reading.events``; importing this package registers it.
"""

from __future__ import annotations

from attache.what.component import What
from attache.what.events import Events

__all__ = ["Events", "What"]
