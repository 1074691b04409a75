"""The buttons of an answer: context, more quotes, article, follow-up and sharing."""

from hashlib import sha256
from pathlib import Path

import pytest

from fakes.discord_markdown import render
from fakes.loopback_discord import LoopbackDiscord, Message
from support.archives import HARBOUR, LIBRARY, SEEDS
from support.bot_process import (
    DisplayedQuote,
    ask,
    displayed_quotes,
    enabled,
    fill_in,
    press,
    use_command,
    with_bot,
)

MINISTER = "Which threat did Pakistan's defence minister make?"
(ARTICLE,) = [path.read_bytes().decode() for path in SEEDS.iterdir()]


def labels(message: Message) -> list[str | None]:
    return [button.label for button in message.buttons]


def paragraphs_shown(message: Message) -> list[str]:
    """The lines of an article's text that a message shows, as a reader sees them."""
    body = message.components[0]["components"][2]["content"]
    return [line for line in render(body).plain.split("\n") if line.strip()]


def test_a_quote_is_shown_in_its_context_with_pages_before_and_after(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        answer = await ask(discord, MINISTER)
        for nth, quote in enumerate(displayed_quotes(answer)):
            context = await press(discord, answer, "In context", user=discord.bob, nth=nth)
            assert context.ephemeral
            assert marked(context) == quote.words
            cited = await press(discord, context, "Cite", user=discord.bob)
            assert (cited.ephemeral, cited == context) == (True, False)
            assert f"characters {quote.start}-{quote.end}" in cited.text
            assert sha256(ARTICLE.encode()).hexdigest() in cited.text
            assert sha256(ARTICLE.encode()).hexdigest() not in context.text
            assert all(line in ARTICLE for line in paragraphs_shown(context))
        context = await press(discord, answer, "In context", user=discord.bob)
        assert labels(context) == ["Previous", "Next", "Article", "Cite"]
        before = paragraphs_shown(context)
        use = await discord.click(context, "Next", user=discord.bob)
        later = await use.message()
        assert later == context, "a user's own page changes in place"
        assert paragraphs_shown(later) != before
        at_end = await turn_to_the_end(discord, context, "Next")
        assert ARTICLE.rstrip().endswith(at_end[-1])
        assert "Previous" in labels(context)
        at_start = await turn_to_the_end(discord, context, "Previous")
        assert at_start[0].startswith("Failed negotiations in Istanbul")
        article = await press(discord, context, "Article", user=discord.bob)
        assert article != context
        assert "page 1 of" in article.text
        assert enabled(article) == ["Next", "Cite"], "the other button is in its place, disabled"
        assert labels(article) == ["Previous", "Next", "Cite"]
        (menu,) = article.selects
        last = menu["options"][-1]["label"]
        use = await discord.choose(article, menu["custom_id"], [last], user=discord.bob)
        assert await use.message() == article
        assert last in article.text
        assert enabled(article) == ["Previous", "Cite"]
        assert discord.messages(discord.channel) == [answer], (
            "only the user who pressed sees the replies"
        )

    async def turn_to_the_end(discord: LoopbackDiscord, page: Message, label: str) -> list[str]:
        for _ in range(12):
            if label not in enabled(page):
                return paragraphs_shown(page)
            assert await press(discord, page, label, user=discord.bob) == page
            assert all(line in ARTICLE for line in paragraphs_shown(page))
        raise AssertionError("the pages do not end")

    with_bot(scenario, command, seeds_built, tmp_path)


def marked(context: Message) -> str:
    """The marked quote; a quote of several paragraphs is marked in each."""
    body = context.components[0]["components"][2]["content"]
    return "\n\n".join(render(body).quoted)


def test_more_shows_every_quote_once(command: list[str], seeds_built: Path, tmp_path: Path) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        page = await ask(discord, MINISTER)
        seen: list[DisplayedQuote] = []
        while quotes := displayed_quotes(page):
            assert all(quote.words == ARTICLE[quote.span] for quote in quotes)
            assert [quote.citation.split(" ")[0] for quote in quotes] == [
                str(len(seen) + number) for number in range(1, len(quotes) + 1)
            ]
            seen += quotes
            assert len(seen) < 60
            page = await press(discord, page, "More", user=discord.bob)
            assert page.ephemeral
        assert page.text == "There are no more quotes for this question."
        assert len(seen) > 3
        spans = sorted((quote.start, quote.end) for quote in seen)
        assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))

        private = await ask(discord, MINISTER, private=True, since="October 2025")
        assert labels(private) == ["More", "Follow up", "👍", "👎", "Share"]
        shared = await press(discord, private, "Share")
        assert not shared.ephemeral
        assert [quote.words for quote in displayed_quotes(shared)] == [
            quote.words for quote in displayed_quotes(private)
        ]
        assert "searched from 1 October 2025" in shared.text
        assert "Share" not in labels(shared)
        more = await press(discord, private, "More")
        shared_more = await press(discord, more, "Share")
        assert [quote.words for quote in displayed_quotes(shared_more)][3:] == [
            quote.words for quote in displayed_quotes(more)
        ]
        assert discord.messages(discord.channel)[1:] == [shared, shared_more]

    with_bot(scenario, command, seeds_built, tmp_path)


def test_the_articles_of_an_answer_are_listed_and_read(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        answer = await ask(discord, "Who is Lidia Kovac and who is Mina Vale?")
        rows = {quote.row for quote in displayed_quotes(answer)}
        assert len(rows) > 1
        listed = await press(discord, answer, "Article", user=discord.bob)
        assert listed.ephemeral
        assert [len(menu["options"]) for menu in listed.selects] == [len(rows)]
        assert "Harbour bridge reopens after eleven months" in listed.text
        read = await press(discord, listed, "Read", user=discord.bob)
        assert read.ephemeral
        assert (
            "The Quay · Local · Ana Ortiz · 5 March 2024 · [open](<https://example.org/harbour>)"
            in read.text
        )
        assert paragraphs_shown(read) == str(HARBOUR["text"]).split("\n\n")

        one = await ask(
            discord,
            "When does the town library close in the evening?",
            source="The Quay",
            since="2025",
        )
        assert {quote.row for quote in displayed_quotes(one)} == {displayed_quotes(one)[0].row}
        article = await press(discord, one, "Article")
        assert paragraphs_shown(article) == [LIBRARY["text"]]
        assert labels(article) == ["Cite"]

    with_bot(scenario, command, town_built, tmp_path)


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_a_follow_up_is_answered_in_a_thread_if_possible_else_in_the_channel(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        answer = await ask(discord, MINISTER)
        reply = await fill_in(
            discord,
            answer,
            "Follow up",
            {"Your question": "Who mediated the talks?"},
            user=discord.bob,
        )
        (thread,) = discord.threads(discord.channel)
        assert thread.id == answer.id
        assert thread.name == MINISTER
        assert reply.ephemeral
        assert reply.text == f"Answered in <#{thread.id}>."
        (first,) = discord.messages(thread)
        assert "Turkey and Qatar" in first.text
        assert "Share" not in labels(first)
        await fill_in(
            discord, answer, "Follow up", {"Your question": "Who blamed the Afghan side?"}
        )
        assert discord.threads(discord.channel) == [thread]
        assert len(discord.messages(thread)) == 2
        assert "Tarar" in discord.messages(thread)[1].text
        inside = await fill_in(
            discord, first, "Follow up", {"Your question": "Who won the 2022 World Cup?"}
        )
        assert "No answer was found in the archive." in inside.text
        assert not inside.ephemeral, "a thread has no thread of its own, so the answer is in it"
        assert inside.channel is thread
        assert (await press(discord, first, "In context")).ephemeral

        closed = discord.add_channel("closed")
        discord.deny(closed, ["create_public_threads"])
        answer = await ask(discord, MINISTER, channel=closed)
        here = await fill_in(
            discord, answer, "Follow up", {"Your question": "Who mediated the talks?"}
        )
        assert "Turkey and Qatar" in here.text
        assert (here.ephemeral, here.channel) == (False, closed)
        for status, code in ((403, 50013), (400, 50024), (400, 160006)):
            discord.fail_next("POST", "/threads$", status=status, code=code)
            answer = await ask(discord, MINISTER)
            here = await fill_in(
                discord, answer, "Follow up", {"Your question": "Who mediated the talks?"}
            )
            assert "Turkey and Qatar" in here.text, "whatever the reason, the answer is here"

        direct = discord.dm(discord.alice)
        here = await fill_in(
            discord,
            await ask(discord, MINISTER, channel=direct),
            "Follow up",
            {"Your question": "Who mediated the talks?"},
        )
        assert "Turkey and Qatar" in here.text
        private = await fill_in(
            discord,
            await ask(discord, MINISTER, private=True),
            "Follow up",
            {"question": "Who mediated the talks?"},
        )
        assert private.ephemeral
        assert "Share" in labels(private), (
            "the follow-up of a private answer is private, and can be shared"
        )
        assert "no words" in (await fill_in(discord, answer, "Follow up", {"question": "?!"})).text
        with pytest.raises(AssertionError, match="too long"):
            await fill_in(discord, answer, "Follow up", {"question": "w" * 401})

    with_bot(scenario, command, seeds_built, tmp_path)


def test_turning_the_page_of_another_user_makes_a_private_copy(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        page = await use_command(
            discord,
            "article",
            title="Pakistan Afghanistan Peace Talks Collapse Amid Border Violence",
        )
        text = page.text
        copy = await press(discord, page, "Next", user=discord.bob)
        assert copy.ephemeral
        assert copy != page
        assert "page 2 of" in copy.text
        assert page.text == text
        assert await press(discord, copy, "Next", user=discord.bob) == copy
        assert "page 3 of" in copy.text
        uses = [await discord.click(page, "Next"), await discord.click(page, "Next")]
        assert [await use.message() for use in uses] == [page, page], (
            "two clicks on one button turn one page"
        )
        assert "page 2 of" in page.text

        found = await use_command(discord, "search", words="ceasefire Doha")
        assert "page 1 of" in found.text
        copy = await press(discord, found, "Next", user=discord.bob)
        assert (copy.ephemeral, copy == found) == (True, False)
        assert "page 2 of" in copy.text
        assert await press(discord, found, "Next") == found
        assert [quote.words for quote in displayed_quotes(found)] == [
            quote.words for quote in displayed_quotes(copy)
        ]

    with_bot(scenario, command, seeds_built, tmp_path)
