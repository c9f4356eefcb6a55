"""HTML that a book lets through, cleaned to plain elements of text.

In: a block of HTML as it was typed. Out: well-formed XHTML of allowed elements only, and what had
to go. Scripts, styles, events, links outward, forms and media never pass.
"""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

ELEMENTS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em"
    " figcaption h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small span"
    " strong sub sup table tbody td tfoot th thead tr u ul var".split()
)
DROPPED_WHOLE = frozenset("script style template iframe object embed noscript svg math".split())
_VOID = frozenset(("br", "col", "hr"))
_DECLARATION = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[!?][^>]*>?", re.DOTALL)
ATTRIBUTES = frozenset("class colspan dir headers id lang rowspan scope start title".split())


def clean(html: str) -> tuple[str, list[str]]:
    """Return cleaned XHTML and the list of what was taken out; comments go without a word."""
    taken = [one for one in _DECLARATION.findall(html) if not one.startswith("<!--")]
    try:
        root = lxml.html.fragment_fromstring(_DECLARATION.sub("", html), create_parent="div")
    except (etree.ParserError, AssertionError):
        return "", [html.split("\n")[0]]
    for element in list(root.iterdescendants()):
        if not isinstance(element.tag, str):
            element.drop_tree()
        elif element.tag in DROPPED_WHOLE:
            taken.append(f"<{element.tag}>")
            element.drop_tree()
        elif element.tag not in ELEMENTS:
            taken.append(f"<{element.tag}>")
            element.drop_tag()
        else:
            taken += _clean_attributes(element)
    for element in root.iter():
        if not len(element) and element.tag not in _VOID:
            element.text = element.text or ""  # written with an end tag, as HTML wants it
    inside = etree.tostring(root, encoding="unicode", method="xml")
    return inside.removeprefix("<div>").removesuffix("</div>").strip(), taken


def _clean_attributes(element: lxml.html.HtmlElement) -> list[str]:
    taken = []
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES and not (name == "href" and value.startswith("#")):
            taken.append(f"{name}=…")
            del element.attrib[name]
    return taken
