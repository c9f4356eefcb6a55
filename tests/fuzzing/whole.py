"""Whole manuscripts by chance, by the grammar of the dialect: chapters, notes, captions, settings.

In: what hypothesis draws. Out: the files of a manuscript, by their names.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from PIL import Image

from fuzzing.blocks import begun, block, figure, in_note
from fuzzing.settings import WRONG, book_toml
from fuzzing.words import REFERENCE, Pen

FONTS = Path(__file__).parent.parent / "books" / "hebrew" / "fonts"
Files = Mapping[str, bytes]
WILD = (0, 0, 900, 200)
"""One thing in so many is odd; in 0, none."""
ROLES = ("", "", "", "", "foreword", "appendix", "timeline", "persons", "afterword", "introduction")
FRONT = ('short = "Kort"', 'start = "recto"', 'start = "run-on"', "toc = false", "index = true")
WRONG_FRONT = ("role = 1", 'role = "hoofdstuk"', "toc = ", "x = 1", "+++", 'only = "print"')
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M3 3h50v30z"/>{}</svg>'
WRONG_SVG = (
    *("<svg", "<svg/>", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>', "", "<a/>"),
    *(
        SVG.format(one)
        for one in ("<script>1</script>", '<use href="#a" id="a"/>', "<text>a</text>")
    ),
    SVG.format('<path d="M nan"/><circle r="-1"/><rect width="1e400" height="1"/>'),
    SVG.format('<image href="x.png"/><g transform="scale(0)"><path d="M0 0L"/></g>'),
)


@st.composite
def manuscripts(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Files:
    """Draw a manuscript: most of them well made, some a little odd, some very."""
    pen = Pen(draw, draw(st.sampled_from(WILD)))
    files = dict(_pictures(pen))
    texts = {f"{at + 1:02}-deel.md": _chapter(pen) for at in range(1 + pen.below(3))}
    texts["01-deel.md"] += "".join(f"\n{figure(pen)}\n" for _ in range(len(pen.photos)))
    texts["book.toml"] = book_toml(pen)
    for name, text in texts.items():
        while REFERENCE in text:
            text = text.replace(REFERENCE, pen.one(pen.ids), 1)
        texts[name] = text
    if any(map(_is_right_to_left, texts.values())):
        files |= {f"fonts/{one.name}": one.read_bytes() for one in FONTS.iterdir()}
        texts["book.toml"] += '[fonts]\nfiles = ["NotoSerifHebrew.woff2"]\n'
    return files | {name: text.encode("utf-8") for name, text in texts.items()}


def _is_right_to_left(text: str) -> bool:
    return any("\u0590" <= char <= "\u05ff" for char in text)


def _chapter(pen: Pen) -> str:
    pen.notes = []
    parts = [_front(pen), f"# {pen.words()} {{#{pen.name('h')}}}"]
    if pen.oddly():
        parts.pop(pen.below(2))
    parts += [block(pen) for _ in range(1 + pen.below(7))]
    parts.append("Zo gaat het.")
    while pen.notes:
        name = pen.notes.pop()
        text = in_note(pen) if pen.rarely(4) else f"{begun(pen)} {pen.line(2)}"
        lines = text.split("\n")
        parts.append("\n".join((f"[^{name}]: {lines[0]}", *(f"    {one}" for one in lines[1:]))))
    return "\n\n".join(part for part in parts if part) + "\n"


def _front(pen: Pen) -> str:
    role = pen.one(ROLES)
    rows = [f'role = "{role}"'] * bool(role) + [pen.one(FRONT)] * pen.rarely(4)
    if pen.oddly():
        rows.append(pen.one(WRONG_FRONT))
    return "\n".join(("+++", *rows, "+++")) if rows else ""


def _pictures(pen: Pen) -> Files:
    """Draw photos/ and captions.toml; the ids of the pictures go to the pen."""
    files: dict[str, bytes] = {}
    tables = []
    for number in range(pen.below(4)):
        name, kind = f"beeld-{number}", pen.one(("jpg", "png", *["svg"] * 6))
        files[f"photos/{name}.{kind}"] = _picture(pen, kind)
        pen.photos.append(name)
        pen.ids.append(name)
        rows = [f'file = "{name}.{kind}"', 'alt = "Een vlak."', f"caption = '''{_caption(pen)}'''"]
        rows += ["decorative = true"] if pen.oddly() else []
        rows += ['credit = "atelier “De Kei” & zoon"', "date = 2025-01-01"] * pen.rarely(3)
        rows += [f"{pen.one(('kind', 'alt', 'ink', 'x', 'long'))} = {pen.one(WRONG)}"] * pen.oddly()
        tables += [f"[{name}]", *rows]
    if tables or pen.rarely(3):
        files["captions.toml"] = ("\n".join(tables) + "\n").encode("utf-8")
    return files


def _caption(pen: Pen) -> str:
    plain = " ".join(pen.one((pen.word(), f"*{pen.word()}*")) for _ in range(1 + pen.below(6)))
    return "".join(char for char in plain if char.isprintable()).replace("'''", "") + " x"


def _picture(pen: Pen, kind: str) -> bytes:
    if kind == "svg":
        return (pen.one(WRONG_SVG) if pen.oddly() else SVG.format("")).encode("utf-8")
    data = raster(
        kind, pen.one(("RGB", "L", "CMYK") if kind == "jpg" else ("RGB", "L", "RGBA", "P", "1"))
    )
    if not pen.oddly():
        return data
    at = pen.below(len(data))
    return data[:at] + pen.one((b"", b"\xff\xff", data[at + 1 :], b"\0" + data[at + 1 :]))


@cache
def raster(kind: str, mode: str) -> bytes:
    """Return a small picture as a JPEG or PNG in a mode of Pillow's."""
    made = io.BytesIO()
    Image.linear_gradient("L").resize((1400, 900)).convert(mode).save(
        made, "JPEG" if kind == "jpg" else "PNG"
    )
    return made.getvalue()
