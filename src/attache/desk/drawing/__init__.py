"""Drawings worked out by the server: a timeline, a map, a network. Templates write them as SVG, so no script is needed."""

from __future__ import annotations
