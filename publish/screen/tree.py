"""The structure of a tagged PDF as a tree of nodes, read from the file and written back.

In: a PDF (ISO 32000-1, 14.7). Out: `Node`s, whose children are nodes, pieces of marked content and
annotations; and from them a structure tree with its parent tree, each element once. What stands in
no node is made an artifact (14.8.2.2), as the running heads of the engine are, which it leaves out
of the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Pdf, String

from publish.engine.origins import CLASS, ELEMENT, LANG, TAG
from publish.paragraphs.copied import SOFT
from publish.screen.hyphens import parted

_KEPT = ("/Alt", "/A", "/ID", "/ActualText")


class Content(NamedTuple):
    """A piece of marked content: the number of its page (from 0), and its own on that page."""

    page: int
    mcid: int


class Reference(NamedTuple):
    """An annotation, and the number of its page."""

    page: int
    annotation: Any


@dataclass(eq=False)
class Node:
    """A structure element: its type, the HTML it was made of, its children in reading order."""

    kind: str
    element: int = -1
    html: str = ""
    classes: tuple[str, ...] = ()
    language: str = ""
    kids: list[Node | Content | Reference] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def nodes(self) -> list[Node]:
        """Return the children that are nodes."""
        return [one for one in self.kids if isinstance(one, Node)]

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it."""
        yield self
        for kid in self.nodes:
            yield from kid.walk()

    def contents(self) -> Iterator[Content]:
        """Yield the marked content in the node, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.contents()
            elif isinstance(kid, Content):
                yield kid


def read_tree(pdf: Pdf) -> Node:
    """Return the tree of a PDF."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    return _read(pdf.Root.StructTreeRoot.K[0], pages, _parted(pdf))


def _parted(pdf: Pdf) -> dict[Content, Content]:
    """Part the hyphens that are added from their texts; return them by these."""
    signs: dict[Content, Content] = {}
    for number, page in enumerate(pdf.pages):
        content, own = parted(page.obj.Contents.read_bytes())
        if own:
            page.obj.Contents = pdf.make_stream(content)
        signs |= {Content(number, at): Content(number, sign) for at, sign in own.items()}
    return signs


def _read(element: Any, pages: dict[tuple[int, int], int], signs: dict[Content, Content]) -> Node:
    node = Node(
        str(element.S).lstrip("/"),
        int(element.get(f"/{ELEMENT}", -1)),
        str(element.get(f"/{TAG}", "")),
        tuple(str(element.get(f"/{CLASS}", "")).split()),
        str(element.get(f"/{LANG}", "")),
        kept={key: element[key] for key in _KEPT if key in element},
    )
    page = pages[element.Pg.objgen] if "/Pg" in element else -1
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            node.kids.append(own := Content(page, kid))
            if own in signs:
                node.kids.append(
                    Node("Span", kids=[signs[own]], kept={"/ActualText": String(SOFT)})
                )
        elif kid.get("/Type") == Name.OBJR:
            node.kids.append(Reference(page, kid.Obj))
        elif "/S" in kid:
            node.kids.append(_read(kid, pages, signs))
    return node


def write_tree(pdf: Pdf, tree: Node) -> None:
    """Give a PDF the structure of a tree; content that is in none of its nodes is an artifact."""
    writer = _Writer(pdf)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Array([writer.element(tree, root)])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=writer.numbers()))
    root.ParentTreeNextKey = len(root.ParentTree.Nums) // 2
    if writer.names:
        names = sorted(writer.names)
        pairs = [part for name in names for part in (String(name), writer.names[name])]
        leaf = Dictionary(Names=Array(pairs), Limits=Array([String(names[0]), String(names[-1])]))
        root.IDTree = Dictionary(Kids=Array([pdf.make_indirect(leaf)]))
    pdf.Root.StructTreeRoot = root
    for number, page in enumerate(pdf.pages):
        _leave_out(pdf, page, set(writer.owners.get(number, {})))


class _Writer:
    """Writes elements, and remembers which owns what."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.owners: dict[int, dict[int, Any]] = {}
        self.links: dict[int, tuple[Any, Any]] = {}
        self.names: dict[str, Any] = {}

    def element(self, node: Node, parent: Any) -> Any:
        """Write a node and what is in it."""
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.kind}")))
        made.P = parent
        for key, value in node.kept.items():
            made[key] = value
        if node.language:
            made.Lang = String(node.language)
        if "/ID" in node.kept:
            self.names[str(node.kept["/ID"])] = made
        pages = [kid.page for kid in node.kids if isinstance(kid, Content)]
        if pages:
            made.Pg = self.pdf.pages[pages[0]].obj
        made.K = Array([self._kid(kid, made, pages) for kid in node.kids])
        return made

    def _kid(self, kid: Node | Content | Reference, made: Any, pages: list[int]) -> Any:
        if isinstance(kid, Node):
            return self.element(kid, made)
        page = self.pdf.pages[kid.page].obj
        if isinstance(kid, Reference):
            self.links[int(kid.annotation.StructParent)] = (kid.annotation, made)
            return Dictionary(Type=Name.OBJR, Obj=kid.annotation, Pg=page)
        self.owners.setdefault(kid.page, {})[kid.mcid] = made
        if kid.page == pages[0]:
            return kid.mcid
        return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.mcid)

    def numbers(self) -> Array:
        """Return the parent tree: the owners of each page's content, then of each annotation."""
        rows: dict[int, Any] = {}
        for number, page in enumerate(self.pdf.pages):
            owners = self.owners.get(number, {})
            last = max(owners, default=-1)
            rows[int(page.obj.StructParents)] = Array([owners.get(at) for at in range(last + 1)])
        for key, (_, owner) in self.links.items():
            rows[key] = owner
        return Array([part for key in sorted(rows) for part in (key, rows[key])])


def _leave_out(pdf: Pdf, page: pikepdf.Page, owned: set[int]) -> None:
    """Make artifacts of the marked content of a page that no element owns."""
    steps: list[Any] = []
    for step in pikepdf.parse_content_stream(page):
        operands = list(step.operands)
        properties = operands[1] if str(step.operator) == "BDC" else None
        if isinstance(properties, Dictionary) and int(properties.get("/MCID", -1)) not in owned:
            is_content = "/MCID" in properties
            kind = Dictionary(Type=Name.Pagination)
            artifact = ContentStreamInstruction([Name.Artifact, kind], Operator("BDC"))
            step = artifact if is_content else step
        steps.append(step)
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps))
