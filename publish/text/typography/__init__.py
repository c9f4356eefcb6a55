"""The language's rules for set text: quotes, apostrophes, dashes, ellipses and no-break spaces.

In: the whole text of one paragraph as its reader sees it, and its language; what is no text stands
in it as U+FFFC, one character each, a soft line break as a newline (a break that must stay a break
has to come as U+2028 or U+FFFC). Out: the edits that turn typed text into set text. Pure: nothing
is carried from one paragraph to the next, and set text has nothing left to edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from publish.book.languages import NO_BREAK, RULES, SIGNS, Rules, hyphenation_language, rules_of
from publish.text.typography.figures import set_figures
from publish.text.typography.marks import Mark
from publish.text.typography.paragraph import OPAQUE, Edit, Paragraph
from publish.text.typography.quotes import read_marks

__all__ = ["RULES", "Edit", "Rules", "edits", "hyphenation_language", "rules_of"]

_TRIGGERS = re.compile("[\"'“”„‘’‚«»‹›.:;!?0-9€$£§№\u0132\u0133–—-]")
_DASHES = re.compile("[-–—][-–—]*")
_DOTS = re.compile(r"\.\.\.\.*")
_STOP = re.compile(r"\.[ \n](?=[\w'’])")
_PARTICLE = re.compile(r"(['’]?[^\W\d_]{1,4}(?:['’]|(?=[ \n])))")
_SIGN = re.compile(f"[{SIGNS}][ \n](?=[0-9])")
_PUNCTUATION = re.compile("[;:!?][;:!?]*")
_LIGATURES = re.compile("[\u0132\u0133]")
_LETTERS = {"\u0132": "IJ", "\u0133": "ij"}
_MAY_END = frozenset(")]}%°…”’»›\"'.") | {OPAQUE}
_MAY_FOLLOW = frozenset(".,;:!?…)]}”’»›\"'–—") | {OPAQUE, ""}


def edits(text: str, language: str, foreign: Sequence[tuple[int, int, str]] = ()) -> list[Edit]:
    """Return what to change in a paragraph to set it by its language's rules.

    `text` is as the module says, `language` a BCP 47 tag, `foreign` the ranges (start, end,
    language) in another one, which may be nested. The edits are in order and do not overlap, each
    covers at least one character, and none touches U+FFFC. Offsets are in characters. Never raises
    on bad text.
    """
    if _TRIGGERS.search(text) is None:
        return []
    paragraph = Paragraph.of(text, language, foreign)
    made: dict[int, Edit] = {}
    for rule in _RULES:
        for edit in rule(paragraph):
            made.setdefault(edit.start, edit)
    if any(rules.before for rules in paragraph.rules):
        for edit in _punctuation(paragraph, made):
            made.setdefault(edit.start, edit)
    return [made[start] for start in sorted(made)]


def _quotes(paragraph: Paragraph) -> Iterator[Edit]:
    """Set quotes and apostrophes, and the space inside French quotes."""
    text = paragraph.text
    for mark in read_marks(paragraph):
        at, glyph = mark.at, mark.glyph
        space = _space_inside(paragraph, mark)
        if space and glyph == "«":
            if paragraph.is_blank(at + 1):
                yield Edit(at + 1, at + 2, space)
            elif at + 1 < len(text) and not text[at + 1].isspace():
                glyph += space
        elif space:
            spaced = mark.previous is not None and _brings_space(paragraph, mark.previous)
            if paragraph.is_blank(at - 1):
                yield Edit(at - 1, at, space)
            elif at and not text[at - 1].isspace() and not spaced:
                glyph = space + glyph
        if glyph != mark.char:
            yield Edit(at, at + 1, glyph)


def _space_inside(paragraph: Paragraph, mark: Mark) -> str:
    """Return the space between a mark and what it quotes: its pair's, or that of its place."""
    own = paragraph.rules_at(mark.at)
    for rules in (own, mark.rules) if mark.char != mark.glyph else (own,):
        if rules.inside and mark.glyph in rules.primary:
            return rules.inside
    return ""


def _brings_space(paragraph: Paragraph, mark: Mark) -> bool:
    return mark.glyph == "«" and _space_inside(paragraph, mark) != ""


def _dashes(paragraph: Paragraph) -> Iterator[Edit]:
    """Set -- and ---, and tie a dash that stands between blanks to the word before it."""
    text = paragraph.text
    for run in _DASHES.finditer(text):
        start, end = run.span()
        rules = paragraph.rules_at(start)
        glyph = {"--": rules.dash, "---": rules.long_dash, "–": "–", "—": "—"}.get(run[0])
        if glyph is None:
            continue
        if glyph != run[0]:
            yield Edit(start, end, glyph)
        after = text[end : end + 1]
        if (after.isspace() or after in _MAY_FOLLOW) and paragraph.is_blank(start - 1):
            yield Edit(start - 1, start, NO_BREAK)


def _ellipses(paragraph: Paragraph) -> Iterator[Edit]:
    """Set three dots as one character; more of them are left to the checker."""
    for run in _DOTS.finditer(paragraph.text):
        if len(run[0]) == 3:
            yield Edit(run.start(), run.end(), paragraph.rules_at(run.start()).ellipsis)


def _ligatures(paragraph: Paragraph) -> Iterator[Edit]:
    """Take the Dutch ij apart: fonts, searches and hyphenation expect two letters."""
    for found in _LIGATURES.finditer(paragraph.text):
        yield Edit(found.start(), found.end(), _LETTERS[found[0]])


def _signs(paragraph: Paragraph) -> Iterator[Edit]:
    """Tie a sign such as € or § to the number after it."""
    for sign in _SIGN.finditer(paragraph.text):
        yield Edit(sign.start() + 1, sign.end(), NO_BREAK)


def _abbreviations(paragraph: Paragraph) -> Iterator[Edit]:
    """Tie initials and titles to the name, abbreviations to the number or to each other."""
    text = paragraph.text
    for stop in _STOP.finditer(text):
        at = stop.start()
        word = paragraph.word_before(at)
        if not word or (at > len(word) and text[at - len(word) - 1].isdigit()):
            continue
        rules, following = paragraph.rules_at(at), text[at + 2]
        named = (len(word) == 1 and word.isupper()) or word.lower() in rules.titles
        lettered = len(word) == 1 and text[at + 3 : at + 4] == "."
        if following.isdigit():
            tied = word.lower() in rules.numbered
        elif following.isupper():
            tied = named or lettered
        else:
            tied = (lettered and word.islower()) or (named and _particle(text, at + 2, rules))
        if tied:
            yield Edit(at + 1, at + 2, NO_BREAK)


def _particle(text: str, at: int, rules: Rules) -> bool:
    """Return whether a small word between initials and a name begins here."""
    found = _PARTICLE.match(text, at)
    return found is not None and found[1].replace("’", "'") in rules.particles


def _punctuation(paragraph: Paragraph, made: dict[int, Edit]) -> Iterator[Edit]:
    """Set the space that French wants before ; : ! and ?, in the text as edited so far."""
    text = paragraph.text
    for run in _PUNCTUATION.finditer(text):
        start, end = run.span()
        space = paragraph.rules_at(start).before.get(text[start])
        if space is None:
            continue
        if paragraph.is_blank(start - 1):
            yield Edit(start - 1, start, space)
            continue
        edit = made.get(start - 1)
        before = edit.text[-1] if edit else text[start - 1 : start] if start else ""
        after = "–" if text.startswith("--", end) else text[end : end + 1]
        if (before.isalnum() or before in _MAY_END) and (after.isspace() or after in _MAY_FOLLOW):
            yield Edit(start, start + 1, space + text[start])


# Where two would change the same blank, the first does.
_RULES: tuple[Callable[[Paragraph], Iterator[Edit]], ...] = (
    _quotes,
    _dashes,
    _ellipses,
    _ligatures,
    _signs,
    _abbreviations,
    set_figures,
)
