"""Which layers of a PDF are not printed (ISO 32000-1, 8.11).

In: a PDF, and what content says of the layer that it is of. Out: the name of a layer that hides it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from pikepdf import Array, Dictionary, Name, Pdf


class Layers(Struct, frozen=True):
    """The layers that are not printed: their names by object."""

    off: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def hiding(self, content: Any) -> str:
        """Return the name of the layer for which content is not printed; "" where it is.

        `content` is what its `OC` says: a layer, or which of several it depends on (8.11.2.2).
        """
        if not self.off or not isinstance(content, Dictionary) or self._shows(content):
            return ""
        groups = [one for one in _groups(content) if one.objgen in self.off]
        return next((self.off[one.objgen] for one in groups), "?")

    def _shows(self, content: Any) -> bool:
        if content.get("/Type") != Name.OCMD:
            return content.objgen not in self.off
        if "/VE" in content:
            return self._holds(content.VE)
        shown = [one.objgen not in self.off for one in _groups(content)]
        match str(content.get("/P", "/AnyOn")):
            case "/AllOn":
                return all(shown)
            case "/AnyOff":
                return not all(shown) or not shown
            case "/AllOff":
                return not any(shown)
            case _:
                return any(shown) or not shown

    def _holds(self, said: Any) -> bool:
        """Tell whether an expression holds: a layer, or And, Or and Not of others."""
        if not isinstance(said, Array):
            return self._shows(said)
        parts = [self._holds(one) for one in list(said)[1:]]
        if said[0] == Name.Not:
            return not any(parts)
        return all(parts) if said[0] == Name.And else any(parts)


def _groups(content: Any) -> Iterator[Any]:
    """Yield the layers that content depends on."""
    if content.get("/Type") != Name.OCMD:
        yield content
        return
    found = content.get("/OCGs", Array())
    waiting = [*(found if isinstance(found, Array) else [found]), *content.get("/VE", ())]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, Array):
            waiting.extend(one)
        elif isinstance(one, Dictionary):
            yield one


def layers_of(pdf: Pdf) -> Layers:
    """Return the layers of a file as it opens, and as it says that they print (8.11.4)."""
    told = pdf.Root.get("/OCProperties", Dictionary())
    usual = told.get("/D", Dictionary())
    on, off = (_keys(usual.get(name, ())) for name in ("/ON", "/OFF"))
    printing = [one for one in usual.get("/AS", ()) if one.get("/Event") == Name.Print]
    led = {key for one in printing for key in _keys(one.get("/OCGs", ()))}
    found = {}
    for group in told.get("/OCGs", ()):
        key = group.objgen
        hidden = key in off or (usual.get("/BaseState") == Name.OFF and key not in on)
        state = group.get("/Usage", Dictionary()).get("/Print", Dictionary()).get("/PrintState")
        if state == Name.OFF or (key in led and state == Name.ON):
            hidden = state == Name.OFF
        if hidden:
            found[key] = str(group.get("/Name", "?"))
    return Layers(found)


def _keys(groups: Any) -> set[tuple[int, int]]:
    return {one.objgen for one in groups}
