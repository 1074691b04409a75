import datetime as dt
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.confidence.outcome import Outcome
from pullquote.evaluation.charts import (
    Line,
    line_chart,
    reliability_chart,
    share_axis,
    whole_number_axis,
)
from pullquote.evaluation.curves import (
    ReliabilityBin,
    hit_curve,
    reliability_bins,
    risk_coverage_curve,
)
from pullquote.evaluation.evaluation_json import (
    ComparisonJson,
    EvaluationJson,
    compare,
    metrics_json,
)
from pullquote.evaluation.judged_answer import CUTOFFS, JudgedAnswer, JudgedEvidence, JudgedQuote
from pullquote.evaluation.report import html_report

HOSTILE = (
    "</blockquote></details><script>alert(1)</script><img src=x onerror=\"alert(2)\"> 'quoted' "
    "&amp; \u202eevil\x1b[2J <style>*{display:none}</style>"
)


def judged(
    number: int,
    *,
    answerable: bool | None = True,
    confidence: float = 0.5,
    rank: int | None = None,
    words: str = "Fine.",
    evidence: tuple[JudgedEvidence, ...] = (),
) -> JudgedAnswer:
    outcome = Outcome.ANSWERED if confidence >= 0.5 else Outcome.UNSURE
    if confidence < 0.3:
        outcome = Outcome.REFUSED
    shown = JudgedQuote(
        text=words, article_id=words, title=words, source=words, published=dt.date(2024, 1, 2)
    )
    return JudgedAnswer(
        id=number,
        question=words,
        expected=(words,),
        expected_articles=(words,),
        answerable=answerable,
        article=words,
        evidence=evidence,
        outcome=outcome,
        answered=outcome is Outcome.ANSWERED,
        confidence=confidence,
        refusal="subject_only" if outcome is Outcome.REFUSED else None,
        elapsed_ms=3.0,
        rank=rank,
        article_rank=rank,
        distractors=dict.fromkeys(CUTOFFS, 0.0),
        choice=dict.fromkeys(CUTOFFS, 0.5),
        words=7,
        words_first=3,
        crossings=0,
        quotes=1,
        not_verbatim=0,
        shown=(shown,),
    )


def evaluation(
    results: list[JudgedAnswer], comparison: ComparisonJson | None = None
) -> EvaluationJson:
    return EvaluationJson(
        pullquote="0.1",
        generation="000001-00000000",
        articles=1,
        passages=1,
        questions=HOSTILE,
        questions_sha256="",
        asked=len(results),
        answerable=1,
        unanswerable=1,
        threshold=0.5,
        unsure_threshold=0.3,
        calibrated=True,
        quotes=1,
        not_verbatim=0,
        figures=metrics_json(results),
        comparison=comparison,
        results=tuple(results),
    )


class Reader(HTMLParser):
    """What a browser reads of a page: its elements, their attributes and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "circle", "line", "polyline"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        if tag in ("circle", "polyline"):
            return
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


MIXED = [
    judged(1, confidence=0.9, rank=1),
    judged(2, confidence=0.8, words=HOSTILE),
    judged(3, confidence=0.2, rank=2, words=HOSTILE),
    judged(4, confidence=0.7, answerable=False, words=HOSTILE),
    judged(5, confidence=0.1, answerable=False),
    judged(6, confidence=0.4, answerable=None),
]


def test_a_page_has_no_script_fetches_nothing_and_shows_hostile_text_as_text() -> None:
    page = html_report(evaluation(MIXED, compare(MIXED, evaluation(MIXED), HOSTILE)))
    read = Reader(page)
    assert read.open == []
    assert not {"script", "img", "link", "iframe", "object", "base", "form", "a"} & set(
        read.elements
    )
    assert read.elements.count("style") == 1
    assert not [
        name
        for name, _ in read.attributes
        if name.startswith("on") or name in ("src", "href", "style")
    ]
    assert not re.search(r"url\(|@import|https?:", page)
    assert "<script>alert(1)</script>" in read.text
    assert "⟨U+202E⟩evil⟨U+001B⟩[2J" in read.text
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in read.attributes


@settings(max_examples=60, deadline=None)
@given(words=st.text(min_size=1, max_size=60))
def test_no_article_text_changes_the_structure_of_the_page(words: str) -> None:
    plain, hostile = (
        Reader(
            html_report(
                evaluation([judged(1, confidence=0.9), judged(2, confidence=0.2, words=own)])
            )
        )
        for own in ("x", words)
    )
    assert plain.elements == hostile.elements
    assert hostile.open == []


def test_failures_name_the_question_the_quotes_the_expectation_and_its_rank() -> None:
    text = Reader(
        html_report(
            evaluation(
                [
                    judged(1, confidence=0.9, rank=7),
                    judged(2, confidence=0.2, rank=2),
                    judged(3, answerable=False),
                    judged(4, answerable=False, confidence=0.31),
                    judged(5, answerable=False, confidence=0.1),
                    judged(6, confidence=0.4, rank=1),
                ]
            )
        )
    ).text
    assert "Answerable, but not right in the first 3 quotes: 1" in text
    assert "Right, but refused: 1" in text
    assert "Not answerable, but answered: 1" in text
    assert "Not answerable, but shown as not sure: 1" in text
    assert "Right, but shown as not sure: 1" in text
    assert (
        "The first quote with the expected words is quote 7. "
        "The first quote from an expected article is quote 7." in text
    )
    assert "refused (subject_only), confidence 20%" in text
    assert "shown as not sure, confidence 31%" in text
    assert "2 answered, 2 shown as not sure, 2 refused" in text
    assert "shown as not sure from 0.300 on" in text


def test_a_failure_shows_the_evidence_or_its_place() -> None:
    evidence = (
        JudgedEvidence(start=3, end=9, text=HOSTILE),
        JudgedEvidence(start=1, end=2, text=""),
    )
    read = Reader(html_report(evaluation([judged(1, confidence=0.9, evidence=evidence)])))
    assert "Expected: Fine. / “</blockquote></details><script>" in read.text
    assert "/ [1, 2) of Fine.." in read.text
    assert "None of the 1 quotes has the expected words or evidence." in read.text
    assert "script" not in read.elements


def test_the_rings_mark_the_shares_answered_and_not_refused() -> None:
    page = html_report(evaluation(MIXED))
    rings = re.findall(r'<circle class="mark" cx="([0-9.]+)"', page)
    both = line_chart("", share_axis("x"), share_axis("y"), [], [(3 / 6, 0.0), (4 / 6, 0.0)])
    assert rings == re.findall(r'<circle class="mark" cx="([0-9.]+)"', both)
    assert len(rings) == 2


def test_every_chart_is_well_formed_svg_within_its_view_box() -> None:
    bins = [ReliabilityBin(0.05, 0.0, 0.0, 0.3, 9), ReliabilityBin(0.95, 1.0, 0.7, 1.0, 9)]
    line = Line("a < b & c", "a", [(0.0, 1.0), (0.5, 0.2), (1.0, 0.0)])
    chart_markup = [
        reliability_chart('R "<>', bins),
        line_chart(
            "L", share_axis("x <"), share_axis("y &"), [line, Line("d", "b", [])], [(0.5, 0.2)]
        ),
        line_chart(
            "H",
            whole_number_axis("k", 1, 10),
            share_axis("y"),
            [Line("h", "a", [(k, k / 10) for k in range(1, 11)])],
        ),
    ]
    for markup in chart_markup:
        root = ET.fromstring(markup)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for element in root.iter():
            points = [
                tuple(map(float, pair.split(","))) for pair in element.get("points", "").split()
            ]
            points += [
                (float(element.attrib[x]), float(element.attrib[y]))
                for x, y in (("x1", "y1"), ("x2", "y2"), ("cx", "cy"))
                if x in element.attrib
            ]
            assert all(0 <= x <= width and 0 <= y <= height for x, y in points)


def test_the_curves_equal_counts_by_hand() -> None:
    assert risk_coverage_curve(MIXED) == [
        (1 / 6, 0.0),
        (2 / 6, 1 / 2),
        (3 / 6, 2 / 3),
        (4 / 6, 3 / 4),
        (5 / 6, 3 / 5),
        (1.0, 4 / 6),
    ]
    assert risk_coverage_curve([judged(n, confidence=0.5, rank=n) for n in (1, 2, 9, 10)]) == [
        (1.0, 0.5)
    ], "questions of equal confidence are answered together"
    assert hit_curve(MIXED)[:2] == [(1, 1 / 3), (2, 2 / 3)]
    assert [(group.count, group.rate) for group in reliability_bins(MIXED)] == [
        (1, 0),
        (1, 1),
        (1, 0),
        (1, 0),
        (1, 0),
        (1, 1),
    ]
    assert hit_curve([judged(1, answerable=False)]) == []
