"""The text of a piece of HTML that the manuscript lets through.

In: cleaned HTML. Out: its text; blocks in it stand apart.
"""

from __future__ import annotations

from html.parser import HTMLParser

APART = frozenset("p div li dt dd td th br tr table ul ol h2 h3 h4 h5 h6 blockquote pre".split())
"""Elements whose words stand apart from those beside them."""


def text_of_html(html: str) -> str:
    """Return the text of a piece of HTML."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.parts.append(" " if tag in APART else "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(" " if tag in APART else "")
