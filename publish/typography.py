"""The language's rules for set text: quotes, apostrophes, dashes, ellipses and no-break spaces.

In: the whole text of one paragraph as its reader sees it, and its language; what is no text stands
in it as U+FFFC, one character each, a soft line break as a newline (a break that must stay a break
has to come as U+2028 or U+FFFC). Out: the edits that turn typed text into set text. Pure: nothing
is carried from one paragraph to the next, and set text has nothing left to edit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.languages import (
    NARROW,
    NO_BREAK,
    RULES,
    SIGNS,
    Rules,
    hyphenation_language,
    rules_of,
)
from publish.quotes import OPAQUE, Mark, read_marks

__all__ = ["RULES", "Edit", "Rules", "edits", "hyphenation_language", "rules_of"]

_TRIGGERS = re.compile("[\"'“”„‘’‚«»‹›.:;!?0-9€$£§№\u0132\u0133–—-]")
_DASHES = re.compile("[-–—][-–—]*")
_DOTS = re.compile(r"\.\.\.\.*")
_STOP = re.compile(r"\.[ \n](?=[\w'’])")
_PARTICLE = re.compile(r"(['’]?[^\W\d_]{1,4})(?=[ \n'’])")
_NUMBER = re.compile("[0-9][0-9]*")
_UNIT = re.compile(r"((?:°?[^\W\d_]{1,11}|[0-9]{3})(?!\w)|[°%‰€])")
_SIGN = re.compile(f"[{SIGNS}][ \n](?=[0-9])")
_FIGURE = "([0-9]{1,4}(?:[.,:][0-9]{1,3}){0,2})"
_RANGE = re.compile(rf"{_FIGURE}-{_FIGURE}(?![\w/–—-]|[.,:][0-9])")
_IDENTIFIER = re.compile(r"(?i)\b(?:issn|isbn|ean|iso|tel|fax|gsm|nur|btw|kbo|iban)\b[^\w]{0,2}\Z")
_PUNCTUATION = re.compile("[;:!?][;:!?]*")
_LIGATURES = re.compile("[\u0132\u0133]")
_LETTERS = {"\u0132": "IJ", "\u0133": "ij"}
# After these a range may be a number of one thing, such as a law's: "nr. 1234-5".
_NUMBERS_OF_ONE = frozenset({"nr", "no", "n"})
_MAY_END = frozenset(")]}%°…”’»›\"'.") | {OPAQUE}
_MAY_FOLLOW = frozenset(".,;:!?…)]}”’»›\"'–—") | {OPAQUE, ""}


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces `text[start:end]`, at least one character; several are a run of the same one."""

    start: int
    end: int
    text: str


def edits(text: str, language: str, foreign: Sequence[tuple[int, int, str]] = ()) -> list[Edit]:
    """Return what to change in a paragraph to set it by its language's rules.

    `text` is as the module says, `language` a BCP 47 tag, `foreign` the ranges (start, end,
    language) in another one, which may be nested. The edits are in order and do not overlap;
    none touches U+FFFC. Offsets are in characters. Never raises on bad text.
    """
    if _TRIGGERS.search(text) is None:
        return []
    paragraph = _Paragraph.of(text, language, foreign)
    made: dict[int, Edit] = {}
    for rule in _QUOTES_FIRST:
        for edit in rule(paragraph):
            made.setdefault(edit.start, edit)
    if any(rules.before for rules in paragraph.rules):
        for edit in _punctuation(paragraph, made):
            made.setdefault(edit.start, edit)
    return [made[start] for start in sorted(made)]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text, and from which offset on which rules hold."""

    text: str
    starts: tuple[int, ...]
    rules: tuple[Rules, ...]

    @classmethod
    def of(cls, text: str, language: str, foreign: Sequence[tuple[int, int, str]]) -> _Paragraph:
        base = rules_of(language)
        changes: dict[int, Rules] = {0: base}
        within: list[tuple[int, Rules]] = [(len(text), base)]
        for start, end, tag in sorted(foreign, key=lambda one: (one[0], -one[1])):
            while within[-1][0] <= start and len(within) > 1:
                at, _ = within.pop()
                changes[at] = within[-1][1]
            within.append((min(end, within[-1][0]), rules_of(tag)))
            changes[start] = within[-1][1]
        while len(within) > 1:
            at, _ = within.pop()
            changes[at] = within[-1][1]
        starts = tuple(sorted(changes))
        return cls(text, starts, tuple(changes[start] for start in starts))

    def rules_at(self, at: int) -> Rules:
        """Return the rules that hold at an offset."""
        if len(self.rules) == 1:
            return self.rules[0]
        return self.rules[bisect_right(self.starts, at) - 1]

    def is_blank(self, at: int) -> bool:
        """Return whether a single typed blank stands here, which may become a no-break one."""
        text = self.text
        return (
            0 <= at < len(text)
            and text[at] in " \n"
            and not text[at - 1 : at].isspace()
            and not text[at + 1 : at + 2].isspace()
        )

    def word_before(self, at: int) -> str:
        """Return the letters that end here: at most nine, or none of a longer word."""
        first = at
        while first > 0 and at - first <= 9 and self.text[first - 1].isalpha():
            first -= 1
        return self.text[first:at] if at - first <= 9 else ""


def _quotes(paragraph: _Paragraph) -> Iterator[Edit]:
    """Set quotes and apostrophes, and the space inside French quotes."""
    for mark in read_marks(paragraph.text, paragraph.rules_at):
        at, glyph = mark.at, mark.glyph
        space = mark.rules.inside
        if space and glyph == mark.rules.primary[0]:
            if paragraph.is_blank(at + 1):
                yield Edit(at + 1, at + 2, space)
            elif not (paragraph.text[at + 1 : at + 2] or " ").isspace():
                glyph += space
        elif space and glyph == mark.rules.primary[1]:
            if paragraph.is_blank(at - 1):
                yield Edit(at - 1, at, space)
            elif not (_glyph_before(paragraph, mark) or " ").isspace():
                glyph = space + glyph
        if glyph != mark.char:
            yield Edit(at, at + 1, glyph)


def _glyph_before(paragraph: _Paragraph, mark: Mark) -> str:
    """Return the character before a mark; a space if that mark brings its own."""
    previous = mark.previous
    if previous is not None and previous.glyph == previous.rules.primary[0]:
        return previous.rules.inside or previous.glyph
    return paragraph.text[mark.at - 1 : mark.at] if mark.at else ""


def _dashes(paragraph: _Paragraph) -> Iterator[Edit]:
    """Set -- and ---, and tie a dash that stands between blanks to the word before it."""
    text = paragraph.text
    for run in _DASHES.finditer(text):
        start, end = run.span()
        typed = run[0]
        if typed == "-" or (typed not in "–—" and typed not in ("--", "---")):
            continue
        if typed[0] == "-":
            rules = paragraph.rules_at(start)
            yield Edit(start, end, rules.dash if typed == "--" else rules.long_dash)
        after = text[end : end + 1]
        if (after.isspace() or after in _MAY_FOLLOW) and paragraph.is_blank(start - 1):
            yield Edit(start - 1, start, NO_BREAK)


def _ellipses(paragraph: _Paragraph) -> Iterator[Edit]:
    """Set three dots as one character; more of them are left to the checker."""
    for run in _DOTS.finditer(paragraph.text):
        if len(run[0]) == 3:
            yield Edit(run.start(), run.end(), paragraph.rules_at(run.start()).ellipsis)


def _ligatures(paragraph: _Paragraph) -> Iterator[Edit]:
    """Take the Dutch ij apart: fonts, searches and hyphenation expect two letters."""
    for found in _LIGATURES.finditer(paragraph.text):
        yield Edit(found.start(), found.end(), _LETTERS[found[0]])


def _abbreviations(paragraph: _Paragraph) -> Iterator[Edit]:
    """Tie initials and titles to the name, abbreviations to the number or each other."""
    text = paragraph.text
    for stop in _STOP.finditer(text):
        at = stop.start()
        word = paragraph.word_before(at)
        if not word or (at > len(word) and text[at - len(word) - 1].isdigit()):
            continue
        rules, following, single = paragraph.rules_at(at), text[at + 2], len(word) == 1
        named = (single and word.isupper()) or word.lower() in rules.titles
        if following.isdigit():
            tied = word.lower() in rules.numbered
        elif following.isupper():
            tied = named or (single and text[at + 3 : at + 4] == ".")
        else:
            tied = (named and _is_particle(text, at + 2, rules)) or (
                single and word.islower() and text[at + 3 : at + 4] == "."
            )
        if tied and paragraph.is_blank(at + 1):
            yield Edit(at + 1, at + 2, NO_BREAK)


def _is_particle(text: str, at: int, rules: Rules) -> bool:
    found = _PARTICLE.match(text, at)
    return found is not None and found[1].replace("’", "'") in rules.particles


def _signs(paragraph: _Paragraph) -> Iterator[Edit]:
    """Tie a sign such as € or § to the number after it."""
    for sign in _SIGN.finditer(paragraph.text):
        yield Edit(sign.start() + 1, sign.end(), NO_BREAK)


def _numbers(paragraph: _Paragraph) -> Iterator[Edit]:
    """Tie numbers to unit, month and thousands, and set the dash of a range."""
    text = paragraph.text
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        rules = paragraph.rules_at(start)
        stopped = text[end : end + 2] in (". ", ".\n")  # German: 22. November
        blank = end + 1 if stopped else end
        if paragraph.is_blank(blank) and _ties(text, start, end, blank + 1, rules, stopped):
            yield Edit(blank, blank + 1, NO_BREAK)
        if rules.month_first and end - start <= 2 and paragraph.is_blank(start - 1):
            if paragraph.word_before(start - 1) in rules.months:
                yield Edit(start - 1, start, NO_BREAK)
        dash = _range_dash(paragraph, start, end, rules)
        if dash and rules.range_dash != "-":
            yield Edit(dash, dash + 1, rules.range_dash)


def _ties(text: str, start: int, end: int, at: int, rules: Rules, stopped: bool) -> bool:
    """Return whether what begins at `at` stays on the line of the number before it."""
    found = _UNIT.match(text, at)
    if found is None:
        return False
    token, digits = found[1], end - start
    if token in rules.months:
        return digits <= 2
    if token.isdecimal():
        return not stopped and digits <= 3 and (digits == 3 or text[start] != "0")
    return not stopped and token in rules.units


def _range_dash(paragraph: _Paragraph, start: int, end: int, rules: Rules) -> int:
    """Return where the hyphen of a range of numbers stands that begins here, or 0."""
    text = paragraph.text
    before = text[start - 1] if start else ""
    if before in ("'", "’") and re.match("-['’][0-9]{2}(?![0-9])", text[end : end + 5]):
        return end if end - start == 2 else 0
    found = _RANGE.match(text, start) if text[end : end + 1] in ("-", ".", ",", ":") else None
    if found is None or before.isalnum() or before in tuple("_./,:+-–—…"):
        return 0
    if _IDENTIFIER.search(text[max(0, start - 8) : start]):
        return 0
    first, second = found[1], found[2]
    if _is_span_of_years(first, second) or (
        _is_measured(paragraph, start, found.end(), rules) and _grows(first, second)
    ):
        return found.end(1)
    return 0


def _is_span_of_years(first: str, second: str) -> bool:
    """Return whether two numbers are a range without more ado: 1923-1927, 1923-27, 1936-8."""
    if not (first + second).isdecimal() or first[0] == "0" or len(first) < 3:
        return False
    if len(second) > 2:
        return int(first) < int(second)
    year = int(first)
    grows = len(first) == 4 and int(second) > int(first[-len(second) :])
    if len(second) == 2:
        # 2010-12 may be a month.
        return grows and (year < 2000 or int(second) > 12)
    return grows and 1800 <= year < 2000


def _grows(first: str, second: str) -> bool:
    low, high = (tuple(map(int, re.split("[.,:]", part))) for part in (first, second))
    padded = (len(first) > 1 and first[0] == "0") and first.isdecimal()
    return low < high and not padded


def _is_measured(paragraph: _Paragraph, start: int, end: int, rules: Rules) -> bool:
    """Return whether a unit or month follows a range, or an abbreviation such as p. precedes it."""
    text = paragraph.text
    spaced = text[end : end + 1] in (" ", "\n", NO_BREAK, NARROW)
    unit = _UNIT.match(text, end + spaced)
    if unit is not None and (unit[1] in rules.units or unit[1] in rules.months):
        return True
    if start < 2 or text[start - 2] != "." or not text[start - 1].isspace():
        return False
    word = paragraph.word_before(start - 2).lower()
    return word in rules.numbered and word not in _NUMBERS_OF_ONE


def _punctuation(paragraph: _Paragraph, made: dict[int, Edit]) -> Iterator[Edit]:
    """Set the space that French wants before ; : ! and ?."""
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


_QUOTES_FIRST = (_quotes, _dashes, _ellipses, _ligatures, _signs, _abbreviations, _numbers)
