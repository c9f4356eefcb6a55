"""Archives that unfold to far more than they are.

In: an archive that anyone may have made. Out: how much it unfolds to, where that is more than an
honest one does. What is read of an entry is never more than its head tells (PKWARE, APPNOTE 4.4.9),
so that the heads can be taken at their word.
"""

from __future__ import annotations

from zipfile import ZipFile

RATIO, SMALL = 200, 20_000_000
"""What unfolds to more than `SMALL` bytes may be so many times as large as it is packed."""


def bomb(archive: ZipFile, most: int) -> int:
    """Return how many bytes an archive unfolds to where they are too many; 0 where they are not.

    `most` is what all of it together may unfold to.
    """
    sizes = [(one.file_size, max(one.compress_size, 1)) for one in archive.infolist()]
    whole = sum(size for size, _ in sizes)
    steep = any(size > SMALL and size > RATIO * packed for size, packed in sizes)
    return whole if whole > most or steep else 0
