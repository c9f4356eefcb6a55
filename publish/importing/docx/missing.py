"""Parts that a word processor's file refers to and does not hold.

In: the zip (ECMA-376, part 2, 6.5, relationships). Out: which those are, and the zip without what
leads to them: all that it does hold can then be read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import ZipFile

from lxml import etree

from publish.importing.docx.parts import read_part

Lost: TypeAlias = Mapping[str, tuple[str, str]]
"""Relations by their ids: of what kind the part is that is not there, and its name."""
Missing: TypeAlias = Mapping[str, Lost]
"""Those by the list of relations in which they stand."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def missing_in(file: ZipFile) -> Missing:
    """Return the relations that lead to no part, those that lead outside apart."""
    names = set(file.namelist())
    found = {
        name: {
            str(one.get("Id")): (str(one.get("Type")).rpartition("/")[2], part)
            for one, part in _relations(name, read_part(file.read(name)))
            if part not in names
        }
        for name in sorted(names)
        if name.endswith(".rels")
    }
    return {name: parts for name, parts in found.items() if parts}


def without(file: ZipFile, missing: Missing) -> BytesIO:
    """Return the zip without the relations that lead to no part."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for entry in file.infolist():
            data = file.read(entry)
            if lost := missing.get(entry.filename):
                root = read_part(data)
                for one in [one for one in root.iter(_RELATION) if one.get("Id") in lost]:
                    one.getparent().remove(one)
                data = etree.tostring(root)
            made.writestr(entry, data)
    out.seek(0)
    return out


def _relations(name: str, root: Any) -> Iterator[tuple[Any, str]]:
    """Yield the relations within the file, and the part that each leads to."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for one in root.iter(_RELATION):
        if one.get("TargetMode") != "External":
            target = posixpath.join("/", folder, str(one.get("Target", "")))
            yield one, posixpath.normpath(target).lstrip("/")
