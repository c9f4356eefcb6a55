"""Preflight of the file as a whole: what PDF/X-4 asks of it besides its pages (ISO 15930-7).

In: a `File`. Out: findings F901 to F906, F920, F921, F924 and F925. No clause is named: what
is asked is told by the words of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from publish.checks.pdf_reader import loose_fonts
from publish.checks.preflight.model import File, Finding, Sheet, plain
from publish.ground.rules.preflight import BINDINGS
from publish.ground.units import MM
from publish.press.profiles import NoProfile, prove
from publish.settings.printing import NO_INKS

_SCRIPTS = ("/JavaScript", "/Rendition")
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_MANAGED = "{http://ns.adobe.com/xap/1.0/mm/}"
_VERSION = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
_KEYS = {
    "its title": "{http://purl.org/dc/elements/1.1/}title",
    "when it was made": f"{_XMP}CreateDate",
    "when it was changed": f"{_XMP}ModifyDate",
    "when its metadata were written": f"{_XMP}MetadataDate",
    "the identifier of the document": f"{_MANAGED}DocumentID",
    "which version of the document it is": f"{_MANAGED}VersionID",
    "what rendition of it": f"{_MANAGED}RenditionClass",
}
_TWICE = (
    ("title than the file", _KEYS["its title"], "/Title"),
    ("state of trapping than the file", "{http://ns.adobe.com/pdf/1.3/}Trapped", "/Trapped"),
)
"""What stands in the metadata and in the document information: it is to be one."""
_AREAS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")
"""The boxes that a viewer is told to show pages, and to print them, by (12.2)."""
_STARTING = ("/Launch", "/ImportData", "/SubmitForm", "/Movie", "/Sound")
BLENDS = frozenset(
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight"
    " SoftLight Difference Exclusion Hue Saturation Color Luminosity".split()
)
"""The blend modes that there are (11.3.5)."""
SAME = 0.2
"""Sizes of pages, in mm, that differ by no more are one."""


def pages(file: File) -> Iterator[Finding]:
    """Look whether there is a page at all."""
    if not file.pages:
        yield Finding("F925", facts={"what": "the file", "reason": "it has no pages"})


def encryption(file: File) -> Iterator[Finding]:
    """Look for encryption."""
    if file.pdf.is_encrypted:
        yield Finding("F901")


def scripts(file: File) -> Iterator[Finding]:
    """Look for scripts, in whatever object."""
    names = file.pdf.Root.get("/Names", Dictionary())
    found = "/JavaScript" in names or any(
        str(one.get("/S", "")) in _SCRIPTS for one in _dictionaries(file.pdf)
    )
    if found:
        yield Finding("F902")


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and stream of a file, those within others as well."""
    return (one for one in _objects(pdf) if isinstance(one, Dictionary | Stream))


def _objects(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary, stream and array of a file, those within others as well."""
    waiting: list[Any] = list(pdf.objects)
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Dictionary | Stream | Array):
            continue
        yield item
        values: Iterable[Any] = item if isinstance(item, Array) else item.values()
        # An object that is called by its number is met by itself.
        waiting += [
            one
            for one in values
            if isinstance(one, Dictionary | Stream | Array) and not one.is_indirect
        ]


def output_intent(file: File) -> Iterator[Finding]:
    """Look for one output intent with a profile of a CMYK press."""
    count = len(file.intents)
    if count != 1:
        reason = "it has none of PDF/X" if not count else f"it has {count} of PDF/X"
        yield Finding("F903", facts={"reason": reason})
        return
    if not file.condition:
        yield Finding("F903", facts={"reason": "it does not name the printing condition"})
    elif not (file.intents[0].get("/RegistryName") or file.intents[0].get("/Info")):
        reason = "its printing condition is of no registry, and is not described (Info)"
        yield Finding("F903", facts={"reason": reason})
    profile = file.intents[0].get("/DestOutputProfile")
    if not isinstance(profile, Stream):
        yield Finding("F903", facts={"reason": "the profile is not in it"})
        return
    if profile.get("/N") != 4:
        yield Finding("F903", facts={"reason": "its profile is not said to be of four inks"})
    try:
        prove(profile.read_bytes())
    except NoProfile as error:
        yield Finding("F903", facts={"reason": f"its profile cannot be used: {error}"})


def metadata(file: File) -> Iterator[Finding]:
    """Look for the identifier of the file, the keys that PDF/X-4 asks for in XMP, its version."""
    if not isinstance(file.pdf.trailer.get("/ID"), Array):
        yield Finding("F904", facts={"reason": "the file has no identifier (ID)"})
    if not isinstance(file.pdf.Root.get("/Metadata"), Stream):
        yield Finding("F904", facts={"reason": "there are none"})
        return
    with file.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        lacking = [what for what, key in _KEYS.items() if not xmp.get(key)]
        version = str(xmp.get(_VERSION, ""))
        apart = [what for what, key, name in _TWICE if _differ(xmp.get(key), file.info.get(name))]
    if lacking:
        yield Finding("F904", facts={"reason": f"they do not say {', '.join(lacking)}"})
    if apart:
        yield Finding("F904", facts={"reason": f"they say another {' and '.join(apart)}"})
    if version != "PDF/X-4":
        told = f"they say {version}" if version else "they do not say PDF/X-4"
        yield Finding("F904", facts={"reason": told})


def _differ(said: Any, told: Any) -> bool:
    """Tell whether the metadata and the document information both say something, not the same."""
    return bool(said and told) and str(said).strip() != str(told).strip().removeprefix("/")


def trapped(file: File) -> Iterator[Finding]:
    """Look whether the file says if it has been trapped."""
    if str(file.info.get("/Trapped", "")) not in ("/True", "/False"):
        yield Finding("F905")


def fonts(file: File) -> Iterator[Finding]:
    """Look for fonts that are not embedded."""
    for font in dict.fromkeys(loose_fonts(file.pdf)):
        yield Finding("F906", facts={"font": font})


def sizes(file: File) -> Iterator[Finding]:
    """Look for pages of another size than the first, and tell each size once.

    Of sheets it is the paper that counts: the further inside one lies, the more is trimmed of it.
    """
    all_sides = [_sides(one, file.is_sheets) for one in file.sheets]
    told = all_sides[:1]
    for sheet, sides in zip(file.sheets, all_sides, strict=True):
        if not any(_alike(sides, one) for one in told):
            told.append(sides)
            more = sum(_alike(sides, one) for one in all_sides) - 1
            pages = f" (and {more} more of the pages)" if more else ""
            yield sheet.found("F921", size=_size(sides), first=_size(told[0]), more=pages)


def _sides(sheet: Sheet, paper: bool) -> tuple[float, float]:
    """Return how wide and how high a page is as it is read; of paper as it lies."""
    left, foot, right, head = sheet.media if paper else sheet.trim
    turned = sheet.turn % 2 and not paper
    return (head - foot, right - left) if turned else (right - left, head - foot)


def _alike(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) <= SAME * MM for a, b in zip(one, other, strict=True))


def _size(sides: tuple[float, float]) -> str:
    return " × ".join(f"{side / MM:.4g}" for side in sides) + " mm"


def page_count(file: File) -> Iterator[Finding]:
    """Look whether the pages fill the sheets or leaves that are bound."""
    pages, unit = len(file.sheets), BINDINGS.get(file.binding, 1)
    if pages % unit:
        yield Finding("F920", facts={"pages": pages, "unit": unit, "binding": file.binding})


def leftovers(file: File) -> Iterator[Finding]:
    """Look for what a press cannot take: PostScript, OPI, transfer curves, LZW and others."""
    found = [what for item in _dictionaries(file.pdf) for what in _strange(item)]
    found += _cut_to(file)
    if file.pdf.pdf_version >= "2":
        found.append(f"the syntax of PDF {file.pdf.pdf_version}")
    for what in dict.fromkeys(found):
        yield Finding("F924", facts={"what": what})


def _cut_to(file: File) -> Iterator[str]:
    """Yield the boxes that pages are to be shown or printed by, where it would cut them short.

    It is to be the media box, or, where every page has one, the bleed box.
    """
    wishes = file.pdf.Root.get("/ViewerPreferences", Dictionary())
    whole = ["/MediaBox"]
    if all("/BleedBox" in page.obj for page in file.pages):
        whole.append("/BleedBox")
    for key in _AREAS:
        if key in wishes and str(wishes[key]) not in whole:
            yield f"{key[1:]}, which cuts its pages to another box than that of their bleed"


def inks(file: File) -> Iterator[Finding]:
    """Look for inks of one name that are mixed in two ways: one plate cannot be both."""
    mixes: dict[str, set[object]] = {}
    for item in _objects(file.pdf):
        if isinstance(item, Array) and len(item) > 3 and item[0] == Name.Separation:
            name = str(item[1]).removeprefix("/")
            if name in NO_INKS:
                continue
            mixes.setdefault(name, set()).add((plain(item[2]), plain(item[3])))
    for name, ways in mixes.items():
        if len(ways) > 1:
            yield Finding("F924", facts={"what": f"{len(ways)} mixes of the ink {name}"})


def _strange(item: Any) -> Iterator[str]:
    if str(item.get("/S", "")) in _STARTING:
        yield "an action that opens something else"
    if item.get("/Subtype") == Name.PS or item.get("/Subtype2") == Name.PS:
        yield "PostScript"
    if "/OPI" in item:
        yield "a picture that is to be replaced (OPI)"
    if any(one.get("/DefaultForPrinting") is True for one in _alternates(item)):
        yield "a picture that another takes the place of in print (Alternates)"
    if isinstance(item.get("/Ref"), Dictionary) and item.get("/Subtype") == Name.Form:
        yield "a page of another file (Ref)"
    if "/XFA" in item:
        yield "a form in XML (XFA)"
    if "/SeparationInfo" in item:
        yield "a page that is the plate of one ink (SeparationInfo)"
    if isinstance(item, Stream) and "/F" in item:
        yield "data that stand in another file (F)"
    if "/HalftoneType" in item and item.HalftoneType not in (1, 5):
        yield f"halftones of type {item.HalftoneType}"
    if isinstance(item, Dictionary):
        if _bends(item):
            yield "a transfer curve"
        if "/HTP" in item:
            yield "a phase of halftones"
        if odd := _odd_blend(item.get("/BM")):
            yield f"a blend mode that there is not ({odd})"
    if isinstance(item, Stream):
        filters = item.get("/Filter", Array())
        names = filters if isinstance(filters, Array) else [filters]
        if any(str(one) in ("/LZWDecode", "/LZW") for one in names):
            yield "LZW compression"


def _alternates(item: Any) -> list[Any]:
    found = item.get("/Alternates")
    rows = found if isinstance(found, Array) else ()
    return [one for one in rows if isinstance(one, Dictionary)]


def _bends(state: Any) -> bool:
    """Tell whether a graphics state, not a mask, has a transfer function (10.5).

    Even one that changes nothing has no place in PDF/X-4; `TR2` may say that it is the printer's.
    """
    curved = "/TR" in state or state.get("/TR2", Name.Default) != Name.Default
    return curved and state.get("/S") not in (Name.Luminosity, Name.Alpha)


def _odd_blend(mode: Any) -> str:
    """Return the name of a blend mode that is none; of several one must be known (11.6.3)."""
    modes = list(mode) if isinstance(mode, Array) else [mode] if isinstance(mode, Name) else []
    names = [str(one).removeprefix("/") for one in modes]
    return "" if not names or BLENDS.intersection(names) else ", ".join(names)
