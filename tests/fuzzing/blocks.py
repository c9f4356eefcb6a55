"""Blocks by chance: every kind that the dialect has, in one another.

In: a `Pen`. Out: lines of Markdown, a block each.
"""

from __future__ import annotations

from collections.abc import Callable

from fuzzing.words import REFERENCE, Pen

PLACES = (
    *("", "", "{place=column}", "{place=half}", "{place=full}", "{place=inset}", "{place=page}"),
    *("{place=spread}", "{place=full bleed=top}", "{place=half caption=below}"),
    *(
        "{place=page bleed=all caption=facing}",
        "{place=full caption=facing}",
        '{bleed="top outer" place=half}',
    ),
)
WRONG_PLACES = ("{place=nergens}", "{bleed=x}", "{place=inset bleed=all}", "{caption=beside}", "{")
CONTAINERS = ("pullquote", "standfirst", "sidebar", "epigraph", "byline")


def block(pen: Pen, deep: int = 0) -> str:
    """Return a block; `deep` blocks stand around it."""
    kinds = _FLAT if deep > 2 else (*_FLAT, *_HOLDING)
    written = pen.one(kinds)(pen, deep)
    if pen.rarely(12):
        above = "{.eigen}", "{lang=fr}", "{.print-only}", "{.epub-only}"
        wrong = "{a=b}", "{dir=rtl}", "{#}", "{lang=!}", "{.print-only .epub-only}", "{", "{}"
        written = f"{pen.one(wrong if pen.oddly() else above)}\n{written}"
    return written


def in_note(pen: Pen) -> str:
    """Return blocks that a note may hold."""
    return "\n\n".join(pen.one(_OF_NOTES)(pen, 3) for _ in range(1 + pen.below(3)))


def blocks(pen: Pen, deep: int, most: int = 3) -> str:
    """Return some blocks."""
    return "\n\n".join(block(pen, deep) for _ in range(1 + pen.below(most)))


def _paragraph(pen: Pen, deep: int) -> str:
    own = f"{{#{pen.name('b')}}}\n" if pen.rarely(12) else ""
    return f"{own}{begun(pen)} {pen.line(most=14)}"


def begun(pen: Pen) -> str:
    """Return a word that begins a paragraph, and in a wild book perhaps something else."""
    return pen.word() if pen.oddly() else pen.one(("Ook", "“Zo", "De", "*Het*", "`x`"))


def _heading(pen: Pen, deep: int) -> str:
    level = pen.one((2, 2, 3)) if not pen.oddly() else pen.below(6) + 1
    own = f" {{#{pen.name('h')}}}" if pen.rarely(2) else ""
    return f"{'#' * level} {pen.words()}{own}"


def _quote(pen: Pen, deep: int) -> str:
    return _indented(blocks(pen, deep + 1), "> ", "> ")


def _bullets(pen: Pen, deep: int) -> str:
    gap = pen.one(("\n", "\n\n"))
    items = (blocks(pen, deep + 1, 2) for _ in range(1 + pen.below(4)))
    return gap.join(_indented(one, "- ", "  ") for one in items)


def _numbers(pen: Pen, deep: int) -> str:
    first = pen.one((1, 1, 0, 7, 999_999_998 if pen.oddly() else 3))
    gap = pen.one(("\n", "\n\n"))
    items = (f"{begun(pen)} {pen.line()}" for _ in range(1 + pen.below(4)))
    return gap.join(_indented(one, f"{first + at}. ", "    ") for at, one in enumerate(items))


def _terms(pen: Pen, deep: int) -> str:
    entries = []
    for _ in range(1 + pen.below(3)):
        texts = "\n".join(": Wat " + pen.line().replace("\n", " ") for _ in range(1 + pen.below(2)))
        entries.append(f"Een {pen.words(3)}\n{texts}")
    return "\n\n".join(entries)


def _table(pen: Pen, deep: int) -> str:
    columns = 1 + pen.below(5)
    cells = [columns] * (2 + pen.below(5))
    if pen.oddly():
        cells[-1] = pen.below(9)
    rows = ["| " + " | ".join(_cell(pen) for _ in range(count)) + " |" for count in cells]
    rule = "|" + "|".join(pen.one(("---", ":--", "--:", ":-:")) for _ in range(columns)) + "|"
    own = f" {{#{pen.name('t')}}}" if pen.rarely(2) else ""
    caption = "" if pen.oddly() else f"\n\n: {pen.words()}{own}"
    return "\n".join((rows[0], rule, *rows[1:])) + caption


def _cell(pen: Pen) -> str:
    return pen.line(most=2).replace("\n", " ").replace("|", "\\|")


def _code(pen: Pen, deep: int) -> str:
    lines = "\n".join(pen.words() for _ in range(pen.below(4)))
    fence = pen.one(("```", "~~~", "````"))
    return f"{fence}{pen.one(('', 'python'))}\n{lines}\n{'' if pen.oddly() else fence}"


def _rule(pen: Pen, deep: int) -> str:
    return pen.one(("***", "---\n", "* * *"))


def _figure(pen: Pen, deep: int) -> str:
    if deep or not pen.photos:
        return _paragraph(pen, deep)
    return figure(pen)


def figure(pen: Pen) -> str:
    """Return the next picture at a place."""
    name = pen.one(("geen", "")) if pen.oddly() else pen.photos.pop()
    place = pen.one(WRONG_PLACES if pen.oddly() else PLACES)
    return f"![{pen.word() if pen.rarely(3) else ''}]({name}){place}"


def _container(pen: Pen, deep: int) -> str:
    kind = pen.one(("zijkant", "")) if pen.oddly() else pen.one(CONTAINERS)
    plain = kind in ("byline", "standfirst")
    inside = _paragraph(pen, deep) if plain else blocks(pen, deep + 1)
    said = f"\n\n-- {pen.words(3)}" if kind in ("pullquote", "epigraph") and pen.rarely(2) else ""
    return _fenced(pen, kind, inside + said, deep)


def _verse(pen: Pen, deep: int) -> str:
    lines = [" " * 2 * pen.below(2) + f"Ook {pen.words()}" for _ in range(2 + pen.below(4))]
    odd = "\n\n- lijst" if pen.oddly() else ""
    return _fenced(pen, "verse", "\n".join(lines) + odd, deep)


def _html(pen: Pen, deep: int) -> str:
    if not pen.oddly():
        return f"<!-- {pen.one(('een', 'twee'))} -->"
    shapes = "<p>x</p>", "<table><tr><td>x</table>", "<svg/>", "<?x ?>", "<!DOCTYPE x>", "</p>"
    return pen.one((*shapes, "<div id=a><p id=a class='b\x0c'>x", "<h2>x</h2>", "<ruby>x<rt>y"))


def _reference(pen: Pen, deep: int) -> str:
    return f"Zie [](#{REFERENCE})." if pen.oddly() else f"Zie [daar](#{REFERENCE})."


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join((first + lines[0], *((rest + one).rstrip() for one in lines[1:])))


def _fenced(pen: Pen, kind: str, inside: str, deep: int) -> str:
    fence = ":" * (9 - deep)
    return f"{fence} {kind}\n{inside}\n{'' if pen.oddly() else fence}"


Writer = Callable[[Pen, int], str]
_FLAT: tuple[Writer, ...] = (
    *(
        _paragraph,
        _paragraph,
        _paragraph,
        _numbers,
        _terms,
        _code,
        _rule,
        _figure,
        _verse,
        _reference,
    ),
)
_OF_NOTES: tuple[Writer, ...] = (_paragraph, _numbers, _code, _verse)
_HOLDING: tuple[Writer, ...] = (_quote, _bullets, _container, _container, _table, _html, _heading)
