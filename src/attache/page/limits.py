"""How much attache reads at once."""

from __future__ import annotations

MAX_BYTES = 50_000_000
"""The largest file, response or line of a ``.jsonl``, unpacked."""
MAX_HTML = 10_000_000
"""The longest HTML page in characters: its tree takes many times its size in memory."""
MAX_TEXT = 2_000_000
"""The longest clean text in characters."""
MAX_SKIP = 1_000_000_000
"""How far a line beyond ``MAX_BYTES`` is followed to its end before the rest of the file is given up."""
MAX_RESIDUE = 300
"""How many pieces of residue are kept from an HTML page."""
MAX_RESIDUE_TEXT = 500
"""How long each of these may be."""
URL_SECONDS = 30.0
"""The time for one address, redirects included."""
MAX_REDIRECTS = 5
"""How many redirects are followed."""
