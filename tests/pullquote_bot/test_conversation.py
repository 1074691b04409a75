import dataclasses

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.errors import RequestError
from pullquote_bot.terminal.conversation import Conversation
from pullquote_bot.terminal.screen import Screen

PLAIN = Screen(None, colour=False)
COST = "What did the bridge cables cost?"
KING = "Which king opened the harbour bridge in 1902?"


def conversation(index: OpenIndex) -> Conversation:
    return Conversation(lambda: index, PLAIN)


def test_a_conversation_answers_questions_and_follows_commands(
    town_answering: OpenIndex,
) -> None:
    talk = conversation(town_answering)
    assert talk.reply("  ") == ""
    for command in (":context N", ":nearest"):
        assert command in talk.reply(":help")
    for command in (":explain", ":nearest", ":more", ":context 1"):
        with pytest.raises(RequestError, match="Ask a question first"):
            talk.reply(command)
    first = talk.reply(COST)
    assert first.startswith("[1] │ ")
    assert "Engineer Lidia Kovac" in talk.reply(":context 1")
    assert "SHA-256" in talk.reply(":article")
    assert "[1] passage 1st by words" in talk.reply(":explain")
    assert "was not refused" in talk.reply(":nearest")
    assert "[4] │ " in talk.reply(":more")
    assert "The Quay: 2 articles, 5 March 2024 to 15 January 2025" in talk.reply(":sources")
    assert not talk.ended
    talk.reply(":quit")
    assert talk.ended


def test_a_conversation_says_that_it_is_not_sure_and_follows_commands(
    town_unsure: OpenIndex,
) -> None:
    talk = conversation(town_unsure)
    assert talk.reply(COST).startswith("Not sure: ")
    assert "Engineer Lidia Kovac" in talk.reply(":context 1")
    assert "was not refused" in talk.reply(":nearest")
    more = talk.reply(":more")
    assert more.startswith("Not sure: ")
    assert "[4] │ " in more


@pytest.mark.parametrize("command", [":context 1", ":article 1", ":article", ":more"])
def test_after_a_refusal_a_command_for_a_quote_says_that_none_is_shown(
    town_refusing: OpenIndex, command: str
) -> None:
    talk = conversation(town_refusing)
    assert ":nearest shows the passages that came nearest." in talk.reply(KING)
    with pytest.raises(RequestError) as raised:
        talk.reply(command)
    assert str(raised.value) == (
        "the last question was refused, so no quotes are shown. "
        "Type :nearest for the passages that came nearest"
    )


def test_the_nearest_passages_of_a_refusal_are_shown_on_demand_and_then_have_numbers(
    town_refusing: OpenIndex,
) -> None:
    talk = conversation(town_refusing)
    assert "│" not in talk.reply(KING)
    assert "[1]" not in talk.reply(":explain")
    nearest = talk.reply(":nearest")
    assert "Nearest passages, which do not seem to answer it:\n\n[1] │ " in nearest
    assert ":nearest" not in nearest
    assert "[3] │ " in nearest
    assert "[1] passage" in talk.reply(":explain")
    assert "harbour" in talk.reply(":context 1")
    with pytest.raises(RequestError, match="no quote 4; the last one that was shown is 3"):
        talk.reply(":context 4")
    more = talk.reply(":more")
    assert more.startswith("No answer was found in the archive.")
    assert "Nearest passages, which do not seem to answer it:\n\n[4] │ " in more
    assert talk.reply(":context 4")
    talk.reply(KING)
    with pytest.raises(RequestError, match="no quotes are shown"):
        talk.reply(":context 1")


def test_a_refusal_without_nearest_passages_offers_none(
    town_refusing: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = dataclasses.replace(answer(town_refusing, understand(KING)), nearest=())
    monkeypatch.setattr("pullquote_bot.terminal.conversation.answer", lambda *_: refused)
    talk = conversation(town_refusing)
    assert ":nearest" not in talk.reply(KING)
    assert talk.reply(":nearest") == "There are no nearest passages for this question."
    with pytest.raises(RequestError) as raised:
        talk.reply(":context 1")
    assert str(raised.value) == "the last question was refused, so no quotes are shown"


def test_a_greeting_in_a_conversation_gets_help_and_offers_no_nearest_passages(
    town: OpenIndex,
) -> None:
    talk = conversation(town)
    reply = talk.reply("hi")
    assert reply.startswith("That names nothing to search for.\nAsk about a person, ")
    assert ":nearest" not in reply
    assert talk.reply(":nearest") == "There are no nearest passages for this question."


def test_said_shows_what_somebody_said_and_about_what(seeds: OpenIndex) -> None:
    talk = conversation(seeds)
    everything = talk.reply(":said Roggio")
    assert "— Bill Roggio, Senior Fellow at the Foundation" in everything
    about = talk.reply(":said Roggio about Bagram")
    assert "“China and the Taliban" in about
    assert len(about) < len(everything)
    with pytest.raises(RequestError, match="after :said"):
        talk.reply(":said")


def test_since_until_and_source_set_what_the_following_questions_search(
    town_answering: OpenIndex,
) -> None:
    talk = conversation(town_answering)
    assert talk.reply(":since 2024") == "Questions search from 1 January 2024."
    assert talk.reply(":until March 2024") == (
        "Questions search from 1 January 2024 until 31 March 2024."
    )
    assert "searched from 1 January 2024 until 31 March 2024" in talk.reply(COST)
    assert talk.reply(":since") == "Questions search until 31 March 2024."
    assert talk.reply(":until") == "Questions search the whole archive."
    assert talk.reply(":source The Quay") == "Questions search in The Quay."
    assert "searched in The Quay" in talk.reply(COST)
    assert talk.reply(":author zoe unal") == "Questions search in The Quay by zoe unal."
    assert "searched in The Quay by zoe unal" in talk.reply(COST)
    assert "Mina Vale, Director" in talk.reply(":speakers")
    for unknown, told in ((":author Unal", "nearest is Zoë Ünal"), (":source Quai", "The Quay")):
        with pytest.raises(RequestError, match=told) as raised:
            talk.reply(unknown)
        assert str(raised.value).startswith(unknown.split()[0])
        assert "searched in The Quay by zoe unal" in talk.reply(COST), "what was set stays"
    for command in (":since soon", ":until 03/04/2025"):
        with pytest.raises(RequestError):
            talk.reply(command)


def test_the_last_question_is_asked_again_without_its_dates(town_answering: OpenIndex) -> None:
    talk = conversation(town_answering)
    with pytest.raises(RequestError, match="Ask a question first"):
        talk.reply(":alldates")
    dated = talk.reply("What did the bridge cables cost in March 2024?")
    assert "read from “in March 2024”" in dated
    assert ":alldates leaves them out" in dated
    assert "read from" not in talk.reply(":alldates")


def test_a_conversation_shows_what_a_follow_up_searched_until_new_forgets_it(
    town_answering: OpenIndex,
) -> None:
    talk = conversation(town_answering)
    talk.reply(":source The Quay")
    assert not talk.reply("When did the harbour bridge reopen?").startswith("Searched: ")
    reply = talk.reply("and why was it closed?")
    assert reply.startswith("Searched: why was it closed · harbour bridge reopen\n")
    assert talk.reply(":more").startswith("Searched: why was it closed · harbour bridge reopen\n")
    assert talk.reply(":new") == "The next question begins a new conversation."
    forgotten = talk.reply("why was that?")
    assert "That names nothing to search for." in forgotten
    assert "The Quay" not in forgotten
