"""Pages that a person opens, judged in Chromium."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from publish.checks.ace import tools

MODULES = Path(sys.prefix) / "node" / "node_modules"
SCRIPTS = Path(__file__).parent


def run(script: str, *given: object) -> object:
    """Return what a script says of pages."""
    command = [tools().node, SCRIPTS / script, MODULES, tools().browser, *given]
    done = subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(done.stdout)


def faults(*pages: Path) -> object:
    """Return what axe finds on pages, in light and in dark, and what they ask of the network."""
    return run("axe.mjs", *pages)
