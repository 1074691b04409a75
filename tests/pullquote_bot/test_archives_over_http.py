"""Several archives at the doors of programs and readers: pages, API, tokens, MCP."""

import asyncio
import hashlib
import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from mcp import Client, MCPError
from mcp_types import TextResourceContents

from pullquote.answering.open_index import OpenIndex
from pullquote.settings import Settings, load_settings
from pullquote.settings_archives import ArchiveName
from pullquote_bot.mcp_server.archive_tools import RESOURCES
from pullquote_bot.mcp_server.server import make_mcp_server
from pullquote_bot.serving.doorway import Doorway, Visitor
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.service import Service
from support.archives import link_tree
from support.http_door import HttpDoor, archives_door

QUESTION = "Who said the cables had been replaced?"
ASK = f"api/ask?question={quote(QUESTION)}"
TOWN, LIBRARIES = map(ArchiveName, ("town", "libraries"))
TOKENS = {"both": ["*"], "reader": ["libraries"], "stranger": ["elsewhere"]}
LIMITS = {
    "PULLQUOTE_DISCORD_USER_QUESTIONS": "1000",
    "PULLQUOTE_DISCORD_USER_LOOKUPS": "1000",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, town_built: Path, library_built: Path) -> Path:
    folder = tmp_path_factory.mktemp("archives")
    link_tree(town_built, folder / "town")
    link_tree(library_built, folder / "libraries")
    (folder / "mine.toml").write_text(
        '[archives.town]\nindex = "town"\ntitle = "The <Town>"\n'
        '[archives.libraries]\nindex = "libraries"\nfull_articles = false\n'
    )
    tables = [
        f'[{name}]\nsha256 = "{hashlib.sha256(name.encode()).hexdigest()}"\narchives = {opened}\n'
        for name, opened in TOKENS.items()
    ]
    (folder / "tokens.toml").write_text("".join(tables))
    return folder


def settings_in(folder: Path, **environment: str) -> Settings:
    return load_settings({**LIMITS, **environment}, folder / "mine.toml")


@pytest.fixture(scope="module")
def door(folder: Path) -> Iterator[HttpDoor]:
    with archives_door(settings_in(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def guarded(folder: Path) -> Iterator[HttpDoor]:
    tokens = {"PULLQUOTE_SERVE_TOKENS": str(folder / "tokens.toml")}
    with archives_door(settings_in(folder, **tokens), with_mcp=True) as running:
        yield running


def page_of(door: HttpDoor, path: str, **headers: str) -> str:
    return html.unescape(door.get(path, Accept="text/html", **headers).text)


def test_each_archive_has_its_own_pages_and_its_own_api(door: HttpDoor) -> None:
    answer = door.get(f"/in/town/{ASK}").json
    link = urlsplit(answer["quotes"][0]["permalink"])
    assert link.path == "/in/town/a/harbour"
    assert "<mark" in page_of(door, f"{link.path}?{link.query}")
    assert door.get("/in/town/api/status").json["articles"] == 4
    assert door.get("/in/libraries/api/status").json["articles"] == 1
    assert door.get("/in/town/api/articles/harbour").status == 200
    assert door.get("/in/libraries/api/articles/library").status == 403, "quotes alone"
    for path in ("/api/status", f"/{ASK}", "/search", "/a/harbour"):
        assert door.get(path).status == 404, path
    page = page_of(door, f"/in/town/ask?q={quote(QUESTION)}")
    assert 'href="/in/town/a/harbour?' in page
    assert 'action="/in/town/ask"' in page
    for name in ("", "search", "verify", "said", "timeline", "sources"):
        assert "The <Town>" in page_of(door, f"/in/town/{name}"), name


def test_the_first_page_lists_the_archives_and_a_form_leads_to_the_one_that_is_chosen(
    door: HttpDoor,
) -> None:
    page = page_of(door, "/")
    assert 'href="/in/town/"' in page
    assert 'href="/in/libraries/"' in page
    assert "The <Town>" in page
    assert '<option value="libraries">libraries</option>' in page
    for path in ("/ask", "/in/town/ask"):
        chosen = door.get(f"{path}?q=ferry&archive=libraries&since=2024")
        assert chosen.status == 303
        assert chosen.headers["location"] == "/in/libraries/ask?q=ferry&since=2024"
    sent = door.send("POST", "/in/town/verify", b"q=a+b&archive=libraries")
    assert (sent.status, sent.headers["location"]) == (307, "/in/libraries/verify")
    assert door.get("/ask?q=ferry&archive=nowhere").headers["location"] == "/"
    assert door.get("/in/town/said?q=Kovac&archive=nowhere", Accept="text/html").status == 200
    assert 'value="town" selected' in page_of(door, "/in/town/search")


def test_a_name_that_there_is_not_is_a_problem_that_names_the_others(door: HttpDoor) -> None:
    problem = door.get(f"/in/nowhere/{ASK}")
    assert problem.status == 404
    assert problem.json["where"] == "archive"
    assert problem.json["mend"] == "The archives are: town, libraries"
    assert "there is no archive 'nowhere'" in page_of(door, "/in/nowhere/search")


def test_the_document_names_the_archives_and_has_a_list_of_them(door: HttpDoor) -> None:
    document = door.get("/api/openapi.json").json
    assert "/in/{archive}/api/ask" in document["paths"]
    for path, operations in document["paths"].items():
        for operation in operations.values():
            names = [each["name"] for each in operation.get("parameters", ())]
            assert ("archive" in names) == path.startswith("/in/"), path
    (archive,) = [
        each
        for each in document["paths"]["/in/{archive}/api/status"]["get"]["parameters"]
        if each["name"] == "archive"
    ]
    assert archive["schema"]["enum"] == ["town", "libraries"]
    listed = door.get("/api/archives").json["archives"]
    assert [each["title"] for each in listed] == ["The <Town>", "libraries"]
    assert listed[0]["path"] == "/in/town"


def test_operators_see_how_many_are_ready_and_the_counts_of_each(door: HttpDoor) -> None:
    door.get(f"/in/town/{ASK}")
    door.get(f"/in/town/{ASK}&source=Nobody")
    assert door.get("/readyz").text == "2 of 2 archives\n"
    live = door.get("/in/town/api/status").json["generation"]
    assert door.get("/in/town/readyz").text.strip() == live
    metrics = door.get("/metrics").text
    assert 'pullquote_questions_total{archive="town",outcome="answered"}' in metrics
    assert 'pullquote_errors_total{archive="town",kind="RequestError"}' in metrics


def test_a_token_opens_its_archives_and_learns_of_no_other(guarded: HttpDoor) -> None:
    def get(path: str, token: str) -> tuple[int, str]:
        reply = guarded.get(path, Authorization=f"Bearer {token}")
        return reply.status, reply.text

    assert get("/in/libraries/api/status", "reader")[0] == 200
    assert get("/in/town/api/status", "both")[0] == 200
    closed, missing = get("/in/town/api/status", "reader"), get("/in/gone/api/status", "reader")
    assert closed == missing
    assert closed[0] == 403
    paths = ("/", "/api/archives", "/api/openapi.json", "/in/town/search", "/in/libraries/search")
    for path in paths:
        assert "town" not in get(path, "reader")[1].lower(), path
        assert get(path, "stranger")[0] == 403, path
        assert guarded.get(path).status == 401, path
    assert get("/metrics", "reader")[0] == 403
    assert get("/metrics", "both")[0] == 200
    assert guarded.get("/readyz").text == "2 of 2 archives\n"
    assert guarded.get("/in/town/readyz").status == 401


def test_a_browser_is_answered_in_its_language_and_a_program_in_english(door: HttpDoor) -> None:
    german = {"Accept-Language": "fr;q=0.9, de-AT, en;q=0.1"}
    page = page_of(door, f"/in/town/ask?q={quote(QUESTION)}", **german)
    assert '<html lang="de">' in page
    assert "Das Archiv fragen" in page
    assert '<blockquote dir="auto" lang="en">' in page
    assert "5. März 2024" in page_of(door, "/in/town/sources", **german)
    assert '<html lang="en">' in page_of(door, "/in/town/", **{"Accept-Language": "fr, x;q=zzz"})
    problem = door.get("/in/town/api/ask", **german, Accept="text/html, application/json")
    assert "is missing" in problem.text
    assert "gibt kein Archiv" in page_of(door, "/in/nowhere/", **german)


async def called(client: Client, tool: str, **arguments: object) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return result.structured_content


def mcp_client(service: Service, archives: frozenset[ArchiveName] | None) -> Client:
    visitor = Visitor(Asker.of(-5, None), -5, archives=archives)
    return Client(make_mcp_server(Doorway(service, 60), "", lambda _: visitor))


@pytest.fixture
def service(folder: Path) -> Iterator[Service]:
    opened = Service(
        settings_in(folder), lambda of, gen: OpenIndex(of, generation=gen), keeps_records=False
    )
    yield opened
    opened.close()


def test_tools_take_an_archive_of_those_that_the_caller_may_read(service: Service) -> None:
    async def names_in(client: Client) -> dict[str, Any]:
        tools = (await client.list_tools()).tools
        assert {"archives", "ask"} <= {tool.name for tool in tools}
        return {
            tool.name: tool.input_schema["properties"]["archive"]["enum"]
            for tool in tools
            if tool.name != "archives" and "archive" in tool.input_schema["required"]
        }

    async def run() -> None:
        async with asyncio.timeout(60), mcp_client(service, None) as client:
            enums = await names_in(client)
            assert len(enums) == 6
            assert set(map(tuple, enums.values())) == {("town", "libraries")}
            answer = await called(client, "ask", question=QUESTION, archive="town")
            uri = answer["quotes"][0]["permalink"].partition("#")[0]
            assert uri.startswith(f"{RESOURCES}/in/town/a/harbour?")
            (read,) = (await client.read_resource(uri)).contents
            assert isinstance(read, TextResourceContents)
            assert read.text == answer["quotes"][0]["text"]
            assert (await called(client, "sources", archive="libraries"))["articles"] == 1
            articles = (await client.list_resources()).resources
            assert len(articles) == 4
            assert all(one.uri.startswith(f"{RESOURCES}/in/town/a/") for one in articles)
            missing = await client.call_tool("ask", {"question": QUESTION})
            assert "archive: is missing. The archives are: town, lib" in str(missing.content)
            article = {"article_id": "library", "archive": "libraries"}
            kept_back = await client.call_tool("read_article", article)
            assert "quotes, but not whole articles" in str(kept_back.content)
        async with asyncio.timeout(60), mcp_client(service, frozenset({LIBRARIES})) as client:
            assert set(map(tuple, (await names_in(client)).values())) == {("libraries",)}
            assert not (await client.list_resources()).resources
            listed = await called(client, "archives")
            assert [each["name"] for each in listed["archives"]] == ["libraries"]
            for name in ("town", "gone"):
                closed = await client.call_tool("ask", {"question": "a", "archive": name})
                assert f"no archive '{name}'. The archives are: libraries" in str(closed.content)
            with pytest.raises(MCPError, match="no archive 'town'"):
                await client.read_resource(uri)

    asyncio.run(run())


def test_a_token_chooses_its_archives_over_mcp_too(guarded: HttpDoor) -> None:
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Accept": "application/json, text/event-stream"}
    replies = [
        guarded.post("/mcp", message, Authorization=f"Bearer {token}", **headers)
        for token in TOKENS
    ]
    assert [reply.status for reply in replies] == [200, 200, 403]
    assert "town" in replies[0].text
    assert "town" not in replies[1].text
