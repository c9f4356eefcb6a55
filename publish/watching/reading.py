"""What a build has left in its output folder, read as a scene.

In: a manuscript folder, its output folder, and the number of the sheaf of its pages. Out: the scene
and that sheaf. Pages and e-book are the very files that were built.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from publish.standing.current import file_in
from publish.standing.state import state_of
from publish.watching.model import Files, Scene
from publish.watching.places import rows_of
from publish.watching.sheaves import Sheaf

_NS = {"opf": "http://www.idpf.org/2007/opf", "h": "http://www.w3.org/1999/xhtml"}


def built_scene(folder: Path, out: Path, number: int) -> tuple[Scene, Sheaf]:
    """Return the scene of a book that was built, and the sheaf of its pages."""
    state = state_of(folder, out)
    sheaf = Sheaf.of(file_in(out, state, "print").read_bytes())
    with zipfile.ZipFile(file_in(out, state, "epub")) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    leaves = sheaf.leaves(number)
    known = state.pages.starts if state.pages else ()
    scene = Scene(
        state="whole",
        leaves=leaves,
        rows=rows_of(state.shown.get("lines", {})),
        arrangement=state.shown.get("arrangement", {}),
        starts=(*known, *(None,) * (len(leaves) - len(known))),
        files=files,
        documents=_documents(files),
    )
    return scene, sheaf


def _documents(files: Files) -> tuple[tuple[str, str], ...]:
    """Return the path of each document in the order of the spine, and its title."""
    package = next(name for name in files if name.endswith(".opf"))
    folder = package.rpartition("/")[0]
    root = etree.fromstring(files[package])
    names = {
        str(item.get("id")): f"{folder}/{item.get('href')}"
        for item in root.iterfind(".//opf:item", _NS)
    }
    spine = [names[str(one.get("idref"))] for one in root.iterfind(".//opf:itemref", _NS)]
    return tuple((name, _title(files[name]) or name) for name in spine)


def _title(document: bytes) -> str:
    return (etree.fromstring(document).findtext(".//h:title", "", _NS) or "").strip()
