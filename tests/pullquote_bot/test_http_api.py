"""The HTTP API: results, problems, limits, tokens."""

import hashlib
import json
import signal
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.errors import SettingsError
from pullquote.json_output.answer import answer_json
from pullquote_bot.serving.archive_requests import AskRequest
from pullquote_bot.web.access import read_tokens
from pullquote_bot.web.listening import check_audience, is_loopback
from support.archives import HARBOUR
from support.http_door import HttpDoor, http_door

QUESTION = "Who said the cables had been replaced?"
ASK = f"/api/ask?question={quote(QUESTION)}"
TOKEN, OTHER = "a-token-of-the-newsroom", "a-token-for-something-else"
PATHS = [
    ASK,
    "/api/search?question=ferry",
    "/api/verify?text=It+will+outlast+us+all",
    "/api/said?speaker=Kovac",
    "/api/timeline?subject=harbour+bridge",
    "/api/articles/harbour",
    "/api/status",
]


@pytest.fixture(scope="module")
def door(town_built: Path) -> Iterator[HttpDoor]:
    limits = {"DISCORD_USER_QUESTIONS": "1000", "DISCORD_USER_LOOKUPS": "1000"}
    with http_door(town_built, SERVE_MAX_BYTES="5000", **limits) as running:
        yield running


def test_an_answer_is_that_of_the_command_line_with_permalinks(
    door: HttpDoor, town: OpenIndex
) -> None:
    by_address, by_body = door.get(ASK).json, door.post("/api/ask", {"question": QUESTION}).json
    expected = json.loads(answer_json(answer(town, understand(QUESTION))).model_dump_json())
    for reply in (by_address, by_body):
        for found, wanted in zip(reply["quotes"], expected["quotes"], strict=True):
            link = urlsplit(found.pop("permalink"))
            assert link.path == f"/a/{wanted['article_id']}"
            assert link.query.startswith(f"gen={expected['generation']}")
            assert link.fragment == f"q={wanted['start']}-{wanted['end']}"
            assert HARBOUR["text"][wanted["start"] : wanted["end"]] == found["text"]
        assert reply | {"elapsed_ms": 0} == expected | {"elapsed_ms": 0}


def test_every_operation_answers_with_json_that_nobody_stores(door: HttpDoor) -> None:
    for path in PATHS:
        reply = door.get(path)
        assert (reply.status, reply.headers["content-type"]) == (200, "application/json"), path
        assert reply.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert door.get("/api/articles/harbour").json["text"] == HARBOUR["text"]
    assert door.get("/api/status").json["articles"] == 4
    assert door.get("/api/said?speaker=Kovac").json["total"] == 2
    assert door.get("/api/verify?text=It+will+outlast+us+all").json["verdict"] == "verbatim"
    assert door.get("/api/search?question=ferry&top=1").json["total"] > 1


def test_an_answer_comes_as_events_the_first_before_it_is_there(door: HttpDoor) -> None:
    reply = door.get(ASK, Accept="text/event-stream")
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = [dict(line.split(": ", 1) for line in event.split("\n")) for event in
              reply.text.strip().split("\n\n")]  # fmt: skip
    assert [event["event"] for event in events][:2] == ["queued", "quote"]
    assert events[-1]["event"] == "answer"
    quotes = [json.loads(event["data"]) for event in events if event["event"] == "quote"]
    assert json.loads(events[-1]["data"])["quotes"] == quotes
    refused = door.get(f"{ASK}&source=Nobody", Accept="text/event-stream")
    assert '"detail":"the archive has no source' in refused.text


@pytest.mark.parametrize(
    ("path", "status", "detail", "where"),
    [
        ("/api/ask", 400, "is missing", "question"),
        ("/api/ask?question=", 400, "is empty", "question"),
        ("/api/ask?question=a&question=b", 400, "is given twice", "question"),
        (f"/api/ask?question={'a' * 2001}", 400, "has more than 2,000 characters", "question"),
        (f"{ASK}&colour=red", 400, "is no parameter of this request", "colour"),
        (f"{ASK}&top=0", 400, "is less than 1", "top"),
        (f"{ASK}&top=1.5", 400, "is no whole number", "top"),
        (f"{ASK}&dates=maybe", 400, "is neither true nor false", "dates"),
        (f"{ASK}&since=yesterday", 400, "2025-10-30", "since"),
        (f"{ASK}&since=1700000000", 400, "2025-10-30", "since"),
        (f"{ASK}&source=Nobody", 404, "the archive has no source 'Nobody'", "source"),
        (f"{ASK}&since=2024-02-01&until=2024-01-01", 404, "no day lies between", "since"),
        ("/api/said?speaker=a&since=2024-02-01&until=2024-01-01", 404, "no day lies", "since"),
        ("/api/ask?question=%21%21", 404, "the question has no words", "question"),
        ("/api/articles/nowhere%2Fa.txt", 404, "no article with this id", "article_id"),
        ("/api/nothing", 404, "nothing at this address", ""),
    ],
)
def test_what_cannot_be_answered_is_a_problem_in_the_words_of_the_errors(
    door: HttpDoor, path: str, status: int, detail: str, where: str
) -> None:
    reply = door.get(path)
    assert reply.status == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert detail in reply.json["detail"]
    assert reply.json.get("where", "") == where
    assert "--" not in reply.text
    assert "pullquote ask" not in reply.text
    assert status == 404 or where in reply.text
    assert reply.json.get("mend") or "twice" in detail or not where.startswith(("q", "t"))


def test_a_body_is_json_of_a_limited_size(door: HttpDoor) -> None:
    as_json = {"content-type": "application/json"}
    sent = [
        door.send("POST", "/api/ask", b"{", as_json),
        door.send("POST", "/api/ask", b"[]", as_json),
        door.send("POST", "/api/ask", b'{"question": "\\ud800"}', as_json),
        door.send("POST", "/api/ask", b"\xff", as_json),
        door.send("POST", "/api/ask", b"x" * 5001, as_json),
        door.send("POST", "/api/ask", b"question=a", {"content-type": "text/plain"}),
        door.send("DELETE", "/api/ask"),
    ]
    assert [reply.status for reply in sent] == [400, 400, 400, 400, 413, 415, 405]
    assert "POST" in sent[-1].headers["allow"]


def test_a_number_is_whole_however_json_writes_it(door: HttpDoor) -> None:
    for top, status in ((1, 200), (1.0, 200), (1.5, 400), ("1", 400), (True, 400), (1e400, 400)):
        assert door.post("/api/search", {"question": "ferry", "top": top}).status == status, top


def test_the_longest_text_is_verified_by_address_and_by_body(town_built: Path) -> None:
    text = "ж" * 10 + "😀" * 19_990
    with http_door(town_built) as door:
        assert door.get(f"/api/verify?text={quote(text)}").status == 404  # fewer than two words
        assert door.post("/api/verify", {"text": text}).status == 404
        assert door.post("/api/verify", {"text": text + "a"}).status == 400


def test_only_the_names_of_this_machine_are_answered(door: HttpDoor) -> None:
    assert door.get("/api/status", Host="evil.example").status == 421
    assert door.get("/healthz", Host="evil.example").status == 200
    assert door.get("/api/status", Host=f"LOCALHOST:{door.port}").status == 200


def test_operators_see_that_it_lives_is_ready_and_what_it_counts(door: HttpDoor) -> None:
    assert door.get("/healthz").text == "ok\n"
    assert door.get("/readyz").text.strip() == door.get("/api/status").json["generation"]
    assert "pullquote_questions_total" in door.get("/metrics").text


def test_who_asks_too_often_is_told_when_to_ask_again(town_built: Path) -> None:
    with http_door(town_built, DISCORD_USER_QUESTIONS="1", DISCORD_USER_LOOKUPS="1") as door:
        for path in ("/api/search?question=ferry", "/api/status"):
            replies = [door.get(path), door.get(path)]
            assert [reply.status for reply in replies] == [200, 429]
            assert int(replies[1].headers["retry-after"]) > 0
            assert "Please wait" in replies[1].json["detail"]


def test_many_askers_of_one_address_are_all_answered(door: HttpDoor) -> None:
    with ThreadPoolExecutor(24) as askers:
        replies = list(askers.map(lambda _: door.get("/api/search?question=ferry"), range(48)))
    assert {reply.status for reply in replies} == {200}


def test_an_archive_of_quotes_alone_shows_no_whole_article(town_built: Path) -> None:
    with http_door(town_built, DISCORD_FULL_ARTICLES="false") as door:
        assert door.get("/api/articles/harbour").status == 403


def tokens_file(path: Path) -> Path:
    tables = [
        f'[{name}]\nsha256 = "{hashlib.sha256(token.encode()).hexdigest()}"\narchives = {opened}\n'
        for name, token, opened in (("newsroom", TOKEN, '["*"]'), ("other", OTHER, '["else"]'))
    ]
    path.write_text("".join(tables))
    return path


def test_with_a_file_of_tokens_nothing_is_read_without_one(
    town_built: Path, tmp_path: Path
) -> None:
    tokens = tokens_file(tmp_path / "tokens.toml")
    with http_door(town_built, SERVE_TOKENS=str(tokens)) as door:
        for path in [*PATHS, "/metrics", "/api/ask"]:
            reply = door.get(path)
            assert reply.status == 401, path
            assert "www-authenticate" in reply.headers
            assert door.get(path, Authorization="Bearer wrong").status == 401
        assert door.get("/healthz").status == door.get("/readyz").status == 200
        assert door.get("/api/status", Authorization=f"Bearer {TOKEN}").status == 200
        assert door.get("/api/status", Authorization=f"Bearer {OTHER}").status == 403
        by_browser = b64encode(f"anybody:{TOKEN}".encode()).decode()
        assert door.get("/api/status", Authorization=f"Basic {by_browser}").status == 200
        assert "securitySchemes" in door.get("/api/openapi.json").text
        tokens.write_text("")
        assert door.get("/api/status", Authorization=f"Bearer {TOKEN}").status == 401


@pytest.mark.parametrize(
    "text", ["[a]\n", "a = 1\n", '[a]\nsha256 = "x"\narchives = []\n', "[", "\x00"]
)
def test_a_file_that_is_none_of_tokens_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "tokens.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"tokens\.toml"):
        read_tokens(file)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_tokens(tmp_path / "none.toml")


def test_elsewhere_than_on_this_machine_it_needs_tokens_or_an_explicit_word() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "localhost")))
    for host in ("0.0.0.0", "::", "192.168.1.2", "example.org"):
        assert not is_loopback(host)
        with pytest.raises(SettingsError, match="--open-to-all"):
            check_audience(host, has_tokens=False, is_open=False)
        check_audience(host, has_tokens=True, is_open=False)
        check_audience(host, has_tokens=False, is_open=True)
    check_audience("127.0.0.1", has_tokens=False, is_open=False)


def test_the_document_has_each_operation_and_the_models_of_the_command_line(
    door: HttpDoor,
) -> None:
    document = door.get("/api/openapi.json").json
    assert set(document["paths"]) == {
        *(urlsplit(path).path for path in PATHS if "articles" not in path),
        "/api/articles/{article_id}",
    }
    schemas = document["components"]["schemas"]
    assert set(schemas["AskRequest"]["properties"]) == set(AskRequest.model_fields)
    limits = {name: schemas[f"{name}Request"]["properties"]["top"] for name in ("Search", "Said")}
    assert [limit["maximum"] for limit in limits.values()] == [50, 100]
    answered = door.get(ASK).json
    assert set(answered) <= set(schemas["AnswerJson"]["properties"])
    assert set(answered["quotes"][0]) <= set(schemas["AnswerQuoteJson"]["properties"])


def test_an_asker_who_goes_away_breaks_nothing(door: HttpDoor) -> None:
    with socket.create_connection(("127.0.0.1", door.port)) as connection:
        connection.sendall(f"GET {ASK} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert door.get(ASK).status == 200


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['uvicorn'] = None; from pullquote_bot.cli import main; main()"
    # A module that is None counts as missing.
    done = subprocess.run(
        [sys.executable, "-c", f"{hidden.replace('main()', 'sys.exit(main())')}", "serve"],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        cwd=tmp_path,
    )
    assert done.returncode == 2
    assert 'pip install "pullquote[serve]"' in done.stderr


def test_the_command_serves_until_a_signal_and_refuses_what_is_not_safe(
    town_built: Path, command: list[str]
) -> None:
    serve = [*command, "serve", "--index", str(town_built), "--port", "0"]
    refused = subprocess.run(
        [*serve, "--host", "0.0.0.0"], capture_output=True, text=True, check=False, timeout=100
    )
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--open-to-all" in refused.stderr
    process = subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    port = int(process.stdout.readline().split(" (")[0].rsplit(":", 1)[1])
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/readyz")
    assert connection.getresponse().status == 200
    connection.close()
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=60)
    assert process.returncode == 0, log
    assert all(json.loads(line)["level"] != "error" for line in log.splitlines())
