"""The letters of a drawing: in which font they ask to be set, and whether the book has it.

In: an SVG file as it came, with its lines. Out: problem C317 at each line with letters in a font
that is not the book's: the system would set its own in its place, another on every machine; and
C319 where letters hang together, for the layout engine sets those of a drawing one by one. Style
rules are followed as far as their last compound selector tells (CSS Selectors 4, section 3.1).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from publish.fonts.files import FACES, SANS, SERIF
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.pictures.svg import SVG, Unusable, parsed
from publish.pictures.svg_losses import line_of

_LETTERED = {f"{{{SVG}}}{name}" for name in ("text", "tspan", "textPath", "a")}
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_FONT_OF = re.compile(r"(?:^|;)\s*font(-family)?\s*:\s*([^;]+)", re.IGNORECASE)
_SHORTHAND = re.compile(r"[\d.]+[a-z%]*(/\S+)?\s+(.+)", re.IGNORECASE | re.DOTALL)
_COMPOUND = re.compile(r"([\w*-]*)((?:[.#][\w-]+)*)")
_GENERIC = ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui")
"""Families whose fonts are the system's."""
_MOST_SHOWN = 30


def _squeezed(name: str) -> str:
    return re.sub(r"[\s'\"-]", "", name).lower()


OWN = frozenset(
    _squeezed(name) for face in FACES for name in (face.family, face.file.partition("-")[0])
)
"""The book's fonts by the names that a drawing can give them: the book's and their makers'."""


class Rule(NamedTuple):
    """A rule of a style sheet that names a font: what it holds for, and the font."""

    selector: str
    font: str


def check_lettering(file: str, data: bytes, extra: Sequence[str] = ()) -> list[Problem]:
    """Report the letters of the drawing photos/`file` that ask for a font not of the book.

    `extra` are the names of the fonts that the book brings.
    """
    own = OWN.union(map(_squeezed, extra))
    try:
        root = parsed(data)
    except Unusable:
        return []  # Told when the drawing is cleaned.
    rules = [rule for sheet in root.iter(f"{{{SVG}}}style") for rule in _rules(sheet)]
    lines = data.splitlines()
    found: dict[tuple[Span, str], Problem] = {}
    for element in root.iter(*_LETTERED):
        words = " ".join(_own_words(element).split())
        font = _first(_asked(element, rules)) if words else ""
        shown = f"{words[:_MOST_SHOWN]}…" if len(words) > _MOST_SHOWN else words
        at = Span(f"photos/{file}", line_of(element, lines))
        if any(map(_is_set_with_others, words)):
            found.setdefault((at, "C319"), problem("C319", at, words=shown))
        if not words or _squeezed(font) in own:
            continue
        wanted = f"the font “{font}”" if font else "whatever font the system has"
        found.setdefault((at, wanted), problem("C317", at, words=shown, font=wanted))
    return list(found.values())


def _is_set_with_others(char: str) -> bool:
    """Tell whether a character takes its form or its place from those that it stands beside."""
    return unicodedata.bidirectional(char) in ("R", "AL") or unicodedata.category(char) in (
        "Mn",
        "Mc",
    )


def with_extra(svg: bytes, extra: Mapping[str, str]) -> bytes:
    """Return a drawing that asks for the book's fonts and, after them, for those that it brings.

    `extra` has each family of the book by its maker's name, which a drawing may ask for.
    """
    names = {_squeezed(name): family for name, family in extra.items()}

    def listed(families: str) -> str:
        asked = [one.strip(" '\"") for one in families.split(",")]
        asked = [names.get(_squeezed(one), one) for one in asked if one not in _GENERIC]
        asked += [SANS, f"{SERIF} Wide", *extra.values()]
        # The layout engine takes a blank after the comma for a part of the name.
        return ",".join(f"'{one}'" for one in dict.fromkeys(asked))

    def declared(match: re.Match[str]) -> str:
        shorthand = None if match[1] else _SHORTHAND.fullmatch(match[2].strip())
        families = shorthand[2] if shorthand else match[2]
        return match[0].replace(families, listed(families))

    root = etree.fromstring(svg)
    for element in root.iter(f"{{{SVG}}}*"):
        if asked := element.get("font-family"):
            element.set("font-family", listed(str(asked)))
        if style := element.get("style"):
            element.set("style", _FONT_OF.sub(declared, str(style)))
        if element.tag == f"{{{SVG}}}style" and element.text:
            rules = _COMMENT.sub("", element.text)
            element.text = _RULE.sub(
                lambda rule: f"{rule[1]}{{{_FONT_OF.sub(declared, rule[2])}}}", rules
            )
    return etree.tostring(root)


def _own_words(element: etree._Element) -> str:
    """Return the words that stand straight in an element, not in one within it."""
    return f"{element.text or ''} {' '.join(child.tail or '' for child in element)}"


def _rules(sheet: etree._Element) -> Iterator[Rule]:
    css = _COMMENT.sub("", "".join(map(str, sheet.itertext())))
    for match in _RULE.finditer(css):
        if font := _font_in(match[2]):
            for selector in match[1].split(","):
                yield Rule(selector.strip(), font)


def _font_in(declarations: str) -> str:
    """Return the families that declarations name last; empty where they name none.

    Of `font` the engine knows a size and families; with more it is told whole, as it stands.
    """
    found = ""
    for match in _FONT_OF.finditer(declarations):
        families = None if match[1] else _SHORTHAND.fullmatch(match[2].strip())
        found = families[2] if families else match[2]
    return found.replace("!important", "").strip()


def _asked(element: etree._Element | None, rules: list[Rule]) -> str:
    """Return the families that an element asks for, its own or those it inherits."""
    while element is not None:
        font = _font_in(str(element.get("style", "")))
        if not font:
            font = next((one.font for one in reversed(rules) if _fits(one.selector, element)), "")
        font = font or str(element.get("font-family", ""))
        if font and font != "inherit":
            return font
        element = element.getparent()
    return ""


def _first(families: str) -> str:
    return families.split(",")[0].strip(" '\"")


def _fits(selector: str, element: etree._Element) -> bool:
    """Tell whether a selector holds for an element; what cannot be told is taken to do so."""
    last = re.split(r"[\s>+~]+", selector)[-1]
    compound = _COMPOUND.fullmatch(last)
    if compound is None:
        return True
    if compound[1] not in ("", "*", etree.QName(element).localname):
        return False
    classes, name = str(element.get("class", "")).split(), element.get("id")
    return all(
        one[1:] in classes if one[0] == "." else one[1:] == name
        for one in re.findall(r"[.#][\w-]+", compound[2])
    )
