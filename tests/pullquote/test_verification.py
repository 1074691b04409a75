"""Whether a quote is printed in the archive, and how it differs from what is printed."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.spans import Span
from pullquote.errors import RequestError
from pullquote.storage.manifest import STORE_FILE
from pullquote.verification.changes import ChangeKind
from pullquote.verification.comparison import Comparison, compare
from pullquote.verification.matching import ALTERED_FROM
from pullquote.verification.quotations import quotations
from pullquote.verification.verdicts import Attribution, Verdict, Verification
from pullquote.verification.verifying import MOST_CHARACTERS, verify
from pullquote.verification.words import weights_of, words_of
from support.archives import (
    HARBOUR,
    ORCHARD,
    build_into,
    forge,
    link_tree,
    reseal,
    settings_for,
    write_jsonl,
)

ALTERED = Path(__file__).parents[1] / "small_archives" / "altered_quotes.jsonl"
PRINTED = (
    "He denied that the price had gone up. The hall cost £4.8 million in May 2019, and most of the "
    "34 staff don’t know Mr Farr. It’s said the long-term plan (a wall) won’t help.\n\n"
    "Nobody in Skellmouth was told about the wall before the spring."
)

ANOTHER_ENGINEER = (
    "Engineer Mina Vale said the cables had been replaced at a cost of 14 million euros. “It will "
    "outlast us all,” she said."
)


def compared(given: str, printed: str = PRINTED) -> Comparison:
    words = words_of(given)
    comparison = compare(words, words_of(printed), [1.0] * len(words))
    assert comparison is not None
    return comparison


def kinds(given: str, printed: str = PRINTED) -> set[str]:
    return {str(change.kind) for change in compared(given, printed).changes}


def words_of_change(given: str, kind: ChangeKind) -> tuple[str, str]:
    change = next(change for change in compared(given).changes if change.kind is kind)
    return given[slice(*change.given)], PRINTED[slice(*change.printed)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("The hall cost £4.9 million in May 2019", {"number"}),
        ("The hall cost $4.8 million in May 2019", {"word"}),
        ("The hall cost £4.8 billion in May 2019", {"number"}),
        ("The hall cost £4.8 million in June 2019", {"date"}),
        ("The hall cost £4.8 million in May 2018", {"date", "number"}),
        ("all of the 34 staff don't know Mr Farr", {"quantifier", "typography"}),
        ("most of the 34 staff don't know Mr Strake", {"name", "typography"}),
        ("most of the 34 staff know Mr Farr", {"negation", "word"}),
        ("He never denied that the price had gone up", {"negation"}),
        ("He denied that the fees had gone up", {"word"}),
        ("The hall cost £4.8 million, and most of the 34 staff", {"omission"}),
        ("The hall sadly cost £4.8 million in May 2019", {"insertion"}),
        ("Everybody in Skellmouth was told about the wall", {"quantifier", "negation"}),
        ("the long-term plan will help", {"negation", "omission"}),
        ("the long-term plan [not] (a wall) won’t help", {"negation"}),
    ],
)
def test_a_change_of_the_meaning_is_named(given: str, expected: set[str]) -> None:
    found = kinds(given)
    assert not compared(given).is_verbatim
    assert found & expected == expected - {"word", "omission"} | (found & {"word", "omission"})


@pytest.mark.parametrize(
    "given",
    [
        "HE DENIED THAT THE PRICE HAD GONE UP.",
        "most of the 34 staff don't know Mr Farr",
        "It's said the long term plan – a wall – won't help",
        "[T]he price had gone up",
        "He [Mr Astley] denied that the price had gone up",
        "The hall cost £4,8 million".replace(",", "."),
        "The hall cost £4.8m in May 2019",
        "most of the thirty-four staff don’t know Mr Farr",
        "He denied that the\u00a0pr\u00adice  had gone up",
        "He denied that the price had gone up. The hall cost £4.8 million … most of the 34 staff",
        "He denied that the price had gone up. The hall cost [...] most of the 34 staff",
    ],
)
def test_typography_and_a_marked_elision_alter_nothing(given: str) -> None:
    comparison = compared(given)
    assert comparison.is_verbatim, comparison.changes
    assert comparison.likeness > 0.7


def test_an_ellipsis_over_the_end_of_a_paragraph_joins_what_is_apart() -> None:
    given = "most of the 34 staff … was told about the wall"
    assert kinds(given) == {"elision", "order"}


def test_sentences_in_another_order_are_told() -> None:
    printed = "“I can count,” she said. “Five is not eight.” The bus goes on."
    assert kinds("Five is not eight. I can count, she said.", printed) >= {"order"}


def test_swapped_names_are_another_order() -> None:
    assert "order" in kinds("Farr beat Pike on Friday", "Pike beat Farr on Friday")


def test_words_that_a_long_sentence_has_here_and_there_are_not_that_sentence() -> None:
    words = words_of("The council cut parking fees by half on Friday.")
    printed = (
        "The council will open a two-day hearing on Monday and is expected to cut parking fees by "
        "a fifth on Friday."
    )
    comparison = compare(words, words_of(printed), weights_of(words.spelt))
    assert comparison is not None
    assert comparison.likeness < ALTERED_FROM


def test_a_change_has_its_words_on_both_sides() -> None:
    assert words_of_change("The hall cost £4.9 million", ChangeKind.NUMBER) == ("4.9", "4.8")
    given = "He denied the price had gone up"
    assert words_of_change(given, ChangeKind.OMISSION) == ("", "that")


def test_quotations_have_the_speaker_who_is_named_beside_them() -> None:
    text = (
        "“We never saw the wall,” said Benito Farr. Una Strake told reporters: “It will be "
        "built.” According to Colm Astley, “the price is the same”. “Nobody knows that,” she said. "
        "A “hope” is no quotation."
    )
    speakers = [(part.span.of(text)[:8], part.speaker) for part in quotations(text)]
    assert speakers == [
        ("We never", "Benito Farr"),
        ("It will ", "Una Strake"),
        ("the pric", "Colm Astley"),
        ("Nobody k", ""),
    ]


def test_a_hundred_quotes_altered_by_hand_are_judged(
    small_archives: Mapping[str, OpenIndex],
) -> None:
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in ALTERED.read_text(encoding="utf-8").splitlines()
    ]
    wrong = []
    for line in lines:
        found = verify(small_archives[line["archive"]], line["text"])
        expected = line["expected"]
        changes = {change.kind for finding in found.findings for change in finding.changes}
        is_kind = not expected["kinds"] or not changes.isdisjoint(expected["kinds"])
        if found.verdict != expected["verdict"] or not is_kind:
            wrong.append((line["text"], found.verdict, changes))
    assert len(lines) > 100
    assert len(wrong) <= 2, wrong


def first(verification: Verification) -> tuple[Verdict, str]:
    (finding,) = verification.findings
    return finding.verdict, finding.places[0].text if finding.places else ""


def test_the_first_printing_comes_first_and_every_place_is_found(town: OpenIndex) -> None:
    found = verify(town, "Ferry operators expect to lose a third of their passengers")
    (finding,) = found.findings
    assert [place.article.id for place in finding.places] == ["harbour", "orchard"]
    place = finding.places[0]
    assert place.after is not None
    assert place.after.of(place.article.text) == "by the summer."
    assert place.before is None


def test_a_headline_is_searched(town: OpenIndex) -> None:
    found = verify(town, "Library extends its hours")
    assert first(found) == (Verdict.VERBATIM, "Library extends its hours")
    assert found.findings[0].places[0].in_headline


def test_a_page_is_judged_by_its_quotations(town: OpenIndex) -> None:
    text = (
        "What a week! As Lidia Kovac put it, “It will outlast us all.” And the library? It will "
        "“stay open until nine in the evening from February”, they say; “a herd of bison moved in”."
    )
    found = verify(town, text)
    assert [finding.verdict for finding in found.findings] == [
        Verdict.VERBATIM,
        Verdict.ALTERED,
        Verdict.ABSENT,
    ]
    assert found.verdict is Verdict.ABSENT
    change = found.findings[1].changes[0]
    assert (change.kind, change.given.of(text)) == (ChangeKind.NUMBER, "nine")


def test_a_sentence_in_other_words_is_a_paraphrase(town: OpenIndex) -> None:
    found = verify(town, "Frost late in spring wiped out the upper valley’s apricots.")
    verdict, text = first(found)
    assert verdict is Verdict.PARAPHRASE
    assert text.startswith("A late frost")


@pytest.mark.parametrize(
    ("speaker", "attribution"),
    [
        ("Mina Vale", Attribution.CONTRADICTED),
        ("Lidia Kovac", Attribution.CONFIRMED),
        ("Kovac", Attribution.CONFIRMED),
        ("chief engineer Lidia Kovac", Attribution.CONFIRMED),
        ("Ana Kovac", Attribution.CONTRADICTED),
        ("", None),
    ],
)
def test_the_speaker_named_is_compared_with_whom_the_archive_quotes(
    town: OpenIndex, speaker: str, attribution: Attribution | None
) -> None:
    found = verify(town, "It will outlast us all", speaker)
    (finding,) = found.findings
    assert (finding.verdict, finding.attribution) == (Verdict.VERBATIM, attribution)
    assert finding.places[0].speaker_name.endswith("Lidia Kovac")


def test_what_two_said_together_is_confirmed_for_each_of_them(tmp_path: Path, built: Path) -> None:
    text = (
        "The mayor, Karin Berg, met Ann Low, the harbour master, on Monday.\n\n"
        "“We have waited for this quay too long,” Low and Berg said in a joint statement."
    )
    build_into(built, [write_jsonl(tmp_path / "quay.jsonl", {**HARBOUR, "text": text})])
    index = OpenIndex(settings_for(built))
    found = {
        speaker: verify(index, f"“We have waited for this quay too long,” said {speaker}.")
        for speaker in ("Ann Low", "Karin Berg", "Ola Nord")
    }
    index.close()
    assert {speaker: one.attribution for speaker, one in found.items()} == {
        "Ann Low": Attribution.CONFIRMED,
        "Karin Berg": Attribution.CONFIRMED,
        "Ola Nord": Attribution.CONTRADICTED,
    }
    assert found["Karin Berg"].findings[0].places[0].speaker_name == "Karin Berg"
    assert {one.verdict for one in found.values()} == {Verdict.VERBATIM}


def test_the_speaker_is_unknown_where_the_article_names_nobody(town: OpenIndex) -> None:
    found = verify(town, "A late frost destroyed most of the apricot harvest", "Tomas Reed")
    assert found.attribution is Attribution.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "Did Una Strake really say this? “It will be built here”",
        "“It will be built here” – did Una Strake say that?",
        "Una Strake: the quay is too old and “it will be built here”",
        "It will be built here -- Una Strake",
        "“It will be built here” was said by Una Strake",
    ],
)
def test_a_speaker_is_named_as_people_paste_it(text: str) -> None:
    ((span, speaker),) = [(part.span.of(text).lower(), part.speaker) for part in quotations(text)]
    assert (span, speaker) == ("it will be built here", "Una Strake")


def test_a_second_quotation_has_the_speaker_of_the_first_if_the_text_goes_on() -> None:
    text = (
        "Una Strake said “it will be built” and later added “nobody knows when”. “Or how,” it was."
    )
    assert [part.speaker for part in quotations(text)] == ["Una Strake", "Una Strake"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“It sank at noon,” she said. I saw it go.” So", ["It sank at noon,", "I saw it go."]),
        ("“It sank at noon,” she said. “I saw it go", ["It sank at noon,", "I saw it go"]),
        ("It sank at noon.” “I saw it go,” she said.", ["It sank at noon.", "I saw it go,"]),
        ("“It sank at noon,” she said. Nobody saw it go.", ["It sank at noon,"]),
    ],
)
def test_a_quotation_with_one_mark_alone_is_judged_beside_the_others(
    text: str, parts: list[str]
) -> None:
    assert [part.span.of(text) for part in quotations(text)] == parts


def test_the_speaker_that_a_text_names_is_compared(town: OpenIndex) -> None:
    found = verify(town, "“It will outlast us all,” said Mina Vale.")
    assert (found.findings[0].speaker, found.attribution) == ("Mina Vale", "contradicted")


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("“It will outlast us all,” Lidia Kovac said.", Verdict.VERBATIM),
        ("“It will outlast us all,” she said.", Verdict.VERBATIM),
        ("“It will outlast us all,” Engineer Kovac told us on Tuesday.", Verdict.VERBATIM),
        ("Kovac told reporters last week: “It will outlast us all”", Verdict.VERBATIM),
        ("The engineer wrote to the town: “It will outlast us all”", Verdict.VERBATIM),
        ("“It will outlast them all,” she said.", Verdict.ALTERED),
        (ANOTHER_ENGINEER, Verdict.ALTERED),
    ],
)
def test_a_name_beside_a_quotation_is_no_change_of_it(
    town: OpenIndex, given: str, verdict: Verdict
) -> None:
    assert verify(town, given).verdict is verdict


@pytest.mark.parametrize(
    ("given", "attribution"),
    [
        ("It will outlast us all, said Lidia Kovac.", Attribution.CONFIRMED),
        ("It will outlast us all, said Mina Vale", Attribution.CONTRADICTED),
        ("It will outlast us all, Mina Vale said.", Attribution.CONTRADICTED),
        ("Mina Vale said that it will outlast us all", Attribution.CONTRADICTED),
    ],
)
def test_who_said_it_may_stand_beside_words_without_quotation_marks(
    town: OpenIndex, given: str, attribution: Attribution
) -> None:
    (finding,) = verify(town, given).findings
    assert (finding.verdict, finding.attribution) == (Verdict.VERBATIM, attribution)


def test_the_mark_that_opens_shown_words_is_closed(town: OpenIndex) -> None:
    (finding,) = verify(town, "It will outlast us all").findings
    text = finding.places[0].text
    assert ("“" in text) is ("”" in text)


def test_texts_that_cannot_be_verified_are_refused(town: OpenIndex) -> None:
    for text in ("", "word", "… — !", "a b " * MOST_CHARACTERS):
        with pytest.raises(RequestError):
            verify(town, text)


def test_an_article_that_changed_is_not_shown(tmp_path: Path, built: Path) -> None:
    file = write_jsonl(tmp_path / "town.jsonl", HARBOUR, ORCHARD)
    build_into(built, [file])
    write_jsonl(file, {**HARBOUR, "text": "The bridge has closed again."}, ORCHARD)
    index = OpenIndex(settings_for(built))
    found = verify(index, "The harbour bridge reopened on Tuesday after eleven months of repairs.")
    assert found.findings[0].places == ()
    assert [article.id for article in found.withheld] == ["harbour"]
    unlike = verify(index, "Two ferries sank in the harbour while the mayor slept.")
    assert (unlike.verdict, unlike.withheld) == (Verdict.ABSENT, ())
    index.close()


def test_a_text_that_is_not_what_the_index_recorded_is_not_shown(
    town_built: Path, tmp_path: Path
) -> None:
    built = Path(shutil.copytree(town_built, tmp_path / "built"))
    (store,) = built.glob(f"generations/*/{STORE_FILE}")
    forged = store.read_bytes().replace(b"14 million euros", b"41 million euros")
    store.unlink()  # the copy may be a link
    store.write_bytes(forged)
    reseal(built)
    index = OpenIndex(settings_for(built))
    found = verify(index, "the cables had been replaced at a cost of 41 million euros")
    assert found.withheld
    assert not found.findings[0].places
    index.close()


def test_words_that_only_the_index_has_are_not_called_printed(
    tmp_path: Path, encoders: Path
) -> None:
    built, news = tmp_path / "built", tmp_path / "news"
    link_tree(encoders, built / "encoders")
    news.mkdir()
    (news / "a.txt").write_text("News\n\nThe glass museum of Elm Ford was opened by its mayor.")
    build_into(built, [news])
    forge(built, "glass", "stone")
    index = OpenIndex(settings_for(built))
    found = verify(index, "The stone museum of Elm Ford was opened by its mayor.")
    assert (found.verdict, len(found.withheld)) == (Verdict.ABSENT, 1)
    index.close()


@pytest.mark.parametrize("unit", ["the ", '"a b" ', "a. ", "4 ", "Ann Low said ", "— Ann "])
def test_the_speakers_of_a_long_text_are_found_in_time_that_does_not_grow_with_its_square(
    unit: str,
) -> None:
    text = unit * (MOST_CHARACTERS // len(unit))
    began = time.process_time()
    quotations(text)
    assert time.process_time() - began < 1.0  # it takes .05


def test_a_long_text_is_whole_before_the_name_at_its_end() -> None:
    text = "The wall is built. " * 100 + "— Una Strake"
    (quotation,) = quotations(text)
    assert quotation.span == Span(0, len("The wall is built. " * 100) - 1)
    assert quotation.speaker == "Una Strake"
