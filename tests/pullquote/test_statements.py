"""What somebody said over all articles, and whose words an answer shows."""

import dataclasses
import json
from pathlib import Path

import pytest

from pullquote import Archive
from pullquote.answering.answers import Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.speaker_guard import windows_of_speaker
from pullquote.answering.speakers import attributions_of, speakers_named
from pullquote.answering.statements import statements_of
from pullquote.corpus.passages import ArticleRow
from pullquote.english.back_references import is_of_unnamed_thing
from pullquote.errors import RequestError
from pullquote.json_output.answer import answer_json
from pullquote.json_output.statements import attribution_json, statements_json
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.statement_text import statement_text
from support.archives import build_into, link_tree, settings_for, write_jsonl

SCREEN = Screen(None, colour=False)


def test_a_part_of_the_name_finds_what_somebody_said_with_who_they_are(seeds: OpenIndex) -> None:
    found = statements_of(seeds.store, "Minister Tarar")
    assert [speaker.key for speaker in found.found.speakers] == ["attaullah tarar"]
    (first, *_) = sorted(found.statements, key=lambda statement: statement.quote.span)
    assert first.quote.text.startswith("“The Afghan side kept deviating")
    first_alone = statements_of(seeds.store, "Attaullah Tarar", top=1)
    shown = statement_text(first_alone, SCREEN)
    assert "— Attaullah Tarar, Pakistan’s information minister" in shown
    assert f"1 of {len(found.statements)} statements" in shown


def test_about_leaves_only_statements_on_a_subject(seeds: OpenIndex) -> None:
    found = statements_of(seeds.store, "Roggio", "Bagram airbase")
    assert [s.quote.text.split()[0] for s in found.statements] == ["“China"]
    other = statements_of(seeds.store, "Roggio", "football")
    assert other.statements == ()
    assert statement_text(other, SCREEN) == "The archive quotes Bill Roggio, but not on this."
    nobody = statements_of(seeds.store, "Ann Low")
    assert statement_text(nobody, SCREEN) == "The archive quotes nobody named Ann Low."


@pytest.mark.parametrize(
    "role", ["the defense minister", "Pakistan's defense minister", "The Defense Minister"]
)
def test_a_role_finds_what_those_said_whom_an_article_describes_so(
    seeds: OpenIndex, role: str
) -> None:
    found = statements_of(seeds.store, role)
    assert [speaker.name for speaker in found.found.quoted] == ["Khawaja Asif"]
    asif = statements_of(seeds.store, "Khawaja Asif")
    texts = {statement.quote.text for statement in found.statements}
    assert {statement.quote.text for statement in asif.statements} <= texts
    assert statements_of(seeds.store, "the prime minister of bread").statements == ()


def test_a_full_name_is_that_speakers_alone_and_a_part_of_it_is_everybodys(
    seeds: OpenIndex,
) -> None:
    assert [count.key for count in speakers_named(seeds.store, "KHAWAJA Ásif")] == ["khawaja asif"]
    assert "khawaja asif" in [count.key for count in speakers_named(seeds.store, "asif")]


def test_a_name_without_letters_is_refused(seeds: OpenIndex) -> None:
    with pytest.raises(RequestError, match="names nobody"):
        statements_of(seeds.store, "?!")


def test_statements_are_as_json_with_every_part_as_a_span(seeds: OpenIndex) -> None:
    found = statements_json(statements_of(seeds.store, "Khawaja Asif"))
    (statement,) = json.loads(found.model_dump_json())["statements"]
    article = seeds.store.article(ArticleRow(0))
    assert statement["speaker"]["name"]["text"] == "Khawaja Asif"
    assert statement["speaker"]["description"]["text"] == "Pakistan’s defense minister"
    for part in (*statement["content"], *statement["cue"], statement["speaker"]["name"]):
        assert article.text[part["start"] : part["end"]] == part["text"]


def test_each_attribution_is_as_json_in_the_form_that_scripts_rely_on(seeds: OpenIndex) -> None:
    row = ArticleRow(0)
    article = seeds.store.article(row)
    lines = [attribution_json(article, one) for one in attributions_of(seeds.store, row, article)]
    fields = json.loads(lines[0].model_dump_json())
    assert list(fields) == ["article_id", "content", "cue", "speaker", "name", "name_span", "kind"]
    assert {line.kind for line in lines} == {"direct", "indirect", "mixed"}
    named = next(line for line in lines if line.name == "Khawaja Asif")
    assert named.name_span is not None
    assert article.text[slice(*named.name_span)] == "Khawaja Asif"


def test_a_quote_of_an_answer_carries_who_says_it(seeds: OpenIndex) -> None:
    found = answer(seeds, understand("Who will never allow the US to retake Bagram Airbase?"))
    quote = found.quotes[0]
    assert quote.speaker_name == "Bill Roggio"
    assert "— Bill Roggio, Senior Fellow at the Foundation" in answer_text(found, SCREEN)
    speaker = answer_json(found).quotes[0].speaker
    assert speaker is not None
    assert quote.article.text[speaker.name.start : speaker.name.end] == speaker.name.text
    plain = dataclasses.replace(quote, speaker=None)
    assert (plain.speaker_name, plain.speaker_description) == ("", "")


def test_anothers_words_are_not_shown_for_what_somebody_said(seeds: OpenIndex) -> None:
    found = answer(seeds, understand("What did Trump say about Bagram?"))
    assert not any(quote.speaker_name == "Bill Roggio" for quote in found.quotes)
    own = answer(seeds, understand("What did Bill Roggio say about Bagram?"))
    assert own.quotes[0].speaker_name == "Bill Roggio"


def test_a_refusal_says_that_somebody_is_quoted_but_not_on_this(seeds: OpenIndex) -> None:
    found = answer(seeds, understand("What did Bill Roggio say about the price of bread?"))
    assert found.refusal is Refusal.NOT_SAID
    assert "The archive quotes Bill Roggio, but not on this." in answer_text(found, SCREEN)


def test_a_date_is_no_subject_of_somebodys_words_even_where_dates_do_not_count(
    seeds: OpenIndex,
) -> None:
    question = "What did Khawaja Asif say in October?"
    found = answer(seeds, understand(question, reads_dates=False))
    assert found.refusal is None
    assert found.quotes[0].speaker_name == "Khawaja Asif"


def test_a_question_that_asks_for_nobodys_words_keeps_every_window(seeds: OpenIndex) -> None:
    assert windows_of_speaker([], understand("Who won?"), seeds.store) == ([], [], False)


def test_python_finds_what_somebody_said(seeds: OpenIndex) -> None:
    quotes = Archive(seeds).said("Asif", since="October 2025")
    assert [(quote.speaker, quote.speaker_description) for quote in quotes] == [
        ("Khawaja Asif", "Pakistan’s defense minister")
    ]
    assert Archive(seeds).said("Asif", until="2024") == ()


def test_what_somebody_denies_is_shown_with_the_word_that_denies_it(
    built: Path, tmp_path: Path
) -> None:
    text = (
        "Prime minister Helene Aubry denied that she had known of the loan.\n\n"
        'Aubry said that the loan was legal. "I have done nothing wrong," Aubry said.'
    )
    loan = write_jsonl(tmp_path / "loan.jsonl", {"id": "loan", "title": "The loan", "text": text})
    build_into(built, [loan])
    opened = OpenIndex(settings_for(built))
    shown = {one.quote.text for one in statements_of(opened.store, "Aubry").statements}
    assert shown == {
        "denied that she had known of the loan",
        "that the loan was legal",
        '"I have done nothing wrong,"',
    }


@pytest.mark.parametrize(
    ("said", "is_unnamed"),
    [
        ("“It is a tax on work,”", True),
        ("that it hurts the poorest", True),
        ("“That’s a mistake,”", True),
        ("“The idea came too late,”", True),
        ("“These are hard times,”", True),
        ("that prices rose in May", False),
        ("“Those workers deserve more,”", False),
        ("“We have no other way to pay,”", False),
        ("that the tram line was late", False),
    ],
)
def test_what_somebody_says_of_a_thing_that_they_do_not_name(
    said: str, *, is_unnamed: bool
) -> None:
    assert is_of_unnamed_thing(said) is is_unnamed


def test_what_names_nothing_is_about_the_headline_or_the_paragraph_before(
    tmp_path: Path, encoders: Path
) -> None:
    link_tree(encoders, tmp_path / "built" / "encoders")
    text = (
        "“It is a tax on work,” said Piotr Wenzel, a carpenter who crosses twice a day.\n\n"
        "“We have no other way to pay for the pillars,” said the director, Anna Stolz. "
        "Wenzel denied it."
    )
    other = "The library of Odde opens again on Monday, after a year of work on its roof."
    records = [
        {"id": "toll", "title": "Toll on the bridge rises to 30 crowns", "text": text},
        {"id": "library", "title": "Library opens", "text": other},
    ]
    build_into(tmp_path / "built", [write_jsonl(tmp_path / "odde.jsonl", *records)])
    index = OpenIndex(settings_for(tmp_path / "built"))
    found = answer(index, understand("What did Piotr Wenzel say about the toll?"))
    assert found.quotes[0].text.endswith("said Piotr Wenzel, a carpenter who crosses twice a day.")
    assert answer(index, understand("What did Piotr Wenzel say about the library?")).refusal
    assert answer(index, understand("What did Anna Stolz say about the toll?")).refusal
    for about in ("toll", ""):
        assert len(statements_of(index.store, "Wenzel", about).statements) == 1, "“it” says nothing"
    assert statements_of(index.store, "Stolz", "toll").statements == ()
    index.close()
