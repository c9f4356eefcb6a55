"""What makes a PDF one of PDF/X-4: output intent, metadata, trapping, identifiers (ISO 15930-7).

In: a PDF whose pages are in inks, the profile of the press, and what the book calls itself. Out:
the same PDF, changed in place. The output intent is that of ISO 32000-1, 14.11.5; the version of
PDF/X stands in the XMP (ISO 16684-1) alone, in the namespace of the standard. Identifiers are made
of the book's own (RFC 9562, version 5), so that the same book has the same.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Pdf, String

from publish import __version__
from publish.profiles import REGISTRY, Profile

VERSION = "1.6"
"""The version of PDF that PDF/X-4 is made of."""
CONFORMANCE = "PDF/X-4"
PRODUCER = f"Katern {__version__}"
_PACKET = "W5M0MpCehiHzreSzNTczkc9d"
_NAMESPACES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file calls itself: title, makers, language, URN of the edition, date of the book."""

    title: str
    makers: tuple[str, ...]
    language: str
    urn: str
    modified: datetime.datetime


def declare(pdf: Pdf, profile: Profile, identity: Identity) -> None:
    """Declare a PDF to be PDF/X-4, printed under the condition of a profile."""
    pdf.Root.OutputIntents = Array([pdf.make_indirect(_intent(pdf, profile))])
    inform(pdf, identity)
    pdf.Root.Metadata = pdf.make_indirect(pdf.make_stream(_xmp(identity, CONFORMANCE)))
    pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = Name.Metadata, Name.XML


def inform(pdf: Pdf, identity: Identity) -> None:
    """Write the information dictionary (ISO 32000-1, 14.3.3)."""
    stamp = f"D:{identity.modified.astimezone(datetime.UTC):%Y%m%d%H%M%S}Z"
    info = pdf.docinfo
    info["/Title"] = String(identity.title)
    info["/Producer"] = String(PRODUCER)
    info["/CreationDate"] = info["/ModDate"] = String(stamp)
    info["/Trapped"] = Name("/False")


def _intent(pdf: Pdf, profile: Profile) -> Dictionary:
    data = pdf.make_stream(profile.data)
    data.N = 4
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX)
    intent.OutputConditionIdentifier = String(profile.condition)
    intent.OutputCondition = String(profile.condition)
    intent.Info = String(profile.description)
    if profile.is_registered:
        intent.RegistryName = String(REGISTRY)
    intent.DestOutputProfile = pdf.make_indirect(data)
    return intent


def _xmp(identity: Identity, conformance: str) -> bytes:
    """Return the XMP packet."""
    date = f"{identity.modified.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    whole = uuid.uuid5(uuid.NAMESPACE_URL, identity.urn)
    instance = uuid.uuid5(whole, date)
    title = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(identity.title)}</rdf:li></rdf:Alt>'
    makers = "".join(f"<rdf:li>{escape(one)}</rdf:li>" for one in identity.makers)
    rows = (
        ("dc:format", "application/pdf"),
        ("dc:title", title),
        *((("dc:creator", f"<rdf:Seq>{makers}</rdf:Seq>"),) if makers else ()),
        ("dc:language", f"<rdf:Bag><rdf:li>{escape(identity.language)}</rdf:li></rdf:Bag>"),
        ("pdf:Producer", escape(PRODUCER)),
        ("pdf:Trapped", "False"),
        ("xmp:CreateDate", date),
        ("xmp:ModifyDate", date),
        ("xmp:MetadataDate", date),
        ("xmp:CreatorTool", "Katern"),
        ("xmpMM:DocumentID", f"uuid:{whole}"),
        ("xmpMM:InstanceID", f"uuid:{instance}"),
        ("xmpMM:VersionID", "1"),
        ("xmpMM:RenditionClass", "default"),
        ("pdfxid:GTS_PDFXVersion", conformance),
    )
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES)
    body = "\n".join(f"   <{name}>{value}</{name}>" for name, value in rows)
    packet = (
        f'<?xpacket begin="\ufeff" id="{_PACKET}"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'  <rdf:Description rdf:about=""{spaces}>\n{body}\n'
        "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )
    return packet.encode("utf-8")
