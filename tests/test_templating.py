"""Templates escape what is put in, and let it do nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from publish.ground.templating import templates

PUBLISH = Path(__file__).parent.parent / "publish"


class Given:
    """What a careless template could be given."""

    def __init__(self) -> None:
        self.many = [1]


@pytest.mark.parametrize(
    "written",
    [
        "{{ given.__class__.__mro__ }}",
        "{{ given.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ '{0.__class__}'.format(given) }}",
        "{{ given.many.append(2) }}",
        "{% for n in range(1000000000) %}{% endfor %}",
    ],
)
def test_a_template_runs_and_changes_nothing(written: str) -> None:
    given = Given()
    with pytest.raises((SecurityError, UndefinedError, OverflowError)):
        templates("pages").from_string(written).render(given=given)
    assert given.many == [1]


def test_what_is_put_in_is_escaped() -> None:
    template = templates("epub", closed=True).from_string("<p>{{ words }}</p>\n")
    assert template.render(words="<script>'&\"") == "<p>&lt;script&gt;&#39;&amp;&#34;</p>\n"


def test_there_is_one_factory_and_it_reads_the_package_alone() -> None:
    made = [
        path.relative_to(PUBLISH).as_posix()
        for path in PUBLISH.rglob("*.py")
        if re.search(r"import .*Environment|\bjinja2\.", path.read_text("utf-8"))
    ]
    assert made == ["ground/templating.py"]
    names = templates("pages").loader
    assert names is not None
    assert {"cover.html.j2", "front.html.j2"} <= set(names.list_templates())


def test_a_template_is_compiled_once_and_not_taken_from_a_stranger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []

    class Counted(CodeGenerator):
        def __init__(self, environment: Any, name: str, *rest: Any, **more: Any) -> None:
            compiled.append(name)
            super().__init__(environment, name, *rest, **more)

    def shown(closed: bool = False) -> str:
        templates.cache_clear()
        return templates("pages", closed).get_template("cover.html.j2").root_render_func.__name__

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(ImmutableSandboxedEnvironment, "code_generator_class", Counted)
    try:
        first = shown()
        assert (shown(), len(compiled)) == (first, 1)
        assert (shown(closed=True), len(compiled)) == (first, 2)
        for file in (tmp_path / "katern" / "templates").iterdir():
            file.write_bytes(b"\0" + file.read_bytes()[1:])
        assert (shown(), len(compiled)) == (first, 3)
    finally:
        templates.cache_clear()
