"""The desk of one who watches: what is saved becomes a new scene, quickly, and then for certain.

In: a manuscript folder and an output folder. Out: `Scene`s, one after the other, told to whoever
listens. A save is answered in two steps: the chapter that was edited is set ahead, and the whole
book is built behind it. What cannot be set leaves the last good pages where they are, with what is
wrong; nothing that is typed ends the watching.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from publish.book.inlines import plain
from publish.book.model import Book
from publish.book.walking import blocks_of, lines_of
from publish.epub.documents import chapter_files
from publish.ground.problems import Problem, Unmakeable, has_errors, problem, weighed
from publish.ground.shelf import Shelf
from publish.ground.source import texts_of
from publish.manuscript.folder import Manuscript, read_manuscript
from publish.standing.state import inputs, state_of
from publish.watching.ahead import Ahead, documents_of, set_ahead
from publish.watching.model import Place, Scene
from publish.watching.places import edited, place_of
from publish.watching.reading import built_scene
from publish.watching.sheaves import KEPT, Sheaf
from publish.watching.whole import Whole

_FIRST = 60
"""Characters of a paragraph by which it is found in the e-book."""


@dataclass(slots=True)
class Desk:
    """One book that is watched; every new scene is told to `tell`."""

    folder: Path
    out: Path
    tell: Callable[[Scene], None]
    trust: bool = False
    scene: Scene = field(default_factory=Scene)
    sheaves: dict[int, Sheaf] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """The text of each file as it was last read."""
    _at: tuple[str, int] | None = None
    _seen: str = ""
    """The digest of the manuscript as it was last read."""
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _ahead: Ahead = field(init=False)
    _whole: Whole = field(init=False)

    def __post_init__(self) -> None:
        shelf = Shelf(state_of(self.folder, self.out).shelf)
        self._ahead = Ahead(self.folder, shelf)
        self._whole = Whole(self.folder, self.out, self.trust, self._built)

    def open(self) -> None:
        """Read the book, and begin to build it."""
        self.saved(())
        self._warm()

    def look(self) -> None:
        """Answer what was saved before anyone watched the folder."""
        if self._seen != inputs(self.folder):
            texts = texts_of(read_manuscript(self.folder).sources)
            self.saved({name for name, text in texts.items() if text != self.texts.get(name)})

    def close(self) -> None:
        """End what is under way."""
        self._whole.end()

    def saved(self, files: Collection[str]) -> None:
        """Answer a save of files."""
        try:
            self._saved(files)
        except Unmakeable as error:
            self._show(replace(self.scene, state="stopped", problems=(error.problem,)))
        except Exception as error:
            # Half-typed text may lead a library to raise anything; the next save may be sound.
            self._show(self._stopped(f"{type(error).__name__}: {error}"))

    def _saved(self, files: Collection[str]) -> None:
        self._seen = inputs(self.folder)
        manuscript = read_manuscript(self.folder)
        problems = weighed(manuscript.problems, final=False)
        self._note(manuscript, files)
        book = manuscript.book
        if book is None or has_errors(problems):
            self._whole.end()
            self._show(replace(self.scene, state="stopped", problems=tuple(problems)))
            return
        # The build takes the other core; what is set ahead does not wait for it.
        before = self.scene
        with self._lock:
            made = self._set_ahead(manuscript, files) if files and before.leaves else None
            shown = made or replace(before, state="making", at=None)
            self._show(replace(shown, problems=tuple(problems)))
        self._whole.start()
        if made:
            self._show_documents(manuscript)

    def _note(self, manuscript: Manuscript, files: Collection[str]) -> None:
        """Keep the texts, and where the first of the saved ones was edited."""
        texts = {name: source.text for name, source in manuscript.sources.items()}
        changed = [one for one in files if texts.get(one, "") != self.texts.get(one, "")]
        named = next((one for one in changed if one in texts), None)
        if named:
            self._at = named, edited(self.texts.get(named, ""), texts[named])
        self.texts |= texts

    def _set_ahead(self, manuscript: Manuscript, files: Collection[str]) -> Scene | None:
        materials = self._ahead.materials(manuscript)
        if self._at is None or self._at[0] not in files:
            return None
        made = set_ahead(materials, *self._at, self.scene, self.sheaves)
        return made and self._placed(made, materials.epub_book)

    def _show_documents(self, manuscript: Manuscript) -> None:
        """Show the e-book as it now reads, its printed pages not yet marked."""
        materials = self._ahead.materials(manuscript)
        files = documents_of(materials, self.scene)
        with self._lock:
            if self.scene.state == "ahead":
                self._show(replace(self.scene, files=files))

    def _built(self, problems: list[Problem], stopped: str) -> None:
        """Show the book as it was built."""
        try:
            self._show_built(problems, stopped)
        except Exception as error:
            # The files may be gone again, or of another build.
            self._show(self._stopped(f"{type(error).__name__}: {error}"))

    def _show_built(self, problems: list[Problem], stopped: str) -> None:
        if stopped or has_errors(problems):
            told = tuple(problems) or self._stopped(stopped).problems
            self._show(replace(self.scene, state="stopped", problems=told))
            return
        with self._lock:
            number = max(self.sheaves, default=0) + 1
            scene, self.sheaves[number] = built_scene(self.folder, self.out, number)
            at = self._at and place_of(scene.rows, *self._at)
            scene = replace(scene, at=at, problems=tuple(problems))
            self._show(self._placed(scene, None))

    def _placed(self, scene: Scene, book: Book | None) -> Scene:
        """Return a scene whose place is found in the e-book too."""
        if scene.at is None or self._at is None:
            return scene
        at = scene.at
        if book is None:
            known = self.scene.at
            return replace(
                scene,
                at=replace(
                    at,
                    document=known.document if known else "",
                    words=known.words if known else "",
                ),
            )
        return replace(scene, at=_in_ebook(at, book, *self._at))

    def _stopped(self, reason: str) -> Scene:
        found = problem("K730", None, reason=reason)
        return replace(self.scene, state="stopped", problems=(found,))

    def _show(self, scene: Scene) -> None:
        with self._lock:
            self.scene = replace(scene, number=self.scene.number + 1)
            wanted = {leaf.sheaf for leaf in self.scene.leaves} | set(sorted(self.sheaves)[-KEPT:])
            self.sheaves = {one: sheaf for one, sheaf in self.sheaves.items() if one in wanted}
            self.tell(self.scene)

    def _warm(self) -> None:
        """Load what sets a chapter, so that the first save is answered as quickly as any."""
        try:
            manuscript = read_manuscript(self.folder)
            if manuscript.book and not has_errors(manuscript.problems):
                self._ahead.warm(self._ahead.materials(manuscript))
        except Exception:
            # Whatever it is, the save that meets it tells of it.
            return


def _in_ebook(at: Place, book: Book, file: str, offset: int) -> Place:
    """Return a place with the document of the e-book that shows it, and its paragraph's words."""
    chapter = next((one for one in book.chapters if one.file == file), None)
    if chapter is None:
        return at
    before = [one for one in blocks_of(chapter) if one.span.start <= offset]
    texts = (plain(line) for line in lines_of(max(before, key=lambda one: one.span.start)))
    words = next((text for text in texts if text), "") if before else ""
    return replace(at, document=chapter_files(book)[chapter.name], words=words[:_FIRST])
