"""How much attache reads at once."""

from __future__ import annotations

MAX_BYTES = 50_000_000
"""The largest file, response or line of a ``.jsonl``, unpacked."""
MAX_HTML = 10_000_000
"""The longest HTML page in characters: its tree takes many times its size in memory."""
MAX_TEXT = 2_000_000
"""The longest clean text in characters."""
MAX_WINDOW = 128 * 1024 * 1024
"""The most memory that the packing of a ``.zst`` may ask for while it is unpacked (``zstd --long=27``)."""
MAX_SKIP = 1_000_000_000
"""How far a line beyond ``MAX_BYTES`` is followed to its end before the rest of the file is given up."""
TABLE_MEGABYTES = 6_000
"""The address space of the process that reads a Parquet file; the batch goes on without the file where that is not enough."""
TABLE_SECONDS = 120.0
"""How long that process may take to come to the next rows."""
MAX_RESIDUE = 300
"""How many pieces of residue are kept from an HTML page."""
MAX_RESIDUE_TEXT = 500
"""How long each of these may be."""
MAX_ENTRIES = 20_000
"""How many entries of one feed are looked at."""
MAX_NAME = 2_000
"""The longest name or address of a page; longer ones are cut."""
URL_SECONDS = 30.0
"""The time for one address, redirects included."""
MAX_REDIRECTS = 5
"""How many redirects are followed."""
