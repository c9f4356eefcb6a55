"""The e-books opened in a real reading system: foliate-js in Chromium.

Every page is turned, every entry of the contents, landmarks and page list is followed, every note
is opened and left again, in light and dark, at two sizes of type. With READER_SHOTS=folder pictures
of the pages are kept there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_ace import BOOKS, ROOT, SAMPLE, ebook

from publish.checks.ace import tools

pytestmark = pytest.mark.browser
Read = Callable[..., dict[str, Any]]
MODULES = Path(sys.prefix) / "node" / "node_modules"
LOOKS: dict[str, dict[str, str]] = {
    "light": {"scheme": "light"},
    "dark": {"scheme": "dark"},
    "sepia": {"scheme": "light", "paper": "#f4ecd8", "ink": "#5b4636"},
}
SHOTS = {
    "cover": "figure.cover",
    "title": ".title-page h1",
    "contents": "nav",
    "opening": ".chapter h1",
    "plate": ".plate",
    "chart": "figure.chart",
    "drawing": "figure.drawing",
    "pullquote": ".pullquote",
    "sidebar": ".sidebar",
    "table": "table",
    "verse": ".verse",
    "notes": ".notes",
}


@pytest.fixture(scope="session")
def read() -> Iterator[Read]:
    """Return what reads an e-book, in a browser that stays open for all tests of a process."""
    script = ROOT / "tests" / "reader" / "read.mjs"
    command = [tools().node, str(script), str(MODULES), tools().browser]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout

        def job(epub: Path, **wanted: Any) -> dict[str, Any]:
            process.stdin.write(json.dumps({"epub": str(epub), "size": 100, **wanted}) + "\n")
            process.stdin.flush()
            found: dict[str, Any] = json.loads(process.stdout.readline())
            assert "failed" not in found, found
            return found

        yield job
        process.stdin.close()


@pytest.fixture(scope="session")
def ebooks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the e-book of a manuscript by its name, made when it is first asked for."""
    made: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in made:
            folder = SAMPLE if name == "sample" else BOOKS / name
            made[name] = ebook(folder, tmp_path_factory.mktemp(name))
        return made[name]

    return get


@pytest.mark.parametrize(
    ("name", "look", "size"),
    [
        ("sample", "light", 100),
        ("sample", "dark", 160),
        ("complete", "dark", 100),
        ("complete", "light", 160),
        ("almanac", "light", 100),
        ("almanac", "dark", 160),
        ("bilingual", "sepia", 100),
        ("hebrew", "dark", 100),
        ("bare", "light", 160),
    ],
)
def test_every_page_is_turned(
    name: str, look: str, size: int, read: Read, ebooks: Callable[[str], Path]
) -> None:
    found = read(ebooks(name), size=size, turn=True, **LOOKS[look])
    assert found["said"] == []
    assert found["turned"]["visited"] == list(range(len(found["sections"])))
    assert found["turned"]["pages"] >= len(found["sections"])
    assert found["turned"]["wrong"] == []
    assert found["direction"] == ("rtl" if name == "hebrew" else "")


@pytest.mark.parametrize("name", ["sample", "complete", "almanac", "bilingual", "hebrew", "bare"])
def test_every_entry_leads_there(name: str, read: Read, ebooks: Callable[[str], Path]) -> None:
    found = read(ebooks(name), jump=True, scheme="light")
    assert found["said"] == []
    for entry in (*found["contents"], *found["landmarks"], *found["pageList"]):
        assert entry["there"], entry
    assert found["contents"]
    kinds = [one["type"] for one in found["landmarks"]]
    assert kinds[:3] == ["cover", "toc", "bodymatter"]
    labels = [one["label"] for one in found["pageList"]]
    assert len(labels) == len(set(labels))
    files = {one["label"]: one["href"].partition("#")[0] for one in found["pageList"]}
    for one in found["pageList"]:
        # A reader tells of the last page that begins on what it shows.
        assert labels.index(one["page"]) >= labels.index(one["label"]), one
        assert files[one["page"]] == files[one["label"]], one
    for entry in found["contents"]:
        assert entry["section"] == entry["href"].partition("#")[0]


@pytest.mark.parametrize(("name", "count"), [("complete", 5), ("almanac", 5), ("hebrew", 2)])
def test_every_note_is_opened_and_left_again(
    name: str, count: int, read: Read, ebooks: Callable[[str], Path]
) -> None:
    found = read(ebooks(name), notes=True, scheme="dark", size=160)
    assert found["said"] == []
    assert len(found["notes"]) == count
    for note in found["notes"]:
        assert note == {"id": note["id"], **dict.fromkeys(WELL, True)}


WELL = ("there", "returned", "popped", "hidden")


@pytest.mark.parametrize("look", LOOKS)
def test_pictures_are_taken_of_the_pages(
    look: str, read: Read, ebooks: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = Path(os.environ.get("READER_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {str(folder / f"{what}-{look}.png"): where for what, where in SHOTS.items()}
    found = read(ebooks("almanac"), shots=wanted, **LOOKS[look])
    assert found["said"] == []
    assert found["shots"] == list(wanted)
    from PIL import Image

    paper = {"light": (255, 255, 255), "dark": (18, 18, 18), "sepia": (244, 236, 216)}[look]
    for file in found["shots"]:
        with Image.open(file) as picture:
            colours = picture.convert("RGB")
            assert picture.size == (600, 900)
            # The corner is the reader's own paper, and something stands on the page.
            assert colours.getpixel((2, 2)) == paper
            assert len(colours.getcolors(600 * 900) or ()) > 2
