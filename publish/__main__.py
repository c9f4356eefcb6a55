"""The command `katern`: one verb for each Make target. The only place that prints or exits.

Exit status: 0 fine, 1 problems in what was given, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from publish import __version__
from publish.filenames import FILES, IN_ALL, INKED
from publish.problems import Problem, has_errors, problem, weighed
from publish.report import as_json, as_text
from publish.standing import Built, standing

SHOPS = ("cb", "cb-onix", "google", "kobo")
PREFLIGHTS = ("x4", "office", "screen")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except KeyboardInterrupt:
        print("katern: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever reads has seen enough; nothing more is to be written there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _tell([problem("K701", None, reason=f"{place}{error.strerror}", advice=DISK)])
    return status


DISK = "Look at the folder's rights, and whether the disk is full."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="katern", description="Make an EPUB, a print PDF and a booklet of a manuscript."
    )
    parser.add_argument("--version", action="version", version=f"katern {__version__}")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    build = _verb(verbs, "build", _build, "make editions of a manuscript")
    _book(build)
    build.add_argument("--only", type=_editions, default=(), metavar="A,B", help=", ".join(FILES))
    build.add_argument(
        "--for", type=_shops, default=(), dest="shops", metavar="SHOP", help=", ".join(SHOPS)
    )
    build.add_argument(
        "--final", action="store_true", help="take nothing that only a draft may lack"
    )
    build.add_argument(
        "--separations", action="store_true",
        help="part the print pages and the sheets into their inks: a grey PDF each",
    )  # fmt: skip
    build.add_argument("--check", action="store_true", help="check what was made as well")

    check = _verb(verbs, "check", _check, "check a manuscript and the editions made of it")
    _book(check)
    check.add_argument("--final", action="store_true", help="check as for a final build")
    check.add_argument("--json", action="store_true", help="print the problems as JSON")

    explain = _verb(verbs, "explain", _explain, "tell why a line of the print edition is as it is")
    explain.add_argument(
        "book", type=Path, nargs="?", default=Path("manuscript"), metavar="BOOK",
        help="the manuscript's folder (manuscript)",
    )  # fmt: skip
    explain.add_argument("--page", type=int, required=True, metavar="N", help="the page, from 1")
    explain.add_argument("--line", type=int, required=True, metavar="N", help="its line, from 1")

    looked = _verb(verbs, "preflight", _preflight, "look at a PDF as a printer does")
    looked.add_argument("file", type=Path, metavar="FILE")
    looked.add_argument(
        "--profile", choices=PREFLIGHTS, default="x4",
        help="what it is for: a press (x4), an office printer, a screen",
    )  # fmt: skip
    looked.add_argument("--binding", choices=("saddle-stitch", "perfect"), default="")
    looked.add_argument("--json", action="store_true", help="print the findings as JSON")

    source = _verb(verbs, "import", _import, "make a manuscript of a raw text")
    source.add_argument("source", type=Path, metavar="SOURCE")
    source.add_argument("--to", type=Path, required=True, metavar="BOOK", help="folder to make")
    source.add_argument("--language", default="nl", metavar="TAG", help="its language (nl)")
    source.add_argument("--force", action="store_true", help="write into a folder that holds files")

    sheets = _verb(verbs, "sheets", _sheets, "tell which page lies where on the sheets")
    _book(sheets)

    new = _verb(verbs, "new", _new, "begin a manuscript")
    new.add_argument("folder", type=Path, metavar="DIR")

    clean = _verb(verbs, "clean", _clean, "remove what was built")
    clean.add_argument("out", type=Path, nargs="?", default=Path("dist"), metavar="DIR")
    return parser


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    what: str,
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=what, description=what.capitalize() + ".")
    parser.set_defaults(run=run)
    return parser


def _book(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "book", type=Path, nargs="?", default=_here(), metavar="BOOK",
        help="the manuscript's folder (manuscript, or this folder if it has a book.toml)",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, default=Path("dist"), metavar="DIR", help="where to write (dist)"
    )


def _here() -> Path:
    """Return the manuscript that is meant where none is named."""
    folder = Path("manuscript")
    own = Path("book.toml").is_file() and not (folder / "book.toml").is_file()
    return Path() if own else folder


def _editions(written: str) -> tuple[str, ...]:
    return _some(written, tuple(FILES))


def _some(written: str, known: Sequence[str]) -> tuple[str, ...]:
    names = tuple(name.strip() for name in written.split(",") if name.strip())
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"expected some of {', '.join(known)}")
    return tuple(name for name in known if name in names)


def _shops(written: str) -> tuple[str, ...]:
    return _some(written, SHOPS)


def _tell(problems: Sequence[Problem]) -> int:
    """Print problems; return the exit status that they call for."""
    if problems:
        print(as_text(problems, sys.stderr.isatty()), file=sys.stderr)
    return 1 if has_errors(problems) else 0


def _build(options: argparse.Namespace) -> int:
    names = options.only or IN_ALL
    if options.shops:
        from publish.delivering import deliver, wanted

        names = tuple(one for one in FILES if one in (*options.only, *wanted(options.shops)))
    if options.separations:
        from publish.parting import part

        asked = names if options.only or options.shops else INKED
        more = () if set(INKED) & set(asked) else INKED
        names = tuple(one for one in FILES if one in (*asked, *more))
    copies: list[Path] = []
    plates: list[Path] = []
    with _progress() as progress:
        built = _built(options, names, progress)
        problems = built.problems
        if options.shops and not has_errors(problems):
            copies, found = deliver(options.book, options.out, options.shops)
            problems = weighed([*problems, *found], options.final)
        if options.separations and not has_errors(problems):
            progress("separations")
            plates, found = part(options.book, options.out, [one for one in INKED if one in names])
            problems = weighed([*problems, *found], options.final)
        if options.check:
            from publish.checks import check

            # Also after an error, so that the report never tells of an earlier state.
            unbuilt = has_errors(problems)
            found = check(options.book, options.out, options.final, progress, names, unbuilt)
            problems = weighed([*problems, *found], options.final)
    status = _tell(problems)
    if sys.stdout.isatty():
        rows = [*(("made", file) for file in built.made), *(("kept", file) for file in built.kept)]
        rows += [("copied", file) for file in copies] + [("parted", file) for file in plates]
        if options.check:
            rows.append(("report", options.out / "report.html"))
        for what, file in rows:
            if file.is_file():
                print(f"{what:<6} {_size(file):>7}  {file}")
    return status


def _built(
    options: argparse.Namespace, names: Sequence[str], progress: Callable[[str], None]
) -> Built:
    """Build editions; where there is nothing to do, nothing that builds is loaded."""
    kept = standing(options.book, options.out, names, options.final)
    if kept:
        return kept
    from publish.build import build

    return build(options.book, options.out, names, options.final, progress)


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size / 1e3, 1):.0f} kB"


def _check(options: argparse.Namespace) -> int:
    from publish.checks import check

    with _progress() as progress:
        problems = check(options.book, options.out, options.final, progress)
    if options.json:
        print(as_json(problems))
        return 1 if has_errors(problems) else 0
    return _tell(problems)


def _explain(options: argparse.Namespace) -> int:
    from publish.explain import explain

    said, problems = explain(options.book, options.page, options.line)
    if said:
        print("\n".join(said))
    return _tell(problems)


def _preflight(options: argparse.Namespace) -> int:
    from publish.checks.preflight import NoPdf, as_problem, listed, no_pdf, preflight

    try:
        found = preflight(options.file, options.profile, options.binding)
    except NoPdf as error:
        return _tell([no_pdf(options.file, error)])
    if options.json:
        print(listed(found, options.file.name))
        return 1 if has_errors(as_problem(one, "") for one in found) else 0
    return _tell([as_problem(one, options.file.name) for one in found])


def _import(options: argparse.Namespace) -> int:
    from publish.importing import import_source

    problems, made = import_source(options.source, options.to, options.language, options.force)
    status = _tell(weighed(problems, final=False))
    if sys.stdout.isatty() and made:
        print(f"made  {options.to}, {len(made)} files")
    return status


def _sheets(options: argparse.Namespace) -> int:
    from publish.build import build
    from publish.imposed import sheets_of

    with _progress() as progress:
        built = build(options.book, options.out, ("print",), progress=progress)
        table, found = ("", []) if has_errors(built.problems) else sheets_of(built, options.book)
    status = _tell(weighed([*built.problems, *found], final=False))
    if table:
        print(table)
    return status


def _new(options: argparse.Namespace) -> int:
    from publish.beginning import FILES, begin

    status = _tell(begin(options.folder))
    if not status:
        for name in (*FILES, "photos/"):
            print(f"made  {options.folder / name}{'/' * name.endswith('/')}")
        print(f"Write in {options.folder / FILES[1]}, and make the book of it:")
        print(f"    katern build {shlex.quote(str(options.folder))}")
    return status


def _clean(options: argparse.Namespace) -> int:
    from publish.cleaning import clean

    clean(options.out)
    return 0


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being made; in a pipe show nothing."""
    if not sys.stderr.isatty():
        yield lambda what: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("katern") as status:
        yield lambda what: status.update(f"katern: {what} …")


if __name__ == "__main__":
    sys.exit(main())
