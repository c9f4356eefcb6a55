"""captions.toml: what becomes of each key, and what is said of a picture that cannot be had."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from publish.book.inlines import plain
from publish.book.model import Photo
from publish.ground.root import BookRoot
from publish.ground.source import SourceFile, Span
from publish.manuscript.captions import _on_one_line, pixel_size, read_captions
from publish.settings.limits import LimitSettings

WHOLE = '[oever]\nfile = "oever.png"\ncaption = "De oever"\nalt = "Riet langs water."\n'


def picture(kind: str, width: int, height: int, turned: int = 0) -> bytes:
    """Return a picture in one grey; `turned` is what its camera said of how it was held."""
    made, held = io.BytesIO(), Image.Exif()
    if turned:
        held[0x0112] = turned
    Image.new("L", (width, height), 128).save(made, kind, exif=held)
    return made.getvalue()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book's folder with a photo, a drawing and a text in photos/."""
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "oever.png").write_bytes(picture("PNG", 30, 20))
    (photos / "kaart.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    return tmp_path


def read(
    book: Path, written: str, limits: LimitSettings | None = None
) -> tuple[dict[str, Photo], list[str]]:
    """Return the photos by id and the problems, pictures that are named nowhere left out."""
    source = SourceFile("captions.toml", written)
    given = (limits,) if limits else ()
    photos, problems = read_captions(source, BookRoot(book), *given)
    told = [f"{one}\n{one.hint}" for one in problems if one.code != "C308"]
    return photos, told


def only(book: Path, written: str) -> Photo:
    photos, told = read(book, written)
    assert told == []
    (photo,) = photos.values()
    return photo


def test_every_key_comes_into_the_book(book: Path) -> None:
    photo = only(
        book,
        """[oever]
file = "photos/oever.png"
kind = "chart"
caption = "De *oever* van\\n  de Leie"
alt = "Riet langs water."
credit = "Ans Maes"
licence = "CC BY 4.0"
source = "Stadsarchief"
date = "rond 1927"
long = "Links riet, rechts water."
ink = "duotone"
""",
    )
    assert plain(photo.caption) == "De oever van de Leie"
    assert photo.said == Span("captions.toml", 4, 11, 59, 86)
    assert photo.span == Span("captions.toml", 1, 2, 1, 6)
    assert (photo.id, photo.file, photo.kind, photo.ink) == (
        "oever",
        "oever.png",
        "chart",
        "duotone",
    )
    assert (photo.alt, photo.long) == ("Riet langs water.", "Links riet, rechts water.")
    assert (photo.credit, photo.licence, photo.source) == ("Ans Maes", "CC BY 4.0", "Stadsarchief")
    assert (photo.date, photo.size, photo.arrived) == ("rond 1927", (30, 20), True)
    assert photo.decorative is False


def test_what_is_not_given_is_empty(book: Path) -> None:
    photo = only(book, '[kop]\nfile = "oever.png"\ndecorative = true\n')
    assert photo == Photo(
        "kop", "oever.png", "photo", (), "", Span("captions.toml", 1, 2, 1, 4), True, size=(30, 20)
    )
    assert photo.worded == photo.span


def test_a_drawing_has_no_pixels_and_is_called_one(book: Path) -> None:
    drawn = WHOLE.replace("oever.png", "kaart.svg")
    photo = only(book, drawn)
    assert (photo.kind, photo.size, photo.arrived) == ("drawing", (0, 0), True)
    assert only(book, drawn + 'kind = "photo"\n').kind == "photo"
    assert only(book, drawn + 'ink = "colour"\n').ink == "colour"
    (book / "photos" / "PLAN.SVG").write_text("<svg/>", "utf-8")
    assert only(book, drawn.replace("kaart.svg", "PLAN.SVG")).kind == "drawing"


def test_a_drawing_is_printed_in_its_own_inks(book: Path) -> None:
    drawn = WHOLE.replace("oever.png", "kaart.svg")
    for ink in ("grey", "duotone"):
        _, told = read(book, f'{drawn}ink = "{ink}"\n')
        assert told == [
            f"captions.toml:1:2: error C323 “oever” is to print in {ink}, and is a drawing in SVG\n"
            "Draw it in black and the red of the book, or take “ink” out."
        ]


@pytest.mark.parametrize(
    ("written", "date"), [("1927-05-01", "1927-05-01"), ('"1927"', "1927"), ('"mei"', "mei")]
)
def test_the_date_of_a_picture_is_a_day_or_words(book: Path, written: str, date: str) -> None:
    assert only(book, f"{WHOLE}date = {written}\n").date == date


@pytest.mark.parametrize(
    ("written", "code", "told"),
    [
        ('file = "oever.png"\nalt = "Riet"\n', "error C303 “x” has no caption", "Write caption ="),
        ('file = "oever.png"\ncaption = "Riet"\n', "warning C304 “x” has no alt", "Write alt ="),
        ('caption = "Riet"\nalt = "Riet"\n', "error C305 “x” names no file", "Write file ="),
        (
            'file = "oevr.png"\ncaption = "Riet"\nalt = "Riet"\n',
            "error C306 photos/oevr.png is not there",
            "Did you mean “oever.png”?",
        ),
        (
            'file = "zzz.jpg"\ncaption = "Riet"\nalt = "Riet"\n',
            "error C306 photos/zzz.jpg is not there",
            "Known here: kaart.svg, oever.png.",
        ),
        (
            'expected = true\ncaption = "Riet"\nalt = "Riet"\n',
            "warning C307 “x” has not arrived yet",
            "Put the picture in photos/",
        ),
        (
            'file = "laat.jpg"\nexpected = true\ncaption = "Riet"\nalt = "Riet"\n',
            "warning C307 “x” has not arrived yet",
            "Put the picture in photos/",
        ),
        (
            'file = "oever.png"\ndecorative = true\nalt = "Riet"\n',
            "error C310 “x” is both decorative and has alt text",
            "Keep one of them",
        ),
    ],
)
def test_what_a_table_lacks_is_told_at_its_head(
    book: Path, written: str, code: str, told: str
) -> None:
    photos, (said,) = read(book, f"\n[x]\n{written}")
    assert said.startswith(f"captions.toml:2:2: {code}")
    assert told in said.partition("\n")[2]
    # It is there all the same, so that its place in a chapter is no second fault.
    assert photos["x"].arrived is ("oever.png" in written)
    assert photos["x"].size == ((30, 20) if "oever.png" in written else (0, 0))


def test_a_picture_that_came_is_not_waited_for(book: Path) -> None:
    photo = only(book, f"{WHOLE}expected = true\n")
    assert (photo.arrived, photo.size) == (True, (30, 20))


@pytest.mark.parametrize("name", ["oever.png", "OEVER.PNG", "oever.jpg", "oever.jpeg", "o.svg"])
def test_an_alt_text_is_no_name_of_a_file(book: Path, name: str) -> None:
    photos, told = read(book, WHOLE.replace("Riet langs water.", name))
    assert told == [
        "captions.toml:4:7: error S102 “alt” does not fit\n"
        "Expected: what is to be seen in the picture, not the name of its file."
    ]
    assert (photos["oever"].file, photos["oever"].arrived) == ("oever.png", False)
    assert only(book, WHOLE.replace("Riet langs water.", f"Het bord zegt {name}"))


def test_a_caption_may_be_empty_and_is_told_then(book: Path) -> None:
    _, told = read(book, WHOLE.replace("De oever", "  "))
    assert told == ['captions.toml:1:2: error C303 “oever” has no caption\nWrite caption = "…".']


@pytest.mark.parametrize("value", ["3", "true", '["a"]', "{ a = 1 }"])
def test_a_caption_is_a_text(book: Path, value: str) -> None:
    photos, (said,) = read(book, WHOLE.replace('"De oever"', value))
    assert said == (
        "captions.toml:3:11: error S102 “caption” does not fit\nExpected: a text in quotes."
    )
    assert photos["oever"] == Photo(
        "oever", "oever.png", "photo", (), "", Span("captions.toml", 1, 2, 1, 6), arrived=False
    )


def test_the_places_of_a_caption_are_those_of_its_letters(book: Path) -> None:
    photo = only(book, WHOLE.replace('"De oever"', '"""\n  De   **oever**\n  hier """'))
    assert plain(photo.caption) == "De oever hier"
    (said,) = read(book, WHOLE.replace('"De oever"', '"""\n  De \n [Leie](file:///x) """'))[1]
    assert said.startswith("captions.toml:5:2: error M222 ")


@pytest.mark.parametrize("head", ['"1a"', '"a b"', '"é"', '""', "_a", "-a"])
def test_an_id_is_of_letters_figures_and_hyphens(book: Path, head: str) -> None:
    photos, (said,) = read(book, f"[{head}]\n" + WHOLE.partition("\n")[2])
    assert said.startswith("captions.toml:1:2: error S102 ")
    assert said.endswith(
        "Expected: a table, [photo-id], its id made of letters, figures and hyphens."
    )
    assert photos == {}


@pytest.mark.parametrize("head", ["a", "Z9", "kaart-2", "kaart_2", '"kaart.2"'])
def test_ids_that_are_well_made(book: Path, head: str) -> None:
    photo = only(book, f"[{head}]\n" + WHOLE.partition("\n")[2])
    assert photo.id == head.strip('"')


def test_what_is_no_table_is_told_and_the_next_is_read(book: Path) -> None:
    photos, (said,) = read(book, f'oever-2 = "x"\n{WHOLE}')
    assert said.startswith("captions.toml:1:1: error S102 “oever-2”")
    assert [*photos] == ["oever-2", "oever"]
    assert photos["oever-2"] == Photo(
        "oever-2", "", "photo", (), "", Span("captions.toml", 1, 1, 0, 7), arrived=False
    )
    assert photos["oever"].arrived


def test_a_table_that_is_wrong_hides_none_that_follows(book: Path) -> None:
    photos, (said,) = read(book, f"[kaart]\nalt = 3\n{WHOLE}")
    assert said.startswith("captions.toml:2:7: error S102 “alt”")
    assert [(one.id, one.arrived) for one in photos.values()] == [("kaart", False), ("oever", True)]


@pytest.mark.parametrize(
    ("written", "line", "offsets"),
    [
        ("a b", "a b", [0, 1, 2]),
        (" a \n\t b  ", "a b", [1, 2, 6]),
        ("  ", "", []),
        ("b", "b", [0]),
        ("a ", "a", [0]),
    ],
)
def test_a_run_of_blanks_is_one(written: str, line: str, offsets: list[int]) -> None:
    assert _on_one_line([(char, at) for at, char in enumerate(written)]) == (line, offsets)


def test_a_file_that_is_no_toml_has_no_photos(book: Path) -> None:
    photos, (said,) = read(book, "[oever\n")
    assert photos == {}
    assert "error T101" in said


def problems_of(book: Path, written: str) -> list[str]:
    return [
        str(one) for one in read_captions(SourceFile("captions.toml", written), BookRoot(book))[1]
    ]


def test_a_picture_in_no_table_is_told_of(book: Path) -> None:
    assert problems_of(book, WHOLE) == [
        "photos/kaart.svg:1:1: warning C308 photos/kaart.svg has no caption"
    ]
    # Where a table could not be read it may be that one's, and nothing is said.
    assert [one.split()[2] for one in problems_of(book, WHOLE + "[kaart]\nalt = 3\n")] == ["S102"]
    both = WHOLE + WHOLE.replace("[oever]", "[kaart]").replace("oever.png", "kaart.svg")
    assert problems_of(book, both) == []
    # A key that nobody knows is no reason to be silent.
    assert [one.split()[2] for one in problems_of(book, WHOLE + 'soort = "x"\n')] == [
        "S101",
        "C308",
    ]


def test_what_is_no_picture_inside_cannot_be_set(book: Path) -> None:
    (book / "photos" / "oever.png").write_text("een oever", "utf-8")
    photos, told = read(book, WHOLE)
    assert told == [
        "captions.toml:1:2: error C309 photos/oever.png is no picture that can be set: it is"
        " neither JPEG nor PNG inside\nAsk for a whole copy of it, or save it anew as JPEG, PNG or"
        " SVG."
    ]
    assert (photos["oever"].size, photos["oever"].arrived) == ((0, 0), False)


def test_a_picture_may_have_so_many_pixels_and_no_more(book: Path) -> None:
    (book / "photos" / "oever.png").write_bytes(picture("PNG", 2_000, 500))
    photos, told = read(book, WHOLE, LimitSettings(pixels=1))
    assert (told, photos["oever"].size) == ([], (2_000, 500))
    (book / "photos" / "oever.png").write_bytes(picture("PNG", 9_901, 101))
    photos, (said,) = read(book, WHOLE, LimitSettings(pixels=1))
    assert said.startswith(
        "captions.toml:1:2: error C318 photos/oever.png is too large to be set: 9,901 × 101 pixels"
    )
    assert "Scale it down to 1 million pixels" in said
    assert (photos["oever"].size, photos["oever"].arrived) == ((0, 0), False)
    assert read(book, WHOLE)[1] == []


@pytest.mark.parametrize("name", ["oever.png", "kaart.svg"])
def test_a_picture_may_have_so_many_bytes_and_no_more(book: Path, name: str) -> None:
    written, path = WHOLE.replace("oever.png", name), book / "photos" / name
    path.write_bytes(path.read_bytes().ljust(2_000, b"\n"))
    assert read(book, written, LimitSettings(picture=0.002))[1] == []
    path.write_bytes(path.read_bytes() + b"\n")
    photos, (said,) = read(book, written, LimitSettings(picture=0.002))
    assert said.startswith(f"captions.toml:1:2: error C325 photos/{name} has ")
    assert "a picture may have 0.002 MB" in said
    assert (photos["oever"].size, photos["oever"].arrived) == ((0, 0), False)


@pytest.mark.parametrize(
    ("turned", "size"),
    [(0, (30, 20)), (1, (30, 20)), (4, (30, 20)), (5, (20, 30)), (6, (20, 30)), (8, (20, 30))],
)
def test_a_photo_is_as_wide_as_it_is_seen(
    tmp_path: Path, turned: int, size: tuple[int, int]
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(picture("JPEG", 30, 20, turned))
    assert pixel_size(photo) == size


def test_a_png_lies_as_it_is_stored_and_of_others_nothing_is_known(tmp_path: Path) -> None:
    stored = tmp_path / "a.png"
    stored.write_bytes(picture("PNG", 30, 20, 6))
    assert pixel_size(stored) == (30, 20)
    for kind in ("GIF", "BMP", "TIFF", "WEBP"):
        stored.write_bytes(picture(kind, 30, 20))
        assert pixel_size(stored) is None
    assert pixel_size(tmp_path / "there-is-none.png") is None
    for broken in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"):
        stored.write_bytes(broken)
        assert pixel_size(stored) is None
