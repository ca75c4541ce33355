"""When: time expressions, their values, and the date of the page itself."""

from __future__ import annotations

from attache.when.component import WhenRoom
from attache.when.expressions import Expression, find_expressions
from attache.when.quantities import Reference, Value
from attache.when.values import value_of

__all__ = ["Expression", "Reference", "Value", "WhenRoom", "find_expressions", "value_of"]
