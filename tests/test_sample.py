"""The sample is a pamphlet of A5 that is folded from whole sheets of A4, in black and red."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Page, Pdf

from publish.checks.preflight import preflight
from publish.checks.preflight.painting import painted

MM = 72 / 25.4


def sized(page: Page, box: str) -> tuple[float, float]:
    left, foot, right, head = (float(edge) / MM for edge in page.obj[box])
    return round(right - left, 1), round(head - foot, 1)


def test_it_fills_whole_sheets(sample: dict[str, Path]) -> None:
    with Pdf.open(sample["print"]) as pages, Pdf.open(sample["booklet"]) as sides:
        assert {sized(page, "/TrimBox") for page in pages.pages} == {(148, 210)}
        assert len(pages.pages) % 4 == 0
        assert {sized(side, "/MediaBox") for side in sides.pages} == {(297, 210)}
        assert 2 * len(sides.pages) == len(pages.pages)
        assert {len(side.Resources.XObject) for side in sides.pages} == {2}


@pytest.mark.parametrize("edition", ["print", "booklet"])
def test_it_is_printed_in_black_and_red_alone(edition: str, sample: dict[str, Path]) -> None:
    """Register marks are in every ink there is; all else is black, or in the spot colour."""
    with Pdf.open(sample[edition]) as pdf:
        inks = set()
        for mark in (mark for page in pdf.pages for mark in painted(page).marks):
            space, values = mark.paint.space, mark.paint.values
            if space.family == "/Indexed":
                space = space.base
            if space.family == "/DeviceCMYK":
                assert mark.kind != "image" and len(values) == 4
                inks |= {name for name, tint in zip("CMYK", values, strict=True) if tint}
            elif space.family == "/Pattern":
                # What its tiles paint are marks of their own.
                assert space.tiles is not None and space.base is None
            else:
                assert space.family in ("/Separation", "/DeviceN")
                inks |= set(space.inks)
    assert inks - {"All"} == {"K", "Black", "Red"}


@pytest.mark.parametrize("edition", ["print", "booklet"])
def test_preflight_finds_nothing_in_it(edition: str, sample: dict[str, Path]) -> None:
    binding = "saddle-stitch" if edition == "print" else ""
    assert preflight(sample[edition], binding=binding) == []


def test_it_says_of_itself_what_a_printer_asks(sample: dict[str, Path]) -> None:
    """Output intent, boxes from a zero origin, labels, bookmarks, metadata; no annotation."""
    with Pdf.open(sample["print"]) as pdf:
        (intent,) = pdf.Root.OutputIntents
        registry = "http://www.color.org"
        said = (intent.S, str(intent.OutputConditionIdentifier), str(intent.RegistryName))
        assert said == ("/GTS_PDFX", "FOGRA39", registry)
        assert intent.DestOutputProfile.read_bytes()[12:20] == b"prtrCMYK"
        for page in pdf.pages:
            boxes = ("/MediaBox", "/BleedBox", "/TrimBox")
            edges = [[round(float(edge) / MM, 1) for edge in page.obj[box]] for box in boxes]
            assert edges == [[0, 0, 166, 228], [6, 6, 160, 222], [9, 9, 157, 219]]
            assert page.obj.CropBox == page.obj.MediaBox and "/Annots" not in page.obj
        assert [page.label for page in pdf.pages] == [str(at + 1) for at in range(len(pdf.pages))]
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root][:2] == [
                "Naar Alma-Ata",
                "Wat 1917 beloofde",
            ]
            assert len(outline.root) == 22
        xmp = pdf.open_metadata()
        assert xmp["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
        assert xmp["dc:title"] == "Tegen de stroom in" and xmp["pdf:Trapped"] == "False"
        assert (pdf.docinfo["/Trapped"], pdf.pdf_version) == ("/False", "1.6")
