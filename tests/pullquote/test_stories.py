"""Versions, copies and corrections of stories: found by a build, and shown beside quotes."""

import contextlib
import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from pullquote.answering.answers import Answer
from pullquote.answering.later_versions import VersionChange, is_later, later_version
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.quotes import Quote
from pullquote.answering.shown_notes import notes_beside
from pullquote.corpus.articles import ArticleId
from pullquote.corpus.corrections import NoteKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.json_output.answer import answer_json
from pullquote.json_output.verification import verification_json
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import STORE_FILE
from pullquote.verification.verifying import verify
from pullquote_bot.discord_bot.messages.answer_messages import answer_messages
from pullquote_bot.discord_bot.messages.verification_messages import verification_message
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.verification_text import verification_text
from support.archives import settings_for
from support.displayed import texts
from support.ferry_stories import ABOARD, NOTE

PLAIN = Screen(None, colour=False)


@pytest.fixture(scope="module")
def stories(stories_built: Path) -> OpenIndex:
    """An index of stories, which answers every question that finds a passage."""
    settings = {"ANSWER_THRESHOLD": "0", "ANSWER_UNSURE_THRESHOLD": "0"}
    return OpenIndex(settings_for(stories_built, **settings))


def asked(
    index: OpenIndex,
    question: str,
    until: dt.date | None = None,
    as_of: dt.date | None = None,
) -> Answer:
    return answer(index, understand(question, until=until, as_of=as_of), 5)


def quote_with(found: Answer, words: str) -> Quote:
    """The only quote with these words."""
    (quote,) = [quote for quote in found.shown if words in quote.text]
    return quote


def copies(store: ArticleStore, name: str) -> set[str]:
    row = store.article_row(ArticleId(name))
    assert row is not None
    return {store.article(other).id for other in store.stories.copies(row)}


def test_copies_of_one_story_are_found_and_articles_of_one_template_are_not(
    stories: OpenIndex,
) -> None:
    assert copies(stories.store, "v1") == {"v2", "v3", "echo"}
    assert copies(stories.store, "day1") == copies(stories.store, "day2") == set()


def test_sentences_of_one_template_about_several_days_are_quoted_each(
    stories: OpenIndex,
) -> None:
    found = asked(stories, "When is the forecast issued by the institute at Elm Ford?")
    issued = [quote for quote in found.shown if "is issued at six" in quote.text]
    assert len({quote.article.id for quote in issued}) == 3
    assert {quote.also_told_in for quote in issued} == {0}


def test_the_newest_version_of_a_source_is_quoted_where_it_changed_a_number(
    stories: OpenIndex,
) -> None:
    found = asked(stories, "How many people were on board the ferry?")
    quote = quote_with(found, "ran aground")
    assert (quote.article.id, "29 people" in quote.text) == ("v3", True)
    assert quote.also_told_in == 0, "another number is another statement"


def test_a_quote_whose_words_a_later_version_changed_says_so_with_the_later_words(
    stories: OpenIndex,
) -> None:
    found = asked(stories, "How many people were on board?", until=dt.date(2025, 2, 4))
    quote = quote_with(found, "ran aground")
    assert quote.article.id == "v2"
    assert quote.later is not None
    assert (quote.later.change, quote.later.article.id) == (VersionChange.CHANGED, "v3")
    words = [span.of(quote.later.article.text) for span in quote.later.spans]
    assert words == [ABOARD.format(29)]
    text = answer_text(found, PLAIN)
    assert f"changed on 5 February 2025:\n    │ {words[0]}" in text
    assert f"Correction:\n    │ {NOTE}" in text, "the note of the later version"
    shown = "\n".join(texts(answer_messages(found, private=False)[0]))
    assert f"**changed on 5 February 2025:**\n> {words[0]}" in shown
    assert f"**Correction:**\n> {NOTE.replace(':', chr(92) + ':')}" in shown
    fields = answer_json(found).model_dump(mode="json")["quotes"][0]
    assert fields["later_version"]["sentences"][0]["text"] == words[0]
    assert fields["notes"][0]["text"] == NOTE


def test_words_that_the_newest_version_dropped_are_quoted_with_its_date(
    stories: OpenIndex,
) -> None:
    found = asked(stories, "Did the crew send a distress signal?")
    quote = quote_with(found, "distress")
    assert (quote.article.id, quote.also_printed_in) == ("v1", 2)
    assert quote.later is not None
    assert (quote.later.change, quote.later.article.id) == (VersionChange.DROPPED, "v3")
    assert "    not in the version of 5 February 2025\n" in answer_text(found, PLAIN)


def test_words_that_every_version_has_are_cited_from_the_earliest(stories: OpenIndex) -> None:
    found = asked(stories, "What was the ferry carrying?")
    quote = quote_with(found, "timber")
    assert quote.article.id == "v1"
    assert quote.later is not None
    assert quote.later.change is VersionChange.UNCHANGED
    assert "in the version of" not in answer_text(
        dataclasses.replace(found, quotes=(quote,)), PLAIN
    )
    fields = answer_json(found).model_dump(mode="json")["quotes"][0]
    names = [(name["article_id"], name["same_words"]) for name in fields["also_in"]]
    assert names == [("v2", True), ("v3", True), ("echo", True)]


def test_what_was_published_after_the_day_of_asking_is_not_shown_beside_a_quote(
    stories: OpenIndex,
) -> None:
    found = asked(stories, "How many people were on board?", as_of=dt.date(2025, 2, 4))
    quote = quote_with(found, "ran aground")
    assert (quote.article.id, quote.later, quote.notes) == ("v2", None, ())


def test_a_copy_of_another_source_is_named_with_its_number_and_takes_no_ones_place(
    stories: OpenIndex,
) -> None:
    found = asked(stories, "How many people were on board the ferry?")
    quote = quote_with(found, "29 people")
    assert quote.article.source == "Norrvik Post"
    assert quote.later is not None
    assert (quote.later.article.id, quote.later.is_of_same_source) == ("echo", False)
    label = "with another number in Echo: Ferry aground off Storholm (6 February 2025):"
    assert label in answer_text(found, PLAIN)
    of_echo = answer(stories, understand("How many people were on board?", source="Echo"), 5)
    assert quote_with(of_echo, "31 people").later is None, "only that source is searched"
    cargo = quote_with(asked(stories, "What was the ferry carrying?"), "timber")
    assert cargo.later is not None
    assert cargo.later.article.id != "echo", "nothing to say: its words are the same"


def test_a_correction_that_names_an_article_of_its_source_is_shown_beside_its_quotes(
    stories: OpenIndex,
) -> None:
    quote = quote_with(asked(stories, "Where does Tomas Reed farm?"), "Tomas Reed")
    (note,) = quote.notes
    assert (note.kind, note.article.id) == (NoteKind.CORRECTION, "notes")
    assert note.text.endswith("It was 40 percent.")
    assert note.text == note.article.text[note.span.start : note.span.end]
    library = quote_with(asked(stories, "Until when is the library open?"), "town library")
    assert library.notes == (), "another source corrects nothing"


def test_a_verified_quote_is_shown_with_what_became_of_it(stories: OpenIndex) -> None:
    found = verify(stories, ABOARD.format(27))
    (place, *_) = found.findings[0].places
    assert place.later is not None
    assert (place.article.id, place.later.article.id) == ("v1", "v3")
    assert [note.text for note in place.notes] == [NOTE]
    assert "changed on 5 February 2025:" in verification_text(found, PLAIN)
    shown = texts(verification_message(found))
    assert any("**changed on 5 February 2025:**" in text for text in shown)
    (fields, *_) = verification_json(found).places
    assert fields.later_version is not None
    assert fields.later_version.article_id == "v3"


def test_a_version_that_is_withdrawn_or_whose_source_changed_is_not_told_of(
    stories: OpenIndex,
) -> None:
    built = BuiltFolder(stories.settings.index.path)
    path = built.folder_of(stories.generation) / STORE_FILE
    with contextlib.closing(ArticleStore(path, [ArticleId("v3")])) as store:
        assert copies(store, "v1") == {"v2", "echo"}
        (row,) = [row for row in [store.article_row(ArticleId("v1"))] if row is not None]
        article = store.article(row)
        span = Span(0, len(ABOARD.format(27)))
        later = later_version(row, article, span, store, lambda *_: True)
        assert later is not None
        assert later.article.id == "v2"
        assert notes_beside(row, span, later, store, lambda *_: True) == ((), 0)
        assert later_version(row, article, span, store, lambda *_: False) is None


@pytest.mark.parametrize(
    ("title", "day", "is_newer"),
    [
        ("Ferry aground", dt.date(2025, 2, 4), True),
        ("Ferry aground", dt.date(2025, 2, 3), False),
        ("UPDATE 2-Ferry aground", dt.date(2025, 2, 3), True),
        ("CORRECTED-UPDATE 1-Ferry aground", dt.date(2025, 2, 3), True),
        ("UPDATE 9-Ferry aground", dt.date(2025, 2, 2), False),
        ("Ferry aground", None, False),
        ("UPDATE 2-Ferry aground", None, True),
    ],
)
def test_versions_are_ordered_by_date_then_by_the_number_of_an_agencys_update(
    stories: OpenIndex, title: str, day: dt.date | None, *, is_newer: bool
) -> None:
    article = dataclasses.replace(
        stories.store.article(ArticleRow(0)),
        title="UPDATE 1-Ferry aground" if "UPDATE" in title else "Ferry aground",
        published=dt.date(2025, 2, 3),
    )
    assert is_later(title, day, article) is is_newer
