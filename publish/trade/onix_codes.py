"""Codes of the book trade, and what each of them stands for here (ONIX code lists, issue 75).

The lists are EDItEUR's, www.editeur.org; the tests look each code up in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "aut": "A01",
        "art": "A35",
        "ill": "A12",
        "pht": "A13",
        "wpr": "A15",
        "aft": "A19",
        "ann": "A20",
        "cmm": "A21",
        "wfw": "A23",
        "aui": "A24",
        "win": "A24",
        "ctb": "A32",
        "ctg": "A39",
        "cov": "A36",
        "bkd": "A11",
        "dsr": "A11",
        "ivr": "A43",
        "ive": "A44",
        "res": "A51",
        "edt": "B01",
        "red": "B01",
        "adp": "B05",
        "trl": "B06",
        "com": "C01",
    }
)
"""List 17, contributor role, by MARC relator code."""
OTHER_ROLE = "Z99"

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        **{"af": "afr", "ar": "ara", "be": "bel", "bg": "bul", "bn": "ben", "br": "bre"},
        **{"bs": "bos", "ca": "cat", "co": "cos", "cs": "cze", "cy": "wel", "da": "dan"},
        **{"de": "ger", "el": "gre", "en": "eng", "eo": "epo", "es": "spa", "et": "est"},
        **{"eu": "baq", "fa": "per", "fi": "fin", "fr": "fre", "fy": "fry", "ga": "gle"},
        **{"gd": "gla", "gl": "glg", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun"},
        **{"hy": "arm", "id": "ind", "is": "ice", "it": "ita", "ja": "jpn", "ka": "geo"},
        **{"kk": "kaz", "ko": "kor", "ku": "kur", "la": "lat", "lb": "ltz", "li": "lim"},
        **{"lt": "lit", "lv": "lav", "mk": "mac", "mt": "mlt", "nb": "nob", "nl": "dut"},
        **{"nn": "nno", "no": "nor", "oc": "oci", "pl": "pol", "pt": "por", "rm": "roh"},
        **{"ro": "rum", "ru": "rus", "sk": "slo", "sl": "slv", "sq": "alb", "sr": "srp"},
        **{"sv": "swe", "sw": "swa", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie"},
        **{"yi": "yid", "zh": "chi"},
    }
)
"""List 74, language (ISO 639-2/B), by primary subtag of a language tag."""
NO_LANGUAGE = "und"

BINDINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"saddle-stitch": ("BF", "B310"), "perfect": ("BC", "B305")}
)
"""Lists 150 and 175, product form and its detail, by binding: pamphlet and paperback."""

FEATURES: Mapping[str, str] = MappingProxyType(
    {
        "tableOfContents": "11",
        "index": "12",
        "readingOrder": "13",
        "alternativeText": "14",
        "MathML": "17",
        "pageBreakMarkers": "19",
        "structuralNavigation": "29",
        "ARIA": "30",
        "displayTransformability": "36",
        "pageNavigation": "41",
    }
)
"""List 196, accessibility detail, by what an EPUB says of itself (schema:accessibilityFeature).

A long description of some pictures has no row: code 15 says it of all of them.
"""
CONFORMANCE: Mapping[str, str] = MappingProxyType(
    {
        "EPUB Accessibility 1.1": "04",
        "WCAG 2.0": "80",
        "WCAG 2.1": "81",
        "WCAG 2.2": "82",
        "Level A": "84",
        "Level AA": "85",
        "Level AAA": "86",
    }
)
"""List 196 by the words of dcterms:conformsTo; a level is the word at the end."""

THEMA: Mapping[str, str] = MappingProxyType(
    {"1": "94", "2": "95", "3": "96", "4": "97", "5": "98", "6": "99"}
)
"""List 27, the scheme of a Thema qualifier, by its first figure; a letter begins a category."""
