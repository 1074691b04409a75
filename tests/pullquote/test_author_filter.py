"""Articles of one author: in the search by words, the search by meaning, and answers."""

import numpy as np
import pytest

from pullquote import Archive
from pullquote.answering.answers import Refusal
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.retrieval import filter_for
from pullquote.answering.search import search
from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.english.stems import analyse
from pullquote.errors import RequestError
from pullquote.json_output.answer import answer_json

WORDS = "ferry harbour bridge library readers hours tide frost"


@pytest.mark.parametrize(
    ("author", "source", "until", "titles"),
    [
        ("ANA  ortíz", "", 2030, ["Harbour bridge reopens", "Library extends its hours"]),
        ("zoe unal", "", 2030, ["Library extends its hours"]),
        ("Ana Ortiz", "the quay", 2024, ["Harbour bridge reopens"]),
        ("Ana Ortiz", "Valley Post", 2030, []),
        ("Zoë Ünal", "", 2024, []),
    ],
)
def test_both_searches_find_the_passages_of_an_author_and_no_others(
    town: OpenIndex, author: str, source: str, until: int, titles: list[str]
) -> None:
    limit = None if until == 2030 else Archive(town).article("harbour").published
    query = understand(WORDS, author=author, source=source, until=limit)
    selected = filter_for(query, town.store)
    expected = {
        PassageId(row)
        for row in range(town.store.passages)
        if query.admits(town.store.article(town.store.passage(PassageId(row)).article))
    }
    assert bool(expected) is bool(titles)
    if selected is None:
        assert titles == []
        return
    assert selected.size(town.store.passages) == len(expected)
    by_words = town.lexical.search(analyse(WORDS), 99, selected)
    everything = town.lexical.search(analyse(WORDS), 99, PassageFilter())
    assert by_words == [hit for hit in everything if hit[0] in expected]
    by_meaning = town.dense.search(np.ones(town.dense.dimension, "float32"), 99, selected)
    assert {row for row, _ in by_meaning} == expected
    found = {passage.article.title for passage in search(town, query)}
    assert all(any(title.startswith(name) for name in titles) for title in found)
    assert len(found) == len(titles)


def test_answers_quote_the_author_alone_and_name_the_authors(town_answering: OpenIndex) -> None:
    quotes = (
        Archive(town_answering).ask("What do ferry operators expect?", author="Zoe Unal").quotes
    )
    assert {quote.article.id for quote in quotes} == {"library"}
    found = answer(town_answering, understand("How many readers asked?", author="Ana Ortiz"))
    assert answer_json(found).quotes[0].authors == ("Zoë Ünal", "Ana Ortiz")


def test_an_unknown_author_is_an_error_that_offers_the_nearest(town: OpenIndex) -> None:
    for asked in (answer, search):
        for name, nearest in (("Ortiz", "Ana Ortiz"), ("Zoey Unall", "Zoë Ünal")):
            with pytest.raises(RequestError, match=f"nearest is {nearest}") as raised:
                asked(town, understand("Who?  Ferry", author=name))
            assert raised.value.where == "--author"
    with pytest.raises(RequestError, match="no author 'Xu Q'"):
        answer(town, understand("Who pays the ferry?", author="Xu Q"))


def test_a_refusal_says_that_only_another_author_might_answer(town: OpenIndex) -> None:
    found = answer(town, understand("What did the bridge cables cost?", author="Zoë Ünal"))
    assert found.refusal is Refusal.OTHER_AUTHOR
