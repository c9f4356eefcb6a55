"""What makes a PDF one of PDF/X-4: output intent, metadata, trapping (ISO 15930-7).

In: a PDF whose pages are in inks, the profile of the press, and what the book calls itself. Out:
the same PDF, changed in place. The output intent is that of ISO 32000-1, 14.11.5; the version of
PDF/X stands in the XMP alone, in the namespace of the standard.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Pdf, String

from publish.press.profiles import REGISTRY, Profile
from publish.press.xmp import Identity, describe, inform

VERSION = "1.6"
"""The version of PDF that PDF/X-4 is made of."""
CONFORMANCE = "PDF/X-4"
_SPACE = (("pdfxid", "http://www.npes.org/pdfx/ns/id/"),)


def declare(pdf: Pdf, profile: Profile, identity: Identity) -> None:
    """Declare a PDF to be PDF/X-4, printed under the condition of a profile."""
    pdf.Root.OutputIntents = Array([pdf.make_indirect(_intent(pdf, profile))])
    inform(pdf, identity)
    pdf.docinfo["/Trapped"] = Name("/False")
    rows = (("pdf:Trapped", "False"), ("pdfxid:GTS_PDFXVersion", CONFORMANCE))
    describe(pdf, identity, _SPACE, rows)


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
