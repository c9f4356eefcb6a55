"""What an e-book says of its accessibility, against what its own files show.

In: an `Ebook` read back, and the settings of the book. Out: problems E513 (a claim that the files
contradict), E514 (a feature that is there and not claimed), E515 and E516 (colours and lettering
that can hardly be seen). Follows EPUB Accessibility 1.1 and WCAG 2.2; nothing that wrote the
metadata is used here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from lxml import etree

from publish.checks.epub_reader import OPS, SVG, XHTML, Ebook, elements, is_outward
from publish.contrast import Faint, faint_rules
from publish.legibility import faint_lettering
from publish.problems import Problem, problem
from publish.settings import Accessibility

_OPF = "{http://www.idpf.org/2007/opf}"
_MATHML = "{http://www.w3.org/1998/Math/MathML}math"
_SSML = "{http://www.w3.org/2001/10/synthesis}ph"
_LEVEL = re.compile(r"Level (A{1,3})")
_MOVING = ("animate", "animateTransform", "animateMotion", "set", "script", "canvas")
_SOUNDING = (f"{XHTML}audio", f"{XHTML}video", f"{XHTML}iframe", f"{XHTML}object")
_HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))
_ABSOLUTE = re.compile(r"font(?:-size)?:[^;]*?\d(?:px|pt|pc|mm|cm|in)\b")


class _Facts:
    """Finds out what is in the files of an e-book."""

    def __init__(self, ebook: Ebook) -> None:
        self.ebook = ebook
        self.every = [one for tree in ebook.trees.values() for one in elements(tree)]
        self.roles = {word for one in self.every for word in one.get("role", "").split()}
        self.kinds = {word for one in self.every for word in one.get(f"{OPS}type", "").split()}

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """Return the style sheets by name."""
        files = self.ebook.files.items()
        return {name: data.decode() for name, data in files if name.endswith(".css")}

    @cached_property
    def pictures(self) -> list[tuple[str, etree._Element]]:
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
    def undescribed(self) -> list[tuple[str, etree._Element]]:
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

    def is_in_order(self) -> bool:
        """Tell whether notes and captions can be passed over, and no document stands apart."""
        notes = (one.tag for one in self.every if one.get("role") == "doc-footnote")
        captions = self.captions()
        apart = any(one.get("linear") == "no" for one in self.every)
        return not apart and {*notes} <= {f"{XHTML}aside"} and all(captions)

    def captions(self) -> Iterator[bool]:
        """Tell of each caption whether it stands in its figure."""
        for one in self.every:
            if one.tag == f"{XHTML}figcaption":
                yield _is_within(one, f"{XHTML}figure")

    def is_nested(self) -> bool:
        """Tell whether the text has headings that go down by one level at a time."""
        in_text = False
        for name in self.ebook.spine:
            found = [one for one in elements(self.ebook.trees[name]) if one.tag in _HEADINGS]
            levels = [_HEADINGS.index(one.tag) + 1 for one in found]
            if any(low > high + 1 for high, low in zip([1, *levels], levels, strict=False)):
                return False
            own = (one for one in found if one.get(f"{OPS}type") != "fulltitle")
            in_text = in_text or (name != self.ebook.nav and any(True for _ in own))
        return in_text

    def has_index(self) -> bool:
        """Tell whether there is an index whose entries lead into the book."""
        return any(
            not is_outward(link.get("href", ""))
            for one in self.every
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

    def is_still(self) -> bool:
        """Tell whether nothing moves, flashes or sounds."""
        names = {etree.QName(one).localname for one in self.every}
        moving = any("animation" in css or "transition" in css for css in self.sheets.values())
        sounds = any(one.tag in _SOUNDING for one in self.every)
        turning = any(name.lower().endswith(".gif") for name in self.ebook.files)
        return not (moving or sounds or turning or names & {*_MOVING})


_FEATURES: Mapping[str, Callable[[_Facts], bool]] = MappingProxyType(
    {
        "tableOfContents": _Facts.has_contents,
        "readingOrder": _Facts.is_in_order,
        "structuralNavigation": _Facts.is_nested,
        "ARIA": lambda facts: bool(facts.roles),
        "index": _Facts.has_index,
        "alternativeText": lambda facts: bool(facts.pictures) and not facts.undescribed,
        "longDescription": _Facts.is_long,
        "pageBreakMarkers": lambda facts: "pagebreak" in facts.kinds,
        "pageNavigation": lambda facts: any(True for _ in facts.navs("page-list")),
        "displayTransformability": _Facts.adapts,
        "MathML": lambda facts: any(one.tag == _MATHML for one in facts.every),
        "ttsMarkup": lambda facts: any(one.get(_SSML) for one in facts.every),
        "rubyAnnotations": lambda facts: any(one.tag == f"{XHTML}ruby" for one in facts.every),
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
_PROPERTIES = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard")


def check_access(file: str, ebook: Ebook, signed: Accessibility | None) -> list[Problem]:
    """Return the problems of what an e-book says of its accessibility."""
    facts = _Facts(ebook)
    level = _LEVEL.search(signed.conforms_to) if signed else None
    least = "AAA" if level and level[1] == "AAA" else "AA"
    return [
        *_claims(file, facts),
        *_conformance(file, facts, signed),
        *_colours(file, facts, least),
    ]


def _claims(file: str, facts: _Facts) -> Iterator[Problem]:
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
            yield problem("E513", None, file=file, what=f"{name} “{value}”", reason=reason)
    for (name, value), shown in known.items():
        if (name, value) not in claimed and shown(facts):
            yield problem("E514", None, file=file, what=f"{name} “{value}”")
    if not "".join(_values(facts.ebook, "schema:accessibilitySummary")).strip():
        yield problem("E514", None, file=file, what="accessibilitySummary")


def _conformance(file: str, facts: _Facts, signed: Accessibility | None) -> Iterator[Problem]:
    """Check that a claim to conform is somebody's, and that the files do not contradict it."""
    claims = _values(facts.ebook, "dcterms:conformsTo")
    wanted = [signed.conforms_to] if signed else []
    if not claims and wanted:
        yield problem("E514", None, file=file, what=f"“{wanted[0]}”")
    elif claims != wanted:
        reason = "book.toml names nobody who signed for that"
        yield problem("E513", None, file=file, what=f"“{' '.join(claims)}”", reason=reason)
    for claim in claims if signed else ():
        for name, value in (
            ("a11y:certifiedBy", signed.certified_by if signed else ""),
            ("dcterms:date", signed.date if signed else ""),
        ):
            if _values(facts.ebook, name) != [value]:
                reason = f"its {name} is not that of book.toml"
                yield problem("E513", None, file=file, what=f"“{claim}”", reason=reason)
        for name, one in facts.undescribed:
            reason = f"a picture in {posixpath.basename(name)} has no alt text"
            at = one.get("id") or one.get("src", "")
            reason = f"{reason} ({posixpath.basename(at)})" if at else reason
            yield problem("E513", None, file=file, what=f"“{claim}”", reason=reason)


def _colours(file: str, facts: _Facts, level: str) -> Iterator[Problem]:
    """Check the contrast of what the style sheets and the drawings in the page colour."""
    for css in facts.sheets.values():
        for faint in faint_rules(css, level):
            yield _faint("E515", file, faint)
    for _, tree in facts.ebook.trees.items():
        for drawing in tree.iter(f"{SVG}svg"):
            if not _is_within(drawing, f"{SVG}svg"):
                for faint in faint_lettering(etree.tostring(drawing), level):
                    yield _faint("E516", file, faint)


def _faint(code: str, file: str, faint: Faint) -> Problem:
    facts = {"file": file, "what": faint.what, "colour": faint.colour, "look": faint.look}
    return problem(code, None, ratio=int(faint.ratio * 10) / 10, least=faint.least, **facts)


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
