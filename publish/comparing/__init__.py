"""Two editions, or two manuscripts, compared word by word.

In: two PDFs, two e-books or two manuscript folders. Out: a `Comparison`: what was added, removed,
moved, page by page of both, which pages really changed and which only reflowed, which pictures are
others. Pixels are not compared: after one new word all pages look different.
"""

from __future__ import annotations

from publish.comparing.changes import Comparison, compared
from publish.comparing.model import NotComparable
from publish.comparing.reading import document_of

__all__ = ["Comparison", "NotComparable", "compared", "document_of"]
