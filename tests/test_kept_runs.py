"""Pages whose text was read before are known by all that their text is read from."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from publish.checks import pdf_text
from publish.checks.kept_runs import KeptRuns
from publish.checks.page_marks import PageMarks
from publish.checks.pdf_text import Run, runs_of
from publish.ground.shelf import Shelf

TABLE = b"1 beginbfchar <01> <%04x> endbfchar"


def pdf_of(letter: str = "a", content: bytes = b"") -> Pdf:
    """Return a page that shows one letter, and one more in a form."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.F)
    font.ToUnicode = pdf.make_stream(TABLE % ord(letter))
    shown = b"BT /F 10 Tf 10 10 Td <01> Tj ET"
    form = pdf.make_stream(shown, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 50]))
    form.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    page.obj.Resources = Dictionary(Font=form.Resources.Font, XObject=Dictionary(X=form))
    page.obj.Contents = pdf.make_stream(shown + b" /X Do " + content)
    return pdf


def mark(pdf: Pdf, leftward: bool = False) -> str:
    return PageMarks(leftward).of(pdf.pages[0])


def moved(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 5, 100, 100])


def trimmed(pdf: Pdf) -> None:
    pdf.pages[0].obj.TrimBox = Array([0, 5, 100, 100])


def other_form(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.X.write(b"BT ET")


def turned_form(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.X.Matrix = Array([1, 0, 0, 1, 0, 20])


def other_font(pdf: Pdf) -> None:
    font: Any = pdf.pages[0].obj.Resources.XObject.X.Resources.Font.F
    font.ToUnicode = pdf.make_stream(TABLE % ord("b"))


def other_kind(pdf: Pdf) -> None:
    font: Any = pdf.pages[0].obj.Resources.Font.F
    font.Subtype = Name.Type0


@pytest.mark.parametrize(
    "change", [moved, trimmed, other_form, turned_form, other_font, other_kind]
)
def test_whatever_the_text_is_read_from_tells(change: Callable[[Pdf], None]) -> None:
    pdf = pdf_of()
    before = mark(pdf)
    assert before == mark(pdf_of()) != mark(pdf, leftward=True)
    change(pdf)
    assert mark(pdf) != before
    assert mark(pdf_of(content=b"q Q")) != before


def test_a_page_is_read_once_and_read_again_where_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, shelf, read = tmp_path / "a.pdf", tmp_path / "shelf", []
    sound = pdf_text._sound_runs

    def counted(page: pikepdf.Page, *more: Any) -> list[Run]:
        read.append(page.label)
        return sound(page, *more)

    monkeypatch.setattr(pdf_text, "_sound_runs", counted)

    def texts(letter: str) -> list[str]:
        data = BytesIO()
        pdf_of(letter).save(data)
        file.write_bytes(data.getvalue())
        known = KeptRuns(Shelf(shelf), "a")
        runs = runs_of(file, known=known)
        known.keep()
        return [run.text for page in runs for run in page]

    assert [texts("a"), texts("a"), len(read)] == [["a", "a"], ["a", "a"], 1]
    assert [texts("b"), len(read)] == [["b", "b"], 2]
    # Another version may read it otherwise.
    monkeypatch.setattr("publish.checks.kept_runs.toolchain", lambda: "another")
    assert [texts("b"), len(read)] == [["b", "b"], 3]
