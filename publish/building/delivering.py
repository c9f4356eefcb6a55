"""What goes to a shop: copies of editions, named as the shop tells them apart.

In: a manuscript folder and an output folder in which the editions were built. Out: the copies in
`OUT/shops/<shop>/`, written atomically and kept with the state of the build, and problems.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from publish.building.build import owned
from publish.ground.alone import alone
from publish.ground.container import write_atomically
from publish.ground.filenames import FILES, file_of
from publish.ground.problems import Problem, problem
from publish.manuscript.folder import read_manuscript
from publish.settings.toml import at_settings
from publish.standing.state import State, state_of

FOLDER = "shops"
_CB = "CB, “Content File name pattern for submission via ftp account”"
_KOBO = "Kobo EPUB Guidelines"
_GOOGLE = "Google Books Partner Center, “Files and uploading overview”"


class Name(NamedTuple):
    """How a shop wants the file of an edition named, by the ISBN of the e-book, and who says so."""

    shop: str
    output: str
    pattern: str
    source: str


NAMES = (
    Name("cb", "epub", "{isbn}_eboek.epub", _CB),
    Name("cb", "cover", "{isbn}_covr.jpg", _CB),
    # What goes along with an ONIX record has names of its own there.
    Name("cb-onix", "epub", "{isbn}_ebfc.epub", _CB),
    Name("cb-onix", "cover", "{isbn}_cvr.jpg", _CB),
    Name("cb-onix", "extract", "{isbn}_hfd.epub", _CB),
    Name("google", "epub", "{isbn}.epub", f"{_GOOGLE}, “Filenames”"),
    Name("kobo", "epub", "{isbn}.epub", f"{_KOBO}, “OPF”"),
    Name("kobo", "cover", "{isbn}.jpg", f"{_KOBO}, “Cover Images”"),
    Name("kobo", "extract", "{isbn}_preview.epub", f"{_KOBO}, “ePub Previews”"),
)


def wanted(shops: Sequence[str]) -> tuple[str, ...]:
    """Return the editions that shops take, in the order in which they are built."""
    taken = {row.output for row in NAMES if row.shop in shops}
    return tuple(name for name in FILES if name in taken)


def deliver(folder: Path, out: Path, shops: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    """Copy the editions of a manuscript for shops; return the copies."""
    with alone(out):
        return _delivered(folder, out, shops)


def _delivered(folder: Path, out: Path, shops: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    manuscript, state = read_manuscript(folder), state_of(folder, out)
    if manuscript.book is None:
        return [], manuscript.problems
    settings, source = manuscript.book.settings, manuscript.sources["book.toml"]
    isbn = settings.identifiers.epub
    if not isbn:
        return [], at_settings([problem("K711", None, shops=" and ".join(shops))], source)
    copies = {
        out / FOLDER / row.shop / row.pattern.format(isbn=isbn): row.output
        for row in NAMES
        if row.shop in shops and not _is_whole_book(row.output, state)
    }
    taken = [found for copy in copies for found in owned(state, copy, source)]
    if taken:
        return [], taken
    for copy, output in copies.items():
        data = (out / file_of(output, settings.slug)).read_bytes()
        if not copy.is_file() or copy.read_bytes() != data:
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(copy, data)
    kept = {state.name_of(copy): output for copy, output in copies.items()}
    stale = [name for name in state.copies if _shop_of(name) in shops and name not in kept]
    for name in stale:
        # The book has another number now: what bore the old one is not left behind.
        if not state.owner(out / name):
            (out / name).unlink(missing_ok=True)
        del state.copies[name]
    state.copies |= kept
    state.save()
    return list(copies), []


def _is_whole_book(output: str, state: State) -> bool:
    """Tell whether an edition is an extract that leaves nothing out: no shop is to give it away."""
    made = state.outputs.get(output)
    return made is not None and any(one.code == "K708" for one in made.problems)


def _shop_of(name: str) -> str:
    """Return the shop of a copy, by its path; empty for what stands in no shop's folder."""
    folder, _, rest = name.partition("/")
    shop, _, file = rest.partition("/")
    inside = folder == FOLDER and file and "/" not in file and ".." not in (shop, file)
    return shop if inside else ""
