"""In which language a source is that does not say it.

In: its text. Out: a language tag, and a note for the editor where it is not Dutch beyond doubt. The
small words of a text (articles, prepositions) tell its language, as far as there is a row for it;
of other scripts the script does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from publish.importing.languages import LANGUAGES
from publish.importing.model import Note

USUAL = "nl"
TELLING = 0.08
"""So many of a text's words are the small ones of its language, at least."""
LOOKED_AT = 20_000
"""So many characters tell it."""
SCRIPTS: Mapping[str, str] = MappingProxyType(
    {"HEBREW": "he", "ARABIC": "ar", "GREEK": "el", "CYRILLIC": "ru", "ARMENIAN": "hy"}
)
"""The language that most text in a script is in."""
_WORD = re.compile(r"[^\W\d_]+")


def guess(text: str) -> tuple[str, tuple[Note, ...]]:
    """Return the language that a text is most likely in, and what the editor is told of it."""
    words = Counter(_WORD.findall(text[:LOOKED_AT].casefold()))
    hits = {tag: sum(words[word] for word in one.small) for tag, one in LANGUAGES.items()}
    tag, most = max(hits.items(), key=lambda one: one[1])
    if most < TELLING * words.total() or not most:
        tag, why = _by_script(words), "its letters tell it"
    elif tag == USUAL:
        return USUAL, ()
    else:
        why = f"{most} of {words.total():,} words are small words of it"
    if not tag:
        tag, why = USUAL, "nothing tells it"
    return tag, (Note(1, "no-language", f"no language is given; it is taken for {tag}: {why}"),)


def _by_script(words: Counter[str]) -> str:
    """Return the language that most words' first letters speak for; "" for Latin ones."""
    count: Counter[str] = Counter()
    for word, times in words.items():
        count[unicodedata.name(word[0], "").partition(" ")[0]] += times
    return SCRIPTS.get(count.most_common(1)[0][0], "") if count else ""
