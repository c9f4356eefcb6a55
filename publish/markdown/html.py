"""HTML that a book lets through, cleaned to plain elements of text.

In: a block of HTML as it was typed. Out: well-formed XHTML of allowed elements only, and what had
to go. Scripts, styles, events, links outward, forms and media never pass.
"""

from __future__ import annotations

import lxml.html
from lxml import etree

ELEMENTS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em"
    " figcaption h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small span"
    " strong sub sup table tbody td tfoot th thead tr u ul var".split()
)
DROPPED_WHOLE = frozenset("script style template iframe object embed noscript svg math".split())
ATTRIBUTES = frozenset("class colspan dir headers id lang rowspan scope start title".split())


def clean(html: str) -> tuple[str, list[str]]:
    """Return cleaned XHTML and the list of what was taken out."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    taken: list[str] = []
    for element in list(root.iter()):
        if element is root or (element.getparent() is None and element is not root):
            continue
        if not isinstance(element.tag, str):
            element.drop_tree() if hasattr(element, "drop_tree") else _drop(element)
        elif element.tag in DROPPED_WHOLE:
            taken.append(f"<{element.tag}>")
            element.drop_tree()
        elif element.tag not in ELEMENTS:
            taken.append(f"<{element.tag}>")
            element.drop_tag()
        else:
            for name in list(element.attrib):
                kept = name in ATTRIBUTES or (
                    name == "href" and str(element.get(name)).startswith("#")
                )
                if not kept:
                    taken.append(f"{name}=…")
                    del element.attrib[name]
    inside = etree.tostring(root, encoding="unicode", method="xml")
    return inside.removeprefix("<div>").removesuffix("</div>").strip(), taken


def _drop(node: etree._Element) -> None:
    """Take a comment or processing instruction out, its tail kept."""
    parent, tail = node.getparent(), node.tail or ""
    before = node.getprevious()
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(node)
