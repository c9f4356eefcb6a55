"""markdown-it set up for the dialect, with the position of every inline token kept.

In: text. Out: markdown-it's tokens; each inline token carries its offset in the content of
its block as `map`. markdown-it gives inline tokens no position of their own, so the inline state
records where each piece of pending text began.
"""

from __future__ import annotations

import copy
import itertools
import re
from functools import cache
from types import SimpleNamespace
from typing import Any, Literal

from markdown_it import MarkdownIt, helpers
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publish.book.inlines import NO_ATTRS, Attrs
from publish.manuscript.markdown.labels import label_end

CAPTION = ": "
"""What the caption of a table begins with."""
TRAILING_ATTRIBUTES = re.compile(r"[ \t]*(?<!\\)(\{[^{}]*\})[ \t]*$")
WITH_ATTRIBUTES = ("image", "link_close", "span_close")
"""The tokens in a line that take the attributes which follow them without a space."""
STRAY = "stray_attributes"
"""The token of attributes that no block follows."""
_BARE = ("footnote_reference_open", "html_block")
_SPACES = re.compile(r"\s+")
_MARKED = re.compile(r"[\\`*_\[<&{\n]")
"""What alone can begin anything but text in a line, or end it."""


class PlacedState(StateInline):
    """An inline state that gives each token its offset in the block's content."""

    def __init__(self, *args: Any) -> None:
        self.pending_at = 0
        self.pushed: tuple[int, int] = (-1, 0)
        super().__init__(*args)

    @property
    def pending(self) -> str:
        """The text not yet made into a token."""
        return StateInline.pending.fget(self)  # type: ignore[attr-defined,no-any-return]

    @pending.setter
    def pending(self, value: str) -> None:
        if value and not StateInline.pending.fget(self):  # type: ignore[attr-defined]
            self.pending_at = self.pos
        StateInline.pending.fset(self, value)  # type: ignore[attr-defined]

    def append_pending(self, text: str) -> None:
        """Add text at the current position."""
        if not self.pending:
            self.pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        """Make a token of the pending text, with the place where it began."""
        at = self.pending_at
        token = super().pushPending()
        token.map = [at, at]
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Push a token; a run of delimiters pushed from one position counts on."""
        token = super().push(ttype, tag, nesting)
        start, count = self.pushed
        count = count + 1 if start == self.pos and ttype == "text" else 0
        self.pushed = (self.pos, count)
        token.map = [self.pos + count] * 2
        return token


class PlacedInline(ParserInline):
    """The inline parser, on `PlacedState`."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Parse one block's content into inline tokens."""
        state = PlacedState(src, md, env, tokens)
        if src and not _MARKED.search(src):
            # As most paragraphs of prose are.
            state.pending = src
            state.pushPending()
            return state.tokens
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@cache
def parser() -> MarkdownIt:
    """Return the parser of the dialect (made once)."""
    markdown = MarkdownIt("commonmark")
    markdown.inline = PlacedInline()
    markdown.helpers = SimpleNamespace(**vars(helpers) | {"parseLinkLabel": label_end})  # type: ignore[assignment]
    # An address that may not be there is told of; it would else stay text, and say nothing.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    markdown.configure("commonmark").enable("table")
    markdown.block.ruler.before("fence", "attributes", _attributes_line)
    markdown.core.ruler.after("block", "attributes", _block_attributes)
    footnote_plugin(markdown, inline=False, move_to_end=False, always_match_refs=True)
    # A note that is called before attributes is no span of the words `^label`.
    attrs_plugin(markdown, spans=True, span_after="footnote_ref", after=WITH_ATTRIBUTES)
    deflist_plugin(markdown)
    container_plugin(markdown, "block", validate=lambda params, markup: bool(params.strip()))
    # Text stays in the pieces in which it was read, so that each keeps its position.
    markdown.inline.ruler2.disable("fragments_join")
    markdown.core.ruler.disable("text_join")
    markdown.core.ruler.before("inline", "line_attributes", _line_attributes)
    return markdown


def _attributes_line(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a line that is `{…}` and nothing else: the attributes of the block after it.

    (The plugin's own rule lets go of what stands behind the first brace that closes.)
    """
    if state.is_code_block(line):
        return False
    start = state.bMarks[line] + state.tShift[line]
    attrs = read_attrs(state.src[start : state.eMarks[line]].rstrip())
    if attrs is None:
        return False
    if not silent:
        token = state.push(STRAY, "", 0)
        token.meta, token.map = {"attrs": attrs}, [line, line + 1]
        state.line = line + 1
    return True


def _block_attributes(state: StateCore) -> None:
    """Give attributes to the block that follows them; those that none follows stay behind."""
    kept: list[Token] = []
    for token in state.tokens:
        while kept and kept[-1].type == STRAY and token.nesting >= 0 and token.type not in _BARE:
            above = kept.pop()
            token.meta["attrs"] = merged(above.meta["attrs"], token.meta.get("attrs", NO_ATTRS))
        kept.append(token)
    state.tokens = kept


def _line_attributes(state: StateCore) -> None:
    """Take `{#id .class}` off the end of a heading or of a table's caption."""
    for opening, token in itertools.pairwise(state.tokens):
        caption = opening.type == "paragraph_open" and token.content.startswith(CAPTION)
        if opening.type != "heading_open" and not caption:
            continue
        match = TRAILING_ATTRIBUTES.search(token.content)
        attrs = read_attrs(match[1]) if match else None
        if match and attrs is not None and not _of_inline(state, token.content, match.start()):
            token.content = token.content[: match.start()]
            opening.meta["attrs"] = merged(opening.meta.get("attrs", NO_ATTRS), attrs)


def _of_inline(state: StateCore, content: str, at: int) -> bool:
    """Whether attributes at the end are those of the span, link or picture that ends before them.

    In: the offset of the attributes. Only reading tells what a `]` or a `)` closes.
    """
    if not content.startswith(("]{", "){"), at - 1):
        return False
    read = state.md.inline.parse(content, state.md, copy.deepcopy(state.env), [])
    return read[-1].type in WITH_ATTRIBUTES


def read_attrs(written: str) -> Attrs | None:
    """Read `{#id .class key=value}`; None when it is no such list or an empty one."""
    try:
        end, values = parse(written)
    except ParseError:
        return None
    return attrs_of(values) if values and end == len(written) - 1 else None


def attrs_of(values: dict[str, Any]) -> Attrs:
    """Return markdown-it's attributes as the model's."""
    if not values:
        return NO_ATTRS
    classes = (
        tuple(_SPACES.split(str(values.get("class", "")).strip())) if "class" in values else ()
    )
    pairs = tuple((key, str(value)) for key, value in values.items() if key not in ("id", "class"))
    return Attrs(str(values.get("id", "")), classes, pairs)


def merged(first: Attrs, second: Attrs) -> Attrs:
    """Join two lists of attributes; the second one's id and values win."""
    pairs = dict(first.pairs) | dict(second.pairs)
    return Attrs(second.id or first.id, first.classes + second.classes, tuple(pairs.items()))
