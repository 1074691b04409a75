"""A bar chart of the number of articles of each month. The one module that imports Pillow."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 720, 260
"""The size of the picture, in pixels."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 24, 44
"""The margins around the bars, in pixels."""
_GROUND, _INK, _GRID, _BAR = "#ffffff", "#3a3f44", "#e3e6e8", "#2e8b57"
_FONT_SIZE = 15
_MOST_LABELS = 8
"""Months that are named below the bars."""
_MOST_MONTHS = 300
"""Months that are drawn."""
_MONTHS = 12


def month_chart(counts: Mapping[str, int]) -> bytes:
    """Draw the chart.

    Args:
        counts: the number of articles of each month ("2025-10"); at least one month.

    Returns:
        The picture as PNG.
    """
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _GROUND)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(_FONT_SIZE)
    highest = max(counts.values())
    for share in (0.0, 0.5, 1.0):
        y = _y(share)
        draw.line([(_LEFT, y), (_WIDTH - _RIGHT, y)], fill=_GRID)
        if share != 0.5 or highest % 2 == 0:  # noqa: PLR2004 - the middle line
            label = f"{round(highest * share):,}"
            draw.text((_LEFT - 8, y), label, fill=_INK, font=font, anchor="rm")
    months = _every_month(sorted(counts))
    step = (_WIDTH - _LEFT - _RIGHT) / len(months)
    gap = min(4.0, step / 5)
    label_interval = -(-len(months) // _MOST_LABELS)
    for position, month in enumerate(months):
        left = _LEFT + position * step
        if count := counts.get(month, 0):
            top = min(_y(count / highest), _y(0) - 2)
            right = max(left + step - gap / 2, left + gap / 2 + 1)
            draw.rectangle([left + gap / 2, top, right, _y(0)], fill=_BAR)
        if position % label_interval == 0:
            draw.text((left + step / 2, _y(0) + 8), month, fill=_INK, font=font, anchor="mt")
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _y(share: float) -> float:
    """The y coordinate of a share of the highest bar (0 to 1), in pixels."""
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _every_month(months: list[str]) -> list[str]:
    """Every month from the first to the last, at most the latest `_MOST_MONTHS`."""
    first, last = (
        int(year) * _MONTHS + int(month) - 1
        for year, month in (months[0].split("-"), months[-1].split("-"))
    )
    return [
        f"{number // _MONTHS:04}-{number % _MONTHS + 1:02}"
        for number in range(max(first, last - _MOST_MONTHS + 1), last + 1)
    ]
