"""What every test may use: the places of the project, and the shared gold data where there is any."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# What the developer imported is no part of what the tests expect.
os.environ["ATTACHE_KNOWLEDGE"] = ""

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the working tree."""
    return PROJECT


@pytest.fixture(scope="session")
def demo_page() -> Path:
    """The bundled damaged page, as plain text."""
    return PROJECT / "demo" / "page.txt"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of gold files, named by ATTACHE_DATA or found beside the tree; without it the test is skipped."""
    named = os.environ.get("ATTACHE_DATA")
    folder = Path(named) if named else PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no gold data at {folder}; name it with ATTACHE_DATA")
    return folder.resolve()
