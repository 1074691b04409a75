"""Charts as SVG, drawn by hand: each function takes values and returns markup. Colours come from the page's own style."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pullquote.evaluation.curves import Bin

_WIDTH, _HEIGHT = 360, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 34, 12, 44
_DOT = 3.5
_TICKS = 5
_SMALLEST_STEP = 0.5
"""In pixels: points of a line nearer than this to the last one are left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chart.

    Attributes:
        name: for the legend.
        style: the class that colours it: a, b or c.
        points: (x, y).
    """

    name: str
    style: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis.

    Attributes:
        name: what it tells, with its unit.
        low, high: its ends.
        ticks: the values that are marked.
        label: a value as it is written.
    """

    name: str
    low: float
    high: float
    ticks: Sequence[float]
    label: Callable[[float], str]


def shares(name: str) -> Axis:
    """An axis of shares, from 0 to 1."""
    return Axis(
        name, 0.0, 1.0, [tick / _TICKS for tick in range(_TICKS + 1)], lambda value: f"{value:.0%}"
    )


def numbers(name: str, low: int, high: int) -> Axis:
    """An axis of whole numbers, each marked."""
    return Axis(name, low, high, range(low, high + 1), lambda value: f"{value:.0f}")


def line_chart(
    title: str, x: Axis, y: Axis, lines: Sequence[Line], mark: tuple[float, float] | None = None
) -> str:
    """Lines in a frame, with a legend where there are several, and one marked point if any."""
    body = [_polyline(line, x, y) for line in lines]
    if mark:
        body.append(
            f'<circle class="mark" cx="{_x(mark[0], x):.1f}" cy="{_y(mark[1], y):.1f}" r="5"/>'
        )
    return _frame(title, x, y, body + (_legend(lines) if len(lines) > 1 else []))


def reliability_chart(title: str, bins: Sequence[Bin]) -> str:
    """Confidence against what happened: a dot for each bin with its interval, and the diagonal of a confidence that means what it says."""
    x, y = shares("confidence"), shares("share that the archive answers")
    body = [
        f'<line class="guide" x1="{_x(0, x)}" y1="{_y(0, y)}" x2="{_x(1, x)}" y2="{_y(1, y)}"/>'
    ]
    for one in bins:
        at = f"{_x(one.confidence, x):.1f}"
        body += [
            f'<line class="a" x1="{at}" x2="{at}" y1="{_y(one.low, y):.1f}" y2="{_y(one.high, y):.1f}"/>',
            (
                f'<circle class="a dot" cx="{at}" cy="{_y(one.rate, y):.1f}" r="{_DOT}">'
                f"<title>{one.count} questions: confidence {one.confidence:.1%}, answered by the archive {one.rate:.1%}</title></circle>"
            ),
        ]
    return _frame(title, x, y, body)


def _frame(title: str, x: Axis, y: Axis, body: Sequence[str]) -> str:
    marks = [
        f'<text class="tick" x="{_x(tick, x):.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{html.escape(x.label(tick))}</text>'
        for tick in x.ticks
    ]
    middle = _HEIGHT / 2 - 20
    for tick in y.ticks:
        at = _y(tick, y)
        marks += [
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>',
            f'<text class="tick" x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{html.escape(y.label(tick))}</text>',
        ]
    names = [
        f'<text class="axis" x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 8}" text-anchor="middle">{html.escape(x.name)}</text>',
        f'<text class="axis" transform="rotate(-90 12 {middle})" x="12" y="{middle}" text-anchor="middle">{html.escape(y.name)}</text>',
    ]
    inside = "".join([*marks, *names, *body])
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{html.escape(title, quote=True)}">{inside}</svg>'


def _polyline(line: Line, x: Axis, y: Axis) -> str:
    kept: list[tuple[float, float]] = []
    for at, (a, b) in enumerate(line.points):
        place = _x(a, x), _y(b, y)
        far = (
            not kept or abs(place[0] - kept[-1][0]) + abs(place[1] - kept[-1][1]) >= _SMALLEST_STEP
        )
        if far or at == len(line.points) - 1:
            kept.append(place)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in kept)
    return f'<polyline class="{line.style}" points="{points}"><title>{html.escape(line.name)}</title></polyline>'


def _legend(lines: Sequence[Line]) -> list[str]:
    drawn = []
    for row, line in enumerate(lines):
        at = _HEIGHT - _BOTTOM - 12 - 16 * (len(lines) - 1 - row)
        drawn += [
            f'<line class="{line.style}" x1="{_WIDTH - 180}" x2="{_WIDTH - 160}" y1="{at - 4}" y2="{at - 4}"/>',
            f'<text class="tick" x="{_WIDTH - 154}" y="{at}">{html.escape(line.name)}</text>',
        ]
    return drawn


def _x(value: float, axis: Axis) -> float:
    return _LEFT + (value - axis.low) / (axis.high - axis.low) * (_WIDTH - _LEFT - _RIGHT)


def _y(value: float, axis: Axis) -> float:
    return (
        _HEIGHT - _BOTTOM - (value - axis.low) / (axis.high - axis.low) * (_HEIGHT - _TOP - _BOTTOM)
    )
