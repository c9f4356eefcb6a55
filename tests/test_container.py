"""The OCF container: order, dates and attributes that never change; files written whole."""

from __future__ import annotations

import datetime
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from publish.ground.container import ocf, write_atomically

MOMENT = datetime.datetime(2026, 5, 4, 9, 30, 0, tzinfo=datetime.UTC)
FILES = [("b.xhtml", b"<b/>" * 99), ("a.xhtml", b"<a/>" * 99), ("images/x.jpg", b"\xff\xd8\xff")]


def read(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(data))


def test_mimetype_comes_first_stored_and_can_be_read_at_offset_38() -> None:
    data = ocf(FILES, MOMENT)
    assert data[30:38] == b"mimetype"
    assert data[38:58] == b"application/epub+zip"
    first = read(data).infolist()[0]
    assert (first.compress_type, first.extra) == (zipfile.ZIP_STORED, b"")


def test_files_keep_their_order_and_their_bytes() -> None:
    archive = read(ocf(FILES, MOMENT))
    assert archive.namelist() == ["mimetype", "b.xhtml", "a.xhtml", "images/x.jpg"]
    assert [(name, archive.read(name)) for name, _ in FILES] == FILES


def test_every_entry_has_one_date_and_the_same_attributes() -> None:
    entries = read(ocf(FILES, MOMENT)).infolist()
    assert {entry.date_time for entry in entries} == {(2026, 5, 4, 9, 30, 0)}
    assert {(entry.create_system, entry.external_attr >> 16) for entry in entries} == {
        (3, 0o100644)
    }


def test_text_is_deflated_and_a_photo_is_not() -> None:
    kinds = {entry.filename: entry.compress_type for entry in read(ocf(FILES, MOMENT)).infolist()}
    assert kinds["b.xhtml"] == zipfile.ZIP_DEFLATED
    assert kinds["images/x.jpg"] == zipfile.ZIP_STORED


@pytest.mark.parametrize(
    ("year", "date"),
    [(1970, (1980, 1, 1, 0, 0, 0)), (2200, (2107, 12, 31, 23, 59, 58))],
)
def test_a_moment_that_zip_cannot_hold_becomes_the_nearest_that_it_can(
    year: int, date: tuple[int, ...]
) -> None:
    entries = read(ocf(FILES, MOMENT.replace(year=year))).infolist()
    assert {entry.date_time for entry in entries} == {date}


def test_the_moment_counts_in_utc() -> None:
    east = datetime.timezone(datetime.timedelta(hours=9))
    assert ocf(FILES, MOMENT.astimezone(east)) == ocf(FILES, MOMENT)


@pytest.mark.parametrize(
    "names", [("a.xhtml", "A.xhtml"), ("caf\u00e9", "cafe\u0301"), ("mimetype", "b")]
)
def test_names_that_a_reading_system_takes_for_the_same_are_refused(names: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="two files named"):
        ocf([(name, b"") for name in names], MOMENT)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(b"old, and longer than the new one")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["book.epub"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(OSError, match="the disk is full"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["book.epub"]
