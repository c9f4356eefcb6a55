"""What an imported book says of its pages."""

import tomllib

from publish.importing import import_text

SENTENCE = "De molen draait al jaren niet meer, en toch komt er elke zondag iemand kijken. "


def printed(sentences: int) -> dict[str, str]:
    chapters = [f"{head}\n\n{SENTENCE * sentences}\n" for head in ("De molen", "De sluis")]
    made = import_text("Aan het water\n\n" + "\n".join(chapters), "water.txt", "nl")
    return tomllib.loads(made.files["book.toml"]).get("print", {})


def test_short_chapters_share_pages():
    assert printed(10) == {"chapters": "run-on"}


def test_long_chapters_begin_on_pages_of_their_own():
    assert printed(100) == {}
