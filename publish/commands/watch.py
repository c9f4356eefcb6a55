"""`katern watch`: a manuscript as it is edited, its pages and its e-book side by side."""

from __future__ import annotations

import argparse
import signal
import threading

from publish.commands.speaking import Verbs, takes_book, verb
from publish.ground.guard import where
from publish.ground.problems import Unmakeable, problem


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "watch", run, "show the pages and the e-book anew at each save")
    takes_book(parser)
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="the port to be asked at (a free one)"
    )


def run(options: argparse.Namespace) -> int:
    """Print the address of the page, and watch until it is ended."""
    from publish.ground.offline import serving
    from publish.watching.desk import Desk
    from publish.watching.saving import saved
    from publish.watching.serving import Server, Stage

    stage, ended = Stage(), threading.Event()
    signal.signal(signal.SIGXCPU, _too_long)
    desk = Desk(options.book, options.out, stage.show, options.trust)
    with serving(), Server(desk, stage, options.port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"Open {server.guard.address} (it is good once; Ctrl-C ends it)", flush=True)
        try:
            desk.open()
            for number, files in enumerate(saved(options.book, ended)):
                if files:
                    desk.saved(files)
                elif not number:
                    desk.look()
        finally:
            desk.close()
            server.shutdown()
    return 0


def _too_long(*_: object) -> None:
    """Leave a layout that takes too long; the next save may be sound."""
    raise Unmakeable(problem("K714", where()))


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) < 65536:
        raise argparse.ArgumentTypeError(f"“{text}” is no port: 1024 to 65535, or 0 for a free one")
    return int(text)
