"""/ask: answers, refusals, and questions that are not taken."""

import asyncio
import re
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord
from pullquote_bot.strings.answers import REASONS
from support.archives import HARBOUR, ORCHARD, SEEDS
from support.bot_process import ask, displayed_quotes, fill_in, press, use_command, with_bot

MINISTER = "Which threat did Pakistan's defence minister make?"
(ARTICLE,) = [path.read_bytes().decode() for path in SEEDS.iterdir()]


def test_an_answer_quotes_the_article_to_the_character_and_cites_it(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        use = await discord.slash(
            "ask", question=MINISTER, since="October 2025", until="5 Nov 2025"
        )
        await use.acknowledged()
        assert use.response_type == 5, "deferred before any work"
        message = await use.message()
        assert not message.ephemeral
        assert discord.messages(discord.channel) == [message]
        quotes = displayed_quotes(message)
        assert len(quotes) == 3
        assert any("completely obliterate the Taliban regime" in quote.words for quote in quotes)
        for number, quote in enumerate(quotes, start=1):
            assert quote.words == ARTICLE[quote.span]
            assert re.fullmatch(
                rf"{number}( — [^\n]+)? · paragraph \d+\n"
                "Pakistan Afghanistan Peace Talks Collapse Amid Border Violence"
                " · World News · 30 October 2025",
                quote.citation,
            )
        assert "searched from 1 October 2025 until 5 November 2025" in message.text
        assert re.search(r"archive updated <t:\d+:R>$", message.text)
        assert message.embeds == []
        assert message.pings == []

        private = await ask(discord, "Who mediated the talks?", private=True, user=discord.bob)
        assert private.ephemeral
        assert "Share" in [button.label for button in private.buttons]
        assert "searched" not in private.text
        assert discord.messages(discord.channel) == [message]

    with_bot(scenario, command, seeds_built, tmp_path)


def test_a_refusal_gives_its_reason_and_offers_the_nearest_passages(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        refusal = await ask(discord, "Who won the 2022 World Cup?")
        assert "No answer was found in the archive." in refusal.text
        assert any(reason in refusal.text for reason in REASONS.values())
        assert displayed_quotes(refusal) == []
        assert [button.label for button in refusal.buttons] == [
            "Nearest passages",
            "👍",
            "👎",
            "Remove",
        ]
        nearest = await press(discord, refusal, "Nearest passages", user=discord.bob)
        assert nearest.ephemeral
        assert "Nearest passages, which do not seem to answer it:" in nearest.text
        assert "No answer was found in the archive." in nearest.text
        assert len(displayed_quotes(nearest)) == 3
        assert all(quote.words == ARTICLE[quote.span] for quote in displayed_quotes(nearest))
        assert "Share" not in [button.label for button in nearest.buttons], (
            "the nearest passages are not shared as an answer"
        )
        more = await press(discord, nearest, "More", user=discord.bob)
        assert "No answer was found in the archive." in more.text or "no more quotes" in more.text

        empty = await ask(discord, "Who mediated the talks?", since="1 Jan 2026")
        assert "No answer was found in the part of the archive that was searched." in empty.text
        assert (
            "Only an article of 30 October 2025, before the requested dates, might answer it."
        ) in empty.text
        assert "searched from 1 January 2026" in empty.text
        assert empty.buttons[0].label == "Search all dates"
        everywhen = await press(discord, empty, "Search all dates")
        assert "Turkey and Qatar" in everywhen.text
        assert "searched" not in everywhen.text
        nonsense = await ask(discord, "xyzzyq qwrtz")
        assert "No answer was found in the archive." in nonsense.text

    with_bot(scenario, command, seeds_built, tmp_path)


def test_an_answer_that_is_not_sure_says_so_wherever_it_is_given(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    label = "Not sure: these passages may answer the question, or only come near it."

    async def scenario(discord: LoopbackDiscord) -> None:
        private = await ask(discord, MINISTER, private=True)
        assert label in private.text
        assert len(displayed_quotes(private)) == 3
        shared = await press(discord, private, "Share")
        assert not shared.ephemeral
        assert label in shared.text
        more = await press(discord, shared, "More")
        assert label in more.text
        follow_up = {"Your question": "Who mediated the talks?"}
        await fill_in(discord, shared, "Follow up", follow_up)
        (thread,) = discord.threads(discord.channel)
        assert label in discord.messages(thread)[0].text
        mention = await discord.post(discord.channel, discord.alice, MINISTER, mentions_bot=True)
        assert label in (await discord.next_message(discord.channel, after=mention)).text

    thresholds = {"answer_threshold": 1, "answer_unsure_threshold": 0}
    with_bot(scenario, command, seeds_built, tmp_path, **thresholds)


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_a_source_narrows_the_search_and_a_link_leads_to_the_article(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        answer = await ask(discord, "What did replacing the bridge cables cost?", source="the quay")
        first = displayed_quotes(answer)[0]
        assert first.words == str(HARBOUR["text"])[first.span]
        assert "14 million euros" in first.words
        assert "1 · paragraph 2 · open\n" in first.citation
        assert first.citation.endswith(" · The Quay · by Ana Ortiz · 5 March 2024")
        assert "[open](<https://example.org/harbour#:~:text=" in answer.text
        assert "searched in the quay" in answer.text
        other = await ask(
            discord, "What did replacing the bridge cables cost?", source="Valley Post"
        )
        assert all(
            quote.words == ORCHARD["text"][quote.span]
            for quote in displayed_quotes(other)
            if "apricot" in quote.citation
        )
        assert "14 million" not in other.text
        assert "Valley Post" in other.text

        assert [
            choice["value"]
            for choice in await discord.autocomplete(
                "ask", option="source", typed="QUAY", question="x"
            )
        ] == ["The Quay"]
        assert [
            choice["value"]
            for choice in await discord.autocomplete("search", option="source", typed="", words="x")
        ] == [
            "The Quay",
            "Valley Post",
        ]
        unknown = await ask(discord, "What did replacing the bridge cables cost?", source="The Key")
        assert unknown.text.startswith("The archive has no source 'The Key'.")
        assert "The Quay" in unknown.text

        for since, until, reply in (
            ("03/04/2025", "", "03/04/2025 may be read in two ways. Write the month in words"),
            ("", "someday @everyone", "'someday @everyone' is not a date that I can read"),
            ("2025", "2024", "No day lies between 2025-01-01 and 2024-12-31."),
        ):
            use = await discord.slash(
                "ask",
                question="What did replacing the bridge cables cost?",
                since=since or None,
                until=until or None,
            )
            refused = await use.message()
            assert refused.ephemeral, "only the user sees what was wrong"
            assert reply.lower() in refused.text.replace("\\", "").lower()
            assert refused.pings == []
        for question, reply in (
            ("\u202e \u200b", "no words"),
            ("?", "no words"),
            ("  ", "no words"),
        ):
            assert reply in (await ask(discord, question)).text

    with_bot(scenario, command, town_built, tmp_path)


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_users_who_ask_too_often_are_asked_to_wait(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        crowd = [discord.add_user(f"Reader {number}") for number in range(12)]
        uses = [
            await discord.slash("ask", question="Who mediated the talks?", user=user)
            for user in crowd
        ]
        replies = [(await use.message()).text for use in uses]
        busy = [
            text
            for text in replies
            if text
            == "I am busy: too many questions are waiting. Please try again in a few seconds."
        ]
        answered = [text for text in replies if "Turkey and Qatar" in text]
        assert len(busy) + len(answered) == len(crowd)
        assert busy
        assert answered

        late = await ask(discord, "Who mediated the talks?", user=discord.bob)
        assert (
            match := re.fullmatch(
                r"This server has asked many questions in a short time\. "
                r"Please wait (\d+) seconds?\.",
                late.text,
            )
        )
        assert 0 < int(match[1]) <= 61
        assert late.ephemeral
        elsewhere = discord.add_channel("elsewhere", guild=discord.add_guild("Another server"))
        await asyncio.sleep(0.1)
        for _ in range(2):
            assert (
                "Turkey and Qatar"
                in (await ask(discord, "Who mediated the talks?", channel=elsewhere)).text
            )
        hasty = await ask(discord, "Who mediated the talks?", channel=elsewhere)
        assert re.fullmatch(
            r"You have asked many questions in a short time\. Please wait \d+ seconds?\.",
            hasty.text,
        )
        assert hasty.ephemeral
        assert (
            "You have asked"
            in (await use_command(discord, "search", words="Istanbul", channel=elsewhere)).text
        )
        assert (
            "Turkey and Qatar"
            in (
                await ask(discord, "Who mediated the talks?", channel=elsewhere, user=discord.admin)
            ).text
        )

    with_bot(
        scenario,
        command,
        seeds_built,
        tmp_path,
        discord_queue=1,
        discord_user_questions=2,
        discord_server_questions=12,
    )
