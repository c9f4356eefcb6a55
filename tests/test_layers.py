"""The architecture: a module imports only what stands above it in one list."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent / "publish"

LAYERS = (
    "ground",
    "settings",
    "book",
    "manuscript",
    "fonts",
    "text",
    "sizes",
    "pictures",
    "paragraphs",
    "engine",
    "markup",
    "epub",
    "pages",
    "makeup",
    "prose",
    "press",
    "screen",
    "booklet",
    "cover",
    "trade",
    "standing",
    "proof",
    "building",
    "importing",
    "report",
    "checks",
    "proofing",
    "comparing",
    "watching",
    "catalogue",
    "commands",
    "__main__",
)
"""The rooms, each with what it is for in its `__init__.py`."""
ALONE = ("bootstrap",)
"""Runs on a bare Python, before anything is installed: imports nothing, and nothing imports it."""
WRAPPED = {
    "weasyprint": {
        *("engine.layout", "engine.casting", "engine.writing", "engine.optimum", "engine.versions"),
        *(f"engine.optimum.{name}" for name in ("heights", "lines", "pinned", "reading", "state")),
    },
    "pyphen": {"paragraphs.hyphenation"},
    "ebooklib": {"epub.package"},
    "tree_sitter": {"settings.toml"},
    "docx": {"importing.docx.package"},
    "hunspell": {"text.lexicon"},
    "stdnum": {"settings.values"},
    "uharfbuzz": {"fonts.files", "fonts.outlines", "fonts.subsets"},
    "watchfiles": {"watching.saving"},
    "distributed": {"catalogue.cluster", "catalogue.hands", "catalogue.setting", "catalogue.there"},
}
"""A dependency that one module alone imports, and gives the rest types of its own.

The layout engine has two doors: what asks it for pages, and the folder that changes how it breaks
lines.
"""


def modules() -> Iterator[tuple[str, Path]]:
    """Yield each module's dotted name below `publish` and its file."""
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if name != "__init__":
            yield name.removesuffix(".__init__"), path


def imported(path: Path) -> set[str]:
    """Return the dotted names of all that a file imports, wherever in it that stands."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def own(path: Path, known: set[str]) -> set[str]:
    """Return the modules below `publish` that a file imports."""
    return {name.removeprefix("publish.") for name in imported(path)} & known


def test_the_list_is_whole() -> None:
    tops = {name.split(".")[0] for name, _ in modules()}
    assert len(LAYERS) == len(set(LAYERS))
    assert tops == {*LAYERS, *ALONE}


def test_no_module_imports_one_below_it() -> None:
    known = {name for name, _ in modules()}
    upward = [
        f"{name} imports {other}"
        for name, path in modules()
        for other in sorted(own(path, known))
        if (top := name.split(".")[0]) not in ALONE
        and other.split(".")[0] != top
        and LAYERS.index(other.split(".")[0]) > LAYERS.index(top)
    ]
    assert upward == []


def test_the_one_that_stands_alone() -> None:
    known = {name for name, _ in modules()}
    for name, path in modules():
        if name in ALONE:
            assert own(path, known) == set()
            assert {one.split(".")[0] for one in imported(path)} <= {*sys.stdlib_module_names}
        else:
            assert not own(path, known) & set(ALONE)


def test_no_circle_within_a_folder() -> None:
    known = {name for name, _ in modules()}
    left = {
        # A folder stands for its __init__, which a module inside it may come before.
        name: {one for one in own(path, known) if not f"{name}.".startswith(f"{one}.")}
        for name, path in modules()
    }
    while left:
        ready = [name for name, needs in left.items() if not needs & left.keys()]
        assert ready, f"a circle among {sorted(left)}"
        for name in ready:
            del left[name]


def test_a_dependency_has_one_door() -> None:
    for package, doors in WRAPPED.items():
        users = {
            name
            for name, path in modules()
            if package in {one.split(".")[0] for one in imported(path)}
        }
        assert users == doors, package


def test_the_layout_engine_s_tree_has_one_reader() -> None:
    """What is private to the engine is named where boxes are read, and where they come about."""
    private = re.compile(r"\b(_page_box|position_[xy]|(margin|border)_height\(|content_box_[xy])")
    readers = {name for name, path in modules() if private.search(path.read_text(encoding="utf-8"))}
    assert {one.split(".")[0] for one in readers} == {"engine"}


HEAVY = {
    *("weasyprint", "ebooklib", "PIL", "lxml", "pikepdf", "pypdfium2", "fontTools"),
    *("markdown_it", "jinja2", "tree_sitter", "uharfbuzz", "watchfiles"),
    *("distributed", "dask", "msgspec"),
}
PRINTED = {
    *("weasyprint", "publish.pages.covers", "publish.paragraphs.manner"),
    *("publish.press.inks", "publish.press.profiles"),
}


def loaded(*arguments: str, among: Collection[str] = HEAVY) -> tuple[set[str], str]:
    """Return which packages among some a run of the command loads, and what it prints."""
    script = (
        "import sys\n"
        "from publish.__main__ import main\n"
        "try: status = main(sys.argv[1:])\n"
        "except SystemExit as end: status = end.code\n"
        "assert status == 0\n"
        f"print(*(set({sorted(among)}) & sys.modules.keys()), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split()) & set(among), done.stdout


def test_help_is_quick_because_it_loads_nothing_heavy() -> None:
    heavy, said = loaded("--help")
    assert heavy == set()
    for verb in ("build", "check", "preflight", "import", "new", "clean"):
        assert f"    {verb}" in said


def test_a_build_with_nothing_to_do_loads_nothing_heavy(tmp_path: Path) -> None:
    book = str(ROOT.parent / "tests" / "books" / "minimal")
    build = ("build", book, "--out", str(tmp_path), "--only", "cover")
    assert loaded(*build)[0] >= {"weasyprint", "PIL", "markdown_it"}
    assert loaded(*build)[0] == set()


def test_an_ebook_loads_nothing_of_printed_pages(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(ROOT.parent / "tests" / "books" / "minimal", book)
    with (book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write("[epub]\npage-list = false\n")
    build = ("build", str(book), "--out", str(tmp_path / "out"), "--only", "epub")
    # The first one draws a cover, which is kept.
    assert loaded(*build, among=PRINTED)[0] >= {"weasyprint"}
    with (book / "01-begin.md").open("a", encoding="utf-8") as chapter:
        chapter.write("\nNog een zin.\n")
    assert loaded(*build, among=PRINTED)[0] == set()
