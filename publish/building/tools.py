"""What an edition is made with, as a bill of materials: CycloneDX 1.6 (ECMA-424), as JSON.

In: what is installed of the packages that requirements.txt locks, and the system's own that pages
are made with. Out: bytes, the same for the same tools, without any path of the machine.
"""

from __future__ import annotations

import json
import platform
import re
import uuid
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from publish import __version__
from publish.standing.toolchain import toolchain

LOCK = Path(__file__).parent.parent.parent / "requirements.txt"
_PIN = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:katern:tools")


def bill() -> bytes:
    """Return the bill of materials of this toolchain."""
    own = _component("application", "katern", __version__)
    own["hashes"] = [{"alg": "SHA-256", "content": toolchain()}]
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [*_packages(), *_of_the_system()],
    }
    serial = uuid.uuid5(_NAMESPACE, json.dumps(content, sort_keys=True)).urn
    written = json.dumps({**content, "serialNumber": serial}, indent=1, sort_keys=True)
    return written.encode("utf-8") + b"\n"


def _packages() -> Iterator[dict[str, Any]]:
    """Yield what is installed of the packages that are locked; some are for other systems alone."""
    for name in _PIN.findall(LOCK.read_text(encoding="utf-8") if LOCK.is_file() else ""):
        try:
            found = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        made = _component("library", name, found["Version"])
        made["purl"] = made["bom-ref"] = f"pkg:pypi/{name}@{found['Version']}"
        # One that is not there is None or a KeyError, as importlib_metadata has been loaded or not.
        if "License-Expression" in found:
            made["licenses"] = [{"expression": found["License-Expression"]}]
        yield made


def _of_the_system() -> Iterator[dict[str, Any]]:
    """Yield what no package of Python's brings, and the pages hang on."""
    from publish.engine.versions import harfbuzz_version, pango_version
    from publish.press.profiles import system_files

    yield _component("platform", platform.python_implementation(), platform.python_version())
    yield _component("library", "pango", pango_version())
    yield _component("library", "harfbuzz", harfbuzz_version())
    for path in system_files():
        made = _component("file", path.name, "")
        made["hashes"] = [{"alg": "SHA-256", "content": _sum(path)}]
        yield made
        break


def _sum(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def _component(kind: str, name: str, version: str) -> dict[str, Any]:
    made = {"type": kind, "name": name, "bom-ref": f"{name}@{version}"}
    return {**made, "version": version} if version else made
