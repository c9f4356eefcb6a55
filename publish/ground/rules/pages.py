"""What can be wrong with pages as they are laid out and printed (P)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import MAKE_ANEW, Rule

PAGES: Mapping[str, Rule] = MappingProxyType(
    {
        "P401": Rule("error", "the layout engine says: {reason}", "{advice}"),
        "P402": Rule(
            "error",
            "the page asks for the font {font}, which is not the book's{where}",
            "Put a font that has these letters into fonts/ and name it under [fonts]:"
            " files = [“…”]; or write them with other characters. They may be words that come with"
            " the book’s language, such as the title of its contents.",
            setting="fonts.files",
        ),
        "P403": Rule("error", "{file} is no sound PDF: {reason}", MAKE_ANEW),
        "P404": Rule(
            "error", "{file} does not hold the words of the manuscript: {reason}", "{advice}"
        ),
        "P405": Rule(
            "error",
            "{file}: the boxes of page {page} are wrong: {reason}",
            MAKE_ANEW,
            setting="print.trim",
        ),
        "P408": Rule("error", "{file}: page {page} is labelled “{label}”", MAKE_ANEW),
        "P409": Rule("error", "{file}: the bookmarks are not the contents: {reason}", MAKE_ANEW),
        "P411": Rule(
            "error", "{file} tells a screen reader nothing of {what}", MAKE_ANEW, setting="title"
        ),
        "P413": Rule(
            "error",
            "the page numbers of references do not come to rest",
            "Change the text a little near a reference at the end of a page.",
        ),
        "P418": Rule(
            "warning",
            "the pages are laid out by WeasyPrint {version}, and Katern knows version {known}",
            "Notes may part from their calls, and what is read off the pages may be wrong. Install"
            " the versions of requirements.txt: remove the folder .venv, then run make.",
        ),
        "P419": Rule(
            "warning",
            "“{text}” on page {page} is found nowhere in the manuscript as it was set",
            "The marks of the printed pages in the e-book may be wrong from there on: look at them."
            " The fault is Katern's.",
        ),
        "P421": Rule(
            "warning",
            "the note “{name}” has no room at the foot of the page that calls it, so its text"
            " stands at the end of the book",
            'Shorten it, make it a part of the text, or set notes = "end" under [print] for all.',
        ),
        "P422": Rule(
            "warning",
            "this note cannot stand on the page that calls it, so that all notes of the printed"
            " book stand at its end",
            'Choose that yourself with notes = "end" under [print]; or shorten the note, or call'
            " fewer of them in one paragraph.",
        ),
        "P420": Rule(
            "warning",
            "paragraphs are set line by line, not as a whole: {reason}",
            "Install the version that requirements.txt names.",
        ),
        "P412": Rule("error", "{file}: the contents are not the headings: {reason}", MAKE_ANEW),
        "P414": Rule(
            "error",
            "{kind}“{text}” is cut by the edge of page {page}",
            "Shorten it, break it with a blank or a hyphen, or give it another place.",
            setting="print.trim",  # where it is a running head or the like
        ),
        "P415": Rule(
            "warning",
            "{kind}“{text}” stands outside its column on page {page}",
            "Shorten it, or break it with a blank or a hyphen; give a picture another place.",
            setting="print.trim",
        ),
        "P449": Rule(
            "error",
            "{kind}“{text}” stands outside its column on page {page}, and lies over “{other}”",
            "Neither can be seen as a whole. Shorten it, or break it with a blank or a hyphen; give"
            " a picture another place.",
            proof="warning",
            setting="print.trim",
        ),
        "P416": Rule(
            "warning",
            "the table is too wide, so its words are broken anywhere, in {size:g} point",
            "Take a column out, shorten the longest words, or make rows of its columns.",
        ),
        "P417": Rule(
            "warning",
            "the caption of “{name}” is too long to stand below its picture, so it runs on",
            "Shorten it, or tell the rest in the text.",
        ),
        "P431": Rule(
            "error",
            "{file} is not {standard}: {rule}, {reason} ({count} times, first at {place})",
            MAKE_ANEW,
        ),
        "P440": Rule(
            "error",
            "the cover is the first and the last page of the inside already",
            'For a sheet that is folded around the inside, write cover = "separate" under [print]:'
            " the print PDF then has no cover pages.",
        ),
        "P441": Rule(
            "error",
            "the words on the front of the cover are too many at any size",
            "Shorten the title or the subtitle, or name fewer makers.",
            setting="title",
        ),
        "P442": Rule(
            "error",
            "{file} has a spine of {spine:.1f} mm, and {pages} pages on this paper are {wanted:.1f}"
            " mm thick",
            MAKE_ANEW,
            setting="cover.spine",
        ),
        "P443": Rule(
            "warning",
            "the title is too long for the spine of {spine:g} mm, so nothing stands there",
            "Shorten it, or leave the spine without words: a greater spine-text under [cover].",
            setting="cover.spine-text",
        ),
        "P444": Rule(
            "error",
            "the words on the back of the cover run into what stands at its foot",
            "Shorten the description.",
            setting="description",
        ),
        "P445": Rule(
            "warning",
            "behind the {words} the picture of the cover is restless, or neither light nor dark, so"
            " that a plate is laid between them",
            "Take a picture that is calm there, light or dark, if the plate is not wanted.",
            setting="cover.photo",
        ),
        "P446": Rule(
            "warning",
            "page {page}: the picture “{name}” stands before “{earlier}”, which comes first in the"
            " text",
            "Move either in the manuscript, take it out of its sidebar or list, or give it another"
            " place.",
        ),
        "P447": Rule(
            "warning",
            "page {page}: the picture “{name}” stands on this one page, its caption below it{bled}:"
            " the text has run out, so that with two pages it would leave an empty one, or white",
            "Move it further to the front, let more text come before or after it, or give it"
            " another place.",
        ),
        "P448": Rule(
            "warning",
            "{reason}; with all notes of the printed book at its end it does not",
            "It fails on these pages. Undo the last change, give a picture another place, or write"
            ' notes = "end" under [print].',
            setting="print.notes",
        ),
        "P430": Rule(
            "warning",
            "there is no colour profile for {condition}, so the print PDF is not PDF/X-4",
            "“make” brings one on Debian; else put it into profiles/ and name it as “profile” under"
            " [print], or install one of {files}.",
            setting="print.profile",
        ),
        "P432": Rule(
            "error",
            "colours of a screen are left ({spaces}), so the PDF for the printer is not PDF/X-4",
            "Colour the drawings in sRGB (#rrggbb), in grey or in black.",
        ),
        "P424": Rule(
            "warning",
            "set on {pages} pages: {changes}",
            "It is what `pages` asks for; look at the pages, and narrow `fit` where it shows.",
            setting="print.pages",
        ),
        "P425": Rule(
            "warning",
            "set as it is, on {pages}: with all that [print.fit] allows it comes to {nearest} at"
            " the nearest, not {wanted}: {what}",
            "Change the text, widen the limits in [print.fit], or take another number of pages.",
            final="error",
            setting="print.pages",
        ),
        "P423": Rule(
            "error",
            "title, subtitle and names are too long for the cover of the shops at any size",
            "Shorten the title or the subtitle, or name fewer makers.",
            setting="title",
        ),
    }
)
