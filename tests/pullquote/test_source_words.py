"""What counts as printing words, for each way in which a source writes them."""

import csv
import io
import json
import time

import pytest

from pullquote.storage.source_words import (
    as_utf_8,
    prints_escaped,
    prints_in_markup,
    prints_plainly,
    strings_of_json,
)

WORDS = 'He said: “naïve” / "plain" & <5 —\nso\\it 😀.'


def a_cell(text: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerow([1, text])
    return stream.getvalue().encode()


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"text": f"First. {WORDS} Last."}).encode(),
        json.dumps({"text": WORDS}, ensure_ascii=False).encode(),
        json.dumps({"text": WORDS}).replace("/", "\\/").replace("<", "\\u003C").encode(),
        a_cell(WORDS),
        as_utf_8(json.dumps({"text": WORDS}, ensure_ascii=False).encode("utf-16")),
        as_utf_8(json.dumps({"text": WORDS}, ensure_ascii=False).encode("utf-16-be")),
    ],
)
def test_words_are_found_however_json_and_tables_escape_them(data: bytes) -> None:
    assert prints_escaped(data, WORDS)
    for other in (WORDS.replace("said", "sold"), WORDS.replace("ï", "i"), WORDS + " More."):
        assert not prints_escaped(data, other)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "gb18030", "utf-16", "utf-32"])
def test_words_of_plain_text_are_found_in_any_encoding(encoding: str) -> None:
    words = "Das Café kostet neun Euro."
    data = as_utf_8(f"Title\n\nSo. {words} Ja.".encode(encoding))
    assert prints_plainly(data, words)
    assert not prints_plainly(data, words.replace("neun", "acht"))


@pytest.mark.parametrize(
    "source",
    [
        "The **court** found [the mayor](https://a.example/x_(y)) *not* guilty[^1] of fr*au*d.",
        "The court found [the `mayor`][m] not guilty of fraud.",
        "<p>The <b>court</b> found the <i>mayor</i> not <sup>2</sup>guilty<br>of fraud.</p>",
        "<p>The court found the may<b>or</b> <em>not</em> guilty of fraud.</p>",
        "The&nbsp;court found the mayor not guil&shy;ty of &#102;raud.",
    ],
)
def test_words_of_markup_are_found_in_their_order_with_only_markup_between(source: str) -> None:
    words = "The court found the mayor not guilty of fraud."
    assert prints_in_markup(source.encode(), words)
    for forged in (words.replace("not ", ""), words.replace("mayor", "bishop")):
        assert not prints_in_markup(source.encode(), forged)


def test_texts_of_a_record_are_found_however_deep() -> None:
    record = json.dumps({"a": [{"b": "deep"}, 1], "c": "flat"}).encode()
    assert set(strings_of_json(record)) == {"deep", "flat"}
    assert not list(strings_of_json(b"{"))


def test_tags_between_words_cost_little_however_many_there_are() -> None:
    began = time.process_time()
    for unit in ("<s>", "<s a a "):
        page = ("alpha " + unit * (2_900 // len(unit)) + " beta ") * 400
        assert not prints_in_markup(page.encode(), "alpha beta gamma")
    assert time.process_time() - began < 5


def test_pictures_within_a_page_stand_between_no_words() -> None:
    picture = '<img src="data:image/png;base64,' + "QUJD" * 5_000 + '">'
    assert prints_in_markup(f"<p>The quay {picture} is long.</p>".encode(), "The quay is long")


def test_a_file_of_one_letter_is_soon_searched_for_words_that_begin_everywhere_in_it() -> None:
    began = time.process_time()
    assert not prints_escaped(b"a" * 5_000_000, "éaé")
    assert time.process_time() - began < 1, "two seconds where each letter is tried by itself"
    assert prints_escaped(rb"a\u00e9a\u00e9", "éaé")
