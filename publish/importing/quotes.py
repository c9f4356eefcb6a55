"""Pull quotes: lines that repeat words of the article and stand in the way of it.

In: a draft with its lines and habits. Out: claims of the kind `pullquote`. Of two places with the
same words the quote is the one that fills whole lines, breaks a sentence off, is set narrower or
stands alone. A paragraph that merely begins with the same words goes on past them within a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from publish.importing.halves import completes
from publish.importing.interrupting import interrupting
from publish.importing.model import Claim, Draft, Line, Note
from publish.importing.repeats import GROUP, Repeat, repeats
from publish.importing.sentences import (
    ends_in_hyphen,
    ends_sentence,
    goes_on,
    is_quoted,
    starts_small,
)
from publish.importing.words import plain, tokens

LEAST_WORDS = 8
"""Fewer words than this come back by chance, but for those that stand between halves of a word."""
LEAST_MARKED = 5
"""So many are enough in quotation marks, with lines of their own."""
MOST_WORDS = 80
"""A longer run that breaks no sentence off is a passage printed twice."""
TWICE = 300
"""A run longer than this is one in any case."""
SLACK = 1
"""Words at either end of a quote that may be cut in two, and so differ."""
CHANCE = 2
"""Words that may be the same before or after a quote by chance."""
ROUNDS = 5
"""How often a text is looked through: one more than quotes stand below each other."""
NARROW = 0.85
"""A quote's lines are at most this part of the usual measure."""


class Stream(Struct, frozen=True):
    """The plain words of a draft, cut words joined; for each the lines it begins and ends in.

    `halves` has the second half that a line begins with.
    """

    words: list[str]
    begins: list[int]
    ends: list[int]
    first: dict[int, int]
    last: dict[int, int]
    halves: dict[int, str]


class Copy(Struct, frozen=True):
    """Lines that hold one of two equal runs of words, and what speaks for its being the quote.

    `whole`: it has its lines to itself, a word or so aside; `exact`: to the word, and two at least.
    `parts_word`: it stands between the halves of a word.
    """

    start: int
    stop: int
    whole: bool
    exact: bool
    breaks_off: bool
    narrow: bool
    edge: bool
    apart: bool
    scrap: bool
    parts_word: bool

    @property
    def weight(self) -> int:
        """Return how much speaks for its being the quote; 0 when nothing does.

        Any line of a sentence seems to break it off: something must part these from the rest too.
        """
        if not self.whole or not (self.narrow or self.edge):
            return 0
        return 4 * self.breaks_off + 2 * self.narrow + (self.apart and self.scrap)


def find_pull_quotes(draft: Draft) -> Draft:
    """Claim the lines of pull quotes.

    What is claimed is left out, and the rest looked through again: of two quotes that stand below
    each other the second keeps the first from being seen where it breaks a sentence off.
    """
    claims = list(draft.claims)
    notes: list[Note] = []
    for _ in range(ROUNDS):
        taken = {at for claim in claims for at in range(claim.start, claim.stop)}
        free = [at for at in range(len(draft.lines)) if at not in taken]
        lines = tuple(draft.lines[at] for at in free)
        found, notes = _quotes(structs.replace(draft, lines=lines))
        quotes = [(free[start], free[stop - 1] + 1, stop - start) for start, stop in found]
        new = [Claim("pullquote", start, stop) for start, stop, n in quotes if stop - start == n]
        if not new:
            break
        claims += new
    claims.sort(key=lambda one: one.start)
    return structs.replace(draft, claims=tuple(claims), notes=(*draft.notes, *notes))


def _quotes(draft: Draft) -> tuple[list[tuple[int, int]], list[Note]]:
    """Return where quotes start and stop, and notes on what is printed twice."""
    notes: list[Note] = []
    stream = _stream(draft.lines)
    found = list(interrupting(draft.lines))
    taken = {at for start, stop in found for at in range(start, stop)}
    for repeat in repeats(stream.words, GROUP):
        pairs = (repeat.first, repeat.second), (repeat.second, repeat.first)
        severed = [_is_severed(stream, at, other) for at, other in pairs]
        marked = any(_is_marked(draft, stream, at, repeat.length) for at, _ in pairs)
        few = repeat.length + any(severed) < (LEAST_MARKED if marked else LEAST_WORDS)
        if few and not any(severed):
            continue
        copies = [
            _copy(draft, stream, at, repeat.length, cut)
            for (at, _), cut in zip(pairs, severed, strict=True)
        ]
        if few and not any(one.parts_word for one in copies):
            continue
        copy = max(copies, key=lambda one: (one.weight, one.exact and one.breaks_off))
        other = copies[copies[0] is copy]
        sole = copy.exact and copy.breaks_off and not other.whole
        if any(taken & set(range(one.start, one.stop)) for one in (copy, other)):
            # What is a quote already is one of the text that the other copy stands in.
            continue
        if (copy.weight or sole) and repeat.length <= (TWICE if copy.breaks_off else MOST_WORDS):
            found.append((copy.start, copy.stop))
        elif all(one.whole for one in copies):
            notes.append(_twice(draft, stream, repeat))
    return _without_overlap(found), notes


def _stream(lines: Sequence[Line]) -> Stream:
    """Return the words of lines."""
    stream = Stream([], [], [], {}, {}, {})
    cut = False
    for token in tokens(lines):
        word = plain(token.text)
        if cut and token.cut and token.line != stream.ends[-1]:
            stream.words[-1] += word
            stream.ends[-1] = token.line
            stream.halves[token.line] = word
            cut = token.stop == len(lines[token.line].text) - 1
            continue
        stream.words.append(word)
        stream.begins.append(token.line)
        stream.ends.append(token.line)
        stream.first.setdefault(token.line, len(stream.words) - 1)
        stream.last[token.line] = len(stream.words) - 1
        cut = token.cut and token.stop == len(lines[token.line].text) - 1
    return stream


def _is_marked(draft: Draft, stream: Stream, at: int, length: int) -> bool:
    """Tell whether a run of words is set between quotation marks, and fills its lines."""
    start, end = stream.begins[at], stream.ends[at + length - 1]
    fills = stream.first[start] == at and stream.last.get(end) == at + length - 1
    return fills and is_quoted(draft.lines[start].text + draft.lines[end].text)


def _is_severed(stream: Stream, at: int, other: int) -> bool:
    """Tell whether the half word above a run is a whole one, for it is in the other copy.

    So the quote stands between the halves of a word: “soci- | er een belasting … | alisme”.
    """
    line = stream.begins[at]
    half = stream.halves.get(line)
    return at == stream.first[line] and other > 0 and half == stream.words[other - 1]


def _copy(draft: Draft, stream: Stream, at: int, length: int, severed: bool) -> Copy:
    last = _trimmed(draft, stream, at, at + length - 1)
    start, end = stream.begins[at], stream.ends[last]
    whole = _fills(stream, at, last)
    lines, habits = draft.lines, draft.habits
    widest = max(line.width for line in lines[start : end + 1])
    headless = _parted(lines, start) and _is_headless(lines, start, draft)
    parts_word = _parts_word(lines, start, end + 1, draft, severed)
    return Copy(
        start=start,
        stop=end + 1,
        whole=whole,
        exact=end > start and at == stream.first[start] and last == stream.last.get(end),
        breaks_off=_breaks_off(draft, start, end + 1, severed),
        narrow=(end > start or headless) and widest <= NARROW * habits.measure,
        edge=_parted(lines, start) or _parted(lines, end + 1) or parts_word,
        apart=_parted(lines, start) and _parted(lines, end + 1),
        scrap=starts_small(lines[start].text) or not ends_sentence(lines[end].text, draft.language),
        parts_word=parts_word,
    )


def _trimmed(draft: Draft, stream: Stream, first: int, last: int) -> int:
    """Return the last word of a run less those that chance adds from the line beyond its end."""
    line = stream.ends[last]
    fewer = stream.first.get(line, first) - 1
    beyond = last < stream.last.get(line, last) and fewer > first
    if not beyond or last - fewer > CHANCE:
        return last
    ended = ends_sentence(draft.lines[line - 1].text, draft.language)
    return fewer if ended or _parted(draft.lines, line) else last


def _is_headless(lines: Sequence[Line], at: int, draft: Draft) -> bool:
    """Tell whether a line begins in mid-sentence, and the one above it ends one."""
    if at == 0 or not starts_small(lines[at].text):
        return False
    return ends_sentence(lines[at - 1].text, draft.language)


def _fills(stream: Stream, first: int, last: int) -> bool:
    """Tell whether a run of words has its lines to itself, a word or so at either end aside.

    Where a quote stands in the midst of the sentence that it repeats, this has words before it.
    """
    head = stream.first[stream.begins[first]]
    tail = stream.last.get(stream.ends[last], last)
    before, after = first - head, tail - last
    words = stream.words
    begins = before <= SLACK or words[max(head - before, 0) : head] == words[head:first]
    ends = after <= SLACK or words[tail + 1 : tail + 1 + after] == words[last + 1 : tail + 1]
    return begins and ends


def _breaks_off(draft: Draft, start: int, stop: int, severed: bool) -> bool:
    """Tell whether the sentence before the lines goes on after them."""
    lines = draft.lines
    if start == 0 or stop >= len(lines):
        return False
    before, after = lines[start - 1], lines[stop]
    if ends_sentence(before.text, draft.language) and not before.trails:
        return False
    if not severed and ends_in_hyphen(before.text) and completes(before, lines[start], draft):
        return False
    after = structs.replace(after, gap=1, indent=0)
    if starts_small(after.text):
        return goes_on(before, after, draft.habits, draft.language)
    return draft.habits.trails and before.trails and not lines[stop - 1].trails


def _parts_word(lines: Sequence[Line], start: int, stop: int, draft: Draft, severed: bool) -> bool:
    """Tell whether lines stand between the halves of a word."""
    if start == 0 or stop >= len(lines):
        return False
    before = lines[start - 1]
    whole = not severed and completes(before, lines[start], draft)
    return not whole and completes(before, lines[stop], draft)


def _parted(lines: Sequence[Line], at: int) -> bool:
    """Tell whether something stands between line `at` and the one before it."""
    if at == 0 or at >= len(lines):
        return True
    a, b = lines[at - 1], lines[at]
    return bool(b.gap) or a.page != b.page or a.indent != b.indent


def _twice(draft: Draft, stream: Stream, repeat: Repeat) -> Note:
    first, second = (draft.lines[stream.begins[at]].number for at in (repeat.first, repeat.second))
    message = f"the same {repeat.length} words stand at line {first}; both are kept"
    last = draft.lines[stream.ends[repeat.second + repeat.length - 1]].number
    return Note(second, "repeated", message, "lines", f"{second}-{last}", "body")


def _without_overlap(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return starts and stops in order, of two that overlap those of the longer one."""
    out: list[tuple[int, int]] = []
    for start, stop in sorted(found, key=lambda one: (one[0], -one[1])):
        if out and start < out[-1][1]:
            if stop - start > out[-1][1] - out[-1][0]:
                out[-1] = start, stop
            continue
        out.append((start, stop))
    return out
