"""What can be wrong with what is made: pages (P), booklet (B), the rest (K, I)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import MAKE_ANEW, Rule

OUTPUTS: Mapping[str, Rule] = MappingProxyType(
    {
        # Outputs
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
        "P406": Rule(
            "error",
            "{file} has {pages} pages, and {binding} binding takes them by {unit}",
            MAKE_ANEW,
            setting="print.binding",
        ),
        "P407": Rule(
            "error",
            "{file}: the font {font} is not embedded",
            "A printer may set another in its place.",
            setting="fonts.files",
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
            "“{text}” is cut by the edge of page {page}",
            "Shorten it, break it with a blank or a hyphen, or give it another place.",
        ),
        "P415": Rule(
            "warning",
            "“{text}” stands outside its column on page {page}",
            "Shorten it, or break it with a blank or a hyphen.",
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
            "the words at the {part} of the cover can hardly be read on its picture",
            "Take a picture that is calm behind them, light or dark.",
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
            "page {page}: the picture “{name}” stands on this one page, its caption below it: the"
            " text before it has run out, so that over two pages it would leave an empty one",
            "Move it further to the front, let more text come before it, or give it another place.",
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
        "B601": Rule("error", "the booklet: {reason}", "{advice}", setting="booklet"),
        "B602": Rule("warning", "the booklet: {reason}", "{advice}", setting="booklet"),
        "B603": Rule(
            "error",
            "the {edition} pages cannot be parted into inks: there is {what}",
            "With a colour profile (see P430) every colour of a book is in inks.",
        ),
        "B604": Rule(
            "warning",
            "{edition}: colours are mixed of {inks}, each a plate of its own",
            "{advice}",
            setting="print.red",
        ),
        "B605": Rule(
            "warning",
            "the sheets have no room for register marks beside their pages",
            "Take a larger sheet, such as A3, under [booklet]; or lay the plates over each other"
            " by the corners of the paper.",
            setting="booklet.sheet",
        ),
        "P424": Rule(
            "warning",
            "set on {pages} pages: {changes}",
            "It is what `pages` asks for; look at the pages, and narrow `fit` where it shows.",
            setting="print.pages",
        ),
        "P425": Rule(
            "warning",
            "set as it is, on {pages} pages: it comes to {nearest} at the nearest, not {wanted}:"
            " {what}",
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
        "K701": Rule("error", "{reason}", "{advice}"),
        "K702": Rule("warning", "{file} is not there", "Make it with “katern build”."),
        "K703": Rule("warning", "{file} is older than the manuscript", MAKE_ANEW),
        "K704": Rule(
            "warning", "{file} is not what “katern build” made of this manuscript", MAKE_ANEW
        ),
        "K705": Rule("error", "{file}: the cover picture is {found}", "Shops take {wanted}."),
        "K706": Rule(
            "error",
            "the checker of {what} broke off: {reason}",
            "The fault is Katern's or the file's; make the edition anew before you look further.",
        ),
        "K707": Rule(
            "error",
            "{file} is there already, made of another manuscript: {other}",
            "Give one of the two a slug of its own here, write it to another folder (OUT, --out),"
            " or remove what is there: katern clean {out}",
        ),
        "K708": Rule(
            "warning",
            "the extract leaves nothing of the book out",
            "{advice}",
        ),
        "K709": Rule(
            "warning",
            "the ONIX record does not say who publishes the book",
            "Write publisher in book.toml; without it no shop takes the record.",
            setting="publisher",
        ),
        "K710": Rule(
            "warning",
            "{shop}: {thing} has {found}, and the shop takes {limit}",
            "{source}.",
        ),
        "K711": Rule(
            "error",
            "the files for {shops} are named by the ISBN of the e-book, and it has none",
            'Write it in book.toml: [identifiers], epub = "978…".',
            setting="identifiers.epub",
        ),
        "K712": Rule(
            "warning",
            "{file} is not the edition as it is now",
            "Make it anew with “katern build --for {shop}”.",
        ),
        "K713": Rule(
            "warning",
            "{file} is not a plate of the edition as it is now",
            "Make it anew with “katern build --separations”.",
        ),
        "K717": Rule(
            "warning",
            "{file} was left as it was, and is older than the manuscript",
            "Mend the errors, and make it anew with “katern build”.",
        ),
        "K718": Rule(
            "warning",
            "{file} carries no map of its pages, so that its marks were placed by the words"
            " around them alone: {placed} of {count}",
            "Look at those without a place; a proof has such a map, unless it is printed anew.",
        ),
        "K719": Rule(
            "warning",
            "{file}: no words can be read on page {page}, so that marks on it have no place",
            "It is damaged, blank or a mere picture; look at them there.",
        ),
        "K720": Rule(
            "warning",
            "no marks in {file}",
            "Look whether it is the copy that was marked, and was saved with its marks.",
        ),
        "K730": Rule(
            "error",
            "what was saved cannot be shown: {reason}",
            "The pages are those of before; the next save is tried anew.",
        ),
        # Import
        "I801": Rule("error", "{reason}", "{advice}"),
        "I802": Rule("warning", "{reason}", "{advice}"),
        "I803": Rule("error", "{reason}", "{advice}"),
        "I804": Rule(
            "warning",
            "[{table}] “{key}” is an answer to nothing that stands in this text",
            "Take it out, or look whether the text is another than it was.",
        ),
    }
)
