"""Bar charts: articles of each month, statements of each speaker. The one door to Pillow."""

from __future__ import annotations

import calendar
import io
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 720, 420
"""The size of the picture, in pixels. A phone shows it at two fifths of it."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 96, 28, 36, 72
"""The margins around the bars, in pixels."""
_GROUND, _INK, _GRID, _BAR = "#2b2d31", "#dbdee1", "#46494f", "#4cb782"
"""A dark ground, which does not glare in the dark; its ink has a contrast of 10 to 1."""
_FONT_SIZE = 30
"""12 pixels on a phone."""
_MOST_LABELS = 4
"""Months that are named below the bars."""
_WIDEST_BAR = 60
"""In pixels: a few bars do not fill the picture."""
_MOST_MONTHS = 300
"""Months that are drawn."""
_MONTHS = 12


def month_chart(counts: Mapping[str, int]) -> bytes:
    """Draw the number of articles of each month.

    Args:
        counts: by month ("2025-10"); at least one month.

    Returns:
        The picture as PNG.
    """
    months = _every_month(sorted(counts))
    label_interval = -(-len(months) // _MOST_LABELS)
    labels = [
        "" if place % label_interval else _written_month(month)
        for place, month in enumerate(months)
    ]
    return _bar_chart([counts.get(month, 0) for month in months], labels)


def rank_chart(counts: Sequence[int]) -> bytes:
    """Draw counts in their order, each labelled with its number from 1.

    Args:
        counts: at least one, which is not 0.

    Returns:
        The picture as PNG.
    """
    labels = [str(rank) for rank in range(1, len(counts) + 1)]
    return _bar_chart(counts, labels, _WIDEST_BAR)


def _bar_chart(counts: Sequence[int], labels: Sequence[str], widest: float = _WIDTH) -> bytes:
    """A bar for each count, at most `widest` pixels, with its label below.

    One count at least is not 0.
    """
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _GROUND)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(_FONT_SIZE)
    highest = max(counts)
    for share in (0.0, 0.5, 1.0):
        y = _y(share)
        draw.line([(_LEFT, y), (_WIDTH - _RIGHT, y)], fill=_GRID, width=2)
        if share != 0.5 or highest % 2 == 0:  # noqa: PLR2004 - the middle line
            label = f"{round(highest * share):,}"
            draw.text((_LEFT - 12, y), label, fill=_INK, font=font, anchor="rm")
    step = min(widest, (_WIDTH - _LEFT - _RIGHT) / len(counts))
    gap = min(4.0, step / 5)
    for position, (count, label) in enumerate(zip(counts, labels, strict=True)):
        left = _LEFT + position * step
        if count:
            top = min(_y(count / highest), _y(0) - 2)
            right = max(left + step - gap / 2, left + gap / 2 + 1)
            draw.rectangle([left + gap / 2, top, right, _y(0)], fill=_BAR)
        half = draw.textlength(label, font=font) / 2
        x = min(max(left + step / 2, half), _WIDTH - half)
        draw.text((x, _y(0) + 22), label, fill=_INK, font=font, anchor="mt")
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _y(share: float) -> float:
    """The y coordinate of a share of the highest bar (0 to 1), in pixels."""
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _written_month(month: str) -> str:
    """A month ("2025-10") as it is named below its bar: Oct 2025."""
    year, number = month.split("-")
    return f"{calendar.month_abbr[int(number)]} {year}"


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
