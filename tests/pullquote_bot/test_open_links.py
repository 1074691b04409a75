"""Open links lead to the words on the reading page, where there is one."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.settings_archives import ONLY_ARCHIVE
from pullquote_bot.discord_bot.messages.answer_messages import answer_messages
from pullquote_bot.discord_bot.messages.open_links import set_reading_pages

QUESTION = "Who said the cables had been replaced?"


@pytest.fixture
def reading_page() -> Iterator[str]:
    set_reading_pages({ONLY_ARCHIVE: "https://read.example"})
    yield "https://read.example"
    set_reading_pages({})


def links_of(archive: OpenIndex) -> list[str]:
    messages = answer_messages(answer(archive, understand(QUESTION)), private=False)
    return [html.unescape(link) for link in re.findall(r"\]\(<([^>]+)>\)", repr(messages))]


def test_they_lead_to_the_publisher_without_a_reading_page(town: OpenIndex) -> None:
    links = links_of(town)
    assert any(link.startswith("https://example.org/harbour#:~:text=") for link in links)


def test_they_lead_to_the_place_of_the_words(town: OpenIndex, reading_page: str) -> None:
    quote = answer(town, understand(QUESTION)).quotes[0]
    link = next(link for link in links_of(town) if link.startswith(reading_page))
    address = urlsplit(link)
    place = f"q={quote.span.start}-{quote.span.end}"
    assert (address.path, address.fragment) == ("/a/harbour", place)
    assert address.query == f"h={quote.article.sha256[:12]}&{place}"
