"""Signs as they are typed in a manuscript, and as they are set; those that mean more in a file.

In: words as a reviewer proposes them, or as they are written or printed. Out: the same in another
form.
"""

from __future__ import annotations

import html
import re

_TYPED = {
    **dict.fromkeys("‘’‚", "'"), **dict.fromkeys("“”„", '"'), "…": "...", "–": "--", "—": "---",
    "\u00a0": " ", "\u202f": " ",
}  # fmt: skip
"""What is typed for what the rules of a language set."""
_MEANS_MORE = re.compile(r"[\\`*_\[\]<>~^|{}#]|&(?=#?\w+;)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def typed(said: str, text: str) -> str:
    """Return proposed words as their text types them: curled signs only where it has such."""
    return "".join(char if char in text else _TYPED.get(char, char) for char in said)


def written(said: str) -> str:
    """Return words as they are written in Markdown, with nothing in them that means more there."""
    return _MEANS_MORE.sub(lambda sign: f"\\{sign[0]}", said)


def may_mean_more(said: str) -> bool:
    """Tell whether words have signs that mean more in Markdown, or in the string of a TOML file."""
    return '"' in said or _MEANS_MORE.search(said) is not None


def bare(words: str) -> str:
    """Return written or printed words in one form: signs as typed, blanks as one."""
    said = html.unescape(_ESCAPE.sub(r"\1", words)).replace("\u00ad", "")
    said = "".join(_TYPED.get(char, char) for char in said)
    return " ".join(re.sub("-+", "-", said).split())
