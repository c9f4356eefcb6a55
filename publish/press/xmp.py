"""XMP, the metadata within a PDF (ISO 16684-1).

In: what a file calls itself, and which standards it says that it meets. Out: a packet. Identifiers
are made of the book's own and of the edition's name (RFC 9562, version 5) and dates are those of
the book, so that the same edition has the same, and no other.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any

from msgspec import Struct
from pikepdf import Name, Pdf, String

from publish import __version__
from publish.settings.book_toml import Settings

PRODUCER = f"Katern {__version__}"
MANAGED = "{http://ns.adobe.com/xap/1.0/mm/}"
_PACKET = "W5M0MpCehiHzreSzNTczkc9d"
_NAMESPACES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
)
Rows = Sequence[tuple[str, str]]


class Identity(Struct, frozen=True):
    """What a file calls itself: title, makers, language, URN of the book, its date, edition."""

    title: str
    makers: tuple[str, ...]
    language: str
    urn: str
    modified: datetime.datetime
    description: str = ""
    keywords: tuple[str, ...] = ()
    edition: str = ""


def identity_of(settings: Settings, edition: str) -> Identity:
    """Return what a PDF edition of a book calls itself."""
    return Identity(
        settings.title,
        tuple(one.name for one in settings.contributors if one.role == "aut"),
        settings.language,
        settings.identifier("print"),
        settings.modified,
        settings.description,
        settings.subjects,
        edition,
    )


def inform(pdf: Pdf, identity: Identity) -> None:
    """Write the information dictionary (ISO 32000-1, 14.3.3)."""
    stamp = f"D:{identity.modified.astimezone(datetime.UTC):%Y%m%d%H%M%S}Z"
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    values = {
        "/Title": identity.title,
        "/Author": ", ".join(identity.makers),
        "/Subject": identity.description,
        "/Keywords": ", ".join(identity.keywords),
        "/Creator": "Katern",
        "/Producer": PRODUCER,
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    for name, value in values.items():
        if value:
            pdf.docinfo[name] = String(value)


def describe(pdf: Pdf, identity: Identity, spaces: Rows, rows: Rows) -> None:
    """Write the XMP of a PDF: with what all files say, `rows` in the namespaces `spaces`."""
    packet = _packet((*_NAMESPACES, *spaces), (*_common(identity), *rows))
    pdf.Root.Metadata = pdf.make_indirect(pdf.make_stream(packet))
    pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = Name.Metadata, Name.XML


def _common(identity: Identity) -> Rows:
    """Return what every file says of itself, as the information dictionary says it."""
    date = f"{identity.modified.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    whole = uuid.uuid5(uuid.NAMESPACE_URL, f"{identity.urn}#{identity.edition}")
    makers = _items("Seq", (", ".join(identity.makers),))
    rows = (
        ("dc:format", "application/pdf"),
        ("dc:title", _alternative(identity.title)),
        ("dc:creator", makers if identity.makers else ""),
        ("dc:description", _alternative(identity.description)),
        ("dc:language", _items("Bag", (identity.language,))),
        ("pdf:Keywords", escape(", ".join(identity.keywords), quote=False)),
        ("pdf:Producer", escape(PRODUCER, quote=False)),
        ("xmp:CreateDate", date),
        ("xmp:ModifyDate", date),
        ("xmp:MetadataDate", date),
        ("xmp:CreatorTool", "Katern"),
        ("xmpMM:DocumentID", f"uuid:{whole}"),
        ("xmpMM:InstanceID", f"uuid:{uuid.uuid5(whole, date)}"),
        ("xmpMM:VersionID", "1"),
        ("xmpMM:RenditionClass", "default"),
    )
    return tuple((name, value) for name, value in rows if value)


def derive(metadata: MutableMapping[str, Any], edition: str) -> None:
    """Give the metadata of a file that was made of another one identifiers of its own."""
    for name in (f"{MANAGED}DocumentID", f"{MANAGED}InstanceID"):
        if name in metadata:
            made = uuid.uuid5(uuid.NAMESPACE_URL, f"{metadata[name]}#{edition}")
            metadata[name] = f"uuid:{made}"


def _alternative(text: str) -> str:
    item = f'<rdf:li xml:lang="x-default">{escape(text, quote=False)}</rdf:li>'
    return f"<rdf:Alt>{item}</rdf:Alt>" if text else ""


def _items(kind: str, texts: Sequence[str]) -> str:
    items = "".join(f"<rdf:li>{escape(one, quote=False)}</rdf:li>" for one in texts)
    return f"<rdf:{kind}>{items}</rdf:{kind}>"


def _packet(spaces: Rows, rows: Rows) -> bytes:
    named = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in spaces)
    body = "\n".join(f"   <{name}>{value}</{name}>" for name, value in rows)
    packet = (
        f'<?xpacket begin="\ufeff" id="{_PACKET}"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'  <rdf:Description rdf:about=""{named}>\n{body}\n'
        "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )
    return packet.encode("utf-8")
