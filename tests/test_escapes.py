"""Nothing that a manuscript says reaches a file outside its folder, or the network.

Each way out is tried with canaries of its own; a way that is refused gives a problem, one that is
ignored leaves no trace of what the canary holds in any edition.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from canary import Canaries, canaries
from PIL import Image

from publish.building.build import build
from publish.building.cleaning import clean
from publish.commands.line import run
from publish.ground import seal
from publish.ground.offline import Offline, offline, reaching
from publish.ground.problems import has_errors
from publish.ground.root import BookRoot, Outside, trusting
from publish.proof import repository
from publish.proof.earlier import earlier
from publish.standing.current import Built

ROOT = Path(__file__).parent.parent
BASE = ROOT / "tests" / "cases" / "base"
SECRET = "geheimschrift"
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 40 40">'
)
DOT = '<circle cx="9" cy="9" r="8"/>'

# What may stand in a drawing; PATH, FILE and URL stand for a canary.
DRAWN = {
    "image by path": '<image href="PATH" width="9" height="9"/>',
    "image by address of a file": '<image xlink:href="FILE" width="9" height="9"/>',
    "image from the network": '<image href="URL/a.png" width="9" height="9"/>',
    "image above the folder": '<image href="../../outside/secret.png" width="9" height="9"/>',
    "image in percents": '<image href="..%2F..%2Foutside%2Fsecret.png" width="9" height="9"/>',
    "image under a base": '<g xml:base="FILE"><image href="" width="9" height="9"/></g>',
    "image of a page": '<image href="data:text/html,&lt;img src=URL&gt;" width="9" height="9"/>',
    "image within an image": "<image href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/"
    "2000/svg'%3E%3Cimage href='URL'/%3E%3C/svg%3E\" width='9' height='9'/>",
    "use of a file": '<use href="FILE#a"/>',
    "use from the network": '<use xlink:href="URL/a.svg#a"/>',
    "script by address": '<script href="URL/a.js"/>',
    "script": "<script>fetch('URL')</script>",
    "event": "<g onload=\"fetch('URL')\"/>",
    "frame": '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="FILE"/>'
    "</foreignObject>",
    "picture of a page": '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="URL"/>'
    "</foreignObject>",
    "import of style": "<style>@import url('FILE');</style>",
    "import of style by name": "<style>@import 'URL/a.css';</style>",
    "import in capitals": "<style>@IMPORT URL(FILE);</style>",
    "import behind a comment": "<style>@im/**/port url(URL); @import/**/url(URL);</style>",
    "escaped address": "<style>rect { fill: u\\72l('FILE') }</style><rect width='9' height='9'/>",
    "fill": '<rect width="9" height="9" fill="url(FILE#a)"/>',
    "fill in a style": '<rect width="9" height="9" style="fill: url(URL#a)"/>',
    "set of images": "<rect width='9' height='9' style=\"background: image-set('URL' 1x)\"/>",
    "filter": '<rect width="9" height="9" filter="url(URL/a.svg#a)"/>',
    "image in a filter": '<filter id="f"><feImage href="FILE"/></filter>'
    '<rect width="9" height="9" filter="url(#f)"/>',
    "mask": '<rect width="9" height="9" mask="url(FILE#a)"/>',
    "marker": '<path d="M0 0h9" marker-end="url(URL#a)"/>',
    "cursor": '<rect width="9" height="9" cursor="url(URL)"/>',
    "font": "<style>@font-face { font-family: a; src: url(FILE) }</style>",
    "font by its local name": "<style>@font-face { font-family: a; src: url(URL) }</style>",
    "gradient": '<linearGradient id="l" href="FILE#a"/><rect width="9" height="9" fill="url(#l)"/>',
    "text on a path": '<text><textPath href="FILE#a">.</textPath></text>',
    "link": '<a href="FILE"><rect width="9" height="9"/></a>',
    "animation": '<image href="data:," width="9" height="9"><set attributeName="href" to="URL"/>'
    "</image>",
    "inclusion": '<include xmlns="http://www.w3.org/2001/XInclude" href="FILE" parse="text"/>',
    "sheet": '<?xml-stylesheet href="URL/a.css"?>',
}
# What may stand before a drawing.
PREFACED = {
    "type from the network": '<!DOCTYPE svg SYSTEM "URL/a.dtd">',
    "type of a file": '<!DOCTYPE svg SYSTEM "FILE">',
    "entity of a file": '<!DOCTYPE svg [<!ENTITY a SYSTEM "FILE">]>',
    "entity from the network": '<!DOCTYPE svg [<!ENTITY a SYSTEM "URL">]>',
    "parameter entity": '<!DOCTYPE svg [<!ENTITY % a SYSTEM "FILE"> %a;]>',
}
# What may stand in a chapter.
WRITTEN = {
    "picture by path": "![](PATH)",
    "picture above the folder": "![](../outside/secret.png)",
    "picture by address": "![](FILE)",
    "picture from the network": "![](URL/a.png)",
    "picture of a page": "![](data:text/html,URL)",
    "link to a file": "[dijk](FILE)",
    "link to a script": "[dijk](javascript:fetch%28'URL'%29)",
    "style of a span": "[dijk]{style=\"background: url('FILE')\"}",
    "image": '<p><img src="FILE"></p>',
    "image in a set": '<p><img srcset="URL 1x"></p>',
    "frame": '<iframe src="FILE"></iframe>',
    "object": '<object data="FILE"></object>',
    "embedded": '<embed src="URL">',
    "film": '<video src="URL" poster="FILE"></video>',
    "sheet": '<link rel="stylesheet" href="FILE">',
    "attachment": '<link rel="attachment" href="FILE">',
    "attachment in the text": '<p><a rel="attachment" href="FILE">dijk</a></p>',
    "base": '<base href="URL/">',
    "script": '<script src="URL"></script>',
    "refresh": '<meta http-equiv="refresh" content="0; url=URL">',
    "style": "<style>@import url(FILE);</style>",
    "style of an element": "<p style=\"background: url('FILE')\">dijk</p>",
    "ground": '<table background="FILE"><tr><td>dijk</td></tr></table>',
    "drawing": '<svg><image href="FILE"/></svg>',
    "form": '<form action="URL"><input type="image" src="FILE"></form>',
    "template": "{{ cycler.__init__.__globals__.os.popen('cat PATH').read() }}",
    "directive": '{% include "PATH" %}',
}
# What may stand in book.toml, and in captions.toml.
SET = {
    "profile above the folder": '[print]\nprofile = "../../outside/secret.icc"\ncondition = "X"',
    "profile by path": '[print]\nprofile = "PATH"\ncondition = "X"',
    "font above the folder": '[fonts]\nfiles = ["../../outside/secret.otf"]',
    "font by path": '[fonts]\nfiles = ["PATH"]',
    "chapter above the folder": 'running-order = ["01-dijk.md", "../outside/secret.md"]',
    "chapter by path": 'running-order = ["01-dijk.md", "PATH"]',
    "cover": '[cover]\nphoto = "../outside/secret"',
    "name above the folder": 'slug = "../outside/secret"',
    "name by path": 'slug = "PATH"',
    "template": "subtitle = \"{{ ''.__class__.__mro__ }}\"",
}
CAPTIONED = {
    "above the folder": "../../outside/secret.png",
    "by path": "PATH",
    "by address": "FILE",
    "from the network": "URL/a.png",
    "in percents": "..%2F..%2Foutside%2Fsecret.png",
    "with a backslash": "..\\\\..\\\\outside\\\\secret.png",
}
# What a thing in the folder may be a link to.
LINKED = {
    "02-uit.md": "secret.md",
    "photos/stip.svg": "secret.svg",
    "photos": "photos",
    "fonts": "fonts",
    "captions.toml": "secret.toml",
    "book.toml": "secret.toml",
}


@pytest.fixture
def watch() -> Iterator[Canaries]:
    with canaries() as kept:
        yield kept


@pytest.fixture
def book(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "book")
    return tmp_path / "book"


@pytest.fixture
def outside(tmp_path: Path, watch: Canaries) -> Path:
    """Return a folder of files that nobody may open."""
    folder = tmp_path / "outside"
    for place in (folder / "photos", folder / "fonts"):
        place.mkdir(parents=True)
        (place / "stip.svg").write_text(f"{HEAD}<text>{SECRET}</text></svg>")
    shutil.copy(folder / "photos" / "stip.svg", folder / "secret.svg")
    Image.new("RGB", (40, 40), "red").save(folder / "secret.png", dpi=(300, 300))
    (folder / "secret.md").write_text(f"# {SECRET}\n\n{SECRET}\n")
    (folder / "secret.toml").write_text(f'title = "{SECRET}"\n')
    for name in ("secret.icc", "secret.otf", "secret"):
        (folder / name).write_text(SECRET)
    watch.watch(*(one for one in folder.rglob("*") if one.is_file()))
    return folder


def filled(template: str, outside: Path, watch: Canaries, secret: str = "secret.png") -> str:
    path = outside / secret
    return template.replace("PATH", str(path)).replace("FILE", path.as_uri()).replace(
        "URL", watch.url
    )  # fmt: skip


def built(book: Path) -> Built:
    with offline():
        return build(book, book.parent / "out", ("epub", "print"))


def assert_kept_in(done: Built, book: Path, watch: Canaries) -> None:
    """Assert that no canary was touched, and that no edition holds what they know."""
    assert watch.touched() == []
    outputs = sorted(one for one in (book.parent / "out").glob("*.*") if one.is_file())
    assert len(outputs) == (0 if has_errors(done.problems) else 2)
    for file in outputs:
        if file.suffix == ".epub":
            with zipfile.ZipFile(file) as archive:
                held = [archive.read(name) for name in archive.namelist()]
        else:
            with pikepdf.open(file) as pdf:
                assert not pdf.attachments
                held = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)
                        and one.get("/Subtype") != "/Image"]  # fmt: skip
        assert not any(SECRET.encode() in one for one in held)
        assert not any(watch.url.encode() in one or b"file:" in one for one in held)


def test_a_canary_is_seen_when_it_is_touched(outside: Path, watch: Canaries) -> None:
    assert watch.touched() == []
    (outside / "secret.md").read_bytes()
    assert watch.touched() == ["secret.md"]
    host, port = watch.listener.getsockname()
    socket.create_connection((host, port)).close()
    assert watch.touched() == [watch.url]


@pytest.mark.parametrize("way", DRAWN)
def test_a_drawing(way: str, book: Path, outside: Path, watch: Canaries) -> None:
    inside = filled(DRAWN[way], outside, watch)
    (book / "photos" / "stip.svg").write_text(f"{HEAD}{DOT}{inside}</svg>", encoding="utf-8")
    assert_kept_in(built(book), book, watch)


@pytest.mark.parametrize("way", PREFACED)
def test_what_stands_before_a_drawing(way: str, book: Path, outside: Path, watch: Canaries) -> None:
    before = filled(PREFACED[way], outside, watch, "secret.md")
    (book / "photos" / "stip.svg").write_text(f"{before}{HEAD}{DOT}<text>&a;</text></svg>")
    assert_kept_in(built(book), book, watch)


@pytest.mark.parametrize("way", WRITTEN)
def test_a_chapter(way: str, book: Path, outside: Path, watch: Canaries) -> None:
    with (book / "book.toml").open("a") as file:
        file.write("allow-html = true\n")
    with (book / "01-dijk.md").open("a") as file:
        file.write(f"\n{filled(WRITTEN[way], outside, watch)}\n")
    assert_kept_in(built(book), book, watch)


@pytest.mark.parametrize("way", SET)
def test_the_settings(way: str, book: Path, outside: Path, watch: Canaries) -> None:
    before = sorted(outside.iterdir())
    with (book / "book.toml").open("a") as file:
        file.write(f"{filled(SET[way], outside, watch, 'secret')}\n")
    assert_kept_in(built(book), book, watch)
    assert {one.name for one in book.parent.iterdir()} <= {"book", "out", "outside"}
    assert sorted(outside.iterdir()) == before


@pytest.mark.parametrize("way", CAPTIONED)
def test_the_file_of_a_picture(way: str, book: Path, outside: Path, watch: Canaries) -> None:
    captions = book / "captions.toml"
    name = filled(CAPTIONED[way], outside, watch)
    captions.write_text(captions.read_text().replace("stip.svg", name))
    assert_kept_in(built(book), book, watch)


@pytest.mark.parametrize("name", LINKED)
def test_a_link(name: str, book: Path, outside: Path, watch: Canaries) -> None:
    target = book / name
    if target.is_dir():
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    target.symlink_to(outside / LINKED[name])
    done = built(book)
    assert_kept_in(done, book, watch)
    assert f"{name} is not read: it is a link that leads out of the book's folder" in {
        one.message for one in done.problems
    }
    with trusting():
        assert "T103" not in {one.code for one in built(book).problems}


def test_a_link_within_the_book_is_followed(book: Path) -> None:
    (book / "photos" / "stip.svg").rename(book / "photos" / "punt.svg")
    (book / "photos" / "stip.svg").symlink_to("punt.svg")
    assert {one.code for one in built(book).problems} == {"C308"}


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("02-pijp.md", os.mkfifo, "02-pijp.md is not read: it is no file but a pipe"),
        ("captions.toml", os.mkfifo, "captions.toml is not read: it is no file but a pipe"),
        ("photos/stip.svg", os.mkfifo, "photos/stip.svg is not read: it is no file but a pipe"),
        ("02-nul.md", lambda path: path.symlink_to("/dev/zero"), "02-nul.md is not read: it is"),
        ("02-rond.md", lambda path: path.symlink_to(path), "02-rond.md is not read: it is"),
    ],
)  # fmt: skip
def test_what_is_no_file_is_not_read(name: str, make: object, said: str, book: Path) -> None:
    (book / name).unlink(missing_ok=True)
    make(book / name)  # type: ignore[operator]
    told = [one.message for one in built(book).problems if one.code == "T103"]
    assert len(told) == 1
    assert told[0].startswith(said)


@pytest.mark.parametrize(
    "names", [("..", "x"), ("/etc/passwd",), ("photos", "../../x"), ("a/../../x",)]
)
def test_no_name_leads_out_of_the_folder(names: tuple[str, ...], book: Path) -> None:
    with pytest.raises(Outside, match="leads out of the book's folder"):
        BookRoot(book, trusted=True).path(*names)
    assert not BookRoot(book).has(*names)


def test_the_network_is_refused_while_a_command_runs(watch: Canaries) -> None:
    address = watch.listener.getsockname()
    with offline(), pytest.raises(Offline, match="nothing is fetched from the network"):
        socket.create_connection(address)
    with offline(), pytest.raises(Offline):
        socket.getaddrinfo("localhost", 80)
    assert watch.touched() == []
    # But for a cluster that was named.
    with offline(), reaching():
        socket.create_connection(address).close()
    assert watch.touched() == [watch.url]


def test_git_runs_nothing_that_a_book_s_own_folder_tells_it_to(tmp_path: Path, book: Path) -> None:
    ran = tmp_path / "ran"
    git = ("git", "-C", str(book), "-c", "user.name=x", "-c", "user.email=x@example.org")
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "first")):
        subprocess.run([*git, *command], check=True)
    (book / ".gitattributes").write_text("*.md diff=own\n*.toml diff=own\n")
    tool = f"sh -c 'touch {ran}; cat \"$1\"' -"
    for key in ("diff.own.textconv", "core.fsmonitor", "core.pager", "diff.external"):
        subprocess.run([*git, "config", key, tool], check=True)
    texts, problems = earlier(book, "HEAD")
    assert problems == [] and set(texts) == {"01-dijk.md", "book.toml", "captions.toml"}
    assert not ran.exists()


GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")


def committed(folder: Path) -> str:
    """Make a repository of a folder; return its commit."""
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "first")):
        subprocess.run([*GIT, "-C", folder, *command], check=True)
    told = subprocess.run(
        [*GIT, "-C", folder, "rev-parse", "HEAD"], check=True, capture_output=True
    )
    return told.stdout.decode().strip()


def _is_a_file(git: Path, other: Path, commit: str) -> None:
    git.write_text(f"gitdir: {other}")


def _is_a_link(git: Path, other: Path, commit: str) -> None:
    git.symlink_to(other)


def _has_alternates(git: Path, other: Path, commit: str) -> None:
    subprocess.run([*GIT, "init", "-q", git.parent], check=True)
    (git / "objects" / "info" / "alternates").write_text(f"{other / 'objects'}\n")
    (git / "HEAD").write_text(commit)


def _has_a_common_folder(git: Path, other: Path, commit: str) -> None:
    subprocess.run([*GIT, "init", "-q", git.parent], check=True)
    (git / "commondir").write_text(str(other))


def _has_objects_elsewhere(git: Path, other: Path, commit: str) -> None:
    subprocess.run([*GIT, "init", "-q", git.parent], check=True)
    shutil.rmtree(git / "objects")
    (git / "objects").symlink_to(other / "objects")
    (git / "HEAD").write_text(commit)


LED = {
    "": _is_a_file,
    "/": _is_a_link,
    "/objects/info/alternates": _has_alternates,
    "/commondir": _has_a_common_folder,
    "/objects": _has_objects_elsewhere,
}
"""The ways in which a repository may show another one, by what is told of in its folder."""


@pytest.mark.parametrize("way", LED)
def test_a_repository_shows_no_other(way: str, book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(book, other)
    with (other / "01-dijk.md").open("a") as file:
        file.write(f"\n{SECRET}\n")
    LED[way](book / ".git", other / ".git", committed(other))
    texts, (told,) = earlier(book, "HEAD")
    assert (texts, told.code) == ({}, "K701")
    assert told.message.startswith(f"{book / '.git'}{way.rstrip('/')} is not read: it ")
    assert "--trust" in told.hint
    with trusting():
        assert SECRET in earlier(book, "HEAD")[0]["01-dijk.md"]


@pytest.mark.parametrize(
    "written", ["[include]\n\tpath = q", '[core][includeIf "gitdir:/"] path=q', "[a]\npromisor=1"]
)
def test_a_repository_has_git_read_nothing_else(written: str, book: Path) -> None:
    committed(book)
    config = book / ".git" / "config"
    config.write_text(f"{config.read_text()}\n{written}\n")
    texts, (told,) = earlier(book, "HEAD")
    assert texts == {}
    assert told.message.startswith(f"{config} is not read: by “")


def test_what_is_no_file_in_a_repository_is_not_opened(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(book)
    (book / ".git" / "HEAD").unlink()
    os.mkfifo(book / ".git" / "HEAD")
    texts, (told,) = earlier(book, "HEAD")
    assert texts == {}
    assert told.message.startswith(f"{book / '.git' / 'HEAD'} is not read: it is no file but")
    monkeypatch.setattr(repository, "SECONDS", 1)
    with trusting():
        texts, (told,) = earlier(book, "HEAD")
    assert texts == {}
    assert told.message == f"git took more than 1 seconds over the repository of {book}"


def test_git_looks_in_one_place_alone(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder that was looked at: not the book's own as a bare one, nor one that is named."""
    other = tmp_path / "other"
    shutil.copytree(book, other)
    committed(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert earlier(book, "HEAD")[0] == {}
    monkeypatch.delenv("GIT_DIR")
    for one in ("HEAD", "config", "objects", "refs"):
        (book / one).symlink_to(other / ".git" / one)
    assert earlier(book, "master")[0] == {}
    # A folder of a repository is a book like any other.
    within = other / "boeken" / "dijk"
    shutil.copytree(BASE, within)
    for command in (("add", "."), ("commit", "-qm", "second")):
        subprocess.run([*GIT, "-C", other, *command], check=True)
    assert set(earlier(within, "HEAD")[0]) == {"01-dijk.md", "book.toml", "captions.toml"}


def test_what_a_repository_lacks_is_not_fetched(tmp_path: Path, book: Path) -> None:
    commit, ran, git = committed(book), tmp_path / "ran", book / ".git"
    blob = subprocess.run(
        [*GIT, "-C", book, "rev-parse", "HEAD:01-dijk.md"], check=True, capture_output=True
    ).stdout.decode().strip()  # fmt: skip
    (git / "objects" / blob[:2] / blob[2:]).unlink()
    for key, value in {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "x",
        "remote.x.promisor": "true",
        "remote.x.url": str(book),
        "remote.x.uploadpack": f"touch {ran};",
        "protocol.allow": "always",
    }.items():
        subprocess.run([*GIT, "-C", book, "config", key, value], check=True)
    for trusted in (False, True):
        with trusting(trusted):
            assert earlier(book, commit)[0] == {}
        assert not ran.exists()


def test_no_earlier_state_is_looked_for_outside_the_book(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(book, other)
    (book / "HEAD").symlink_to(other)
    texts, (told,) = earlier(book, "HEAD")
    assert (texts, told.code) == ({}, "T103")
    assert earlier(book, str(other))[0]
    with trusting():
        assert earlier(book, "HEAD")[0]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def _device(path: Path) -> None:
    path.symlink_to("/dev/null")


NAMED = {
    "import": ("import", "IT.pdf", "--to", "OUT"),
    "import of answers": ("import", "BOOK/01-dijk.md", "--to", "OUT", "--answers", "IT.pdf"),
    "notes": ("notes", "IT.pdf", "BOOK"),
    "preflight": ("preflight", "IT.pdf"),
    "compare": ("compare", "IT.pdf", "BOOK"),
    "compare of e-books": ("compare", "BOOK", "IT.epub"),
    "compare of no kind": ("compare", "BOOK", "IT"),
    "verify": ("verify", "IT-release.json/.."),
    "catalogue": ("catalogue", "build", "IT.toml"),
    "proof": ("build", "BOOK", "--since", "IT.pdf", "--out", "OUT"),
}
"""What is named on the command line, by the verb that reads it."""


@pytest.fixture
def patience() -> Iterator[None]:
    """Fail a test that waits for what never comes."""

    def late(*_: object) -> None:
        pytest.fail("it waits for ever")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("make", [_pipe, _socket, _device], ids=lambda one: one.__name__[1:])
@pytest.mark.parametrize("way", NAMED)
def test_what_is_named_is_a_plain_file_or_refused(
    way: str,
    make: Callable[[Path], None],
    book: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "v"
    folder.mkdir()
    places = {"IT": folder / "x", "BOOK": book, "OUT": tmp_path / "out"}
    words = list(NAMED[way])
    for name, place in places.items():
        words = [one.replace(name, str(place)) for one in words]
    make(next(Path(one.removesuffix("/..")) for one in words if one.startswith(str(folder))))
    ended = run([str(folder) if one.endswith("/..") else one for one in words])
    assert ended == (2 if "compare" in way else 1)
    kind = f"no file but a {make.__name__[1:]}"
    told = {"verify": "is no record of a release", "proof": "no earlier state"}
    assert told.get(way, kind) in capsys.readouterr().err


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("make", [_pipe, _device], ids=lambda one: one.__name__[1:])
def test_a_record_is_a_plain_file_or_none(
    make: Callable[[Path], None], book: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    first = build(book, out, ("epub",))
    records = out / ".katern"
    for one in [path for path in records.rglob("*") if path.is_file()]:
        one.unlink()
        make(one)
    make(records / "0123456789abcdef.json")
    again = build(book, out, ("epub",))
    assert (again.problems, [one.name for one in again.made]) == (
        first.problems,
        [one.name for one in first.made],
    )
    clean(out)
    assert [one for one in out.rglob("*") if one.suffix == ".epub"] == []


@pytest.mark.parametrize("way", ["rounds", "rounds/1", "rounds/1/notes.json", "rounds/1/proof.pdf"])
def test_the_rounds_of_a_book_are_in_it(
    way: str, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "other" / way
    (target.parent if target.suffix else target).mkdir(parents=True)
    if target.suffix:
        target.write_text(SECRET)
    link = book / way
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)
    for step in ("start", "list", "close"):
        assert run(["round", step, str(book)]) == 1
        told = capsys.readouterr().err
        assert "is not read: it is a link that leads out of the book's folder" in told
        assert SECRET not in told
    there = sorted((tmp_path / "other").rglob("*"))
    assert [one for one in there if one.is_file()] == ([target] if target.suffix else [])
    if way == "rounds":
        assert run(["round", "start", str(book), "--trust"]) == 0
        assert (target / "1" / "proof.pdf").is_file()


def _files(folder: Path) -> dict[str, bytes]:
    there = sorted(one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in there}


@pytest.mark.parametrize("depth", ["all", "one book's", "a part"])
def test_what_a_build_keeps_is_kept_in_its_folder(depth: str, book: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    build(book, other, ("print",))
    (shelf,) = [one for one in (other / ".katern").iterdir() if one.is_dir()]
    target = {"all": shelf.parent, "one book's": shelf, "a part": shelf / "type"}[depth]
    (target / ".x.7.tmp").write_bytes(b"somebody's")
    before = _files(other)
    link = out / target.relative_to(other)

    def led() -> None:
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)

    led()
    with (book / "01-dijk.md").open("a") as file:
        file.write("\nEen regel meer.\n")
    made = build(book, out, ("print",)).made
    assert [one.name for one in made] == [one.name for one in other.glob("*.pdf")]
    assert _files(other) == before
    record = out / ".katern" / f"{shelf.name}.json"
    assert record.is_file() and not record.parent.is_symlink()
    # What is not there is not taken away either: only the link is.
    if not link.is_symlink():
        shutil.rmtree(link, ignore_errors=True)
        led()
    clean(out)
    assert _files(other) == before
    assert not link.is_symlink()


def test_nothing_is_removed_where_a_link_leads(book: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    build(book, out, ("epub",))
    other.mkdir()
    (other / "a.epub").write_bytes(b"somebody's")
    (out / "shops").symlink_to(other)
    (record,) = (out / ".katern").glob("*.json")
    record.write_text(record.read_text().replace("drie-dagen-regen.epub", "shops/a.epub"))
    clean(out)
    assert (other / "a.epub").read_bytes() == b"somebody's"


RECORDER = """
import sys
opened = set()
def note(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)):
        opened.add(os.path.realpath(os.fsdecode(given[0])))
    elif event.startswith(("socket.connect", "socket.bind", "socket.getaddr")):
        opened.add(f"network: {event}")
import os
from publish.__main__ import main
sys.addaudithook(note)
status = main(sys.argv[2:])
told = "\\n".join(sorted(opened)).encode()
os.write(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT), told)
sys.exit(status)
"""


def test_a_build_opens_what_is_on_the_list_and_nothing_else(book: Path, tmp_path: Path) -> None:
    out, record, scratch = (tmp_path / name for name in ("out", "opened", "scratch"))
    scratch.mkdir()
    command = [sys.executable, "-c", RECORDER, record, "build", book, "--out", out]
    environment = os.environ | {"TMPDIR": str(scratch)}
    subprocess.run([*map(str, command)], cwd=ROOT, env=environment, check=True)
    listed = {
        *(book, out, scratch, ROOT / "publish", ROOT / "styles", ROOT / "requirements.txt"),
        *(Path(sys.prefix), Path(sys.base_prefix), state_folder()),
        *map(Path, ("/usr/share/color/icc", "/etc/mime.types", "/dev/null")),
    }
    allowed = tuple(str(one.resolve()) for one in listed)
    opened = record.read_text().splitlines()
    assert str(book / "01-dijk.md") in opened
    assert [one for one in opened if not one.startswith(allowed)] == []


def state_folder() -> Path:
    """Return where the secret lies of whoever runs the command."""
    there = seal.folder()
    assert there
    return there


SYSTEM = (
    *("/etc/fonts", "/etc/ld.so.cache", "/etc/locale.alias", "/etc/mime.types", "/etc/passwd"),
    *("/etc/nsswitch.conf", "/etc/ssl/openssl.cnf", "/lib", "/usr/lib", "/usr/share/fontconfig"),
    *("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texmf", "/usr/share/zoneinfo"),
    *("/usr/share/color/icc", "/var/cache/fontconfig", "/proc", "/sys", "/dev/null"),
    *("/dev/random", "/dev/urandom"),
)
"""What a build may open of the system: libraries, fonts and their index, and what the C library and
Java look up about the machine that they run on."""


def test_the_system_sees_no_other_file_program_or_address(book: Path, tmp_path: Path) -> None:
    """All calls of a build and its checks, those of the programs that it runs among them."""
    out, log, scratch = (tmp_path / name for name in ("out", "calls", "scratch"))
    scratch.mkdir()
    strace = ("strace", "-f", "-qq", "-y", "-s", "300", "--seccomp-bpf", "-o", log)
    calls = "openat,open,creat,execve,connect,bind,listen,sendto,sendmsg,mkdir,rename,unlink,link"
    command = [*strace, "-e", f"trace={calls}", sys.executable, "-m", "publish", "build", book]
    environment = os.environ | {"TMPDIR": str(scratch), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(
        [*map(str, command), "--out", str(out), "--only", "epub", "--check"],
        cwd=ROOT, env=environment, check=True,
    )  # fmt: skip
    own = (book, out, scratch, ROOT / "publish", ROOT / "styles", ROOT / "requirements.txt")
    state = state_folder()
    installed = (Path(sys.prefix), Path(sys.base_prefix))
    allowed = [str(one.resolve()) for one in (*own, state, *installed, *map(Path, SYSTEM))]
    told = log.read_text(errors="replace")
    opened = set(re.findall(r"^\d+ +(?:openat|open|creat)\(.* = \d+<([^>]+)>", told, re.MULTILINE))
    assert str(book / "01-dijk.md") in opened
    assert any("epubcheck" in one for one in opened)
    inside = (*allowed, str(ROOT.resolve()) + "/.venv")
    assert sorted(one for one in opened - {str(ROOT)} if not one.startswith(tuple(inside))) == []
    changed = re.findall(r"^\d+ +(?:mkdir|rename|unlink|link)\(\"([^\"]+)", told, re.MULTILINE)
    mine = tuple(str(one) for one in (out, scratch, state))
    assert [one for one in changed if not one.startswith(mine)] == []
    ran = re.findall(r"^\d+ +execve\(\"([^\"]+)\".* = 0$", told, re.MULTILINE)
    assert [Path(one).name for one in ran[1:]] == ["java"]
    asked = re.findall(r"^\d+ +(?:connect|bind|listen|sendto|sendmsg)\(.*$", told, re.MULTILINE)
    assert [one for one in asked if "/nscd/socket" not in one] == []
    assert list(scratch.iterdir()) == []
