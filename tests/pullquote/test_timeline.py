"""Timelines: the quotes that report a subject, by the dates that they speak of."""

import dataclasses
import datetime as dt
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from pullquote import Archive
from pullquote.answering.answers import Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import understand
from pullquote.answering.timeline import Timeline, timeline_of
from pullquote.corpus.articles import ArticleId
from pullquote.errors import RequestError
from pullquote.json_output.timeline import timeline_entry_json
from pullquote.storage.embedded_store import EmbeddedStore
from pullquote.storage.withdrawals import WITHDRAWALS_FILE, Withdrawal
from pullquote_bot.command_line.arguments import TimelineArguments
from pullquote_bot.commands import timeline as command
from pullquote_bot.discord_bot.messages.timeline_messages import timeline_messages
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.terminal.conversation import Conversation
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.terminal.timeline_text import timeline_text
from support.archives import NOON, build_into, link_tree, settings_for, write_jsonl
from support.checked_messages import check_message
from support.displayed import rendered, texts

SCREEN = Screen(None, colour=False)
QUAY, POST = "The Quay", "Norrvik Post"


def article(
    name: str, published: str | None, source: str, title: str, text: str
) -> dict[str, object]:
    return {"id": name, "published": published, "source": source, "title": title, "text": text}


FIRE = [
    article(
        "fire",
        "2025-03-04",
        QUAY,
        "Fire destroys Norrvik cannery",
        "A fire destroyed the Norrvik cannery on Monday night. Nobody was hurt in the blaze, "
        "which began in the smoking room.\n\nThe cannery was founded in 1907.",
    ),
    article(
        "fire-again",
        "2025-03-05",
        POST,
        "Norrvik cannery in ashes",
        "Fire has destroyed the Norrvik cannery, which burnt on Monday night. The council will "
        "debate the rebuilding of the Norrvik cannery on 12 March.",
    ),
    article(
        "vote",
        "2025-03-13",
        QUAY,
        "Council votes to rebuild Norrvik cannery",
        "The council voted on Wednesday by nine to four to rebuild the Norrvik cannery after the "
        "fire. Work will begin in May 2026, the mayor said.",
    ),
    article(
        "undated",
        None,
        QUAY,
        "The Norrvik cannery fire",
        "A watchman smelt smoke in the Norrvik cannery an hour before the fire began.",
    ),
    article(
        "secret",
        "2025-03-06",
        QUAY,
        "Norrvik cannery fire was arson",
        "The Norrvik cannery fire was arson, the police said on Thursday.",
    ),
]


FIRE_QUOTE = "A fire destroyed the Norrvik cannery on Monday night."
VOTE_QUOTE = (
    "The council voted on Wednesday by nine to four to rebuild the Norrvik cannery after the fire."
)
ARSON_QUOTE = "The Norrvik cannery fire was arson, the police said on Thursday."


@pytest.fixture(scope="module")
def cannery_built(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> Path:
    """A built index of five short articles about one fire."""
    folder = tmp_path_factory.mktemp("cannery")
    link_tree(encoders, folder / "built" / "encoders")
    build_into(folder / "built", [write_jsonl(folder / "articles.jsonl", *FIRE)])
    return folder / "built"


@pytest.fixture(scope="module")
def cannery(cannery_built: Path) -> OpenIndex:
    return OpenIndex(settings_for(cannery_built))


def rows(timeline: Timeline) -> list[tuple[str, str, str]]:
    return [(entry.date.iso, entry.date_of, entry.quote.text) for entry in timeline.entries]


def told(archive: OpenIndex, subject: str, top: int | None = None, **limits: dt.date) -> Timeline:
    return timeline_of(archive, understand(subject, **limits), top)  # type: ignore[arg-type]


def test_a_matter_is_told_oldest_first_each_event_once_by_the_dates_that_quotes_name(
    cannery: OpenIndex,
) -> None:
    timeline = told(cannery, "Norrvik cannery fire")
    assert rows(timeline) == [
        ("1907", "text", "The cannery was founded in 1907."),
        ("2025-03-03", "text", FIRE_QUOTE),
        ("2025-03-06", "text", ARSON_QUOTE),
        ("2025-03-12", "text", VOTE_QUOTE),
    ]
    (ahead,) = timeline_of(cannery, understand("Norrvik cannery", source=POST)).entries
    assert (ahead.date.iso, ahead.announced) == ("2025-03-12", dt.date(2025, 3, 5))


def test_dates_in_a_subject_choose_the_quotes_and_are_said(cannery: OpenIndex) -> None:
    early = told(cannery, "Norrvik cannery fire before 6 March 2025")
    assert [date for date, *_ in rows(early)] == ["1907", "2025-03-03"]
    late = told(cannery, "Norrvik cannery fire since 6 March 2025")
    assert [date for date, *_ in rows(late)] == ["2025-03-06", "2025-03-12"]
    one = told(cannery, "Norrvik cannery fire on 12 March 2025")
    assert rows(one) == [("2025-03-12", "text", VOTE_QUOTE)]
    assert "Dates: 12 March 2025, read from “on 12 March 2025”" in timeline_text(one, SCREEN)
    assert "read from" in str(timeline_messages(one))
    none = told(cannery, "Norrvik cannery fire in 1950")
    assert not none.entries
    assert timeline_text(none, SCREEN).startswith("The part of the archive that was searched")


def test_undated_articles_are_left_out_and_said(cannery: OpenIndex) -> None:
    timeline = told(cannery, "Norrvik cannery fire")
    assert timeline.undated == 1
    text = timeline_text(timeline, SCREEN)
    assert "1 article without a date left out" in text
    assert "A watchman" not in text
    only = told(cannery, "watchman smelt smoke")
    assert (only.entries, only.undated, only.refusal) == ((), 1, Refusal.NOTHING_ABOUT)
    assert timeline_text(only, SCREEN).startswith("Only articles without a date report on it.")


def test_embargoed_and_withdrawn_articles_never_appear(cannery_built: Path) -> None:
    before = OpenIndex(settings_for(cannery_built), last_day=dt.date(2025, 3, 5))
    assert {row[2] for row in rows(told(before, "Norrvik cannery fire"))}.isdisjoint(
        {ARSON_QUOTE, VOTE_QUOTE}
    )
    before.close()
    withdrawal = Withdrawal(article_id="secret", when=NOON, who="Ana", why="a court")
    EmbeddedStore(cannery_built).add_withdrawal(withdrawal)
    without = OpenIndex(settings_for(cannery_built))
    (cannery_built / WITHDRAWALS_FILE).unlink()
    assert ARSON_QUOTE not in [row[2] for row in rows(told(without, "Norrvik cannery fire"))]
    without.close()


def test_limits_hold_for_publication_and_for_the_dates_of_quotes(cannery: OpenIndex) -> None:
    since = told(cannery, "Norrvik cannery fire", since=dt.date(2025, 3, 5))
    assert FIRE_QUOTE not in [row[2] for row in rows(since)]
    until = told(cannery, "Norrvik cannery fire", until=dt.date(2025, 3, 5))
    assert [row[0] for row in rows(until)] == ["1907", "2025-03-03"]
    none = told(cannery, "Norrvik cannery fire", until=dt.date(2020, 1, 1))
    assert none.refusal is Refusal.NOTHING_SEARCHED


def test_of_few_dates_those_that_tell_most_are_kept(cannery: OpenIndex) -> None:
    timeline = told(cannery, "Norrvik cannery fire", top=1)
    assert len({row[0] for row in rows(timeline)}) == 1
    assert timeline.has_more
    assert "--more" in timeline_text(timeline, SCREEN, "--more")


def test_a_quote_of_a_changed_article_is_withheld_and_said(cannery_built: Path) -> None:
    source = cannery_built.parent / "articles.jsonl"
    text = source.read_text()
    archive = OpenIndex(settings_for(cannery_built))
    source.write_text(text.replace("was arson, the police", "was no arson, the police"))
    timeline = told(archive, "Norrvik cannery fire")
    source.write_text(text)
    archive.close()
    assert ARSON_QUOTE not in [row[2] for row in rows(timeline)]
    assert "Not quoted: Norrvik cannery fire was arson" in timeline_text(timeline, SCREEN)


@pytest.mark.parametrize(
    ("subject", "dates"),
    [
        ("Galdor earthquake", ["2024-03-22", "2024-03-25"]),
        ("Hexport strike", ["2024-05-21", "2024-06-03"]),
        ("Orsa bridge", ["2024-05-14", "2024-07-02"]),
        ("Kelso plane accident", ["2024-05-12", "2024-05-13", "2024-06-20"]),
        ("zebra breeding in Wales", []),
        ("Orsa volcano", []),
    ],
)
def test_stories_of_several_articles_are_told_and_no_others(
    small_archives: Mapping[str, OpenIndex], subject: str, dates: list[str]
) -> None:
    timeline = told(small_archives["common-news"], subject)
    assert [row[0] for row in rows(timeline)] == dates
    assert bool(timeline.refusal) is not bool(dates)


def test_a_subject_without_words_and_an_unknown_source_are_told(cannery: OpenIndex) -> None:
    assert told(cannery, "what is it").refusal is Refusal.NOT_A_QUESTION
    with pytest.raises(RequestError, match="no source"):
        timeline_of(cannery, understand("cannery", source="The Times"))


def test_each_entry_is_as_json_and_its_words_are_those_of_the_article(cannery: OpenIndex) -> None:
    timeline = told(cannery, "Norrvik cannery fire")
    for number, entry in enumerate(timeline.entries, start=1):
        line = json.loads(timeline_entry_json(number, entry).model_dump_json())
        assert list(line) == ["date", "date_of", "quote"]
        quote = line["quote"]
        text = cannery.article(ArticleId(quote["article_id"])).text
        assert text[quote["start"] : quote["end"]] == quote["text"]


def test_the_python_door_has_timelines(cannery: OpenIndex) -> None:
    found = Archive(cannery).timeline("Norrvik cannery fire", until="6 March 2025")
    assert [entry.date for entry in found] == ["1907", "2025-03-03", "2025-03-06"]
    assert len(found) == 3
    first = found.entries[1]
    assert (first.quote.text, first.quote.number, first.date_of) == (FIRE_QUOTE, 2, "text")
    assert json.loads(first.to_json())["quote"]["text"] == FIRE_QUOTE
    assert (found.undated, found.refusal, found.notices) == (0, None, ())
    assert Archive(cannery).timeline("zebras").refusal is Refusal.NOTHING_ABOUT


def test_the_command_prints_text_or_json_and_has_status_1_if_nothing_is_told(
    cannery_built: Path,
) -> None:
    def printed(subject: str, **options: str) -> tuple[int, str, str]:
        streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())
        arguments = TimelineArguments(subject=subject, index=cannery_built, **options)  # type: ignore[arg-type]
        status = command.run(arguments, streams, {})
        return status, streams.output.getvalue(), streams.errors.getvalue()  # type: ignore[attr-defined]

    status, text, _ = printed("Norrvik cannery fire", source=POST)
    assert status == 0
    assert text.startswith("12 March 2025 · as announced on 5 March 2025\n[1] │ The council will")
    assert "searched in Norrvik Post" in text
    status, text, errors = printed("zebras", format="json")
    assert (status, text, errors) == (1, "", "The archive reports nothing on it.\n")


def test_a_conversation_shows_a_timeline_and_the_context_of_its_quotes(cannery: OpenIndex) -> None:
    talk = Conversation(lambda: cannery, SCREEN)
    with pytest.raises(RequestError, match="after :timeline"):
        talk.reply(":timeline")
    talk.reply(":until 5 March 2025")
    assert "3 March 2025" in talk.reply(":timeline Norrvik cannery fire")
    assert "Nobody was hurt" in talk.reply(":context 1")
    with pytest.raises(RequestError, match="Ask a question first"):
        talk.reply(":more")


def test_messages_are_within_the_limits_and_leave_out_what_tells_least(seeds: OpenIndex) -> None:
    timeline = told(seeds, "Pakistan Afghanistan border violence")
    (message,) = timeline_messages(timeline)
    check_message(message)
    quoted = [words for part in rendered(message) for words in part.quoted]
    assert quoted == [entry.quote.text for entry in timeline.entries]
    assert any("· published" in text for text in texts(message))
    entry = timeline.entries[0]
    passages = seeds.store.passages_of(entry.quote.row)
    many = [
        dataclasses.replace(
            entry, rank=rank, quote=dataclasses.replace(entry.quote, span=passage.span)
        )
        for rank, passage in enumerate(passages * 3)
    ]
    more = dataclasses.replace(timeline, entries=tuple(many), has_more=True)
    messages = timeline_messages(more)
    assert any("the most important ones" in text for text in texts(messages[-1]))
    assert len(messages) == 2
    for message in messages:
        check_message(message)
    assert any(discord_contents.TIMELINE_SHORTENED in text for text in texts(messages[-1]))
    refused = timeline_messages(told(seeds, "football"))
    assert [text for text in texts(refused[0]) if "reports nothing" in text]
