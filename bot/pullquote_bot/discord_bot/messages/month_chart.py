"""A picture of how many articles there are of each month. The one module that imports Pillow."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 24, 44
_GROUND, _INK, _GRID, _BAR = "#ffffff", "#3a3f44", "#e3e6e8", "#2e8b57"
_FONT_SIZE = 15
_MOST_LABELS = 8
_MONTHS = 12
_MOST_MONTHS = 300


def month_chart(counts: Mapping[str, int]) -> bytes:
    """The chart as PNG.

    Args:
        counts: how many articles there are of each month ("2025-10"), at least one month.
    """
    months = _span(sorted(counts))
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _GROUND)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(_FONT_SIZE)
    most = max(counts.values())
    for share in (0.0, 0.5, 1.0):
        y = _y(share)
        draw.line([(_LEFT, y), (_WIDTH - _RIGHT, y)], fill=_GRID)
        if share != 0.5 or most % 2 == 0:  # noqa: PLR2004 - the middle line
            draw.text((_LEFT - 8, y), f"{round(most * share):,}", fill=_INK, font=font, anchor="rm")
    step = (_WIDTH - _LEFT - _RIGHT) / len(months)
    gap = min(4.0, step / 5)
    every = -(-len(months) // _MOST_LABELS)
    for at, month in enumerate(months):
        left = _LEFT + at * step
        count = counts.get(month, 0)
        if count:
            draw.rectangle(
                [
                    left + gap / 2,
                    min(_y(count / most), _y(0) - 2),
                    max(left + step - gap / 2, left + gap / 2 + 1),
                    _y(0),
                ],
                fill=_BAR,
            )
        if at % every == 0:
            draw.text((left + step / 2, _y(0) + 8), month, fill=_INK, font=font, anchor="mt")
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _span(known: list[str]) -> list[str]:
    """Every month from the first to the last; of centuries, the latest that the picture has room for."""
    first, last = (
        int(year) * _MONTHS + int(month) - 1
        for year, month in (known[0].split("-"), known[-1].split("-"))
    )
    return [
        f"{number // _MONTHS:04}-{number % _MONTHS + 1:02}"
        for number in range(max(first, last - _MOST_MONTHS + 1), last + 1)
    ]
