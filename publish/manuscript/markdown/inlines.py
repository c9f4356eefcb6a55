"""Inline tokens → the model's inlines, each run of text with its places in the file.

In: the children of one markdown-it inline token and a `Locator` for its content. Out: inlines, and
problems M214 to M218, M222, M226, M233, M239, M240, M247, M249, M250,
M252, M257 and M259.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from markdown_it.token import Token
from msgspec import Struct, field

from publish.book.inlines import (
    NO_ATTRS,
    Attrs,
    Code,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteReference,
    Picture,
    Strong,
    Styled,
    Text,
    plain,
    walk_inlines,
)
from publish.book.model import PLACING
from publish.ground.addresses import leads_nowhere
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile, Span, offset_at
from publish.manuscript.markdown.addresses import disguise
from publish.manuscript.markdown.direction import check_direction
from publish.manuscript.markdown.labels import is_escaped
from publish.manuscript.markdown.parser import attrs_of, read_attrs
from publish.settings.limits import MOST_NESTED
from publish.settings.schema import nearest

_DOI = re.compile(r"^doi:(?=.)", re.IGNORECASE)
_OUTWARD = re.compile(r"(https?|mailto|tel|urn):", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^>]*)>", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{\s*(?:[#.]\w|[\w-]+=)[^{}]*\}")
_UNCLOSED = re.compile(r"\{\s*(?:[#.]\w|[\w-]+=)[^\s{}]*+(?=[^{}]*(?:\{|\Z))")
_CALL = re.compile(r"\[\^[^\[\]]*\]")
_ADDRESS = re.compile(r"\]\((?:(?:https?|mailto|tel|urn|doi):|www\.|#)[^\s()]*")
_LITERALS = ((_ATTRIBUTES, ""), (_UNCLOSED, "M250"), (_CALL, "M233"), (_ADDRESS, "M257"))
"""Marks that stayed text, and what is told of them."""
KNOWN_CLASSES = ("print-only", "epub-only", "smallcaps", "nobreak")
"""The classes that mean something in every output."""
_SPOKEN = ("lang", "dir")
_OF_MARKS = ("href", "title", "src", "alt")
HTML_INLINES = frozenset(
    "abbr b bdi bdo cite del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup"
    " u var".split()
)


def looks_like_attributes(written: str) -> bool:
    """Tell whether a text is meant as `{#id .class key=value}`, well written or not."""
    return _ATTRIBUTES.match(written) is not None


class Locator(Struct, frozen=True):
    """Where the lines of a block's content stand in its file: offsets of each, and its length."""

    source: SourceFile
    starts: tuple[tuple[int, int], ...]
    """(offset in the content, offset in the file) of each line of the content."""

    def at(self, offset: int) -> int:
        """Return the offset in the file of an offset in the content."""
        return offset_at(self.starts, offset)

    def span(self, offset: int) -> Span:
        """Return the place of an offset in the content."""
        return self.source.span(self.at(offset))


class Frame(Struct):
    """An element that is open: what makes an inline of it, and its children up to now."""

    kind: str
    token: Token | None
    children: list[Inline] = field(default_factory=list)
    pieces: list[tuple[str, int, int]] = field(default_factory=list)
    """Text not yet made an inline: value, offset in the file, length there."""

    def add(self, *inlines: Inline) -> None:
        """Add inlines after the text that is pending."""
        self._flush()
        self.children += inlines

    def closed(self) -> Inlines:
        """Return all children."""
        self._flush()
        return tuple(self.children)

    def _flush(self) -> None:
        if not self.pieces:
            return
        places: list[tuple[int, int]] = []
        length, expected = 0, -1
        for value, at, width in self.pieces:
            if at != expected:
                places.append((length, at))
            length += len(value)
            expected = at + width if width == len(value) else -1
        self.children.append(Text("".join(piece[0] for piece in self.pieces), tuple(places)))
        self.pieces.clear()


class InlineReader(Struct):
    """Reads the inline tokens of one chapter; problems gather in `problems`."""

    allow_html: bool
    nesting: int = MOST_NESTED
    problems: list[Problem] = field(default_factory=list)

    def read(self, tokens: Iterable[Token], locator: Locator) -> Inlines:
        """Return the inlines of one block, its marks that came to nothing reported."""
        inlines = self._inlines(list(tokens), locator)
        for inline in walk_inlines(inlines):
            if isinstance(inline, Text):
                self._literal(inline, locator.source)
        return inlines

    def _inlines(self, tokens: Sequence[Token], locator: Locator) -> Inlines:
        if deep := _too_deep(tokens, self.nesting):
            self.problems.append(problem("M247", locator.span(_at(deep)), most=self.nesting))
            return ()
        stack = [Frame("", None)]
        for token in tokens:
            at = _at(token)
            match token.type:
                case "text" | "text_special" | "softbreak":
                    value = "\n" if token.type == "softbreak" else token.content
                    if value:
                        width = len(token.markup) or len(value)
                        stack[-1].pieces.append((value, locator.at(at), width))
                case "code_inline":
                    stack[-1].add(_code(token, locator.at(at)))
                case "hardbreak":
                    stack[-1].add(LineBreak())
                case "image":
                    stack[-1].add(self._picture(token, locator, locator.span(at)))
                case "footnote_ref":
                    label = str(token.meta["label"])
                    stack[-1].add(NoteReference(label, locator.span(at)))
                case "html_inline":
                    self._html(token, stack, locator.span(at))
                case kind if token.nesting == 1:
                    stack.append(Frame(kind.removesuffix("_open"), token))
                case _:
                    self._close(stack, locator)
        while len(stack) > 1:
            self._unclosed(stack, locator)
        return stack[0].closed()

    def _close(self, stack: list[Frame], locator: Locator) -> None:
        while stack[-1].kind.startswith("<"):
            self._unclosed(stack, locator)
        frame = stack.pop()
        assert frame.token is not None
        inner = frame.closed()
        # markdown-it pushes a link or span when it stands behind the bracket that opens it.
        bracket = frame.kind in ("span", "link") and frame.token.markup != "autolink"
        span = locator.span(_at(frame.token) - bracket)
        match frame.kind:
            case "em":
                stack[-1].add(Emphasis(inner))
            case "strong":
                stack[-1].add(Strong(inner))
            case "span":
                attrs = self._attrs(frame.token)
                # Of a name that a list of persons indexes: `index` checks where they stand.
                self.check_attrs(attrs, span, (*_SPOKEN, "names", "not"))
                self.problems += check_direction(attrs, (inner,), span)
                stack[-1].add(Styled(attrs, inner))
            case _:
                stack[-1].add(self._link(frame.token, inner, span))

    def _attrs(self, token: Token) -> Attrs:
        """Return what was written behind a mark, without what the mark itself says."""
        written = dict(token.attrs) | dict(token.meta.get("insecure_attrs") or {})
        return attrs_of({key: value for key, value in written.items() if key not in _OF_MARKS})

    def check_attrs(self, attrs: Attrs, span: Span, known: tuple[str, ...] = _SPOKEN) -> None:
        """Report a language that is no language tag, and keys that nothing knows."""
        for key, value in attrs.pairs:
            if key not in known:
                self.problems.append(problem("M226", span, name=key, expected=nearest(key, known)))
            elif key == "dir" and value not in ("ltr", "rtl", "auto"):
                expected = "Expected: ltr, rtl or auto."
                self.problems.append(problem("M226", span, name=f"dir={value}", expected=expected))
            elif key == "lang" and not _LANGUAGE.fullmatch(value):
                self.problems.append(problem("M218", span, name=value))
        for name in attrs.classes:
            near = difflib.get_close_matches(name, KNOWN_CLASSES, n=1, cutoff=0.75)
            if near and name not in KNOWN_CLASSES:
                self.problems.append(problem("M239", span, name=name, near=near[0]))
        if {"print-only", "epub-only"} <= set(attrs.classes):
            self.problems.append(problem("M240", span))

    def _literal(self, text: Text, source: SourceFile) -> None:
        """Report attributes, calls and addresses that stayed text, unless they were escaped."""
        for pattern, code in _LITERALS:
            for match in pattern.finditer(text.value):
                at = text.source_offset(match.start())
                written = source.text[at : at + 1] == match[0][0]
                if not written or (code == "M257" and is_escaped(source.text, at)):
                    continue
                known = "M217" if read_attrs(match[0]) else "M216"
                facts = {"attributes": match[0], "written": match[0]}
                self.problems.append(problem(code or known, source.span(at), **facts))

    def _link(self, token: Token, inner: Inlines, span: Span) -> Inline:
        attrs = self._attrs(token)
        self.check_attrs(attrs, span)
        link = self._bare_link(token, inner, span)
        return link if attrs == NO_ATTRS else Styled(attrs, (link,))

    def _bare_link(self, token: Token, inner: Inlines, span: Span) -> Inline:
        # As the registry asks for it to be shown; `doi:` is no scheme that readers know.
        href = _DOI.sub("https://doi.org/", str(token.attrs.get("href", "")))
        if href.startswith("#"):
            return CrossReference(unquote(href[1:]), inner, span)
        if not _OUTWARD.match(href) or leads_nowhere(href):
            self.problems.append(problem("M222", span, name=unquote(href)))
        elif reason := disguise(href):
            self.problems.append(problem("M249", span, name=unquote(href), reason=reason))
        if not (plain(inner) or any(isinstance(one, Picture) for one in walk_inlines(inner))):
            self.problems.append(problem("M259", span, name=unquote(href)))
        return Link(href, inner, str(token.attrs.get("title", "")))

    def _picture(self, token: Token, locator: Locator, span: Span) -> Inline:
        alt = plain(self._inlines(token.children or [], locator))
        picture = Picture(unquote(str(token.attrs["src"])), alt, span)
        attrs = self._attrs(token)
        self.check_attrs(attrs, span, (*_SPOKEN, *PLACING))
        return picture if attrs == NO_ATTRS else Styled(attrs, (picture,))

    def _html(self, token: Token, stack: list[Frame], span: Span) -> None:
        html = token.content
        if html.startswith("<!--"):
            return
        match = _TAG.fullmatch(html)
        if not self.allow_html:
            self.problems.append(problem("M214", span, html=html))
        elif match and match[2].lower() == "br":
            stack[-1].add(LineBreak())
        elif not match or match[2].lower() not in HTML_INLINES or match[3].strip(" /"):
            self.problems.append(problem("M215", span, html=html))
        elif not match[1] and len(stack) > self.nesting:
            self.problems.append(problem("M247", span, most=self.nesting))
        elif not match[1]:
            stack.append(Frame(f"<{match[2].lower()}", token))
        elif stack[-1].kind == f"<{match[2].lower()}":
            frame = stack.pop()
            element = Attrs(pairs=(("element", frame.kind[1:]),))
            stack[-1].add(Styled(element, frame.closed()))
        else:
            self.problems.append(problem("M215", span, html=html))

    def _unclosed(self, stack: list[Frame], locator: Locator) -> None:
        """Take a tag that is never closed out, and keep what stands in it."""
        frame = stack.pop()
        stack[-1].add(*frame.closed())
        if frame.token is not None and frame.kind.startswith("<"):
            span = locator.span(_at(frame.token))
            self.problems.append(problem("M215", span, html=frame.token.content))


def _too_deep(tokens: Sequence[Token], nesting: int) -> Token | None:
    """Return the first mark that stands in more marks than are allowed; None for none."""
    depths = itertools.accumulate(token.nesting for token in tokens)
    return next(
        (token for token, depth in zip(tokens, depths, strict=True) if depth > nesting), None
    )


def _code(token: Token, at: int) -> Code:
    return Code(token.content, ((0, at + len(token.markup)),))


def _at(token: Token) -> int:
    return token.map[0] if token.map else 0
