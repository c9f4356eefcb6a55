"""`katern compare`: what is different between two editions or two manuscripts, word by word.

Exit status: 0 the same words and pictures, 1 others, 2 what cannot be compared.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from publish.commands.speaking import Verbs, progress, takes_trust, verb


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "compare", run, "tell what is different between two editions")
    parser.add_argument("old", type=Path, metavar="OLD", help="a PDF, an EPUB or a manuscript")
    parser.add_argument("new", type=Path, metavar="NEW", help="another of the same kind")
    parser.add_argument("--json", action="store_true", help="print the comparison as JSON")
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write both sides with the changes marked"
    )
    takes_trust(parser)


def run(options: argparse.Namespace) -> int:
    """Compare, and print what is different."""
    from publish.comparing import NotComparable, compared, document_of
    from publish.comparing.facing import page
    from publish.comparing.telling import lines, values
    from publish.ground.container import write_atomically

    try:
        with progress() as shown:
            shown(str(options.old))
            old = document_of(options.old)
            shown(str(options.new))
            new = document_of(options.new)
            found = compared(old, new)
            if options.html:
                shown(str(options.html))
                html = page(found, options.old, options.new)
                write_atomically(options.html, html.encode())
    except NotComparable as error:
        print(f"katern: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(values(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(found)))
    return 0 if found.same else 1
