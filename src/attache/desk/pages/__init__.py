"""The pages of the desk, one module a page: each asks the record and gives a typed answer, for HTML and JSON alike."""

from __future__ import annotations
