"""What can be wrong with what is made: booklet (B), the rest (K, I)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import MAKE_ANEW, Rule

OUTPUTS: Mapping[str, Rule] = MappingProxyType(
    {
        "B601": Rule("error", "the booklet: {reason}", "{advice}", setting="booklet"),
        "B602": Rule("warning", "the booklet: {reason}", "{advice}", setting="booklet"),
        "B603": Rule(
            "error",
            "the {edition} pages cannot be parted into inks: there is {what}",
            "With a colour profile (see P430) every colour of a book is in inks.",
        ),
        "B604": Rule(
            "warning",
            "{edition}: colours are mixed of {inks}, each a plate of its own{of}",
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
            "{file} carries no map of its pages, so that its marks were placed in the book as it is"
            " set today, or by the words around them: {placed} of {count}",
            "Look at the others there. A proof has such a map, and keeps it where it is marked and"
            " saved, not printed anew.",
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
        "K721": Rule(
            "warning",
            "{why}: what became of the notes and the words of that round is not looked up",
            "Take it back, from git say: it holds the manuscript that was proofread.",
        ),
        "K730": Rule(
            "error",
            "what was saved cannot be shown: {reason}",
            "The pages are those of before; the next save is tried anew.",
        ),
        # Releases
        "K740": Rule(
            "error",
            "{folder} has no record of a release",
            "“katern build --final” writes one.",
        ),
        "K741": Rule(
            "error",
            "{file} is no record of a release that can be read",
            "Ask whoever made the release for it anew.",
        ),
        "K742": Rule(
            "error",
            "{file} is not there, and the release has it",
            "Ask whoever made the release for it.",
        ),
        "K743": Rule(
            "error",
            "{file} is not the file that was recorded",
            "It was changed, damaged or built again since: ask for it anew, or for its record.",
        ),
        "K744": Rule(
            "error",
            "{file} is of another manuscript than {book}: {names}",
            "Give the manuscript that it was made of.",
        ),
        "K745": Rule(
            "error",
            "{file} comes out otherwise when it is built anew: it was {reason}",
            "With the tools of its bill of materials (-tools.cdx.json) it comes out the same.",
        ),
        "K746": Rule(
            "warning",
            "{file} is of a release made with other tools than these: {tools}",
            "What was built anew has the same bytes all the same.",
        ),
        # Catalogues
        "K750": Rule(
            "error",
            "there is no manuscript in {folder}",
            "It is to hold a book.toml; the way to it is told from the catalogue's folder.",
        ),
        "K751": Rule(
            "error",
            "“{path}” is not taken: {reason}",
            "Put titles and what is made of them below the catalogue's folder; links are followed"
            " with --trust.",
        ),
        "K752": Rule(
            "error",
            "“{name}” is the name of two titles",
            "Give one of them a name of its own: name = …",
        ),
        "K753": Rule(
            "error",
            "“{out}” is, holds or is within the folder that “{other}” is written to",
            "Give each title a folder of its own, so that none writes over another: out = …",
        ),
        "K754": Rule("error", "--only: there is no title “{name}” in {catalogue}", "{nearest}"),
        "K755": Rule(
            "error",
            "the worker {worker} would make other editions than this machine: it has {theirs}, and"
            " here is {ours}",
            "Install the same Katern there, from the same lock, on the same system.",
        ),
        "K756": Rule(
            "error",
            "{file} came through the cluster otherwise than it was sent, and was not taken",
            "Build the catalogue again; if it happens twice, look at that machine's memory.",
        ),
        "K757": Rule("error", "the cluster at {address}: {reason}", "{advice}"),
        "K758": Rule(
            "error",
            "the title was given up: {reason}",
            "Build it by itself, with “katern build”, to see what becomes of it.",
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
