"""``python -m attache``."""

from __future__ import annotations

import sys

from attache.cli import main

if __name__ == "__main__":
    sys.exit(main())
