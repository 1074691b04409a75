"""The table of what was read, and the warnings beside it."""

from pullquote_bot.terminal.reading_table import (
    left_out_parts,
    missing_fields,
    other_files,
    problems_json,
    reading_json,
    reading_table,
    skipped_and_partly,
)
from pullquote_index.readers.problems import Problem, draft, note, without_text
from pullquote_index.steps.kind_counts import KindCounts

POSTS = KindCounts(".md", 757, 756, 0, 0, 12, (("en", 700), ("", 57)))
PAGES = KindCounts(".txt", 2_000, 100, 900, 0, 0)
LEFT_OUT = [
    draft("a.md", "is not published"),
    draft("b.md", "is not published"),
    without_text("c.md", "has no text"),
]


def test_the_table_has_a_row_for_each_kind_and_one_for_all() -> None:
    assert reading_table([PAGES, POSTS]) == [
        "kind  articles  headline      date    source   address",
        ".txt     2,000       100       900         0         0",
        ".md        757       756         0         0        12",
        "all      2,757       856       900         0        12",
    ]
    assert len(reading_table([POSTS])) == 2
    assert reading_table([]) == []


def test_languages_are_counted_in_a_line_if_some_article_is_not_in_english() -> None:
    page = KindCounts(".txt", 1_002, 3, 0, 0, 0, (("de", 1_001), ("sw", 1)))
    line = "Languages: 1,001 German, 700 English, 1 sw, 57 unknown."
    assert reading_table([page, POSTS])[-1] == line
    fields = reading_json([page, POSTS], [], [], verbose=False)
    assert fields["languages"] == {"de": 1_001, "en": 700, "unknown": 57, "sw": 1}
    assert not reading_table([POSTS])[-1].startswith("Languages")


def test_a_field_that_most_articles_lack_is_a_warning_that_says_what_to_do() -> None:
    assert list(missing_fields([POSTS, PAGES])) == [
        (
            "757 .md articles, none with a date: name the field in [articles.fields] of a settings "
            "file"
        ),
        "2,000 .txt articles, only 100 with a headline",
        "2,000 .txt articles, only 900 with a date",
    ]
    assert not list(missing_fields([KindCounts(".md", 2, 0, 0, 0, 0)])), "the table shows it"
    assert not list(missing_fields([KindCounts(".md", 4, 2, 2, 0, 0)])), "half of them have it"


def test_files_that_hold_text_and_are_not_read_are_named_with_what_to_do() -> None:
    lines = other_files(["a/b.rtf", "a/c.DOC", "a/d.heic"], [], verbose=False)
    assert lines == [
        "Files of other kinds: 1 .doc, 1 .heic, 1 .rtf (--verbose names them).",
        "To have .doc, .rtf read, save them as .docx, .html, .md or .csv.",
    ]


def test_files_of_other_kinds_are_counted_and_named_if_wanted() -> None:
    others = ["news/a.heic", "news/b.heic", "news/c.psd"]
    assert other_files(others, LEFT_OUT, verbose=False) == [
        "Files of other kinds: 2 .heic, 1 .psd (--verbose names them)."
    ]
    lines = other_files(others, LEFT_OUT, verbose=True)
    assert lines[0] == "Files of other kinds: 2 .heic, 1 .psd."
    assert "  news/c.psd" in lines
    assert "  a.md: is not published; left out" in lines
    assert other_files([], [], verbose=True) == []


def test_what_is_left_out_on_purpose_is_counted() -> None:
    assert left_out_parts(LEFT_OUT) == ["2 drafts left out", "1 page without text left out"]
    assert left_out_parts([]) == []


def test_notes_are_neither_skipped_nor_read_in_part() -> None:
    problems = [note("a", "x"), Problem("b", "y"), Problem("c", "z", skipped=False)]
    assert skipped_and_partly(problems) == (1, 1)
    assert [item["note"] for item in problems_json(problems)] == [True, False, False]


def test_the_json_has_the_same_counts_and_names_files_if_wanted() -> None:
    fields = reading_json([POSTS], ["a.heic"], LEFT_OUT, verbose=False)
    assert fields == {
        "kinds": [
            {
                "kind": ".md",
                "articles": 757,
                "headlines": 756,
                "dates": 0,
                "sources": 0,
                "addresses": 12,
            }
        ],
        "languages": {"en": 700, "unknown": 57},
        "ignored": 1,
        "ignored_endings": {".heic": 1},
        "drafts": 2,
        "without_text": 1,
        "withdrawn": 0,
    }
    verbose = reading_json([POSTS], ["a.heic"], LEFT_OUT, verbose=True)
    assert verbose["ignored_files"] == ["a.heic"]
    assert verbose["left_out"] == [
        {"where": problem.where, "what": problem.what} for problem in LEFT_OUT
    ]
