"""An evaluation as one HTML page: no scripts, nothing fetched, every word of articles and questions escaped."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator, Sequence

from pullquote.evaluation import charts
from pullquote.evaluation.curves import hits, reliability, risk_coverage
from pullquote.evaluation.evaluation_json import ComparisonJson, EvaluationJson
from pullquote.evaluation.judging import DEPTH, READ, Judged
from pullquote.evaluation.metrics import MEANINGS

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1f;--faint:#63636e;--line:#d9d9e0;--a:#1f5fbf;--b:#b3541e;--c:#3c7d3c;--card:#f5f5f8}
@media(prefers-color-scheme:dark){:root{--paper:#16161a;--ink:#e8e8ee;--faint:#a0a0ac;--line:#3a3a44;--a:#7fb0ff;--b:#f0a070;--c:#8ccf8c;--card:#202027}}
*{box-sizing:border-box}body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem}p.about{color:var(--faint)}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1.5rem}figure{margin:0}figcaption{font-size:.9rem;color:var(--faint)}
svg{width:100%;height:auto}svg .tick{font-size:11px;fill:var(--faint)}svg .axis{font-size:12px;fill:var(--ink)}svg .grid{stroke:var(--line)}
svg .guide{stroke:var(--faint);stroke-dasharray:4 4}svg polyline,svg line.a,svg line.b,svg line.c{fill:none;stroke-width:2}
svg .a{stroke:var(--a)}svg .b{stroke:var(--b)}svg .c{stroke:var(--c);stroke-dasharray:5 3}
svg .dot{fill:var(--a)}svg .mark{fill:none;stroke:var(--b);stroke-width:2}
details{background:var(--card);border-radius:.4rem;padding:.5rem .75rem;margin:.5rem 0}summary{cursor:pointer}
blockquote{margin:.5rem 0;padding-left:.75rem;border-left:3px solid var(--a);white-space:pre-wrap;overflow-wrap:anywhere}
blockquote cite{display:block;color:var(--faint);font-style:normal;font-size:.9rem}.faint{color:var(--faint)}
"""


def report(evaluation: EvaluationJson) -> str:
    """The whole page."""
    title = f"How well {evaluation.questions} is answered"
    parts = [
        f"<h1>{_text(title)}</h1>",
        f'<p class="about">{_text(_about(evaluation))}</p>',
        "<h2>Figures, with 95% intervals</h2>",
        _figures(evaluation),
        "<h2>Curves</h2>",
        '<div class="charts">',
        *_charts(evaluation),
        "</div>",
    ]
    if evaluation.comparison:
        parts += [
            f"<h2>Differences from {_text(evaluation.comparison.other)}</h2>",
            _differences(evaluation.comparison),
        ]
    parts += _failures(evaluation.results)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width">'
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _about(evaluation: EvaluationJson) -> str:
    kind = "calibrated on this archive" if evaluation.calibrated else "as shipped or set"
    return (
        f"{evaluation.asked:,} questions, {evaluation.answerable:,} of them answerable and {evaluation.unanswerable:,} not; "
        f"generation {evaluation.generation} of {evaluation.articles:,} articles; answered from confidence {evaluation.threshold:.3f} on ({kind}); "
        f"{evaluation.quotes:,} quotes, {evaluation.not_verbatim:,} of them not verbatim; Pullquote {evaluation.pullquote}."
    )


def _figures(evaluation: EvaluationJson) -> str:
    rows = [
        f'<tr><td>{_text(name)}</td><td class="n">{figure.value:.3f}</td><td class="n">{figure.low:.3f} – {figure.high:.3f}</td>'
        f'<td class="n">{figure.of:,}</td><td>{_text(MEANINGS[name])}</td></tr>'
        for name, figure in evaluation.figures.items()
    ]
    head = '<tr><th>figure</th><th class="n">value</th><th class="n">95% interval</th><th class="n">of</th><th>meaning</th></tr>'
    return f'<div class="wide"><table>{head}{"".join(rows)}</table></div>'


def _differences(comparison: ComparisonJson) -> str:
    rows = [
        f'<tr><td>{_text(name)}</td><td class="n">{one.other:.3f}</td><td class="n">{one.value:+.3f}</td>'
        f'<td class="n">{one.low:+.3f} – {one.high:+.3f}</td></tr>'
        for name, one in comparison.differences.items()
    ]
    head = '<tr><th>figure</th><th class="n">there</th><th class="n">difference</th><th class="n">95% interval</th></tr>'
    told = f"<p>Over the {comparison.questions:,} questions that both asked; a positive difference is more here.</p>"
    return f'{told}<div class="wide"><table>{head}{"".join(rows)}</table></div>'


def _charts(evaluation: EvaluationJson) -> Iterator[str]:
    judged = evaluation.results
    if bins := reliability(judged):
        yield _figure(
            charts.reliability_chart("Reliability", bins),
            "Reliability: on the dashed line a confidence means what it says. Bars are 95% intervals.",
        )
    if points := risk_coverage(judged):
        answered = sum(one.answered for one in judged if one.right is not None) / sum(
            one.right is not None for one in judged
        )
        mark = min(points, key=lambda point: abs(point[0] - answered)) if answered else None
        line = charts.Line("wrong answers", "a", points)
        chart = charts.line_chart(
            "Risk and coverage",
            charts.shares("questions answered"),
            charts.shares("answers that are wrong"),
            [line],
            mark,
        )
        yield _figure(
            chart,
            "Risk and coverage, the surest questions first. The ring is where answering stops now.",
        )
    lines = [
        charts.Line("expected words", "a", hits(judged)),
        charts.Line("expected article", "b", hits(judged, articles=True)),
    ]
    if shown := [line for line in lines if line.points]:
        chart = charts.line_chart(
            "Hits",
            charts.numbers("first k quotes", 1, DEPTH),
            charts.shares("answerable questions"),
            shown,
        )
        yield _figure(chart, "hit@k: what is expected stands in one of the first k quotes.")


def _figure(chart: str, caption: str) -> str:
    return f"<figure>{chart}<figcaption>{_text(caption)}</figcaption></figure>"


def _failures(judged: Sequence[Judged]) -> Iterator[str]:
    groups = (
        (
            f"Answerable, and not right in the first {READ} quotes",
            [one for one in judged if one.answerable and one.right is False],
        ),
        (
            "Right, and refused all the same",
            [one for one in judged if one.answerable and one.right and not one.answered],
        ),
        (
            "Not answerable, and answered all the same",
            [one for one in judged if one.answerable is False and one.answered],
        ),
    )
    for name, failed in groups:
        yield f"<h2>{_text(name)}: {len(failed):,}</h2>"
        for one in sorted(failed, key=lambda one: -one.confidence):
            yield _failure(one)


def _failure(one: Judged) -> str:
    said = "answered" if one.answered else f"refused ({one.refusal})"
    lines = [
        f"<details><summary>{_text(one.question)} <span class=faint>{_text(f'{said}, confidence {one.confidence:.0%}')}</span></summary>"
    ]
    if one.answerable is not False:
        lines.append(
            f"<p>Expected: {_text(' / '.join(one.expected) or 'an article')}. {_text(_where(one))}</p>"
        )
    for number, quote in enumerate(one.shown, start=1):
        source = " · ".join(
            part
            for part in (quote.title, quote.source, str(quote.published or ""), quote.article_id)
            if part
        )
        lines.append(
            f"<blockquote>[{number}] {_text(quote.text)}<cite>{_text(source)}</cite></blockquote>"
        )
    return "".join([*lines, "</details>"])


def _where(one: Judged) -> str:
    """Where what was expected ranked, in words."""
    words = (
        f"Its words stand first in quote {one.rank}"
        if one.rank
        else f"Its words stand in none of the {one.quotes} quotes"
    )
    if one.expected_articles is None:
        return f"{words}."
    if not one.expected:
        words = ""
    article = (
        f"an expected article is first in quote {one.article_rank}"
        if one.article_rank
        else "no expected article is among them"
    )
    return f"{words}; {article}." if words else f"{article[0].upper()}{article[1:]}."


def _text(words: str) -> str:
    """Text as HTML shows it, to the character; what a browser would not show or would reorder by is shown as a code."""
    return html.escape(
        "".join(
            f"⟨U+{ord(character):04X}⟩" if _hidden(character) else character for character in words
        )
    )


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character not in "\n\t\u00ad"
