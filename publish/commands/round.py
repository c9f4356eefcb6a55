"""`katern round`: rounds of proofs, their notes and what became of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.commands.speaking import Verbs, here, takes_trust, tell, verb

STEPS = ("start", "close", "list")


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "round", run, "keep the rounds of proofs and their notes")
    parser.add_argument("step", choices=STEPS, metavar="STEP", help=", ".join(STEPS))
    parser.add_argument("book", type=Path, nargs="?", default=here(), metavar="BOOK",
                        help="the manuscript's folder (manuscript)")  # fmt: skip
    parser.add_argument("--number", type=int, default=0, metavar="N", help="the round (the last)")
    parser.add_argument("--marked", type=Path, nargs="+", default=[], metavar="PDF",
                        help="with close: the PDFs that came back")  # fmt: skip
    takes_trust(parser)


def run(options: argparse.Namespace) -> int:
    """Take the step; closing a round with open notes tells which, and ends with 1."""
    from publish.proofing.rounds import close, head, rounds, start, told

    if options.step == "list":
        known = rounds(options.book)
        print("\n".join(map(head, known)) or "no round was started yet")
        return 0
    if options.step == "start":
        made, problems = start(options.book)
        if made:
            print(f"made  {made.folder / 'proof.pdf'}")
        return tell(problems)
    known = rounds(options.book)
    number = options.number or (known[-1].number if known else 1)
    made, problems = close(options.book, number, options.marked)
    if made:
        print("\n".join(told(made, options.book)))
    return max(tell(problems), int(made is not None and made.count("open") > 0))
