"""Charts as SVG markup. Each function takes values and returns markup; the page has the colours."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pullquote.evaluation.curves import ReliabilityBin

_WIDTH, _HEIGHT = 360, 300
"""Of a chart, in SVG units; the page scales them."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 34, 12, 44
"""Margins around the plot, which hold the labels of the axes."""
_DOT_RADIUS = 3.5
_SHARE_TICKS = 5
_MIN_STEP = 0.5
"""Points of a line that are nearer than this to the point before are left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chart.

    Attributes:
        name: for the legend.
        css_class: the class that colours the line, for example "a".
        points: (x, y) pairs.
    """

    name: str
    css_class: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of a chart.

    Attributes:
        name: the quantity, with its unit.
        low, high: the ends of the axis.
        ticks: the labelled values.
        label: formats a tick.
    """

    name: str
    low: float
    high: float
    ticks: Sequence[float]
    label: Callable[[float], str]


def share_axis(name: str) -> Axis:
    """An axis from 0% to 100%."""
    ticks = [tick / _SHARE_TICKS for tick in range(_SHARE_TICKS + 1)]
    return Axis(name, 0.0, 1.0, ticks, lambda value: f"{value:.0%}")


def whole_number_axis(name: str, low: int, high: int) -> Axis:
    """An axis of whole numbers, each of them labelled."""
    return Axis(name, low, high, range(low, high + 1), lambda value: f"{value:.0f}")


def line_chart(
    title: str, x: Axis, y: Axis, lines: Sequence[Line], marks: Sequence[tuple[float, float]] = ()
) -> str:
    """A line chart.

    Args:
        title: for screen readers.
        x: the horizontal axis.
        y: the vertical axis.
        lines: with a legend if there are several.
        marks: points to mark with a ring.
    """
    plot = [_polyline(line, x, y) for line in lines]
    plot += [
        f'<circle class="mark" cx="{_x(mark[0], x):.1f}" cy="{_y(mark[1], y):.1f}" r="5"/>'
        for mark in marks
    ]
    return _frame(title, x, y, plot + (_legend(lines) if len(lines) > 1 else []))


def reliability_chart(title: str, bins: Sequence[ReliabilityBin]) -> str:
    """Confidence against the share of questions that the first three quotes answer.

    A dot with its 95% interval for each bin, and the diagonal of a perfectly calibrated confidence.
    """
    x, y = share_axis("confidence"), share_axis("right in the first 3 quotes")
    plot = [
        f'<line class="guide" x1="{_x(0, x)}" y1="{_y(0, y)}" x2="{_x(1, x)}" y2="{_y(1, y)}"/>'
    ]
    for group in bins:
        column = f"{_x(group.confidence, x):.1f}"
        tooltip = (
            f"{group.count} questions: mean confidence {group.confidence:.1%}, "
            f"{group.rate:.1%} right in the first 3 quotes"
        )
        plot += [
            (
                f'<line class="a" x1="{column}" x2="{column}" '
                f'y1="{_y(group.low, y):.1f}" y2="{_y(group.high, y):.1f}"/>'
            ),
            (
                f'<circle class="a dot" cx="{column}" cy="{_y(group.rate, y):.1f}" '
                f'r="{_DOT_RADIUS}"><title>{tooltip}</title></circle>'
            ),
        ]
    return _frame(title, x, y, plot)


def _frame(title: str, x: Axis, y: Axis, plot: Sequence[str]) -> str:
    """The whole chart: labelled axes, grid lines and the plot."""
    parts = [
        _text("tick", f"{_x(tick, x):.1f}", _HEIGHT - _BOTTOM + 16, "middle", x.label(tick))
        for tick in x.ticks
    ]
    for tick in y.ticks:
        row = _y(tick, y)
        parts += [
            (
                f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" '
                f'y1="{row:.1f}" y2="{row:.1f}"/>'
            ),
            _text("tick", _LEFT - 6, f"{row + 4:.1f}", "end", y.label(tick)),
        ]
    middle = _HEIGHT / 2 - 20
    parts += [
        _text("axis", (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 8, "middle", x.name),
        _text("axis", 12, middle, "middle", y.name, f'transform="rotate(-90 12 {middle})" '),
        *plot,
    ]
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{html.escape(title, quote=True)}">{"".join(parts)}</svg>'
    )


def _text(
    css_class: str, x: float | str, y: float | str, anchor: str, text: str, attributes: str = ""
) -> str:
    return (
        f'<text class="{css_class}" {attributes}x="{x}" y="{y}" text-anchor="{anchor}">'
        f"{html.escape(text)}</text>"
    )


def _polyline(line: Line, x: Axis, y: Axis) -> str:
    kept: list[tuple[float, float]] = []
    for number, (x_value, y_value) in enumerate(line.points):
        point = _x(x_value, x), _y(y_value, y)
        is_last = number == len(line.points) - 1
        if not kept or is_last or _city_block_distance(point, kept[-1]) >= _MIN_STEP:
            kept.append(point)
    points = " ".join(f"{column:.1f},{row:.1f}" for column, row in kept)
    return (
        f'<polyline class="{line.css_class}" points="{points}">'
        f"<title>{html.escape(line.name)}</title></polyline>"
    )


def _city_block_distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _legend(lines: Sequence[Line]) -> list[str]:
    parts = []
    for number, line in enumerate(lines):
        row = _HEIGHT - _BOTTOM - 12 - 16 * (len(lines) - 1 - number)
        parts += [
            (
                f'<line class="{line.css_class}" x1="{_WIDTH - 180}" x2="{_WIDTH - 160}" '
                f'y1="{row - 4}" y2="{row - 4}"/>'
            ),
            f'<text class="tick" x="{_WIDTH - 154}" y="{row}">{html.escape(line.name)}</text>',
        ]
    return parts


def _x(value: float, axis: Axis) -> float:
    """A value of the horizontal axis in SVG units."""
    return _LEFT + (value - axis.low) / (axis.high - axis.low) * (_WIDTH - _LEFT - _RIGHT)


def _y(value: float, axis: Axis) -> float:
    """A value of the vertical axis in SVG units."""
    return (
        _HEIGHT - _BOTTOM - (value - axis.low) / (axis.high - axis.low) * (_HEIGHT - _TOP - _BOTTOM)
    )
