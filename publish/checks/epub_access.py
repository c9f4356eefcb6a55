"""What an e-book says of its accessibility, against what its own files show.

In: an `Ebook` read back, and the settings of the book. Out: problems E513 (a claim that the files
contradict), E514 (a feature that is there and not claimed), E515 and E516 (colours and lettering
that can hardly be seen). Follows EPUB Accessibility 1.1 and WCAG 2.2; nothing that wrote the
metadata is used here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from lxml import etree

from publish.checks.epub_places import Places
from publish.checks.epub_reader import OPS, SVG, XHTML, Ebook, elements, is_outward
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.pictures.contrast import Faint, faint_rules
from publish.pictures.legibility import faint_lettering
from publish.settings.book_toml import Accessibility

_OPF = "{http://www.idpf.org/2007/opf}"
_MATHML = "{http://www.w3.org/1998/Math/MathML}math"
_SSML = "{http://www.w3.org/2001/10/synthesis}ph"
_LEVEL = re.compile(r"Level (A{1,3})")
_MOVING = ("animate", "animateTransform", "animateMotion", "set", "script", "canvas")
_SOUNDING = (f"{XHTML}audio", f"{XHTML}video", f"{XHTML}iframe", f"{XHTML}object")
_HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))
_ABSOLUTE = re.compile(r"font(?:-size)?:[^;]*?\d(?:px|pt|pc|mm|cm|in)\b")


Found = tuple[str, etree._Element]
"""An element, with the name of its document."""


class _Facts:
    """Finds out what is in the files of an e-book."""

    def __init__(self, ebook: Ebook) -> None:
        self.ebook = ebook
        trees = ebook.trees.items()
        self.every = [(name, one) for name, tree in trees for one in elements(tree)]
        self.roles = {word for _, one in self.every for word in one.get("role", "").split()}
        self.kinds = {word for _, one in self.every for word in one.get(f"{OPS}type", "").split()}

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """Return the style sheets by name."""
        files = self.ebook.files.items()
        return {name: data.decode() for name, data in files if name.endswith(".css")}

    @cached_property
    def pictures(self) -> list[Found]:
        """Return the pictures that tell something, each with its document; not the cover."""
        found = []
        for name, tree in self.ebook.trees.items():
            for one in tree.iter(f"{XHTML}img", f"{SVG}svg"):
                is_cover = one.get("role") == "doc-cover"
                hidden = one.get("aria-hidden") == "true" or one.get("alt") == ""
                mute = one.get("role") in ("presentation", "none")
                if not (is_cover or hidden or mute or _is_within(one, f"{SVG}svg")):
                    found.append((name, one))
        return found

    @cached_property
    def undescribed(self) -> list[Found]:
        """Return the pictures that tell something, and say it to nobody who does not see them."""
        return [(name, one) for name, one in self.pictures if not _said(one)]

    def has_contents(self) -> bool:
        """Tell whether there is a table of contents that leads somewhere."""
        return any(True for nav in self.navs("toc") for _ in nav.iter(f"{XHTML}a"))

    def navs(self, kind: str) -> Iterator[etree._Element]:
        """Yield the navs of a kind that have an entry."""
        for nav in self.ebook.trees[self.ebook.nav].iter(f"{XHTML}nav"):
            if nav.get(f"{OPS}type") == kind and nav.find(f".//{XHTML}a") is not None:
                yield nav

    def out_of_order(self) -> Iterator[Found]:
        """Yield notes and captions that cannot be passed over, and documents that stand apart."""
        for name, one in self.every:
            in_line = one.get("role") == "doc-footnote" and one.tag != f"{XHTML}aside"
            stray = one.tag == f"{XHTML}figcaption" and not _is_within(one, f"{XHTML}figure")
            if in_line or stray or one.get("linear") == "no":
                yield name, one

    def has_headings(self) -> bool:
        """Tell whether the text has headings, besides those of the title page and the contents."""
        return any(
            one.tag in _HEADINGS and one.get(f"{OPS}type") != "fulltitle"
            for name, one in self.every
            if name != self.ebook.nav
        )

    def jumps(self) -> Iterator[Found]:
        """Yield the headings that leave out a level."""
        for name in self.ebook.spine:
            above = 1
            for one in self.ebook.trees[name].iter(*_HEADINGS):
                level = _HEADINGS.index(one.tag) + 1
                if level > above + 1:
                    yield name, one
                above = level

    def has_index(self) -> bool:
        """Tell whether there is an index whose entries lead into the book."""
        return any(
            not is_outward(link.get("href", ""))
            for _, one in self.every
            if "doc-index" in one.get("role", "").split()
            for link in one.iter(f"{XHTML}a")
        )

    def is_long(self) -> bool:
        """Tell whether a picture leads to a long description that is there."""
        for tree in self.ebook.trees.values():
            there = {one.get("id") for one in elements(tree) if "".join(one.itertext()).strip()}
            if any(one.get("aria-details") in there - {None} for one in elements(tree)):
                return True
        return False

    def adapts(self) -> bool:
        """Tell whether size, spacing and colour of the text are left to the reader."""
        for css in self.sheets.values():
            squeezed = re.sub(r"\s+", "", css.lower())
            coloured = re.search(r"[{;]color:(?!inherit|currentcolor)", squeezed)
            if "!important" in squeezed or _ABSOLUTE.search(squeezed) or coloured:
                return False
        return True

    def restless(self) -> Iterator[Found]:
        """Yield what moves, flashes or sounds."""
        for name, one in self.every:
            if one.tag in _SOUNDING or etree.QName(one).localname in _MOVING:
                yield name, one

    def is_still(self) -> bool:
        """Tell whether nothing moves, flashes or sounds."""
        moving = any("animation" in css or "transition" in css for css in self.sheets.values())
        turning = any(name.lower().endswith(".gif") for name in self.ebook.files)
        return not (moving or turning or any(True for _ in self.restless()))


_FEATURES: Mapping[str, Callable[[_Facts], bool]] = MappingProxyType(
    {
        "tableOfContents": _Facts.has_contents,
        "readingOrder": lambda facts: not any(True for _ in facts.out_of_order()),
        "structuralNavigation": lambda facts: facts.has_headings() and not [*facts.jumps()],
        "ARIA": lambda facts: bool(facts.roles),
        "index": _Facts.has_index,
        "alternativeText": lambda facts: bool(facts.pictures) and not facts.undescribed,
        "longDescription": _Facts.is_long,
        "pageBreakMarkers": lambda facts: "pagebreak" in facts.kinds,
        "pageNavigation": lambda facts: any(True for _ in facts.navs("page-list")),
        "displayTransformability": _Facts.adapts,
        "MathML": lambda facts: any(one.tag == _MATHML for _, one in facts.every),
        "ttsMarkup": lambda facts: any(one.get(_SSML) for _, one in facts.every),
        "rubyAnnotations": lambda facts: any(one.tag == f"{XHTML}ruby" for _, one in facts.every),
    }
)
_OTHERS: Mapping[tuple[str, str], Callable[[_Facts], bool]] = MappingProxyType(
    {
        ("accessMode", "textual"): lambda facts: True,
        ("accessMode", "visual"): lambda facts: bool(facts.pictures),
        ("accessModeSufficient", "textual"): lambda facts: not facts.undescribed,
        ("accessModeSufficient", "textual,visual"): lambda facts: bool(facts.pictures),
        ("accessibilityHazard", "none"): _Facts.is_still,
    }
)
_CONTRADICTED: Mapping[str, Callable[[_Facts], Iterable[Found]]] = MappingProxyType(
    {
        "readingOrder": _Facts.out_of_order,
        "structuralNavigation": _Facts.jumps,
        "alternativeText": lambda facts: facts.undescribed,
        "textual": lambda facts: facts.undescribed,
        "none": _Facts.restless,
    }
)
"""What in the files contradicts a claim; nothing where it is the lack of something."""
_PROPERTIES = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard")


def check_access(
    file: str, ebook: Ebook, signed: Accessibility | None, places: Places
) -> list[Problem]:
    """Return the problems of what an e-book says of its accessibility."""
    facts = _Facts(ebook)
    level = _LEVEL.search(signed.conforms_to) if signed else None
    least = "AAA" if level and level[1] == "AAA" else "AA"
    return [
        *_claims(file, facts, places),
        *_conformance(file, facts, signed, places),
        *_colours(file, facts, least, places),
    ]


def _claims(file: str, facts: _Facts, places: Places) -> Iterator[Problem]:
    """Compare what is claimed with what is there."""
    known = {("accessibilityFeature", name): shown for name, shown in _FEATURES.items()}
    known.update(_OTHERS)
    claimed = [
        (name, value) for name in _PROPERTIES for value in _values(facts.ebook, f"schema:{name}")
    ]
    for name, value in claimed:
        shown = known.get((name, value))
        if shown is None or not shown(facts):
            reason = "nothing in it bears that out" if shown else "no file can show that"
            at = next(iter(_CONTRADICTED[value](facts)), None) if value in _CONTRADICTED else None
            place = places.shown(*at) if at else None
            yield problem("E513", place, file=file, what=f"{name} “{value}”", reason=reason)
    for (name, value), shown in known.items():
        if (name, value) not in claimed and shown(facts):
            yield problem("E514", None, file=file, what=f"{name} “{value}”")
    if not "".join(_values(facts.ebook, "schema:accessibilitySummary")).strip():
        yield problem("E514", None, file=file, what="accessibilitySummary")


def _conformance(
    file: str, facts: _Facts, signed: Accessibility | None, places: Places
) -> Iterator[Problem]:
    """Check that a claim to conform is somebody's, and that the files do not contradict it."""
    claims = _values(facts.ebook, "dcterms:conformsTo")
    wanted = [signed.conforms_to] if signed else []
    at = places.of_key("accessibility", "conforms-to")
    if not claims and wanted:
        yield problem("E514", at, file=file, what=f"“{wanted[0]}”")
    elif claims != wanted:
        reason = "book.toml names nobody who signed for that"
        yield problem("E513", at, file=file, what=f"“{' '.join(claims)}”", reason=reason)
    for claim in claims if signed else ():
        for name, value in (
            ("a11y:certifiedBy", signed.certified_by if signed else ""),
            ("dcterms:date", signed.date if signed else ""),
        ):
            if _values(facts.ebook, name) != [value]:
                reason = f"its {name} is not that of book.toml"
                yield problem("E513", at, file=file, what=f"“{claim}”", reason=reason)
        for name, one in facts.undescribed:
            reason = f"a picture in {posixpath.basename(name)} has no alt text"
            called = posixpath.basename(one.get("id", "") or one.get("src", ""))
            reason = f"{reason} ({called})" if called else reason
            yield problem(
                "E513", places.shown(name, one), file=file, what=f"“{claim}”", reason=reason
            )


def _colours(file: str, facts: _Facts, level: str, places: Places) -> Iterator[Problem]:
    """Check the contrast of what the style sheets and the drawings in the page colour."""
    for css in facts.sheets.values():
        for faint in faint_rules(css, level):
            yield _faint("E515", file, faint, None)
    for name, tree in facts.ebook.trees.items():
        for drawing in tree.iter(f"{SVG}svg"):
            if not _is_within(drawing, f"{SVG}svg"):
                for faint in faint_lettering(etree.tostring(drawing), level):
                    yield _faint("E516", file, faint, places.shown(name, drawing))


def _faint(code: str, file: str, faint: Faint, place: Span | None) -> Problem:
    facts = {"file": file, "what": faint.what, "colour": faint.colour, "look": faint.look}
    return problem(code, place, ratio=int(faint.ratio * 10) / 10, least=faint.least, **facts)


def _values(ebook: Ebook, name: str) -> list[str]:
    """Return what the package document says under a property."""
    return [
        (one.text or "").strip()
        for tree in ebook.trees.values()
        for one in tree.iter(f"{_OPF}meta")
        if one.get("property") == name
    ]


def _said(picture: etree._Element) -> str:
    named = picture.get("aria-label") or picture.get("alt") or ""
    title = picture.find(f"{SVG}title")
    return (named or (title.text or "" if title is not None else "")).strip()


def _is_within(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None
