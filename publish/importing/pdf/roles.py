"""Blocks → what each is: title, heading, standfirst, byline, caption, pull quote, item, paragraph.

In: blocks in reading order, the layout, pictures, bookmarks. Out: the blocks with their kinds. What
is set as the body is body text; of what is set otherwise, its size, its length, the picture beside
it and the words that it repeats tell what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.importing.languages import Language
from publish.importing.pdf.blocks import ITEM, Block
from publish.importing.pdf.captions import CAPTION_WORDS, LARGER, tie_captions
from publish.importing.pdf.model import Image, Style
from publish.importing.pdf.settling import Layout, is_body
from publish.importing.repeats import groups
from publish.importing.sentences import ends_in_hyphen, ends_sentence, starts_great, starts_small
from publish.importing.words import plain

SMALLER = 0.96
HEADING_WORDS, HEADING_ROWS = 22, 4
GROUP, REPEATED = 3, 0.6
"""This part of a pull quote's groups of so many words stands in the article as well."""
QUOTE_WORDS, TITLE_WORDS = 5, 8
"""A quote has so many words at least; so many that are no sentence are no title."""


class Setting(Struct, frozen=True):
    """What the roles are told by, beside the blocks themselves."""

    layout: Layout
    language: Language
    images: Sequence[Image]
    bookmarks: Mapping[str, int]
    """The levels of the bookmarks, by their titles as plain letters."""
    tagged: bool = False
    """Tags say what is a heading, so that nothing else is one."""


def give_roles(blocks: Sequence[Block], setting: Setting) -> list[Block]:
    """Tell what each block is."""
    body = setting.layout.body
    blocks = tie_captions(
        _continued(blocks, setting), setting.layout, setting.language, setting.images
    )
    text = [one for one in blocks if one.kind == "body"]
    spoken = _spoken(text, body)
    out = _head([_role(at, blocks, spoken, setting) for at in range(len(blocks))], setting)
    if setting.tagged:
        out = [
            replace(one, kind="body") if one.kind == "heading" and not one.level else one
            for one in out
        ]
    return _ranked(out, setting)


def _continued(blocks: Sequence[Block], setting: Setting) -> list[Block]:
    """Put together what is set otherwise than the body and is cut by the end of its column."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            last
            and last.kind == block.kind == "body"
            and last.style == block.style
            and not is_body(block.style, setting.layout.body)
            and (last.rows[-1].page, last.rows[-1].column) != (block.page, block.rows[0].column)
            and not ends_sentence(last.text, setting.language)
            and starts_small(block.text)
        ):
            out[-1] = replace(last, rows=(*last.rows, *block.rows))
        else:
            out.append(block)
    return out


def _spoken(blocks: Sequence[Block], body: Style) -> set[tuple[str, ...]]:
    """Return the groups of words of the article itself."""
    out: set[tuple[str, ...]] = set()
    words = [plain(word) for one in blocks if _is_text(one, body) for word in one.text.split()]
    out.update(group for group, _ in groups(words, GROUP))
    return out


def _repeats(block: Block, spoken: set[tuple[str, ...]]) -> bool:
    words = [plain(word) for word in block.text.split()]
    own = [group for group, _ in groups(words, GROUP)]
    return bool(own) and sum(group in spoken for group in own) >= REPEATED * len(own)


def _role(
    at: int, blocks: Sequence[Block], spoken: set[tuple[str, ...]], setting: Setting
) -> Block:
    """Return a block with its kind."""
    block = blocks[at]
    if block.kind != "body":
        return block
    style, body = block.style, setting.layout.body
    text = block.text
    if not any(char.isalnum() for char in text):
        return replace(block, kind="break")
    if ITEM.match(text):
        return _item(block)
    if is_body(style, body) and not (style.bold or style.italic):
        return block
    count = len(text.split())
    interrupts = _interrupts(at, blocks, setting)
    other = style.size > LARGER * body.size or style.family != body.family or style.italic
    if interrupts and style.size < SMALLER * body.size and count <= CAPTION_WORDS:
        return replace(block, kind="caption")
    # A title may well say what the text says: a quote is a sentence, or much of one.
    spoken_of = count >= TITLE_WORDS or starts_small(text) or ends_sentence(text, setting.language)
    if count >= QUOTE_WORDS and other and (interrupts or (spoken_of and _repeats(block, spoken))):
        return replace(block, kind="pullquote")
    if _is_heading(block, setting) and not interrupts:
        return replace(block, kind="heading")
    return block


def _item(block: Block) -> Block:
    match = ITEM.match(block.text)
    assert match
    return replace(block, kind="item", label=f"{match['number']}." if match["number"] else "-")


def _is_heading(block: Block, setting: Setting) -> bool:
    style, body, text = block.style, setting.layout.body, block.text
    if plain(text) in setting.bookmarks and style.size > SMALLER * body.size:
        return True
    if len(text.split()) > HEADING_WORDS or len(block.rows) > HEADING_ROWS:
        return False
    if text[-1] in ".,;:" or ends_in_hyphen(text) or not starts_great(text):
        return False
    if not any(char.isalpha() for char in text):
        return False
    heavy = style.bold and style.size > SMALLER * body.size
    slanted = style.italic and style.size > SMALLER * body.size and len(text.split()) < 10
    return style.size > LARGER * body.size or heavy or style.caps or slanted


def _interrupts(at: int, blocks: Sequence[Block], setting: Setting) -> bool:
    """Tell whether the sentence of the body text before a block goes on after it."""
    body = setting.layout.body
    before = next((one for one in reversed(blocks[:at]) if _is_text(one, body)), None)
    after = next((one for one in blocks[at + 1 :] if _is_text(one, body)), None)
    if before is None or after is None:
        return False
    ended = ends_sentence(before.text, setting.language)
    return not ended and before.text[-1] != ":" and starts_small(after.text)


def _is_text(block: Block, body: Style) -> bool:
    if block.kind != "body" or not is_body(block.style, body):
        return False
    return not block.style.bold and not block.style.italic


def _head(blocks: Sequence[Block], setting: Setting) -> list[Block]:
    """Tell the title, subtitle, standfirst and byline: what stands before the text begins."""
    body = setting.layout.body
    start = next((at for at, one in enumerate(blocks) if _is_text(one, body)), 0)
    out = list(blocks)
    large = [at for at in range(start) if out[at].kind == "heading"]
    largest = max((out[at].style.size for at in large), default=0.0)
    first = next((at for at in large if out[at].style.size == largest), None)
    everywhere = max((one.style.size for one in out if one.kind == "heading"), default=0.0)
    if first is not None and largest >= everywhere and largest > 1.2 * body.size:
        out[first] = replace(out[first], kind="title")
        for at in range(first + 1, start):
            out[at] = _in_head(out, at, first, setting)
    return out


def _in_head(blocks: Sequence[Block], at: int, title: int, setting: Setting) -> Block:
    block = blocks[at]
    if block.kind not in ("body", "heading"):
        return block
    if is_byline(block.text, setting.language):
        return replace(block, kind="byline")
    sentence = ends_sentence(block.text, setting.language) and len(block.text.split()) >= 8
    same_page = block.page == blocks[title].page
    if same_page and sentence:
        return replace(block, kind="standfirst")
    second = at == title + 1 and block.kind == "heading" and same_page
    # What is set as other headings are is one of them.
    alone = sum(one.kind == "heading" and _rank(one) == _rank(block) for one in blocks) == 1
    return replace(block, kind="subtitle") if second and alone else block


def is_byline(text: str, language: Language) -> bool:
    """Tell whether a text is “by” and a name."""
    match = language.byline.match(text)
    if not match or len(text) > 250 or ends_sentence(text, language):
        return False
    words = [word for word in text[match.end() :].split()[:4] if word not in language.particles]
    return len(words) > 1 and all(word[0].isupper() for word in words[:2])


def _ranked(blocks: Sequence[Block], setting: Setting) -> list[Block]:
    """Give headings their levels: those of the bookmarks, else by size and weight."""
    headings = [one for one in blocks if one.kind == "heading"]
    keys = sorted({_rank(one) for one in headings}, reverse=True)
    known: dict[tuple[float, bool, bool], int] = {}
    for one in headings:
        level = setting.bookmarks.get(plain(one.text))
        if level:
            known[_rank(one)] = min(level, known.get(_rank(one), level))
    out = []
    for one in blocks:
        if one.kind == "heading" and not one.level:
            level = setting.bookmarks.get(plain(one.text)) or known.get(_rank(one))
            if not level:
                level = keys.index(_rank(one)) + 1
                level = max(level, 1 + max(known.values(), default=0)) if known else level
            one = replace(one, level=min(level, 6))
        out.append(one)
    return _raised(out)


def _raised(blocks: Sequence[Block]) -> list[Block]:
    """Let the highest headings be those of chapters; one alone above all others is the title."""
    out = list(blocks)
    titled = any(one.kind == "title" for one in out)
    at = next((at for at, one in enumerate(out) if one.kind == "heading"), -1)
    above = [one for one in out if one.kind == "heading" and one.level == 1]
    if not titled and len(above) == 1 and out[at].level == 1:
        lower = any(one.kind == "heading" and one.level > 1 for one in out)
        out[at] = replace(out[at], kind="title", level=0) if lower else out[at]
    highest = min((one.level for one in out if one.kind == "heading"), default=1)
    return [
        replace(one, level=one.level - highest + 1) if one.kind == "heading" else one for one in out
    ]


def _rank(block: Block) -> tuple[float, bool, bool]:
    style = block.style
    return style.size, style.bold, not style.italic
