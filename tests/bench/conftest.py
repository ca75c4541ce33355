"""For ``make bench``: a file a room, whose tests print figures and assert none; run with ``pytest -s -m bench``.

A bench test takes :func:`shown` and prints through it: one title, then lines of a name and a figure. Slow peers are taken on a sample, the
same for everybody in a table. Packages of the extra ``bench`` may be absent; what needs them is left out with a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from spacy.language import Language

import attache

Show = Callable[[str, Iterable[tuple[str, str]]], None]


@pytest.fixture
def shown() -> Show:
    """Print a small table."""

    def show(title: str, lines: Iterable[tuple[str, str]]) -> None:
        print(f"\n\n{title}")
        for name, figures in lines:
            print(f"  {name:<44} {figures}")

    return show


@pytest.fixture(scope="session")
def pipeline() -> Language:
    """attache's whole pipeline, loaded once."""
    return attache.load()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Everything in this folder is a bench test."""
    for item in items:
        if "bench" in item.path.parts:
            item.add_marker(pytest.mark.bench)
