"""The words of an edition that was just made, read back and compared with the manuscript's.

In: the workshop that made it, the state of the build, its name and file. Out: problems P404, P412
and E503 of words that are lost or strange, at their places in the manuscript. It is done for
print and screen PDF, e-book and extract as they are made, so that none is handed out from which the
layout has lost a note; what was found is kept with the edition, for as long as that stands. The
other editions are made of the pages of these.
"""

from __future__ import annotations

from pathlib import Path

from publish.building.workshop import Workshop
from publish.checks.subject import Subject
from publish.ground.guard import bounded
from publish.ground.problems import Problem, problem
from publish.settings.toml import at_settings
from publish.standing.state import State


def reread(shop: Workshop, state: State, name: str, file: Path) -> list[Problem]:
    """Return what is wrong with the words of an edition; nothing for one made of another."""
    materials = shop.materials
    out = state.path.parent.parent
    found = tuple(shop.found)
    subject = Subject(materials.root.folder, out, materials.book, materials.sources, found, state)
    vars(subject)["shop"] = shop
    try:
        with bounded():
            if name in ("print", "screen"):
                from publish.checks import pdf_words

                problems = pdf_words.compared(subject, file)
            elif name in ("epub", "extract"):
                from publish.checks import epub_words

                problems = epub_words.compared(subject, name, file)
            else:
                problems = []
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        problems = [problem("K706", None, what="words", reason=reason)]
    return at_settings(problems, materials.sources["book.toml"])
