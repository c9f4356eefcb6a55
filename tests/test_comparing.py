"""Two editions compared: what was done to one is what is told, and nothing else."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from books.phrases import Register
from books.prose import Prose
from browse import faults
from lxml import html as lxml_html

from publish.__main__ import main
from publish.build import build
from publish.comparing import Comparison, compared, document_of
from publish.comparing.telling import lines, page, values
from publish.matching import matches

BOOKS = Path(__file__).parent / "books"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h{}v9z"/></svg>'


def written(folder: Path, parts: list[list[str]]) -> Path:
    (folder / "photos").mkdir(parents=True)
    (folder / "book.toml").write_text(
        'title = "Proef"\nslug = "b"\nmodified = 2026-11-22T12:00:00Z\n[print]\ntrim = "A6"\n'
        'cover = "separate"\n'
    )
    for number, part in enumerate(parts, 1):
        text = "\n\n".join(part)
        (folder / f"0{number}-deel.md").write_text(f"# Deel {number}\n\n{text}\n")
    return folder


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two states of a book, built.

    In the second a sentence is added and, in other chapters, a word added, a paragraph moved on and
    another taken out.
    """
    root = tmp_path_factory.mktemp("compare")
    writer = Prose(random.Random(4), Register())
    parts = [[writer.paragraph(60) for _ in range(15)] for _ in range(3)]
    build(written(root / "old", parts), root / "old-out", ("epub", "print"))
    parts[0][2] += " Een zin die er nog niet stond maakt deze alinea een heel stuk langer."
    parts[1][1] = parts[1][1].replace(" ", " splinternieuwe ", 1)
    parts[1].insert(12, parts[1].pop(4))
    del parts[2][6]
    build(written(root / "new", parts), root / "new-out", ("epub", "print"))
    return root


SIDES = {"manuscript": ("old", "new"), "epub": ("old-out/b.epub", "new-out/b.epub"),
         "pdf": ("old-out/b-print.pdf", "new-out/b-print.pdf")}  # fmt: skip


def of(root: Path, kind: str) -> Comparison:
    old, new = SIDES[kind]
    return compared(document_of(root / old), document_of(root / new))


@pytest.mark.parametrize("kind", SIDES)
def test_what_was_done_is_told_and_nothing_else(root: Path, kind: str) -> None:
    found = of(root, kind)
    assert not found.same
    assert not found.pictures
    kinds = Counter(one.kind for one in found.changes)
    old, new = found.old.tokens, found.new.tokens
    added = " ".join(
        one.text for change in found.changes if change.kind == "added"
        for one in new[slice(*change.new)]
    )  # fmt: skip
    assert "Een zin die er nog niet stond maakt deze alinea een heel stuk langer." in added
    assert "splinternieuwe" in added
    assert kinds["moved"] == 1
    (moved,) = (one for one in found.changes if one.kind == "moved")
    assert 40 < moved.old[1] - moved.old[0] < 80
    assert [one.text for one in old[slice(*moved.old)]] == [
        one.text for one in new[slice(*moved.new)]
    ]
    assert kinds["removed"] == 1
    assert len(found.changes) == 4, lines(found)


def test_reflow_is_no_change(root: Path) -> None:
    found = of(root, "pdf")
    states = Counter(one.state for one in found.new_pages)
    assert states["reflowed"] > 2
    assert states["same"] > 2
    assert 3 <= states["changed"] <= 8
    # A page is told as changed where words on it are others, and only there.
    touched = {one.page for change in found.changes for one in found.new.tokens[slice(*change.new)]}
    changed = {at for at, one in enumerate(found.new_pages) if one.state == "changed"}
    assert touched <= changed
    assert len(changed - touched) <= 2  # where words were taken out


def test_another_page_and_other_type_have_the_same_words(root: Path, tmp_path: Path) -> None:
    """Not one false change, though every line and page ends elsewhere."""
    folder = tmp_path / "book"
    shutil.copytree(root / "old", folder)
    settings = (folder / "book.toml").read_text()
    (folder / "book.toml").write_text(settings.replace('"A6"', '"120 x 170 mm"'))
    build(folder, tmp_path / "out", ("print",))
    found = compared(
        document_of(root / "old-out" / "b-print.pdf"), document_of(tmp_path / "out" / "b-print.pdf")
    )
    # The numbers of pages in the contents are others, and they are words of the book.
    assert all(
        re.fullmatch(r"[\d ]*", " ".join(one.text for one in tokens[slice(*stretch)]))
        for change in found.changes
        for tokens, stretch in ((found.old.tokens, change.old), (found.new.tokens, change.new))
    ), lines(found)
    assert Counter(one.state for one in found.new_pages)["reflowed"] > 10


def test_hyphens_are_words_where_no_line_ends(tmp_path: Path) -> None:
    one = written(tmp_path / "a", [["De Sovjet-Unie bestond nog."]] * 3)
    other = written(tmp_path / "b", [["De Sovjetunie bestond nog."]] * 3)
    found = compared(document_of(one), document_of(other))
    assert [line.split(": ")[1] for line in lines(found)[:-1]] == [
        "replaced “Sovjet-Unie” by “Sovjetunie”"
    ] * 3


def test_pictures(tmp_path: Path) -> None:
    one, other = written(tmp_path / "a", [["Ja."]] * 3), written(tmp_path / "b", [["Ja."]] * 3)
    for folder in (one, other):
        (folder / "photos" / "vast.svg").write_text(DRAWING.format(3))
        (folder / "photos" / "los.svg").write_text(DRAWING.format(4 if folder == one else 5))
    (other / "photos" / "nieuw.svg").write_text(DRAWING.format(9))
    found = compared(document_of(one), document_of(other))
    assert not found.changes
    assert [change.kind for change in found.pictures] == ["replaced", "added"]
    # The same picture in other bytes is the same.
    for folder, quality in ((one, 92), (other, 60)):
        for file in (folder / "photos").glob("*"):
            file.unlink()
        from PIL import Image

        image = Image.open(BOOKS / "complete" / "photos" / "veld.jpg")
        image.save(folder / "photos" / "veld.jpg", quality=quality)
    assert compared(document_of(one), document_of(other)).same


def test_the_command(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = (str(root / one) for one in SIDES["pdf"])
    assert main(["compare", old, old]) == 0
    assert "the same words on the same" in capsys.readouterr().out
    html = tmp_path / "c.html"
    assert main(["compare", old, new, "--json", "--html", str(html)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told == values(of(root, "pdf"))
    assert {one["kind"] for one in told["changes"]} >= {"added", "removed", "moved"}
    assert main(["compare", old, str(tmp_path / "none.pdf")]) == 2
    assert main(["compare", old, str(root)]) == 2
    assert "holds no manuscript" in capsys.readouterr().err

    # Side by side, in one file: each changed page of the new side, every changed word marked.
    document = lxml_html.fromstring(html.read_text(encoding="utf-8"))
    rows = document.find_class("row")
    changed = [one for one in told["new_pages"] if one["state"] == "changed"]
    assert len(rows) >= len(changed)
    shown = [one.text_content() for one in document.xpath("//div[@class='new']//figcaption")]
    assert shown == [f"Page {one['page']}" for one in changed]
    marks = document.xpath("//div[@class='new']//span[contains(@class, 'added')]/@title")
    words = [mark.removeprefix("added: ") for mark in marks]
    assert "splinternieuwe" in words
    assert not re.search(r"(src|href)=[\"']?(https?:)?//|url\(", html.read_text(encoding="utf-8"))


def test_a_manuscript_side_by_side(root: Path) -> None:
    document = lxml_html.fromstring(page(of(root, "manuscript"), root / "old", root / "new"))
    added = " ".join(" ".join(one.itertext()) for one in document.find_class("added"))
    assert "Een zin die er nog niet stond" in added
    assert len(document.find_class("moved")) == 2


def test_matches_are_those_that_a_slow_diff_finds() -> None:
    random_ = random.Random(1)
    words = [
        random_.choice("abcdefghijklmnopqrstuvwxyz") * random_.randint(1, 2) for _ in range(3000)
    ]
    other = [*words]
    for _ in range(60):
        at = random_.randrange(len(other))
        other[at : at + random_.randint(0, 3)] = ["nieuw"] * random_.randint(0, 3)
    found = matches(words, other)
    for x, y, length in found:
        assert words[x : x + length] == other[y : y + length]
    assert all(a + n <= c and b + n <= d for (a, b, n), (c, d, _) in pairwise(found))
    assert sum(length for *_, length in found) > len(words) - 60 * 5


def test_two_novels_are_compared() -> None:
    random_ = random.Random(2)
    writer = Prose(random.Random(9), Register())
    words = " ".join(writer.paragraph(100) for _ in range(980)).split()
    other = [*words]
    for _ in range(400):
        at = random_.randrange(len(other))
        other[at : at + random_.randint(0, 5)] = ["nieuw"] * random_.randint(0, 5)
    other = [*other[30_000:34_000], *other[:30_000], *other[34_000:]]
    found = matches(words, other)
    assert sum(length for *_, length in found) > len(words) - 4_000 - 400 * 8


@pytest.mark.browser
def test_the_pages_of_a_comparison_are_for_everyone(root: Path, tmp_path: Path) -> None:
    made = []
    for kind in SIDES:
        file = tmp_path / f"{kind}.html"
        old, new = (root / one for one in SIDES[kind])
        file.write_text(page(of(root, kind), old, new), encoding="utf-8")
        made.append(file)
    assert faults(*made) == []
