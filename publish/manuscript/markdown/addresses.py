"""Addresses that look like others: letters of two scripts, or such as cannot be seen.

In: the address of a link, as markdown-it has it (hosts in Punycode, RFC 3492; the rest percented).
Out: why it may not lead where it seems to; empty for none. A label of a host that mixes Latin with
letters which are drawn as Latin ones is never honest (UTS 39, 5.2), nor is one all of them, but
where the domain above it is of their script.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote, urlsplit

_ALIKE = {
    "Cyrl": "асԁеһіјӏорԛѕԝхуъьҽпгѵѡ",
    "Grek": "αικνορτυωγη",
}
"""Small letters that are taken for Latin ones (Chromium, `idn_spoof_checker.cc`)."""
_UNSEEN = ("Cf", "Cc", "Zl", "Zp")


def disguise(address: str) -> str:
    """Return what of an address deceives who reads it."""
    written = unquote(address)
    hidden = next((char for char in written if unicodedata.category(char) in _UNSEEN), "")
    if hidden:
        return f"the character U+{ord(hidden):04X} in it cannot be seen"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    labels = [_decoded(label) for label in host.split(".")]
    return next((reason for label in labels if (reason := _mixed(label, labels[-1]))), "")


def _decoded(label: str) -> str:
    try:
        return label[4:].encode().decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _mixed(label: str, top: str) -> str:
    """Return why a label of a host deceives; `top` is the last one."""
    if label.isascii():
        return ""
    from fontTools.unicodedata import script

    letters = {char: script(char) for char in label if char.isalpha()}
    for foreign, alike in _ALIKE.items():
        found = [char for char, one in letters.items() if one == foreign]
        if not found:
            continue
        shown = f"“{found[0]}” ({unicodedata.name(found[0]).title()})"
        if "Latn" in letters.values():
            return f"{shown} stands among Latin letters"
        if top.isascii() and all(char in alike for char in letters):
            return f"{shown} is drawn as a Latin letter"
    return ""
