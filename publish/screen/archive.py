"""A screen edition that a screen reader can read and an archive can keep.

In: PDF bytes with the engine's tags, and what the book calls itself. Out: PDF bytes that are both
PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3): tags, output intent, XMP with the schema of what
PDF/A does not know by itself, and nothing that only some programs show.
"""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from publish.press.finishing import label, saved
from publish.press.xmp import Identity, describe, inform
from publish.screen.tagging import retagged
from publish.text.folios import Folios

_PRINTED = 4
"""The flag of an annotation that shows on paper as well (ISO 32000-1, 12.5.3)."""
_SPACES = (
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
)
_SCHEMA = """<rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>The part of ISO 14289 that is met</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag>"""
_CLAIMS = (
    ("pdfaid:part", "3"),
    ("pdfaid:conformance", "A"),
    ("pdfuaid:part", "1"),
    ("pdfaExtension:schemas", _SCHEMA),
)


def archived(data: bytes, identity: Identity, folios: Folios, leftward: bool = False) -> bytes:
    """Return the pages of a screen edition with their labels, tags and declarations."""
    with Pdf.open(BytesIO(data)) as pdf:
        retagged(pdf)
        _intend(pdf)
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", Array()):
                annotation.F = int(annotation.get("/F", 0)) | _PRINTED
        for item in pdf.objects:
            if isinstance(item, Stream) and "/Interpolate" in item:
                del item["/Interpolate"]
        inform(pdf, identity)
        describe(pdf, identity, _SPACES, _CLAIMS)
        label(pdf, folios, leftward)
        return saved(pdf, "1.7")


def _intend(pdf: Pdf) -> None:
    """Say what the colours of a screen are: sRGB, by the profile that the ICC gives away."""
    profile: Any = pdf.make_stream(_srgb())
    profile.N = 3
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1)
    intent.OutputConditionIdentifier = String("sRGB")
    intent.RegistryName = String("http://www.color.org")
    intent.Info = String("sRGB IEC61966-2.1")
    intent.DestOutputProfile = pdf.make_indirect(profile)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _srgb() -> bytes:
    """Return the profile of sRGB that comes with the layout engine."""
    return files("weasyprint").joinpath("pdf", "sRGB2014.icc").read_bytes()
