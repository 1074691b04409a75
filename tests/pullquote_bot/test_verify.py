"""`pullquote verify`, `:verify`, and the message that Discord shows, run in this process."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pullquote import Archive
from pullquote.answering.open_index import OpenIndex
from pullquote.english.question_form import may_be_quoted
from pullquote.errors import RequestError
from pullquote.verification.verifying import verify
from pullquote_bot.command_line.arguments import VerifyArguments
from pullquote_bot.commands import verify as verify_command
from pullquote_bot.discord_bot.messages.custom_ids import Action
from pullquote_bot.discord_bot.messages.verification_messages import verification_message
from pullquote_bot.strings import verification as strings
from pullquote_bot.terminal.conversation import Conversation
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.terminal.verification_text import verification_text
from support.checked_messages import buttons, check_message
from support.displayed import rendered, texts

PLAIN = Screen(None, colour=False)
TRUE = "The harbour bridge reopened on Tuesday after eleven months of repairs."
ALTERED = "The harbour bridge reopened on Monday after eleven months of repairs."
ABSENT = "A herd of bison has moved into the opera house."


def printed(built: Path, typed: str = "", **arguments: str) -> tuple[int, str, str]:
    """The exit status, and what is on standard output and on standard error."""
    streams = Streams(io.StringIO(typed), io.StringIO(), io.StringIO())
    options = VerifyArguments(index=built, **arguments)  # type: ignore[arg-type]
    status = verify_command.run(options, streams, {})
    return status, streams.output.getvalue(), streams.errors.getvalue()  # type: ignore[attr-defined]


def test_the_exit_status_is_0_only_if_everything_is_word_for_word(town_built: Path) -> None:
    assert printed(town_built, text=TRUE)[0] == 0
    assert printed(town_built, TRUE, text="-")[0] == 0
    status, text, _ = printed(town_built, text=ALTERED)
    assert status == 1
    assert "Another date: Monday ← Tuesday" in text
    assert f"│ {TRUE}" in text
    for arguments in ({}, {"text": TRUE, "batch": "-"}):
        with pytest.raises(RequestError):
            printed(town_built, **arguments)


def test_a_batch_prints_an_object_for_each_line(town_built: Path) -> None:
    lines = [
        {"id": 1, "text": TRUE},
        {"id": "b", "text": ALTERED, "speaker": "Lidia Kovac"},
        {"id": 3, "text": f"“{TRUE}” And: “{ABSENT}”"},
        {"id": 4, "text": "word"},
    ]
    typed = "\n".join(map(json.dumps, lines)) + "\n{\n"
    status, text, errors = printed(town_built, typed, batch="-")
    assert status == 2
    true, altered, several, short, broken = map(json.loads, text.splitlines())
    assert (true["id"], true["verdict"], true["attribution"]) == (1, "verbatim", None)
    place = true["places"][0]
    assert (place["text"], place["article_id"], place["start"]) == (TRUE, "harbour", 0)
    assert (altered["verdict"], altered["attribution"]) == ("altered", "unknown")
    assert altered["changes"] == [
        {
            "kind": "date",
            "given": "Monday",
            "printed": "Tuesday",
            "given_span": [31, 37],
            "printed_span": [31, 38],
            "article_id": "harbour",
        }
    ]
    assert [part["verdict"] for part in several["parts"]] == ["verbatim", "absent"]
    assert several["verdict"] == "absent"
    assert (short["id"], broken["line"]) == (4, 5)
    assert "line 4" in errors
    assert "line 5" in errors


def test_the_terminal_says_what_the_archive_covers_and_shows_where_words_are_torn_out(
    town: OpenIndex,
) -> None:
    text = verification_text(verify(town, ABSENT), PLAIN)
    assert text.startswith("Not in the archive.")
    assert "articles from 5 March 2024 to 15 January 2025" in text
    text = verification_text(verify(town, "a third of their passengers"), PLAIN)
    assert "Before it in the sentence: Ferry operators expect to lose" in text
    assert "After it in the sentence: by the summer." in text


def test_nothing_that_is_given_controls_the_terminal(town: OpenIndex) -> None:
    text = verification_text(verify(town, "\x1b[2J a herd of\u202e bison"), PLAIN)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_conversation_verifies_and_offers_it_for_a_statement(town_refusing: OpenIndex) -> None:
    talk = Conversation(lambda: town_refusing, PLAIN)
    assert talk.reply(f":verify {TRUE}").startswith("Word for word")
    with pytest.raises(RequestError, match="after :verify"):
        talk.reply(":verify")
    assert strings.OFFER in talk.reply(ALTERED)
    assert strings.OFFER not in talk.reply("When did the harbour bridge reopen?")


def test_a_statement_may_be_a_quote_and_a_question_or_keywords_may_not() -> None:
    assert may_be_quoted(ALTERED)
    assert may_be_quoted("Did he say “It will outlast us all”?")
    assert not may_be_quoted("Who replaced the cables of the harbour bridge?")
    assert not may_be_quoted("harbour bridge cables")


@pytest.mark.parametrize(
    "text",
    [TRUE, ALTERED, ABSENT, "“It will outlast us all.” **“A herd of bison moved in.”** @all"],
)
def test_a_message_is_within_the_limits_and_quotes_word_for_word(
    town: OpenIndex, text: str
) -> None:
    found = verify(town, text)
    message = verification_message(found)
    check_message(message)
    quoted = [words for part in rendered(message) for words in part.quoted]
    places = [place.text for finding in found.findings for place in finding.places]
    assert quoted == places
    assert all(Action.CONTEXT in button.custom_id for button in buttons(message))


def test_a_long_text_with_many_quotations_fits_a_message(town: OpenIndex) -> None:
    text = " ".join(f"“{TRUE}” and “{ALTERED}”, *or* “{ABSENT * 9}”." for _ in range(9))
    message = verification_message(verify(town, text))
    check_message(message)
    assert any("more quotations" in text for text in texts(message))


def test_the_python_door_verifies(town: OpenIndex) -> None:
    found = Archive(town).verify(ALTERED, speaker="Lidia Kovac")
    (finding,) = found.findings
    assert (found.verdict, finding.verdict, finding.attribution) == (
        "altered",
        "altered",
        "unknown",
    )
    (change,) = finding.changes
    place = finding.places[0]
    assert (change.given.of(ALTERED), change.printed.of(place.source_text)) == (
        "Monday",
        "Tuesday",
    )
    assert json.loads(found.to_json())["changes"][0]["kind"] == "date"
