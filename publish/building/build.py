"""A manuscript folder → the editions that are asked for.

In: a folder, an output folder, which editions, draft or final. Out: the files, written atomically,
and problems. Each edition has a recipe, the digest of all that it is made of; one whose recipe and
file are as they were is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct, field

from publish.building.compositors import Compositors
from publish.building.outputs import OUTPUTS
from publish.building.read_before import ReadBefore
from publish.building.workshop import Workshop
from publish.ground.alone import alone
from publish.ground.container import write_atomically
from publish.ground.guard import held, too_large
from publish.ground.problems import Problem, Unmakeable, has_errors, problem, weighed
from publish.ground.shelf import Shelf
from publish.ground.source import SourceFile
from publish.manuscript.folder import Manuscript, read_manuscript
from publish.settings.toml import read_toml
from publish.standing.current import Built, build_key, file_in, is_proof, standing
from publish.standing.pull import PLAIN, Pull
from publish.standing.state import Made, State, digest, state_of
from publish.standing.toolchain import toolchain

Progress = Callable[[str], None]
Reread = Callable[[Workshop, State, str, Path], list[Problem]]
"""Looks at an edition that was just made: its workshop, the state, its name and its file."""


_BROKEN_OFF = "K706"


def unread(shop: Workshop, state: State, name: str, file: Path) -> list[Problem]:
    """Do not look at an edition."""
    return []


def build(
    folder: Path,
    out: Path,
    names: Sequence[str],
    final: bool = False,
    progress: Progress = lambda what: None,
    pull: Pull = PLAIN,
    stale: str = "",
    reread: Reread = unread,
    compositors: Compositors | None = None,
) -> Built:
    """Build editions of a manuscript; with an error in it nothing is written.

    `pull` tells what a proof among them is for; `stale` is the key that the caller has found the
    editions not to stand by. `reread` looks at each edition that is made. `compositors` are those
    who were called to set its pages.
    """
    # Before anything is read: what changes under way makes the next build another.
    key = stale or build_key(folder, final, pull)
    if not stale and (kept := standing(folder, out, names, final, key)):
        return kept
    progress("manuscript")
    read = ReadBefore(Shelf(state_of(folder, out).shelf))
    manuscript = read_manuscript(folder, read)
    problems = weighed(manuscript.problems, final, is_proof(names))
    if manuscript.book is None or has_errors(problems):
        return Built((), (), problems)
    job = _Job(folder, out, names, final, progress, key, pull, reread, compositors, read)
    with alone(out, lambda: progress("waiting for another build")):
        return _build(manuscript, job)


def _made(name: str, shop: Workshop) -> tuple[bytes, list[Problem]]:
    try:
        with held():
            data, problems = OUTPUTS[name].make(shop)
    except Unmakeable as error:
        data, problems = b"", [error.problem]
    except MemoryError:
        data, problems = b"", [too_large()]
    return data, shop.materials.told(problems)


def owned(state: State, file: Path, source: SourceFile) -> list[Problem]:
    """Report an output that bears the name of one of another manuscript; `source` is book.toml."""
    other = state.owner(file)
    document, _ = read_toml(source)
    if not other or document is None:
        return []
    at = document.value(("slug",) if "slug" in document.values else ("title",))
    return [problem("K707", at, file=file, other=other, out=file.parent)]


def _begun(state: State, key: str, problems: list[Problem], slug: str) -> State:
    """Return the state that a build begins with: what stands, none of it made yet."""
    fresh = State(state.path, key, dict(state.outputs), list(problems), slug, book=state.book)
    fresh.copies, fresh.plates = dict(state.copies), dict(state.plates)
    fresh.released, fresh.shown = state.released, state.shown
    fresh.pages, fresh.makeup = state.pages, state.makeup
    return fresh


def _write(file: Path, data: bytes, before: Made | None, fresh: State, out: Path) -> None:
    """Write an output; what bore an older name of the book is not left behind."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, data)
    if before and before.file != fresh.name_of(file) and not fresh.owner(out / before.file):
        (out / before.file).unlink(missing_ok=True)


class _Job(Struct, frozen=True):
    """What is asked for: see `build`."""

    folder: Path
    out: Path
    names: Sequence[str]
    final: bool
    progress: Progress
    key: str
    pull: Pull
    reread: Reread
    compositors: Compositors | None
    read: ReadBefore

    def weighed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems as what is asked for weighs them."""
        return weighed(problems, self.final, is_proof(self.names))


def _build(manuscript: Manuscript, job: _Job) -> Built:
    assert manuscript.book
    state = state_of(job.folder, job.out)
    found = manuscript.problems
    told = (state.pages, state.shelf, state.makeup, job.pull, found, job.compositors)
    shop = Workshop(job.folder, manuscript.book, manuscript.sources, *told)
    if job.compositors and job.compositors.are_called:
        shop.room.prepare()
    problems = [*found, *shop.materials.preliminaries()]
    if has_errors(job.weighed(problems)):
        return Built((), (), job.weighed(problems))
    fresh = _begun(state, job.key, problems, manuscript.book.settings.slug)
    fresh.pull = job.pull if "proof" in job.names else state.pull
    source = manuscript.sources["book.toml"]
    files = [file_in(job.out, fresh, one) for one in job.names]
    if taken := [found for file in files for found in owned(fresh, file, source)]:
        return Built((), (), job.weighed([*problems, *taken]))
    shop.materials.shelf.settle()
    job.read.keep()
    run = _Run(job, shop, state, fresh, problems)
    for name, file in zip(job.names, files, strict=True):
        if has_errors(job.weighed(run.problems)):
            break
        run.edition(name, file)
    return run.ended()


class _Run(Struct):
    """The editions of one build: those that stood before (`state`), and those that stand by now."""

    job: _Job
    shop: Workshop
    state: State
    fresh: State
    problems: list[Problem]
    made: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)

    def edition(self, name: str, file: Path) -> None:
        """Make an edition, or keep the one that stands where it is made of the same."""
        recipe = digest(toolchain(), OUTPUTS[name].recipe(self.shop))
        before = self.state.outputs.get(name)
        if before and before.recipe == recipe and self.state.is_current(name, file):
            self.fresh.outputs[name] = replace(before, key=self.job.key)
            self.problems += before.problems
            self.kept.append(file)
            return
        self.job.progress(name)
        data, found = _made(name, self.shop)
        self.problems += found
        if has_errors(found):
            return
        _write(file, data, before, self.fresh, self.job.out)
        self._know_pages()
        lost = self.job.reread(self.shop, self.fresh, name, file)
        self.problems += lost
        if any(one.code == _BROKEN_OFF for one in lost):
            # Of what was not read through nothing is known: the next build makes it anew.
            recipe = ""
        self.fresh.outputs[name] = Made(
            self.fresh.name_of(file), recipe, digest(data), self.job.key, (*found, *lost)
        )
        self.made.append(file)
        self.fresh.save()

    def ended(self) -> Built:
        """Write down what stands; return it."""
        problems = self.job.weighed(self.problems)
        if has_errors(problems):
            self.fresh.key = ""
        self._know_pages()
        self.fresh.save()
        self.shop.tidy()
        return Built(tuple(self.made), tuple(self.kept), problems)

    def _know_pages(self) -> None:
        if room := self.shop.entered:
            self.fresh.pages, self.fresh.makeup = room.known, room.verdict
            self.fresh.shown = room.shown or self.fresh.shown
