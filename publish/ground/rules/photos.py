"""What can be wrong with the photos of a manuscript, their captions and their places (C)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from publish.ground.rules.model import Rule

PHOTOS: Mapping[str, Rule] = MappingProxyType(
    {
        "C301": Rule("error", "there is no photo “{name}” in captions.toml", "{nearest}"),
        "C302": Rule(
            "warning",
            "the photo “{name}” is never placed",
            "Place it with ![]({name}), or drop it.",
        ),
        "C303": Rule("error", "“{name}” has no caption", 'Write caption = "…".'),
        "C304": Rule(
            "warning",
            "“{name}” has no alt text",
            'Write alt = "…", what is to be seen; or decorative = true.',
            final="error",
        ),
        "C305": Rule("error", "“{name}” names no file", 'Write file = "…", or expected = true.'),
        "C306": Rule("error", "photos/{file} is not there", "{nearest}"),
        "C307": Rule(
            "warning",
            "“{name}” has not arrived yet, so a plate stands in its place",
            "Put the picture in photos/ and take expected = true out.",
            final="error",
        ),
        "C308": Rule(
            "warning", "photos/{file} has no caption", "Give it a table in captions.toml."
        ),
        "C309": Rule(
            "error",
            "photos/{file} is no picture that can be set: {reason}",
            "Ask for a whole copy of it, or save it anew as JPEG, PNG or SVG.",
        ),
        "C310": Rule(
            "error",
            "“{name}” is both decorative and has alt text",
            "Keep one of them: a decorative picture is passed over by a screen reader.",
        ),
        "C311": Rule(
            "error",
            "“{name}” prints at {ppi:.0f} ppi, {wide}",
            "Ask for a larger file: at least {pixels} pixels wide.",
            proof="warning",
        ),
        "C312": Rule(
            "warning",
            "“{name}” prints at {ppi:.0f} ppi, {wide}",
            "Ask for a larger file: {pixels} pixels wide print well.",
        ),
        "C313": Rule("error", "“{name}” is placed twice", "Place it once and refer to it."),
        "C314": Rule("error", "“{place}” is no place for a picture", "Expected: {expected}."),
        "C315": Rule("error", "the picture is shown without {what}", "{advice}"),
        "C316": Rule("warning", "the picture is shown without {what}", "{advice}"),
        "C317": Rule(
            "error",
            "“{words}” asks for {font}, not for a font of the book",
            'Write font-family="Katern Sans" or "Katern Serif", or make outlines of the letters.',
        ),
        "C318": Rule(
            "error",
            "photos/{file} is too large to be set: {width:,} × {height:,} pixels",
            "Scale it down to {most} million pixels or fewer; 400 to the inch of its printed width"
            " are all that a press shows. Or write more “pixels” in book.toml, under [limits].",
        ),
        "C319": Rule(
            "error",
            "“{words}” is lettering that is joined, pointed or read from right to left",
            "The printed editions set the letters of a drawing one by one, from left to right: make"
            " outlines of them.",
        ),
        "C320": Rule("error", "there is no {key}={value} for a picture", "{nearest}"),
        "C321": Rule("error", "{what} does not go with {other}", "{advice}"),
        "C322": Rule(
            "warning",
            "{share:.0%} of “{name}” are cut off at place={place}",
            "Take a picture of another shape, or give it another place.",
        ),
        "C323": Rule(
            "error",
            "“{name}” is to print in {ink}, and is a drawing in SVG",
            "Draw it in black and the red of the book, or take “ink” out.",
        ),
        "C324": Rule(
            "error",
            "the credits of the pictures are to stand in the colophon, and the book has none",
            'Add a chapter with role = "colophon", or take “credits” out.',
            setting="pictures.credits",
        ),
        "C326": Rule(
            "warning",
            "“{name}” stands amid words or in a table: as high as they are, without its caption",
            "Give it a paragraph of its own; a mere sign is decorative = true, has no caption, and"
            " is placed with ![words to be said]({name}).",
        ),
    }
)
