"""The report for a person: one page, whole in itself, the same on every run."""

from __future__ import annotations

import re

from lxml import html as lxml_html

from publish.ground.problems import problem
from publish.ground.source import Span
from publish.report.telling import as_html

FACTS = {
    "title": "Een <boek> & meer",
    "subtitle": "",
    "language": "nl",
    "modified": "2026-05-04T09:30:00Z",
    "outputs": [
        {
            "name": "epub",
            "file": "b.epub",
            "bytes": 1234,
            "sha256": "ab" * 32,
            "pages": 3,
            "words": 9,
        }
    ],
    "errors": 1,
    "warnings": 1,
    "final": False,
}


def test_the_report_is_one_page_for_a_person() -> None:
    problems = [
        problem("K702", None, file="b-print.pdf"),
        problem("M209", Span("01-a.md", 3, 7), name="<i>", nearest="Did you mean “i”?"),
    ]
    text = as_html(problems, FACTS)
    assert text == as_html(problems, FACTS)
    page = lxml_html.fromstring(text)
    shown = " ".join(page.text_content().split())
    assert page.get("lang") == "en"
    assert "Een <boek> & meer" in shown
    assert "1 error, 1 warning." in shown
    assert "2026-05-04, 09:30" in shown
    assert "✕ Error M209 there is no id “<i>” to refer to 01-a.md:3:7 Did you mean" in shown
    assert "△ Warning K702 b-print.pdf is not there" in shown
    assert [one.text_content() for one in page.findall(".//h2")] == ["Editions", "Problems"]
    assert "ab" * 32 in shown
    # One file that asks for nothing else.
    assert not re.search(r"(src|href)=[\"']?(https?:)?//|@import|url\(", text)
    assert not page.xpath("//script/@src")
    ids = {one.get("id") for one in page.iter() if one.get("id")}
    links = [one.get("href", "") for one in page.iter("a")]
    assert all(link[1:] in ids for link in links if link.startswith("#"))


def test_the_report_of_a_book_that_could_not_be_read() -> None:
    facts = {"title": "map", "outputs": [], "errors": 1, "warnings": 0, "final": True}
    shown = lxml_html.fromstring(as_html([problem("M201", Span("book.toml"))], facts))
    assert "weighed as for a final build" in shown.text_content()
    assert "book.toml:1:1" in shown.text_content()
