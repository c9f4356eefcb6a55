"""The tags of a screen edition made what a screen reader needs.

In: a PDF with the tags of the layout engine, which say of what HTML they were made (`origins`).
Out: the same PDF with a structure of its own (ISO 32000-1, 14.8.4): one element for one element of
the book, also where a page parts it; notes as notes that follow their calls; captions in their
figures; lists whose items have labels and bodies; languages; and no running head in the reading
order. Each step takes a tree and changes it; `STEPS` is their order.
"""

from __future__ import annotations

from collections.abc import Callable

from pikepdf import Dictionary, Name, Pdf, String

from publish.screen.tree import Content, Node, Reference, read_tree, write_tree

_INLINE = frozenset(
    "em strong i b u s sup sub small cite abbr code kbd samp q mark del ins time bdi bdo".split()
)
_KINDS = {"aside": "Sect", "nav": "Sect", "pre": "P", "figure": "Div"}
_NEVER_WITHIN_ITSELF = frozenset(("P", "H1", "H2", "H3", "H4", "H5", "H6", "Link", "Caption"))
_GROUPS = frozenset(("Div", "Sect", "NonStruct", "Span"))
_TERMS = ("dt", "dd")


def retagged(pdf: Pdf) -> None:
    """Give a tagged PDF the structure that a screen reader needs."""
    tree = joined(read_tree(pdf))
    for step in STEPS:
        step(tree)
    write_tree(pdf, tree)


def joined(tree: Node) -> Node:
    """Return a tree with one node for each element of the book.

    The engine makes one for each page that an element is on, one for each line that an inline
    element is on, and one more for a box that it puts around what stands in a block. The head of a
    table that is set again overleaf is left out.
    """
    whole = Node(tree.kind)
    first: dict[tuple[int, str, str], Node] = {}

    def place(node: Node, into: Node) -> None:
        key = node.element, node.html, node.kind
        there = first.get(key) if node.element >= 0 else None
        if there is None and node.element >= 0 and into.element == node.element:
            same = into.kind == node.kind or node.kind == "NonStruct"
            there = into if same and node.html == into.html else None
        if node.html == "thead" and there is not None:
            return
        if there is None:
            there = Node(node.kind, node.element, node.html, node.classes, node.language)
            there.kept = dict(node.kept)
            into.kids.append(there)
            if node.element >= 0:
                first[key] = there
        for kid in node.kids:
            if isinstance(kid, Node):
                if kid.element < 0 and kid.kind == "Span":
                    # A run of text: its content is that of what it stands in.
                    there.kids += kid.kids
                else:
                    place(kid, there)
            else:
                there.kids.append(kid)

    for node in tree.nodes:
        place(node, whole)
    return whole


_NOTES = {"note-below", "endnote"}


def named(tree: Node) -> None:
    """Give elements that the engine has no type for their own."""
    for node in tree.walk():
        base, _, pseudo = node.html.partition("::")
        if pseudo == "footnote-call":
            node.kind = "Reference"
        elif (node.html == "span" and "note" in node.classes) or _NOTES & {*node.classes}:
            node.kind = "Note"
        elif "note" in node.classes or "note-again" in node.classes:
            node.kind = "Reference" if base == "sup" else node.kind
        elif base in _KINDS and not pseudo:
            node.kind = _KINDS[base]
        elif node.kind == "NonStruct" and (base in _INLINE or pseudo in ("before", "after")):
            node.kind = "Span"
        if node.kind == "Note":
            node.kept["/ID"] = String(f"note-{node.element}")


def linked(tree: Node) -> None:
    """Hang each link's annotation on its Link: the engine hangs it on what stands in the link."""

    def lift(node: Node, link: Node | None) -> None:
        link = node if node.kind == "Link" else link
        for kid in node.nodes:
            lift(kid, link)
        if link is not None and link is not node:
            link.kids += [one for one in node.kids if isinstance(one, Reference)]
            node.kids = [one for one in node.kids if not isinstance(one, Reference)]

    lift(tree, None)


def without_rules(tree: Node) -> None:
    """Take out what only parts one thing from another: it is an artifact."""
    for node in tree.walk():
        node.kids = [one for one in node.kids if not (isinstance(one, Node) and one.html == "hr")]


def noted(tree: Node) -> None:
    """Put each note after its call, its number as its label."""
    notes = {one.element: one for one in tree.walk() if one.kind == "Note" and one.html == "span"}
    calls = {one.element for one in tree.walk() if one.kind == "Reference"}
    for node in tree.walk():
        node.kids = [one for one in node.kids if not _moves(one, calls)]
    for node in list(tree.walk()):
        kids: list[Node | Content | Reference] = []
        for kid in node.kids:
            kids.append(kid)
            if isinstance(kid, Node) and kid.kind == "Reference" and kid.element in notes:
                kids.append(notes[kid.element])
        node.kids = kids
    for note in notes.values():
        for one in note.walk():
            if one.html == "span" and "number" in one.classes:
                one.kind = "Lbl"
            elif one.html == "span" and {"para", "item", "quote"} & {*one.classes}:
                one.kind = "P"


def _moves(kid: Node | Content | Reference, calls: set[int]) -> bool:
    is_note = isinstance(kid, Node) and kid.kind == "Note" and kid.html == "span"
    return is_note and isinstance(kid, Node) and kid.element in calls


def listed(tree: Node) -> None:
    """Give each item of a list one body, and each definition list items of terms and meanings."""
    for node in tree.walk():
        if node.kind == "L" and node.html == "dl":
            _define(node)
        elif node.kind == "LI":
            rest = [one for one in node.kids if not _is(one, "Lbl", "LBody")]
            if rest:
                body = next((one for one in node.nodes if one.kind == "LBody"), None)
                body = body or Node("LBody")
                body.kids += rest
                node.kids = [one for one in node.kids if _is(one, "Lbl")] + [body]


def _is(kid: Node | Content | Reference, *kinds: str) -> bool:
    return isinstance(kid, Node) and kid.kind in kinds


def _define(node: Node) -> None:
    """Make items of terms and what they mean."""
    items: list[Node] = []
    for part in _terms(node):
        if (part.html == "dt" and (not items or _is(items[-1].kids[-1], "LBody"))) or not items:
            items.append(Node("LI"))
        part.kind = "Lbl" if part.html == "dt" else "LBody"
        items[-1].kids.append(part)
    for item in items:
        labels = [one for one in item.nodes if one.kind == "Lbl"]
        bodies = [one for one in item.nodes if one.kind == "LBody"]
        if len(labels) > 1:
            labels[0].kids += [kid for one in labels[1:] for kid in one.kids]
        item.kids = [*labels[:1], *_merged(bodies)]
    node.kids = list(items)


def _merged(bodies: list[Node]) -> list[Node]:
    """Return one body with what several have, each a paragraph."""
    if len(bodies) < 2:
        return bodies
    for one in bodies:
        one.kind = "Div"
    return [Node("LBody", kids=list(bodies))]


def _terms(node: Node) -> list[Node]:
    """Return the terms and meanings of a list, whatever they are grouped in."""
    found = []
    for kid in node.nodes:
        if kid.html in _TERMS and kid.kind != "LI":
            found.append(kid)
        else:
            found += _terms(kid)
    return found


def captioned(tree: Node) -> None:
    """Put the caption of a picture into its Figure, and let nothing else stand around it."""
    for node in tree.walk():
        kids: list[Node | Content | Reference] = []
        for kid in node.kids:
            within = list(kid.walk()) if isinstance(kid, Node) and kid.html == "figure" else []
            figures = [one for one in within if one.kind == "Figure"]
            if len(figures) == 1:
                figures[0].kids += [one for one in within if one.kind == "Caption"]
                kids.append(figures[0])
            else:
                kids.append(kid)
        node.kids = kids


def scoped(tree: Node) -> None:
    """Say of each head of a table what it heads: its column, or its row where it is in the body.

    The engine lists the heads of each cell instead, and those of a table that goes on overleaf are
    other ones there.
    """

    def scope(node: Node, of: str) -> None:
        of = "/Column" if node.kind == "THead" else of
        for kid in node.nodes:
            scope(kid, of)
        if node.kind in ("TH", "TD"):
            node.kept.pop("/ID", None)
            known = node.kept.pop("/A", Dictionary())
            made = {key: known[key] for key in ("/ColSpan", "/RowSpan") if key in known}
            made |= {"/Scope": Name(of)} if node.kind == "TH" else {}
            if made:
                node.kept["/A"] = Dictionary({"/O": Name.Table, **made})

    scope(tree, "/Row")


def pruned(tree: Node) -> None:
    """Take out what is empty, and groups that say nothing of what is in them."""

    def clean(node: Node) -> None:
        kids: list[Node | Content | Reference] = []
        for kid in node.kids:
            if not isinstance(kid, Node):
                kids.append(kid)
                continue
            clean(kid)
            if not kid.kids and kid.kind not in ("TD", "TH"):
                continue
            bare = kid.kind == "NonStruct" or (kid.kind == "Span" and not kid.language)
            within = kid.kind == node.kind and kid.kind in _NEVER_WITHIN_ITSELF
            if (bare and not kid.kept) or within:
                kids += kid.kids
            else:
                kids.append(kid)
        node.kids = kids

    clean(tree)


STEPS: tuple[Callable[[Node], None], ...] = (
    named,
    linked,
    without_rules,
    noted,
    captioned,
    listed,
    scoped,
    pruned,
)
