"""Which way words are read: as the language goes that they are said to be in.

In: a block or the inlines of a line, and the language around them. Out: the same, where each block
and each span in a language that is read the other way has `dir` as if the author had written it. A
`dir` of the author's own stands. What has no letter that is read that way is left as it is: its
numbers and marks alone would change sides (Unicode Bidirectional Algorithm, UAX 9, W7 and N1).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from msgspec import structs

from publish.book.inlines import (
    Attrs,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Strong,
    Styled,
    Text,
    plain,
)
from publish.book.model import Block, Blocks, CodeBlock
from publish.book.walking import lines_of, map_inlines, same, walk, with_blocks
from publish.ground.wording import direction

_LETTERS = {"rtl": {"R", "AL"}, "ltr": {"L"}}
"""The bidirectional classes of the letters that are read a way."""


def directed(block: Block, language: str) -> Block:
    """Return a block in which all is read the way of its language; `language` is that around it."""
    return map_inlines(_directed(block, language), directed_line, language)


def directed_line(inlines: Inlines, language: str) -> Inlines:
    """Return the inlines of a line in which each span is read the way of its language."""
    if all(type(one) is Text for one in inlines):
        return inlines
    return same(inlines, tuple(_inline(one, language) for one in inlines))


def _inline(inline: Inline, language: str) -> Inline:
    match inline:
        case Styled(attrs=attrs, children=children):
            attrs = _turned(attrs, language, (plain(children),))
            inner = directed_line(children, attrs.get("lang", language))
            kept = attrs is inline.attrs and inner is children
            return inline if kept else Styled(attrs, inner)
        case Emphasis() | Strong() | Link() | CrossReference():
            inner = directed_line(inline.children, language)
            kept = inner is inline.children
            return inline if kept else structs.replace(inline, children=inner)
        case _:
            return inline


def _directed(block: Block, language: str) -> Block:
    spoken = block.attrs.get("lang", language)

    def deep(blocks: Blocks) -> Blocks:
        return same(blocks, tuple(_directed(one, spoken) for one in blocks))

    block = with_blocks(block, deep)
    attrs = _turned(block.attrs, language, _texts(block))
    return block if attrs is block.attrs else structs.replace(block, attrs=attrs)


def _texts(block: Block) -> Iterable[str]:
    for one in walk((block,)):
        if isinstance(one, CodeBlock):
            yield one.value
        yield from map(plain, lines_of(one))


def _turned(attrs: Attrs, language: str, texts: Iterable[str]) -> Attrs:
    """Return attributes with the direction of their language, where `texts` are read that way."""
    spoken = attrs.get("lang")
    if not spoken or attrs.get("dir") or (way := direction(spoken)) == direction(language):
        return attrs
    if any(unicodedata.bidirectional(char) in _LETTERS[way] for text in texts for char in text):
        return structs.replace(attrs, pairs=(*attrs.pairs, ("dir", way)))
    return attrs
