"""Words that the archive does not have are corrected to words that it has."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from pullquote.answering import spelling_correction
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Correction, Query, understand
from pullquote.answering.respelling import respelt
from pullquote.answering.spelling_correction import with_correct_spelling
from pullquote.json_output.answer import answer_json
from pullquote.json_output.notices import notices
from pullquote.storage.near_stems import near_stems
from support.archives import build_into, link_tree, settings_for, write_jsonl


def corrected(archive: OpenIndex, question: str) -> Query:
    return with_correct_spelling(understand(question), archive.lexical, archive.store)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("Where is the libary?", "Where is the library?"),
        ("WHERE IS THE LIBARY", "WHERE IS THE library?"),
        ("When did the brige reopen?", "When did the bridge reopen?"),
        ("When did the hrabour brigde reopen", "When did the harbour bridge reopen?"),
        ("Who destroyed the apricto harvst?", "Who destroyed the apricot harvest?"),
        ("forst apricot", "frost apricot"),
        ("What do ferry operatros expect?", "What do ferry operators expect?"),
        ("passangers", "passengers"),
        ("Who put the lss at 60 percent?", "Who put the loss at 60 percent?"),
    ],
)
def test_a_misspelt_word_becomes_the_word_that_the_archive_has(
    town: OpenIndex, typed: str, question: str
) -> None:
    query = corrected(town, typed)
    assert query.searched == question
    assert query.terms == understand(question).terms
    assert query.text == typed


@pytest.mark.parametrize(
    "question",
    [
        "Where is the library?",
        "Where are the libraries?",
        "Which librarian was it?",
        "Who is Zelensky?",
        "What did Zelensky say about the harbour bridge?",
        "Who is Thea?",
        "What did the ecb say about the harbour bridge?",
        "Who is Lss?",
        "whats teh tide",
        "What did it cost in 2019 or 2091?",
    ],
)
def test_a_word_that_is_right_or_near_no_word_of_the_archive_stays(
    town: OpenIndex, question: str
) -> None:
    query = corrected(town, question)
    assert query.corrections == ()
    assert query.searched == understand(question).searched


@pytest.mark.parametrize(
    ("question", "corrections"),
    [
        ("tows library hours", (Correction("tows", "town"),)),
        ("tows apricot loss", ()),
        ("tows", ()),
    ],
)
def test_an_english_word_is_corrected_only_where_it_stands_beside_the_other_words(
    town: OpenIndex, question: str, corrections: tuple[Correction, ...]
) -> None:
    assert corrected(town, question).corrections == corrections


@pytest.mark.parametrize(
    "question",
    [
        "When does the tied at Elm Ford turn?",  # the
        "Who heard of the harbour bridge?",  # her
        "Which library has bats?",  # at
    ],
)
def test_an_english_word_is_never_corrected_to_a_stop_word(town: OpenIndex, question: str) -> None:
    assert corrected(town, question).terms == understand(question).terms


def test_a_corrected_query_replaces_each_whole_word_and_keeps_the_rest() -> None:
    query = understand("Does the brige of bridgeport brige?", source="The Quay")
    fixed = query.with_corrections([Correction("brige", "bridge")])
    assert fixed.searched == "Does the bridge of bridgeport bridge?"
    assert fixed.terms == ("bridg", "bridgeport")
    assert fixed.source == "The Quay"
    assert fixed.corrections == (Correction("brige", "bridge"),)


def test_correcting_again_changes_nothing(town: OpenIndex) -> None:
    once = corrected(town, "Where is the libary?")
    assert with_correct_spelling(once, town.lexical, town.store) == once


@pytest.mark.parametrize(
    ("stem", "max_distance", "near"),
    [
        ("libary", 1, {}),
        ("librai", 2, {"librari": 1}),
        ("brigd", 1, {"bridg": 1}),
        ("rbidg", 1, {"bridg": 1}),
        ("forst", 1, {"frost": 1}),
        ("brxxg", 1, {}),
        ("brxxg", 2, {"bridg": 2}),
        ("x", 1, {}),
    ],
)
def test_stems_are_near_by_the_letters_that_differ(
    town: OpenIndex, stem: str, max_distance: int, near: dict[str, int]
) -> None:
    found = near_stems(stem, max_distance, town.lexical)
    assert {key: value for key, value in found.items() if len(key) > 3} == near


@pytest.mark.parametrize(
    ("stem", "has"),
    [("librari", True), ("reopen", True), ("ruin", True), ("zelenski", False), ("brigd", False)],
)
def test_the_index_knows_the_stems_of_passages_and_headlines(
    town: OpenIndex, stem: str, *, has: bool
) -> None:
    assert town.lexical.has_stem(stem) is has


def test_the_answer_says_what_was_searched_for(town_answering: OpenIndex) -> None:
    found = answer(town_answering, understand("When did the hrabour brige reopen?"))
    assert "bridge reopened on Tuesday" in found.quotes[0].text
    assert notices(found) == ("Searched for: harbour (typed: hrabour), bridge (typed: brige).",)
    json = answer_json(found).model_dump(mode="json")
    assert json["question"] == "When did the hrabour brige reopen?"
    assert json["corrections"] == [
        {"typed": "hrabour", "word": "harbour"},
        {"typed": "brige", "word": "bridge"},
    ]


def test_the_answer_to_a_question_without_errors_mentions_no_corrections(
    town_answering: OpenIndex,
) -> None:
    found = answer(town_answering, understand("When did the harbour bridge reopen?"))
    assert notices(found) == ()
    assert "corrections" not in answer_json(found).model_dump()


def test_a_question_of_misspelt_words_alone_is_corrected_in_under_two_seconds(
    town: OpenIndex,
) -> None:
    words = " ".join(f"librar{first}{second}" for first in "qxzwvk" for second in "qxzjkvwuio")
    begun = time.perf_counter()
    corrected(town, words)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("Where is the librarry?", "library"),
        ("When did the harbourr bridge reopen?", "harbour"),
        ("What did the growrs lose?", "growers"),
        ("How many readres asked for the hours?", "readers"),
    ],
)
def test_a_correction_is_spelt_as_the_archive_spells_it(
    town: OpenIndex, typed: str, word: str
) -> None:
    assert [correction.word for correction in corrected(town, typed).corrections] == [word]


def index_of(texts: Sequence[str], folder: Path, encoders: Path) -> OpenIndex:
    """The index of an archive of these texts, in an empty folder."""
    link_tree(encoders, folder / "built" / "encoders")
    articles = write_jsonl(
        folder / "a.jsonl", *({"id": f"a{at}", "text": text} for at, text in enumerate(texts))
    )
    build_into(folder / "built", [articles])
    return OpenIndex(settings_for(folder / "built"))


@pytest.fixture(scope="module")
def misprinting(encoders: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    """The index of an archive that once misprints a word which its other articles have."""
    texts = [
        "The harbour toll rose to nine crowns in spring, against the will of Stohm.",
        "Fishermen left the harbour before the storm.",
        "The harbour master, Lyng, counted forty boats on a long day.",
        "Dredging of the harbour by the long pier ended in autumn.",
        "A seal slept in the harbuor for a week, and Brilla fed it.",
    ]
    return index_of(texts, tmp_path_factory.mktemp("misprints"), encoders)


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("What is the harbuor toll?", "What is the harbour toll?"),
        ("Which seal slept in the harbuor?", "Which seal slept in the harbuor?"),
        ("Whom did Brilla feed?", "Whom did Brilla feed?"),
        ("harbuor", "harbuor"),
        ("What did Lyng say about the dredging?", "What did Lyng say about the dredging?"),
        ("Why did stohm call fishermen in?", "Why did stohm call fishermen in?"),
    ],
)
def test_a_misprint_of_the_archive_is_corrected_only_where_it_is_not_what_is_asked(
    misprinting: OpenIndex, question: str, searched: str
) -> None:
    assert corrected(misprinting, question).searched == searched


@pytest.fixture(scope="module")
def layoffs(encoders: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    """The index of an archive in which one article has words that are near a frequent one."""
    texts = [
        *(f"A tech company in Norrvik laid off {count} of its workers." for count in range(30, 50)),
        "Whoever rents the cellar may etch glass there. The sign above it says tch.",
    ]
    return index_of(texts, tmp_path_factory.mktemp("layoffs"), encoders)


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("Which etch company laid off workers?", "Which tech company laid off workers?"),
        ("Which tch company laid off workers?", "Which tech company laid off workers?"),
        ("Who may etch glass in the cellar?", "Who may etch glass in the cellar?"),
        ("What did Etch say about workers?", "What did Etch say about workers?"),
        ("etch", "etch"),
    ],
)
def test_a_word_of_few_passages_of_many_is_an_error_for_a_much_likelier_one(
    layoffs: OpenIndex, monkeypatch: pytest.MonkeyPatch, question: str, searched: str
) -> None:
    monkeypatch.setattr(spelling_correction, "_SELDOM_SHARE", 0.1)
    assert corrected(layoffs, question).searched == searched


def test_in_a_small_archive_an_english_word_that_it_has_is_never_an_error(
    layoffs: OpenIndex,
) -> None:
    question = "Which etch company laid off workers?"
    assert corrected(layoffs, question).searched == question


@pytest.mark.parametrize(
    ("question", "corrections"),
    [
        ("Which etch company in Norrvik laid off workers?", (Correction("etch", "tech"),)),
        ("Which ETCH company in Norrvik laid off workers?", (Correction("ETCH", "tech"),)),
        ("Which Etch company in Norrvik laid off workers?", ()),
        ("Who may etch glass in the cellar?", ()),
        ("Which ditch company in Norrvik laid off workers?", ()),
        ("Which tech company in Norrvik laid off workers?", ()),
    ],
)
def test_a_seldom_word_is_an_error_for_a_word_of_the_passage_that_lacks_it(
    layoffs: OpenIndex,
    monkeypatch: pytest.MonkeyPatch,
    question: str,
    corrections: tuple[Correction, ...],
) -> None:
    monkeypatch.setattr(spelling_correction, "_SELDOM_SHARE", 0.1)
    query = understand(question)
    first = answer(layoffs, query).shown[0].window
    assert first
    found = respelt(query, first, layoffs)
    assert (found.corrections if found else ()) == corrections


def test_a_question_that_is_not_answered_is_asked_again_with_its_errors_corrected(
    layoffs: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = understand("Which etch company in Norrvik laid off workers?")
    demanding = OpenIndex(settings_for(layoffs.settings.index.path, ANSWER_THRESHOLD="0.99"))
    as_typed = answer(demanding, question)
    assert not as_typed.query.corrections
    monkeypatch.setattr(spelling_correction, "_SELDOM_SHARE", 0.1)
    monkeypatch.setattr(spelling_correction, "_MUCH_LIKELIER", 100.0)
    assert not answer(layoffs, question).query.corrections, "it is answered as it is typed"
    corrected_later = answer(demanding, question)
    assert corrected_later.query.corrections == (Correction("etch", "tech"),)
    assert corrected_later.confidence > as_typed.confidence
