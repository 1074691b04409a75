"""An archive of hostile articles: their text is shown as it is, and nothing in it is active."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from fakes.discord_markdown import Kind, render
from fakes.loopback_discord import LoopbackDiscord, Message
from fakes.loopback_discord.component_tree import TEXT_DISPLAY, walk
from support.archives import build_into, write_jsonl
from support.bot_process import (
    active_kinds,
    ask,
    displayed_quotes,
    enabled,
    press,
    use_command,
    with_bot,
)

# The bot's own markup: bold headlines and numbers, subtext, quotes, links, the index's age.
OWN = {Kind.BOLD, Kind.SUBTEXT, Kind.BLOCK_QUOTE, Kind.MASKED_LINK, Kind.TIMESTAMP}
HARM = (
    "@everyone and @here, <@1> <@&2> <#3> </ask:4> <id:browse> <t:1700000000:R> "
    "<:huh:123456> <a:huh:123456> :smile: **bold** __under__ ~~gone~~ ||spoiler|| `code` "
    "[click me](https://evil.example/x) <https://evil.example> https://evil.example/y "
    "discord.gg/evil"
)
BLOCKS = (
    "# Heading of the ransom\n## Smaller\n-# subtext\n- item\n1. first\n> quoted\n>>> all of it\n"
    "```py\nprint('code fence')\n```\n    indented"
)
REORDERED = (
    "The ransom was \u202e000,01\u202c euros, \u2066isolated\u2069, z\u200be\u200br\u200bo width, "
    "\u2028line \u0007bell \u00adsoft."
)
LONG = "Ransom" + "x" * 10_000
ARTICLES: list[dict[str, Any]] = [
    {
        "id": "mentions",
        "title": f"The ransom note of the harbour gang {HARM}",
        "source": "**Evil** @everyone [source](https://evil.example)",
        "published": "2024-03-05",
        "url": "javascript:alert(1)",
        "authors": ["<@1> ||Author||"],
        "section": "# Section",
        "text": f"The harbour gang demanded a ransom of 7 million euros in its note. {HARM}\n\n"
        f"The second paragraph of the ransom note says: {HARM}",
    },
    {
        "id": "blocks",
        "title": "# The ransom's heading\n> x",
        "source": "> quote",
        "url": "https://evil.example/a)b[c](d)>e f\u202e`g`",
        "text": BLOCKS,
    },
    {
        "id": "reordered",
        "title": "Ransom \u202ecod.exe \u200f",
        "source": "\u202eecruos",
        "url": "https://user@evil.example/",
        "text": REORDERED,
    },
    {
        "id": "long",
        "title": "R" * 3_000,
        "source": "S" * 300,
        "url": "https://evil.example/" + "u" * 5_000,
        "text": f"The ransom word is {LONG}. It is long.",
    },
    {
        "id": "thin",
        "title": "",
        "text": "\n".join(
            "The ransom letter, one character a line: abcdefghijklmnopqrstuvwxyz*_~|`<@"
        ),
    },
    {
        "id": "fence",
        "title": "```ransom",
        "source": "`",
        "text": "The ransom fence ``` opens\n\nand ``` closes ` again `` and ``` again. "
        "\\*not\\* \\\\ **twice\\**",
    },
    {
        "id": "rtl",
        "title": "הכופר שולם",
        "source": "هآرتس",
        "text": "הכופר של נמל חיפה היה שבעה מיליון אירו. the ransom in Hebrew 123.",
    },
    {
        "id": "marks",
        "title": "ransom" + "\u0301" * 500,
        "text": "The ransom's zalgo z" + "\u0301" * 3_000 + " ends here. 🏴‍☠️ 👩‍👩‍👧‍👦 stay whole.",
    },
]
QUESTIONS = [
    "What ransom did the harbour gang demand in its note?",
    "What is the heading of the ransom?",
    "How many euros was the ransom?",
    "What is the ransom word?",
    "What is the ransom letter?",
    "What does the ransom fence open?",
    "מה היה הכופר של נמל חיפה?",
    "Where does the ransom's zalgo end?",
]
_RESHAPED = dict.fromkeys(
    map(ord, "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u200b\u200e\u200f\u2028\u2029\u0007")
)


def check_harmless(message: Message) -> None:
    assert message.pings == []
    assert message.embeds == []
    assert active_kinds(message) <= OWN | {Kind.USER_MENTION}
    for _, component in walk(message.components):
        if component["type"] != TEXT_DISPLAY:
            continue
        content = component["content"]
        assert content.translate(_RESHAPED) == content, "no character reorders or hides text"
        assert content.count("\u2068") == content.count("\u2069")
        mentions = [each for each in render(content).active if each.kind is Kind.USER_MENTION]
        assert len(mentions) == content.count("asked by <@"), "only the bot names people"
        for active in render(content).active:
            if active.kind is Kind.MASKED_LINK:
                assert active.text == "open"
                assert str(active.target).startswith("https://evil.example/")
                assert "user" not in str(active.target).partition("evil")[0]
            if active.kind is Kind.TIMESTAMP:
                assert "1700000000" not in active.text
        # No control characters; `allowed_mentions` is checked for every request below.
        assert not any(
            unicodedata.category(character) == "Cc" for character in content if character != "\n"
        )


def spelled_out(text: str) -> str:
    """An article's text as a reader sees it: invisible characters are spelled out."""
    names = {"\u0007": "␇", "\u2028": "\n"}
    hidden = "\u00ad\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200b\u200e\u200f"
    return "".join(
        names.get(character) or (f"<U+{ord(character):04X}>" if character in hidden else character)
        for character in text
    )


TEXTS = [str(article["text"]) for article in ARTICLES]


async def check_every_page(discord: LoopbackDiscord, page: Message) -> None:
    """Turns every page and checks it."""
    check_harmless(page)
    for _ in range(20):
        if "Next" not in enabled(page):
            return
        await press(discord, page, "Next")
        check_harmless(page)
    raise AssertionError("the pages do not end")


async def check_answers(discord: LoopbackDiscord) -> None:
    quotes = 0
    for question in QUESTIONS:
        answer = await ask(discord, question)
        check_harmless(answer)
        is_nearest = "Nearest passages" in [button.label for button in answer.buttons]
        if is_nearest:
            answer = await press(discord, answer, "Nearest passages")
            check_harmless(answer)
        for nth, quote in enumerate(displayed_quotes(answer)):
            quotes += 1
            assert any(spelled_out(text[quote.span]) == quote.words for text in TEXTS), quote
            check_harmless(await press(discord, answer, "In context", nth=nth))
        if displayed_quotes(answer) and not is_nearest:
            if "More" in [button.label for button in answer.buttons]:
                check_harmless(await press(discord, answer, "More"))
            options = [each["value"] for menu in answer.selects for each in menu["options"]]
            if any(value.startswith("pq:articles:") for value in options):
                check_harmless(await press(discord, answer, "Article"))
    assert quotes > len(QUESTIONS)


async def check_pages(discord: LoopbackDiscord) -> None:
    await check_every_page(discord, await use_command(discord, "search", words="ransom"))
    choices = await discord.autocomplete("article", option="title", typed="")
    assert len(choices) == len(ARTICLES)
    for choice in choices:
        assert not any(ord(character) in _RESHAPED for character in choice["name"])
        await check_every_page(
            discord, await use_command(discord, "article", title=choice["value"])
        )
    await check_every_page(discord, await use_command(discord, "article", title="ransom"))
    check_harmless(await use_command(discord, "sources"))
    for source in await discord.autocomplete("ask", option="source", typed="", question="x"):
        check_harmless(await ask(discord, "What is the ransom?", source=source["value"]))


async def check_hostile_questions(discord: LoopbackDiscord) -> None:
    question = f"What ransom did the harbour gang demand in its note? {HARM[:300]}".strip()
    evil = await ask(discord, question)
    check_harmless(evil)
    assert question in render(evil.components[0]["components"][0]["content"]).plain
    post = await discord.post(
        discord.channel, discord.alice, f"ransom {HARM[:200]}", mentions_bot=True
    )
    check_harmless(await discord.next_message(discord.channel, after=post))
    check_harmless(
        await (await discord.context_menu("Find in the archive", message=post)).message()
    )
    check_harmless(await ask(discord, "What is the ransom?", since=HARM[:60]))
    check_harmless(await ask(discord, "What is the ransom?", source=HARM[:60]))
    check_harmless(await use_command(discord, "article", title=HARM[:100]))


@pytest.mark.timeout(300)
def test_hostile_articles_and_questions_are_shown_as_plain_text(
    command: list[str], built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    write_jsonl(articles / "evil.jsonl", *ARTICLES)
    build_into(built, [articles])

    async def scenario(discord: LoopbackDiscord) -> None:
        await check_answers(discord)
        await check_pages(discord)
        await check_hostile_questions(discord)
        for request in discord.requests:
            body = (
                request.json.get("data") or request.json if isinstance(request.json, dict) else {}
            )
            if "components" in body and "custom_id" not in body:
                assert body["allowed_mentions"]["parse"] == []

    with_bot(
        scenario,
        command,
        built,
        tmp_path,
        discord_user_questions=1_000,
        discord_server_questions=1_000,
    )
