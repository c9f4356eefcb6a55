"""The command `katern`. What it does is in `commands`, and is loaded where a stop is caught."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status.

    Without `arguments` it is the command that was typed, and does its work in a process of its own.
    """
    try:
        from publish.commands.line import run

        return run(arguments)
    except KeyboardInterrupt:
        print("katern: stopped", file=sys.stderr)
        return 130  # as shells have it: 128 + SIGINT


if __name__ == "__main__":
    sys.exit(main())
