"""SVG made safe and fit to stand in a page beside other drawings.

In: the bytes of an SVG file. Out: a `Drawing` built anew from the elements and attributes of static
SVG (SVG 1.1, and `href` of SVG 2): no scripts, events, animation, foreign objects, entities or
references to anything outside the file. Ids and classes get a prefix, and the rules of its style
elements hold for the drawing alone, so that several can stand inline in one document. What would
have been seen and had to go is told with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree
from msgspec import Struct, field

from publish.ground.units import PIXELS
from publish.pictures.svg_losses import (
    Loss,
    line_of,
    lost_attribute,
    lost_declaration,
    lost_element,
    lost_reference,
    lost_rule,
    lost_sheets,
)
from publish.pictures.svg_uses import MOST, Endless, drawn

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_STATIC = """
    svg g defs symbol use switch a title desc path rect circle ellipse line polyline polygon text
    tspan textPath image marker linearGradient radialGradient stop pattern clipPath mask style
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDistantLight
    feDiffuseLighting feDisplacementMap feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
    feSpotLight feTile feTurbulence
"""
ELEMENTS = frozenset(_STATIC.split())
_SAFE: Mapping[str, Any] = MappingProxyType(
    {
        "resolve_entities": "internal",
        "no_network": True,
        "load_dtd": False,
        "remove_comments": True,
        "remove_pis": True,
        "huge_tree": False,
    }
)
_LINK, _GROUP = f"{{{SVG}}}a", f"{{{SVG}}}g"
_NAMESPACES: dict[Any, str] = {None: SVG, "xlink": XLINK}
_HREF = ("href", f"{{{XLINK}}}href")
_DROPPED = re.compile(r"(on.*|aria-.*|data-.*|role|tabindex|focusable|base)", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE)
_LEADS_OUT = re.compile(
    r"\\|://|@|\b(image|image-set|cross-fade|src|expression)\s*\(", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_AT_RULE = re.compile(r"@[^;{}]*(;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAME = re.compile(r"([.#])(-?[A-Za-z_][\w-]*)")
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*(px|pt|pc|mm|cm|in|)\s*")
_PX = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": PIXELS, "cm": 10 * PIXELS, "in": 96.0}


class Unusable(Exception):
    """A picture that cannot be set; the text says why."""


class Drawing(Struct, frozen=True):
    """A clean SVG file, the width and height of its viewBox, and what of it is lost."""

    data: bytes
    width: float
    height: float
    lost: tuple[Loss, ...] = ()


def clean_svg(data: bytes, prefix: str) -> Drawing:
    """Return a drawing cleaned; `prefix` goes before each of its ids and classes.

    Raises `Unusable` for what is no SVG, or has neither a viewBox nor a width and height.
    """
    source = parsed(data)
    try:
        count = drawn(source)
    except Endless as error:
        raise Unusable(f"it draws “{error}” within itself, by using it there") from None
    if count > MOST:
        raise Unusable(f"it draws more than {MOST:,} things, by using what uses others")
    x, y, width, height = _view_box(source)
    root = etree.Element(f"{{{SVG}}}svg", nsmap=_NAMESPACES)
    cleaner = _Cleaner(prefix, data.splitlines(), lost_sheets(data))
    cleaner.fill(root, source)
    root.set("viewBox", f"{x:g} {y:g} {width:g} {height:g}")
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    root.set("id", f"{prefix}svg")
    etree.cleanup_namespaces(root)
    clean = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return Drawing(clean, width, height, tuple(dict.fromkeys(cleaner.lost)))


def parsed(data: bytes) -> Any:
    """Return the root of an SVG file, read without reaching outside it; raises `Unusable`."""
    try:
        source = etree.fromstring(data, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unusable(f"it is not well-formed XML ({getattr(error, 'msg', error)})") from error
    if source is None or source.tag != f"{{{SVG}}}svg":
        raise Unusable("it is not SVG")
    return source


def _view_box(source: etree._Element) -> tuple[float, float, float, float]:
    written = str(source.get("viewBox", ""))
    numbers = [float(one) for one in re.findall(_NUMBER, written)]
    if len(numbers) != 4:
        sides = [_LENGTH.fullmatch(str(source.get(side, ""))) for side in ("width", "height")]
        numbers = [0.0, 0.0, *(float(side[1]) * _PX[side[2]] for side in sides if side)]
    if len(numbers) != 4 or not (0 < numbers[2] < 1e6 and 0 < numbers[3] < 1e6):
        raise Unusable("it has neither a viewBox nor a width and height")
    return numbers[0], numbers[1], round(numbers[2], 3), round(numbers[3], 3)


class _Cleaner(Struct, frozen=True):
    """Copies what is allowed of one drawing, and keeps account of what is lost."""

    prefix: str
    lines: list[bytes]
    lost: list[Loss] = field(default_factory=list)

    def tell(self, loss: Loss | None) -> None:
        """Take down a loss, where there is one."""
        if loss:
            self.lost.append(loss)

    def fill(self, target: etree._Element, source: etree._Element) -> None:
        """Copy attributes, text and children of an element that is allowed itself."""
        target.text = source.text
        for name, value in source.attrib.items():
            kept = self.attribute(source, str(name), str(value))
            if kept is not None:
                target.set(str(name), kept)
            elif name in _HREF and etree.QName(source).localname not in ("a", "use", "image"):
                self.tell(lost_reference(line_of(source, self.lines), str(value)))
            else:
                self.tell(lost_attribute(line_of(source, self.lines), str(name), str(value)))
        if source.tag == f"{{{SVG}}}style":
            sheet = "".join(map(str, source.itertext()))
            target.text = self.sheet(sheet, line_of(source, self.lines))
            return
        for child in source:
            last = target[-1] if len(target) else None
            if self.allowed(child):
                # A link can lead nowhere here: what is linked stays, as a group.
                made = etree.SubElement(target, _GROUP if child.tag == _LINK else str(child.tag))
                self.fill(made, child)
                made.tail = child.tail
                continue
            if isinstance(child.tag, str):
                address = next((str(child.get(one)) for one in _HREF if child.get(one)), "")
                self.tell(lost_element(child, line_of(child, self.lines), address))
            if last is not None:
                last.tail = (last.tail or "") + (child.tail or "")
            else:
                target.text = (target.text or "") + (child.tail or "")

    def allowed(self, element: etree._Element) -> bool:
        """Tell whether an element may stand; not one that refers to what stands elsewhere."""
        if not isinstance(element.tag, str):
            return False
        name = etree.QName(element)
        if name.namespace != SVG or name.localname not in ELEMENTS:
            return False
        if name.localname not in ("use", "image"):
            return True
        hrefs = [(name, element.get(name)) for name in _HREF if element.get(name) is not None]
        return any(self.attribute(element, name, str(value)) for name, value in hrefs)

    def attribute(self, element: etree._Element, name: str, value: str) -> str | None:
        """Return an attribute's value as it may stand, None when it may not."""
        parsed = etree.QName(name)
        if name in _HREF:
            if value.startswith("#") and etree.QName(element).localname != "a":
                return f"#{self.prefix}{value[1:]}"
            drawn = etree.QName(element).localname == "image" and _EMBEDDED.fullmatch(value)
            return value if drawn else None
        if parsed.namespace == _XML:
            return value if parsed.localname in ("lang", "space") else None
        if parsed.namespace or _DROPPED.fullmatch(parsed.localname):
            return None
        if name == "id":
            return f"{self.prefix}{value}"
        if name == "class":
            return " ".join(f"{self.prefix}{one}" for one in value.split())
        if name == "style":
            return self.declarations(value, line_of(element, self.lines)) or None
        return self.local(value)

    def declarations(self, css: str, line: int) -> str:
        """Return the declarations that reach for nothing outside the file."""
        kept = []
        for one in filter(None, map(str.strip, _COMMENT.sub("", css).split(";"))):
            local = self.local(one)
            if local is None:
                self.tell(lost_declaration(line, one))
            else:
                kept.append(local)
        return "; ".join(kept)

    def local(self, value: str) -> str | None:
        """Return a value with its references prefixed, None when one leads out of the file."""
        urls = [match[2] for match in _URL.finditer(value)]
        if not all(url.startswith("#") for url in urls):
            return None
        if "url" in _URL.sub("", value).lower() or _LEADS_OUT.search(value):
            return None
        return _URL.sub(lambda match: f"url(#{self.prefix}{match[2][1:]})", value)

    def sheet(self, css: str, line: int) -> str:
        """Return a style sheet without at-rules, each selector bound to this drawing.

        `line` is the line in which it begins.
        """
        # What goes leaves its line feeds, by which the lines of the rest are counted.
        css = _COMMENT.sub(_blank, css)
        for match in _AT_RULE.finditer(css):
            self.tell(lost_rule(line + css.count("\n", 0, match.start()), match[0]))
        css = _AT_RULE.sub(_blank, css)
        rules = []
        for match in _RULE.finditer(css):
            declarations = self.declarations(match[2], line + css.count("\n", 0, match.start(2)))
            selectors = [self.selector(one.strip()) for one in match[1].split(",") if one.strip()]
            if declarations and selectors and not _LEADS_OUT.search(match[1]):
                rules.append(f"{', '.join(selectors)} {{ {declarations} }}")
        return "\n".join(rules)

    def selector(self, written: str) -> str:
        """Return a selector of this drawing's elements only."""
        own = _NAME.sub(lambda name: f"{name[1]}{self.prefix}{name[2]}", written)
        return f"#{self.prefix}svg {own}"


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
