"""The dialect: CommonMark stays CommonMark, and every character knows where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publish.book.inlines import (
    Attrs,
    Code,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteReference,
    Picture,
    Strong,
    Styled,
    Text,
    plain,
    walk_inlines,
)
from publish.book.model import (
    BlockQuote,
    Blocks,
    CodeBlock,
    Container,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    RawBlock,
    Rule,
    Table,
    Verse,
)
from publish.book.walking import lines_of, walk
from publish.ground.problems import Problem
from publish.ground.source import SourceFile
from publish.manuscript.markdown import Content, read_blocks, read_inlines
from publish.manuscript.markdown import parser as parsing


def read(text: str, html: bool = False) -> tuple[Content, list[Problem]]:
    return read_blocks(SourceFile("a.md", text), 1, html)


def blocks(text: str) -> Blocks:
    """Read a text that is without fault."""
    content, problems = read(text)
    assert problems == []
    return content.blocks


def outline(inline: Inline) -> object:
    """Return an inline without its places."""
    match inline:
        case Text(value=value):
            return value
        case Code(value=value):
            return ("code", value)
        case Emphasis(children=children):
            return ("em", *map(outline, children))
        case Strong(children=children):
            return ("strong", *map(outline, children))
        case Link(href=href, children=children, title=title):
            return ("link", href, title, *map(outline, children))
        case CrossReference(target=target, children=children):
            return ("to", target, *map(outline, children))
        case Styled(attrs=attrs, children=children):
            return ("styled", attrs, *map(outline, children))
        case Picture(photo=photo, alt=alt):
            return ("picture", photo, alt)
        case NoteReference(label=label):
            return ("note", label)
        case LineBreak():
            return "<br>"
    raise AssertionError(inline)


def line(text: str) -> list[object]:
    """Return the outline of a text that is one paragraph."""
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, Paragraph)
    return outlines(paragraph.inlines)


def outlines(inlines: Inlines) -> list[object]:
    """Return inlines without their places."""
    return [outline(one) for one in inlines]


# CommonMark ---------------------------------------------------------------------------------------

INLINES: list[tuple[str, list[object]]] = [
    # A delimiter within a word: * marks, _ does not.
    ("on*ge*lofelijk", ["on", ("em", "ge"), "lofelijk"]),
    ("on_ge_lofelijk", ["on_ge_lofelijk"]),
    # A blank inside keeps a star from opening.
    ("2 * 3 * 4", ["2 * 3 * 4"]),
    ("***sterk** en schuin*", [("em", ("strong", "sterk"), " en schuin")]),
    ("*schuin **sterk***", [("em", "schuin ", ("strong", "sterk"))]),
    ("**een* twee", ["*", ("em", "een"), " twee"]),
    # Code wins over emphasis, and loses one blank at either side.
    ("*een `ster* hier`", ["*een ", ("code", "ster* hier")]),
    ("`` een ` in code ``", [("code", "een ` in code")]),
    # An escape takes a mark's meaning; before a letter it is itself.
    (r"\*geen\* \nadruk", [r"*geen* \nadruk"]),
    ("a &amp; b &copy; &#x41; &geen;", ["a & b © A &geen;"]),
    ("hard\\\nbreken", ["hard", "<br>", "breken"]),
    ("hard  \nbreken", ["hard", "<br>", "breken"]),
    ("zacht\nbreken", ["zacht\nbreken"]),
    # Brackets: a link's own words may hold brackets and code, not another link.
    ("[a [b] c](https://x.nl)", [("link", "https://x.nl", "", "a [b] c")]),
    ("[a](<https://x.nl/b c> 'titel')", [("link", "https://x.nl/b%20c", "titel", "a")]),
    ("<https://x.nl/a_b>", [("link", "https://x.nl/a_b", "", "https://x.nl/a_b")]),
    ("<iemand@voorbeeld.nl>", [("link", "mailto:iemand@voorbeeld.nl", "", "iemand@voorbeeld.nl")]),
    # A definition elsewhere, its label without regard to case.
    ("[Kaart][PLAN]\n\n[plan]: https://x.nl", [("link", "https://x.nl", "", "Kaart")]),
    ("een ![*schuin* alt](foto) hier", ["een ", ("picture", "foto", "schuin alt"), " hier"]),
    ("1 < 2 && 3 > 2", ["1 < 2 && 3 > 2"]),
]


@pytest.mark.parametrize(("text", "expected"), INLINES, ids=lambda value: str(value)[:24])
def test_inlines_of_commonmark(text: str, expected: list[object]) -> None:
    assert line(text) == expected


def test_blocks_of_commonmark() -> None:
    kinds: list[tuple[str, list[type]]] = [
        ("Kop\n===\n\nTekst\n---\n", [Heading, Heading]),
        ("####### geen kop\n\n#geen kop\n", [Paragraph, Paragraph]),
        ("# kop #\n## \\#\n", [Heading, Heading]),
        ("***\n- - -\n___\n", [Rule, Rule, Rule]),
        ("tekst\n    geen code\n\n    wel code\n", [Paragraph, CodeBlock]),
        ("- een\n- twee\n\n* drie\n", [ListBlock, ListBlock]),
        ("1. een\n1) twee\n", [ListBlock, ListBlock]),
        # Only a list that begins with 1 interrupts a paragraph.
        ("In het jaar\n1986. was het\n", [Paragraph]),
        ("In het jaar\n1. was het\n", [Paragraph, ListBlock]),
        ("> een\ntwee\n\ndrie\n", [BlockQuote, Paragraph]),
        ("~~~\n```\n~~~\n", [CodeBlock]),
    ]
    for text, expected in kinds:
        assert [type(block) for block in blocks(text)] == expected, text


def test_a_lazy_line_belongs_to_the_quote() -> None:
    (quote, _) = blocks("> een\ntwee\n\ndrie\n")
    assert isinstance(quote, BlockQuote)
    (inside,) = quote.blocks
    assert isinstance(inside, Paragraph)
    assert plain(inside.inlines) == "een twee"


def test_lists() -> None:
    (tight,) = blocks("3. een\n4. twee\n   - diep\n")
    assert isinstance(tight, ListBlock)
    assert (tight.start, tight.tight, len(tight.items)) == (3, True, 2)
    assert [type(block) for block in tight.items[1]] == [Paragraph, ListBlock]
    (loose,) = blocks("- een\n\n- twee\n")
    assert isinstance(loose, ListBlock)
    assert (loose.start, loose.tight) == (None, False)
    (zero,) = blocks("0. nul\n")
    assert isinstance(zero, ListBlock)
    assert zero.start == 0


def test_code_is_left_as_it_is() -> None:
    (fenced, indented) = blocks("```python\na  = *1*\n\n```\n\n    {.a} [^b]\n")
    assert isinstance(fenced, CodeBlock)
    assert fenced.value == "a  = *1*\n\n"
    assert isinstance(indented, CodeBlock)
    assert indented.value == "{.a} [^b]\n"


# The dialect --------------------------------------------------------------------------------------


def test_attributes() -> None:
    (heading, paragraph, quote) = blocks(
        "# Kop {#boven .groot}\n\n{.a lang=fr}\n{#b}\nEen alinea.\n\n{.c}\n> Citaat.\n"
    )
    assert (heading.attrs, plain(heading.inlines)) == (Attrs("boven", ("groot",)), "Kop")
    assert paragraph.attrs == Attrs("b", ("a",), (("lang", "fr"),))
    assert quote.attrs == Attrs("", ("c",))
    assert line("[a]{lang=ru .k} [b](#c){.d} ![e](f){.g}") == [
        ("styled", Attrs("", ("k",), (("lang", "ru"),)), "a"),
        " ",
        ("styled", Attrs("", ("d",)), ("to", "c", "b")),
        " ",
        ("styled", Attrs("", ("g",)), ("picture", "f", "e")),
    ]


@pytest.mark.parametrize(
    ("written", "of_heading", "found"),
    [
        ("Titel [NEP]{.x}", Attrs(), ["Titel ", ("styled", Attrs("", ("x",)), "NEP")]),
        ("[NEP]{.x} {#t}", Attrs("t"), [("styled", Attrs("", ("x",)), "NEP")]),
        ("[NEP]{.x}{#t}", Attrs("t"), [("styled", Attrs("", ("x",)), "NEP")]),
        ("[b](#c){.x}", Attrs(), [("styled", Attrs("", ("x",)), ("to", "c", "b"))]),
        ("[NEP] {#t}", Attrs("t"), ["[NEP]"]),
        ("Titel (1917){#t}", Attrs("t"), ["Titel (1917)"]),
        ("Titel \\[NEP\\]{#t}", Attrs("t"), ["Titel [NEP]"]),
        ("Titel]{#t}", Attrs("t"), ["Titel]"]),
    ],
)
def test_attributes_at_the_end_of_a_heading_or_a_caption_are_those_of_a_span_that_ends_there(
    written: str, of_heading: Attrs, found: list[object]
) -> None:
    heading, table = blocks(f"# {written}\n\n| a |\n|---|\n| b |\n\n: {written}\n")
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert heading.attrs == table.attrs == of_heading
    assert outlines(heading.inlines) == found
    assert [one for one in outlines(table.caption) if one] == found


def test_a_link_may_hold_spans() -> None:
    """markdown-it takes them for links; what is between them and the link's brackets is kept."""
    name = ("styled", Attrs(classes=("smallcaps",)), "NEP")
    inner = ("styled", Attrs(pairs=(("lang", "fr"),)), "le ", name)
    for written, words in (
        ("de [NEP]{.smallcaps} nu", ["de ", name, " nu"]),
        ("[le [NEP]{.smallcaps}]{lang=fr}", [inner]),
        ("[NEP]{.smallcaps}[NEP]{.smallcaps}", [name, name]),
    ):
        assert line(f"[{written}](https://x.nl) na") == [
            ("link", "https://x.nl", "", *words),
            " na",
        ]
        assert line(f"[{written}][x]\n\n[x]: https://x.nl") == [
            ("link", "https://x.nl", "", *words)
        ]


@pytest.mark.parametrize(
    "inside",
    [
        "a [b](https://y.nl)",
        "[a [b](https://y.nl)]{.x}",
        "a[^n]",
        "[a[^n]]{.x}",
        "<https://y.nl> ]",
    ],
)
def test_a_link_in_a_link_is_the_one_and_what_is_around_it_is_told_of(inside: str) -> None:
    content, problems = read(f"[{inside}](https://x.nl) na.\n\n[^n]: Noot.\n")
    (paragraph,) = content.blocks
    assert isinstance(paragraph, Paragraph)
    links = [one for one in walk_inlines(paragraph.inlines) if isinstance(one, Link)]
    assert [one.href for one in links] == ["https://y.nl"] * ("y.nl" in inside)
    assert plain(paragraph.inlines).endswith("](https://x.nl) na.")
    assert [one.code for one in problems] == ["M257"]


@pytest.mark.parametrize("inside", ["", "a", "a]{.x}"])
@pytest.mark.parametrize("depth", [19, 20, 21, 22, 40, 200])
def test_brackets_may_be_nested_deeper_than_is_read(depth: int, inside: str) -> None:
    """markdown-it looks no further than twenty marks within each other."""
    for written in ("[" * depth + inside, "[" * depth + inside + "]" * depth):
        content, _ = read(f"De molen {written} draait.")
        (paragraph,) = content.blocks
        assert isinstance(paragraph, Paragraph)
        assert plain(paragraph.inlines).startswith("De molen [")


@pytest.mark.parametrize(
    "written", [r"\[dit](https://x.nl)", r"\[dit \[zo](#a) na](#b)", r"\[a]\(#b)"]
)
def test_brackets_that_are_escaped_are_no_link_that_failed(written: str) -> None:
    content, problems = read(f"Zie {written} na.")
    assert problems == []
    (paragraph,) = content.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.inlines) == f"Zie {written} na.".replace("\\", "")


def test_a_note_that_is_called_takes_no_attributes() -> None:
    content, problems = read("# Titel[^n]{#t}\n\nWoord[^n]{.x} erna.\n\n[^n]: Noot.\n")
    heading, paragraph = content.blocks
    assert isinstance(heading, Heading)
    assert isinstance(paragraph, Paragraph)
    assert (heading.attrs, outlines(heading.inlines)) == (Attrs("t"), ["Titel", ("note", "n")])
    assert outlines(paragraph.inlines) == ["Woord", ("note", "n"), "{.x} erna."]
    assert [one.code for one in problems] == ["M217"]


def test_attributes_lose_no_text() -> None:
    content, problems = read("{.a} tekst {.b}\n\nEn *nog*{.c} \\{.d} {.e}.\n")
    assert [plain(one.inlines) for one in content.blocks] == [
        "{.a} tekst {.b}",
        "En nog{.c} {.d} {.e}.",
    ]
    assert [(one.code, one.span.line, one.span.column) for one in problems if one.span] == [
        ("M217", 1, 1), ("M217", 1, 12), ("M217", 3, 9), ("M217", 3, 20),
    ]  # fmt: skip


def test_a_figure_is_a_picture_alone() -> None:
    (figure, with_attrs, in_line) = blocks(
        "![Alt](foto)\n\n{#f}\n![](foto){place=full .x}\n\nEen ![](foto) in de regel.\n"
    )
    assert isinstance(figure, Figure)
    assert (figure.photo, figure.place, figure.alt) == ("foto", "column", "Alt")
    assert isinstance(with_attrs, Figure)
    assert (with_attrs.place, with_attrs.attrs.id, with_attrs.attrs.classes) == (
        "full",
        "f",
        ("x",),
    )
    assert isinstance(in_line, Paragraph)


def test_containers_nest_with_more_colons() -> None:
    (outer,) = blocks("::::: sidebar\n# Kop\n\n:::: pullquote\nEen zin.\n\n— Wie\n::::\n:::::\n")
    assert isinstance(outer, Container)
    assert outer.kind == "sidebar"
    inner = outer.blocks[1]
    assert isinstance(inner, Container)
    assert (inner.kind, plain(inner.attribution)) == ("pullquote", "Wie")
    assert len(inner.blocks) == 1
    (group,) = blocks("::: {.print-only}\nEen.\n\nTwee.\n:::\n")
    assert isinstance(group, Container)
    assert (group.kind, group.attrs.only, len(group.blocks)) == ("group", "print", 2)


def test_verse_keeps_lines_and_indents() -> None:
    (verse,) = blocks("::: verse\nEen\n  *twee*\n    drie\n\nVier\\\nvijf\n\n— Wie\n:::\n")
    assert isinstance(verse, Verse)
    assert [[(indent, plain(one)) for indent, one in stanza] for stanza in verse.stanzas] == [
        [(0, "Een"), (1, "twee"), (2, "drie")],
        [(0, "Vier"), (0, "vijf")],
    ]
    assert plain(verse.attribution) == "Wie"


def test_tables() -> None:
    (table,) = blocks("| a | *b* |\n|:--|--:|\n| 1 \\| 2 |\n\n: Onder *schrift* {#t .k}\n")
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.head] == ["a", "b"]
    assert [[plain(cell) for cell in row] for row in table.rows] == [["1 | 2", ""]]
    assert table.aligns == ("left", "right")
    assert (plain(table.caption), table.attrs) == ("Onder schrift", Attrs("t", ("k",)))


def test_definition_lists() -> None:
    (found,) = blocks(
        "Term *een*\n: Eerste.\n: Tweede.\n\n  Nog een alinea.\n\nTerm twee\n: Derde.\n"
    )
    assert isinstance(found, DefinitionList)
    assert [(plain(term), len(texts)) for term, texts in found.entries] == [
        ("Term een", 2),
        ("Term twee", 1),
    ]
    assert len(found.entries[0][1][1]) == 2


def test_notes() -> None:
    content, problems = read("Een.[^a] Twee.[^b]\n\n[^b]: Kort.\n[^a]: Lang.\n\n    > Citaat.\n")
    assert problems == []
    assert [(note.label, len(note.blocks), note.span.line) for note in content.notes] == [
        ("b", 1, 3),
        ("a", 2, 4),
    ]


def test_comments_are_the_editors_own() -> None:
    content, problems = read("Een <!-- weg --> twee.\n\n<!--\nook\n\nweg -->\n")
    assert problems == []
    assert [plain(one.inlines) for one in content.blocks] == ["Een twee."]


def test_html_is_cleaned() -> None:
    content, _ = read(
        '<p id="x" class="k" onclick="a()" style="b">Een<script>c()</script>'
        ' <a href="javascript:d()">twee</a> <a href="#e">drie</a><br><!-- f --></p>\n\n'
        "En <b>vet</b>, <sub>laag</sub>.\n",
        html=True,
    )
    raw, paragraph = content.blocks
    assert isinstance(raw, RawBlock)
    assert raw.html == '<p id="x" class="k">Een <a>twee</a> <a href="#e">drie</a><br/></p>'
    assert isinstance(paragraph, Paragraph)
    assert [one.attrs.get("element") for one in paragraph.inlines if isinstance(one, Styled)] == [
        "b",
        "sub",
    ]
    (empty,) = read("<div></div>\n", html=True)[0].blocks
    assert isinstance(empty, RawBlock)
    assert empty.html == "<div></div>"  # never <div/>, which HTML takes for an opening tag


@pytest.mark.parametrize(
    "html",
    ["<!DOCTYPE x>", "<?php x", "<![CDATA[x]]>", "</p>", "<svg><p>x</p></svg>", "<frameset>", "<a"],
)
def test_strange_html_is_a_problem_and_no_traceback(html: str) -> None:
    for text in (html, f"x {html} y", f"{html}\n\ny"):
        content, problems = read(text, html=True)
        assert {one.code for one in problems} <= {"M215"}
        assert problems or "<" in str(content)


def test_what_would_be_lost_is_reported() -> None:
    deep = "> " * 30 + "diep"
    cells = "| a |\n|---|\n| 1 | 2 |\n"
    for text, code in ((deep, "M232"), (cells, "M231"), ("```\nx\n\ny\n", "M230")):
        assert code in {one.code for one in read(text)[1]}, text
    assert read("> " * 10 + "diep")[1] == []


# Places -------------------------------------------------------------------------------------------


def texts(content: Content) -> Iterator[Text | Code]:
    for block in walk((*content.blocks, *(one for note in content.notes for one in note.blocks))):
        for inlines in lines_of(block):
            for inline in walk_inlines(inlines):
                if isinstance(inline, Text | Code):
                    yield inline


def check_places(source: SourceFile, content: Content) -> int:
    """See that each character stands in the file where its place says; return how many did."""
    seen = 0
    for text in texts(content):
        for at, char in enumerate(text.value):
            offset = Text(text.value, text.places).source_offset(at)
            there = source.text[offset : offset + 1]
            if there == "\\":
                there = source.text[offset + 1 : offset + 2]
            elif there == "&" != char:
                continue
            assert there == char or (char, there) == (" ", "\n"), (text, at, offset)
            seen += 1
    return seen


def test_a_mark_that_stays_text_has_its_own_place() -> None:
    (paragraph,) = blocks("*een*** \\*x &amp; y")
    assert isinstance(paragraph, Paragraph)
    emphasis, rest = paragraph.inlines
    assert emphasis == Emphasis((Text("een", ((0, 1),)),))
    assert rest == Text("** *x & y", ((0, 5), (4, 10), (7, 17)))


WORDS = st.sampled_from(
    [
        "een",
        "twéé",
        "’s",
        "woord",
        "a*b",
        "x_y",
        "3 < 4",
        "\\*ster",
        "&amp;",
        "R&D",
        "**een* x",
        "*een** x",
        "…",
        "дом",
        "😀",
    ]
)


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("*{}*".format, inner),
        st.builds("**{}**".format, inner),
        st.builds("[{}]{{lang=ru .k}}".format, inner),
        st.builds("[{}](https://x.nl/a)".format, inner),
        st.builds("[{}](#doel)".format, inner),
        st.builds("`{}`".format, st.sampled_from(["code", "a b", "*x*"])),
        st.just("![alt *x*](foto)"),
        st.just("[^noot]"),
        st.just("<https://x.nl/a_b>"),
        st.just("<!-- weg -->"),
    )


SPANS = st.recursive(WORDS, wrapped, max_leaves=4)
LINES = st.lists(SPANS, min_size=1, max_size=5).map(" ".join).map(lambda text: f"w {text} z")
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=3).flatmap(
    lambda lines: st.sampled_from(["\n", "\\\n", "  \n"]).map(lambda joint: joint.join(lines))
)


def indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(rest + one if one else one for one in lines[1:])])


CELLS = LINES.map(lambda text: text.replace("|", "\\|"))
BLOCKS = st.recursive(
    st.one_of(
        PARAGRAPHS,
        LINES.map(lambda text: f"## {text} {{#kop}}"),
        st.builds("| {} | {} |\n|---|:-:|\n| {} | x |\n\n: {} {{#tab}}".format, *[CELLS] * 4),
        st.builds("{}\n: {}".format, LINES, LINES),
        PARAGRAPHS.map(lambda text: f"::: verse\n{text}\n\n— {text}\n:::"),
        PARAGRAPHS.map(lambda text: f"{{.a lang=fr}}\n{text}"),
    ),
    lambda inner: st.one_of(
        inner.map(lambda text: indented(text, "> ", "> ")),
        inner.map(lambda text: indented(text, "- ", "  ")),
        inner.map(lambda text: indented(text, "12. ", "    ")),
        inner.map(lambda text: indented(text, "[^noot]: ", "    ")),
        inner.map(lambda text: f":::: sidebar\n{text}\n\n::::"),
        st.builds("{}\n\n{}".format, inner, inner),
    ),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(BLOCKS)
def test_every_character_knows_its_place(text: str) -> None:
    source = SourceFile("a.md", f"# Kop\n\n{text}\n")
    content, _ = read_blocks(source, 1, False)
    assert check_places(source, content) >= 3


@settings(max_examples=60, deadline=None)
@given(LINES, st.sampled_from(["\n", "\n   ", " ", "\\\n "]))
def test_every_character_of_a_caption_too(text: str, joint: str) -> None:
    # As captions.py hands them over: the text on one line, and where each character is.
    places = [(one, at) for at, one in enumerate(text)]
    source = SourceFile("captions.toml", text)
    inlines, _ = read_inlines(source, text, [at for _, at in places])
    content = Content((Paragraph(inlines, source.span(0)),), ())
    assert check_places(source, content) > 2


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab {}#.=*_[]()!^:|->`~\\<>/&;\n\t\"'é1%", max_size=80), st.booleans())
def test_any_text_can_be_read(text: str, html: bool) -> None:
    source = SourceFile("a.md", text)
    content, problems = read_blocks(source, 1, html)
    for problem in problems:
        assert problem.span
        assert 0 <= problem.span.start <= len(text)
        assert source.line_column(problem.span.start) == (problem.span.line, problem.span.column)
    for block in walk(content.blocks):
        assert block.span.line <= len(source.starts)


@settings(max_examples=500, derandomize=True)
@given(st.text('ab é!]})>~^:-"#.$%+=|/1\u00a0א\\`*_[<&{\n', min_size=1, max_size=9))
@example("&amp;")
@example("<ab:1>")
@example("[a](b)")
@example("\\#")
@example("a\nb")
def test_a_line_without_marks_is_read_as_any_other(line: str) -> None:
    """It is not looked through letter by letter; what comes of it is the same."""
    inline = parsing.parser().inline

    def read() -> list[tuple[object, ...]]:
        tokens = inline.parse(line, parsing.parser(), {}, [])
        return [(one.type, one.content, one.map, one.level, one.markup) for one in tokens]

    quick = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "_MARKED", re.compile("(?s)."))
        assert read() == quick


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://[",
            "https://[::1",
            "https://a]b/",
            "https://a b/",
            "https://a^b/",
            "https:///a",
        ),
        *(
            "https://a:b/",
            "https://a:99999/",
            "https://1.2.3.999/",
            "https://a..nl/",
            "https://xn--a/",
        ),
        *("https:", "http://%zz/", "mailto:", "tel:", "urn:", "doi:"),
    ],
)
def test_an_address_that_can_be_none_is_told_of(address: str) -> None:
    _, problems = read(f"Zie [daar](<{address}>).")
    assert [one.code for one in problems] == ["M222"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://[::1]/", "https://[::1]/"),
        ("https://127.0.0.1:8080/a?b#c", "https://127.0.0.1:8080/a?b#c"),
        ("https://пример.рф/", "https://xn--e1afmkfd.xn--p1ai/"),
        ("https://voorbeeld.nl./", "https://voorbeeld.nl./"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
    ],
)
def test_an_address_that_may_be_one_is_kept(written: str, address: str) -> None:
    (block,) = blocks(f"Zie [daar](<{written}>).")
    assert isinstance(block, Paragraph)
    assert [one.href for one in walk_inlines(block.inlines) if isinstance(one, Link)] == [address]
