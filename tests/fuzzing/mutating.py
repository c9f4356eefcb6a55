"""A manuscript with things done to it by chance: cut, doubled, swapped and spliced, in any file.

In: files of a manuscript, and what hypothesis draws. Out: the files after one to five of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from fuzzing.whole import Files
from fuzzing.words import ODD

BITS = (
    *(one.encode("utf-8", "surrogatepass") for one in ODD),
    *(
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xc0\x80",
        b"\xf4\x90\x80\x80",
        b"\xef\xbb\xbf",
        b"\r",
        b"\r\n",
    ),
    *(
        b":::",
        b"\n:::\n",
        b"\n::: verse\n",
        b"\n+++\n",
        b"\n# ",
        b"\n[^x]: ",
        b"{#x}",
        b"\n|-|\n",
        b"\n> ",
    ),
    *(
        b"\n- ",
        b"\n    ",
        b"\t",
        b"![](",
        b"](#",
        b" = ",
        b"'''",
        b'"""',
        b"[[",
        b"\n[x]\n",
        b"0",
        b"-",
        b"nan",
    ),
)
KINDS = (".md", ".toml", ".md", ".toml", "")
Draw = Callable[[st.SearchStrategy[Any]], Any]


def read_files(folder: Path) -> Files:
    """Return the files of a manuscript folder."""
    paths = sorted(one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in paths}


@st.composite
def mutated(draw: Draw, books: st.SearchStrategy[Files]) -> Files:
    """Draw a manuscript and do things to it."""
    files = dict(draw(books))
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(KINDS))
        names = [name for name in sorted(files) if name.endswith(kind)] or sorted(files)
        if not names:
            break
        name = draw(st.sampled_from(names))
        if draw(st.integers(0, 24)) == 0:
            files.pop(name)
            continue
        other = files[draw(st.sampled_from(sorted(files)))]
        changed = draw(st.sampled_from(CHANGES))
        by_line = draw(st.booleans()) and b"\n" in files[name] and b"\n" in other
        pieces, others = (_pieces(one, by_line) for one in (files[name], other))
        files[name] = (b"\n" if by_line else b"").join(changed(draw, pieces, others))
    return files


def _pieces(data: bytes, by_line: bool) -> list[bytes]:
    return data.split(b"\n") if by_line else [data[at : at + 1] for at in range(len(data))]


def _stretch(draw: Draw, pieces: list[bytes]) -> slice:
    start = draw(st.integers(0, max(len(pieces) - 1, 0)))
    return slice(start, start + draw(st.integers(1, 12)))


def _cut(draw: Draw, pieces: list[bytes], others: list[bytes]) -> list[bytes]:
    at = _stretch(draw, pieces)
    return pieces[: at.start] + pieces[at.stop :]


def _cut_off(draw: Draw, pieces: list[bytes], others: list[bytes]) -> list[bytes]:
    return pieces[: _stretch(draw, pieces).start]


def _doubled(draw: Draw, pieces: list[bytes], others: list[bytes]) -> list[bytes]:
    at = _stretch(draw, pieces)
    return pieces[: at.stop] + pieces[at] * draw(st.sampled_from((1, 1, 2, 40))) + pieces[at.stop :]


def _swapped(draw: Draw, pieces: list[bytes], others: list[bytes]) -> list[bytes]:
    one, two = sorted((_stretch(draw, pieces) for _ in range(2)), key=lambda at: at.start)
    middle = pieces[min(one.stop, two.start) : two.start]
    first = pieces[one.start : min(one.stop, two.start)]
    return pieces[: one.start] + pieces[two] + middle + first + pieces[two.stop :]


def _spliced(draw: Draw, pieces: list[bytes], others: list[bytes]) -> list[bytes]:
    at = _stretch(draw, pieces)
    return pieces[: at.start] + others[_stretch(draw, others)] + pieces[at.start :]


def _put_in(draw: Draw, pieces: list[bytes], others: list[bytes]) -> list[bytes]:
    at = _stretch(draw, pieces).start
    return [*pieces[:at], draw(st.sampled_from(BITS)), *pieces[at:]]


CHANGES = (_cut, _cut, _cut_off, _doubled, _swapped, _spliced, _put_in, _put_in, _put_in)
