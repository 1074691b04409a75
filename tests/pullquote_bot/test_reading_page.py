"""The reading page: forms, answers, articles, permalinks."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from pullquote_bot.serving.permalinks import article_path
from pullquote_bot.visible_text import visible
from support.archives import HARBOUR, ORCHARD, build_into, write_jsonl
from support.http_door import HttpDoor, Reply, http_door

TEXT = str(HARBOUR["text"])
QUESTION = "Who said the cables had been replaced?"
PAGES = {
    "/": "Ask the archive",
    f"/ask?q={quote(QUESTION)}": "cables had been replaced",
    "/ask?q=Who+won+the+chess+championship%3F": "No answer was found in the archive.",
    "/search?q=ferry": "Ferry operators expect",
    "/said?q=Kovac": "It will outlast us all",
    "/verify?q=It+will+outlast+us+all": "Word for word in the archive.",
    "/timeline?q=harbour+bridge": "5 March 2024",
    "/sources": "Valley Post",
    "/a/harbour": "Engineer Lidia Kovac",
}
HOSTILE = (
    "<script>alert(1)</script> said {{ 7 * 7 }} and {% raw %} on Tuesday that the harbour bridge "
    "'\"><img src=x onerror=alert(2)> was \u202ereversed\u202c and &lt;b&gt; closed."
)
LIMITS = {"DISCORD_USER_QUESTIONS": "1000", "DISCORD_USER_LOOKUPS": "1000"}


@pytest.fixture(scope="module")
def door(town_built: Path) -> Iterator[HttpDoor]:
    with http_door(town_built, **LIMITS) as running:
        yield running


class Elements(HTMLParser):
    """The elements of a page, and the text in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(door: HttpDoor, path: str) -> Reply:
    return door.get(path, Accept="text/html")


def marked(page: str) -> str:
    return "".join(
        html.unescape(words) for words in re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL)
    )


@pytest.mark.parametrize(("path", "words"), PAGES.items())
def test_a_page_shows_what_is_asked_for_and_asks_nobody_else(
    door: HttpDoor, path: str, words: str
) -> None:
    reply = page_of(door, path)
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    elements = Elements(reply.text)
    assert words in elements.text
    assert len(reply.text.encode()) < 60_000
    loaded = [attributes.get("src") or attributes.get("href") or ""
              for tag, attributes in elements.found
              if tag in {"script", "link", "img", "iframe"}]  # fmt: skip
    assert all(address.startswith("/static/") for address in loaded)
    for address in loaded:
        assert door.get(address).status == 200
    for tag, attributes in elements.found:
        assert "style" not in attributes, tag
        assert not any(name.startswith("on") for name in attributes), tag
        if tag in {"input", "textarea"}:
            assert f'<label for="{attributes["id"]}"' in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_a_permalink_marks_the_words_at_their_place(door: HttpDoor) -> None:
    answer = page_of(door, f"/ask?q={quote(QUESTION)}").text
    link = html.unescape(re.findall(r'href="(/a/harbour\?[^"]+)"', answer)[0])
    path, _, fragment = link.partition("#")
    start, end = map(int, fragment.removeprefix("q=").split("-"))
    page = page_of(door, path).text
    assert marked(page) == TEXT[start:end]
    assert f'<mark id="{fragment}">' in page
    assert "has changed" not in page
    assert TEXT[start:end] in html.unescape(page.partition("<textarea")[2])


def test_a_permalink_says_that_the_article_changed_and_shows_the_words_of_then(
    built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles.jsonl"
    write_jsonl(articles, HARBOUR)
    build_into(built, [articles])
    with http_door(built, **LIMITS) as door:
        said = door.get("/api/said?speaker=Kovac").json["statements"][-1]
        link = said["permalink"].partition("#")[0]
        assert marked(page_of(door, link).text) == said["text"]
    write_jsonl(articles, {**HARBOUR, "text": f"UPDATED. {TEXT}"})
    build_into(built, [articles])
    with http_door(built, **LIMITS) as door:
        page = page_of(door, link).text
        assert "This article has changed since the link was made" in page
        assert html.escape(said["text"], quote=False) in page.partition('class="then"')[2]
        assert "What changed since" in page
        assert "<ins>UPDATED.</ins> The harbour" in page
        assert "<del>" not in page
        fresh = page_of(door, "/a/harbour?q=0-7").text
        assert marked(fresh) == "UPDATED"
    write_jsonl(articles, ORCHARD)
    with http_door(built, **LIMITS) as door:
        page = page_of(door, "/a/harbour").text
        assert "changed since the index was built" in page
        assert "Engineer" not in page


def test_hostile_articles_and_questions_are_shown_as_their_characters(
    built: Path, tmp_path: Path
) -> None:
    record = {
        "id": "../<b>/a?b#c",
        "title": HOSTILE,
        "source": HOSTILE,
        "text": HOSTILE,
        "url": "javascript:alert(3)",
        "authors": [HOSTILE],
        "published": "2024-01-01",
    }
    build_into(built, [write_jsonl(tmp_path / "hostile.jsonl", record, HARBOUR)])
    article = article_path(str(record["id"]))
    paths = [
        article,
        f"{article}?q=0-30",
        *(f"/{name}?{urlencode({'q': HOSTILE, 'source': '', 'since': ''})}"
          for name in ("ask", "search", "said", "verify", "timeline")),
        f"/ask?{urlencode({'q': 'harbour bridge', 'source': HOSTILE})}",
        "/sources",
    ]  # fmt: skip
    with http_door(built, **LIMITS) as door:
        for path in paths:
            page = page_of(door, path)
            assert page.status == 200, path
            elements = Elements(page.text)
            tags = {tag for tag, _ in elements.found}
            assert not tags & {"b", "img", "iframe"}, path
            assert page.text.count("<script") == 1, path
            assert "javascript:" not in "".join(
                attributes.get("href") or "" for _, attributes in elements.found
            )
            assert "\u202e" not in page.text, path
            assert "49" not in elements.text or "{{ 7 * 7 }}" in elements.text, path
        assert visible(HOSTILE) in Elements(page_of(door, article).text).text


def test_a_long_article_is_read_in_pages_and_a_link_opens_the_right_one(
    built: Path, tmp_path: Path
) -> None:
    paragraphs = [f"Paragraph {number} tells of the harbour. {'word ' * 60}"
                  for number in range(400)]  # fmt: skip
    text = "\n\n".join(paragraphs)
    build_into(built, [write_jsonl(tmp_path / "long.jsonl", {"id": "long", "text": text})])
    start = text.index("Paragraph 300 ")
    with http_door(built, **LIMITS) as door:
        first = page_of(door, "/a/long").text
        assert "Page 1 of" in first
        assert len(first.encode()) < 60_000
        assert '<p id="p1"' in first
        page = page_of(door, f"/a/long?q={start}-{start + 13}").text
        assert marked(page) == "Paragraph 300"
        assert "Page 1 of" not in page


def test_an_archive_of_quotes_alone_shows_the_paragraph_of_a_quote(town_built: Path) -> None:
    with http_door(town_built, DISCORD_FULL_ARTICLES="false") as door:
        assert "Ferry operators" not in page_of(door, "/a/harbour").text
        page = page_of(door, "/a/harbour?q=72-80").text
        assert marked(page) == "Engineer"
        assert "Ferry operators" not in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ask?q=ferry&since=blah", "is not a date"),
        ("/ask?q=ferry&source=Nobody", "the archive has no source"),
        ("/ask?q=%21%21", "the question has no words"),
        ("/verify?q=one", "fewer than two words"),
        ("/a/none", "the archive has no article with this id"),
        ("/nothing", "there is nothing at this address"),
        ("/a/harbour?q=5-999999", "no such place"),
        ("/a/harbour?q=x", "no such place"),
    ],
)
def test_what_cannot_be_shown_is_said_on_the_page(door: HttpDoor, path: str, words: str) -> None:
    assert words in html.unescape(page_of(door, path).text)


def test_an_article_is_compared_with_another(door: HttpDoor) -> None:
    page = page_of(door, "/a/harbour?with=orchard").text
    assert "What differs in" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "The words are the same" in page_of(door, "/a/harbour?with=harbour").text
    assert page_of(door, "/a/harbour?with=nothing").status == 404


def test_an_article_lists_its_versions_and_where_each_differs(stories_built: Path) -> None:
    with http_door(stories_built, **LIMITS) as door:
        page = page_of(door, "/a/v2").text
        listed = page.partition('id="versions"')[2].partition("</ol>")[0]
        text = " ".join(Elements(f"<h2 {listed}").text.split())
        earlier, later = "3 February 2025: Ferry aground", "5 February 2025: Ferry aground"
        assert f"{earlier} off Storholm · other words in paragraph 1 · What differs" in text
        assert "4 February 2025: the version on this page" in text
        assert (
            f"{later} off Storholm · other words in paragraph 1; without paragraph 3; "
            "more after paragraph 4 · What differs" in text
        )
        links = [values["href"] for tag, values in Elements(listed).found if tag == "a"]
        assert links == ["/a/v1", "/a/v2?with=v1", "/a/v3", "/a/v2?with=v3"]
        assert all(page_of(door, str(link)).status == 200 for link in links)
        others = page.partition("The same story in other articles")[2].partition("</ul>")[0]
        assert "/a/echo" in others
        assert "/a/v1" not in others
        assert 'id="versions"' not in page_of(door, "/a/day1").text
    with http_door(stories_built, DISCORD_FULL_ARTICLES="false", **LIMITS) as door:
        listed = page_of(door, "/a/v2").text.partition('id="versions"')[2].partition("</ol>")[0]
        assert "/a/v3" in listed
        assert "paragraph" not in listed
        assert "What differs" not in listed


def test_a_long_text_to_verify_is_sent_in_the_body(door: HttpDoor) -> None:
    body = urlencode({"q": "The harbour bridge closed on Tuesday after eleven months of repairs."})
    form = {"content-type": "application/x-www-form-urlencoded"}
    page = door.send("POST", "/verify", body.encode(), form).text
    assert "Altered: the archive prints other words." in page
    assert "Another word" in page
    assert door.send("POST", "/verify", b"q=" + b"a" * 400_000, form).status == 413
