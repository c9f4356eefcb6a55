"""Addresses: which of them can be none of any place.

In: an address with its scheme, percented (RFC 3986). Out: whether it has what its scheme asks for:
on the web a host that may be one, and a port that is a number (URL Standard, 3.1 and 4.4).
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

_BARRED = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^|]")
"""What no host has (URL Standard, forbidden domain code points)."""


def leads_nowhere(address: str) -> bool:
    """Tell whether there can be nothing at an address, whoever looks."""
    scheme, _, rest = address.partition(":")
    if scheme.lower() not in ("http", "https"):
        return not rest
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
        if "[" in parts.netloc:
            ipaddress.IPv6Address(host)
            return False
        if host.rpartition(".")[2].isdecimal():
            ipaddress.IPv4Address(host)
    except ValueError:
        return True
    labels = host.removesuffix(".").split(".")
    return bool(_BARRED.search(host)) or not all(map(_is_label, labels))


def _is_label(label: str) -> bool:
    """Tell whether a part of a host may be one; Punycode has letters that are in no other."""
    if not label.startswith("xn--"):
        return bool(label)
    try:
        letters = label[4:].encode().decode("punycode")
        return letters.isprintable() and not letters.isascii()
    except UnicodeError:
        return False
