"""Where in a book a document begins that is laid out by itself: on which page, and after what.

In: a `Beginning`, WeasyPrint's module `layout` and its version. Out: a context in which a document
is laid out as if the rest of its book stood before it. The first page is on the side that its
position has, a document that is to begin on a right-hand page puts a blank one before it where it
must, and a page on which no named string is set shows the one that was set last. Read in WeasyPrint
70; in another version, which is told of (P418), a document begins as the first of its book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct, field

from publish.engine.steadying import is_known


class Beginning(Struct, frozen=True):
    """Where a document begins.

    `page` is the position of its first page, from 1, a blank one included; `start` is “recto” where
    its text is to begin on a right-hand page (a left-hand one of a book that is read leftward),
    else “page”. `strings` are the named strings that were set before it.
    """

    page: int = 1
    start: str = "page"
    strings: Mapping[str, str] = field(default_factory=dict)


FIRST = Beginning()
"""Where a book begins."""


@contextmanager
def begun(version: str, layout: Any, where: Beginning) -> Iterator[None]:
    """Have the engine lay a document out from where it begins."""
    if where == FIRST or not is_known(version):
        yield
        return
    initialize, context = layout.initialize_page_maker, layout.LayoutContext
    string = context.get_string_set_for

    def initialized(context: Any, root: Any) -> None:
        initialize(context, root)
        _, page, _, state, remake = context.page_maker[0]
        is_right = (where.page % 2 == 1) == (root.style["direction"] == "ltr")
        # That nothing goes on from before would be taken for the end of all after a blank page.
        context.page_maker[0] = {0: None}, {**page, "break": where.start}, is_right, state, remake

    def set_for(context: Any, page: Any, name: str, keyword: str = "first") -> Any:
        return string(context, page, name, keyword) or _before(where, name)

    layout.initialize_page_maker, context.get_string_set_for = initialized, set_for
    try:
        yield
    finally:
        layout.initialize_page_maker, context.get_string_set_for = initialize, string


def _before(where: Beginning, name: str) -> tuple[str, ...]:
    return (where.strings[name],) if name in where.strings else ()
