"""Each reader in Discord reads the sentences around the quotes in their own language."""

from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord, User
from support.bot_process import ask, displayed_quotes, fill_in, press, use_command, with_bot

MEDIATED = "Who mediated the talks?"
IN_GERMAN = "Wer hat den goldenen Ring gestohlen?"


async def check_answers(discord: LoopbackDiscord, hans: User) -> None:
    german = await ask(discord, MEDIATED, user=hans)
    english = await ask(discord, MEDIATED, user=discord.alice)
    assert displayed_quotes(german)[0].words == displayed_quotes(english)[0].words
    assert " · 30. Oktober 2025\n" in german.text
    assert " · Absatz " in german.text
    assert "Archiv aktualisiert <t:" in german.text
    assert "archive updated <t:" in english.text
    labels = [button.label for button in german.buttons]
    assert {"Mehr", "Nachfragen", "Entfernen"} <= set(labels)
    (menu,) = german.selects
    assert menu["placeholder"] == "Im Zusammenhang"
    assert "Der ganze Artikel" in [option["label"] for option in menu["options"]]
    shown = await press(discord, german, "In context", user=discord.alice)
    assert "30 October 2025" in shown.text, "whoever presses reads their own language"
    followed = await fill_in(
        discord, german, "Nachfragen", {"question": "when did they end?"}, user=hans
    )
    assert "Beantwortet in" in followed.text
    (thread,) = discord.threads(discord.channel)
    (ended,) = discord.messages(thread)
    assert "-# Gesucht: " in ended.text
    again = await press(discord, ended, "Mehr", user=discord.alice)
    assert "-# Searched: " in again.text, "what was searched is read in any language"


async def check_refusals(discord: LoopbackDiscord, hans: User) -> None:
    for user, sentences in (
        (
            hans,
            (
                "Im Archiv wurde keine Antwort gefunden.",
                "Die Sprache des Archivs ist Englisch; die der Frage scheint Deutsch zu sein.",
            ),
        ),
        (
            discord.alice,
            (
                "No answer was found in the archive.",
                "The archive is in English; the question seems to be in German.",
            ),
        ),
        (discord.add_user("Xu", locale="zh-CN"), ("No answer was found in the archive.",)),
    ):
        refused = await ask(discord, IN_GERMAN, user=user)
        for sentence in sentences:
            assert sentence in refused.text
    said = await discord.post(discord.channel, hans, IN_GERMAN, mentions_bot=True)
    reply = await discord.next_message(discord.channel, after=said)
    assert "The archive is in English" in reply.text, "a message is answered as its server speaks"
    assert "Was ich speichere" in (await use_command(discord, "privacy", user=hans)).text
    refused = await use_command(discord, "feedback", user=discord.add_user("Mo", moderator=True))
    assert refused.text


async def check_commands(discord: LoopbackDiscord) -> None:
    (sync,) = discord.sent("PUT", "/commands$")
    (asked,) = [each for each in sync.json if each["name"] == "ask"]
    assert asked["name_localizations"] == {"de": "fragen"}
    assert asked["description_localizations"]["de"].startswith("Frag das Archiv")
    assert {"de": "seit"} in [option["name_localizations"] for option in asked["options"]]
    menus = [each["name_localizations"] for each in sync.json if each["type"] == 3]
    assert {"de": "Dieses Zitat prüfen"} in menus


def test_each_reader_has_their_language_and_the_quotes_are_the_same(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        hans = discord.add_user("Hans", locale="de")
        await check_commands(discord)
        await check_answers(discord, hans)
        await check_refusals(discord, hans)

    with_bot(scenario, command, seeds_built, tmp_path)
