"""The language of an article: stated or recognised, kept with it, and counted."""

from pathlib import Path

import pytest

from pullquote.corpus.spans import Span
from pullquote_index.dry_run import dry_run
from pullquote_index.progress import SilentProgress
from pullquote_index.readers.problems import ReadingOptions
from pullquote_index.steps.tiling import tile_article, word_count
from support.archives import HARBOUR, build_into, settings_for, write_jsonl
from support.reading import only_article, read_file, write

SENTENCES = [
    "Am 3. Mai hat der Stadtrat die neue Brücke für ca. 30 Mio. Euro genehmigt.",
    "Die Arbeiten beginnen am 1. Juni, und sie dauern nach Prof. Dr. Hahn bis zum 24. Dezember.",
]
GERMAN = " ".join(SENTENCES)
PAGE = (
    "<p>" + "The harbour bridge reopened on Tuesday after eleven months of repairs. " * 5 + "</p>"
)
FEED = (
    '<rss version="2.0"><channel><title>Sea</title><language>da-DK</language>'
    "<item><title>A</title><description>Broen.</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl"><title>Sea</title>'
    "<entry><id>a</id><title>A</title><content>Brug.</content></entry></feed>"
)


@pytest.mark.parametrize(
    ("name", "content", "language"),
    [
        ("a.md", "---\ntitle: Pool\nlang: fr-CA\n---\nThe pool opened.\n", "fr"),
        ("a.md", "---\ntitle: Pool\nlanguage: [pt_BR, en]\n---\nThe pool opened.\n", "pt"),
        ("a.md", f"---\ntitle: Brücke\nlang: go\n---\n{GERMAN}\n", "de"),
        ("a.md", "---\ntitle: Pool\n---\nThe pool opened.\n", ""),
        ("a.txt", f"Neue Brücke\n\n{GERMAN}\n", "de"),
        ("a.html", f'<html lang="es-MX"><body><article>{PAGE}</article></body></html>', "es"),
        ("a.html", f"<html><body><article>{PAGE}</article></body></html>", "en"),
        ("a.jsonl", {"text": "The pool.", "language": "Italian"}, "it"),
        ("a.jsonl", {"text": "The pool.", "metadata": {"lang": "tr"}}, "tr"),
        ("a.jsonl", {"text": GERMAN, "language": 7}, "de"),
        ("a.xml", FEED, "da"),
        ("a.atom", ATOM, "nl"),
        ("a.xml", FEED.replace("<item>", '<item xml:lang="sv">'), "sv"),
        (
            "a.json",
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Sea",
                "language": "fi",
                "items": [{"id": "1", "content_text": "Silta."}],
            },
            "fi",
        ),
    ],
)
def test_a_stated_language_comes_before_the_recognised_one(
    tmp_path: Path, name: str, content: str | dict[str, object], language: str
) -> None:
    assert only_article(read_file(write(tmp_path, name, content))).language == language


def test_sentences_of_an_article_are_cut_by_the_rules_of_its_language(tmp_path: Path) -> None:
    article = only_article(read_file(write(tmp_path, "a.txt", f"Neue Brücke\n\n{GERMAN}\n")))
    ((_, spans),) = tile_article(article, 100)
    assert [span.of(article.text) for span in spans] == SENTENCES


def test_characters_are_counted_where_words_have_no_spaces(tmp_path: Path) -> None:
    sentence = "市长在五月三日为新桥剪彩。"
    article = only_article(read_file(write(tmp_path, "a.txt", "新桥\n\n" + sentence * 40)))
    assert word_count(sentence, Span(0, len(sentence)), "zh") == 7
    assert word_count(sentence, Span(0, len(sentence)), "en") == 1
    assert [len(spans) for _, spans in tile_article(article, 70)] == [12, 12, 12, 4]


def test_a_build_and_a_dry_run_count_languages(tmp_path: Path, built: Path) -> None:
    write(tmp_path, "news/a.txt", f"Neue Brücke\n\n{GERMAN}\n")
    write_jsonl(
        tmp_path / "news" / "b.jsonl",
        HARBOUR,
        {"id": "x", "text": GERMAN},
        {"id": "y", "text": GERMAN, "lang": "nl"},
        {"id": "z", "text": "The pool."},
    )
    kinds = {
        ".jsonl": (("", 1), ("de", 1), ("en", 1), ("nl", 1)),
        ".txt": (("de", 1),),
    }
    report = build_into(built, [tmp_path / "news"])
    assert {kind.kind: kind.languages for kind in report.kinds} == kinds
    result = dry_run(settings_for(tmp_path / "no"), [tmp_path / "news"], SilentProgress(), 1)
    assert {kind.kind: kind.languages for kind in result.kinds} == kinds
    again = build_into(built, [tmp_path / "news"])
    assert {kind.kind: kind.languages for kind in again.kinds} == kinds


def test_an_article_whose_language_is_stated_later_is_cut_again(
    tmp_path: Path, built: Path
) -> None:
    text = "Es war am 3. Mai. Alle kamen."
    path = write_jsonl(tmp_path / "news.jsonl", {"id": "x", "text": text})
    assert build_into(built, [path]).manifest.sentences == 3
    write_jsonl(path, {"id": "x", "text": text, "lang": "de"})
    report = build_into(built, [path])
    assert report.manifest.sentences == 2
    assert report.differences is not None
    assert report.differences.changed == 1


def test_a_setting_names_the_field_of_the_language(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", {"text": "Broen.", "lang": "en", "about": {"tongue": "da"}})
    options = ReadingOptions(fields=(("language", "about.tongue"),))
    assert only_article(read_file(path, options=options)).language == "da"
