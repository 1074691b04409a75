import io
from collections.abc import Mapping

import pytest
from PIL import Image

from pullquote_bot.discord_bot.messages.bar_charts import _every_month, month_chart

BAR = (0x4C, 0xB7, 0x82)


def months(count: int, first_year: int = 2000) -> dict[str, int]:
    return {f"{first_year + at // 12:04}-{at % 12 + 1:02}": at % 7 + 1 for at in range(count)}


def picture(counts: Mapping[str, int]) -> Image.Image:
    image = Image.open(io.BytesIO(month_chart(counts)))
    assert image.format == "PNG"
    image.load()
    return image.convert("RGB")


def bars(image: Image.Image) -> list[int]:
    """The number of bar pixels in each column."""
    return [
        sum(image.getpixel((x, y)) == BAR for y in range(image.height)) for x in range(image.width)
    ]


@pytest.mark.parametrize(
    "counts",
    [
        {"2025-10": 1},
        {"2025-10": 20_000},
        months(2),
        months(12),
        months(300),
        months(5_000, 1700),
        {"0001-01": 1, "9999-12": 2},
    ],
)
def test_any_span_of_months_is_drawn(counts: dict[str, int]) -> None:
    image = picture(counts)
    assert image.size == (720, 420)
    assert max(bars(image)) > 0


def test_the_month_with_most_articles_has_the_highest_bar_and_one_article_has_a_visible_bar() -> (
    None
):
    heights = bars(picture({"2025-01": 1_000, "2025-02": 1}))
    left, right = max(heights[100:380]), max(heights[405:690])
    assert left > 150
    assert 1 <= right <= 4


def test_months_without_articles_are_gaps() -> None:
    assert _every_month(["2024-11", "2025-02"]) == ["2024-11", "2024-12", "2025-01", "2025-02"]
    heights = bars(picture({"2024-11": 1, "2025-02": 1}))
    assert max(heights[250:500]) == 0


def test_at_most_the_latest_300_months_are_drawn() -> None:
    span = _every_month(["1700-01", "2025-12"])
    assert (len(span), span[-1]) == (300, "2025-12")
