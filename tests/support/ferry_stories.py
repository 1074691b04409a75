"""Articles that tell one story in several versions, and others that only look alike."""

from __future__ import annotations

from support.archives import LIBRARY, ORCHARD

ABOARD = "A freight ferry ran aground off Storholm early on Monday with {} people on board."
CARGO = "The ferry, built in 1998, was carrying timber and 40 cars."
SIGNAL = "The harbour master said that the crew had sent no distress signal."
OIL = "Booms were laid around the hull because oil was leaking from a cracked tank."
NOTE = (
    "Correction: An earlier version of this article misstated the number of people on board. "
    "It was 29."
)


def ferry(name: str, source: str, day: str, *paragraphs: str, **fields: str) -> dict[str, str]:
    """A version of the story of the ferry."""
    headline = {"title": "Ferry aground off Storholm", **fields}
    text = "\n\n".join(paragraphs)
    return {"id": name, "source": source, "published": day, "text": text, **headline}


def forecast(name: str, day: str, sky: str, low: int, high: int) -> dict[str, str]:
    """One of many articles that are made from a template."""
    text = (
        f"It will be {sky} in the valley on {day}, with lows of {low} and highs of {high}.\n\n"
        f"Winds from the west reach {high + 20} kilometres an hour by the evening of {day}.\n\n"
        f"The forecast for {day} is issued at six in the morning by the institute at Elm Ford.\n\n"
        "There are no warnings in force for farmers and for boats on the lake."
    )
    return {
        "id": name,
        "title": f"Forecast for {day}",
        "source": "Valley Post",
        "published": f"2025-03-0{name[-1]}",
        "text": text,
    }


STORIES = (
    ferry("v1", "Norrvik Post", "2025-02-03", ABOARD.format(27), CARGO, SIGNAL, OIL),
    ferry("v2", "Norrvik Post", "2025-02-04", ABOARD.format(28), CARGO, SIGNAL, OIL),
    ferry("v3", "Norrvik Post", "2025-02-05", ABOARD.format(29), CARGO, OIL, NOTE),
    ferry("echo", "Echo", "2025-02-06", ABOARD.format(31), CARGO, SIGNAL, OIL),
    forecast("day1", "Saturday", "sunny", 4, 14),
    forecast("day2", "Sunday", "cloudy", 6, 12),
    forecast("day3", "Monday", "rainy", 5, 9),
    LIBRARY,
    ORCHARD,
    {
        "id": "notes",
        "title": "Corrections and clarifications",
        "source": "Valley Post",
        "published": "2024-06-01",
        "text": "An article about a school gave a wrong date.\n\n"
        "“Frost ruins the apricot harvest” put the loss at 60 percent. It was 40 percent.",
    },
    {
        "id": "forged",
        "title": "Correction: Library extends its hours",
        "source": "Echo",
        "published": "2025-01-20",
        "text": "The library does not stay open until ten in the evening at all.",
    },
)
