"""Who said what is found in the text of an article, as spans of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.corpus.attributions import Attribution, AttributionKind, speaker_of
from pullquote.corpus.spans import Span
from pullquote.english.attribution.finding import find_attributions

DIRECT, INDIRECT, MIXED = AttributionKind.DIRECT, AttributionKind.INDIRECT, AttributionKind.MIXED
BRIDGE = """\
Karin Berg, the harbour's director, said on Monday that the bridge is closed. “We will repair it,”
she told reporters. “It takes a year.”

Sven Holm, a fisherman, denied that he was asked. "Nobody came," he said.

The director vowed to visit him.
"""


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def only(text: str) -> Attribution:
    (found,) = find_attributions(text)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "content", "speaker"),
    [
        ("“It sank,” said Ann Low.", DIRECT, ["“It sank,”"], "Ann Low"),
        ("And according to Ann Low, it sank.", INDIRECT, ["it sank"], "Ann Low"),
        ("In May, Ann Low said, it will go.", INDIRECT, ["In May", "it will go"], "Ann Low"),
        ("It, according to Ann Low, will go.", INDIRECT, ["It", "will go"], "Ann Low"),
        ("“It sank,” Ann Kelly told Bo.", DIRECT, ["“It sank,”"], "Ann Kelly"),
        ("“It sank,” said Ann Low on the pier on Monday.", DIRECT, ["“It sank,”"], "Ann Low"),
        ("“It sank,” Low said. “I saw it.”", DIRECT, ["“It sank,”", "“I saw it.”"], "Low"),
        ("Low told the court that it sank.", INDIRECT, ["that it sank"], "Low"),
        ("It sank at noon, according to Low.", INDIRECT, ["It sank at noon"], "Low"),
        ("According to Low, it sank.", INDIRECT, ["it sank"], "Low"),
        ("It sank, Low said.", INDIRECT, ["It sank"], "Low"),
        ("Low called the crew “a pack of fools.”", MIXED, ["the crew “a pack of fools.”"], "Low"),
        ("Low continued:\n\n“It sank.”", DIRECT, ["“It sank.”"], "Low"),
        ("“It sank,” an angry Low barked.", DIRECT, ["“It sank,”"], "an angry Low"),
        ("“It sank,” said Low.\n\n“It is gone.”", DIRECT, ["“It sank,”", "“It is gone.”"], "Low"),
        ("‘It sank at noon,’ said Low.", DIRECT, ["‘It sank at noon,’"], "Low"),
        ("Low vowed to raise it.", INDIRECT, ["to raise it"], "Low"),
        ("Its captain, Ann Low, said it sank.", INDIRECT, ["it sank"], "Its captain, Ann Low,"),
    ],
)
def test_content_kind_and_speaker_are_found_in_each_form_of_attribution(
    text: str, kind: AttributionKind, content: list[str], speaker: str
) -> None:
    found = only(text)
    assert (found.kind, words(text, found.content)) == (kind, content)
    assert words(text, found.speaker) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "The United States has a navy.",
        "The report on the plan was long.",
        "The ship “Ann Low” sank at noon.",
        "Amid many demands the harbour closed.",
    ],
)
def test_nothing_is_attributed_where_nobody_says_anything(text: str) -> None:
    assert find_attributions(text) == []


def test_pronouns_and_roles_are_resolved_to_the_full_name_and_what_the_article_says_of_it() -> None:
    found = [
        (
            one.content[0].of(BRIDGE),
            one.name.of(BRIDGE) if one.name else None,
            one.description.of(BRIDGE) if one.description else None,
        )
        for one in find_attributions(BRIDGE)
    ]
    assert found == [
        ("that the bridge is closed", "Karin Berg", "the harbour's director"),
        ("“We will repair it,”", "Karin Berg", "the harbour's director"),
        ("that he was asked", "Sven Holm", "a fisherman"),
        ('"Nobody came,"', "Sven Holm", "a fisherman"),
        ("to visit him", "Karin Berg", "the harbour's director"),
    ]


def test_a_speaker_without_a_name_gets_none_and_neither_does_the_pronoun_after_it() -> None:
    text = "Ann Low left early. An official of the port said it sank. “It is gone,” he said."
    assert [one.name for one in find_attributions(text)] == [None, None]


def test_of_two_with_one_last_name_neither_is_guessed() -> None:
    text = "Ann Low met Bob Low at the port. “It sank,” Low said."
    (found,) = find_attributions(text)
    assert found.name is not None
    assert found.name.of(text) == "Low"


def test_a_firm_of_two_names_is_one_name_and_no_persons() -> None:
    text = "Ann Low left early. “It sank,” Hill & Low said. “It is gone,” Low said."
    names = [one.name.of(text) for one in find_attributions(text) if one.name]
    assert names == ["Hill & Low", "Ann Low"]


def test_a_body_with_an_article_is_not_taken_for_a_longer_name() -> None:
    text = "The Northern Harbour Board met. The Board of Trade was absent. The Taliban denied it."
    text = f"The Pakistani Taliban fled. {text}"
    names = [one.name.of(text) for one in find_attributions(text) if one.name]
    assert names == ["Taliban"]


def test_a_span_is_the_words_of_who_says_most_of_it() -> None:
    found = find_attributions(BRIDGE)
    start = BRIDGE.index("“We will repair")
    speaker = speaker_of(Span(start, start + 40), found)
    assert speaker is not None
    assert speaker.name.of(BRIDGE) == "Karin Berg"
    assert speaker_of(Span(0, 30), found) is None
    assert speaker_of(Span(0, 30), []) is None


def test_quoted_words_that_another_recalls_are_those_of_whom_they_are_quoted_from() -> None:
    text = "The writer Ann Low had called it “a toy for fools”, Karin Berg recalled, to laughter."
    outer, inner = find_attributions(text)
    assert words(text, inner.content) == ["it “a toy for fools”"]
    assert words(text, outer.content) == ["The writer Ann Low had called it “a toy for fools”"]
    toy, begins = text.index("a toy"), text.index("The writer")
    quoted = speaker_of(Span(toy, toy + len("a toy for fools")), [outer, inner])
    recalled = speaker_of(Span(begins, len(text)), [outer, inner])
    assert quoted is not None
    assert quoted.name.of(text) == "Ann Low"
    assert recalled is not None
    assert recalled.name.of(text) == "Karin Berg"


@pytest.mark.parametrize(
    ("speaker", "names"),
    [
        ("Low and Berg", ["Ann Low", "Karin Berg"]),
        ("Ann Low and Karin Berg", ["Ann Low", "Karin Berg"]),
        ("Johnson and Johnson", [None]),
        ("The Food and Drug Administration", [None]),
        ("The mayor and council", [None]),
    ],
)
def test_what_two_say_together_is_what_each_of_them_says(
    speaker: str, names: list[str | None]
) -> None:
    text = f"The mayor, Karin Berg, met Ann Low, the harbour master. {speaker} said that it sank."
    found = find_attributions(text)
    assert [one.name and one.name.of(text) for one in found] == names
    assert {tuple(words(text, one.content)) for one in found} == {("that it sank",)}


def test_what_somebody_says_is_not_what_they_are() -> None:
    text = "The minister, Ann Low, said that the limits would ruin its cotton farmers. Low left."
    found = only(text).named
    assert found is not None
    assert found.description is not None
    assert found.description.of(text) == "The minister"


PIECES = (
    "“", "”", '"', "''", "‘", "’", " said ", " Ann Low ", ", ", ". ", "\n\n", ": ", " he ", " who ",
    "according to ", " told ", "(", ")", " that ", "the mayor", " and ", "—", "I", "says", "'s ",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_every_span_lies_in_the_text_whatever_it_is(text: str) -> None:
    for one in find_attributions(text):
        extras = [span for span in (one.name, one.description) if span is not None]
        assert one.content
        for span in (*one.content, *one.cue, *one.speaker, *extras):
            assert 0 <= span.start < span.end <= len(text)
