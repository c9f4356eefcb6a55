"""Where a sentence stands: does it end here, does it go on there.

In: texts of lines. Out: yes or no. These are the questions that every later stage asks; none of
them knows more of a language than its abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from publish.importing.languages import Language
from publish.importing.model import Habits, Line
from publish.importing.widths import width_of

_OPENERS = "\"'“‘„‚«‹»›([¿¡–—- ’"
_CLOSED = r"(?:[\"'”’“‘»«›‹)\]]|\s[»›])*"
"""What may stand after a full stop: French sets a blank before its quotation marks."""
_END = re.compile(rf"[.!?…]{_CLOSED}$")
_LAST_WORD = re.compile(r"([^\s(\[“‘„«]+)\.$")
_HYPHEN = re.compile(r"[\w)’']-$")
_APOSTROPHE = re.compile(r"[’'‘][a-z] (?=[^\W\d_a-z])")
_MARKUP = re.compile(
    r":{3}|={3}|`{3}|~{3}|[>|{\\]|#{1,6}(?:\s|$)|[-+*:]\s|<[\w/!?]"
    r"|!?\[[^\]]*\][(:]|\d+\\[.)]"
)
SENTENCE_END = re.compile(rf"[.!?…]{_CLOSED}\s+")

RECKONED = 0.99
"""How near to the truth widths are reckoned."""
DEEPEST = 6
"""A first line is indented by so many letters at most; what stands further in is centred."""

_SPEECH = re.compile(r"[-–—]\s+[“„«‘\"']?[A-ZÀ-Þ]")
_QUOTED = re.compile(r"[\"“„«‘”»'].*[\"”“»«’']", re.DOTALL)
NEAR = 60
"""Characters on either side of a full stop that are looked at."""


def ends_sentence(text: str, language: Language) -> bool:
    """Tell whether a sentence ends where the text does (an abbreviation's full stop ends none)."""
    if not _END.search(text):
        return False
    word = _LAST_WORD.search(text)
    return not word or not _abbreviated(word[1], language)


def _abbreviated(word: str, language: Language) -> bool:
    """Tell whether a word before a full stop is short for something, an initial for instance."""
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    return initial or word.casefold() in language.abbreviations


def ends_in_hyphen(text: str) -> bool:
    """Tell whether a word is cut by a hyphen where the text ends."""
    return bool(_HYPHEN.search(text))


def starts_small(text: str) -> bool:
    """Tell whether the first letter is a small one (’s Avonds begins with a capital)."""
    match = _APOSTROPHE.match(text)
    first = text[match.end() :] if match else text.lstrip(_OPENERS)
    return bool(first) and first[0].islower()


def starts_great(text: str) -> bool:
    """Tell whether a sentence or heading could begin here: a capital or a figure."""
    first = text.lstrip(_OPENERS)
    return bool(first) and not starts_small(text)


def is_quoted(text: str) -> bool:
    """Tell whether a text stands in quotation marks as a whole, those of any language."""
    return bool(_QUOTED.fullmatch(text))


def is_markup(text: str) -> bool:
    """Tell whether a line begins with signs by which a manuscript tells what a block is.

    In a raw text they tell nothing: such a line is neither a heading nor a caption, but words that
    stand as they are. A dash before a small letter may be one within a sentence.
    """
    return bool(_MARKUP.match(text)) and not starts_small(text)


def is_byline(text: str, language: Language) -> bool:
    """Tell whether a line is “by” and a name: two words with a capital, particles aside."""
    match = language.byline.match(text)
    words = text[match.end() :].split()[:4] if match else []
    great = [word for word in words if word not in language.particles]
    return len(great) > 1 and all(word[0].isupper() for word in great[:2])


def with_word(a: Line, b: Line) -> float:
    """Return the width of `a`, indent and all, with the first word of `b`, or the rest of it."""
    word = b.text.split(" ", 1)[0]
    indent = a.indent if a.indent <= DEEPEST else 0
    blank, hyphen = ("", "-") if ends_in_hyphen(a.text) else (" ", "")
    if b.width == len(b.text):
        return indent + a.width + len(blank + word) - len(hyphen)
    more = width_of(blank + word) - width_of(hyphen)
    return indent + a.width + more * b.width / width_of(b.text)


def has_room(a: Line, b: Line, share: float = 1.0) -> bool:
    """Tell whether the first word of `b` would have fitted after `a`: so the break was meant."""
    return with_word(a, b) <= share * a.measure


def speaks(a: Line, b: Line, habits: Habits, language: Language) -> bool:
    """Tell whether somebody else speaks in line `b`: a dash begins it, and room was left above.

    What is said may stand alone, so that the usual measure tells the room.
    """
    room = has_room(structs.replace(a, measure=max(a.measure, habits.measure)), b)
    return bool(_SPEECH.match(b.text)) and ends_sentence(a.text, language) and room


def goes_on(a: Line, b: Line, habits: Habits, language: Language) -> bool:
    """Tell whether the paragraph of line `a` goes on in `b`, the next line of body text.

    In order of their weight: a word cut by a hyphen; the blank that a text extracted from a PDF has
    after every line but a paragraph's last; the state of the sentence; empty lines, indentation and
    the room that was left on the line.
    """
    parted = b.gap > 0 or b.page != a.page
    ended = ends_sentence(a.text, language)
    if ends_in_hyphen(a.text):
        return True
    if habits.trails:
        return a.trails or (not ended and starts_small(b.text))
    if b.gap and (is_markup(a.text) or is_markup(b.text)):
        return False
    # No paragraph ends with an article or a preposition.
    if not ended and (starts_small(b.text) or a.text.rpartition(" ")[2] in language.small):
        return True
    if not habits.wrapped:
        return False
    if habits.indent and b.indent >= habits.indent:
        return False
    if not parted:
        return _goes_on_below(a, b, habits, ended)
    if starts_small(b.text):
        return not habits.gaps
    turned = b.page != a.page or habits.indent > 0
    return not has_room(a, b) and (turned if ended else True)


def _goes_on_below(a: Line, b: Line, habits: Habits, ended: bool) -> bool:
    """Tell the same of two lines with nothing between them."""
    if habits.indent or not ended:
        return True
    return not has_room(a, b, share(habits))


def share(habits: Habits) -> float:
    """Return the part of the measure that a line with room for another word is filled to at most.

    Where empty lines part paragraphs, it is one that no line within a sentence is as short as.
    """
    if habits.gaps:
        return habits.ragged
    return 1.0 if habits.typed else RECKONED


def sentences(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each sentence of a paragraph's text."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        stop = match.start() + len(match[0].rstrip())
        before, after = text[max(0, stop - NEAR) : stop], text[match.end() : match.end() + NEAR]
        if starts_small(after) or not ends_sentence(before, language):
            continue
        yield start, stop
        start = match.end()
    if start < len(text):
        yield start, len(text)
