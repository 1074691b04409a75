"""One article costs a build little, whatever it holds, and what goes wrong with it is one line."""

import datetime as dt
import gzip
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import Block, BlockKind, place_of
from pullquote.corpus.paragraphs import paragraphs_within
from pullquote.corpus.spans import Span
from pullquote.english.attribution.finding import find_attributions
from pullquote.english.attribution.names import Names
from pullquote.english.dates import FIRST_DAY, LAST_DAY
from pullquote.english.question_time import question_time
from pullquote.english.sentences import sentences
from pullquote.english.stems import analyse
from pullquote.english.typed_periods import parse_period
from pullquote.settings import load_settings
from pullquote_index.readers import field_lengths, markdown, reader_for, time_limit
from pullquote_index.readers.discovery import discover
from pullquote_index.readers.documents import entry_text, json_exports
from pullquote_index.readers.documents.live_page import take_live_entries
from pullquote_index.readers.documents.mail import message_document
from pullquote_index.readers.documents.mail_page import message_page
from pullquote_index.readers.documents.message_lines import MessageLines
from pullquote_index.readers.documents.page_paragraphs import document_blocks
from pullquote_index.readers.documents.page_rows import Run
from pullquote_index.readers.documents.pages import extract_page
from pullquote_index.readers.extraction import ExtractedBlock, joined_blocks
from pullquote_index.readers.file_articles import file_articles
from pullquote_index.readers.html_fragment import fragment_blocks
from pullquote_index.readers.html_template import is_template
from pullquote_index.readers.html_tree import parse_fragment
from pullquote_index.readers.markdown_parser import parse_markdown
from pullquote_index.readers.markdown_text import markdown_blocks
from pullquote_index.readers.problem_list import ProblemList
from pullquote_index.readers.problems import (
    Problem,
    ProblemKind,
    ReadingOptions,
    SourceFile,
    note,
)
from pullquote_index.steps.tiling import tile
from support.reading import read_file, write

PROSE = "The text of it.\n"


def merges(levels: int) -> str:
    lines = ["a0: &a0 {x0: 1}"]
    for level in range(1, levels):
        others = ", ".join([f"*a{level - 1}"] * 4)
        lines.append(f"a{level}: &a{level} {{<<: [{others}], x{level}: 1}}")
    return "\n".join(lines)


def quickly(act: Callable[[], object], seconds: float = 2.0) -> None:
    began = time.process_time()
    act()
    assert time.process_time() - began < seconds


@pytest.mark.parametrize(
    "block",
    [
        merges(12),
        "title: !!float 1" + ":59" * 200 + ".5",
        'title: !!int "0x' + "f" * 5_000 + '"',
        'title: !!int "' + "9" * 5_000 + '"',
        "title: !!timestamp 99999-1-1",
        "a: &a [*a]\nauthors: *a\ntitle: *a",
        "a: " + "[" * 1_500,
        "a: [" + "b," * 9_000 + "]",
        "a: [" + "b," * 40_000 + "]",
    ],
)
def test_yaml_of_any_kind_is_read_quickly_and_costs_no_text(tmp_path: Path, block: str) -> None:
    path = write(tmp_path, "a.md", f"---\nauthor: Ana\n{block}\n---\n{PROSE}".encode())
    items: list[Article | Problem] = []
    quickly(lambda: items.extend(read_file(path)))
    (article,) = [item for item in items if isinstance(item, Article)]
    assert "The text of it." in article.text


def test_tagged_values_of_yaml_stay_text(tmp_path: Path) -> None:
    front_matter = b"---\ntitle: !!int 1:59\nsource: !!float 1:59.5\n---\nText.\n"
    (article,) = read_file(write(tmp_path, "a.md", front_matter))
    assert isinstance(article, Article)
    assert (article.title, article.source) == ("1:59", "1:59.5")


@pytest.mark.parametrize(
    "unit",
    ["[", "![", "*a ", "_a", "`a``b", "<a ", "{% raw %}", "{:", "- ", "> ", "&", "[^1]", "|"],
)
def test_marks_of_markdown_take_no_time_that_grows_with_their_square(unit: str) -> None:
    text = f"Some text.\n\n{unit * (15_000 // len(unit))}\n"
    quickly(lambda: markdown_blocks(text))


@pytest.mark.parametrize(
    "unit",
    ["<pre>", "<!--", "=", "= ", '<!-- body="start" -->', "<!--beginarticle-->", "<title"],
)
def test_marks_of_pages_take_no_time_that_grows_with_their_square(unit: str) -> None:
    page = f"{{{{<a {unit * (100_000 // len(unit))}"
    quickly(lambda: (is_template(page), message_page(page), take_live_entries(None, page)))


@pytest.mark.parametrize("parse", [parse_fragment, extract_page])
def test_a_page_with_more_tags_than_any_is_not_parsed(parse: Callable[[str], object]) -> None:
    for html in ("<b>" * 250_001, "a" * 5_000_001):
        with pytest.raises(time_limit.OverBudgetError, match="has more than"):
            parse(html)


def test_a_message_with_more_lines_than_any_is_one_problem() -> None:
    lines = MessageLines()
    for line in (b"Subject: a\n", b"\n", *(b"> a\n",) * 100_001):
        lines.add(line)
    problem = message_document(lines, "a.eml", 0)
    assert str(problem) == "a.eml: has more than 100,000 lines; skipped"


def test_markup_that_takes_too_long_is_given_up() -> None:
    for parse, piece in ((markdown_blocks, "a *b* `c`\n\n"), (fragment_blocks, "<p>a")):
        with time_limit.time_limit(0.0), pytest.raises(time_limit.OverBudgetError):
            parse(piece * 200)


def test_the_lines_of_a_paragraph_of_markdown_cost_looks_at_the_clock() -> None:
    lines = ("---" + " " * 200 + "x\n") * 400
    with time_limit.time_limit(0.0), pytest.raises(time_limit.OverBudgetError):
        parse_markdown(lines, is_mdx=False)


def test_html_of_an_entry_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_text, "time_limit", lambda: time_limit.time_limit(0.0))
    with pytest.raises(time_limit.OverBudgetError):
        entry_text.entry_blocks("<p>a" * 400)
    feed = {"version": "https://jsonfeed.org/version/1", "items": [{"content_html": "<p>a" * 400}]}
    (problem,) = json_exports.export_documents(feed, "a.json")
    assert str(problem) == f"a.json:1: {time_limit.OVER_TIME}; skipped"


def test_a_page_of_very_many_runs_takes_no_time_that_grows_with_their_square() -> None:
    def run(number: int, text: str) -> Run:
        left, bottom = number % 70 * 7.0, 700 - number / 50
        return Run(text, left, bottom, left + 3, bottom + 0.001)

    diagonal = [run(number, "a") for number in range(3_000)]
    row = [Run("a", number * 1.3, 50, number * 1.3 + 1, 51) for number in range(3_000)]
    dots = [run(number, "•") for number in range(1_500)] + diagonal[:1_500]
    quickly(lambda: document_blocks([diagonal, row, dots]))


def test_markdown_that_takes_too_long_is_skipped_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown, "time_limit", lambda: time_limit.time_limit(0.0))
    (problem,) = read_file(write(tmp_path, "a.md", b"a *b* `c`\n\n" * 200))
    assert str(problem) == f"news/a.md: {time_limit.OVER_TIME}; skipped"


def test_spans_of_code_end_at_marks_of_their_length_in_their_paragraph() -> None:
    (block,) = markdown_blocks("a `{{ b }}` c ``{{ d ` e }}`` {{ f }} `{{ g }}")
    assert block.text.split() == "a {{ b }} c {{ d ` e }} `".split()
    first, _ = markdown_blocks("a `{{ b }}\n\n c` d")
    assert first.text.strip() == "a `"


@pytest.mark.parametrize("mark", ["!", "?", "…", ".", '."', "1. ", "A. ", "。", ". "])
def test_marks_of_sentences_take_no_time_that_grows_with_their_square(mark: str) -> None:
    text = f"First. {mark * (30_000 // len(mark))}x"
    quickly(lambda: sentences(text, Span(0, len(text))))


def test_a_run_of_thousands_takes_no_time_that_grows_with_its_square() -> None:
    quickly(lambda: analyse("1" + ",111" * 10_000 + "1"))


def test_long_fields_are_cut_off_and_reported(tmp_path: Path) -> None:
    record = {
        "id": "i" * 4_000_000,
        "title": "ransom tea " * 400_000,
        "source": "s" * 1_000,
        "section": "a b " * 1_000,
        "authors": ["n" * 1_000, *map(str, range(2_000))],
        "url": "https://" + "a" * 3_000,
        "text": "A text.",
    }
    data = json.dumps(record).encode()
    items = list(_items(write(tmp_path, "a.jsonl", data), 10_000_000))
    *problems, article = items
    assert isinstance(article, Article)
    assert article.id == "news/a.jsonl:1"
    assert len(article.title) <= field_lengths.TITLE
    assert article.title.endswith("…")
    assert len(article.source) == field_lengths.SOURCE
    assert len(article.section) <= field_lengths.SECTION
    assert len(article.authors) == field_lengths.AUTHORS
    assert len(article.authors[0]) == field_lengths.AUTHOR
    assert article.url == ""
    named = " ".join(map(str, problems))
    for field in ("id", "title", "source", "section", "authors", "url"):
        assert re.search(rf": {field} ", named)


def _items(path: Path, max_bytes: int) -> Iterator[Article | Problem]:
    reader = reader_for(path)
    assert reader is not None
    return file_articles(reader, SourceFile(f"news/{path.name}", path, path.parent), max_bytes)


def test_whatever_a_reader_raises_is_one_line_and_what_came_before_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"Head\n\nText.\n")
    file = SourceFile("news/a.txt", path, tmp_path)
    (article,) = _items(path, 1_000)

    for error in (RecursionError(), MemoryError(), OverflowError("x\n" * 900), KeyError("a")):

        def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
            assert (file.name, max_bytes) == ("news/a.txt", 1_000)
            yield article
            raise error  # noqa: B023 - it is called in this round

        *_, problem = file_articles(read, file, 1_000)
        assert isinstance(problem, Problem)
        assert problem.where == "news/a.txt"
        assert "\n" not in str(problem)
        assert len(str(problem)) < 400


def test_a_record_that_breaks_its_parser_costs_no_other_record(tmp_path: Path) -> None:
    lines = [{"text": "<p>&#" + "9" * 5_000 + ";a"}, {"text": "Fine."}]
    path = write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)).encode())
    assert [item for item in read_file(path) if isinstance(item, Article)][-1].text == "Fine."


def test_of_many_problems_the_first_are_listed_and_the_others_counted() -> None:
    problems = ProblemList.of_file("a.jsonl")
    problems.extend(Problem(f"a.jsonl:{number}", "is not JSON") for number in range(250))
    problems.extend(note(f"a.jsonl:{number}", "looks odd") for number in range(2))
    listed = problems.listed()
    assert len(listed) == 103
    assert str(listed[-1]) == "a.jsonl: and 150 more in this file; skipped"
    assert sum(problem.count for problem in listed) == 252
    assert {problem.kind for problem in listed} == {ProblemKind.PROBLEM, ProblemKind.NOTE}


def test_a_file_without_articles_is_not_read_to_its_end(tmp_path: Path) -> None:
    for name, data in (
        ("a.jsonl", b"x\n" * 20_500),
        ("b.jsonl", b"\n" * 310_000 + b'{"text": "A text."}\n'),
        ("c.json", b"[" + b"1," * 20_500 + b"1]"),
        ("d.csv", b"text,title\n" + b",a\n" * 20_500),
    ):
        *_, last = read_file(write(tmp_path, name, data))
        assert isinstance(last, Problem)
        assert "the rest of the file is not read" in last.what


def test_a_gzip_file_that_unpacks_to_too_much_is_read_to_there(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"text": "A text."}\n' + b" " * 40_000_000)
    article, *_, problem = read_file(write(tmp_path, "a.jsonl.gz", packed))
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "unpacks to more than 200 times its size" in problem.what


def test_folders_that_are_very_deep_are_one_line(tmp_path: Path) -> None:
    deep = tmp_path / "news" / "/".join(["a"] * 120)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("Text.")
    (tmp_path / "news" / "b.txt").write_text("Text.")
    found = discover([tmp_path / "news"], tmp_path / "none")
    assert [file.name for file in found.files] == ["news/b.txt"]
    (problem,) = found.problems
    assert "100 deep" in problem.what
    assert len(str(problem)) < 400


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "3000-01-01", "0999-12-31"])
def test_a_date_outside_the_years_1000_to_2999_is_reported_and_none(
    tmp_path: Path, day: str
) -> None:
    record = json.dumps({"text": "A text.", "published": day}).encode()
    problem, article = read_file(write(tmp_path, "a.jsonl", record))
    assert isinstance(article, Article)
    assert article.published is None
    assert "is not a day from 1000 to 2999" in str(problem)
    problem, article = read_file(write(tmp_path, "b.txt", f"{day}\n\nHead\n\nText.".encode()))
    assert isinstance(article, Article)
    assert article.published is None
    assert day in str(problem)


@pytest.mark.parametrize("asked", [dt.date.min, dt.date.max, FIRST_DAY, LAST_DAY])
@pytest.mark.parametrize(
    "words",
    ["latest", "this week", "now", "in 1900", "on 1 May 2020", "last year", "9999 years ago"],
)
def test_no_day_of_asking_overflows(asked: dt.date, words: str) -> None:
    time_of = question_time(f"What happened {words}?", asked)
    for published in (dt.date.min, dt.date.max, asked):
        assert 0 <= time_of.recency(published) <= 1
        time_of.includes(published)
    parse_period(words, asked)


def test_a_paragraph_of_a_megabyte_is_cut_quickly_without_a_gap() -> None:
    for unit in ("漢。", "a ", "!", "A word. "):
        text = unit * (60_000 // len(unit))
        tiles = tile(text, Span(0, len(text)), 120)
        assert (tiles[0][0].start, tiles[-1][0].end) == (0, len(text))
        assert all(
            one[0].end == other[0].start for one, other in zip(tiles, tiles[1:], strict=False)
        )


def test_no_passage_holds_much_that_is_not_quoted() -> None:
    blocks = [
        ExtractedBlock("One sentence."),
        ExtractedBlock("x " * 50_000, BlockKind.FURNITURE),
        ExtractedBlock("Another sentence."),
    ]
    extraction = joined_blocks(blocks)
    text = extraction.text
    tiles = tile(text, Span(0, len(text)), 120, extraction.blocks)
    assert [spans[0].of(text) for _, spans in tiles] == ["One sentence.", "Another sentence."]


def test_a_heading_longer_than_any_is_a_paragraph() -> None:
    extraction = joined_blocks([ExtractedBlock("a " * 2_000, BlockKind.HEADING, 1)])
    assert extraction.blocks[0].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A text. " + "x" * 2_000, "more than 2,000 characters"),
        ("a b " * 300, "more than 500 words"),
        ("word\n" * 150, "more than 100 lines"),
        ("Is it? " * 150, "more than 100 ends of sentences"),
        ('word "' * 150, "more than 100 ends of sentences"),
        ("漢字。" * 150, "more than 100 ends of sentences"),
        ("a\u202e\u00ad" * 150, "more than 200 characters without a glyph"),
    ],
)
def test_a_text_with_more_parts_than_an_article_has_is_one_line(
    tmp_path: Path, text: str, what: str
) -> None:
    options = ReadingOptions(max_characters=2_000)
    for name, data in (
        ("a.txt", text.encode()),
        ("a.jsonl", json.dumps({"text": text}).encode()),
    ):
        (problem,) = read_file(write(tmp_path, name, data), options)
        assert what in str(problem)
        assert str(problem).endswith("(articles.max_characters); skipped")


def test_what_the_default_settings_say_about_reading_is_the_default() -> None:
    assert ReadingOptions.of(load_settings({}).articles) == ReadingOptions()


def test_prose_of_the_most_characters_is_read(tmp_path: Path) -> None:
    prose = "“It will be open again,” he said. The bridge had been closed since the storm in May.\n"
    data = (prose * (2_000 // len(prose))).encode()
    options = ReadingOptions(max_characters=2_000)
    (article,) = read_file(write(tmp_path, "a.txt", data), options)
    assert isinstance(article, Article)


def test_a_paragraph_longer_than_any_is_not_searched_for_speakers() -> None:
    said = "Ann Low said that the bridge is open. "
    (found,) = find_attributions(f"{said * 1_400}\n\n{said}")
    assert found.content[0].start > 50_000


def test_people_with_one_last_name_take_no_time_that_grows_with_their_square() -> None:
    text = ". ".join(f"Ann{number} Low" for number in range(2_500))
    names = Names(text, Span(0, len(text)))
    last = Span(len(text) - 3, len(text))
    people = [named.name for named in names.by_words.values()]
    assert len(people) == 2_500
    quickly(lambda: [names.full(span) for person in people for span in (person, last)], 1.0)


def test_places_are_found_among_many_blocks() -> None:
    blocks = [Block(Span(3 * number, 3 * number + 1)) for number in range(60_000)]
    spans = [block.span for block in blocks]
    quickly(lambda: [place_of(blocks, span) for span in spans[::600]])
    text = "a\n\n" * len(blocks)
    quickly(lambda: [paragraphs_within(text, spans, span) for span in spans[::100]])


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "b.json"])
def test_json_of_more_values_than_an_article_has_is_not_parsed(tmp_path: Path, name: str) -> None:
    fields = ",".join(f'"k{n}":1' for n in range(360_000))
    record = f'{{"text":"The quay.",{fields}}}'
    path = write(tmp_path, name, f"[{record}]".encode() if name == "b.json" else record.encode())
    items: list[Article | Problem] = []
    quickly(lambda: items.extend(read_file(path, max_bytes=10_000_000)))
    (problem,) = items
    assert "too many fields and values for an article" in str(problem)


def test_json_of_many_short_messages_is_parsed(tmp_path: Path) -> None:
    messages = ",".join(f'{{"id":{n},"text":"The quay is long.","likes":[]}}' for n in range(3_000))
    path = write(tmp_path, "a.json", f'{{"messages":[{messages}]}}'.encode())
    assert sum(isinstance(item, Article) for item in read_file(path)) == 3_000


def test_pictures_within_a_page_are_no_text_of_it(tmp_path: Path) -> None:
    picture = "QUJD" * 1_500_000
    page = f'<p>{"The quay is long. " * 9}<img src="data:image/png;base64,{picture}"></p>'
    (article,) = read_file(write(tmp_path, "a.html", page), max_bytes=10_000_000)
    assert isinstance(article, Article)
    assert article.text.startswith("The quay is long.")
