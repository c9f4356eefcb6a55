"""Two editions compared: what was done to one is what is told, and nothing else."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import shutil
import zipfile
from collections import Counter
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from books.phrases import Register
from books.prose import Prose
from browse import faults
from comparing_judged import EDITS, Edit, chapters, edited, judged, pages_of, photo, table
from comparing_judged import written as written_out
from lxml import html as lxml_html
from PIL import Image

from publish.__main__ import main
from publish.building.build import build
from publish.comparing import Comparison, compared, document_of
from publish.comparing.facing import page
from publish.comparing.model import Picture
from publish.comparing.pictures import picture_changes
from publish.comparing.pixels import unlike
from publish.comparing.proofs import book_in
from publish.comparing.telling import lines, values
from publish.engine.layout import lay_out, write_pdf
from publish.paragraphs.manner import Manner
from publish.text.matching import matches

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
    # The numbers of pages in the contents are others, and lead where they did.
    assert found.same, lines(found)
    assert Counter(one.state for one in found.new_pages)["reflowed"] > 10


def test_where_a_line_ends_at_a_hyphen_is_no_change(tmp_path: Path) -> None:
    words = "Een sociaal-democratische vice-voorzitter uit Alma-Ata sprak er lang. " * 12
    sides = []
    for width in (60, 90):
        css = f"@page {{ size: {width}mm 200mm; margin: 30mm 5mm }}"
        pages = lay_out(f'<html lang="nl"><p>{words}</p></html>', css, {}, manner=Manner())
        (file := tmp_path / f"{width}.pdf").write_bytes(write_pdf(pages)[0])
        sides.append(document_of(file))
    assert any(one.broken for side in sides for one in side.tokens)
    assert compared(*sides).same


def test_hyphens_are_words_where_no_line_ends(tmp_path: Path) -> None:
    one = written(tmp_path / "a", [["De vice-voorzitter bestond nog."]] * 3)
    other = written(tmp_path / "b", [["De vicevoorzitter bestond nog."]] * 3)
    found = compared(document_of(one), document_of(other))
    assert [line.split(": ")[1] for line in lines(found)[:-1]] == [
        "replaced “vice-voorzitter” by “vicevoorzitter”"
    ] * 3


def test_a_year_that_moved_is_a_change(tmp_path: Path) -> None:
    then = written(tmp_path / "a", [["In 1917 stierf hij. Zij bleef nog in het jaar daarna."]])
    now = written(tmp_path / "b", [["In stierf hij. Zij bleef nog in het jaar 1917 daarna."]])
    assert compared(document_of(then), document_of(now)).changes
    made = [build(one, tmp_path / f"uit-{one.name}", ("print",)).made[0] for one in (then, now)]
    assert compared(*map(document_of, made)).changes


def test_pictures(tmp_path: Path) -> None:
    one, other = written(tmp_path / "a", [["Ja."]] * 3), written(tmp_path / "b", [["Ja."]] * 3)
    for folder in (one, other):
        (folder / "photos" / "vast.svg").write_text(DRAWING.format(3))
        (folder / "photos" / "los.svg").write_text(DRAWING.format(4 if folder == one else 5))
    (other / "photos" / "nieuw.svg").write_text(DRAWING.format(9))
    found = compared(document_of(one), document_of(other))
    assert not found.changes
    assert [change.kind for change in found.pictures] == ["replaced", "added"]
    assert [line.split(": ")[0] for line in lines(found)[:-1]] == ["photos", "– → photos"]


def test_a_picture_saved_anew_is_the_same_and_a_digit_in_it_is_not() -> None:
    from PIL import Image, ImageEnhance

    veld = Image.open(BOOKS / "complete" / "photos" / "veld.jpg")

    def saved(image: Image.Image, quality: int) -> Image.Image:
        out = BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=quality)
        return Image.open(out)

    drawn = Image.open(BytesIO(table("TABEL 1")))
    for image in (veld, drawn):
        assert unlike(image, image) == 0
        for quality in (85, 60, 40):
            assert unlike(saved(image, 92), saved(image, quality)) == 0
        smaller = image.resize((image.width * 7 // 10, image.height * 7 // 10))
        assert unlike(image, saved(smaller, 80)) == 0
    assert 0 < unlike(drawn, Image.open(BytesIO(table("TABEL 2")))) < 0.01
    assert unlike(veld, ImageEnhance.Brightness(veld).enhance(1.1)) > 0.3
    red, blue = (Image.new("RGB", (99, 99), colour) for colour in ("#a00000", "#0000ff"))
    assert unlike(red, blue) == 1
    assert unlike(veld, veld.crop((0, 0, 900, 800))) == 1


@pytest.fixture(scope="module")
def edits(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Edit]]:
    """Two states of a book, an edit of another kind in each chapter but the last, built."""
    root, random_ = tmp_path_factory.mktemp("edits"), random.Random(2)
    old = chapters(random_, len(EDITS) + 1)
    new = copy.deepcopy(old)
    done = edited(random_, new, random_.sample(EDITS, len(EDITS)))
    for name, made in (("old", old), ("new", new)):
        written_out(root / name, made, 'trim = "A5"')
        build(root / name, root / f"{name}-out", ("epub", "print", "proof"))
    return root, done


FORMS = {"manuscript": "{}", "epub": "{}-out/b.epub", "print": "{}-out/b-print.pdf",
         "proof": "{}-out/b-proof.pdf"}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_edit_is_told_on_its_page_and_nothing_else(
    edits: tuple[Path, list[Edit]], form: str
) -> None:
    root, done = edits
    old, new = (root / FORMS[form].format(name) for name in ("old", "new"))
    found = compared(document_of(old), document_of(new))
    where = [pages_of(one) if one.suffix == ".pdf" else {} for one in (old, new)]
    assert judged(found, done, (where[0], where[1])) == ([], [], [])
    # A page is told as changed where something on it is told, and only there.
    changed = {one.name for one in found.new_pages if one.state == "changed"}
    named = {found.new.pages[one.new_page] for one in found.changes}
    named |= {found.new.pages[one.new.page] for one in found.pictures if one.new}
    spread = {token.page for one in found.changes for token in found.new.tokens[slice(*one.new)]}
    assert changed == named | {found.new.pages[at] for at in spread}
    # The last chapter, where nothing was done, is as it was.
    if form in ("epub", "manuscript"):
        last = [one for one in found.new_pages if "11" in one.name or one.name.startswith("photos")]
        assert {one.state for one in last} == {"same"}


def size_of(box: pikepdf.Array) -> tuple[float, float]:
    left, foot, right, head = map(float, box)
    return right - left, head - foot


def test_what_stands_around_a_proof_is_no_text(edits: tuple[Path, list[Edit]]) -> None:
    """The proof and the print edition have the same words on the same pages."""
    root, _ = edits
    proof, printed = (document_of(root / FORMS[form].format("new")) for form in ("proof", "print"))
    assert proof.pages == printed.pages
    files = [io.BytesIO(book_in(root / FORMS[form].format("new"))) for form in ("proof", "print")]
    for one, other in zip(*(pikepdf.open(file).pages for file in files), strict=True):
        assert size_of(one.trimbox) == pytest.approx(size_of(other.trimbox), abs=0.01)
    found = compared(printed, proof)
    assert found.changes == ()
    # The pictures of one are in inks; they stand where those of the other do.
    assert [one.page for one in proof.pictures] == [one.page for one in printed.pictures]
    text = " ".join(one.text for one in proof.tokens)
    assert not re.search(r"\.md:|proef ·", text)


def shade(number: int, decoded: Counter[int]) -> Picture:
    """Return a picture that counts how often it is decoded."""

    def pixels() -> Image.Image:
        decoded[number] += 1
        dice = random.Random(number)
        return Image.frombytes("L", (8, 8), bytes(dice.randrange(256) for _ in range(64)))

    return Picture(0, 0, f"p{number}", str(number), pixels)


def test_pictures_are_paired_by_their_looks_where_they_are_few() -> None:
    for gone, come, most in ((3, 2, 99), (30, 31, 31 * 6)):
        decoded = Counter[int]()
        old = [shade(at, decoded) for at in range(gone)]
        new = [shade(1000 + at, decoded) for at in range(come)]
        changes, kept = picture_changes(old, new, lambda one, other: True)
        kinds = Counter(one.kind for one in changes)
        assert kinds["replaced"] == min(gone, come) and kept == []
        # Each with each would be a thousand comparisons.
        assert sum(decoded.values()) <= most
    # Of few those most alike are a pair: here the second.
    dice = random.Random(4)
    old = [replace(shade(at, Counter()), pixels=partial(Image.open, BytesIO(photo(dice))))
           for at in range(2)]  # fmt: skip
    image = old[1].pixels()
    assert image is not None
    image.paste((255, 255, 255), (100, 100, 300, 300))
    new = replace(old[1], digest="x", pixels=lambda: image)
    changes, _ = picture_changes(old, [new], lambda one, other: True)
    assert [(one.kind, one.old and one.old.name) for one in changes] == [
        ("replaced", "p1"), ("removed", "p0")
    ]  # fmt: skip


def test_a_proof_without_its_map_or_a_page_is_still_a_proof(
    edits: tuple[Path, list[Edit]], tmp_path: Path
) -> None:
    whole = edits[0] / FORMS["proof"].format("new")
    proof = document_of(whole)
    words = [sum(one.page == at for one in proof.tokens) for at in range(len(proof.pages))]
    shown = {one.page for one in proof.pictures}
    taken = max({*range(4, len(words))} - shown, key=lambda at: words[at])
    assert words[taken] > 60
    for bare in (False, True):
        for gone in (None, taken):
            path = tmp_path / f"{bare}-{gone}.pdf"
            with pikepdf.open(whole) as pdf:
                if bare:
                    del pdf.Root.Names.EmbeddedFiles, pdf.Root.AF
                if gone is not None:
                    del pdf.pages[gone]
                pdf.save(path)
            found = compared(proof, document_of(path))
            assert len(found.new.pages) == len(proof.pages) - (gone is not None)
            wanted = [] if gone is None else [one for one in proof.tokens if one.page == gone]
            told = [at for one in found.changes for at in range(*one.old)]
            assert {one.kind for one in found.changes} <= {"removed"}
            words_gone = Counter(found.old.tokens[at].text for at in told)
            assert words_gone == Counter(one.text for one in wanted)
            # Which of words that each caption has is the one that went nobody can tell.
            others = [at for at in told if found.old.tokens[at].page != gone]
            assert len(others) <= 4
            assert found.pictures == ()


def labelled(path: Path, word: str) -> Path:
    """Write a PDF of six pages: i, ii, 1, 2, then again 2, and one without a label."""
    texts = [f"Bladzij {at} begint hier met een tekst van haar eigen, {at * 7}." for at in range(6)]
    texts[4] = texts[4].replace("eigen", word)
    html = "".join(f'<p style="break-after: page">{one}</p>' for one in texts)
    path.write_bytes(write_pdf(lay_out(html, "@page {size: A6}", {}))[0])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        assert len(pdf.pages) == 6
        ranges = ((0, {"S": pikepdf.Name.r}), (2, {"S": pikepdf.Name.D}),
                  (4, {"S": pikepdf.Name.D, "St": 2}), (5, {}))  # fmt: skip
        numbers = []
        for at, label in ranges:
            numbers += [at, pikepdf.Dictionary({f"/{key}": to for key, to in label.items()})]
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
        pdf.save()
    return path


def test_pages_that_share_a_label_or_have_none_are_told_apart(tmp_path: Path) -> None:
    old, new = labelled(tmp_path / "old.pdf", "eigen"), labelled(tmp_path / "new.pdf", "ander")
    found = compared(document_of(old), document_of(new))
    names = ("i", "ii", "1", "2 (4)", "2 (5)", "(6)")
    assert found.old.pages == found.new.pages == names
    assert lines(found)[0] == "page 2 (5): replaced “eigen,” by “ander,”"
    for states in (found.old_pages, found.new_pages):
        assert [one.name for one in states if one.state == "changed"] == ["2 (5)"]
        assert [one.others for one in states] == [(at,) for at in range(6)]
    assert [one["others"] for one in values(found)["new_pages"]] == [[name] for name in names]
    html = lxml_html.fromstring(page(found, old, new))
    shown = [one.text_content() for one in html.xpath("//figcaption")]
    assert shown == ["Page 2 (5)"] * 2


def test_a_head_is_no_text_where_two_pages_of_its_chapter_are_left(tmp_path: Path) -> None:
    css = "@page { size: A6; @top-center { content: 'De lange tocht'; font-size: 8pt } }"
    sides = []
    for count in (3, 2):
        said = (f"Bladzij {at} heeft hier een tekst van haar eigen." for at in range(count))
        html = "".join(f'<p style="break-after: page">{one}</p>' for one in said)
        (file := tmp_path / f"{count}.pdf").write_bytes(write_pdf(lay_out(html, css, {}))[0])
        sides.append(document_of(file))
    for one, other in (sides, sides[::-1]):
        (change,) = compared(one, other).changes
        assert change.kind in ("removed", "added")
        assert max(b - a for a, b in (change.old, change.new)) == 9


def test_a_page_with_another_picture_is_shown(edits: tuple[Path, list[Edit]]) -> None:
    root, done = edits
    chapter = next(one.chapter for one in done if one.kind == "digit")
    for form, mark in (("proof", "//span[@title='replaced: picture']"), ("epub", "//p/img")):
        old, new = (root / FORMS[form].format(name) for name in ("old", "new"))
        found = compared(document_of(old), document_of(new))
        html = lxml_html.fromstring(page(found, old, new))
        assert len(html.xpath(f"//div[@class='new']{mark}")) >= 2
    told = [line for line in lines(found) if "replaced (1% of it is different)" in line]
    assert len(told) == 1
    assert f"{chapter:02}" in told[0].split(":")[0]


def test_what_a_manuscript_says_of_its_book_is_compared(tmp_path: Path) -> None:
    one, other = (written(tmp_path / name, [["Ja."]]) for name in "ab")
    settings = other / "book.toml"
    settings.write_text(settings.read_text().replace('"Proef"', '"Toets"'))
    found = compared(document_of(one), document_of(other))
    assert lines(found)[0] == 'book.toml: replaced “"Proef"” by “"Toets"”'


def test_two_kinds_are_not_compared(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf, epub = (str(root / SIDES[kind][0]) for kind in ("pdf", "epub"))
    for pair in ((pdf, epub), (str(root / "old"), pdf)):
        assert main(["compare", *pair]) == 2
        said = capsys.readouterr().err
        assert "are not compared" in said
        assert "Give two of one kind" in said


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


def wordless(path: Path, *pages: str) -> Path:
    """Write a PDF of pages without words: `blank`, or the shade of a picture that covers them."""
    with pikepdf.new() as pdf:
        for shade in pages:
            page = pdf.add_blank_page(page_size=(200, 300))
            if shade != "blank":
                picture = pdf.make_stream(
                    bytes([int(shade)]) * 4, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
                    Width=2, Height=2, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
                )  # fmt: skip
                page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
                page.Contents = pdf.make_stream(b"q 150 0 0 200 20 20 cm /P Do Q")
        pdf.save(path, static_id=True)
    return path


def test_pdfs_without_words_are_compared(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full = root / "old-out" / "b-print.pdf"
    made = {
        name: str(wordless(tmp_path / f"{name}.pdf", *pages))
        for name, pages in {
            "blank": ("blank",), "none": (), "dark": ("20",), "light": ("230",),
            "again": ("20",),
        }.items()
    } | {"full": str(full)}  # fmt: skip
    for old, new, status in (
        ("blank", "blank", 0), ("dark", "again", 0), ("dark", "light", 1),
        ("blank", "dark", 1), ("full", "blank", 1), ("blank", "full", 1),
        ("full", "dark", 1),
    ):  # fmt: skip
        assert main(["compare", made[old], made[new]]) == status, (old, new)
        assert "Traceback" not in capsys.readouterr().err
        facing = compared(document_of(Path(made[old])), document_of(Path(made[new])))
        assert bool(facing.changes or facing.pictures) == bool(status), (old, new)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nno more of it")
    made["broken"] = str(tmp_path / "broken.pdf")
    for old, new in (("none", "none"), ("full", "none"), ("none", "blank"), ("broken", "full")):
        assert main(["compare", made[old], made[new]]) == 2
        said = capsys.readouterr().err
        assert ("it has no pages" in said) == ("none" in (old, new)) and "Traceback" not in said


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


def test_an_archive_that_unfolds_without_end_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bomb.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("EPUB/one.xhtml", b" " * 30_000_000)
    assert path.stat().st_size < 100_000
    assert main(["compare", str(path), str(path)]) == 2
    assert "it unfolds to 30 MB" in capsys.readouterr().err
