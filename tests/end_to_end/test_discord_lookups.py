"""/search, /article, /sources, /help, /status and the message menu."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from fakes.loopback_discord import LoopbackDiscord
from support.archives import HARBOUR, LIBRARY, ORCHARD, SEEDS
from support.bot_process import (
    ask,
    displayed_quotes,
    enabled,
    press,
    quoted_words,
    use_command,
    with_bot,
)

(ARTICLE,) = [path.read_bytes().decode() for path in SEEDS.iterdir()]


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_search_shows_ranked_passages_in_pages(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        page = await use_command(discord, "search", words="ceasefire Doha", since="October 2025")
        asker = f"-# asked by <@{discord.alice.id}>\n"
        assert page.text.startswith(f"{asker}-# Passages about\n**ceasefire Doha**")
        numbers: list[int] = []
        while True:
            passages = displayed_quotes(page)
            assert passages
            assert all(passage.words == ARTICLE[passage.span] for passage in passages)
            numbers += [int(passage.citation.split(" ")[0]) for passage in passages]
            assert re.search(r"page \d of \d", page.text)
            if "Next" not in enabled(page):
                break
            assert await press(discord, page, "Next") == page
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) == 8, "all passages of the article"
        await press(discord, page, "Previous")
        context = await press(discord, page, "In context")
        assert context.ephemeral
        none = await use_command(
            discord, "search", words="ceasefire Doha", until="2020", private=True
        )
        assert none.ephemeral
        assert "No passages were found." in none.text

        subject = "Pakistan Afghanistan border violence"
        told = await use_command(discord, "timeline", subject=subject)
        assert told.text.startswith(f"{asker}-# Timeline of\n**{subject}**")
        assert quoted_words(told)
        assert all(words in ARTICLE for words in quoted_words(told))
        assert "October 2025" in told.text
        assert (await press(discord, told, "In context")).ephemeral
        untold = await use_command(discord, "timeline", subject="football", private=True)
        assert untold.ephemeral
        assert "The archive reports nothing on it." in untold.text

        said = await discord.post(
            discord.channel,
            discord.bob,
            f"who **mediated** the talks? {discord.alice.mention} <:huh:123456>",
        )
        found = await (await discord.context_menu("Find in the archive", message=said)).message()
        assert "mediated" in found.text
        assert "Turkey and Qatar" in found.text
        assert found.pings == []
        reply = await (await discord.context_menu("Find in the archive", message=found)).message()
        assert reply.text, "a message of the bot has no words, and the reply says so"
        long = await discord.post(
            discord.channel, discord.bob, "Who mediated the talks in Istanbul between them? " * 30
        )
        assert (
            "Turkey and Qatar"
            in (
                await (await discord.context_menu("Find in the archive", message=long)).message()
            ).text
        )
        for text in ("<@1> https://example.org/x", "\u200b"):
            bare = await discord.post(discord.channel, discord.bob, text)
            reply = await (
                await discord.context_menu("Find in the archive", message=bare)
            ).message()
            assert "no words" in reply.text

    with_bot(scenario, command, seeds_built, tmp_path)


def test_an_article_is_found_by_words_of_its_headline_without_case_and_accents(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        for typed, titles in (
            ("HÁRBOUR", [HARBOUR["title"]]),
            ("bridge reop", [HARBOUR["title"]]),
            ("apricót", [ORCHARD["title"]]),
            ("xyz", []),
            ("", [LIBRARY["title"], ORCHARD["title"], HARBOUR["title"], "A note on tides"]),
        ):
            choices = await discord.autocomplete("article", option="title", typed=typed)
            assert [choice["name"].split(" · ")[-1] for choice in choices] == titles
        (choice,) = await discord.autocomplete("article", option="title", typed="frost")
        assert choice["name"].startswith("2024-05-20 · ")
        chosen = await use_command(discord, "article", title=choice["value"])
        assert not chosen.ephemeral
        assert "Growers put the loss at 60 percent" in chosen.text
        assert "Valley Post · 20 May 2024" in chosen.text
        private = await use_command(
            discord, "article", title="library extends its hours", private=True
        )
        assert private.ephemeral
        assert "3,200 readers" in private.text
        several = await use_command(discord, "article", title="h")
        assert [button.label for button in several.buttons] == ["Remove"]
        assert "15 January 2025 · **Library extends its hours**" in several.text
        read = await press(discord, several, "Read", nth=1)
        assert read.ephemeral
        near = await use_command(discord, "article", title="new opening times of the library")
        assert near.text.startswith("**No headline has these words.** The nearest articles:")
        assert "3,200 readers" in (await press(discord, near, "Read")).text

    with_bot(scenario, command, town_built, tmp_path)


async def speakers_are_shown(discord: LoopbackDiscord) -> None:
    """/said and /speakers, with what is suggested while they are typed."""
    (choice,) = await discord.autocomplete("said", option="who", typed="vàle mi")
    assert (choice["name"], choice["value"]) == ("Mina Vale, Director", "Mina Vale")
    said = await use_command(discord, "said", who=choice["value"])
    assert "\n-# Said by\n**Mina Vale**\n" in said.text
    assert "— Mina Vale, Director" in said.text
    assert "The Quay · by \u2068Zoë Ünal\u2069 and Ana Ortiz · 15 January 2025" in said.text
    (quote,) = displayed_quotes(said)
    assert quote.words == LIBRARY["text"][quote.span]
    assert (await press(discord, said, "In context")).ephemeral
    for options, text in (
        ({"who": "Vale", "about": "bread"}, "The archive quotes Mina Vale, but not on this."),
        (
            {"who": "Vale", "until": "2024"},
            "The archive quotes Mina Vale, but not in the articles that were searched.",
        ),
        ({"who": "Ann Low"}, "The archive quotes nobody named Ann Low."),
        ({"who": "?!", "private": True}, "The question has no words."),
        ({"who": "Vale", "since": "soon"}, "'soon' is not a date that I can read."),
    ):
        assert text in (await use_command(discord, "said", **options)).text
    speakers = await use_command(discord, "speakers", since="2025")
    assert "-# from 1 January 2025" in speakers.text
    assert "1 · **Mina Vale**, Director: 1 statement in 1 article" in speakers.text
    assert [picture.filename for picture in speakers.attachments] == ["speakers.png"]
    none = await use_command(discord, "speakers", source="Valley Post", until="2023")
    assert "Nobody is quoted by name there." in none.text
    assert "no source" in (await use_command(discord, "speakers", source="X")).text


async def an_author_is_searched_alone(discord: LoopbackDiscord) -> None:
    """The option of /ask and /search, and the buttons of their messages."""
    (choice,) = await discord.autocomplete("ask", option="author", typed="unal")
    assert choice["value"] == "Zoë Ünal"
    found = await use_command(discord, "search", words="ferry hours", author="ZOE UNAL")
    assert [quote.citation.split(" · ")[1] for quote in displayed_quotes(found)] == [
        "paragraph 1\nLibrary extends its hours"
    ]
    asked = await use_command(
        discord,
        "ask",
        question="How many readers asked for it?",
        author="Zoe Unal",
        source="The Quay",
    )
    assert "searched in The Quay by Zoe Unal" in asked.text
    more = await press(discord, asked, "More")
    assert "Harbour" not in more.text
    unknown = await use_command(discord, "ask", question="Who asked for hours?", author="Ortiz")
    assert "no author 'Ortiz'. The nearest is Ana Ortiz." in unknown.text


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_the_sources_the_help_and_the_status_are_shown(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        sources = await use_command(discord, "sources")
        assert not sources.ephemeral
        period = "\n-# 5 March 2024 to 15 January 2025"
        assert f"**4 articles** from 2 sources{period}" in sources.text
        assert f"**The Quay** · 2 articles{period}" in sources.text
        assert re.search(r"-# archive updated <t:\d+:R>", sources.text)
        (picture,) = sources.attachments
        with Image.open(io.BytesIO(picture.data)) as image:
            assert image.format == "PNG"
            assert image.width > 300
        (item,) = [
            item for part in sources.components[0]["components"] for item in part.get("items", [])
        ]
        assert item["description"].startswith(
            "A chart of how many articles the archive holds of each month."
        )
        assert item["media"]["url"] == picture.url
        assert (await use_command(discord, "sources", private=True)).ephemeral

        helped = await use_command(discord, "help")
        assert helped.ephemeral
        for word in (
            "/ask",
            "/search",
            "/article",
            "/sources",
            "In context",
            "Find in the archive",
            "/verify",
            "/said",
            "/speakers",
        ):
            assert word in helped.text
        ids = {each["name"]: each["id"] for each in discord.commands}
        assert f"</ask:{ids['ask']}>" in helped.text, "a press begins to type it"
        await ask(discord, "What did replacing the bridge cables cost?")
        stated = "The harbour bridge reopened on Monday after eleven months of repairs."
        asked = await ask(discord, stated)
        said = await discord.post(discord.channel, discord.bob, f"is it true? “{stated}”")
        for checked in (
            await use_command(discord, "verify", text=stated, speaker="Lidia Kovac"),
            await press(discord, asked, "Check as a quote"),
            await (await discord.context_menu("Check this quote", message=said)).message(),
        ):
            assert "Another date: Monday ← Tuesday" in checked.text
            (quote,) = displayed_quotes(checked)
            assert quote.words == str(HARBOUR["text"]).split("\n")[0]
        context = await press(discord, checked, "In context")
        assert "14 million euros" in context.text
        status = await use_command(discord, "status")
        assert status.ephemeral
        for pattern in (
            r"\*\*Archive\*\* 4 articles, archive updated <t:\d+:R>",
            r"2 since I started\n-# median [\d,]+ ms",
            r"99% within [\d,]+ ms",
            r"\*\*Memory\*\* \d+ MB",
            r"\*\*Connections to Discord\*\* 1 \(",
        ):
            assert re.search(pattern, status.text), pattern
        for command_ in discord.commands:
            assert command_["type"] != 1 or command_["description"]
            assert all(option["description"] for option in command_.get("options", []))
        assert {each["name"] for each in discord.commands} == {
            "ask", "search", "article", "sources", "reindex", "settings", "help", "status",
            "privacy", "Find in the archive", "verify", "Check this quote", "said", "speakers",
            "timeline", "Remove this message", "Withdraw from the archive", "feedback",
        }  # fmt: skip
        await speakers_are_shown(discord)
        await an_author_is_searched_alone(discord)
        friends = discord.private_channel(discord.alice, discord.bob)
        for name in ("reindex", "settings"):
            with pytest.raises(AssertionError, match="may not use"):
                await discord.slash(name)
            with pytest.raises(AssertionError, match="not offered"):
                await discord.slash(name, user=discord.admin, channel=friends)

    with_bot(scenario, command, town_built, tmp_path)
