"""The cover picture for the shops: 1600 × 2560 pixels, RGB, JPEG.

In: the book's title and makers, and its cover's picture. Out: JPEG bytes. The layout engine sets it
as one page, pdfium draws that page, Pillow writes it.
"""

from __future__ import annotations

from io import BytesIO

from jinja2 import Environment, PackageLoader, StrictUndefined

from publish.composition import set_text
from publish.pages import lay_out, write_pdf
from publish.photos import Asset
from publish.problems import Problem
from publish.settings import Settings
from publish.stylesheets import stylesheet

WIDTH, HEIGHT = 1600, 2560
"""Pixels; the shops ask for at least 1600 on the short side and 1:1.6."""
ADDRESS = "katern:photos/"
QUALITY = 88


def cover_document(settings: Settings, picture: Asset | None) -> str:
    """Return the cover as a document of one page."""
    environment = Environment(
        loader=PackageLoader("publish", "templates/pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("cover.html.j2").render(
        settings=settings,
        title=set_text(settings.title, settings.language),
        subtitle=set_text(settings.subtitle, settings.language),
        makers=", ".join(one.name for one in settings.contributors if one.role == "aut"),
        picture=ADDRESS + picture.name if picture else "",
    )


def cover_picture(settings: Settings, picture: Asset | None) -> tuple[bytes, list[Problem]]:
    """Return the cover as JPEG bytes."""
    import pypdfium2

    given = {ADDRESS + picture.name: (picture.data, picture.media_type)} if picture else {}
    pages = lay_out(cover_document(settings, picture), stylesheet("cover"), given)
    data, found = write_pdf(pages)
    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=96 / 72).to_pil().convert("RGB")
    image = image.resize((WIDTH, HEIGHT)) if image.size != (WIDTH, HEIGHT) else image
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True, dpi=(300, 300))
    return out.getvalue(), [*pages.problems, *found]
