"""The Python door: `pullquote.Archive`."""

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest

from pullquote import Archive, PullquoteError, Refusal
from pullquote_index import build_index
from support.archives import HARBOUR, SEEDS, link_tree, write_jsonl

QUESTION = "Who mediated the talks?"
CABLES = "What did replacing the bridge cables cost?"
MAX_REPR = 300


def test_an_answer_has_quotes_that_are_slices_of_their_articles(seeds_built: Path) -> None:
    with Archive.open(seeds_built) as archive:
        found = archive.ask(QUESTION, since="October 2025", top=2)
        assert found.refusal is None
        assert len(found.quotes) == 2
        for number, quote in enumerate(found.quotes, 1):
            assert quote.number == number
            assert quote.text == quote.article.text[quote.start : quote.end] == str(quote)
            assert archive.article(quote.article.id) == quote.article
            assert "30 October 2025" in str(quote.citation)
        assert len(archive) == 1


def test_a_refusal_gives_its_reason_and_the_nearest_passages(seeds_built: Path) -> None:
    with Archive.open(seeds_built) as archive:
        found = archive.ask("Who won the 2022 World Cup?")
        assert (found.answered, found.quotes) == (False, ())
        assert isinstance(found.refusal, Refusal)
        assert found.nearest
        outside = archive.ask(QUESTION, until=dt.date(2024, 1, 1))
        assert (outside.answered, outside.nearest) == (False, ())


def test_wrong_requests_are_errors_of_the_project(seeds_built: Path, tmp_path: Path) -> None:
    with pytest.raises(PullquoteError, match="there is no index yet"):
        Archive.open(tmp_path / "nowhere")
    with Archive.open(str(seeds_built)) as archive:
        for wrong in ({"since": "soon"}, {"source": "The Times"}):
            with pytest.raises(PullquoteError, match=next(iter(wrong.values()))):
                archive.ask(QUESTION, **wrong)  # type: ignore[arg-type]
        with pytest.raises(PullquoteError, match="no words"):
            archive.ask("?")
        with pytest.raises(PullquoteError, match=r"nothing\.txt"):
            archive.article("nothing.txt")


def test_the_constructor_names_the_method_that_opens_a_folder() -> None:
    with pytest.raises(TypeError, match=r"Archive\.open"):
        Archive("my-index")  # type: ignore[arg-type]


def test_an_archive_stays_on_its_generation_until_it_is_opened_again(
    tmp_path: Path, encoders: Path
) -> None:
    index = tmp_path / "index"
    link_tree(encoders, index / "encoders")
    articles = write_jsonl(tmp_path / "a.jsonl", HARBOUR)
    first = build_index(articles, index=index)
    with Archive.open(index) as archive:
        text = str(HARBOUR["text"]).replace("14 million", "15 million")
        write_jsonl(articles, {**HARBOUR, "text": text})
        second = build_index([articles], index=index)
        assert archive.generation == first.manifest.id != second.manifest.id
    with Archive.open(index) as archive:
        assert archive.generation == second.manifest.id
        assert "15 million euros" in archive.ask(CABLES).quotes[0].text


def test_every_repr_is_short(seeds_built: Path, tmp_path: Path, encoders: Path) -> None:
    index = tmp_path / "index"
    link_tree(encoders, index / "encoders")
    report = build_index(SEEDS, index=index)
    with Archive.open(seeds_built) as archive:
        found = archive.ask(QUESTION + " " + "x" * 300)
        refused = archive.ask("Who won the 2022 World Cup?")
        quote = archive.ask(QUESTION).quotes[0]
        for value in (archive, found, refused, quote, quote.article, report):
            assert len(repr(value)) < MAX_REPR, type(value).__name__
        assert repr(archive).startswith(f"Archive('{seeds_built}'")


@pytest.mark.parametrize("question", [QUESTION, "Who won the 2022 World Cup?"])
def test_the_json_of_an_answer_is_that_of_the_command_line(
    command: list[str], seeds_built: Path, question: str
) -> None:
    done = subprocess.run(
        [*command, "ask", question, "--format", "json", "--index", str(seeds_built)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    printed = json.loads(done.stdout)
    with Archive.open(seeds_built) as archive:
        found = archive.ask(question).to_json()
    assert "\n" not in found
    fields = json.loads(found)
    assert list(fields) == list(printed)
    assert min(printed.pop("elapsed_ms"), fields.pop("elapsed_ms")) > 0
    assert fields == printed
