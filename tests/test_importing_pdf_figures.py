"""Figures of a tagged PDF, which have no words of their own."""

from __future__ import annotations

import base64
from pathlib import Path

from test_importing_pdf import noise, packed
from weasyprint import HTML

from publish.importing import import_source

PICTURE = base64.b64encode(packed(noise("RGB"), "PNG")).decode("ascii")
SOURCE = f"""<html lang="nl"><title>De pont</title><h1>De pont</h1>
<p>De veerman legde aan bij de steiger, en het begon die avond zacht te regenen.</p>
<figure><img alt="Een boot" src="data:image/png;base64,{PICTURE}"></figure>
<p>Daarna voer hij terug naar de overkant, waar niemand meer op hem wachtte.</p>"""


def test_a_figure_of_a_tagged_pdf_is_a_picture(tmp_path: Path) -> None:
    source = tmp_path / "pont.pdf"
    source.write_bytes(HTML(string=SOURCE).write_pdf(pdf_variant="pdf/ua-1"))
    import_source(source, tmp_path / "book", "nl")
    text = "".join(one.read_text("utf-8") for one in sorted((tmp_path / "book").glob("*.md")))
    assert text.index("te regenen.") < text.index("![") < text.index("Daarna voer hij")
    assert len(list((tmp_path / "book" / "photos").iterdir())) == 1
