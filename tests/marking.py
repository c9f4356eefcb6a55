"""Marks put into a PDF as reviewers' programs put them, and where the marked words really are.

In: a PDF and the texts of its manuscript. Out: the marked PDF, and for each mark the truth. The
truth owes nothing to the toolchain: the letters and figures of the pages, as PDFium reads them, are
looked up in those of the manuscript, with enough of what stands around them to be there only once.

How each program writes a mark:

- Acrobat: points upper left, upper right, lower left, lower right, not in the order of the standard
  (stackoverflow.com/questions/9855814); a replacement is a Caret (IT /Replace) with a StrikeOut
  (IT /StrikeOutTextEdit) in its group (0xabu/pdfannots, pull request 102); a Popup for each; what
  is said in RC too (ISO 32000-2, 12.5.6.2); where one asks for it, the marked words in Contents
  (Acrobat's preferences, Commenting: “Copy selected text into … comment pop-ups”). Its FreeText is
  a call-out, or a box or typed words, which have no line (12.5.6.6, IT).
- Preview: the same Z (developer.apple.com/documentation/pdfkit/pdfannotation/quadrilateralpoints),
  before macOS 10.13 counterclockwise (…/pdfannotationmarkup/setquadrilateralpoints(_:)); no carets;
  keys of its own (AAPL:AKExtras), dates on Z00'00', as Quartz writes them; boxes, no call-outs.
- Okular: lower left, lower right, upper left, upper right: the last two are changed about on the
  way out (poppler, qt6/src/poppler-annotation.cc, HighlightAnnotationPrivate::toQuadrilaterals);
  dates with a zone, of older ones without (poppler, poppler/DateInfo.cc, timeToDateString, which
  took gmtime and wrote no zone before it had %z); an inline note is a FreeText without a line.
- Firefox: highlights, lower left, lower right, upper left, upper right (mozilla/pdf.js,
  src/display/editor/highlight.js, #serializeBoxes), since 2024 upper ones first; freehand ones and
  words typed over the page (FreeText: Rect, DA, Contents, AP, CreationDate without a zone, T only
  of a user that is known, neither CL nor M; src/core/annotation.js, FreeTextAnnotation,
  createNewDict); no other kind. Contents may be there without a Popup (mozilla/pdf.js, issue 7014).
- Xodo: either way round with the last two points changed about (docs.apryse.com, TextMarkup,
  SetQuadPoint), carets as Acrobat's; dates as 7.9.4 has them, with and without the last apostrophe.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

import pypdfium2
import pypdfium2.raw as raw
from pikepdf import Array, Dictionary, Name, Pdf, String

Box = tuple[float, float, float, float]
PROGRAMS = ("Acrobat", "Preview", "Okular", "Firefox", "Xodo")
KINDS = {
    "Acrobat": ("Highlight", "Underline", "StrikeOut", "Squiggly", "Caret", "Text", "FreeText",
                "Replace"),
    "Preview": ("Highlight", "Underline", "StrikeOut", "Text", "FreeText"),
    "Okular": ("Highlight", "Underline", "StrikeOut", "Squiggly", "Text", "FreeText", "Ink"),
    "Firefox": ("Highlight", "FreeText", "Ink"),
    "Xodo": ("Highlight", "Underline", "StrikeOut", "Squiggly", "Caret", "Text", "Replace"),
}  # fmt: skip
DATES = {
    "Acrobat": (("D:20261120101500+01'00'", "2026-11-20T10:15:00+01:00"),),
    "Preview": (("D:20261120091500Z00'00'", "2026-11-20T09:15:00Z"),),
    "Okular": (("D:20261120101500+01'00'", "2026-11-20T10:15:00+01:00"),
               ("D:20261120091500Z", "2026-11-20T09:15:00Z"),
               ("D:20261120091500", "2026-11-20T09:15:00")),
    "Firefox": (("D:20261120091500", "2026-11-20T09:15:00"),),
    "Xodo": (("D:20261120091500Z", "2026-11-20T09:15:00Z"),
             ("D:20261120101500+01'00", "2026-11-20T10:15:00+01:00")),
}  # fmt: skip
"""How a program writes when a mark was made, and when that is."""
PROPOSES = ("StrikeOut", "Caret", "Replace")
NAMES = {
    "Highlight": "highlight", "Underline": "underline", "StrikeOut": "strikeout",
    "Squiggly": "squiggly", "Caret": "insert", "Text": "note", "FreeText": "text",
    "Replace": "replace", "Ink": "drawing",
}  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A word of the manuscript: its file, from where to where; the boxes of its letters by page."""

    file: str
    start: int
    end: int
    boxes: tuple[tuple[int, tuple[Box, ...]], ...]
    often: int = 1
    text: str = ""


@dataclass(frozen=True)
class Truth:
    """A mark that was put, and the word that it was put on."""

    word: Word
    kind: str
    program: str
    page: int
    comment: str
    replacement: str | None
    author: str
    created: str
    rects: tuple[Box, ...]
    """Where it was put, one for each page."""


class Letters:
    """The letters and figures of a text, and where each of them stands in it."""

    def __init__(self, text: str) -> None:
        self.at = [at for at, char in enumerate(text) if char.isalnum()]
        self.solid = "".join(text[at].lower()[0] for at in self.at)


@dataclass
class PageLetters:
    solid: str
    boxes: list[Box]
    hyphens: list[int]
    """How many letters stand before each hyphen."""


def page_letters(pdf: bytes) -> list[PageLetters]:
    """Return the letters of each page in the order of its content, with their boxes."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text, box = page.get_textpage(), raw.FS_RECTF()
            chars, boxes, hyphens = [], [], []
            for at in range(raw.FPDFText_CountChars(text.raw)):
                char = chr(raw.FPDFText_GetUnicode(text.raw, at))
                if char in "\u0002-":
                    hyphens.append(len(chars))
                if char.isalnum():
                    raw.FPDFText_GetLooseCharBox(text.raw, at, box)
                    chars.append(char.lower()[0])
                    boxes.append((box.left, box.bottom, box.right, box.top))
            pages.append(PageLetters("".join(chars), _parted(boxes), hyphens))
    return pages


def _parted(boxes: list[Box]) -> list[Box]:
    """Give each letter of a ligature its share."""
    made: list[Box] = []
    at = 0
    while at < len(boxes):
        end = at + 1
        while end < len(boxes) and boxes[end] == boxes[at]:
            end += 1
        left, foot, right, head = boxes[at]
        step = (right - left) / (end - at)
        made += [
            (left + step * one, foot, left + step * (one + 1), head) for one in range(end - at)
        ]
        at = end
    return made


_SPOKEN = re.compile(r'^(?:alt|long) = ("""(?s:.*?)"""|"[^"\n]*")', re.MULTILINE)


class Words:
    """Finds words of a manuscript on the pages of a PDF."""

    AROUND = 28

    def __init__(self, pdf: bytes, sources: Mapping[str, str]) -> None:
        self.sources = {one: text for one, text in sources.items() if one != "book.toml"}
        self.letters = {one: Letters(text) for one, text in self.sources.items()}
        # What is but spoken of a chart may be among the labels drawn in it.
        self.spoken = {
            one: [found.span() for found in _SPOKEN.finditer(text)]
            if one == "captions.toml"
            else []
            for one, text in self.sources.items()
        }
        self.pages = page_letters(pdf)
        self.joined = "\0".join(page.solid for page in self.pages)
        self.all = "\0".join(one.solid for one in self.letters.values())
        self.starts = [0]
        for page in self.pages:
            self.starts.append(self.starts[-1] + len(page.solid) + 1)
        self.counts: dict[str, int] = {}
        for text in self.sources.values():
            for found in re.finditer(r"\w+", text):
                word = found[0].lower()
                self.counts[word] = self.counts.get(word, 0) + 1

    def drawn(
        self,
        rng: random.Random,
        pattern: str = r"\w+(?:-\w+)*",
        within: str = "",
        often: int = 1,
        files: str = "",
    ) -> Word:
        """Draw a word that matches; of a part of a text that matches `within`, where given."""
        files_ = [one for one in self.sources if re.search(files, one)]
        weights = [len(self.sources[one]) for one in files_]
        for _ in range(600):
            file = rng.choices(files_, weights)[0]
            text = self.sources[file]
            if within:
                parts = [one.span() for one in re.finditer(within, text)]
                if not parts:
                    continue
                low, high = rng.choice(parts)
            else:
                low, high = 0, len(text)
            at = rng.randrange(low, high)
            found = re.compile(rf"(?<![\w'’-])(?:{pattern})(?![\w'’-])").search(text, at, high)
            if not found or self.counts.get(found[0].lower(), 0) < often:
                continue
            word = self.located(file, *found.span())
            if word:
                return word
        raise LookupError(f"no word {pattern!r} within {within!r}")

    def located(self, file: str, start: int, end: int) -> Word | None:
        """Return the word with its boxes, where what stands around it is there once."""
        letters = self.letters[file]
        inside = [at for at, one in enumerate(letters.at) if start <= one < end]
        if any(low <= start < high for low, high in self.spoken[file]):
            return None
        # The id of a reference is not printed; its title may be the same word.
        if not inside or self.sources[file][start - 1 : start] in ("#", "^"):
            return None
        first, last = inside[0], inside[-1] + 1
        word = letters.solid[first:last]
        wide = self.AROUND
        for before, after in ((wide, wide), (2 * wide, 0), (0, 2 * wide), (9, 9), (9, 0)):
            head = letters.solid[max(first - before, 0) : first]
            context = head + letters.solid[first : last + after]
            if len(context) < 12 or self.all.count(context) != 1:
                continue
            if self.joined.count(context) != 1:
                continue
            # Of the next block it may be another: a pull quote says what a paragraph does, and is
            # printed apart from the text that follows it.
            final = letters.at[min(last + after, len(letters.at)) - 1]
            if "\n\n" in self.sources[file][start:final]:
                continue
            at = self.joined.index(context)
            page = max(one for one, start_ in enumerate(self.starts[:-1]) if start_ <= at)
            low = at - self.starts[page] + len(head)
            boxes = tuple(self.pages[page].boxes[low : low + last - first])
            text = self.sources[file][start:end]
            return Word(file, start, end, ((page, boxes),), self.counts.get(word, 1), text)
        return None

    def divided(self, rng: random.Random, count: int) -> list[Word]:
        """Draw words that the end of a line divides, so many of them if there are."""
        made: dict[tuple[str, int], Word] = {}
        for _ in range(150 * count):
            word = self.drawn(rng, r"\w{7,}")
            if len(word.boxes) == 1 and len({round(box[1]) for box in word.boxes[0][1]}) > 1:
                made[word.file, word.start] = word
            if len(made) == count:
                break
        return [*made.values()]

    def over_pages(self) -> Iterator[Word]:
        """Yield the words that begin on one page and end on the next."""
        for number, page in enumerate(self.pages[:-1]):
            for cut in page.hyphens:
                head = page.solid[max(cut - 40, 0) : cut]
                if len(head) < 40 or self.all.count(head) != 1:
                    continue
                file = next(one for one in self.letters if head in self.letters[one].solid)
                letters = self.letters[file]
                at = letters.solid.index(head) + len(head)
                rest = letters.solid[at : at + 40]
                text = self.sources[file]
                if (
                    page.solid[cut : cut + 2] == rest[:2]
                    or rest not in self.pages[number + 1].solid
                ):
                    continue
                middle = letters.at[at]
                if letters.at[at - 1] != middle - 1:
                    continue
                start, end = middle, middle
                while text[start - 1].isalnum():
                    start -= 1
                while text[end].isalnum():
                    end += 1
                here = tuple(page.boxes[cut - (middle - start) : cut])
                low = self.pages[number + 1].solid.index(rest)
                there = tuple(self.pages[number + 1].boxes[low : low + end - middle])
                boxes = ((number, here), (number + 1, there))
                yield Word(file, start, end, boxes, text=text[start:end])


def by_line(boxes: Sequence[Box]) -> list[Box]:
    """Return the bounds of boxes, line by line."""
    lines: list[Box] = []
    for left, foot, right, head in boxes:
        before = lines[-1] if lines else (0.0, 0.0, 0.0, 0.0)
        # The next letter stands on the right of the one before, or touches it on the left.
        after = left >= before[0] - 1 or abs(right - before[0]) < 1
        if lines and abs(before[1] - foot) < 3 and after:
            lines[-1] = (min(before[0], left), min(before[1], foot), max(before[2], right),
                         max(before[3], head))  # fmt: skip
        else:
            lines.append((left, foot, right, head))
    return lines


JITTER = 0.5
"""So far, in pt, are points off: programs round them, and take them from what a hand has drawn."""


def _height(box: Box, rng: random.Random) -> Box:
    """Return a box as high as a program may have it: the letters, the type, or the line."""
    left, foot, right, head = box
    tall = head - foot
    low, high = rng.choice(((0.0, 0.0), (0.18, -0.2), (0.0, 0.12), (-0.1, 0.1)))
    return left, foot + low * tall, right, head + high * tall


def quad(box: Box, program: str, rng: random.Random) -> list[float]:
    """Return the four points of a box in the order of a program, each off by a little."""
    left, foot, right, head = _height(box, rng)
    ul, ur, ll, lr = (left, head), (right, head), (left, foot), (right, foot)
    orders = {
        "Acrobat": [(ul, ur, ll, lr)],
        "Preview": [(ul, ur, ll, lr), (ll, lr, ur, ul)],
        "Okular": [(ll, lr, ul, ur)],
        "Firefox": [(ll, lr, ul, ur), (ul, ur, ll, lr)],
        "Xodo": [(ul, ur, ll, lr), (ll, lr, ul, ur), (ll, lr, ur, ul)],
    }
    digits = rng.choice((1, 2, 4))
    return [
        round(side + rng.uniform(-JITTER, JITTER), digits)
        for point in rng.choice(orders[program]) for side in point
    ]  # fmt: skip


class Marker:
    """Puts marks into a PDF."""

    def __init__(self, data: bytes, seed: int) -> None:
        self.pdf = Pdf.open(BytesIO(data))
        self.rng = random.Random(seed)
        self.truths: list[Truth] = []
        self.shared = 0
        """How many words there are that two pages share."""

    def put(self, word: Word, kind: str, program: str) -> None:
        """Put a mark on a word; on one that two pages share, a mark on each."""
        rng, number = self.rng, len(self.truths)
        nobody = program == "Firefox" or (program == "Preview" and rng.random() < 0.5)
        author = "" if nobody else f"{program} {number % 3}"
        date, created = rng.choice(DATES[program])
        said = f"zie {number}" if rng.random() < 0.6 else ""
        proposed = None
        if kind in ("Caret", "Replace"):
            proposed = "".join(rng.choice("abdefgklmnoprst") for _ in range(6))
            # No word that anybody knows: it is told apart by its blank.
            proposed = f" {proposed}" if kind == "Caret" else proposed
        if kind in PROPOSES:
            said = ""
        if kind == "StrikeOut":
            proposed = ""
        if kind in ("Text", "FreeText", "Ink"):
            said = f"hier {number}"
        # A selection over two pages becomes two marks; what has one point has one mark.
        at = slice(-1, None) if kind == "Caret" else slice(0, 1)
        parts = word.boxes[at if kind in ("Caret", "Text", "FreeText", "Ink") else slice(None)]
        rects = tuple(
            self._put(page, by_line(boxes), kind, program, author, said, proposed, date, word.text)
            for page, boxes in parts
        )
        made = NAMES[kind], program, parts[0][0] + 1, said, proposed, author, created, rects
        self.truths.append(Truth(word, *made))

    def _put(self, number: int, lines: list[Box], kind: str, program: str, author: str, said: str,
             proposed: str | None, date: str, words: str) -> Box:  # fmt: skip
        page, rng = self.pdf.pages[number], self.rng
        wide, tall = (rng.uniform(-0.8, 0.9) for _ in range(2)), rng.uniform(-1.0, 2.0)
        before, after = wide
        areas = [
            (left - before, foot - tall, right + after, head + tall)
            for left, foot, right, head in lines
        ]
        left, foot, right, head = lines[0]
        bounds = (min(one[0] for one in areas), min(one[1] for one in areas),
                  max(one[2] for one in areas), max(one[3] for one in areas))  # fmt: skip
        made: dict[str, Any] = {}
        if kind in ("Highlight", "Underline", "StrikeOut", "Squiggly", "Replace"):
            made["/QuadPoints"] = Array([side for one in areas for side in quad(one, program, rng)])
            rect = bounds
        elif kind == "Caret":
            end = self._end(lines[-1], words)
            rect = (end - 3.5, lines[-1][1] - 2.5, end + 3.5, lines[-1][1] + 4.5)
        elif kind == "Ink":
            middle = (foot + head) / 2
            xs = [left + (right - left) * step / 4 for step in range(5)]
            made["/InkList"] = Array(
                [Array([s for x in xs for s in (x, middle + rng.uniform(-1, 1))])]
            )
            rect = (left - 4, middle - 5, right + 4, middle + 5)
        elif kind == "Text":
            x, y = (left + right) / 2, (foot + head) / 2
            rect = (x - 10, y - 10, x + 10, y + 10)
        else:
            x, y = (left + right) / 2, (foot + head) / 2
            made["/DA"] = String("/Helv 10 Tf 0 g")
            # Words typed over the page begin at the word that they mean.
            rect = (left, foot - 1, left + 70, head + 1)
            if program == "Acrobat" and rng.random() < 0.6:
                rect = (x + 120, y + 60, x + 220, y + 80)
                made["/CL"] = Array([x, y, x + 100, y + 70, x + 120, y + 70])
                made["/IT"] = Name.FreeTextCallout
            elif program == "Acrobat":
                made["/IT"] = Name.FreeTextTypewriter
        subtype = {"Replace": "Caret"}.get(kind, kind)
        common: dict[str, Any] = {
            "/Type": Name.Annot, "/F": 4, "/C": Array([1, 0.82, 0]), "/P": page.obj,
            "/M": String(date), "/CreationDate": String(date),
            "/NM": String(f"{program}-{len(self.truths)}-{number}-{rng.random()}"),
        }  # fmt: skip
        if author:
            common["/T"] = String(author)
        if program == "Firefox":
            del common["/M"], common["/NM"]
        if program == "Preview":
            common["/AAPL:AKExtras"] = Dictionary({"/AAPL:AKPDFAnnotationDictionary": Dictionary()})
        if kind == "Replace":
            quads = made.pop("/QuadPoints")
            end, foot = self._end(lines[-1], words), lines[-1][1]
            caret = self._add(page, common | {"/Subtype": Name.Caret, "/IT": Name.Replace,
                "/Rect": Array([end - 3.5, foot - 2.5, end + 3.5, foot + 4.5]),
                "/Contents": String(proposed or "")})  # fmt: skip
            self._add(page, common | {"/Subtype": Name.StrikeOut, "/QuadPoints": quads,
                "/Rect": Array(rect), "/IRT": caret, "/RT": Name.Group,
                "/IT": Name.StrikeOutTextEdit, "/NM": String(f"s{rng.random()}")})  # fmt: skip
            return rect
        contents = proposed if kind == "Caret" else said
        copied = kind in ("Highlight", "Underline", "StrikeOut") and not contents
        if program == "Acrobat" and copied and rng.random() < 0.4:
            contents = words
        if contents or program in ("Okular", "Acrobat"):
            made["/Contents"] = String(contents or "")
        if contents and program in ("Acrobat", "Xodo"):
            body = f'<body xmlns="http://www.w3.org/1999/xhtml"><p>{escape(contents)}</p></body>'
            made["/RC"] = String(f'<?xml version="1.0"?>{body}')
        sides = [0, 0, rect[2] - rect[0], rect[3] - rect[1]]
        shown = self.pdf.make_stream(
            b"1 0.82 0 rg 0 0 5 5 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array(sides)
        )
        made["/AP"] = Dictionary(N=shown)
        own = self._add(page, common | made | {"/Subtype": Name(f"/{subtype}"),
            "/Rect": Array(rect)})  # fmt: skip
        if program == "Acrobat" or (program == "Preview" and kind == "Text"):
            popup = self._add(page, {"/Type": Name.Annot, "/Subtype": Name.Popup, "/Parent": own,
                                     "/Rect": Array([400, 400, 500, 500])})  # fmt: skip
            own.Popup = popup
        return rect

    @staticmethod
    def _end(line: Box, words: str) -> float:
        """Return where the words of a line end: on the left, where they are Hebrew."""
        return line[0] if bidirectional(words[-1]) == "R" else line[2]

    def _add(self, page: Any, values: dict[str, Any]) -> Any:
        one = self.pdf.make_indirect(Dictionary(values))
        if "/Annots" not in page.obj:
            page.obj.Annots = Array([])
        page.obj.Annots.append(one)
        return one

    def saved(self, path: Path) -> Path:
        self.pdf.save(path, static_id=True)
        return path


SPECIAL = {
    "notes": (r"\[\^\w+\]: [^\n]*", r"\.md$"),
    "captions": (r"caption = \"[^\"\n]*", r"captions"),
    "tables": (r"\n\|[^\n]*", r"\.md$"),
    "quotes": (r"::: ?pullquote[^\n]*\n[^:]*", r"\.md$"),
}
"""Where words stand that are not of the running text: what they are within, and in which files."""


def kinds_of_words(marker: Marker, sources: Mapping[str, str]) -> Counter[str]:
    """Return how many marks are on words of each kind, those that a text has and no mark is on."""
    counts = Counter({"divided": 0, "often": 0})
    counts.update({"over pages": 0} if marker.shared else {})
    spans = {
        kind: {
            name: [one.span() for one in re.finditer(within, text)]
            for name, text in sources.items() if re.search(files, name)
        }
        for kind, (within, files) in SPECIAL.items()
    }  # fmt: skip
    spans = {kind: texts for kind, texts in spans.items() if any(texts.values())}
    counts.update(dict.fromkeys(spans, 0))
    for one in marker.truths:
        word = one.word
        if len(word.boxes) > 1:
            counts["over pages"] += 1
        lines = max(len({round(box[1]) for box in boxes}) for _, boxes in word.boxes)
        counts["divided"] += lines > 1
        counts["often"] += word.often >= 20
        for kind, texts in spans.items():
            counts[kind] += any(low <= word.start < high for low, high in texts.get(word.file, ()))
    return counts


def marked(data: bytes, sources: Mapping[str, str], seed: int, count: int) -> Marker:
    """Return a PDF with so many marks of all kinds and programs, on words drawn at random.

    Up to 15 are on words that two pages share, one in five on a word that the book has twenty times
    or more, one in nine in a note, a caption, a table or a pull quote, and one in nine on a word
    that a line divides, where it has such.
    """
    words, marker = Words(data, sources), Marker(data, seed)
    rng, shared = random.Random(seed), list(words.over_pages())[:15]
    marker.shared = len(shared)
    divided = words.divided(rng, count // 9 + 1)
    special = [
        (within, files)
        for within, files in SPECIAL.values()
        if any(re.search(files, name) and re.search(within, text) for name, text in sources.items())
    ]
    taken: list[Word] = []
    turn = 0
    while len(marker.truths) < count:
        turn += 1
        if shared:
            word = shared.pop()
        elif turn % 5 == 1:
            word = words.drawn(rng, often=20)
        elif turn % 9 == 4 and divided:
            word = divided.pop()
        elif turn % 9 == 2 and special:
            within, files = special[turn // 9 % len(special)]
            try:
                word = words.drawn(rng, r"\w{4,}", within, files=files)
            except LookupError:
                # A quote repeats words of the text, a table has single words: none is there once.
                continue
        else:
            word = words.drawn(rng)
        if any(one.file == word.file and one.start < word.end + 3 and word.start - 3 < one.end
               for one in taken):  # fmt: skip
            continue
        taken.append(word)
        program = rng.choice(PROGRAMS)
        marker.put(word, rng.choice(KINDS[program]), program)
    return marker
