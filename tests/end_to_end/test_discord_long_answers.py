"""Answers that take two messages, and articles that changed since the index was built."""

from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord, Message
from support.archives import HARBOUR, ORCHARD, SEEDS, build_into
from support.bot_process import ask, displayed_quotes, fill_in, press, with_bot

MINISTER = "Which threat did Pakistan's defence minister make?"
(ARTICLE,) = [path.read_bytes().decode() for path in SEEDS.iterdir()]


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_the_buttons_of_an_answer_in_two_messages_work(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    def numbers(*messages: Message) -> list[int]:
        quotes = [quote for message in messages for quote in displayed_quotes(message)]
        assert all(quote.words == ARTICLE[quote.span] for quote in quotes)
        return [int(quote.citation.split(" ")[0]) for quote in quotes]

    async def scenario(discord: LoopbackDiscord) -> None:
        for private in (False, True):
            use = await discord.slash("ask", question=MINISTER, private=private)
            first = await use.message()
            (second,) = await use.followups()
            assert first.ephemeral == second.ephemeral == private
            together = numbers(first, second)
            assert together == list(range(1, len(together) + 1))
            assert len(together) > 8
            assert [button.label for button in first.buttons] == [
                *([] if private else ["Remove"]),
            ]
            assert "1 of 2: the rest is in the next message" in first.text
            assert "2 of 2" in second.text
            (menu,) = second.selects
            contexts = [each for each in menu["options"] if ":context:" in each["value"]]
            assert len(contexts) == len(together), "the last message has the quotes of both"
            assert (await press(discord, first, "In context")).ephemeral
            assert (await press(discord, second, "In context")).ephemeral
            assert (await press(discord, second, "Article")).ephemeral
            more = await press(discord, second, "More")
            assert "can no longer read" not in more.text
            assert "saved" in (await press(discord, second, "👍")).text
            if private:
                use = await discord.click(second, "Share")
                shared = [await use.message(), *await use.followups()]
                assert not any(message.ephemeral for message in shared)
                assert numbers(*shared) == together
            else:
                reply = await fill_in(
                    discord, second, "Follow up", {"question": "Who mediated the talks?"}
                )
                (thread,) = discord.threads(discord.channel)
                assert "Answered in" in reply.text
                assert thread.name == MINISTER
                assert len(discord.messages(thread)) == 2
        said = await discord.post(discord.channel, discord.alice, MINISTER, mentions_bot=True)
        first = await discord.next_message(discord.channel, after=said)
        second = await discord.next_message(discord.channel, after=first)
        assert numbers(first, second) == together
        assert second.raw.get("message_reference") is None
        assert (
            displayed_quotes(await press(discord, second, "More"))
            or "no more quotes" in (await press(discord, second, "More")).text
        )

    with_bot(scenario, command, seeds_built, tmp_path, answer_quotes=14)


def test_a_quote_that_fits_no_message_is_left_out_with_a_note_and_no_quote_comes_twice(
    command: list[str], built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    word = "x" * 6_000
    sentences = [
        f"The ransom that the gang of harbour {n} demanded was {n} million euros."
        for n in range(1, 8)
    ]
    (articles / "gang.txt").write_text(
        "\n\n".join(
            [
                *sentences[:2],
                f"The ransom that the gang demanded was, in a word, {word}.",
                *sentences[2:],
            ]
        )
    )
    build_into(built, [articles])

    async def scenario(discord: LoopbackDiscord) -> None:
        page = await ask(discord, "What was the ransom that the gang demanded?")
        numbers: list[int] = []
        has_note = False
        for _ in range(12):
            has_note = (
                has_note or "A quote was too long for a message and is not shown." in page.text
            )
            assert "xxx" not in page.text
            numbers += [int(quote.citation.split(" ")[0]) for quote in displayed_quotes(page)]
            if not page.buttons:
                break
            page = await press(discord, page, "More")
        assert page.text == "There are no more quotes for this question."
        assert numbers == sorted(set(numbers))
        assert len(numbers) == max(numbers) - 1
        assert has_note

    with_bot(scenario, command, built, tmp_path)


def test_an_article_that_changed_is_not_shown_and_the_reply_says_so(
    command: list[str], built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "bridge.txt").write_text(str(HARBOUR["text"]))
    (articles / "frost.txt").write_text(str(ORCHARD["text"]))
    build_into(built, [articles])

    async def scenario(discord: LoopbackDiscord) -> None:
        answer = await ask(discord, "What did replacing the bridge cables cost?")
        assert "14 million euros" in displayed_quotes(answer)[0].words
        (articles / "bridge.txt").write_text("Nothing of the kind.")
        for label in ("In context", "Article"):
            reply = await press(discord, answer, label)
            assert reply.ephemeral
            assert "14 million euros" not in reply.text
        assert (
            "This article has changed since the archive was updated, so it is not shown."
            in (await press(discord, answer, "In context")).text
        )
        answer = await ask(discord, "What did replacing the bridge cables cost?")
        assert "14 million euros" not in answer.text
        assert "changed since the archive was updated" in answer.text
        (articles / "frost.txt").unlink()
        assert (
            "14 million euros"
            not in (
                await ask(discord, "How much of the apricot harvest was lost to the frost?")
            ).text
        )

    with_bot(scenario, command, built, tmp_path)
