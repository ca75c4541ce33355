"""Statements: who is said to say, think, want or show what, in which words, read from the parse and from quotation marks.

Adding the component ``attache_statements`` to any spaCy pipeline with a parser and a tagger fills ``doc.spans["statements"]``.
"""

from __future__ import annotations

from attache.what.saying.component import Saying
from attache.what.saying.finding import statements

__all__ = ["Saying", "statements"]
