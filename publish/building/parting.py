"""Print pages and booklet sheets parted into plates: one grey PDF an ink, as a riso wants.

In: a manuscript folder and an output folder in which these editions were built. Out: the files
`OUT/separations/<edition>/<slug>-<ink>.pdf`, written atomically and kept with the state of the
build, and problems.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path

from publish.building.build import owned
from publish.building.mixing import mixed_pictures
from publish.building.workshop import Workshop
from publish.ground.alone import alone
from publish.ground.container import write_atomically
from publish.ground.filenames import file_of, slug_of
from publish.ground.problems import Problem, problem
from publish.manuscript.folder import read_manuscript
from publish.press.plate_objects import Unparted
from publish.press.separations import Separation, separated
from publish.settings.toml import at_settings
from publish.standing.state import digest, state_of

FOLDER = "separations"
_OF_THE_RED = (
    'For one plate of the red, write red = "spot" under [print]; pictures in full colour need the'
    " others all the same."
)
_OF_PICTURES = "Pictures in full colour need them: take pictures in grey, or in black and the red."


def part(folder: Path, out: Path, names: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    """Part editions of a manuscript; return the files of their plates."""
    with alone(out):
        return _part(folder, out, names)


def _part(folder: Path, out: Path, names: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    manuscript, state = read_manuscript(folder), state_of(folder, out)
    if manuscript.book is None:
        return [], manuscript.problems
    settings, problems = manuscript.book.settings, []
    shop = Workshop(folder, manuscript.book, manuscript.sources, shelf=state.shelf)
    made: dict[Path, str] = {}
    for name in names:
        data = (out / file_of(name, settings.slug)).read_bytes()
        plates, found = _parted(name, data, shop)
        problems += found
        ends = endings([plate.ink for plate in plates])
        for plate, ending in zip(plates, ends, strict=True):
            file = out / FOLDER / name / f"{settings.slug}-{ending}.pdf"
            if taken := owned(state, file, manuscript.sources["book.toml"]):
                return [], taken
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, plate.pdf)
            made[file] = digest(data)
        kept = {state.name_of(file) for file in made}
        for stale in [one for one in state.plates if edition_of(one) == name and one not in kept]:
            # The edition has fewer inks now, or the book another name.
            if not state.owner(out / stale):
                (out / stale).unlink(missing_ok=True)
            del state.plates[stale]
    state.plates |= {state.name_of(file): key for file, key in made.items()}
    state.save()
    return list(made), at_settings(problems, manuscript.sources["book.toml"])


def endings(inks: Sequence[str]) -> list[str]:
    """Return how the file of each ink ends; inks of one slug are numbered from the second on.

    The inks that every press has come first, so that they keep their names.
    """
    made: list[str] = []
    for ink in inks:
        slug = slug_of(ink, "ink")
        more = (f"{slug}-{number}" for number in count(2))
        made.append(next(one for one in chain((slug,), more) if one not in made))
    return made


def edition_of(file: str) -> str:
    """Return the edition of which a plate is, by its path below the output folder."""
    return Path(file).parent.name


def _parted(name: str, data: bytes, shop: Workshop) -> tuple[list[Separation], list[Problem]]:
    """Return the plates of an edition, with what is to be told of them."""
    settings, materials = shop.settings, shop.materials
    margin = settings.booklet.margin if name == "booklet" else None
    try:
        plates = separated(data, margin)
    except Unparted as error:
        return [], [problem("B603", None, edition=name, what=error)]
    problems = []
    if mixed := [one.ink for one in plates if one.is_process]:
        advice = _OF_PICTURES if settings.print.red == "spot" else _OF_THE_RED
        names = mixed_pictures(materials.print_pictures[0], materials.inks)
        of = f" (pictures: {', '.join(names)})" if names else ""
        facts = {"edition": name, "inks": ", ".join(mixed), "of": of, "advice": advice}
        problems.append(problem("B604", None, **facts))
    if not all(one.registered for one in plates):
        problems.append(problem("B605", None))
    return plates, problems
