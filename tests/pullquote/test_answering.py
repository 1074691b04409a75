import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.quotes import cite
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.hashing import sentence_hash
from pullquote.errors import RequestError
from pullquote.json_output.answer import answer_json
from support.archives import HARBOUR, LIBRARY, ORCHARD, build_into, settings_for, write_jsonl

SEEDS_QUESTIONS = {
    "What did Pakistan's defence minister threaten?": "to completely obliterate the Taliban regime",
    "What did the defence minister threaten?": "obliterate",
    "Who were the mediators of the talks?": "Turkey and Qatar",
    "Who mediated the talks?": "Turkey and Qatar",
    "When was the ceasefire arranged?": "October 19",
    "How long is the border?": "1,600-mile",
    "How many soldiers were killed?": "five Pakistani soldiers",
    "What did Bill Roggio say about Bagram?": "will never allow the US to retake Bagram Airbase",
    "What did the information minister say of the talks?": "placed the blame for the failed talks",
    "what did attaullah tarar tell reporters": "deflection, ruses",
    "Where did the negotiations take place?": "Istanbul",
    "Where was the ceasefire arranged?": "Doha",
}
SEEDS_REFUSED = [
    "Who won the 2022 World Cup?",
    "What is the price of bread in Lahore?",
    "How tall is the Eiffel Tower?",
    "Who is the president of Brazil?",
    "What is the best recipe for pancakes?",
]


@pytest.mark.parametrize(("question", "words"), SEEDS_QUESTIONS.items())
def test_the_answer_is_in_the_first_two_quotes(seeds: OpenIndex, question: str, words: str) -> None:
    found = answer(seeds, understand(question))
    assert found.outcome is not Outcome.REFUSED, found.confidence
    assert any(words in quote.text for quote in found.quotes[:2])


@pytest.mark.parametrize("question", SEEDS_REFUSED)
def test_a_question_that_the_archive_does_not_answer_is_refused(
    seeds: OpenIndex, question: str
) -> None:
    found = answer(seeds, understand(question))
    assert (found.answered, found.quotes) == (False, ())
    assert found.refusal in (Refusal.NOTHING_ABOUT, Refusal.SUBJECT_ONLY)
    assert found.nearest


@pytest.mark.parametrize(
    "question",
    ["What did Narendra Modi say about the talks?", "What did narendra modi say about the talks"],
)
def test_what_somebody_who_is_not_in_the_archive_said_is_not_answered_outright(
    seeds: OpenIndex, question: str
) -> None:
    found = answer(seeds, understand(question))
    assert not found.answered
    assert found.confidence < 0.3, "about the talks, and not much more"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(question=st.text(min_size=1, max_size=80), top=st.integers(1, 12))
def test_every_quote_is_a_slice_of_its_source_whatever_is_asked(
    town: OpenIndex, question: str, top: int
) -> None:
    try:
        query = understand(question)
    except RequestError:
        return
    check_quotes(answer(town, query, top), top)


@pytest.mark.parametrize(
    "question", ["bridge", "ferry passengers", "who said it will outlast us", "Elm Ford", "2019"]
)
def test_every_quote_keeps_the_limits_and_lies_within_its_passage(
    town: OpenIndex, question: str
) -> None:
    check_quotes(answer(town, understand(question), 10), 10)


def check_quotes(found: Answer, top: int) -> None:
    texts = {record["id"]: str(record["text"]) for record in (HARBOUR, ORCHARD, LIBRARY)}
    assert len(found.shown) <= top
    assert 0 <= found.confidence <= 1
    for number, quote in enumerate(found.shown, start=1):
        source = texts.get(quote.article.id, quote.article.text)
        assert source[quote.span.start : quote.span.end] == quote.text
        assert quote.passage.contains(quote.span)
        assert quote.text == quote.text.strip()
        assert len(quote.text.split()) <= 60
        assert cite(number, quote).sha256 == quote.article.sha256
    spans = [(quote.article.id, quote.span) for quote in found.shown]
    assert not any(a == b and x.overlaps(y) for n, (a, x) in enumerate(spans) for b, y in spans[:n])


def test_a_sentence_that_two_articles_print_is_quoted_once_from_the_earlier(
    town: OpenIndex,
) -> None:
    found = answer(town, understand("What do ferry operators expect to lose by the summer?"), 10)
    quotes = [quote for quote in found.shown if "Ferry operators expect" in quote.text]
    assert [quote.article.id for quote in quotes] == ["harbour"]


def test_a_syndicated_article_is_quoted_from_the_first_printing_of_its_source_and_the_others_named(
    tmp_path: Path, built: Path
) -> None:
    dates = {"a": "2024-03-12", "b": "2024-03-10", "older": "2001-01-01", "c": "2024-03-11"}
    copies = [
        {**HARBOUR, "id": name, "published": date, "source": "Echo" if name == "older" else "Post"}
        for name, date in dates.items()
    ]
    copies[2]["title"] = "Cheap tea"
    build_into(built, [write_jsonl(tmp_path / "news.jsonl", *copies, LIBRARY)])
    archive = OpenIndex(settings_for(built))
    question = "Who said it will outlast us all?"
    quote = answer(archive, understand(question)).shown[0]
    assert (quote.article.id, quote.also_printed_in) == ("b", 3)
    assert [(name.source, str(name.published)) for name in quote.other_printings] == [
        ("Echo", "2001-01-01"),
        ("Post", "2024-03-11"),
        ("Post", "2024-03-12"),
    ]
    later = answer(archive, understand(question, since=dt.date(2024, 3, 11))).shown[0]
    assert later.article.id == "c", "the earliest of the articles that are searched"
    of_echo = answer(archive, understand(question, source="Echo")).shown[0]
    assert of_echo.article.id == "older"


def test_copies_of_a_wire_story_with_datelines_and_other_cuts_are_quoted_once(
    tmp_path: Path, built: Path
) -> None:
    aground = "A freight ferry ran aground off Storholm early on Monday with 27 people on board"
    cargo = "The ferry, built in 1998, was carrying timber and 40 cars."
    texts = [
        f"NORRVIK, Feb 3 (NWire) - {aground}, the coast guard said. {cargo}",
        f"HAMMERVIK (NWire) — {aground}, the coastguard said. All were taken off. {cargo}",
        f"{aground}, the coast guard said. {cargo.replace(', built in 1998,', ' (built in 1998)')}",
        "A freight ferry ran aground off Storholm early on Monday with 29 people on board.",
        "The owner of the ferry that ran aground off Storholm has not said why it left port.",
    ]
    records = [
        {"id": f"wire-{number}", "text": text, "published": "2025-02-03"}
        for number, text in enumerate(texts)
    ]
    build_into(built, [write_jsonl(tmp_path / "wire.jsonl", *records)])
    archive = OpenIndex(settings_for(built))
    found = answer(archive, understand("What was the ferry carrying?"), 3)
    assert sum("timber and 40 cars" in quote.text for quote in found.shown) == 1
    assert found.shown[0].also_told_in == 2
    assert found.shown[0].also_printed_in == 0
    ran_aground = answer(archive, understand("Where did the freight ferry run aground?"), 5)
    shown = [quote.text for quote in ran_aground.shown]
    assert sum("with 27 people" in text for text in shown) == 1
    assert any("with 29 people" in text for text in shown), "another number is another statement"


def test_words_that_an_article_prints_twice_are_cited_at_their_first_place(
    tmp_path: Path, built: Path
) -> None:
    text = (
        "The mayor resigned on Monday.\n\n"
        + "Nothing else of note happened in the town that week, as far as anybody can tell. " * 12
    )
    text += "\n\nThe mayor resigned on Monday."
    build_into(
        built,
        [write_jsonl(tmp_path / "news.jsonl", {"id": "a", "text": text}, LIBRARY)],
        QUOTES_SENTENCES="1",
    )
    found = answer(
        OpenIndex(settings_for(built, QUOTES_SENTENCES="1")),
        understand("When did the mayor resign?"),
    )
    assert [quote.span.start for quote in found.shown if "mayor" in quote.text] == [0]


def test_only_articles_of_the_dates_and_the_source_are_quoted(town: OpenIndex) -> None:
    def articles(**filters: object) -> set[str]:
        query = understand("bridge frost library tide ferry", **filters)  # type: ignore[arg-type]
        return {quote.article.id for quote in answer(town, query, 20).shown}

    assert articles() == {"harbour", "orchard", "library", "undated"}
    assert articles(since=dt.date(2024, 5, 20)) == {"orchard", "library"}
    assert articles(until=dt.date(2024, 5, 20)) == {"harbour", "orchard"}
    assert articles(source="the quay") == {"harbour", "library"}
    assert articles(source="The Quay", since=dt.date(2025, 1, 1)) == {"library"}
    nothing = answer(town, understand("bridge", since=dt.date(2030, 1, 1)))
    assert (nothing.refusal, nothing.shown) == (Refusal.OUTSIDE_DATES, ())


def test_the_case_of_a_source_is_ignored_beyond_ascii_too(tmp_path: Path, built: Path) -> None:
    build_into(
        built, [write_jsonl(tmp_path / "news.jsonl", {**HARBOUR, "source": "SÜD Post"}, LIBRARY)]
    )
    found = answer(
        OpenIndex(settings_for(built)), understand("When did the bridge reopen?", source="süd post")
    )
    assert [quote.article.source for quote in found.quotes] == ["SÜD Post"] * len(found.quotes)
    assert found.quotes


def test_the_error_for_an_unknown_source_lists_those_that_there_are(town: OpenIndex) -> None:
    with pytest.raises(RequestError, match="It has The Quay, Valley Post"):
        answer(town, understand("bridge", source="The Times"))


def test_top_is_the_most_quotes(seeds: OpenIndex) -> None:
    assert len(answer(seeds, understand("Who mediated the talks?"), 1).quotes) == 1
    assert len(answer(seeds, understand("Who mediated the talks?"), 10).quotes) == 10


def test_one_article_has_at_most_four_quotes_before_those_of_others(
    tmp_path: Path, built: Path
) -> None:
    long = {
        "id": "long",
        "text": "\n\n".join(
            f"The ferry made trip {n} across the bay with {n * 7} passengers and a dog."
            for n in range(40)
        ),
    }
    other = {"id": "other", "text": "A ferry was late on Friday. Its passengers were offered soup."}
    build_into(built, [write_jsonl(tmp_path / "news.jsonl", long, other)])
    shown = answer(OpenIndex(settings_for(built)), understand("ferry passengers"), 8).shown
    assert "other" in [quote.article.id for quote in shown[:5]], (
        "four of one article, then one of the other"
    )


def test_the_json_of_an_answer_has_the_documented_fields(seeds: OpenIndex) -> None:
    fields = answer_json(answer(seeds, understand("Who mediated the talks?")), "q1").model_dump(
        mode="json"
    )
    assert list(fields) == [
        "id",
        "question",
        "outcome",
        "answered",
        "confidence",
        "quotes",
        "nearest",
        "generation",
        "elapsed_ms",
        "dates",
        "order",
        "searched",
        "accounts",
    ]
    assert list(fields["quotes"][0]) == [
        "text",
        "article_id",
        "title",
        "source",
        "authors",
        "url",
        "path",
        "line",
        "published",
        "section",
        "paragraph",
        "start",
        "end",
        "passage_start",
        "passage_end",
        "origin",
        "article_sha256",
        "text_sha256",
        "source_sha256",
        "source_lines",
        "page",
        "heading",
        "header_row",
        "speaker",
        "as_of",
        "score",
        "later_version",
        "notes",
        "further_notes",
        "also_printed_in",
        "also_told_in",
        "also_in",
        "answer_spans",
    ]


def test_the_hash_of_a_sentence_ignores_case_and_spacing() -> None:
    assert sentence_hash("A  late\nFrost.") == sentence_hash("a late frost.")
    assert sentence_hash("A late frost.") != sentence_hash("An early frost.")
