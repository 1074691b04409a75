"""Follow-up questions: what they take from earlier turns, and when they take nothing."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from pullquote import Archive
from pullquote.answering.antecedents import person_meant
from pullquote.answering.conversation import turn_of
from pullquote.answering.follow_up_readings import read_follow_up
from pullquote.answering.follow_up_relation import Relation, relatedness
from pullquote.answering.named_scope import with_named_scope
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.turns import ShownQuote, Turn
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.spans import Span
from pullquote.english.stems import analyse

TODAY = dt.date(2025, 3, 1)
READINGS = (
    ("How many were killed at Kelso?", "when was that", "when was that · killed Kelso"),
    ("Why did the Kelso talks fail", "who mediated", "who mediated · Kelso talks fail"),
    ("Which nations refused to sign", "why", "why · nations refused sign"),
    ("who mediated · Kelso talks fail", "for how long", "for how long · mediated Kelso talks fail"),
    ("who led · Kelso talks fail", "what killed people", "what killed people · Kelso talks fail"),
    ("How many came to Lowmere in 2023", "and in 2024", "How many came to Lowmere in 2024"),
    ("How many came to Lowmere in 2023", "and the year after", "How many came to Lowmere in 2024"),
    ("How many came to Lowmere in 2023", "the previous year", "How many came to Lowmere in 2022"),
    ("How many came to Lowmere in May 2023", "and the next month",
     "How many came to Lowmere in June 2023"),
    ("Who spoke on 3 May 2023", "and the day before", "Who spoke on 2 May 2023"),
    ("How many came to Lowmere", "what about in 2024", "How many came to Lowmere in 2024"),
    ("Who led Lowmere in 2023", "who was the rival", "who was the rival · led Lowmere in 2023"),
    ("What did Per Hald say on pay", "and the mayor", "What did the mayor say on pay"),
    ("what did he call it · pay", "and Eva Marek", "Eva Marek · call pay"),
    ("How many votes did Mabey get", "and Lanyard", "How many votes did Lanyard get"),
    ("How many were hurt at Dorin", "and at Velan", "How many were hurt at Velan"),
    ("How many cases are in the delta", "and deaths", "deaths · cases delta"),
    ("Why was Dario Castell dismissed", "who replaced him", "who replaced Dario Castell"),
    ("What did Nora Steen promise", "and who was her rival", "who was Nora Steen’s rival"),
    ("What does the Orsa bridge cost now", "and originally", "originally · Orsa bridge cost"),
    ("What was the original toll at Kelso", "and the latest", "the latest · toll Kelso"),
    ("What is the latest toll at Kelso", "and at Velan", "What is the latest toll at Velan"),
    ("What did Nora Steen promise", "what did the mayor say she wants",
     "what did the mayor say she wants · Nora Steen promise"),
)  # fmt: skip
"""Questions, the next one as typed, and how that is read."""
NEW = (
    "Who won the Split regatta?",
    "and who is the youngest chess master?",
    "Is it safe to swim in the Varrow?",
    "How much is the council tax rise?",
    "What did Dario Castell say about the board?",
    "why was Borderair fined for its checklist?",
    "Which Australian chef banned vegans from his restaurant?",
    "What did Caterpillar propose to do about the layoffs they refused?",
)
DEPENDENT = (
    "why?",
    "and in 2024?",
    "who reported it?",
    "what did the mayor say?",
    "and the mayor?",
)
Archives = Mapping[str, OpenIndex]


def ask_in_turn(index: OpenIndex, *questions: str) -> list[str]:
    """The readings of the questions of one conversation; empty for those that stand alone."""
    turn, readings = None, []
    for question in questions:
        found = answer(index, dataclasses.replace(understand(question), follows=turn))
        readings.append(found.query.reading if found.query.carried else "")
        turn = turn_of(found, turn)
    return readings


@pytest.mark.parametrize(("last", "typed", "reading"), READINGS)
def test_a_follow_up_takes_the_words_that_it_leaves_out(
    last: str, typed: str, reading: str
) -> None:
    assert read_follow_up(typed, Turn(last), TODAY).rstrip("?") == reading


@pytest.mark.parametrize("question", NEW)
def test_a_question_that_names_a_subject_of_its_own_begins_a_new_one(question: str) -> None:
    turn = Turn("When were the talks on the Orsa bridge?")
    assert relatedness(question, turn, TODAY).relation is Relation.NEW


@pytest.mark.parametrize("question", ["who was killed?", "how many people died?"])
def test_a_question_of_common_words_is_near_the_last_one(question: str) -> None:
    turn = Turn("How many dockers voted in Hexport in 2023?")
    assert relatedness(question, turn, TODAY).relation is Relation.NEAR


def test_an_office_of_which_the_quotes_do_not_tell_may_be_a_subject_of_its_own() -> None:
    turn = Turn("How many dockers voted in Hexport in 2023?")
    assert relatedness("who is the king?", turn, TODAY).relation is Relation.OPEN
    text = "The king came to Hexport, where the dockers voted."
    article = Article(
        ArticleId("a"), "Hexport", text, Span(0, len(text)), None, "", "", "", (), "", 0, ""
    )
    told = dataclasses.replace(turn, quotes=(ShownQuote(article, Span(0, len(text))),))
    assert relatedness("who is the king?", told, TODAY).relation is Relation.NEAR


@pytest.mark.parametrize("question", DEPENDENT)
def test_a_question_that_names_nothing_of_its_own_follows_on_the_last_one(question: str) -> None:
    turn = Turn("How many dockers voted in Hexport in 2023?")
    assert relatedness(question, turn, TODAY).relation is Relation.DEPENDENT


def test_a_person_is_taken_from_the_question_or_the_quotes_whichever_the_pronoun_means(
    small_archives: Archives,
) -> None:
    assert ask_in_turn(
        small_archives["seeds"], "Who is Pakistan's defense minister?", "What did he say?"
    ) == ["", "What did Khawaja Asif say"]
    club = small_archives["club"]
    readings = ask_in_turn(
        club,
        "Why was Dario Castell dismissed?",
        "Who replaced him?",
        "thanks",
        "How much did Lorna Tibbs steal?",
        "what did the judge say?",
    )
    assert readings[1] == "Who replaced Dario Castell"
    assert readings[2:4] == ["", ""]
    assert readings[4] == "what did the judge say · Lorna Tibbs steal"


@pytest.mark.parametrize(
    ("text", "question", "meant"),
    [
        ("The ship was towed to Port Ansel on Monday.", "Where was the ship towed?", ""),
        ("The Salt Bridge will cost nine crowns.", "What does the Salt Bridge cost?", ""),
        ("The Institute of Public Health counted 46 cases.", "Who counted the cases?", ""),
        ("The ship of Odvar Skeie sank. Skeie swam.", "Whose ship sank?", "Odvar Skeie"),
        ("Odvar Skeie sank the ship. Skeie swam.", "What sank?", "Odvar Skeie"),
        ("Odvar Skeie sank the ship.", "Who sank the ship?", "Odvar Skeie"),
        ("Odvar Skeie sank the ship.", "Why did Skeie sink the ship?", "Skeie"),
    ],
)
def test_he_is_no_place_and_no_thing(text: str, question: str, meant: str) -> None:
    whole = Span(0, len(text))
    article = Article(ArticleId("a"), "", text, whole, None, "", "", "", (), "", 0, "")
    assert person_meant(Turn(question, (ShownQuote(article, whole),)), "m") == meant


def test_a_follow_up_about_somebodys_words_quotes_them_on_the_subject_of_the_conversation(
    small_archives: Archives,
) -> None:
    club = small_archives["club"]
    turn = turn_of(answer(club, understand("How much did Lorna Tibbs steal?")))
    follow_up = dataclasses.replace(understand("what did the judge say?"), follows=turn)
    found = answer(club, follow_up)
    assert found.shown[0].article.title == "Bookkeeper jailed for stealing from hospice"
    assert "robbed the dying" in found.shown[0].text


def test_only_words_of_earlier_questions_and_of_shown_quotes_are_taken(
    small_archives: Archives,
) -> None:
    conversations = (
        ("seeds", "Who mediated the talks?", "when did they end?", "what did Tarar say?"),
        ("harbour", "Who bought the lighthouse cottage?", "how old is she?", "for how much?"),
    )
    taken = 0
    for name, *questions in conversations:
        turn, seen = None, ""
        for question in questions:
            query = dataclasses.replace(understand(question), follows=turn)
            found = answer(small_archives[name], query)
            for word in found.query.carried:
                taken += 1
                assert set(analyse(word)) <= set(analyse(seen)), (word, question)
            seen += f" {question} " + " ".join(
                f"{quote.text} {quote.speaker_name}" for quote in found.quotes
            )
            turn = turn_of(found, turn)
    assert taken > len(conversations)


def test_a_conversation_in_python_keeps_its_subject_dates_and_source(town_built: Path) -> None:
    with Archive.open(town_built) as archive:
        talk = archive.conversation()
        first = talk.ask("When did the harbour bridge reopen?", since="2024", source="The Quay")
        second = talk.ask("what did that cost?")
        assert (first.carried, second.carried) == ((), ("harbour", "bridge", "reopen"))
        assert second.searched == "what did that cost harbour bridge reopen?"
        assert '"source":"The Quay"' in second.to_json()
        other = talk.ask("How much of the apricot harvest was lost?")
        assert not other.carried
        assert other.refusal == "other_source"
        talk.new()
        assert talk.ask("who lost every tree?").quotes[0].article.source == "Valley Post"


def test_a_follow_up_may_name_a_source_or_an_author(small_archives: Archives) -> None:
    store, query = small_archives["club"].store, understand("and?")

    def scope(typed: str) -> tuple[str, str]:
        named = with_named_scope(query, typed, store)
        return (named.source, named.author) if named else ("", "")

    assert scope("and in the Varrow Vale Courier?") == ("Varrow Vale Courier", "")
    assert scope("And by Edwin Parr?") == ("", "Edwin Parr")
    assert scope("what about from varrow vale courier") == ("Varrow Vale Courier", "")
    assert scope("and in Orsa?") == scope("and by bus?") == scope("who came by bus?") == ("", "")
