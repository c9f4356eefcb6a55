"""The colours of shadings, of every kind of function and mesh, and those that nobody can judge."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Stream

from publish.checks.preflight.marks import Unjudged
from publish.checks.preflight.shades import colours_of

PDF = pikepdf.new()


def table(data: bytes, *sizes: int, **more: object) -> Stream:
    made = Stream(PDF, data)
    facts = {
        "FunctionType": 0, "Domain": [0, 1] * len(sizes), "Range": [0, 1], "Size": [*sizes],
        "BitsPerSample": 8,
    } | more  # fmt: skip
    for key, value in facts.items():
        made[f"/{key}"] = value
    return made


def power(first: float = 0, last: float = 1, **more: object) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[first], C1=[last], N=1, **more)


def blend(function: Any, kind: int = 2, **more: object) -> Dictionary:
    return Dictionary(ShadingType=kind, Function=function, **more)


def mesh(data: bytes, kind: int, **more: object) -> Stream:
    made = Stream(PDF, data)
    facts = {
        "ShadingType": kind, "BitsPerCoordinate": 8, "BitsPerComponent": 8, "BitsPerFlag": 8,
        "Decode": [0, 1, 0, 1, 0, 1],
    } | more  # fmt: skip
    for key, value in facts.items():
        made[f"/{key}"] = value
    return made


@pytest.mark.parametrize(
    ("shading", "least", "most"),
    [
        (blend(power(0.25, 0.75)), 0.25, 0.75),
        (blend(power(), Domain=[0.5, 1]), 0.5, 1),
        (blend(power(0, 1, Range=[0.25, 0.5])), 0.25, 0.5),
        (blend(table(bytes((0, 255, 51)), 3)), 0, 1),
        (blend(table(bytes((0, 255, 51)), 3, Encode=[2, 2])), 0.2, 0.2),
        (blend(table(bytes((51,)), 1)), 0.2, 0.2),
        (blend(table(bytes((0, 255)), 2, Decode=[0.5, 1])), 0.5, 1),
        (blend(table(bytes((0, 255, 51)), 3, Domain=[0, 0])), 0, 0),
        (
            blend(
                Dictionary(
                    FunctionType=3, Domain=[0, 1], Bounds=[0.5], Encode=[0, 1, 1, 1],
                    Functions=Array([power(0, 0.5), power(0, 1)]),
                )
            ), 0, 1,
        ),
        # Two parts that meet in a point: the one before it is as dark as it gets just there.
        (
            blend(
                Dictionary(
                    FunctionType=3, Domain=[0, 1], Bounds=[1], Encode=[0, 1, 0, 1],
                    Functions=Array([power(0.5, 1), power(0.25, 0.25)]),
                )
            ), 0.25, 1,
        ),
        (blend(table(bytes((0, 51, 102, 255)), 2, 2), 1), 0, 1),
        (mesh(bytes(6), 4, Function=power(0, 0.5)), 0, 0.5),
        # Corners: a flag, two numbers of its place, and a colour.
        (mesh(bytes((0, 1, 1, 51, 0, 2, 2, 102)), 4), 0.2, 0.4),
        (mesh(bytes((1, 1, 51, 2, 2, 102)), 5), 0.2, 0.4),
        (mesh(bytes((0, *[9] * 24, 51, 102, 153, 255)), 6), 0.2, 1),
        (mesh(bytes((0, *[9] * 24, 51, 51, 51, 51, 1, *[9] * 16, 102, 255)), 6), 0.2, 1),
        (mesh(bytes((0, *[9] * 32, 51, 102, 153, 204)), 7), 0.2, 0.8),
        # A patch whose colours break off has those that are there.
        (mesh(bytes((0, *[9] * 24, 51, 102)), 6), 0.2, 0.4),
    ],
)  # fmt: skip
def test_how_light_and_how_dark_a_shading_is(shading: Any, least: float, most: float) -> None:
    found = [value for (value,) in colours_of(shading, 1)]
    assert (min(found), max(found)) == (pytest.approx(least), pytest.approx(most))


def test_a_function_an_ink_and_two_at_once() -> None:
    found = colours_of(blend(Array([power(0, 1), power(1, 0)])), 2)
    assert found[0] == (0, 1) and found[-1] == (1, 0)
    assert all(sum(one) == pytest.approx(1) for one in found)


@pytest.mark.parametrize(
    ("shading", "said"),
    [
        (blend(power(), 8), "a shading of a kind that there is not"),
        (blend(power(), 0), "a shading of a kind that there is not"),
        (blend(power(), 1), "a shading of a computed function"),
        (blend(Dictionary(FunctionType=4, Domain=[0, 1])), "a shading of a computed function"),
        (Dictionary(ShadingType=2), "a shading without a function"),
        (blend(table(bytes(4), 2, 2)), "a shading whose function takes more than one number"),
        (blend(table(b"", 0)), "a shading of too many colours"),
        (blend(table(b"", 2_000_000)), "a shading of too many colours"),
        (blend(table(bytes(1), 3)), "a shading that ends too early"),
        (blend(Array([power(), power()])), "a shading whose colours are not of its space"),
        (mesh(b"", 4), "a shading whose colours are not of its space"),
    ],
)
def test_what_nobody_can_judge(shading: Any, said: str) -> None:
    with pytest.raises(Unjudged, match=said):
        colours_of(shading, 1)
