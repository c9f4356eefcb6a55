"""What the engine works out of a style is worked out once, and is what it was."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from weasyprint import CSS, HTML
from weasyprint.layout import inline
from weasyprint.text import line_break

from publish.engine.sparing import sparing

WORKED = ("strut", "get_font_description", "font_features")
TEXT = "<p>Een veer <b>over de rivier</b>, en <i>nog <b>een</b></i> veer.</p>" * 3
SET = """p { font: 10pt/14pt serif } b { font-variant-caps: small-caps }
i { font-feature-settings: "kern" 0, "liga" off; line-height: normal }"""


def drawn(css: str) -> list[tuple[str, float, float, float]]:
    """Return the words that are set, and where they stand."""
    document = HTML(string=TEXT).render(stylesheets=[CSS(string=css)])
    boxes = document.pages[0]._page_box.descendants()
    texts = (one for one in boxes if getattr(one, "text", ""))
    return [(one.text, one.position_x, one.position_y, one.height) for one in texts]


def test_lines_are_as_they_were_and_each_style_is_worked_out_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = drawn(SET)
    count: Counter[str] = Counter()

    def counting(name: str, work: Any) -> Any:
        def counted(*given: Any) -> Any:
            count[name] += 1
            return work(*given)

        counted.__name__ = name
        return counted

    for name in WORKED:
        monkeypatch.setattr(line_break, name, counting(name, getattr(line_break, name)))
    monkeypatch.setattr(inline, "strut", line_break.strut)
    assert drawn(SET) == wanted
    without = dict(count)
    count.clear()
    with sparing("70.0", line_break, inline):
        assert drawn(SET) == wanted
    # Those of p, b, i, and of b within i.
    assert all(count[name] < without[name] / 2 for name in WORKED), (count, without)
    assert count["font_features"] == 4


def test_what_was_changed_is_put_back_and_another_version_is_let_be() -> None:
    before = [getattr(line_break, name) for name in WORKED]
    with sparing("71.0", line_break, inline):
        assert [getattr(line_break, name) for name in WORKED] == before
    with pytest.raises(ValueError, match="x"), sparing("70.0", line_break, inline):
        assert line_break.strut is not before[0] and inline.strut is not before[0]
        raise ValueError("x")
    assert [getattr(line_break, name) for name in WORKED] == before
    assert inline.strut is before[0]


def test_a_copy_of_a_style_is_worked_out_anew() -> None:
    page = HTML(string=TEXT).render(stylesheets=[CSS(string=SET)]).pages[0]._page_box
    style = next(one for one in page.descendants() if one.element_tag == "p").style
    with sparing("70.0", line_break, inline):
        height, _ = line_break.strut(style)
        larger = style.copy()
        larger["line_height"] = larger["line_height"]._replace(value=2 * height)
        assert line_break.strut(style)[0] == height
        assert line_break.strut(larger)[0] == 2 * height
