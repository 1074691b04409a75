"""Articles that were extracted from documents, from the file to the quote."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.corpus.articles import ArticleId, Origin
from pullquote.corpus.blocks import BlockKind
from pullquote.corpus.passages import ArticleRow
from pullquote.json_output.answer import AnswerJson, QuoteJson, answer_json
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.source_check import SourceState, source_state
from pullquote_index.lifecycle.integrity_check import check
from pullquote_index.readers import markdown_text
from support.archives import build_into, link_tree, settings_for, write_jsonl

BALLOT = """\
---
title: Day 64
published: 2017-03-24
---
## The ballot

The clerk's count of the ballot for the harbour board is final:

| Candidate | Votes | Share |
|-----------|------:|------:|
| Ida Berg  | 4,120 | 51.2% |
| Olav Lund | 3,001 | 37.3% |

## The plan

The mayor gives three reasons for the harbour plan:

- The old crane of the harbour was built in 1931 and lifts
  only 90 tonnes.
- The ferries have become longer.

![The mayor beside the crane](crane.png)

A storm tore the roof off the fish hall, and [the
fishers'](https://www.example.org/fish-hall/cooperative/members.html)
says that repairing it will cost
two hundred thousand crowns.
"""
SCHOOL = """\
Home / Town / Schools

School gets new roof after storm

By Ana Example
Published: 12 March 2025 | Updated 13 March 2025, 08:15

Share this
Facebook

The roof of the Lindvik school was replaced within nine days after the storm, the council said.

ALSO READ: Why did the storm hit the school of Norrvik so hard? Experts explain the damage

The work cost 3.4 million crowns, of which the insurer pays two thirds.

Related Stories
Storm damage: how much did the roof of the school cost? All you need to know
Who pays for the roof of the school? Your questions answered

Headmaster Per Example said the pupils "liked the town hall better".
"""
LIGHTHOUSE = """\
Lighthouse keeper retires

Marta Example, who has kept the lighthouse on Storholm since she was
twenty-three, will retire in April after forty-one years. Her successor
is a machine: an automatic lamp that the coastal administration bought
from a firm in Hammervik for
six hundred thousand crowns.
"""
NOTICE = "The Norrvik Daily is read by the pilots of nine harbours every morning."
TOPICS = ("The ferry", "The crane", "The church", "The market", "The bakery", "The museum")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive") / "news"
    folder.mkdir()
    (folder / "ballot.md").write_text(BALLOT)
    (folder / "school.txt").write_text(SCHOOL)
    (folder / "lighthouse.txt").write_text(LIGHTHOUSE)
    write_jsonl(
        folder / "daily.jsonl",
        *(
            {
                "id": topic,
                "title": f"{topic} of Norrvik",
                "text": f"{topic} opens at {hour}.\n\n{NOTICE}\n\n{topic} closes at {hour + 8}.",
            }
            for hour, topic in enumerate(TOPICS, start=5)
        ),
    )
    return folder


@pytest.fixture(scope="module")
def index(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, encoders: Path
) -> Iterator[OpenIndex]:
    built = tmp_path_factory.mktemp("built")
    link_tree(encoders, built / "encoders")
    build_into(built, [folder])
    index = OpenIndex(settings_for(built))
    yield index
    index.close()


@pytest.fixture(scope="module")
def ask(index: OpenIndex) -> Callable[[str], AnswerJson]:
    return lambda question: answer_json(answer(index, understand(question)))


def shown(result: AnswerJson) -> tuple[QuoteJson, ...]:
    return result.quotes or result.nearest


def test_a_row_is_quoted_with_its_heading_and_its_header_row(
    ask: Callable[[str], AnswerJson], folder: Path, index: OpenIndex
) -> None:
    quote = shown(ask("How many votes did Olav Lund get?"))[0]
    text = index.article(ArticleId("news/ballot.md")).text
    assert quote.text == "Olav Lund | 3,001 | 37.3%"
    assert quote.heading
    assert quote.header_row
    assert (quote.heading.text, quote.header_row.text) == (
        "The ballot",
        "Candidate | Votes | Share",
    )
    assert text[quote.heading.start : quote.heading.end] == "The ballot"
    assert (quote.origin, quote.source_lines, quote.page) == (Origin.EXTRACTED, (12, 12), None)
    assert quote.text_sha256 == quote.article_sha256 == hashlib.sha256(text.encode()).hexdigest()
    source = (folder / "ballot.md").read_bytes()
    assert quote.source_sha256 == hashlib.sha256(source).hexdigest()


def test_a_lead_in_goes_with_the_first_item_alone(ask: Callable[[str], AnswerJson]) -> None:
    quotes = shown(ask("When was the old crane of the harbour built?"))
    item = "The old crane of the harbour was built in 1931 and lifts only 90 tonnes."
    assert quotes[0].text in (
        item,
        f"The mayor gives three reasons for the harbour plan:\n\n{item}",
    )


def test_hard_wrapped_lines_are_one_sentence(ask: Callable[[str], AnswerJson]) -> None:
    roof = shown(ask("How much will repairing the roof of the fish hall cost?"))[0]
    assert roof.text.startswith("A storm tore")
    assert roof.text.endswith("two hundred thousand crowns.")
    lamp = shown(ask("How much did the automatic lamp of the lighthouse cost?"))[0]
    assert lamp.text.endswith("from a firm in Hammervik for\nsix hundred thousand crowns.")
    assert (lamp.origin, lamp.heading) == (Origin.FILE, None)
    assert lamp.source_lines
    assert lamp.source_lines[1] == 7


def test_furniture_stays_in_the_article_and_is_not_quoted(
    ask: Callable[[str], AnswerJson], index: OpenIndex
) -> None:
    article = index.article(ArticleId("news/school.txt"))
    assert (article.title, article.authors, str(article.published), article.text) == (
        "School gets new roof after storm",
        ("Ana Example",),
        "2025-03-12",
        SCHOOL,
    )
    for question in (
        "Who pays for the roof of the school?",
        "Why did the storm hit the school so hard?",
        "How much did the roof of the school cost?",
    ):
        for quote in shown(ask(question)):
            assert "ALSO READ" not in quote.text
            assert "Your questions answered" not in quote.text
    assert "insurer pays two thirds" in shown(ask("Who pays for the roof of the school?"))[0].text


def test_a_notice_that_recurs_is_not_quoted(ask: Callable[[str], AnswerJson]) -> None:
    quotes = shown(ask("Who reads the Norrvik Daily every morning?"))
    assert quotes
    assert all(NOTICE not in quote.text for quote in quotes)


def test_a_sentence_of_four_articles_recurs_only_if_they_are_all_of_a_source_and_no_copies(
    tmp_path: Path, built: Path
) -> None:
    few = [
        {"id": topic, "text": f"{topic} opens late.\n\n{NOTICE}\n\n{topic} closes early."}
        for topic in TOPICS[:4]
    ]
    copies = [
        {"id": f"copy {number}", "text": f"The mayor resigned.\n\nShe had 14 votes.\n\n{number}."}
        for number in range(6)
    ]
    of_source = [
        {
            "id": f"gazette {topic}",
            "source": "Gazette",
            "text": f"The {topic} was painted.\n\nThe Gazette is printed on Sundays.\n\n{topic}!",
        }
        for topic in TOPICS[:4]
    ]
    build_into(built, [write_jsonl(tmp_path / "a.jsonl", *few, *copies, *of_source)])
    index = OpenIndex(settings_for(built))
    for question, words in (
        ("Who reads the Norrvik Daily every morning?", NOTICE),
        ("How many votes did she have?", "She had 14 votes."),
    ):
        texts = [quote.text for quote in answer(index, understand(question)).shown]
        assert any(words in text for text in texts), (question, texts)
    for quote in answer(index, understand("When is the Gazette printed?")).shown:
        assert "on Sundays" not in quote.text
    index.close()


def test_headings_and_furniture_are_no_sentences(index: OpenIndex) -> None:
    for article_id in ("news/ballot.md", "news/school.txt"):
        row = index.store.article_row(ArticleId(article_id))
        assert row is not None
        article = index.store.article(row)
        passages = index.store.passages_of(row)
        sentences = [span for passage in passages for span in passage.sentences]
        kinds = {
            block.kind
            for block in article.blocks
            if any(block.span.overlaps(sentence) for sentence in sentences)
        }
        assert kinds <= {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW}
        assert passages[0].span.start == article.prose.start
        assert passages[-1].span.end == article.prose.end


def test_check_tells_a_changed_source_from_a_changed_extractor(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "ballot.md"
    page.write_text(BALLOT)
    build_into(built, [page])
    settings = settings_for(built)
    index = OpenIndex(settings)
    folder, manifest = BuiltFolder(built).folder_of(index.generation), index.manifest
    index.close()

    def lines() -> list[str]:
        return list(check(manifest, folder, BuiltFolder(built)))

    assert lines() == []
    monkeypatch.setattr(markdown_text, "CELL_SEPARATOR", " / ")
    (line,) = lines()
    assert "ballot.md: unchanged, but another text is extracted from it now" in line
    page.write_text(BALLOT.replace("3,001", "3,002"))
    (line,) = lines()
    assert line.endswith("ballot.md: changed or gone since the index was built")


def test_a_record_of_another_file_than_json_lines_is_compared_with_the_whole_file(
    tmp_path: Path, built: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Fog\n\nFog closed the port on Friday, the pilots said.")
    build_into(built, [path])
    index = OpenIndex(settings_for(built))
    (file,) = index.store.files()
    article = index.store.article(ArticleRow(0))
    record = dataclasses.replace(article, line=3, record_sha256="of the record's bytes")
    assert source_state(record, file, trust_times=False) is SourceState.SAME
    path.write_text("Fog\n\nFog closed the port on Monday, the pilots said.")
    assert source_state(record, file) is SourceState.CHANGED
    index.close()
