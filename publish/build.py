"""A manuscript folder → the editions that are asked for.

In: a folder, an output folder, which editions, draft or final. Out: the files, written atomically,
and problems. Each edition has a recipe, the digest of all that it is made of; one whose recipe and
file are as they were is left alone. Staleness goes by content, not by file times, which a checkout
changes at will.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from publish.container import write_atomically
from publish.manuscript import Manuscript, read_manuscript
from publish.outputs import OUTPUTS, Workshop
from publish.problems import Problem, Unmakeable, has_errors, weighed
from publish.state import Made, State, digest, inputs, state_of, toolchain

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the files made, those that were as they should be, and the problems."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    problems: list[Problem]


def build(
    folder: Path,
    out: Path,
    names: Sequence[str],
    final: bool = False,
    progress: Progress = lambda what: None,
) -> Built:
    """Build editions of a manuscript; with an error in it nothing is written."""
    state = state_of(folder, out)
    key = build_key(folder, final)
    if all(state.is_built(name, _file(out, state, name), key) for name in names):
        kept = tuple(_file(out, state, name) for name in names)
        told = (one for name in names for one in state.outputs[name].problems)
        return Built((), kept, weighed([*state.found, *told], final))
    progress("manuscript")
    manuscript = read_manuscript(folder)
    problems = weighed(manuscript.problems, final)
    if manuscript.book is None or has_errors(problems):
        return Built((), (), problems)
    return _build(manuscript, folder, out, names, final, progress, (state, key))


def _made(name: str, shop: Workshop) -> tuple[bytes, list[Problem]]:
    try:
        return OUTPUTS[name].make(shop)
    except Unmakeable as error:
        return b"", [error.problem]


def build_key(folder: Path, final: bool) -> str:
    """Return the digest of all that a build depends on."""
    return digest(inputs(folder), toolchain(), os.environ.get("SOURCE_DATE_EPOCH", ""), str(final))


def _file(out: Path, state: State, name: str) -> Path:
    return out / f"{state.slug}{OUTPUTS[name].suffix}"


def _build(
    manuscript: Manuscript,
    folder: Path,
    out: Path,
    names: Sequence[str],
    final: bool,
    progress: Progress,
    known: tuple[State, str],
) -> Built:
    assert manuscript.book
    state, key = known
    shop = Workshop(folder, manuscript.book, manuscript.sources)
    problems = [*manuscript.problems, *shop.preliminaries()]
    if has_errors(weighed(problems, final)):
        return Built((), (), weighed(problems, final))
    slug = manuscript.book.settings.slug
    fresh = State(state.path, key, dict(state.outputs), list(problems), slug)
    made, kept, tools = [], [], toolchain()
    for name in names:
        if has_errors(weighed(problems, final)):
            break
        file, recipe = _file(out, fresh, name), digest(tools, OUTPUTS[name].recipe(shop))
        before = state.outputs.get(name)
        if before and before.recipe == recipe and state.is_current(name, file):
            fresh.outputs[name] = replace(before, key=key)
            problems += before.problems
            kept.append(file)
            continue
        progress(name)
        data, found = _made(name, shop)
        problems += found
        if has_errors(found):
            continue
        out.mkdir(parents=True, exist_ok=True)
        write_atomically(file, data)
        if before and before.file != file.name:
            # The book has another name now: what bore the old one is not left behind.
            (out / before.file).unlink(missing_ok=True)
        fresh.outputs[name] = Made(file.name, recipe, digest(data), key, tuple(found))
        made.append(file)
    problems = weighed(problems, final)
    if has_errors(problems):
        fresh.key = ""
    fresh.save()
    return Built(tuple(made), tuple(kept), problems)
